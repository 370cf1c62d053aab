"""Seats with a time make the bound of tiny schools exact where without it is not.

Each school is about one row: without it the bound is what the program says without times.
"""

from collections.abc import Callable
from datetime import date

import pytest

from models import (
    Aim,
    Course,
    HomeClass,
    Room,
    School,
    Settings,
    Slot,
    Student,
    Teacher,
    Term,
    Wish,
)
from optimizer.engine.lp.highs import solve_here
from optimizer.rules import relax
from tests.builders import aiming
from tests.rules.solving import optimal_in_one_run

DAY = date(2026, 9, 7)
MON, TUE = "mon", "tue"
SUPERVISOR = "t3"
"""Who may supervise base care, in two periods a week; the others may not."""


def _school(
    courses: dict[str, tuple[str, int, int]],
    students: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]],
    leads: dict[str, tuple[str, ...]],
    stay: tuple[str, ...] = (),
) -> School:
    """Make a school of one class with two slots.

    Parameters
    ----------
    courses
        Leader, most students and most sections.
    students
        Slots offered, courses wished for, and clubs wanted.
    leads
        By teacher: slots at which there is time.
    stay
        Students who stay at their slots; the others come for clubs only.
    """
    school = School(
        settings=Settings(id="one", name=""),
        term=Term(first_date=DAY, last_date=date(2026, 9, 8)),
        slots=tuple(
            Slot(id=name, weekday=day, start_minute=960, end_minute=1000)
            for day, name in enumerate((MON, TUE), 1)
        ),
        rooms=tuple(Room(id=f"room{n}", name="", seats=40) for n in range(3)),
        classes=(HomeClass(id="class", name="", grade=1, home_room="room0"),),
        teachers=tuple(
            Teacher(
                id=name,
                name="",
                available_slots=slots,
                may_supervise=name == SUPERVISOR,
                max_periods_week=2,
            )
            for name, slots in leads.items()
        ),
        courses=tuple(
            Course(
                id=name,
                name="",
                grades=(1,),
                min_size=1,
                max_size=most,
                max_sections=sections,
                leaders=(leader,),
            )
            for name, (leader, most, sections) in courses.items()
        ),
        students=tuple(
            Student(
                id=name,
                name="",
                home_class="class",
                max_clubs=clubs,
                stay_slots=slots if name in stay else (),
                club_slots=() if name in stay else slots,
            )
            for name, (slots, _, clubs) in students.items()
        ),
        wishes=tuple(
            Wish(student=name, course=course, rank=rank)
            for name, (_, wished, _) in students.items()
            for rank, course in enumerate(wished, 1)
        ),
    )
    return aiming(school, Aim.MOST_POINTS)


def two_at_once() -> School:
    """One student wants two courses that can only be at the same moment."""
    return _school(
        {"a": ("t1", 9, 1), "b": ("t2", 9, 1)},
        {"s1": ((MON,), ("a", "b"), 2)},
        {"t1": (MON,), "t2": (MON,)},
    )


def one_section_for_two_days() -> School:
    """A course has one section: on Monday for one student, or on Tuesday for the other."""
    return _school(
        {"a": ("t1", 9, 1), "b": ("t2", 9, 1)},
        {"s1": ((MON, TUE), ("a", "b"), 2), "s2": ((MON,), ("a",), 1)},
        {"t1": (MON, TUE), "t2": (MON,)},
    )


def one_seat_on_monday() -> School:
    """Two want the one seat on Monday; who could come on Tuesday would rather be elsewhere."""
    return _school(
        {"a": ("t1", 1, 2), "b": ("t2", 9, 1)},
        {
            "s1": ((MON,), ("a",), 1),
            "s2": ((MON,), ("a",), 1),
            "s3": ((MON, TUE), ("b", "a"), 1),
        },
        {"t1": (MON, TUE), "t2": (MON, TUE)},
    )


def two_children_apart() -> School:
    """Two stay on both days, each in a section on one of them: is it the same day?

    If so, on the other they are in base care, and the supervisor has time for a club. If not, each
    waits alone on a day, and two more children, who come on one day only, have a seat.
    """
    return _school(
        {"a": ("t1", 9, 1), "b": ("t2", 9, 1), "c": (SUPERVISOR, 9, 1)},
        {
            "s1": ((MON, TUE), ("a",), 1),
            "s2": ((MON, TUE), ("b",), 1),
            "s3": ((MON,), ("a",), 1),
            "s4": ((TUE,), ("b",), 1),
            "s5": ((MON, TUE), ("c",), 1),
        },
        {"t1": (MON, TUE), "t2": (MON, TUE), SUPERVISOR: (MON, TUE)},
        stay=("s1", "s2"),
    )


def either_of_two() -> School:
    """Nobody supervises: who stays must be in one section or the other, and only one can be."""
    return _school(
        {"a": ("t1", 9, 1), "b": ("t1", 9, 1)},
        {"s1": ((MON,), ("a", "b"), 1), "s2": ((MON,), ("b",), 1), "s3": ((MON,), ("b",), 1)},
        {"t1": (MON,)},
        stay=("s1",),
    )


@pytest.mark.parametrize(
    "make",
    [two_at_once, one_section_for_two_days, one_seat_on_monday, two_children_apart],
)
def test_with_times_the_bound_is_the_optimum(make: Callable[[], School]) -> None:
    school = make()
    untimed, timed = _bound(school, timed=False), _bound(school, timed=True)
    assert timed == optimal_in_one_run(school).value < untimed


def test_one_of_several_sections_is_enough() -> None:
    school = either_of_two()
    assert _bound(school, timed=True) == optimal_in_one_run(school).value


def _bound(school: School, timed: bool) -> int:
    lp = relax(school, timed=timed).lp
    solution = solve_here(lp, 20.0)
    assert solution is not None
    return lp.bound(solution.duals)
