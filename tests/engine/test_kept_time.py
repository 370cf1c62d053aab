"""What is kept of the limit for finishing is learnt from checks on the way."""

from typing import Any

import pytest

from models import Plan, Worth
from optimizer.cli.progress import STAGES
from optimizer.engine import session as module
from optimizer.engine.finish.draft import Found
from optimizer.engine.finish.finish import with_seats_settled
from optimizer.engine.limits import Limits, Progress
from optimizer.engine.params import SearchParams
from optimizer.engine.params.search import SessionParams
from optimizer.engine.session import Session
from tests.builders import revised, tiny_plan, tiny_school

PLANNED, CHECKED = 30.0, 1.5


class Hands:
    """A clock that only moves when somebody works."""

    def __init__(self) -> None:
        self.elapsed, self.left = 0.0, 100.0


@pytest.mark.parametrize("busy", [1.0, 4.0])
def test_a_plan_that_was_long_in_finishing_leaves_the_search_its_time(
    monkeypatch: pytest.MonkeyPatch, busy: float
) -> None:
    """The first is just constructed and has much to settle; by the clock others work as well."""
    school, plan = tiny_school(), tiny_plan(tiny_school())
    session, clock = Session(school, Limits(seconds=100.0)), Hands()
    work = [0.0]

    def spend(seconds: float) -> None:
        work[0] += seconds
        clock.elapsed += busy * seconds

    def finished(_found: Found) -> Plan:
        spend(PLANNED)
        return plan

    def check(*_: object) -> tuple[()]:
        spend(CHECKED)
        return ()

    monkeypatch.setattr(session, "clock", clock)
    monkeypatch.setattr(session, "plan", finished)
    monkeypatch.setattr(module, "verify", check)
    monkeypatch.setattr(module, "thread_time", lambda: work[0])
    session.found = plan.sections, plan.care_groups
    session.give_out()
    assert session.passed is plan
    params = session.params
    expected = params.finishing_least + params.finishing_checks * CHECKED
    assert session.kept.finishing == pytest.approx(expected)
    kept = session.kept.arranging + expected + session.kept.secondary
    assert session.allowance._kept == pytest.approx(kept)


def test_more_is_kept_where_seats_can_change_hands_in_many_ways() -> None:
    school = tiny_school()
    many = revised(school, students=[revised(s, max_clubs=1) for s in school.students])
    wishes = many.wishes
    ways = len(wishes) - len({w.student for w in wishes})
    none = revised(many, wishes=[w for w in wishes if w.rank == 1])
    assert ways > 0
    params = Session(school, Limits()).params
    less = Session(none, Limits(seconds=1000.0)).kept.finishing
    more = Session(many, Limits(seconds=1000.0)).kept.finishing
    gone = len(wishes) - len(none.wishes)
    expected = params.finishing_a_wish * gone + params.finishing_a_swap * ways
    assert more - less == pytest.approx(expected)


@pytest.mark.parametrize(("seconds", "given"), [(3.0, False), (1000.0, True)])
def test_nothing_is_given_out_on_the_way_where_the_last_plan_would_be_late(
    monkeypatch: pytest.MonkeyPatch, seconds: float, given: bool
) -> None:
    school, plan = tiny_school(), tiny_plan(tiny_school())
    params = SearchParams(session=SessionParams(finishing_least=1.2))
    session = Session(school, Limits(seconds=seconds, params=params))
    finished = list[Found]()

    def finish(found: Found) -> Plan:
        finished.append(found)
        return plan

    monkeypatch.setattr(session, "plan", finish)
    session.found = plan.sections, plan.care_groups
    session.give_out()
    assert bool(finished) is given


def test_no_plan_is_finished_on_the_way_where_that_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Settling seats takes the longer the more students there are, and so much is kept for it."""
    school, plan = tiny_school(), tiny_plan(tiny_school())
    session = Session(school, Limits(seconds=100.0))
    cube = len(school.students) ** 3
    most = 100.0 * session.params.settling_share
    for seconds, given in ((most + 1, False), (most - 1, True)):
        params = SearchParams(session=SessionParams(finishing_settling=seconds / cube))
        slow = Session(school, Limits(seconds=100.0, params=params))
        usual = session.params.finishing_settling * cube
        more = slow.kept.finishing - session.kept.finishing
        assert more == pytest.approx(seconds - usual)
        assert slow.allowance._kept - session.allowance._kept == pytest.approx(more)
        monkeypatch.setattr(slow, "plan", lambda _found: plan)
        assert slow.keep((plan.sections, plan.care_groups), Worth(points=1))
        slow.give_out()
        assert (slow.passed is plan) is given


def test_a_constructed_plan_that_is_quickly_finished_is_given_out() -> None:
    school, plan = tiny_school(), tiny_plan(tiny_school())
    session = Session(school, Limits(seconds=100.0))
    assert session.keep((plan.sections, plan.care_groups), Worth(points=1))
    session.give_out()
    assert session.passed is not None


def test_the_user_is_told_that_seats_are_being_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """With many wishes that takes seconds, after the search has ended: it has a name of its own."""
    school, plan = tiny_school(), tiny_plan(tiny_school())
    told, seen = list[Progress](), list[str]()
    session = Session(school, Limits(seconds=100.0), told.append)

    def settle(*given: Any) -> Found:
        seen.append(told[-1].stage)
        return with_seats_settled(*given)

    monkeypatch.setattr(module, "with_seats_settled", settle)
    session.plan((plan.sections, plan.care_groups), last=True)
    assert seen == ["settling"]
    assert [progress.stage for progress in told] == ["settling", "rooms"]
    assert {*STAGES} >= {"settling", "rooms"}
