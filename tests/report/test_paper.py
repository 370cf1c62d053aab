"""Paper can be read: nine points on A4 at least, nothing cut, no head without its rows."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from models import Lang, Plan, School
from models.attendance import Attendance
from optimizer.ledger import settled_ledger
from optimizer.report import ledger_workbook_bytes
from optimizer.report.columns import Layout, fitted, lines_of
from optimizer.report.paper import ACROSS, ONE_PAGE, UPRIGHT, Flow, pixels, spread, squeezed, total
from optimizer.report.workbook import workbook_bytes
from tests.report.example import Shape, make_plan, make_school
from tests.report.money import FULL_MONTHS, LATEST, charged, under
from tests.report.printed import area, height, is_head, is_heading, printed, widths

LEAST_POINTS = 9
SPARE = 0.83
"""Of the paper's width where the sheet gives the scale: fonts of other programs are wider."""
LONG_NAME = "少年宫创意机器人与人工智能启蒙社团"


def loaded(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def lengthened(school: School) -> School:
    """Give everything the longest name that schools use."""

    def named(rows: tuple[Any, ...], name: str) -> tuple[Any, ...]:
        return tuple(
            row.model_copy(update={"name": f"{name}{n}"}) for n, row in enumerate(rows, start=1)
        )

    return school.replaced(
        courses=named(school.courses, LONG_NAME),
        rooms=named(school.rooms, "科技楼三层多功能教室"),
        students=named(school.students, "欧阳诗涵"),
        teachers=named(school.teachers, "司马相如老师"),
        classes=named(school.classes, "六年级（10）班"),
    )


def on_many_days(school: School, plan: Plan) -> Plan:
    """Let the first section meet on every day, so that its dates fill several pages."""
    first = plan.sections[0]
    slots = tuple(slot.id for slot in school.slots if slot.id.endswith("P0"))
    return plan.model_copy(
        update={"sections": (first.model_copy(update={"slots": slots}), *plan.sections[1:])}
    )


CASES: dict[Shape, Lang] = {
    Shape(days=5, periods=2, sections=1, students=24, class_size=12): "en",
    Shape(days=5, periods=4, sections=1, students=24, class_size=12): "zh",
    Shape(days=1, sections=2, students=90, class_size=45): "zh",
}


@pytest.fixture(scope="module", params=CASES, ids=str)
def shape(request: pytest.FixtureRequest) -> Shape:
    found: Shape = request.param
    return found


@pytest.fixture(scope="module")
def case(shape: Shape) -> tuple[School, Plan]:
    school = lengthened(make_school(shape))
    return school, on_many_days(school, make_plan(school, shape))


@pytest.fixture(scope="module")
def book(shape: Shape, case: tuple[School, Plan]) -> Any:
    return loaded(workbook_bytes(*case, CASES[shape]))


@pytest.fixture(scope="module", params=["zh", "en"])
def ledger(request: pytest.FixtureRequest) -> Any:
    school, plan = charged(under("banan-2020", LATEST), FULL_MONTHS)
    school = lengthened(school)
    settled = settled_ledger(school, plan, Attendance())
    return loaded(ledger_workbook_bytes(school, plan, settled, request.param))


def check(sheet: Any) -> None:
    found = printed(sheet)
    assert found.least_points >= LEAST_POINTS, sheet.title
    if sheet.sheet_properties.pageSetUpPr.fitToPage:
        assert found.widest <= 1, sheet.title
    else:
        assert found.widest <= SPARE, sheet.title


def test_a_plan_is_printed_in_nine_points_at_least(book: Any) -> None:
    for sheet in book:
        check(sheet)


def test_a_ledger_is_printed_in_nine_points_at_least(ledger: Any) -> None:
    for sheet in ledger:
        check(sheet)


def test_no_head_of_a_plan_is_cut(book: Any) -> None:
    no_head_is_cut(book)


def test_no_head_of_a_ledger_is_cut(ledger: Any) -> None:
    no_head_is_cut(ledger)


def no_head_is_cut(book: Any) -> None:
    for sheet in book:
        own = widths(sheet)
        for row in sheet.iter_rows(max_row=8):
            heads = [c for c in row if isinstance(c.value, str) and c.column in own]
            if not is_head(sheet, row[0].row) or sheet.title in {"公示", "Public notice"}:
                continue
            needed = max(lines_of(str(c.value), (own[c.column] - 5) / 7) for c in heads)
            assert height(sheet, row[0].row) >= 15 * needed, (sheet.title, row[0].row)


def test_no_page_of_a_plan_ends_with_a_head(book: Any) -> None:
    no_page_ends_with_a_head(book)


def test_no_page_of_a_ledger_ends_with_a_head(ledger: Any) -> None:
    no_page_ends_with_a_head(ledger)


def no_page_ends_with_a_head(book: Any) -> None:
    broken = 0
    for sheet in book:
        found = printed(sheet)
        if sheet.sheet_properties.pageSetUpPr.fitToPage or sheet.print_title_rows:
            continue
        broken += len(found.pages) - 1
        assert found.tallest <= 1, sheet.title
        for rows in found.pages:
            assert rows, sheet.title
            # A head has two rows below it, a heading at least what it is about.
            assert not any(is_head(sheet, row) for row in rows[-2:] if row > 4), sheet.title
            assert not is_heading(sheet, rows[-1]), sheet.title
    assert broken


def test_of_a_ledgers_detail_only_the_heading_is_printed(ledger: Any) -> None:
    assert ledger.sheetnames[-1] in {"明细", "All lines"}
    assert area(ledger.worksheets[-1])[3] == 2


def test_a_roster_is_printed_by_whole_months(book: Any, case: tuple[School, Plan]) -> None:
    school, _ = case
    sheet = book[f"{LONG_NAME}1"]
    heads = [cell.value for cell in sheet[4]]
    days = {n: head.date() for n, head in enumerate(heads, start=1) if hasattr(head, "date")}
    breaks = [b.id for b in sheet.col_breaks.brk]
    if len(days) < 20:
        assert breaks == []
        return
    assert breaks
    for end in breaks:
        assert days[end].month != days[end + 1].month
    assert sheet.print_title_cols == "$A:$D"
    months = [cell.value for cell in sheet[3] if cell.value][1:]
    assert [int(re.findall(r"\d+", month)[-1]) for month in months] == [9, 10, 11, 12]
    assert school.term.first_date == date(2025, 9, 1)


def test_the_head_of_a_roster_is_whole_on_every_page(book: Any) -> None:
    """Further pages repeat the first columns only: what stands above them must fit there."""
    sheet = book[f"{LONG_NAME}1"]
    own = widths(sheet)
    repeated = sum(own[column] - 5 for column in range(1, 5)) / 7
    if not sheet.col_breaks.brk:
        return
    assert "司马相如老师" in sheet.cell(2, 1).value
    for row, points in ((1, 16), (2, 10)):
        merged = [area for area in sheet.merged_cells.ranges if area.min_row == row]
        assert all(area.max_col <= 4 for area in merged)
        needed = lines_of(sheet.cell(row, 1).value, repeated * 10 / points)
        assert height(sheet, row) >= points * needed
        assert needed == 1 or merged


def test_care_has_rosters_a_page_each(book: Any, case: tuple[School, Plan]) -> None:
    school, plan = case
    sheet = next(sheet for sheet in book if sheet.title in {"托管签到 周一1", "Care Mon 1"})
    groups = [group for group in plan.care_groups if group.slot == "D1P0"]
    titles = [row[0].row for row in sheet.iter_rows() if row[0].font.sz == 16]
    assert len(titles) == len(groups)
    assert [b.id + 1 for b in sheet.row_breaks.brk] == titles[1:]
    members = [row[1].value for row in sheet.iter_rows() if row[1].value in school.student]
    assert sorted(members) == sorted(s for group in groups for s in group.students)
    cells = [row[2] for row in book.worksheets[5].iter_rows(4)]
    links = {cell.hyperlink.location for cell in cells if cell.hyperlink}
    assert {f"'{sheet.title}'!A{row}" for row in titles} <= links


def test_ids_stand_beside_names(book: Any, case: tuple[School, Plan]) -> None:
    _, plan = case
    clubs, care = (
        {tuple(map(str, row)) for row in sheet.iter_rows(4, values_only=True)}
        for sheet in (book.worksheets[1], book.worksheets[5])
    )
    for section in plan.sections:
        for slot in section.slots:
            ids = (section.id, section.course, slot, section.room, " ".join(section.staff))
            assert ids in {row[-5:] for row in clubs}
    for group in plan.care_groups:
        assert (group.slot, group.room, " ".join(group.staff)) in {row[-3:] for row in care}


def test_a_wide_table_goes_on_beside_itself() -> None:
    week = [[12.0] * 4] * 5
    found = spread([9, 9], week, ACROSS)
    assert found.breaks == (10, 18)
    assert spread([9, 9], week[:1], ACROSS) == ONE_PAGE
    # Of many on one sheet each has its page, which Excel only keeps with a scale.
    assert spread([9, 9], week[:1], ACROSS, stacked=True).scale == 100
    # A month that no page holds is taken apart.
    assert spread([9], [[5.0] * 40], UPRIGHT).breaks


def test_columns_are_made_narrower_together() -> None:
    found = squeezed([30, 10, 50], [12, 10, 12], total([20, 10, 20]))
    assert found[1] == 10
    assert found[0] == pytest.approx(found[2])
    assert total(found) <= 2 * pixels(20) + pixels(10)
    assert squeezed([30, 40], [25, 25], 10) == [25, 25]


def test_long_numbers_do_not_wrap() -> None:
    number = "18446744073709551615"
    found = fitted(["号"], [[number]], Layout()).widths[0]
    # Twenty digits of eight pixels and a half, as wide fonts have them.
    assert pixels(found) - 5 >= 20 * 8.5
    assert lines_of(number, found) == 1


def test_what_belongs_together_stays_together() -> None:
    flow = Flow(UPRIGHT)
    page = int(flow.height)
    assert not flow.add(0, page - 50)
    assert flow.add(1, 20, together=60)
    assert flow.breaks == [1]
    # More than a page cannot stay together.
    assert not Flow(UPRIGHT).add(0, 20, together=5 * page)


def test_a_table_without_rows_has_no_head(school: School, plan: Plan) -> None:
    empty = plan.model_copy(update={"sections": (), "care_groups": (), "unmet": ()})
    book = loaded(workbook_bytes(school, empty, "zh"))
    for title, said in (
        ("课程总表", "没有开班。"),
        ("基础托管", "没有托管组。"),
        ("未满足志愿", "全部志愿均已满足。"),
    ):
        values = [c.value for row in book[title].iter_rows() for c in row if c.value]
        assert values == [title, said]


def test_a_note_wider_than_its_table_wraps() -> None:
    shape = Shape(days=1, sections=1, students=4, class_size=4)
    school = make_school(shape)
    book = loaded(workbook_bytes(school, make_plan(school, shape), "zh"))
    sheet = book[school.classes[0].name]
    assert sheet["A2"].alignment.wrap_text
    assert "A2:C2" in {str(merged) for merged in sheet.merged_cells.ranges}
    needed = lines_of(str(sheet["A2"].value), sum(widths(sheet)[c] for c in (1, 2, 3)) / 7)
    assert needed > 1
    assert height(sheet, 2) >= 15 * needed
