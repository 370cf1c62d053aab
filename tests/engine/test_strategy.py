"""Which stages a school goes through, and what the stages hand on to one another."""

from random import Random

import pytest

from benchmarks.secondary import secondary as upper_school
from instances import generate
from models import BoundProof, School
from optimizer.engine import Limits, SearchParams
from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.params import DEFAULTS, StrategyParams
from optimizer.engine.session import Session
from optimizer.engine.strategy import (
    Search,
    construct,
    decide_together,
    decompose,
    decompose_first,
    decompose_rest,
    hand_on,
    secondary,
    stages_for,
    whole_model,
    whole_rest,
)
from optimizer.engine.strategy import search as go_through
from tests.builders import revised

STUDENTS = DEFAULTS.strategy.priced_students


@pytest.fixture(scope="module")
def school() -> School:
    return generate("mixed", STUDENTS, 8, 3).school


def test_the_stages_go_by_the_number_of_students(school: School) -> None:
    assert stages_for(school) == (construct, decompose_first, whole_model, secondary)
    fewer = generate("mixed", STUDENTS - 12, 8, 3).school
    assert stages_for(fewer) == (construct, whole_model, secondary)
    assert stages_for(school, "whole") == (construct, whole_model, secondary)
    assert stages_for(school, "large") == (construct, decompose, hand_on, secondary)
    assert stages_for(generate("mixed", 251, 8, 3).school) == (
        construct,
        decompose,
        hand_on,
        secondary,
    )


def at_fixed_times(school: School, most: int, wishes: int = 10) -> School:
    """Give a school in which each course meets at one time, and students want a few of ten."""
    random = Random(1)
    return school.replaced(
        courses=tuple(revised(c, slots=(random.choice(school.slots).id,)) for c in school.courses),
        students=tuple(revised(s, max_clubs=most) for s in school.students),
        wishes=tuple(w for w in school.wishes if w.rank <= wishes),
    )


def test_the_whole_model_goes_on_where_it_is_small_however_many_students() -> None:
    """A faculty at fixed times; a secondary school of fewer students, whose times are free."""
    free = upper_school(410)
    assert stages_for(free) == (decide_together, construct, decompose_rest, secondary)
    faculty = at_fixed_times(upper_school(700), most=6)
    assert stages_for(faculty) == (decide_together, construct, whole_rest, secondary)
    assert stages_for(at_fixed_times(faculty, most=2)) == (construct, whole_model, secondary)
    most_pairs = StrategyParams(whole_seats=len(faculty.wishes) - 1)
    assert whole_rest not in stages_for(faculty, params=most_pairs)
    assert decompose in stages_for(at_fixed_times(faculty, most=2), params=most_pairs)


def test_the_whole_model_is_not_built_where_the_time_is_over_before(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No deadline cuts its building short, so it would end that much late."""
    built: list[Search] = []
    monkeypatch.setattr("optimizer.engine.strategy.whole_model", built.append)
    for building in (1.0, 0.0):
        params = SearchParams(strategy=StrategyParams(building=building))
        way = Search(Session(school, Limits(seconds=100, workers=1, params=params)), None)
        for stage in (whole_rest, hand_on):
            stage(way)
    assert built == [way, way]


def test_a_plan_made_at_prices_is_gone_on_from(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its search leaves the bound to the next one, and does not end the session."""
    half = SearchParams(strategy=StrategyParams(priced_share=0.5))
    monkeypatch.setattr(Shared, "left", property(lambda x: 0.0 if x.session.value else 50.0))
    session = Session(school, Limits(seconds=100, workers=1, params=half))
    way = Search(session, None)
    bound = session.bound
    with session.crew.stopping_on_interrupt():
        decompose_first(way)
    assert session.value
    assert way.start is not None
    assert len(way.start.sections) == len(session.found[0] if session.found else ())
    assert not session.closed
    assert (session.bound, session.proof) == (bound, BoundProof.BEST_WISHES)
    assert session.account.spent > 0
    assert_each_part_is_timed(session)


def assert_each_part_is_timed(session: Session) -> None:
    """Each part of a worker's cycle is counted by itself, and what of it found the plan."""
    uses = {use.stage: use for use in session.statistics.stages}
    cycle = [uses[stage].calls for stage in ("annealing", "timetable_rooms", "rounding")]
    assert cycle[0] == cycle[1] == cycle[2] >= 1
    assert {"care", "prices", "relaxation", "seats"} <= uses.keys()
    parts = sum(uses[stage].seconds for stage in ("relaxation", "seats"))
    assert 0 < parts <= uses["rounding"].seconds
    assert uses["rounding"].improvements >= 1
    assert uses["annealing"].improvements == 0


def test_the_model_of_the_whole_school_begins_with_it(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int | None, object]] = []

    def spy(session: Session, start: object) -> None:
        seen.append((session.value, start))

    monkeypatch.setattr("optimizer.engine.monolithic.search", spy)
    session = Session(school, Limits(seconds=10, workers=1))
    go_through(session, None)
    ((value, start),) = seen
    assert value
    assert start is not None


def test_a_search_at_prices_has_its_share_of_time_and_work(school: School) -> None:
    session = Session(school, Limits(seconds=100, workers=1))
    left = session.allowance.left
    part = Shared(session, 0.25)
    assert part.left == pytest.approx(left / 4)
    assert left - 10 < Shared(session).left < left
    session.account.pay(session.params.work_per_second * 8)
    assert part.left == pytest.approx(left / 4 - 8)
    assert Shared(session, 0.25).left == pytest.approx((left - 8) / 4)
