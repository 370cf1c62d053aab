"""What the program did, for whoever has to find out afterwards: a log file (``--log``).

The log holds figures, ids and places in the code, never names or wishes of people.
"""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models import Text
from optimizer import __version__
from optimizer.errors import InputError
from optimizer.files import why

TOP = "zouban"
"""All our loggers are below it."""
LOG = logging.getLogger(f"{TOP}.cli")
NOT_WRITABLE = Text("无法写入日志“{file}”：{why}。", "the log {file} cannot be written: {why}.")


@contextmanager
def logging_to(path: Path | None) -> Iterator[None]:
    """Append to a file all that is logged meanwhile, with times in UTC; nothing without a path.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    if path is None:
        yield
        return
    try:
        handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        text = NOT_WRITABLE.fill(file=path, why=why(error))
        raise InputError([text]) from error
    form = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s %(message)s")
    form.datefmt, form.converter = "%Y-%m-%dT%H:%M:%S", time.gmtime
    handler.setFormatter(form)
    top = logging.getLogger(TOP)
    before = top.level
    top.addHandler(handler)
    top.setLevel(logging.DEBUG)
    LOG.info("zouban %s on Python %s", __version__, sys.version.split()[0])
    try:
        yield
    finally:
        top.removeHandler(handler)
        top.setLevel(before)
        handler.close()
