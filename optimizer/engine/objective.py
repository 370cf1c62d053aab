"""Satisfaction as the model counts it, and a bound that needs no search."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from models import School
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
    for student in school.students:
        if student.id in school.excluded:
            continue
        points = sorted((school.wish_points(w) for w in school.wishes_of[student.id]), reverse=True)
        seats = points[: student.max_clubs]
        best += sum(seats) + school.seat_bonus(student.id, len(seats))
    return best
