"""Small schools for the engine: two or three students, one thing to decide."""

from typing import Any

import pytest

from models import Plan, PlanStatus, School, Section, Weights
from optimizer.checks import verify
from optimizer.engine import Limits, solve, strategy
from optimizer.errors import NoClubsError
from tests.builders import revised, with_settings
from tests.rules.small import ball, small_school, student, teacher, wish

STAYS_NOT = {"stay_slots": (), "club_slots": ("mon2", "tue1")}


SHORT = Limits(seconds=5, workers=2, seed=1)


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


def previous(school: School, *sections: Section) -> School:
    return revised(school, previous=sections)


__all__ = [
    "SHORT",
    "STAYS_NOT",
    "ball",
    "best",
    "clubs_only",
    "for_one_seat",
    "previous",
    "small_school",
    "student",
    "teacher",
    "whatever_found",
    "wish",
    "with_weights",
    "without_construction",
]
