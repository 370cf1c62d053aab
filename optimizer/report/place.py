"""A finished document goes to its place whole or not at all."""

import os
from pathlib import Path

from models import Text
from optimizer.errors import InputError

EXISTS = Text(
    "“{path}”已存在；要覆盖请允许覆盖（force）。",
    "'{path}' exists already: use force to overwrite it.",
)


def place(path: Path, content: bytes, force: bool) -> None:
    """Write a file beside its place and move it there.

    Raises
    ------
    InputError
        If the file exists and ``force`` is not given.
    """
    if path.exists() and not force:
        raise InputError([EXISTS.fill(path=path)])
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
