"""What seats are worth to a school, by its aim: the one measure that plans are compared by.

Statement. A student's seats count in the courses he wished for, each once. His points are those of
these wishes and the bonus for so many seats (``School.wish_points``, ``School.seat_bonus``); his
first club is the one of the most points among them. Points of a plan are the sum over all students.
With the aim ``most_points`` the plan with more points is the better one. With ``first_clubs`` it is
the one (1) in which more students hold a club, each counting alike; among plans equal in that (2)
in which the first clubs have more points, with the bonus for a first seat and factors; among plans
equal in both (3) with more points. So nobody's second or third club is ever weighed against a first
one. Where nobody wants more than one club, (2) and (3) are the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.plan import Plan
from models.school_data import SchoolData
from models.settings import Aim


@dataclass(frozen=True, order=True)
class Worth:
    """What seats are worth: the greater is the better. They add up over students."""

    first_clubs: int = 0
    """Students who hold a club; 0 where the aim is most points."""
    first_points: int = 0
    """Points of their first clubs; 0 where the aim is most points."""
    points: int = 0

    def __add__(self, other: "Worth") -> "Worth":
        return Worth(
            self.first_clubs + other.first_clubs,
            self.first_points + other.first_points,
            self.points + other.points,
        )

    def __sub__(self, other: "Worth") -> "Worth":
        return Worth(
            self.first_clubs - other.first_clubs,
            self.first_points - other.first_points,
            self.points - other.points,
        )


def first_points(school: SchoolData, student: str, courses: Iterable[str]) -> int | None:
    """Give the points of the first club of a student in these courses; None where he has none."""
    points = (school.points_of.get((student, course)) for course in courses)
    best = max((p for p in points if p is not None), default=None)
    return None if best is None else best + school.seat_bonus(student, 1)


def worth(school: SchoolData, student: str, courses: Iterable[str]) -> Worth:
    """Give what a student's seats in these courses are worth."""
    courses = tuple(courses)
    points = [p for c in courses if (p := school.points_of.get((student, c))) is not None]
    total = sum(points) + school.seat_bonus(student, len(points))
    first = first_points(school, student, courses)
    if school.settings.weights.aim is Aim.MOST_POINTS or first is None:
        return Worth(points=total)
    return Worth(1, first, total)


def total_worth(school: SchoolData, courses: Mapping[str, Iterable[str]]) -> Worth:
    """Give what all students' seats are worth, by student the courses that they are in."""
    return sum((worth(school, student, own) for student, own in courses.items()), Worth())


def plan_worth(school: SchoolData, plan: Plan) -> Worth:
    """Give what a plan is worth."""
    courses: dict[str, list[str]] = defaultdict(list)
    for section in plan.sections:
        for student in section.students:
            courses[student].append(section.course)
    return total_worth(school, courses)
