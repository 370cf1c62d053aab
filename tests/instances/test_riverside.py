"""The worked example: the shipped workbook is what the script makes, and reads without a word."""

from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest

from instances.riverside import WORKBOOK, riverside
from models import PolicyItem, School
from models.validation import find_problems
from optimizer.files import inspect_school, write_school


@pytest.fixture(scope="module")
def school() -> School:
    return riverside()


def sheets(path: Path) -> dict[str, bytes]:
    """Give the parts of a workbook; how they are packed may differ between systems."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_workbook_is_what_the_script_writes(school: School, tmp_path: Path) -> None:
    again = tmp_path / "riverside.xlsx"
    write_school(school, again, "zh", force=False)
    assert sheets(again) == sheets(WORKBOOK)


def test_the_same_school_gives_the_same_bytes(school: School, tmp_path: Path) -> None:
    paths = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    for path in paths:
        write_school(school, path)
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    # The shipped one, which the test above compares, holds no other time of writing either.
    assert b"1980-01-01T00:00:00Z" in sheets(WORKBOOK)["docProps/core.xml"]


def test_the_workbook_reads_without_errors_or_warnings(school: School) -> None:
    read, errors, warnings, *_ = inspect_school(WORKBOOK)
    assert (errors, warnings) == ((), ())
    assert read == school


def test_the_school_is_sound(school: School) -> None:
    assert not find_problems(school)
    assert len(school.students) == 240
    assert len(school.courses) == 20
    assert school.grades == (1, 2, 3, 4, 5, 6)
    assert Counter(s.home_class for s in school.students).most_common()[-1][1] >= 38


def test_it_is_mostly_a_club_hour(school: School) -> None:
    patterns = Counter(
        (course.sessions_per_week, course.periods_per_session) for course in school.courses
    )
    assert patterns == {(1, 1): 16, (1, 2): 2, (2, 1): 2}


def test_wishes_follow_the_grade(school: School) -> None:
    def share(course: str, grade: int) -> float:
        wishes = [w for w in school.wishes if school.grade_of[w.student] == grade]
        return sum(w.course == course for w in wishes) / len(wishes)

    assert all(
        school.grade_of[wish.student] in school.course[wish.course].grades for wish in school.wishes
    )
    assert share("编程", 6) > share("编程", 3)
    assert share("跳绳", 1) > share("跳绳", 4)
    assert any(wish.teacher for wish in school.wishes)


def test_its_rules_pins_and_purse_are_set(school: School) -> None:
    items = {clause.item for clause in school.policy.clauses}
    assert {PolicyItem.LATEST_END, PolicyItem.BARRED_CONTENT} <= items
    assert {lock.kind for lock in school.locks} == {"section", "care_staff"}
    assert school.settings.budget.sum_fen
    assert any(group.priority for group in school.groups)
    assert {teacher.kind.value for teacher in school.teachers} == {"own", "external"}
