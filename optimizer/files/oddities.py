"""What is odd about a sheet that is read: merged cells, hidden rows, amounts of another basis."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Any

from models import Text, listed
from models.problems import MOST_LISTED
from optimizer.files.brackets import DECIDED_BY, OTHER_BASIS
from optimizer.files.columns import Table
from optimizer.files.headers import Matched
from optimizer.files.ids import OF_A_COLUMN
from optimizer.files.place import Located
from optimizer.files.scalars import Choice

MERGED = Text(
    "单元格 {area} 合并了；请取消合并，并在每一行填上内容。",
    "the cells {area} are merged: unmerge them and fill in every row.",
)
HIDDEN_SHEET = Text(
    "这个工作表是隐藏的，但已读取；不用的请取消隐藏后删去。",
    "this sheet is hidden, but it was read: if it is of no use, show it and delete it.",
)
HIDDEN_ROWS = Text(
    "有 {count} 行被隐藏或筛选掉了，但已照常读取：第 {rows} 行；不用的请删去。",
    "hidden or filtered out, but read: rows {rows} ({count} in all). Delete what is of no use.",
)


def find_oddities(sheet: Matched) -> Iterator[Located]:
    """Find merged cells among those that are read, and what is read although it is hidden."""
    raw, origin = sheet.raw, sheet.origin
    read = [index + 1 for index, _ in sheet.columns]
    areas = [
        area
        for area in raw.merged
        if area.bottom > sheet.head.row and any(area.left <= index <= area.right for index in read)
    ]
    if areas:
        names = listed([area.name for area in areas[:MOST_LISTED]])
        if len(areas) > MOST_LISTED:
            names = Text(f"{names.zh}……", f"{names.en}, ...")
        yield origin.at(MERGED.fill(area=names), areas[0].top)
    if raw.hidden and sheet.head.below:
        yield origin.at(HIDDEN_SHEET, severity="warning")
    rows = [n for n, _ in sheet.cells() if n in raw.hidden_rows] if raw.hidden_rows else []
    if rows:
        text = HIDDEN_ROWS.fill(count=len(rows), rows=ranges(rows))
        yield origin.at(text, severity="warning")


def told_once(found: Sequence[Located]) -> Iterator[Located]:
    """Say once what is wrong with a whole column, with the rows, and not once a row."""
    rows: dict[tuple[str | Text | None, Text], list[int]] = {}
    for one in found:
        if one.text in OF_A_COLUMN and one.row is not None:
            rows.setdefault((one.column, one.text), []).append(one.row)
    for one in found:
        where = rows.get((one.column, one.text), ())
        if len(where) > 1 and one.row == where[0]:
            yield one._replace(text=AT_ROWS.fill(text=one.text, rows=ranges(where)))
        elif len(where) < 2:
            yield one


AT_ROWS = Text("{text}（第 {rows} 行）", "{text} (rows {rows})")


def ranges(numbers: Sequence[int]) -> Text:
    """Write ascending numbers, neighbours as a range, and not too many."""
    starts = [i for i, n in enumerate(numbers) if i == 0 or n != numbers[i - 1] + 1]
    runs = [numbers[a:b] for a, b in pairwise([*starts, len(numbers)])]
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    some = listed(words[:MOST_LISTED])
    return some if len(words) <= MOST_LISTED else Text(f"{some.zh}……", f"{some.en}, ...")


def find_other_bases(
    sheet: Matched, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, Text]]:
    """Find headers such as 收费标准（元/学期） where the fee is by the month.

    Parameters
    ----------
    sheet
        The sheet with its headers.
    table
        Declares the columns.
    rows
        The values read, by field.

    Yields
    ------
    tuple
        The field of the amount, and what is wrong.
    """
    for name, (bracket, said) in sheet.bases.items():
        decider = table.column[DECIDED_BY[name][0]]
        for row in rows:
            if row.get(name) is not None and (given := row.get(decider.field)) != said:
                given = _name(decider.kind, given) if given else _UNSAID
                header = sheet.origin.headers.get(decider.field, decider.header)
                yield name, OTHER_BASIS.fill(bracket=bracket, decider=header, given=given)
                break


_UNSAID = Text("空白", "blank")


def _name(kind: object, given: StrEnum) -> Text:
    assert isinstance(kind, Choice)
    return kind.names[given]
