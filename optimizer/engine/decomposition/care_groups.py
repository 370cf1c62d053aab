"""Whole care groups for a timetable, before anybody is seated for certain.

Relaxed seats fill fractions of groups. How many groups there are at each slot, of which grades, is
settled here by the exact model of base care alone: with the sections as they are and about so many
students waiting at each slot and grade, groups, rooms and supervisors are chosen so that the places
missing, each at its price, cost least. Where places are missing, seats are relaxed anew with as
many to spare. What follows of groups being whole for the seats is part of that relaxation as rows.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from models import School
from optimizer.engine.lns.repair import less_overspent
from optimizer.engine.lp.from_cpsat import relaxation
from optimizer.engine.lp.highs import INTEGER, LpProcess
from optimizer.engine.solution import CareName, care_variables
from optimizer.engine.solver import Effort
from optimizer.rules import Model, Subproblem, build, total
from optimizer.rules._whole_groups import rounding_cuts
from optimizer.rules.relaxation import Lp
from optimizer.rules.rooms import suits_care

PLACE_TIMES = 1000
"""More than a group takes of the parts of a purse."""


class Groups(NamedTuple):
    """Values of the care variables, and places missing by slot and grade."""

    care: dict[CareName, int]
    missing: dict[tuple[str, int], int]


def whole_groups(
    school: School,
    subproblem: Subproblem,
    price: Mapping[tuple[str, int], float],
    process: LpProcess,
    effort: Effort,
    may_overspend: bool = False,
) -> Groups | None:
    """Choose care groups for about so many students as wait in the subproblem.

    Parameters
    ----------
    price
        Points that one place costs, by slot and grade.
    may_overspend
        Whether places come first, and only then what is spent beyond a purse.

    Returns
    -------
    Groups or None
        None if none were found in time.
    """
    model = build(school, subproblem=replace(subproblem, may_overspend=may_overspend))
    times = PLACE_TIMES if may_overspend else 1
    costs = [
        -times * round(1 + price.get(key, 0)) * missing for key, missing in model.missing.items()
    ]
    model.cp.maximize(less_overspent(model, total(costs), 1))
    lp, _ = relaxation(model.cp)
    variables = care_variables(model)
    # Shares follow: with whole groups they are a transportation problem.
    whole = [var.index for name, var in variables if name[0] != "share"]
    solution = process.solve(lp, effort, INTEGER, whole)
    if solution is None:
        return None
    values = [round(value) for value in solution.values]
    return Groups(
        {name: values[var.index] for name, var in variables},
        {key: values[missing.index] for key, missing in model.missing.items()},
    )


def with_whole_groups(
    lp: Lp, model: Model, school: School, spared: Mapping[tuple[str, int], int]
) -> Lp:
    """Give the relaxation with what follows of groups being whole (``_whole_groups``).

    Places to spare are needed like those of students who stay.
    """
    lp, groups = lp.copy(), model.care_groups
    most = school.settings.base_care.max_size
    staying: dict[str, Counter[int]] = defaultdict(Counter)
    for student, slot in model.stays():
        staying[slot][school.grade_of[student.id]] += 1
    for (slot, grade), places in spared.items():
        staying[slot][grade] += places
    for slot, counts in staying.items():
        bands = {
            band: max(
                (min(most, r.seats) for r in school.rooms if suits_care(school, slot, r, band)),
                default=0,
            )
            for other, band in groups
            if other == slot
        }
        for cut in rounding_cuts(counts, bands, all(len(band) == 1 for band in bands)):
            row = lp.row(high=sum(counts[grade] for grade in cut.grades) - cut.least)
            for (other, grade, _), share in model.care_share.items():
                if other == slot and grade in cut.grades:
                    lp.put(row, share.index)
            for band in cut.bands:
                lp.put(row, groups[slot, band].index, -cut.step)
    return lp
