"""Base care for given sections and seats, exactly; where there is none, some sections close.

With sections and seats as they are the model of the school is one of care groups, rooms and
supervisors alone. Sections that may close add one variable an offer, and their students to those
who wait; what is closed is worth as little as possible.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from models import SeatLock
from optimizer.engine.objective import weighed
from optimizer.engine.solution import Candidate, Solution
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import Key, Model, Subproblem, build, total


def with_care(solution: Solution, crew: Crew, effort: Effort) -> Candidate | None:
    """Give the plan of these sections and seats; None if there is none, or no time."""
    model = build(solution.school, subproblem=solution.subproblem((), ()))
    run = crew.solve(model.cp, effort)
    return None if run.solution is None else _candidate(solution, model, run.solution)


def closing_some(solution: Solution, crew: Crew, effort: Effort) -> Candidate | None:
    """Give the plan in which as little as possible is closed that was found in time."""
    worth = _worth(solution)
    model = build(solution.school, subproblem=closable(solution, solution.held))
    model.cp.maximize(total(worth[key] * var for key, var in model.stands.items()))
    run = crew.solve(model.cp, effort)
    if run.solution is None:
        return None
    closed = {key for key, var in model.stands.items() if not run.solution[var.index]}
    return _candidate(without(solution, closed), model, run.solution)


def closable(solution: Solution, keys: Collection[Key]) -> Subproblem:
    """Give the part of the school in which these offers, where no lock forbids it, may close."""
    leave = {key: there for key, there in _leaving(solution).items() if key in keys}
    part = solution.subproblem((), ())
    waiting = Counter(part.waiting)
    for there in leave.values():
        waiting.update(there)
    held = {key: replace(h, least=0) if key in leave else h for key, h in part.held.items()}
    return replace(part, held=held, waiting=dict(waiting), may_close=leave)


def lost_by_closing(solution: Solution) -> dict[Key, int]:
    """Give the points lost with each offer alone; without those that would cost a first club."""
    lost: Counter[Key] = Counter(dict.fromkeys(solution.held, 0))
    school, firsts = solution.school, set[Key]()
    for student, keys in solution.seats.items():
        now = Solution(school, {}, {student: keys}).worth
        for key in keys:
            less = Solution(school, {}, {student: keys - {key}}).worth
            lost[key] += now.points - less.points
            if (less.first_clubs, less.first_points) < (now.first_clubs, now.first_points):
                firsts.add(key)
    return {key: points for key, points in lost.items() if key not in firsts}


def _candidate(solution: Solution, model: Model, values: tuple[int, ...]) -> Candidate:
    after = solution.after(model, values)
    return Candidate(after, solution.found(model, values), after.worth)


def without(solution: Solution, closed: set[Key]) -> Solution:
    """Give what is left of seats where some offers are closed."""
    seats = {s: keys - closed for s, keys in solution.seats.items()}
    held = {key: held for key, held in solution.held.items() if key not in closed}
    return Solution(solution.school, held, {s: keys for s, keys in seats.items() if keys})


def _worth(solution: Solution) -> dict[Key, int]:
    """Give what would be lost with each offer alone."""
    lost: Counter[Key] = Counter()
    school = solution.school
    for student, keys in solution.seats.items():
        own = Solution(school, {}, {student: keys})
        for key in keys:
            less = Solution(school, {}, {student: keys - {key}})
            lost[key] += weighed(school, own.worth) - weighed(school, less.worth)
    return lost


def _leaving(solution: Solution) -> Mapping[Key, dict[tuple[str, int], int]]:
    """Give the offers that may close, with those of their students who would then wait.

    None of them has a seat that is locked.
    """
    school = solution.school
    locked = {(x.student, x.course) for x in school.locks if isinstance(x, SeatLock)}
    found: dict[Key, Counter[tuple[str, int]]] = {key: Counter() for key in solution.held}
    pinned: set[Key] = set()
    for student, keys in solution.seats.items():
        stays, grade = school.student[student].stay_slots, school.grade_of[student]
        for key in keys:
            if (student, key[0]) in locked:
                pinned.add(key)
            found[key].update((slot, grade) for slot in key[1] if slot in stays)
    return {key: dict(there) for key, there in found.items() if key not in pinned}
