"""Pins that leave a course, or two, without the people or rooms that they need: each at its row."""

from typing import Any

import pytest

from models import CareStaffLock, Room, School, SeatLock, SectionLock
from optimizer.checks import foresee
from tests.builders import with_course, with_locks, with_slot, with_student
from tests.rules.small import ball, granted, opened, small_school, student, teacher, wish


def school(**fields: Any) -> School:
    """Ball and chess of t2 and t3, each in a room of its own, on Monday, period 1, only."""
    own: dict[str, Any] = {"slots": ("mon1",)}
    chess = ball(id="chess", name="", leaders=("t3",), rooms=("den",), **own)
    made = small_school(
        rooms=tuple(Room(id=name, name="", seats=6) for name in ("r3", "hall", "den")),
        courses=(ball(**own), chess),
        teachers=(teacher("t1"), teacher("t2"), teacher("t3")),
        students=tuple(student(name, max_clubs=1) for name in "abcdefgh"),
        wishes=(*(wish(name) for name in "abcd"), *(wish(name, "chess") for name in "efgh")),
    )
    return with_course(made, "chess", **fields) if fields else made


def found(made: School, *locks: Any) -> list[tuple[str, int | None, str | None]]:
    return [(p.code, p.row, p.field) for p in foresee(with_locks(made, *locks)).pins]


CARE = CareStaffLock(teacher="t2", slot="mon1")


@pytest.mark.parametrize("lock", [granted("a"), opened(1), SectionLock(course="ball")])
def test_the_leaders_are_all_in_care(lock: Any) -> None:
    assert found(school(), CARE, lock) == [("lock-staff-in-care", 1, "course")]
    assert found(with_course(school(), "ball", leaders=("t2", "t3")), CARE, lock) == []
    assert found(with_course(school(), "ball", slots=None), CARE, lock) == []


def test_who_is_in_care_is_named() -> None:
    (problem,) = foresee(with_locks(school(), CARE, granted("a"))).pins
    assert "lead course ball 球类 (t2) are pinned to base care" in problem.text.en
    assert "（t2）" in problem.text.zh


def test_more_seats_at_a_time_than_can_be_held_then() -> None:
    seats = [SeatLock(student=name, course="ball", slots=("mon1",)) for name in "abcd"]
    made = with_course(school(), "ball", max_size=3, max_sections=2, slots=None)
    assert found(made, *seats) == [("lock-too-many-then", 3, "slots")]
    (problem,) = foresee(with_locks(made, *seats)).pins
    assert "has 4 seats pinned on Mon 16:00-16:40" in problem.text.en
    assert "at most 3 then (1 sections of 3)" in problem.text.en
    assert found(made, *seats[:3]) == []
    # A second leader does not help without a second room.
    more = with_course(made, "ball", leaders=("t1", "t2"))
    assert found(more, *seats) == [("lock-too-many-then", 3, "slots")]
    both = with_course(more, "ball", rooms=("hall", "r3"))
    assert found(both, *seats) == []
    assert found(both, *seats, CareStaffLock(teacher="t1", slot="mon1")) == [
        ("lock-too-many-then", 3, "slots")
    ]


@pytest.mark.parametrize("shared", [{"leaders": ("t2",)}, {"rooms": ("hall",)}])
def test_two_courses_that_need_the_same_at_the_same_time(shared: dict[str, Any]) -> None:
    pins = (opened(1), SectionLock(course="chess"))
    assert found(school(), *pins) == []
    assert found(school(**shared), *pins) == [("lock-not-both", 1, "course")]
    assert found(school(**shared), opened(1), opened(0, "chess")) == []
    made = school(**shared, slots=("mon1", "mon2"))
    assert found(made, *pins) == []
    # Periods of other names at the same time are the same time.
    clash = with_slot(school(**shared, slots=("mon2",)), "mon2", start_minute=16 * 60 + 20)
    for name in "efgh":
        clash = with_student(clash, name, stay_slots=(), club_slots=("mon2",))
    for name in "abcd":
        clash = with_student(clash, name, club_slots=())
    assert found(clash, *pins) == [("lock-not-both", 1, "course")]
