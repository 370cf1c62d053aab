"""Equal claims are decided by the published number, unequal ones are not."""

import pytest

from models import School, StudentGroup, UnmetReason, lottery_number
from tests.builders import revised, with_course, with_locks, with_student, with_teacher, with_wishes
from tests.engine.schools import ball, for_one_seat, small_school, student, wish
from tests.rules.small import granted
from tests.rules.solving import optimal

SEEDS = range(1, 7)


def drawn(seed: int, *names: str) -> str:
    """Give who has the lowest number."""
    return min(names, key=lambda name: lottery_number(seed, name))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lower_number_has_the_seat(seed: int) -> None:
    plan = optimal(for_one_seat("a", "b", lottery_seed=seed))
    assert plan.sections[0].students == (drawn(seed, "a", "b"),)
    assert plan.lottery_seed == seed
    assert [u.reason for u in plan.unmet] == [UnmetReason.FULL_LOTTERY]


def test_another_seed_has_another_winner() -> None:
    assert {drawn(seed, "a", "b") for seed in SEEDS} == {"a", "b"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lowest_two_of_four(seed: int) -> None:
    school = with_course(for_one_seat("a", "b", "c", "d", lottery_seed=seed), "ball", max_size=2)
    ordered = sorted("abcd", key=lambda name: lottery_number(seed, name))
    assert set(optimal(school).sections[0].students) == set(ordered[:2])


def one_of_priority(seed: int) -> School:
    loser = next(n for n in "ab" if n != drawn(seed, "a", "b"))
    school = for_one_seat("a", "b", lottery_seed=seed)
    school = revised(school, groups=(StudentGroup(id="left", name="", priority=True),))
    return with_student(school, loser, groups=("left",))


@pytest.mark.parametrize("seed", SEEDS)
def test_priority_goes_before_the_lottery(seed: int) -> None:
    loser = next(n for n in "ab" if n != drawn(seed, "a", "b"))
    assert optimal(one_of_priority(seed)).sections[0].students == (loser,)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_better_rank_goes_before_the_lottery(seed: int) -> None:
    """Who would win ranks ball second; nobody else can have his first wish."""
    winner = drawn(seed, "a", "b")
    loser = next(n for n in "ab" if n != winner)
    school = for_one_seat("a", "b", lottery_seed=seed)
    full = ball(id="art", min_size=2, max_size=2, slots=("mon2",), leaders=("t1",))
    school = revised(school, courses=(*school.courses, full))
    school = with_wishes(school, winner, "art", "ball")
    assert optimal(school).sections[0].students == (loser,)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pinned_seat_is_not_drawn_for(seed: int) -> None:
    loser = next(n for n in "ab" if n != drawn(seed, "a", "b"))
    school = with_locks(for_one_seat("a", "b", lottery_seed=seed), granted(loser))
    assert optimal(school).sections[0].students == (loser,)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_drawn_seat_changes_hands_in_base_care_too(seed: int) -> None:
    """The club meets when all stay: who loses takes the winner's place in care."""
    school = with_course(for_one_seat("a", "b", lottery_seed=seed), "ball", slots=("mon1",))
    plan = optimal(school)
    winner = drawn(seed, "a", "b")
    assert plan.sections[0].students == (winner,)
    assert plan.care_groups[0].students == tuple(n for n in "ab" if n != winner)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_already_holds_a_seat_has_a_lesser_claim(seed: int) -> None:
    """With two seats wanted, the second one is worth less than another's first."""
    school = small_school(
        courses=(
            ball(min_size=1, max_size=1, slots=("mon2",)),
            ball(id="art", min_size=1, max_size=1, slots=("tue1",), leaders=("t1",)),
        ),
        students=(student("a", max_clubs=2), student("b")),
        wishes=tuple(wish(n, c, r) for n in "ab" for r, c in ((1, "art"), (2, "ball"))),
    )
    plan = optimal(revised(school, settings=revised(school.settings, lottery_seed=seed)))
    assert sorted(s.students for s in plan.sections) == [("a",), ("b",)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_teacher_named_who_does_not_lead_is_no_equal_claim(seed: int) -> None:
    winner = drawn(seed, "a", "b")
    school = with_course(for_one_seat("a", "b", lottery_seed=seed), "ball", leaders=("t1", "t2"))
    school = with_teacher(school, "t1", available_slots=("tue1",))
    school = with_wishes(school, winner, "ball", teacher="t1")
    plan = optimal(school)
    assert plan.sections[0].students == (next(n for n in "ab" if n != winner),)
    assert [u.reason for u in plan.unmet] == [UnmetReason.TEACHER]


@pytest.mark.parametrize("seed", SEEDS)
def test_who_has_all_the_clubs_he_wanted_draws_for_no_more(seed: int) -> None:
    """Both are in art, which b prefers; a wanted two clubs and has ball besides."""
    school = small_school(
        courses=(
            ball(min_size=1, max_size=1, slots=("mon2",)),
            ball(id="art", max_size=2, slots=("tue1",), leaders=("t1",)),
        ),
        students=(student("a", max_clubs=2), student("b")),
        wishes=tuple(wish(n, c, r) for n in "ab" for r, c in ((1, "art"), (2, "ball"))),
    )
    plan = optimal(revised(school, settings=revised(school.settings, lottery_seed=seed)))
    assert {s.course: s.students for s in plan.sections} == {"art": ("a", "b"), "ball": ("a",)}
