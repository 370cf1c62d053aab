"""Short exchanges by the draw, made in bulk: each is due by the rule, and few are left after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

import pytest

from benchmarks.secondary import secondary
from models import Plan, School, Section
from optimizer.checks import Exchanges, Why
from optimizer.checks._quest import LONGEST, Due, Quest
from optimizer.checks._scales import Scales
from optimizer.checks._seating import Move, Seating
from optimizer.checks._swaps import Swaps
from optimizer.engine.finish import finish
from optimizer.engine.finish.draft import DraftPlan
from tests.builders import revised, tiny_plan
from tests.checks.exchange_cases import exchange_case
from tests.checks.exchanging import is_due, made, rules_kept
from tests.checks.test_by_trying import case


def after(school: School, plan: Plan, moves: tuple[Move, ...]) -> Plan:
    """Give the plan after an exchange that keeps the rules in some way."""
    return next(p for p in made(school, plan, moves) if rules_kept(school, p))


class Watched(Swaps):
    """Says what it makes."""

    def __init__(self, seating: Seating, scales: Scales) -> None:
        super().__init__(seating, scales)
        self.made: list[tuple[Move, ...]] = []

    def _note(self, moves: tuple[Move, ...]) -> None:
        self.made.append(moves)
        super()._note(moves)


@pytest.mark.parametrize("draw", [exchange_case, case])
def test_each_is_due_and_keeps_the_rules(draw: Callable[[int], tuple[School, Plan]]) -> None:
    kinds = set[tuple[bool, ...]]()
    for number in range(25):
        school, plan = draw(number)
        swaps = Watched(Seating(school, plan), Scales(school, LONGEST))
        swaps.make()
        for moves in swaps.made:
            assert ("draw", moves[0].student) in is_due(school, plan, moves), number
            plan = after(school, plan, moves)
            kinds.add(tuple(name is None for move in moves for name in move[1:]))
    if draw is exchange_case:
        assert len(kinds) >= 4


def test_few_of_two_are_left() -> None:
    left = due = 0
    for number in range(25):
        school, plan = exchange_case(number)
        due += sum(short(school, d) for d in Exchanges(school, plan).due())
        exchanges = Exchanges(school, plan, swapped=True)
        left += sum(short(school, d) for d in exchanges.due())
    assert due >= 20
    assert left <= due // 8


def short(school: School, due: Due) -> bool:
    """Tell whether an exchange is due by the draw and of two, of whom the other one goes later."""
    numbers = school.lottery_numbers
    return (
        due.why == "draw"
        and len(due.moves) <= 2
        and all(numbers[m.student] >= numbers[due.student] for m in due.moves)
    )


def against_the_draw() -> tuple[School, Plan]:
    """Give a school at fixed times, many wishes each, who goes last in the draw seated first."""
    school, random = secondary(90), Random("swaps")
    school = school.replaced(
        courses=tuple(revised(c, slots=(random.choice(school.slots).id,)) for c in school.courses)
    )
    sections = tuple(
        Section(id=f"{c.id}-1", course=c.id, slots=c.slots, room="R00", staff=(c.leaders[0],))
        for c in school.courses
        if c.slots is not None
    )
    draft = DraftPlan.of(school, (sections, ()))
    order = sorted(school.wishes, key=lambda w: (-school.lottery_numbers[w.student], -w.rank))
    for wish in order:
        if finish.can_take(draft, wish, f"{wish.course}-1"):
            draft.join(wish.student, f"{wish.course}-1")
    held, _ = draft.result()
    plan = revised(tiny_plan(school), sections=held, care_groups=(), unmet=())
    return school, plan


@contextmanager
def quests(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    found = list[int]()
    find = Quest.find

    def counted(self: Quest, limit: int) -> Due | None:
        due = find(self, limit)
        found.append(self.spent)
        return due

    with monkeypatch.context() as patch:
        patch.setattr(Quest, "find", counted)
        yield found


def test_finishing_looks_at_few_exchanges_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands are due where each has many wishes: one by one they took a minute."""
    school, plan = against_the_draw()
    with quests(monkeypatch) as one_by_one:
        exchanges = Exchanges(school, plan)
        for due in exchanges.due((Why.DRAW,)):
            exchanges.make(due)
    with quests(monkeypatch) as in_bulk:
        draft = DraftPlan.of(school, (plan.sections, ()))
        settled = finish._exchanged(draft, (Why.DRAW,))
    assert len(one_by_one) > 3 * len(in_bulk)
    held, _ = settled.result()
    again = Exchanges(school, revised(plan, sections=held))
    assert not list(again.due((Why.HELD, Why.DRAW)))
