"""What seats are worth, worked out by hand."""

from models import Aim, Weights, Worth, total_worth, worth
from tests.builders import with_settings, with_wishes
from tests.tiny import tiny_school

POINTS = with_wishes(tiny_school(), "s31", "choir", "art", "chess")
FIRST = with_settings(POINTS, weights=Weights(aim=Aim.FIRST_CLUBS))
ORDINARY, PRIORITY = 2, 3


def test_most_points_looks_at_points_alone() -> None:
    # choir is the first wish, chess the third: 10 + 6, and 12 + 4 for two seats
    assert worth(POINTS, "s31", ["chess", "choir"]) == Worth(0, 0, ORDINARY * (10 + 6 + 12 + 4))
    assert worth(POINTS, "s31", []) == Worth()


def test_first_clubs_looks_at_the_best_club_first() -> None:
    points = ORDINARY * (8 + 6 + 12 + 4)
    assert worth(FIRST, "s31", ["chess", "art"]) == Worth(1, ORDINARY * (8 + 12), points)
    assert worth(FIRST, "s31", []) == Worth()


def test_a_seat_nobody_wished_for_is_worth_nothing() -> None:
    school = with_wishes(FIRST, "s31", "art")
    assert worth(school, "s31", ["chess"]) == Worth()


def test_priority_counts_in_points_but_every_child_once() -> None:
    school = with_wishes(FIRST, "s33", "art")
    assert "s33" in school.priority
    assert worth(school, "s33", ["art"]) == Worth(1, PRIORITY * 22, PRIORITY * 22)


def test_worth_adds_up_and_compares_from_the_first_club_on() -> None:
    school = with_wishes(FIRST, "s32", "art")
    one, two = worth(school, "s31", ["choir", "art", "chess"]), worth(school, "s32", ["art"])
    both = total_worth(school, {"s31": ["choir", "art", "chess"], "s32": ["art"]})
    assert both == one + two
    assert both - two == one
    # a second child with any club weighs more than whatever one child holds
    assert Worth(2, 0, 0) > Worth(1, 99, 999) > Worth(1, 98, 9999)
