"""From counts in a solution to named sections."""

import pytest

from models import School, Wish
from tests.builders import revised, with_course, with_locks, with_new
from tests.engine.schools import STAYS_NOT, ball, clubs_only, student, teacher, wish
from tests.rules.small import SEAT, opened, sizes
from tests.rules.solving import optimal

MANY = "abcdefghij"


def at_once(sections: int, **course: object) -> School:
    """Ten takers for sections of 2 to 4 that all meet at one time."""
    fields = {"slots": ("mon2",), "rooms": (), "max_sections": sections} | course
    names = tuple(f"t{n}" for n in range(1, 9))
    school = clubs_only(
        courses=(ball(**({"leaders": names} | fields)),),
        teachers=tuple(teacher(name) for name in names),
        students=tuple(student(n, **STAYS_NOT) for n in MANY),
        wishes=tuple(wish(n) for n in MANY),
    )
    rooms = (revised(school.rooms[0], id=f"x{n}", seats=4) for n in range(4))
    return with_new(school, "rooms", *rooms)


@pytest.mark.parametrize(("sections", "expected"), [(3, [3, 3, 4]), (4, [2, 2, 3, 3])])
def test_an_offer_is_split_evenly(sections: int, expected: list[int]) -> None:
    plan = optimal(with_locks(at_once(4), opened(sections)))
    assert (sizes(plan), plan.value) == (expected, 10 * SEAT)
    assert len({s.room for s in plan.sections}) == sections
    assert len({s.id for s in plan.sections}) == sections


@pytest.mark.parametrize("needed", [2, 3])
def test_every_section_has_its_own_staff(needed: int) -> None:
    school = with_locks(at_once(2, staff_needed=needed, max_size=5), opened(2))
    plan = optimal(school)
    assert [len(s.staff) for s in plan.sections] == [needed, needed]
    assert len({t for s in plan.sections for t in s.staff}) == 2 * needed


def test_small_rooms_get_small_sections() -> None:
    school = with_course(at_once(3), "ball", rooms=("x0", "x1", "x2"))
    seats = {"x0": 2, "x1": 4, "x2": 4}
    rooms = tuple(revised(r, seats=seats.get(r.id, r.seats)) for r in school.rooms)
    plan = optimal(revised(school, rooms=rooms))
    assert {s.room: len(s.students) for s in plan.sections} == seats


def test_class_mates_stay_together() -> None:
    school = at_once(2, max_size=5)
    other = revised(school.classes[0], id="d3", home_room="x3")
    students = tuple(
        revised(s, home_class="d3" if s.id in "bdfhj" else "c3") for s in school.students
    )
    plan = optimal(
        with_locks(revised(school, classes=(*school.classes, other), students=students), opened(2))
    )
    assert {s.students for s in plan.sections} == {tuple("acegi"), tuple("bdfhj")}


@pytest.mark.parametrize("named", [1, 3])
def test_sections_that_are_told_apart(named: int) -> None:
    """Some name their teacher: everybody is with whom he named."""
    school = at_once(4)
    wishes: list[Wish] = []
    for number, one in enumerate(school.wishes):
        leader = f"t{1 + number % 3}" if number % named == 0 else None
        wishes.append(revised(one, teacher=leader))
    school = with_course(revised(school, wishes=tuple(wishes)), "ball", max_sections=3)
    plan = optimal(school)
    assert plan.value == 10 * SEAT
    staff = {s: p.staff for p in plan.sections for s in p.students}
    for one in wishes:
        assert one.teacher is None or one.teacher in staff[one.student]


def test_sections_of_two_times_are_numbered_through() -> None:
    school = with_locks(at_once(4, slots=("mon2", "tue1"), leaders=("t1", "t2")), opened(4))
    plan = optimal(school)
    assert [s.id for s in plan.sections] == [f"ball-{n}" for n in (1, 2, 3, 4)]
    assert sorted(s.slots for s in plan.sections) == [("mon2",)] * 2 + [("tue1",)] * 2
