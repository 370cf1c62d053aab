"""The order in the draw, and which claims are equal."""

from models import Section, StudentGroup, draw_order, equal_claims, lottery_number
from tests.builders import revised, tiny_school, with_student, with_wishes

SCHOOL = tiny_school()
"""Art is the first wish of s51, s53 and s44; s41 has art first and choir second."""


def test_the_number_is_that_of_the_published_seed() -> None:
    assert SCHOOL.lottery_numbers["s51"] == lottery_number(1, "s51")
    assert draw_order(SCHOOL, "s51", "art") == (True, lottery_number(1, "s51"))


def test_a_seat_held_before_goes_before_the_draw() -> None:
    first, last = sorted(("s51", "s53"), key=lambda s: draw_order(SCHOOL, s, "art"))
    held = Section(id="a", course="art", slots=("tue1",), room="r3", staff=(), students=(last,))
    school = revised(SCHOOL, previous=(held,))
    assert draw_order(school, last, "art") < draw_order(school, first, "art")
    assert draw_order(school, last, "chess") > draw_order(school, first, "chess")


def test_claims_are_equal_where_the_seat_is_worth_the_same() -> None:
    assert equal_claims(SCHOOL, "art", ("s51", ()), ("s53", ()))
    # A second seat is worth less than a first one.
    school = with_student(with_wishes(SCHOOL, "s53", "art", "chess"), "s53", max_clubs=2)
    assert not equal_claims(school, "art", ("s51", ()), ("s53", ("chess",)))
    assert not equal_claims(
        with_wishes(SCHOOL, "s53", "chess", "art"), "art", ("s51", ()), ("s53", ())
    )


def test_priority_is_another_claim() -> None:
    """Even where the points happen to be the same: 3 x 20 for priority, 2 x 30 without."""
    group = StudentGroup(id="left", name="", priority=True)
    school = with_student(revised(SCHOOL, groups=(*SCHOOL.groups, group)), "s53", groups=("left",))
    weights = revised(school.settings.weights, rank_points=(30, 20), first_seat=0, second_seat=0)
    school = revised(school, settings=revised(school.settings, weights=weights))
    school = with_wishes(school, "s53", "chess", "art")
    assert not equal_claims(school, "art", ("s51", ()), ("s53", ()))
