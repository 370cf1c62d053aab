"""First clubs before points: small schools in which the two aims differ, worked out by hand."""

from collections.abc import Callable
from random import Random

import pytest

from models import (
    Aim,
    Course,
    Plan,
    PlanStatus,
    School,
    Section,
    Student,
    StudentGroup,
    Worth,
    plan_worth,
)
from optimizer.checks import verify
from optimizer.engine import Limits, solve
from optimizer.engine.decomposition import compile_ahead
from optimizer.engine.finish.finish import finish_plan
from optimizer.engine.lns.repair import repair
from optimizer.engine.objective import first_weight, simple_firsts, weighed
from optimizer.engine.solution import Solution
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import build
from tests.builders import aiming, revised
from tests.engine.schools import ball, clubs_only, student, teacher, wish
from tests.rules.random_schools import random_school
from tests.rules.solving import LIMITS, ONE_RUN, optimal_in_one_run, solved

BOTH = pytest.mark.parametrize("engine", ["whole", "part"])
MON, TUE, MORE = ("mon2",), ("tue1",), ("mon1",)


def club(name: str, seats: int, slots: tuple[str, ...], leader: str = "t2") -> Course:
    return ball(id=name, min_size=1, max_size=seats, slots=slots, leaders=(leader,), rooms=())


def comes(name: str, clubs: int) -> Student:
    return student(name, stay_slots=(), club_slots=(*MON, *TUE, *MORE), max_clubs=clubs)


def planned(school: School, engine: str) -> tuple[Plan, dict[str, set[str]]]:
    """Plan; give the plan, which holds, and by student the courses.

    "part": as the large engine decides a part of a school, which here is all of it.
    """
    if engine == "part":
        crew, everyone = Crew(), {s.id for s in school.students}
        part = repair(Solution(school), school.course, everyone, crew, lambda: Effort(10, 1))
        assert part is not None
        plan = finish_plan(school, *part.found, ONE_RUN)
        assert part.worth == plan_worth(school, plan)
    else:
        plan = solve(school, Limits(seconds=10, workers=1, seed=1, engine=engine))
    assert verify(school, plan) == ()
    if engine == "whole":
        assert plan.status is PlanStatus.OPTIMAL
        assert (plan.first_clubs, plan.first_points) <= simple_firsts(school)
    return plan, {
        s.id: {x.course for x in plan.sections if s.id in x.students} for s in school.students
    }


def third_or_first(aim: Aim) -> School:
    """One seat in z: a's third club, by his second wish 8 points; b's only one, of 1 point."""
    school = clubs_only(
        courses=(club("x", 1, MON), club("y", 1, TUE), club("z", 1, MORE)),
        students=(comes("a", 3), student("b", stay_slots=(), club_slots=MORE, max_clubs=1)),
        wishes=(
            *(wish("a", c, rank) for rank, c in enumerate("xzy", 1)),
            *(wish("b", c, rank) for rank, c in enumerate("xyz", 1)),
        ),
    )
    return aiming(school, aim, first_seat=0, rank_points=(10, 8, 1))


@BOTH
def test_a_first_club_comes_before_a_third(engine: str) -> None:
    plan, clubs = planned(third_or_first(Aim.MOST_POINTS), engine)
    assert clubs == {"a": {"x", "y", "z"}, "b": set()}
    assert (plan.value, plan.first_clubs, plan.first_points) == (2 * (10 + 8 + 1 + 4), 1, 20)
    plan, clubs = planned(third_or_first(Aim.FIRST_CLUBS), engine)
    assert clubs == {"a": {"x", "y"}, "b": {"z"}}
    assert (plan.value, plan.first_clubs, plan.first_points) == (2 * (10 + 1 + 4 + 1), 2, 22)
    assert plan.first_clubs_bound in {2, None}


def one_leader(aim: Aim) -> School:
    """One leader at one time: for b's only club, or for the third clubs of two others."""
    school = clubs_only(
        courses=(
            club("x", 4, MON, "t1"),
            club("y", 4, TUE, "t1"),
            club("z", 2, MORE),
            club("w", 2, MORE),
        ),
        teachers=(teacher("t1"), teacher("t2")),
        students=(comes("a", 3), student("b", stay_slots=(), club_slots=MORE), comes("c", 3)),
        wishes=(
            *(wish(who, c, rank) for who in "ac" for rank, c in enumerate("xyz", 1)),
            wish("b", "w"),
        ),
    )
    return aiming(school, aim, first_seat=0, rank_points=(10, 8, 6))


@BOTH
def test_a_first_club_comes_before_two_thirds(engine: str) -> None:
    others = 2 * 2 * (10 + 8 + 4)
    plan, clubs = planned(one_leader(Aim.MOST_POINTS), engine)
    assert (clubs["b"], clubs["a"]) == (set(), {"x", "y", "z"})
    assert plan.value == others + 2 * 2 * 6
    plan, clubs = planned(one_leader(Aim.FIRST_CLUBS), engine)
    assert (clubs["b"], clubs["a"]) == ({"w"}, {"x", "y"})
    assert (plan.value, plan.first_clubs) == (others + 2 * 10, 3)


def asks_for_two(aim: Aim) -> School:
    """One seat in chess: the first wish of b, who asks for one club, the second of a, who for two.

    With chess a has 10 + 8 + 12 + 4 and b his second wish, 8 + 12: 54 together. Without it, a has
    10 + 12 and b too: 44.
    """
    school = clubs_only(
        courses=(club("art", 4, MON, "t1"), club("chess", 1, TUE)),
        students=(comes("a", 2), comes("b", 1)),
        wishes=(wish("a", "art"), wish("a", "chess", 2), wish("b", "chess"), wish("b", "art", 2)),
    )
    return aiming(school, aim)


@BOTH
def test_who_asks_for_more_has_no_better_first_club(engine: str) -> None:
    plan, clubs = planned(asks_for_two(Aim.MOST_POINTS), engine)
    assert (clubs, plan.value) == ({"a": {"art", "chess"}, "b": {"art"}}, 2 * 54)
    plan, clubs = planned(asks_for_two(Aim.FIRST_CLUBS), engine)
    assert (clubs, plan.value) == ({"a": {"art"}, "b": {"chess"}}, 2 * 44)
    assert plan.first_points == 88


def as_many_points(aim: Aim) -> School:
    """The hall is for y, the second club of a, or for w, the only one of b: 10 points either way.

    With y there is less pay, and it was so before.
    """
    school = clubs_only(
        courses=(
            club("x", 1, MON, "t1"),
            revised(club("y", 1, TUE, "t1"), rooms=("hall",)),
            revised(club("w", 1, TUE, "t2"), rooms=("hall",)),
        ),
        teachers=(teacher("t1"), teacher("t2", pay_fen=5000)),
        students=(comes("a", 2), comes("b", 1)),
        wishes=(wish("a", "x"), wish("a", "y", 2), wish("b", "w")),
    )
    before = Section(id="y-1", course="y", slots=TUE, room="hall", staff=("t1",), students=("a",))
    school = revised(school, previous=(before,))
    return aiming(school, aim, first_seat=0, second_seat=0, rank_points=(10,))


@BOTH
def test_less_pay_and_fewer_changes_take_no_first_club(engine: str) -> None:
    plan, clubs = planned(as_many_points(Aim.FIRST_CLUBS), engine)
    assert (clubs, plan.value, plan.pay_fen) == ({"a": {"x"}, "b": {"w"}}, 40, 5000)
    if engine == "whole":  # which looks at pay at all
        plan, clubs = planned(as_many_points(Aim.MOST_POINTS), engine)
        assert (clubs, plan.value, plan.pay_fen) == ({"a": {"x", "y"}, "b": set()}, 40, 0)


def test_the_large_engine_puts_first_clubs_first() -> None:
    school = asks_for_two(Aim.FIRST_CLUBS)
    compile_ahead()
    plan, clubs = planned(school, "large")
    assert clubs == {"a": {"art"}, "b": {"chess"}}
    assert (plan.first_clubs, plan.first_clubs_bound) == (2, 2)
    assert (plan.first_points, plan.first_points_bound) == (88, 88)


def crowded(random: Random) -> School:
    """Few seats at three times, for five who want one to three clubs each."""
    names, clubs = "abcde", "vwxyz"
    return clubs_only(
        courses=tuple(
            club(
                c,
                random.randint(1, 2),
                random.choice((MON, TUE, MORE)),
                random.choice(["t1", "t2"]),
            )
            for c in clubs
        ),
        students=tuple(comes(name, random.randint(1, 3)) for name in names),
        wishes=tuple(
            wish(name, c, rank)
            for name in names
            for rank, c in enumerate(random.sample(clubs, random.randint(1, 4)), 1)
        ),
    )


@pytest.mark.parametrize("make", [crowded, random_school])
def test_the_whole_model_finds_the_first_in_order(make: Callable[[Random], School]) -> None:
    compared = differ = 0
    for number in range(30):
        school = make(Random(f"first clubs {number}"))
        weights = {"first_seat": 3, "second_seat": 20, "rank_points": (10, 8, 1)}
        school = aiming(school, Aim.FIRST_CLUBS, **weights)
        if solved(build(school)) is None:
            continue
        compared += 1
        best = plan_worth(school, optimal_in_one_run(school))
        plan = solve(school, LIMITS)
        assert verify(school, plan) == ()
        assert plan_worth(school, plan) == best, number
        firsts = plan.first_clubs, plan.first_points
        assert firsts == (best.first_clubs, best.first_points), number
        assert (plan.first_clubs_bound, plan.first_points_bound) == firsts, number
        assert plan.status is PlanStatus.OPTIMAL, number
        if make is crowded:
            differ += solve(aiming(school, Aim.MOST_POINTS, **weights), LIMITS).value > best.points
    assert compared >= 8
    assert differ >= 8 or make is random_school, "the two aims hardly ever differ"


def test_priority_counts_among_first_clubs_too() -> None:
    """Nobody wants more than one club: points of first clubs are all the points there are.

    One seat in z: b's first wish, 2 x (10 + 12), and the third of a, 3 x (6 + 12).
    """
    school = clubs_only(
        courses=(club("x", 1, MON), club("y", 1, TUE), club("z", 1, MORE)),
        groups=(StudentGroup(id="g", name="", priority=True),),
        students=(student("a", stay_slots=(), club_slots=MORE, groups=("g",)), comes("b", 1)),
        wishes=(*(wish("a", c, rank) for rank, c in enumerate("xyz", 1)), wish("b", "z")),
    )
    for aim in Aim:
        plan, clubs = planned(aiming(school, aim), "whole")
        assert clubs == {"a": {"z"}, "b": set()}
        assert (plan.first_points, plan.value) == (54, 54)


def test_with_two_clubs_at_most_there_is_no_third_to_come_after() -> None:
    # what is left of the statement: a first club, and a better first one, before a second
    school = asks_for_two(Aim.FIRST_CLUBS)
    assert max(s.max_clubs for s in school.students) == 2
    _, clubs = planned(school, "whole")
    assert clubs["b"] == {"chess"}


def test_a_better_first_club_outweighs_another_seat() -> None:
    school = aiming(asks_for_two(Aim.FIRST_CLUBS), Aim.FIRST_CLUBS)
    times, being = first_weight(school)
    # the least step is a point, doubled; a second seat is at most 10 and 4, tripled
    assert times * 2 > 3 * (10 + 4)
    assert being >= 2 * 3 * 10
    worth = Worth(2, 38, 108)
    assert weighed(school, worth) == 108 + times * (38 + 2 * being)
    assert simple_firsts(school) == (2, 88)


@pytest.mark.parametrize("make", [third_or_first, asks_for_two])
def test_the_check_tries_exchanges_of_first_clubs(make: Callable[[Aim], School]) -> None:
    grabbed, _ = planned(make(Aim.MOST_POINTS), "whole")
    school = make(Aim.FIRST_CLUBS)
    plan = grabbed.model_copy(
        update={
            "school_digest": school.digests.plan,
            "books_digest": school.digests.books,
            "whole_digest": school.digests.whole,
            "status": PlanStatus.FEASIBLE,
        }
    )
    # one seat goes from a, who has more, to b: his only club, or his better one
    texts = [finding.text for finding in verify(school, plan)]
    (said,) = [text for text in texts if "first clubs first" in text.en]
    assert "student b" in said.en
    assert "首个社团优先：学生 b" in said.zh
    # and finishing makes the exchange, also where nothing else is improved
    for improving in (True, False):
        found = plan.sections, plan.care_groups
        finished = finish_plan(school, *found, ONE_RUN, improving=improving)
        assert verify(school, finished) == ()
        assert plan_worth(school, finished) == plan_worth(school, optimal_in_one_run(school))
