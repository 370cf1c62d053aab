"""Whether the bound that a plan names is what its price list proves."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from models import Aim, BoundProof, Plan, PlanStatus, PriceList, School, Text
from optimizer.checks import counted_firsts, proved_bound
from optimizer.errors import InputError
from optimizer.files import read_price_list

PRICES = "prices.json"

OTHER_DATA = Text(
    "“{path}”是按另一份学校数据算的（学校已改动，或不是这份方案的）：证明不了什么。",
    "'{path}' is of other data (has the school changed, or is it not this plan's?): it proves "
    "nothing.",
)
NO_LIST = Text(
    "方案旁边没有 {name}：只能按“人人如愿”算。",
    "there is no {name} beside the plan: all that can be added up is everyone's best wishes.",
)
CONFIRMED = Text(
    "上界得到证实：按这份价目，谁也不可能合计超过 {proved} 分；方案写明的上界是 {bound} 分。",
    "the bound is confirmed: at these prices nobody can do better than {proved} points in all, and "
    "the plan's bound is {bound}.",
)
CLAIMS_MORE = Text(
    "方案写明没有方案超过 {bound} 分，而价目只证明到 {proved} 分。",
    "the plan says that none has more than {bound} points, but the prices prove only {proved}.",
)
UNCONFIRMED = Text("上界未得到证实。", "the bound is not confirmed.")
BY_SEARCH = Text(
    "上界 {bound} 分出自精确搜索，以 CP-SAT 的结论为准，价目不能证实；价目证明的是 {proved} 分。",
    "the bound of {bound} points comes of an exact search: it rests on CP-SAT, and no price list "
    "shows it. What the prices prove is {proved}.",
)
TWICE = Text(
    "另作了一次不同的精确搜索，也没有找到更好的方案。",
    "a second exact search, of another kind, agrees that there is nothing better.",
)
ONCE = Text(
    "另一次不同的精确搜索在时限内没有得出结论：“最优”只有一次证明。",
    "a second exact search, of another kind, did not come to an end in time: that this plan is the "
    "best was proved once.",
)
NO_BOUND = Text(
    "方案没有写明上界；价目证明没有方案超过 {proved} 分。",
    "the plan names no bound; the prices prove that none has more than {proved} points.",
)
OF_POINTS = Text(
    "这里说的是分数，不论第一个社团：即使只求分数，也没有方案超过它。",
    "that is of points, first clubs apart: no plan has more, even if only points counted.",
)
CLUBS_COUNTED = Text(
    "能有社团的学生至多 {clubs} 名，第一个社团至多 {points} 分：按志愿逐人数出，"
    "方案写明的不低于此。",
    "at most {clubs} students can hold a club and their first ones have {points} points: counted "
    "student by student, and the plan names no less.",
)
CLUBS_SEARCHED = Text(
    "有社团的学生至多 {clubs} 名、第一个社团至多 {points} 分，出自精确搜索，以 CP-SAT 的结论为准；"
    "逐人数出的是 {counted_clubs} 名、{counted_points} 分。",
    "that at most {clubs} students can hold a club, or that their first ones have at most {points} "
    "points, comes of an exact search and rests on CP-SAT; counted student by student it is "
    "{counted_clubs} and {counted_points}.",
)


class Verdict(NamedTuple):
    """What was found of a plan's bound."""

    holds: bool
    """Whether it is proved, or rests on an exact search as the plan says."""
    proved: int
    """Points that the prices prove no plan exceeds."""
    texts: tuple[Text, ...]


def confirm(school: School, plan: Plan, folder: Path) -> Verdict:
    """Add up the prices beside a plan, and compare.

    Raises
    ------
    InputError
        If the price list cannot be read, or is of other data.
    """
    path = folder / PRICES
    prices, texts = PriceList(school=plan.school, school_digest=school.digest), []
    if path.exists():
        prices = read_price_list(path)
        if prices.school_digest != school.digest:
            raise InputError([OTHER_DATA.fill(path=path)])
    else:
        texts.append(NO_LIST.fill(name=PRICES))
    proved = proved_bound(school, prices).bound
    text, holds = _of_points(plan, proved)
    texts.append(text)
    if school.settings.weights.aim is Aim.FIRST_CLUBS:
        texts += [OF_POINTS, *_of_firsts(school, plan)]
    if plan.status is PlanStatus.OPTIMAL and _rests_on_search(school, plan, proved):
        texts.append(TWICE if plan.provenance.confirmed else ONCE)
    return Verdict(holds, proved, tuple(texts))


def _rests_on_search(school: School, plan: Plan, proved: int) -> bool:
    """Tell whether a bound that the plan names is lower than what anyone can add up."""
    clubs, points = counted_firsts(school)
    named = (plan.bound, plan.first_clubs_bound, plan.first_points_bound)
    added = (proved, clubs, points)
    return any(low is not None and low < high for low, high in zip(named, added, strict=True))


def _of_points(plan: Plan, proved: int) -> tuple[Text, bool]:
    facts = {"bound": plan.bound, "proved": proved}
    if plan.bound is None:
        return NO_BOUND.fill(**facts), True
    if plan.bound >= proved:
        return CONFIRMED.fill(**facts), True
    if plan.bound_proof is BoundProof.EXACT_SEARCH:
        return BY_SEARCH.fill(**facts), True
    return CLAIMS_MORE.fill(**facts), False


def _of_firsts(school: School, plan: Plan) -> Iterator[Text]:
    clubs, points = plan.first_clubs_bound, plan.first_points_bound
    if clubs is None or points is None:
        return
    counted_clubs, counted_points = counted_firsts(school)
    if clubs >= counted_clubs and points >= counted_points:
        yield CLUBS_COUNTED.fill(clubs=counted_clubs, points=counted_points)
    else:
        counted = {"counted_clubs": counted_clubs, "counted_points": counted_points}
        yield CLUBS_SEARCHED.fill(clubs=clubs, points=points, **counted)
