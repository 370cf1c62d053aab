"""A timetable where money is short: of the school's program, with sections and groups whole.

Dual values say what money is worth at the margin; a purse that hardly pays for base care is no
matter of margins. A group is saved by just so many children of a grade in sections of one slot, and
the relaxation saves a tenth of it by a tenth of them, for nothing. So the program is solved with
sections, their leaders and care groups in whole numbers, and students continuous (HiGHS, branch and
bound), of the offers that the relaxation opens a part of (RENS): its sections are a timetable whose
savings are whole ones.
"""

from collections import defaultdict

from optimizer.engine.decomposition.rooms import Placed
from optimizer.engine.lp.highs import WHOLE, LpProcess
from optimizer.engine.solver import Effort
from optimizer.rules.budget import PARTS
from optimizer.rules.relaxation import Relaxation

INTEGRALITY = 1e-3
"""What counts as a part."""
MOST_OVERSPENT = PARTS
"""Parts of a purse that may be spent beyond it: another purse."""


def counted_timetable(
    r: Relaxation, process: LpProcess, effort: Effort, price: int
) -> list[Placed] | None:
    """Give the sections of the program's best solution found in time; None if none was.

    What is spent beyond a purse has a price: a solution is there at once, and gets better.

    Parameters
    ----------
    price
        Points for each part of a purse (``budget.PARTS``) that is spent beyond it.
    """
    for row in r.money_rows.values():
        part = max(1, (r.lp.high[row] or 0) // PARTS)
        r.lp.put(row, r.lp.column(MOST_OVERSPENT, -price), -part)
    relaxed = process.solve(r.lp, effort)
    if relaxed is None:
        return None
    for column in r.opened.values():
        if relaxed.values[column] < INTEGRALITY:
            r.lp.upper[column] = r.lp.lower[column]
    whole = [*r.opened.values(), *r.lead.values(), *r.groups.values()]
    solution = process.solve(r.lp, effort, WHOLE, whole)
    if solution is None:
        return None
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
