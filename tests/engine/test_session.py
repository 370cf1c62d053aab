"""What a search has found and proved: the best of each is kept, whatever comes after it."""

from models import UNIT, Aim, BoundProof, PriceList, Prices, SeatPrice, Worth
from optimizer.checks import proved_bound
from optimizer.engine.limits import Limits
from optimizer.engine.objective import simple_bound, simple_firsts
from optimizer.engine.session import Session
from tests.builders import aiming, tiny_plan, tiny_school

SCHOOL = tiny_school()
SLOTS = ("mon1", "mon2", "tue1", "tue2")


def chess(points: int) -> Prices:
    """Ask so many points for a seat in chess, whenever it meets."""
    seats = tuple(SeatPrice(slots=(s,), grades=(3, 4, 5), price=points * UNIT) for s in SLOTS)
    return Prices(seats={"chess": seats})


def session(aim: Aim = Aim.MOST_POINTS) -> Session:
    return Session(aiming(SCHOOL, aim), Limits())


def test_the_price_list_is_the_one_that_proves_least() -> None:
    now = session()
    good, bad = chess(24), chess(400)
    bounds = [proved_bound(SCHOOL, prices).bound for prices in (good, bad)]
    assert bounds[0] < simple_bound(SCHOOL)
    assert bounds[0] < bounds[1]
    for prices in (good, bad):
        now.lower_by_prices(prices)
        assert now.price_list.proof == good
        assert now.price_list.bound == now.bound == bounds[0]
    assert now.proof is BoundProof.LINEAR_PROGRAM
    assert proved_bound(SCHOOL, PriceList.model_validate(now.price_list)).bound == bounds[0]


def test_what_no_plan_is_worth_more_than_has_all_that_counts() -> None:
    assert session().most == Worth(points=simple_bound(SCHOOL))
    firsts = session(Aim.FIRST_CLUBS)
    clubs, points = simple_firsts(SCHOOL)
    assert firsts.most == Worth(clubs, points, simple_bound(SCHOOL))
    plan = tiny_plan(SCHOOL)
    found = plan.sections, plan.care_groups
    done = []
    for less in (1, 0):
        assert firsts.keep(found, Worth(clubs, points - less, simple_bound(SCHOOL)))
        done.append(firsts.done)
    assert done == [False, True]


def test_bounds_by_search_can_be_taken_back_and_those_by_prices_stay() -> None:
    now, on_search = session(Aim.FIRST_CLUBS), list[bool]()

    def note() -> None:
        on_search.append(now.rests_on_search)

    note()
    by_prices = now.lower_by_prices(chess(24))
    clubs, points = simple_firsts(SCHOOL)
    now.lower_firsts(clubs - 1, points - 5)
    note()
    now.lower(by_prices - 9, BoundProof.EXACT_SEARCH)
    now.take_back_search()
    note()
    assert (now.bound, now.proof) == (by_prices, BoundProof.LINEAR_PROGRAM)
    assert (now.clubs_bound, now.first_points_bound) == (clubs, points)
    now.lower(by_prices - 9, BoundProof.EXACT_SEARCH)
    note()
    assert on_search == [False, True, False, True]
