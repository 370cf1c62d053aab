"""What workers find is kept where it is the best so far, whatever comes after."""

from collections.abc import Iterator
from typing import Any

import pytest

from models import School, Worth
from optimizer.engine import Limits
from optimizer.engine.construct import locked_courses
from optimizer.engine.decomposition.arrays import make_arrays
from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.decomposition.timetable import Market, no_prices
from optimizer.engine.decomposition.worker import Worker, improve_parts
from optimizer.engine.lns.neighbourhoods import Neighbourhoods
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate, Solution
from optimizer.rules import relax
from tests.rules.small import opened, small_school

LIMITS = Limits(seconds=30, workers=1)


def candidate(school: School, points: int) -> Candidate:
    return Candidate(Solution(school), ((), ()), Worth(points=points))


def shared_of(school: School) -> Shared:
    return Shared(Session(school, LIMITS))


def worker_of(shared: Shared, number: int = 0) -> Worker:
    r = relax(shared.school)
    tables = make_arrays(r)
    return Worker(shared, [Market(r, tables, no_prices(r, tables))], number)


def test_what_is_better_is_taken_and_nothing_else() -> None:
    shared = shared_of(small_school())
    taken = []
    for points in (10, 10, 9, 11, 3, 12, 12):
        found = candidate(shared.school, points)
        before = shared.best
        took = shared.take(found)
        assert shared.best is (found if took else before)
        assert shared.session.worth == (shared.best and shared.best.worth)
        taken.append(took)
    assert taken == [True, False, False, True, False, True, False]
    assert not shared.take(None)


def test_of_all_that_a_worker_seats_the_best_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on annealing, seating and taking until the search is over."""
    school = small_school()
    shared = shared_of(school)
    worker = worker_of(shared)
    points = [20, 60, 40, 50]
    left = list(points)
    cycles: list[int] = []
    monkeypatch.setattr(worker.annealers[0], "cycle", lambda _ended: cycles.append(len(left)))
    monkeypatch.setattr("optimizer.engine.decomposition.worker.placed", lambda *_: {})
    monkeypatch.setattr(worker, "_seat", lambda *_: candidate(school, left.pop(0)))
    monkeypatch.setattr(Shared, "done", property(lambda _: not left))
    worker.work()
    assert shared.best is not None
    assert shared.best.worth.points == max(points)
    assert cycles == [4, 3, 2, 1]


def test_each_worker_begins_with_other_prices_and_takes_turns_with_all() -> None:
    shared = shared_of(small_school())
    r = relax(shared.school)
    tables = make_arrays(r)
    markets = [Market(r, tables, no_prices(r, tables), reached) for reached in (1.0, 2.0, 3.0)]
    turns = [
        [a.market.reached for a in Worker(shared, markets, number).annealers] for number in range(4)
    ]
    assert turns == [[1.0, 2.0, 3.0], [2.0, 3.0, 1.0], [3.0, 1.0, 2.0], [1.0, 2.0, 3.0]]


def test_places_to_spare_differ_by_worker_and_half_of_what_was_needed_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shared = shared_of(small_school())
    first, second, third = (worker_of(shared, n) for n in range(3))
    params = LIMITS.params.rounding
    assert first.share == third.share == params.spare_share
    assert second.share == pytest.approx(params.spare_share * (1 + params.more_spare))

    class Seating:
        def __init__(self, *given: Any, **_: Any) -> None:
            seen.append(given[5])
            self.spared = {("mon1", 3): 5, ("mon2", 3): 0}

        def seat(self, _: Worth) -> None:
            return None

    seen: list[Any] = []
    monkeypatch.setattr("optimizer.engine.decomposition.shared.Rounding", Seating)
    for more in ({}, {("mon1", 3): 2, ("mon2", 3): 0}):
        first._seat({}, None)  # type: ignore[arg-type]
        assert seen[-1].more == more
    assert first.spare == {("mon1", 3): 2, ("mon2", 3): 0}


def test_less_is_kept_to_spare_where_it_was_enough_and_more_again_where_not() -> None:
    worker = worker_of(shared_of(small_school()))
    most, less = worker.share, LIMITS.params.rounding.less_spare
    for _ in range(2):
        worker._learn(2, {("mon1", 3): 2, ("mon2", 3): 2})
    assert worker.share == pytest.approx(most * less**2)
    worker.spare = {("mon1", 3): 4}
    worker._learn(2, {("mon1", 3): 4, ("mon2", 3): 2})  # as much as was given to begin with
    assert worker.share == pytest.approx(most * less**3)
    worker._learn(2, {("mon1", 3): 5, ("mon2", 3): 3})
    assert worker.share == pytest.approx(most * less**2)
    for _ in range(4):
        worker._learn(2, {("mon1", 3): 5, ("mon2", 3): 3})
    assert worker.share == most


def test_seats_are_sought_that_beat_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = shared_of(small_school())
    worker, beat = worker_of(shared), []

    class Seating:
        def __init__(self, *_: Any, **__: Any) -> None:
            self.spared: dict[tuple[str, int], int] = {}

        def seat(self, best: Worth) -> None:
            beat.append(best)

    monkeypatch.setattr("optimizer.engine.decomposition.shared.Rounding", Seating)
    worker._seat({}, None)  # type: ignore[arg-type]
    shared.take(candidate(shared.school, 7))
    worker._seat({}, None)  # type: ignore[arg-type]
    assert beat == [Worth(), Worth(points=7)]
    assert worker._seat(None, None) is None  # type: ignore[arg-type]
    assert len(beat) == 2


def test_sections_that_a_lock_asks_for_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    school = small_school(locks=(opened(1),))
    assert locked_courses(school) == shared_of(school).pinned == {"ball"}
    assert shared_of(small_school()).pinned == frozenset()


def test_parts_are_decided_anew_and_the_best_of_them_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    school = small_school()
    shared = shared_of(school)
    shared.take(candidate(school, 5))
    points: Iterator[int | None] = iter((3, 9, None, 8))
    began: list[int] = []

    def one(_: Neighbourhoods, best: Candidate, __: object, take: Any) -> None:
        began.append(best.worth.points)
        found = next(points)
        take(None if found is None else candidate(school, found))

    monkeypatch.setattr(Neighbourhoods, "repair", one)
    monkeypatch.setattr(Neighbourhoods, "useful", property(lambda _: len(began) < 4))
    improve_parts(shared, worker_of(shared).random)
    assert began == [5, 5, 9, 9]
    assert shared.best is not None
    assert shared.best.worth.points == 9
