"""Whatever the search did, equal claims end as the lottery and the seats held before have it."""

from collections.abc import Sequence
from random import Random

import pytest

from models import Plan, Provenance, School, Section
from optimizer.checks import verify
from optimizer.engine import Limits, finish_plan, solve
from tests.builders import edit_section, restated, revised, with_settings
from tests.rules.small import ball, small_school, student, teacher, wish

NAMES = tuple(f"p{n}" for n in range(1, 13))
HANDS = Provenance(version="0", engine="test", seed=1, workers=1, time_limit_seconds=0, seconds=0)


def twelve(seats: int = 6, **changes: object) -> School:
    """Twelve alike rank ball first, which has few seats, and art second, which has enough."""
    here = {"stay_slots": (), "club_slots": ("mon2",)}
    art = ball(id="art", max_size=12, leaders=("t1",), rooms=("r3",))
    school = small_school(
        courses=(ball(max_size=seats), art),
        students=tuple(student(name, **here) for name in NAMES),
        wishes=tuple(wish(n, c, r) for n in NAMES for r, c in ((1, "ball"), (2, "art"))),
    )
    school = revised(school, rooms=[revised(room, seats=12) for room in school.rooms])
    return revised(with_settings(school, lottery_seed=7), **changes)


def sections(in_ball: Sequence[str], in_art: Sequence[str]) -> tuple[Section, Section]:
    return (
        Section(
            id="ball-1",
            course="ball",
            slots=("mon2",),
            room="hall",
            staff=("t2",),
            students=tuple(in_ball),
        ),
        Section(
            id="art-1",
            course="art",
            slots=("mon2",),
            room="r3",
            staff=("t1",),
            students=tuple(in_art),
        ),
    )


def by_draw(school: School) -> list[str]:
    return sorted(NAMES, key=school.lottery_numbers.__getitem__)


def in_ball(plan: Plan) -> set[str]:
    return {s for section in plan.sections if section.course == "ball" for s in section.students}


@pytest.mark.parametrize("seed", range(6))
def test_the_first_choice_of_who_holds_the_second(seed: int) -> None:
    """Nobody waits with empty hands, and the draw is kept all the same."""
    school = twelve()
    names = Random(seed).sample(NAMES, 12)
    plan = finish_plan(school, sections(names[:6], names[6:]), (), HANDS)
    assert in_ball(plan) == set(by_draw(school)[:6])
    assert verify(school, plan) == ()


@pytest.mark.parametrize("engine", ["whole", "large"])
def test_both_engines_come_to_the_same(engine: str) -> None:
    school = twelve()
    plan = solve(school, Limits(seconds=3, workers=1, seed=3, engine=engine))
    assert in_ball(plan) == set(by_draw(school)[:6])


def test_any_other_seating_is_refused() -> None:
    school = twelve()
    right = by_draw(school)
    plan = finish_plan(school, sections(right[:6], right[6:]), (), HANDS)
    for out, comes in ((right[0], right[6]), (right[5], right[6]), (right[5], right[11])):
        first = [comes if s == out else s for s in right[:6]]
        second = [out if s == comes else s for s in right[6:]]
        wrong = edit_section(plan, "ball-1", students=tuple(first))
        wrong = edit_section(wrong, "art-1", students=tuple(second))
        found = verify(school, restated(school, wrong))
        assert found
        assert {finding.family for finding in found} == {"claims"}
        assert f"student {out}" in found[0].text.en


@pytest.mark.parametrize("seed", range(4))
def test_who_held_a_seat_keeps_it_whatever_the_draw(seed: int) -> None:
    """The six who go last in the draw held all seats before."""
    before = by_draw(twelve())[6:]
    school = twelve(previous=(sections(before, ())[0],))
    names = Random(seed).sample(NAMES, 12)
    plan = finish_plan(school, sections(names[:6], names[6:]), (), HANDS)
    assert in_ball(plan) == set(before)
    assert verify(school, plan) == ()


def test_among_those_who_held_seats_before_the_draw_decides() -> None:
    """There are four seats now; seven held one."""
    before = by_draw(twelve())[5:]
    school = twelve(4, previous=(sections(before, ())[0],))
    plan = finish_plan(school, sections(NAMES[:4], NAMES[4:]), (), HANDS)
    assert in_ball(plan) == set(before[:4])


def test_a_chain_of_three() -> None:
    """a would have the seat of b, b that of c, and c goes without: worth as much as before."""
    a, b, c = by_draw(twelve())[:3]
    here = {"stay_slots": (), "club_slots": ("mon2",)}
    art = ball(id="art", min_size=1, max_size=1, leaders=("t1",), rooms=("r3",))
    school = small_school(
        courses=(ball(min_size=1, max_size=1), art),
        students=tuple(student(name, **here) for name in (a, b, c)),
        teachers=(teacher("t1"), teacher("t2")),
        wishes=(wish(a), wish(b), wish(b, "art", 2), wish(c, "art", 2), wish(c, "ball", 1)),
    )
    school = with_settings(school, lottery_seed=7)
    plan = finish_plan(school, sections([b], [c]), (), HANDS)
    assert [s.students for s in plan.sections] == [(a,), (b,)]
    assert verify(school, plan) == ()
