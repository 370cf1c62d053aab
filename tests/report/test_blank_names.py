"""Where the school gave no name, the id stands in, in every sheet and in the picture."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models import Plan, School
from optimizer.checks.base import named
from optimizer.ledger import planned_ledger
from optimizer.report import ledger_workbook_bytes, plot_timetable
from optimizer.report.workbook import workbook_bytes
from tests.report.example import make_plan
from tests.report.money import SHAPE, charged

DIGEST = re.compile(r"[0-9a-f]{8}|[0-9a-f]{16,}")
TABLES = ("students", "teachers", "rooms", "courses", "classes", "groups")
Case = tuple[School, Plan]


def renamed(school: School, blank: bool) -> School:
    """Give the school without names, or with each thing named by its id."""

    def row(thing: Any) -> Any:
        return thing.model_copy(update={"name": "" if blank else thing.id})

    tables = {table: tuple(map(row, getattr(school, table))) for table in TABLES}
    return school.replaced(settings=row(school.settings), **tables)


@pytest.fixture(scope="module")
def cases() -> tuple[Case, Case]:
    """Give the school without names and the one named by ids, with the same plan."""
    school = charged()[0]
    blank, by_id = renamed(school, True), renamed(school, False)
    # One course has two groups, so that a group's label is made of a name and a number.
    plan = make_plan(blank, SHAPE)
    first = plan.sections[0]
    half = len(first.students) // 2
    parts = (
        first.model_copy(update={"students": first.students[:half]}),
        first.model_copy(update={"id": f"{first.id}b", "students": first.students[half:]}),
    )
    plan = plan.model_copy(update={"sections": (*parts, *plan.sections[1:])})
    return (blank, plan), (by_id, plan)


def cells(content: bytes) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(BytesIO(content))
    # Digests tell the two schools apart, as they must.
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not DIGEST.fullmatch(str(cell.value))
    }


def test_a_plan_without_names_reads_as_one_with_ids_for_names(cases: tuple[Case, Case]) -> None:
    blank, by_id = (cells(workbook_bytes(*case, "zh")) for case in cases)
    assert blank == by_id


def test_so_does_its_ledger(cases: tuple[Case, Case]) -> None:
    blank, by_id = (
        cells(ledger_workbook_bytes(school, plan, planned_ledger(school, plan), "en"))
        for school, plan in cases
    )
    assert blank == by_id


def test_so_does_the_picture(cases: tuple[Case, Case], tmp_path: Path) -> None:
    drawn = []
    for number, case in enumerate(cases):
        path = tmp_path / f"{number}.png"
        plot_timetable(*case, path)
        drawn.append(path.read_bytes())
    assert drawn[0] == drawn[1]


def test_a_message_gives_the_id_once(cases: tuple[Case, Case]) -> None:
    for school, _ in cases:
        assert named(school.courses[0]).zh == school.courses[0].id
        assert named(school.rooms[0]).en == school.rooms[0].id
