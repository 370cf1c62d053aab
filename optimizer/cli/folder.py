"""Writing several files into one folder: all of them or none."""

import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from models import Text
from optimizer.errors import InputError

EXISTS = Text(
    "“{path}”已存在；要覆盖请加 --force。", "'{path}' exists already: add --force to overwrite it."
)
NO_FOLDER = Text("“{path}”不是文件夹。", "'{path}' is not a folder.")


def refuse(folder: Path, names: Sequence[str], force: bool) -> None:
    """Refuse beforehand what could not be written afterwards.

    Raises
    ------
    InputError
        If the folder is a file, or a file is there already and ``force`` is not given.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError([NO_FOLDER.fill(path=folder)])
    there = [folder / name for name in names if (folder / name).exists()]
    if there and not force:
        raise InputError([EXISTS.fill(path=path) for path in there])


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Keep an impatient Ctrl-C from stopping halfway what is nearly done."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def aside(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Give a folder to write files in; they move into place together when all are there.

    They move in the order of the names. A workbook goes first: when the old one is open in Excel,
    moving it fails before anything else was replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".zouban-", dir=folder) as temporary:
        yield Path(temporary)
        for name in names:
            (Path(temporary) / name).replace(folder / name)
