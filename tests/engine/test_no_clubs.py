"""Base care and not one club: never handed out as a plan like any other."""

import sys

import pytest

from instances import generate
from models import PlanStatus
from optimizer.checks import verify
from optimizer.engine import Limits, monolithic, solve, strategy
from optimizer.engine.decomposition import annealing, asking, best_sets, compile_ahead
from optimizer.engine.decomposition.duals import Programs
from optimizer.engine.decomposition.search import Decomposition
from optimizer.engine.params import SearchParams, StrategyParams
from optimizer.engine.session import Session
from optimizer.errors import NoClubsError
from tests.builders import with_budget
from tests.checks.saying import names
from tests.engine.schools import (
    SHORT,
    clubs_only,
    small_school,
    whatever_found,
    wish,
    without_construction,
)


def no_club(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search of the whole model find nothing beyond base care, and nothing be opened."""
    without_construction(monkeypatch)
    monkeypatch.setattr(monolithic._Monolithic, "clubs", lambda _self: None)
    monkeypatch.setattr(strategy, "improve", lambda _session: None)
    monkeypatch.setattr("optimizer.engine.finish.finish.open_one", lambda *_: False)


def without_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let prices not come, and no part of the plan be decided anew for want of them."""
    monkeypatch.setattr(Programs, "markets", lambda _self: [])
    stages = sys.modules[Decomposition.__module__]  # the package has a function by its name
    monkeypatch.setattr(stages, "improve_parts", lambda *_: None)
    monkeypatch.setattr(strategy, "improve", lambda _session: None)


def test_base_care_alone_is_no_plan_to_hand_out(monkeypatch: pytest.MonkeyPatch) -> None:
    no_club(monkeypatch)
    with pytest.raises(NoClubsError) as caught:
        solve(small_school(), SHORT)
    kept = caught.value.plan
    assert verify(small_school(), kept) == ()
    assert not any(section.students for section in kept.sections)
    assert caught.value.exit_code == 4
    names(caught.value.text, "4", str(kept.bound), zh="没有排出任何社团", en="no club was found")


def test_the_budget_is_named_beside_what_base_care_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    no_club(monkeypatch)
    with pytest.raises(NoClubsError) as caught:
        solve(with_budget(small_school(), sum_fen=9_876_500), SHORT)
    names(caught.value.text, "98765.00", zh="课酬上限", en="pay may cost")


def test_where_no_club_is_possible_that_is_proved_and_is_a_plan() -> None:
    too_few = small_school(wishes=(wish("a"),))
    plan = solve(too_few, SHORT)
    assert (plan.status, plan.value) == (PlanStatus.OPTIMAL, 0)


def test_a_school_without_wishes_needs_no_club(monkeypatch: pytest.MonkeyPatch) -> None:
    no_club(monkeypatch)
    assert solve(clubs_only(wishes=()), SHORT).value == 0


def test_where_the_large_engine_has_base_care_alone_the_whole_model_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_construction(monkeypatch)
    without_prices(monkeypatch)
    school = generate("clubhour", 60, 6, 0).school
    limits = Limits(seconds=10, workers=2, seed=1, engine="large")
    plan = solve(school, limits)
    assert plan.value > 0
    assert plan.provenance.engine == monolithic.NAME


def test_the_whole_model_is_not_begun_where_it_could_not_be_built_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_construction(monkeypatch)
    without_prices(monkeypatch)
    monkeypatch.setattr("optimizer.engine.finish.finish.open_one", lambda *_: False)
    school = generate("clubhour", 60, 6, 0).school
    slow = SearchParams(strategy=StrategyParams(building=1.0))
    limits = Limits(seconds=10, workers=2, seed=1, engine="large", params=slow)
    with pytest.raises(NoClubsError):
        solve(school, limits)


def test_the_clock_starts_after_the_loops_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    begin = Session.__init__

    def started(self: Session, *rest: object) -> None:
        order.append("clock")
        begin(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "__init__", started)
    monkeypatch.setattr(
        "optimizer.engine.decomposition.compile_ahead", lambda: order.append("loops")
    )
    for engine in ("large", "whole"):
        solve(small_school(), Limits(seconds=5, workers=1, engine=engine))
    assert order == ["loops", "clock", "clock"]


def test_compiling_ahead_leaves_nothing_to_compile() -> None:
    def kinds() -> dict[str, int]:
        loops = {**vars(annealing), **vars(asking), **vars(best_sets)}
        return {n: len(f.signatures) for n, f in loops.items() if hasattr(f, "signatures")}

    compile_ahead()
    before = kinds()
    assert before["anneal"] == 1
    school = generate("mixed", 60, 6, 0).school
    whatever_found(school, Limits(seconds=5, workers=2, engine="large"))
    assert kinds() == before
