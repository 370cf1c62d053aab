"""Reads the cells of a workbook in a process of its own, with little memory and time.

The reader is compiled: on a hostile file it may abort its process or take all memory there is. So
``read_sheets`` runs this file as a script, which knows nothing of the rest of the program, and
takes its death for what it is: a file that cannot be read.
"""

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

MOST_MEMORY: Final = 450 * 1024 * 1024
MOST_SECONDS: Final = 5
"""Of computing; a busy machine may take longer by the clock."""
PATIENCE_SECONDS: Final = 60


class Sheet(NamedTuple):
    """The cells of a sheet from A1 on, and its merged areas as ((top, left), (bottom, right))."""

    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


class ReaderGaveUpError(Exception):
    """The reader died, ran out of memory or time, or refused; says why where it could."""


def read_sheets(path: Path, names: list[str]) -> dict[str, Sheet]:
    """Read those of the sheets that are worksheets.

    Raises
    ------
    ReaderGaveUpError
        If they cannot be read.
    """
    try:
        # -I: nothing of the folder or the environment of whoever runs us is loaded.
        ran = subprocess.run(  # noqa: S603 -- our own interpreter and file
            [sys.executable, "-I", __file__, str(path.absolute())],
            input=json.dumps([names, sys.path]).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ReaderGaveUpError from None
    if ran.returncode != 0 or not ran.stdout:
        raise ReaderGaveUpError
    said, found = pickle.loads(ran.stdout)  # noqa: S301 -- written by our own child
    if said is not None:
        raise ReaderGaveUpError(said)
    return {name: Sheet(*sheet) for name, sheet in found.items()}


def _limit() -> None:
    """Take no more than a share of the machine, where the system can be told so."""
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (soft, hard))
        except (OSError, ValueError):
            continue  # Some systems know the limit and refuse to set it.


def _read(path: str, names: list[str]) -> dict[str, tuple[Any, ...]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # noqa: PLC0415

    found: dict[str, tuple[Any, ...]] = {}
    with CalamineWorkbook.from_path(path) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet and about.name in names:
                sheet = workbook.get_sheet_by_name(about.name)
                rows = sheet.to_python(skip_empty_area=False)
                found[about.name] = list(rows), list(sheet.merged_cell_ranges or ())
    return found


def main() -> None:
    """Read the file named by the argument, the sheets by standard input; answer on standard output.

    The answer is a pair: why it cannot be read, or None; and rows and merged areas by sheet.
    """
    names, places = json.load(sys.stdin)
    # Where our packages are: not every installation has them where a bare interpreter looks.
    sys.path[:] = [*dict.fromkeys([*sys.path, *(place for place in places if place)])]
    _limit()
    try:
        answer: tuple[str | None, dict[str, tuple[Any, ...]]] = (None, _read(sys.argv[1], names))
    except MemoryError:
        sys.exit(1)
    except Exception as error:
        answer = (str(error), {})
    sys.stdout.buffer.write(pickle.dumps(answer, protocol=5))


if __name__ == "__main__":
    main()
