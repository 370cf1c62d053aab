"""How well rooms and base care were kept, in figures."""

import pytest

from models import Lang
from optimizer.report import plan_rows, summary
from tests.builders import (
    edit_care,
    edit_section,
    revised,
    tiny_plan,
    tiny_school,
    with_course,
    with_room,
)

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def test_places_in_the_own_room_and_supervisors_a_class() -> None:
    """All care is in class 5's room, with t5: four, three, three and two of class 5."""
    found = summary(SCHOOL, PLAN)
    assert (found.care_own_room, found.care_places) == (12, 29)
    assert (found.care_supervisors_mean, found.care_supervisors_most) == (1.0, 1)
    other = edit_care(PLAN, "care-mon2", staff=("t4",))
    other = edit_care(other, "care-tue1", staff=("t3",), room="r3")
    found = summary(SCHOOL, other)
    # On Tuesday, first period: s33 and s34 are in the room of class 3.
    assert found.care_own_room == 12 - 3 + 2
    assert (found.care_supervisors_mean, found.care_supervisors_most) == (3.0, 3)
    one = edit_care(PLAN, "care-mon2", staff=("t4",), students=("s32",))
    assert summary(SCHOOL, one).care_supervisors_mean == 1.33


def test_sections_in_special_rooms_that_nobody_asked_for() -> None:
    assert summary(SCHOOL, PLAN).sections_out_of_place == 0, "art asks for easels"
    moved = edit_section(PLAN, "chess-1", room="studio")
    assert summary(SCHOOL, moved).sections_out_of_place == 1
    named = SCHOOL.replaced(
        courses=tuple(c.model_copy(update={"rooms": ("studio",)}) for c in SCHOOL.courses)
    )
    assert summary(named, moved).sections_out_of_place == 0, "asked for by name"
    asked = with_course(SCHOOL, "art", room_features=())
    assert summary(asked, PLAN).sections_out_of_place == 1, "asked for no more"
    plain = with_room(asked, "studio", features=())
    assert summary(plain, moved).sections_out_of_place == 0, "nothing special about it"


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            {
                "  in a special room not asked for": "0",
                "  in their own home room": "12 of 29 (41.4 %)",
                "  supervisors a class a week": "1.0 on average, 1 at most",
            },
        ),
        (
            "zh",
            {
                "  在未要求的专用教室": "0",
                "  坐在本班教室": "12 / 29（41.4%）",
                "  每班每周看管教师": "平均 1.0 位，最多 1 位",
            },
        ),
    ],
)
def test_they_are_said(lang: Lang, lines: dict[str, str]) -> None:
    rows = dict(plan_rows(summary(SCHOOL, PLAN), lang))
    assert {label: rows[label] for label in lines} == lines


def test_nothing_is_said_where_there_is_no_base_care() -> None:
    found = summary(SCHOOL, revised(PLAN, care_groups=()))
    assert found.care_supervisors_mean is None
    assert "  supervisors a class a week" not in dict(plan_rows(found, "en"))
