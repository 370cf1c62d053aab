"""Small schools for the engine: two or three students, one thing to decide."""

from itertools import count
from random import Random
from typing import Any, Final

import pytest

from models import (
    Budget,
    Plan,
    PlanStatus,
    Policy,
    PolicyItem,
    School,
    SchoolError,
    Section,
    SlotUse,
    Weights,
    Wish,
)
from optimizer.checks import verify
from optimizer.engine import Limits, SearchParams, solve, strategy
from optimizer.engine.params import SessionParams
from optimizer.errors import NoClubsError
from tests.builders import revised, with_settings
from tests.rules.random_schools import random_school
from tests.rules.small import ball, small_school, student, teacher, wish

STAYS_NOT = {"stay_slots": (), "club_slots": ("mon2", "tue1")}


DAY_LIMITS: Final = {
    PolicyItem.MAX_PERIODS_DAY,
    PolicyItem.MAX_MINUTES_DAY,
    PolicyItem.EVENING_MAX_MINUTES,
    PolicyItem.MAX_LEARNING_PERIODS_DAY,
}
SHORT = Limits(seconds=5, workers=2, seed=1)


def counted(work: float, engine: str | None = None, seed: int = 1) -> Limits:
    """Give limits of so much deterministic time, with one worker and the clock out of the way."""
    seconds = 60.0
    session = SessionParams(work_per_second=work / seconds)
    params = SearchParams(session=session)
    return Limits(seconds=seconds, workers=1, seed=seed, engine=engine, params=params)


def best(school: School, limits: Limits = SHORT) -> Plan:
    """Give the engine's plan; it is proved to be the best, and the check accepts it."""
    plan = solve(school, limits)
    assert plan.status is PlanStatus.OPTIMAL, (plan.value, plan.bound)
    assert verify(school, plan) == ()
    return plan


def whatever_found(school: School, limits: Limits, start: Plan | None = None) -> Plan:
    """Give the engine's plan, though it may be base care alone where time is short."""
    try:
        return solve(school, limits, start)
    except NoClubsError as error:
        return error.plan


def without_construction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search begin without a constructed plan."""
    monkeypatch.setattr(strategy, "first_with_clubs", lambda _session: None)


def for_one_seat(*names: str, **settings: Any) -> School:
    """Students who all want the same seat, for which they have equal claims."""
    school = small_school(
        courses=(ball(min_size=1, max_size=1, slots=("mon2",)),),
        students=tuple(student(name) for name in names),
        wishes=tuple(wish(name) for name in names),
    )
    return with_settings(school, **settings)


def clubs_only(**changes: Any) -> School:
    """Everybody comes for clubs only, so that base care plays no part."""
    students = tuple(student(name, **STAYS_NOT) for name in "abcd")
    return small_school(**({"students": students} | changes))


def with_weights(school: School, **weights: Any) -> School:
    return with_settings(school, weights=Weights(**weights))


def all_day(school: School, random: Random) -> School:
    """Let a random school be one in which each takes many courses and nobody stays for base care.

    What the search for such schools does not know (limits of a day, pay, pairs of leaders) is gone.
    """
    students, wishes = [], []
    slots = [s for s in school.slots if s.use is not SlotUse.CARE_ONLY]
    for one in school.students:
        grade = school.grade_of[one.id]
        mine = tuple(s.id for s in slots if s.admits_grade(grade) and random.random() < 0.9)
        most = random.randint(2, 5)
        changes = {"stay_slots": (), "club_slots": mine, "max_clubs": most}
        students.append(one.model_copy(update=changes))
        courses = random.sample(school.courses, len(school.courses) if mine else 0)
        wishes += [
            Wish(student=one.id, course=course.id, rank=rank)
            for rank, course in enumerate(courses, 1)
        ]
    clauses = (c for c in school.policy.clauses if c.item not in DAY_LIMITS)
    return school.replaced(
        students=tuple(students),
        wishes=tuple(wishes),
        courses=tuple(c.model_copy(update={"staff_needed": 1}) for c in school.courses),
        locks=tuple(lock for lock in school.locks if lock.kind != "care_staff"),
        policy=Policy(clauses=tuple(clauses)),
        settings=revised(school.settings, budget=Budget()),
    )


def random_all_day(name: str) -> School:
    """Make a random one that contradicts itself nowhere."""
    for attempt in count():
        random = Random(f"{name} {attempt}")
        try:
            return all_day(random_school(random), random)
        except SchoolError:
            continue
    raise AssertionError


def previous(school: School, *sections: Section) -> School:
    return revised(school, previous=sections)


def with_idle_slots(school: School, count: int) -> School:
    """Give a school with so many slots more, before all others, at which no course meets."""
    first = school.slots[0]
    idle = tuple(
        revised(first, id=f"idle{n}", weekday=1 + n % 5, start_minute=5 * n, end_minute=5 * n + 5)
        for n in range(count)
    )
    names = tuple(slot.id for slot in school.slots)
    courses = tuple(
        course if course.slots is not None else revised(course, slots=names)
        for course in school.courses
    )
    return school.replaced(slots=(*idle, *school.slots), courses=courses)


__all__ = [
    "SHORT",
    "STAYS_NOT",
    "all_day",
    "ball",
    "best",
    "clubs_only",
    "for_one_seat",
    "previous",
    "random_all_day",
    "small_school",
    "student",
    "teacher",
    "whatever_found",
    "wish",
    "with_idle_slots",
    "with_weights",
    "without_construction",
]
