"""A timetable where money is short: of the school's program, with sections and groups whole.

Dual values say what money is worth at the margin; a purse that hardly pays for base care is no
matter of margins. A group is saved by just so many children of a grade in sections of one slot, and
the relaxation saves a tenth of it by a tenth of them, for nothing. So the program is solved with
sections, their leaders and care groups in whole numbers, and students continuous (HiGHS, branch and
bound), of the offers that the relaxation opens a part of or would open next (RENS): its sections
are a timetable whose savings are whole ones.
"""

from collections import defaultdict

import numpy as np

from optimizer.engine.decomposition.rooms import Placed
from optimizer.engine.lp.highs import WHOLE, Floats, LpProcess, LpSolution
from optimizer.engine.params import DEFAULTS, ThriftParams
from optimizer.engine.solver import Effort
from optimizer.rules.budget import PARTS
from optimizer.rules.relaxation import Lp, Relaxation

INTEGRALITY = 1e-3
"""What counts as a part."""
MOST_OVERSPENT = PARTS
"""Parts of a purse that may be spent beyond it: another purse."""


def counted_timetable(
    r: Relaxation,
    process: LpProcess,
    effort: Effort,
    price: int,
    params: ThriftParams = DEFAULTS.thrift,
) -> list[Placed] | None:
    """Give the sections of the program's best solution found in time; None if none was.

    What is spent beyond a purse has a price: a solution is there at once, and gets better.

    Parameters
    ----------
    price
        Points for each part of a purse (``budget.PARTS``) that is spent beyond it.
    """
    lp = r.lp.copy()
    for row in r.money_rows.values():
        limit = lp.high[row] or 0
        part = max(1, limit // PARTS)
        lp.high[row] = limit - round(params.counted_kept * max(0, limit))
        lp.put(row, lp.column(MOST_OVERSPENT, -price), -part)
    relaxed = process.solve(lp, effort)
    if relaxed is None:
        return None
    worse = _reduced_costs(lp, relaxed)
    opened = sorted(r.opened.values(), key=lambda n: (relaxed.values[n] < INTEGRALITY, worse[n]))
    parts = sum(relaxed.values[column] >= INTEGRALITY for column in opened)
    for column in opened[params.counted_around * parts :]:
        lp.upper[column] = lp.lower[column]
    whole = [*r.opened.values(), *r.lead.values(), *r.groups.values()]
    solution = process.solve(lp, effort, WHOLE, whole)
    return None if solution is None else _sections(r, solution)


def _reduced_costs(lp: Lp, solution: LpSolution) -> Floats:
    """Give by how much each column costs more than it brings, at the dual values."""
    costs: Floats = -np.array(lp.gain, float)
    duals = solution.duals[np.array(lp.rows, np.int64)]
    np.add.at(costs, np.array(lp.columns, np.int64), duals * np.array(lp.coefficients, float))
    return costs


def _sections(r: Relaxation, solution: LpSolution) -> list[Placed]:
    value = [float(number) for number in solution.values]
    staff: dict[int, list[str]] = defaultdict(list)
    wanted: dict[int, float] = defaultdict(float)
    for (index, teacher), column in r.lead.items():
        staff[index] += [teacher] * round(value[column])
    for (_, index), column in r.at.items():
        wanted[index] += value[column]
    sections = []
    for index, column in r.opened.items():
        offer, count = r.offers[index], round(value[column])
        # People in turn: a section has different ones, and who leads two has one of each.
        for number in range(count):
            crew = tuple(staff[index][number::count])
            sections.append(Placed(offer, crew, round(wanted[index] / count)))
    return sections
