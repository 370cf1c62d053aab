"""Repair: whatever a neighbourhood sets free is decided anew by CP-SAT, the rest as it stands.

By a model of what is free alone, at any size of a school. Where a model of the whole school is at
hand, a copy of it with the rest fixed is quicker: to build one takes a quarter of a round.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ortools.sat.python import cp_model

from optimizer.engine.objective import objective
from optimizer.engine.solution import Candidate, CareName, Solution, care_variables
from optimizer.engine.solver import Crew, Effort, Status, hint
from optimizer.rules import Model, build, total


class Terms(NamedTuple):
    """What a repaired plan has to keep, or need not."""

    fixed: Mapping[CareName, int] | None = None
    """Values that care variables must have; only numbers of groups are looked at."""
    penalty: int | None = None
    """Points for each part of a purse that is spent beyond it; None: nothing may be."""
    aim: Callable[[Model], None] | None = None
    """Gives the model another aim than satisfaction."""


NO_TERMS = Terms()


def repair(
    solution: Solution,
    courses: Collection[str],
    students: Collection[str],
    crew: Crew,
    effort: Callable[[], Effort],
    hinted: bool = False,
    terms: Terms = NO_TERMS,
) -> Candidate | None:
    """Decide these courses' timetables and these students' seats anew, the rest as it stands.

    Parameters
    ----------
    effort
        Says what the run may cost, once the model is built.
    """
    subproblem = solution.subproblem(courses, students)
    if terms.penalty is not None:
        subproblem = replace(subproblem, may_overspend=True)
    model = build(solution.school, subproblem=subproblem)
    if terms.aim is None:
        model.cp.maximize(less_overspent(model, objective(model).weighted, terms.penalty or 0))
    else:
        terms.aim(model)
    if hinted:
        solution.hint(model)
    for name, var in care_variables(model):
        if terms.fixed and name[0] == "groups":
            model.cp.add(var == terms.fixed.get(name, 0))
    run = crew.solve(model.cp, effort())
    if run.solution is None:
        return None
    after = solution.after(model, run.solution)
    found, proved = solution.found(model, run.solution), run.status is Status.OPTIMAL
    over = sum(run.solution[part.index] for part in model.overspent)
    return Candidate(after, found, after.worth, over, proved)


def less_overspent(model: Model, points: cp_model.LinearExpr, penalty: int) -> cp_model.LinearExpr:
    """Give points less a penalty for each part of a purse that is spent beyond it."""
    return total([points, *(-penalty * part for part in model.overspent)])


class Standing:
    """Copies of a whole school's model in which all but a neighbourhood stands as in a solution."""

    def __init__(self, model: Model, most_seats: int) -> None:
        self.model = model
        self._sections: dict[str, list[int]] = defaultdict(list)
        for offer in model.offers:
            self._sections[offer.course].append(model.opened[offer.index].index)
        for kind in (model.room, model.lead):
            for (offer_index, _), var in kind.items():
                self._sections[model.offers[offer_index].course].append(var.index)
        self._seats: dict[str, list[int]] = defaultdict(list)
        """None where all seats are free: with few, that costs nothing."""
        if len(model.seat) > most_seats:
            for (student, _), var in model.seat.items():
                self._seats[student].append(var.index)

    def around(
        self, free: tuple[Collection[str], Collection[str]], solution: Sequence[int]
    ) -> cp_model.CpModel:
        """Give a copy in which these courses and students are free, the solution as its hint."""
        courses, students = free
        cp = self.model.cp.clone()
        fixed = [i for course, own in self._sections.items() if course not in courses for i in own]
        fixed += [i for student, own in self._seats.items() if student not in students for i in own]
        for index in fixed:
            domain = cp.proto.variables[index].domain
            domain.clear()
            domain.extend([solution[index], solution[index]])
        hint(cp, solution)
        return cp
