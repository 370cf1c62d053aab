"""What a bound proves about a plan: the gap, in figures and in words."""

from models import Aim, BoundProof, PlanStatus, Text
from optimizer.report.figures import Summary

PROVED_BEST = Text(
    "无：任何方案都不超过 {bound} 分，不存在更好的方案（已证明）",
    "none: no plan is better, {bound} points are the most (proved)",
)
AT_MOST = Text(
    "最多 {percent}%：任何方案都不超过 {bound} 分（已证明）",
    "at most {percent} %: no plan has more than {bound} points (proved)",
)
BOUND_ONLY = Text(
    "任何方案都不超过 {bound} 分（已证明）", "no plan has more than {bound} points (proved)"
)
PROVED_FIRST = Text(
    "无：首个社团已达最好，在此之下任何方案都不超过 {bound} 分（已证明）",
    "none: first clubs are as good as can be, and {bound} points the most with these (proved)",
)
AT_MOST_FIRST = Text(
    "最多 {percent}%：首个社团不比它差的方案都不超过 {bound} 分（已证明）",
    "at most {percent} %: no plan as good in first clubs has more than {bound} points (proved)",
)
AT_MOST_ALONE = Text(
    "最多 {percent}%：只看总分，任何方案都不超过 {bound} 分（已证明）；其中可能有首个社团优先的"
    "代价",
    "at most {percent} %, of points alone: no plan has more than {bound} (proved); part of it may "
    "be what first clubs cost",
)
NONE_IN_POINTS = Text(
    "分值上无差距：任何方案都不超过 {bound} 分（已证明）",
    "none in points: no plan has more than {bound} (proved)",
)
GAP = Text("与最优的差距", "Gap to the best possible")
GAP_IN_POINTS = Text("与最优的分值差距", "Gap in points to the best")
NO_BOUND = Text("未求得上界", "no bound was proved")


def gap_hundredths(value: int, bound: int) -> int:
    """Give the gap in hundredths of a percent, rounded up: never smaller than it is."""
    return -((value - bound) * 10_000 // value)


def gap_percent(value: int, bound: int) -> str:
    """Give the gap in percent with two places, rounded up."""
    return f"{gap_hundredths(value, bound) / 100:.2f}"


def is_far(value: int, bound: int | None) -> bool:
    """Tell whether a plan may lack more than half of its own points."""
    return bound is not None and 2 * bound > 3 * value


def bound_text(figures: Summary) -> Text:
    """Say what the bound proves about a plan."""
    if figures.bound is None:
        return NO_BOUND
    first = figures.aim is Aim.FIRST_CLUBS
    if figures.status is PlanStatus.OPTIMAL and first:
        return PROVED_FIRST.fill(bound=figures.bound)
    if figures.bound == figures.value and not first:
        return PROVED_BEST.fill(bound=figures.bound)
    if not figures.value:
        return BOUND_ONLY.fill(bound=figures.bound)
    said = AT_MOST
    if first:
        # Only the search of the whole model asks what points there are with such first clubs.
        searched = figures.bound_proof is BoundProof.EXACT_SEARCH
        alone = NONE_IN_POINTS if figures.bound == figures.value else AT_MOST_ALONE
        said = AT_MOST_FIRST if searched else alone
    return said.fill(bound=figures.bound, percent=gap_percent(figures.value, figures.bound))
