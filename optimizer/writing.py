"""Outputs appear whole or not at all, and none is overwritten unasked."""

import errno
import os
import platform
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from models import Text
from optimizer.errors import InputError

EXISTS = Text(
    "“{file}”已存在；如要覆盖，请加 --force。",
    "{file} exists already: give --force to overwrite it.",
)
IS_A_FOLDER = Text(
    "“{file}”是文件夹，不能当作文件写入。", "{file} is a folder, not a file to write."
)
IS_A_FILE = Text("“{file}”是文件，不能当作文件夹写入。", "{file} is a file, not a folder to write.")
NOT_WRITABLE = Text("无法写入“{file}”：{reason}。", "{file}: cannot be written: {reason}.")
READY = ".zouban-ready-"
"""Begins the name of a folder whose files are complete and on their way to their places."""
_REASONS = {
    errno.EACCES: Text("没有写入权限", "no permission to write there"),
    errno.EPERM: Text("没有写入权限", "no permission to write there"),
    errno.EROFS: Text("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额已满", "the disk quota is used up"),
    errno.ENOENT: Text("所在的文件夹不存在", "its folder does not exist"),
    errno.ENOTDIR: Text("所在的文件夹不存在", "its folder does not exist"),
}


@contextmanager
def writing(path: Path | str, force: bool = False) -> Iterator[Path]:
    """Give a temporary path beside the target; what is written there takes its place at the end.

    Parameters
    ----------
    path
        The file to write.
    force
        Whether an existing file may be replaced.

    Yields
    ------
    Path
        Where to write, with the target's suffix. After an exception nothing is left of it.

    Raises
    ------
    InputError
        If the target exists and ``force`` is not given, or the disk refuses.
    """
    target = Path(os.path.realpath(path))
    with _told(path):
        _may_write(target, path, force, folder=False)
        with _beside(target) as temporary:
            yield temporary
            sync(temporary)
            _may_write(target, path, force, folder=False)
            temporary.replace(target)
            sync(target.parent)


@contextmanager
def writing_folder(
    path: Path | str, force: bool, replaces: Callable[[Path], bool]
) -> Iterator[Path]:
    """Give a temporary folder that takes the target's place at the end.

    Files of an existing folder that ``replaces`` does not name stay in it.
    """
    target = Path(os.path.realpath(path))
    with _told(path):
        _may_write(target, path, force, folder=True)
        with _beside(target) as temporary:
            temporary.mkdir()
            yield temporary
            for file in (*temporary.iterdir(), temporary):
                sync(file)
            _may_write(target, path, force, folder=True)
            _swap(temporary, target, replaces)
            sync(target.parent)


def own_mark() -> str:
    """Give a name for something temporary that tells whose it is: machine, process, a number."""
    mark = f"{_machine()}-{os.getpid()}-{token_hex(4)}"
    _own.add(mark)
    return mark


_own: set[str] = set()
"""Marks that this process gave: another may have had its number before."""
_MARK = re.compile(r"^\..*?([0-9a-f]{6})-(\d+)-([0-9a-f]{8})(?:\.tmp(?:\.\w+)?(?:\.old)?)?$")


@cache
def _machine() -> str:
    return sha256(platform.node().encode()).hexdigest()[:6]


def is_left_behind(path: Path) -> bool:
    """Tell whether something temporary is of a process of this machine that is gone."""
    mark = _MARK.match(path.name)
    if mark is None or mark[1] != _machine():
        return False
    if int(mark[2]) == os.getpid():
        return "-".join(mark.groups()) not in _own
    try:
        os.kill(int(mark[2]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False  # It lives, and belongs to somebody else.
    return False


def clear_stale(folder: Path) -> None:
    """Take away what processes that are gone left half-written in a folder.

    A swapped folder's old half (``.old``) is kept: files of others may still be in it.
    """
    with suppress(OSError):
        for path in folder.glob(".*"):
            if path.suffix == ".old" or READY in path.name or not is_left_behind(path):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _may_write(target: Path, path: Path | str, force: bool, folder: bool) -> None:
    if target.is_dir() != folder and target.exists():
        raise InputError([(IS_A_FILE if folder else IS_A_FOLDER).fill(file=path)])
    there = any(target.iterdir()) if folder and target.is_dir() else target.exists()
    if there and not force:
        raise InputError([EXISTS.fill(file=path)])


@contextmanager
def _told(path: Path | str) -> Iterator[None]:
    """Turn what the disk refuses into an error with the file's name."""
    try:
        yield
    except OSError as error:
        said = error.strerror or str(error)
        other = Text(f"系统错误 {error.errno}", said)
        reason = _REASONS.get(error.errno or 0, other)
        raise InputError([NOT_WRITABLE.fill(file=path, reason=reason)]) from error


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give an unused path in the target's folder and leave nothing there but the target."""
    clear_stale(target.parent)
    temporary = target.with_name(f".{target.stem[:100]}.{own_mark()}.tmp{target.suffix}")
    try:
        yield temporary
    finally:
        if temporary.is_dir():
            shutil.rmtree(temporary)
        else:
            temporary.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the disk keep what was written before its name is changed."""
    if path.is_dir():
        # Not every system can do this for folders; the renaming itself is whole all the same.
        with suppress(OSError):
            _fsync(path)
    else:
        _fsync(path)


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(temporary: Path, target: Path, replaces: Callable[[Path], bool]) -> None:
    """Put the new folder in place of the old, with the files of others that the old one held."""
    if not target.exists():
        temporary.rename(target)
        return
    old = target.with_name(f"{temporary.name}.old")
    target.rename(old)
    try:
        temporary.rename(target)
    except BaseException:
        old.rename(target)
        raise
    # The old folder goes only when everything else has been taken out of it.
    for file in old.iterdir():
        if not replaces(file):
            file.rename(target / file.name)
    shutil.rmtree(old)
