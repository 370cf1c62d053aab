"""What plans are worth as the model counts it (``models.worth``), and bounds that need no search.

With the aim ``first_clubs`` three things are counted, in this order. Weighed so that each outdoes
all that follows they would make numbers too far apart for a linear program, so a search works with
a ``weighted`` sum in which a better first club outdoes any other seat, and the order itself decides
between the plans it finds. ``firsts`` is the exact whole of the first two, and what the whole model
proves.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ortools.sat.python import cp_model

from models import Aim, School, Worth
from optimizer.rules import Model, total


def value(model: Model) -> cp_model.LinearExpr:
    """Give the points of the seats plus the bonus for first and second seats.

    first[s] + second[s] <= number of s's seats, second[s] <= first[s]: as the bonuses are not
    negative, a maximum takes them as far as the seats go.
    """
    school = model.school
    points = {(w.student, w.course): school.wish_points(w) for w in school.wishes}
    terms: list[cp_model.LinearExprT] = []
    for student, seats in model.seats_by_student().items():
        terms += [points.get((student, offer.course), 0) * var for offer, var in seats]
        one, two = school.seat_bonus(student, 1), school.seat_bonus(student, 2)
        if not two:
            continue
        first = model.cp.new_bool_var(f"first[{student}]")
        second = model.cp.new_bool_var(f"second[{student}]")
        model.cp.add(first + second <= total(var for _, var in seats))
        model.cp.add_implication(second, first)
        model.bonus[student] = first, second
        terms += [one * first, (two - one) * second]
    return total(terms)


def objective_at(objective: cp_model.LinearExpr, solution: Sequence[int]) -> int:
    """Give an expression's value in a solution."""
    flat = cp_model.FlatIntExpr(objective)
    terms = zip(flat.vars, flat.coeffs, strict=True)
    points: int = flat.offset + sum(c * solution[v.index] for v, c in terms)
    return points


def simple_bound(school: School) -> int:
    """Give the points if everyone got his best wishes: no plan has more."""
    best = 0
    for student, points in _best_wishes(school).items():
        best += sum(points) + school.seat_bonus(student, len(points))
    return best


def simple_firsts(school: School) -> tuple[int, int]:
    """Give the students who could hold a club, and the points of their first ones: no more is."""
    best = [
        points[0] + school.seat_bonus(student, 1)
        for student, points in _best_wishes(school).items()
        if points
    ]
    return len(best), sum(best)


def _best_wishes(school: School) -> dict[str, list[int]]:
    """Give for each student who may come the points of as many wishes as he wants, best first."""
    return {
        student.id: sorted(
            (school.wish_points(w) for w in school.wishes_of[student.id]), reverse=True
        )[: student.max_clubs]
        for student in school.students
        if student.id not in school.excluded
    }


def counts_firsts(school: School) -> bool:
    """Tell whether first clubs come before points."""
    return school.settings.weights.aim is Aim.FIRST_CLUBS


def first_weight(school: School) -> tuple[int, int]:
    """Give how often points of first clubs count in a weighted sum, and points for being one.

    The least step that a first club can be better by outdoes the best other seat, and having one
    outdoes two steps from the last rank to the first.
    """
    weights = school.settings.weights
    points = sorted({*weights.rank_points, 0})
    step = min((b - a for a, b in pairwise(points)), default=1)
    low, high = sorted((weights.ordinary_factor, weights.priority_factor))
    others = high * (weights.second_seat + points[-1])
    return 1 + others // (step * low), 2 * high * max(1, points[-1])


def weighed(school: School, worth: Worth) -> int:
    """Give the weighted sum of a worth."""
    times, being = first_weight(school)
    return worth.points + times * (worth.first_points + being * worth.first_clubs)


@dataclass(frozen=True)
class Objective:
    """What a model's solutions are worth."""

    school: School
    points: cp_model.LinearExpr
    clubs: cp_model.LinearExpr
    first_points: cp_model.LinearExpr

    @cached_property
    def radix(self) -> int:
        """More than the points that all first clubs can have."""
        return 1 + simple_firsts(self.school)[1]

    @cached_property
    def firsts(self) -> cp_model.LinearExpr:
        """First clubs and, below them, their points in one number, exactly."""
        return total([self.radix * self.clubs, self.first_points])

    @cached_property
    def weighted(self) -> cp_model.LinearExpr:
        """What a search maximises: points, where first clubs count, these many times."""
        if not counts_firsts(self.school):
            return self.points
        times, being = first_weight(self.school)
        return total([self.points, times * self.first_points, times * being * self.clubs])

    @property
    def most_firsts(self) -> int:
        """Give what ``firsts`` is at most."""
        clubs, points = simple_firsts(self.school)
        return self.radix * clubs + points

    @property
    def most_weighted(self) -> int:
        """Give what ``weighted`` is at most."""
        firsts = simple_firsts(self.school) if counts_firsts(self.school) else (0, 0)
        return weighed(self.school, Worth(*firsts, simple_bound(self.school)))

    def worth(self, solution: Sequence[int]) -> Worth:
        """Give what a solution is worth."""
        points = objective_at(self.points, solution)
        if not counts_firsts(self.school):
            return Worth(points=points)
        clubs, firsts = (objective_at(e, solution) for e in (self.clubs, self.first_points))
        return Worth(clubs, firsts, points)


def objective(model: Model) -> Objective:
    """Give what a model's solutions are worth, with the variables that it takes.

    A student's first club is one of the courses that he has a seat in: first[s, c] <= his seats in
    offers of c, sum over c of first[s, c] <= 1. A maximum takes the one of the most points.
    """
    school, points = model.school, value(model)
    clubs: list[cp_model.LinearExprT] = []
    firsts: list[cp_model.LinearExprT] = []
    for student, seats in model.seats_by_student().items() if counts_firsts(school) else ():
        courses: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for offer, var in seats:
            courses[offer.course].append(var)
        chosen: dict[str, cp_model.LinearExprT] = {c: total(own) for c, own in courses.items()}
        if len(courses) > 1 and school.student[student].max_clubs > 1:
            for course, own in courses.items():
                first = model.cp.new_bool_var(f"first[{student},{course}]")
                model.first[student, course] = chosen[course] = first
                model.cp.add(first <= total(own))
            model.cp.add(total(chosen.values()) <= 1)
        bonus = school.seat_bonus(student, 1)
        for course, term in chosen.items():
            clubs.append(term)
            firsts.append((school.points_of.get((student, course), 0) + bonus) * term)
    return Objective(school, points, total(clubs), total(firsts))
