"""What a plan says of first clubs is recomputed."""

from models import Aim, Plan, PlanStatus, School, Text, Weights
from optimizer.checks import verify
from optimizer.engine import finish_plan
from tests.builders import revised, with_settings
from tests.checks.saying import names
from tests.tiny import tiny_plan, tiny_school

SCHOOL = tiny_school()
FIRST = with_settings(SCHOOL, weights=Weights(aim=Aim.FIRST_CLUBS))


def claim(school: School, plan: Plan) -> Text:
    """Give the one thing that is found, about what the plan says of itself."""
    (finding,) = verify(school, plan)
    assert finding.family == "claims"
    return finding.text


def claiming(school: School, **fields: object) -> Plan:
    return revised(tiny_plan(school), **fields)


# s31, s32, s33, s41, s42, s44, s51 and s54 each have their first wish: 10 points, and 12 for a
# club, doubled for seven of them and tripled for s33.
CLUBS, POINTS = 8, 7 * 44 + 66


def test_true_figures_and_none_at_all_are_accepted() -> None:
    plan = claiming(
        SCHOOL,
        first_clubs=CLUBS,
        first_clubs_bound=CLUBS,
        first_points=POINTS,
        first_points_bound=POINTS + 1,
    )
    assert verify(SCHOOL, plan) == ()
    assert verify(SCHOOL, claiming(SCHOOL)) == ()


def test_a_wrong_number_of_first_clubs_is_refused() -> None:
    text = claim(SCHOOL, claiming(SCHOOL, first_clubs=CLUBS + 1))
    names(text, str(CLUBS), str(CLUBS + 1), zh="名学生有社团", en="have a club")


def test_wrong_points_of_first_clubs_are_refused() -> None:
    text = claim(SCHOOL, claiming(SCHOOL, first_points=POINTS - 2))
    names(text, str(POINTS), str(POINTS - 2), zh="首个社团", en="first clubs")


def test_bounds_below_what_the_plan_has_are_refused() -> None:
    text = claim(SCHOOL, claiming(SCHOOL, first_clubs_bound=CLUBS - 1))
    names(text, str(CLUBS), str(CLUBS - 1), zh="至多", en="at most")
    text = claim(SCHOOL, claiming(SCHOOL, first_points_bound=POINTS - 1))
    names(text, str(POINTS), str(POINTS - 1), zh="至多", en="at most")


def test_best_is_best_in_first_clubs_where_these_come_first() -> None:
    # s53 takes the seat in art of s41, who goes to choir, his second wish: 44 more and 4 less
    start = tiny_plan(FIRST)
    finished = finish_plan(FIRST, start.sections, start.care_groups, start.provenance)
    clubs, points, value = CLUBS + 1, POINTS + 44 - 4, start.value + 44 - 4
    best = {"status": PlanStatus.OPTIMAL, "value": value, "bound": value}
    text = claim(FIRST, revised(finished, **best, first_clubs_bound=clubs + 1))
    names(text, str(clubs + 1), zh="首个社团", en="first clubs")
    proved = {"first_clubs_bound": clubs, "first_points_bound": points}
    assert verify(FIRST, revised(finished, **best, **proved)) == ()


def test_an_exchange_that_betters_first_clubs_is_asked_for() -> None:
    text = claim(FIRST, claiming(FIRST))
    names(text, "s53", "s41", zh="首个社团优先", en="first clubs first")
    assert verify(SCHOOL, claiming(SCHOOL)) == ()
