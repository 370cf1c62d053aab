"""What a plan says of first clubs: figures, and bounds that they keep to."""

from collections.abc import Iterator

from models import Aim, Plan, PlanStatus, School, Text
from optimizer.checks._moved import before_moves

CLUBS = Text(
    "方案写明 {found} 名学生有社团，重算为 {expected} 名。",
    "the plan says that {found} students have a club, recomputed they are {expected}.",
)
POINTS = Text(
    "方案写明各人首个社团共 {found} 分，重算为 {expected} 分。",
    "the plan says that first clubs have {found} points, recomputed they have {expected}.",
)
CLUBS_BOUND = Text(
    "方案写明至多 {bound} 名学生可有社团，方案中却有 {value} 名，不可能成立。",
    "the plan says that at most {bound} students can have a club, and has {value}: that cannot be.",
)
POINTS_BOUND = Text(
    "方案写明首个社团至多 {bound} 分，方案中却有 {value} 分，不可能成立。",
    "the plan says that first clubs have at most {bound} points, and its have {value}: that cannot "
    "be.",
)
NOT_OPTIMAL = Text(
    "方案称为最优，但首个社团并未证明已达上限（{clubs} 名、{points} 分，上限 {most_clubs} 名、"
    "{most_points} 分）。",
    "the plan says it is optimal, but not that no plan is better in first clubs ({clubs} of at "
    "most {most_clubs} students, {points} of at most {most_points} points).",
)


def first_clubs(school: School, plan: Plan) -> tuple[int, int]:
    """Recompute how many students hold a club they wished for, and the points of the best ones."""
    best: dict[str, int] = {}
    for section in plan.sections:
        for wish in school.wishes_for[section.course]:
            if wish.student in section.students:
                points = school.wish_points(wish) + school.seat_bonus(wish.student, 1)
                best[wish.student] = max(points, best.get(wish.student, points))
    return len(best), sum(best.values())


def first_figures(school: School, plan: Plan) -> Iterator[Text]:
    """Find figures of first clubs that are wrong; what a plan does not say cannot be."""
    clubs, points = first_clubs(school, before_moves(school, plan))
    if plan.first_clubs not in {None, clubs}:
        yield CLUBS.fill(found=plan.first_clubs, expected=clubs)
    if plan.first_points not in {None, points}:
        yield POINTS.fill(found=plan.first_points, expected=points)
    most_clubs, most_points = plan.first_clubs_bound, plan.first_points_bound
    if most_clubs is not None and most_clubs < clubs:
        yield CLUBS_BOUND.fill(bound=most_clubs, value=clubs)
    if most_points is not None and most_points < points:
        yield POINTS_BOUND.fill(bound=most_points, value=points)
    optimal = plan.status is PlanStatus.OPTIMAL
    first_come = school.settings.weights.aim is Aim.FIRST_CLUBS
    if optimal and first_come and (most_clubs, most_points) != (clubs, points):
        most = {"most_clubs": most_clubs, "most_points": most_points}
        said = {key: "-" if limit is None else str(limit) for key, limit in most.items()}
        yield NOT_OPTIMAL.fill(clubs=clubs, points=points, **said)
