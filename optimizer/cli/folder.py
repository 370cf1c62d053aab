"""Writing several files into one folder: those of one run, all of them or none.

Files cannot change their names together. So the files of a run are written into a hidden folder
beside their places; when all are there it is given another name, and from then on they count as
written. First the files of the earlier run are taken away, then the new ones are put in their
places: at no moment do files of two runs stand side by side. Whoever is killed in the middle leaves
the hidden folder, and the next command that has to do with the folder ends what was begun.
"""

import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from models import Text
from optimizer.errors import InputError
from optimizer.writing import READY, clear_stale, is_left_behind, own_mark, sync

EXISTS = Text(
    "“{path}”已存在；要覆盖请加 --force。", "'{path}' exists already: add --force to overwrite it."
)
NO_FOLDER = Text("“{path}”不是文件夹。", "'{path}' is not a folder.")
_OLD = ".old"
OLD_SECONDS = 3600


def refuse(folder: Path, names: Sequence[str], force: bool) -> None:
    """Refuse beforehand what could not be written afterwards.

    Raises
    ------
    InputError
        If the folder is a file, or a file is there already and ``force`` is not given.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError([NO_FOLDER.fill(path=folder)])
    settle(folder)
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
    """Give a folder to write files in; they appear in their places together when all are there.

    A workbook goes first in the names: when the old one is open in Excel, taking it away fails
    before anything else was changed, and nothing is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    clear_stale(folder)
    mark = own_mark()
    temporary, ready = folder / f".zouban-{mark}", folder / f"{READY}{mark}"
    temporary.mkdir()
    try:
        yield temporary
        for name in names:
            sync(temporary / name)
        temporary.rename(ready)
        try:
            _take_away(folder, ready, names)
        except OSError:
            shutil.rmtree(ready, ignore_errors=True)
            raise
        _put_in_place(folder, ready, names)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def settle(folder: Path) -> None:
    """End what a process that is gone had begun: its files take their places.

    Where that is not allowed, they stay where they are.
    """
    with suppress(OSError):
        for ready in sorted(folder.glob(f"{READY}*")):
            if is_left_behind(ready) or _is_old(ready):
                # Whoever gets it under his own name has it for himself.
                mine = folder / f"{READY}{own_mark()}"
                ready.rename(mine)
                names = _names_in(mine)
                _take_away(folder, mine, names)
                _put_in_place(folder, mine, names)
        clear_stale(folder)


def _names_in(ready: Path) -> list[str]:
    # Workbooks first, as they were to be written.
    names = (path.name for path in ready.iterdir() if path.suffix != _OLD)
    return sorted(names, key=lambda name: (not name.endswith(".xlsx"), name))


def _is_old(ready: Path) -> bool:
    """Tell whether a folder has waited for long: another machine's process is no longer at it."""
    return time.time() - ready.stat().st_mtime > OLD_SECONDS


def _take_away(folder: Path, ready: Path, names: Sequence[str]) -> None:
    """Take the earlier run's files away.

    Raises
    ------
    OSError
        If a file cannot be taken away; then all are where they were.
    """
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).replace(ready / f"{name}{_OLD}")
    except OSError:
        for old in ready.glob(f"*{_OLD}"):  # those that somebody killed had taken, too
            if not (folder / old.stem).exists():
                old.replace(folder / old.stem)
        raise


def _put_in_place(folder: Path, ready: Path, names: Sequence[str]) -> None:
    """Put the files in the places that are free for them; what is left over is gone then."""
    for name in names:
        (ready / name).replace(folder / name)
    sync(folder)
    shutil.rmtree(ready, ignore_errors=True)
