"""The order in the draw."""

from models import Section, draw_order, lottery_number
from tests.builders import revised, tiny_school

SCHOOL = tiny_school()


def test_the_number_is_that_of_the_published_seed() -> None:
    assert SCHOOL.lottery_numbers["s51"] == lottery_number(1, "s51")
    assert draw_order(SCHOOL, "s51", "art") == (True, lottery_number(1, "s51"))


def test_a_seat_held_before_goes_before_the_draw() -> None:
    first, last = sorted(("s51", "s53"), key=lambda s: draw_order(SCHOOL, s, "art"))
    held = Section(id="a", course="art", slots=("tue1",), room="r3", staff=(), students=(last,))
    school = revised(SCHOOL, previous=(held,))
    assert draw_order(school, last, "art") < draw_order(school, first, "art")
    assert draw_order(school, last, "chess") > draw_order(school, first, "chess")
