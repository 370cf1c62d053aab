"""What is chosen next: sizes, weights by yield for the work, patience, and when to give up."""

from collections import Counter
from random import Random

import pytest

from optimizer.engine.lns.choice import Choice, Kind, Outcome
from optimizer.engine.params import DEFAULTS, LnsParams

PARAMS = LnsParams(larger=1.5, smaller=0.5, stall_rounds=3, patience_step=2.0, memory=0.8)
BETTER, SOLVED = Outcome(True, False, True), Outcome(True, True, False)
VAIN, NOTHING = Outcome(True, False, False), Outcome(False, False, False)


def choice_of(count: int = 2, params: LnsParams = PARAMS) -> Choice:
    kinds = [Kind(str(n), 10.0, 4.0, 20.0, params.weight_better) for n in range(count)]
    return Choice(kinds, Random(3), params)


def test_what_is_solved_gets_larger_and_what_yields_nothing_smaller() -> None:
    choice = choice_of()
    kind, other = choice.kinds
    for outcome, size in ((SOLVED, 15), (BETTER, 15), (SOLVED, 20), (VAIN, 10), (NOTHING, 5)):
        choice.learn(kind, outcome, 1.0)
        assert kind.size == size
    choice.learn(kind, NOTHING, 1.0)
    assert kind.size == 4
    choice.learn(kind, Outcome(True, True, True), 1.0)
    assert kind.size == 6
    assert other.size == 10


def test_rounds_in_vain_get_longer_and_a_better_plan_makes_them_shorter() -> None:
    choice = choice_of()
    kind, patience = choice.kinds[0], []
    for outcome in (*[SOLVED] * 6, BETTER, *[VAIN] * 2, BETTER, BETTER):
        choice.learn(kind, outcome, 1.0)
        patience.append((choice.failures, choice.patience))
    assert patience == [
        *((1, 1), (2, 1), (3, 2), (4, 2), (5, 2), (6, 4)),
        *((0, 2), (1, 2), (2, 2), (0, 1), (0, 1)),
    ]


def test_what_a_kind_yields_is_remembered_less_and_less() -> None:
    choice = choice_of()
    kind = choice.kinds[0]
    gained = PARAMS.weight_better
    for outcome, reward in (
        (VAIN, PARAMS.weight_found),
        (NOTHING, PARAMS.weight_nothing),
        (BETTER, PARAMS.weight_better),
    ):
        choice.learn(kind, outcome, 2.0)
        gained = 0.8 * gained + 0.2 * reward
        assert kind.gained == pytest.approx(gained)
    assert kind.took == pytest.approx(2.0)
    choice.learn(kind, VAIN, 7.0)
    assert kind.took == pytest.approx(3.0)


def taken(choice: Choice) -> Counter[str]:
    return Counter(choice.choose().name for _ in range(2000))


def test_kinds_that_yield_more_for_their_work_are_taken_more_often() -> None:
    choice = choice_of(3)
    assert min(taken(choice).values()) > 550  # alike at first
    for kind, outcome, work in zip(
        choice.kinds, (BETTER, BETTER, NOTHING), (1.0, 3.0, 1.0), strict=True
    ):
        for _ in range(40):
            choice.learn(kind, outcome, work)
    often = taken(choice)
    # 8 for 1, 8 for 3, and next to nothing for 1
    assert often["0"] / often["1"] == pytest.approx(3, rel=0.25)
    assert 0 < often["2"] < 60


def test_a_kind_that_was_never_tried_counts_as_usual() -> None:
    choice = choice_of(2)
    choice.learn(choice.kinds[0], BETTER, 500.0)
    often = taken(choice)
    assert often["0"] == pytest.approx(often["1"], rel=0.2)


def test_the_defaults_leave_every_kind_a_chance() -> None:
    choice = choice_of(2, DEFAULTS.lns)
    for _ in range(200):
        choice.learn(choice.kinds[0], NOTHING, 1.0)
        choice.learn(choice.kinds[1], BETTER, 1.0)
    assert taken(choice)["0"] > 5
