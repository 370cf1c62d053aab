"""What is opened and dealt before base care keeps the rules, and all that sees to it is needed."""

from functools import cache
from random import Random
from typing import Any

import pytest

from models import PolicyItem, School
from optimizer.checks import CHECKS
from optimizer.engine.construct import demand, resources
from optimizer.engine.construct.demand import Demand
from optimizer.engine.construct.greedy import Greedy
from optimizer.engine.construct.resources import Resources
from optimizer.engine.construct.steps import timetables
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.finish.opening import so_far
from tests.builders import with_clause
from tests.engine.decomposition.test_arrays_matrix import KEPT as KEPT_IN_TIMETABLES
from tests.engine.decomposition.test_arrays_matrix import one_hall
from tests.rules.matrix_schools import HAND_MADE
from tests.rules.random_plans import bare_plan
from tests.rules.random_schools import random_school
from tests.rules.small import ball, small_school, student, wish

KEPT = (*KEPT_IN_TIMETABLES, "group_size", "rooms")
DROPPED: dict[str, tuple[Any, str, Any]] = {
    "time of staff": (Resources, "_has_time", lambda *_: True),
    "what is booked": (Resources, "book", lambda *_: None),
    "rooms that suit": (resources, "suits_course", lambda *_: True),
    "what a seat takes": (Demand, "seated", lambda *_: None),
    "who may have a seat": (demand, "allowed", lambda *_: True),
    "content by the clock": (demand, "time_barred", lambda *_: False),
    "limits of a day": (Greedy, "_day_allows", lambda *_: True),
    "limits of a day in the auction": (DraftPlan, "within_days", lambda *_: True),
}
"""What is left out, and what stands there instead."""


def two_clubs_on_a_day() -> School:
    """Everybody would have both, and may come for one period a day."""
    chess = ball(id="chess", slots=("mon1",), leaders=("t1",), rooms=("r3",))
    own = {"stay_slots": (), "club_slots": ("mon1", "mon2"), "max_clubs": 2}
    school = small_school(
        courses=(ball(slots=("mon2",)), chess),
        students=tuple(student(n, **own) for n in "abcd"),
        wishes=tuple(wish(n, c, r) for n in "abcd" for r, c in enumerate(("ball", "chess"), 1)),
    )
    return with_clause(school, PolicyItem.MAX_PERIODS_DAY, 1)


@cache
def schools() -> tuple[School, ...]:
    """Give schools whose slots are as the policy wants them."""
    made = [one_hall(), two_clubs_on_a_day(), *(make() for make in HAND_MADE)]
    made += [random_school(Random(f"draft {n}")) for n in range(60)]
    return tuple(s for s in made if not any(CHECKS["hours"](s, bare_plan(s, (), ()))))


def opened(school: School) -> DraftPlan:
    """Give what is opened, and seated at once."""
    greedy = Greedy(DraftPlan(school, {}, {}))
    greedy.open_all()
    return greedy.draft


def wrong(school: School) -> bool:
    """Tell whether that breaks a rule, or what the auction makes of it."""
    plans = (so_far(draft) for draft in (opened(school), next(timetables(school, ()))))
    return any(any(CHECKS[family](school, plan)) for plan in plans for family in KEPT)


def test_sections_and_seats_keep_the_rules() -> None:
    assert not any(wrong(school) for school in schools())


@pytest.mark.parametrize("name", DROPPED)
def test_all_that_sees_to_it_is_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*DROPPED[name])

    def broken(school: School) -> bool:
        try:
            return wrong(school)
        except (AssertionError, KeyError, ValueError):
            return True

    assert any(broken(school) for school in schools())
