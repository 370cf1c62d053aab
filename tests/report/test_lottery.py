"""The sheet of the lottery: every child's number beside the rule."""

from io import BytesIO

from openpyxl import load_workbook

from models import lottery_number
from optimizer.report.workbook import workbook_bytes
from tests.builders import tiny_plan, tiny_school

SCHOOL = tiny_school()
BOOK = {
    lang: load_workbook(BytesIO(workbook_bytes(SCHOOL, tiny_plan(SCHOOL), lang)))
    for lang in ("zh", "en")
}


def test_every_number_is_there_as_text_and_with_its_place() -> None:
    """A number has up to 20 digits, of which Excel would keep 15."""
    rows = list(BOOK["en"]["Lottery"].iter_rows(min_row=4, values_only=True))
    shown = {row[1]: row[3:5] for row in rows}
    assert {s: number for s, (_, number) in shown.items()} == {
        s: str(lottery_number(1, s)) for s in SCHOOL.student
    }
    numbers = SCHOOL.lottery_numbers
    by_number = sorted(numbers, key=numbers.__getitem__)
    assert [shown[s][0] for s in by_number] == list(range(1, 13))


def test_the_rule_stands_beside_them() -> None:
    for lang, sheet, rule in (
        ("zh", "抽签", "原来就在这门课的先于抽签"),
        ("en", "Lottery", "goes first"),
    ):
        note = BOOK[lang][sheet]["A2"].value
        assert rule in note
        assert "SHA-256" in note


def test_the_notice_says_where_they_are() -> None:
    for lang, sheet, where in (
        ("zh", "公示", "“抽签”表"),
        ("en", "Public notice", "sheet Lottery"),
    ):
        cells = [c for row in BOOK[lang][sheet].iter_rows(values_only=True) for c in row if c]
        assert any(where in str(cell) for cell in cells)
