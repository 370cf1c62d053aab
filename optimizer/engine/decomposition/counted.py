"""A timetable where money is short: of the school's program, with sections and groups whole.

Dual values say what money is worth at the margin; a purse that hardly pays for base care is no
matter of margins. A group is saved by just so many children of a grade in sections of one slot, and
the relaxation saves a tenth of it by a tenth of them, for nothing. So the program is solved with
sections, their leaders and care groups in whole numbers, and students continuous (HiGHS, branch and
bound), of the offers that the relaxation opens a part of or would open next (RENS): its sections
are a timetable whose savings are whole ones.

Where the purse is shorter still, branch and bound finds no way to stay within it while it looks for
points. Then pay alone is made least, and with the groups of that timetable points are most.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

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
PART = 1000
"""What a part of a purse costs where pay is made least: fine enough to be rounded."""


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
    lp = _kept(r, params)
    for row in r.money_rows.values():
        lp.put(row, lp.column(MOST_OVERSPENT, -price), -_part(r.lp, row))
    solution = _in_whole_numbers(r, lp, process, effort, params)
    return None if solution is None else _sections(r, solution)


def cheapest_timetables(
    r: Relaxation,
    process: LpProcess,
    effort: Callable[[], Effort],
    params: ThriftParams = DEFAULTS.thrift,
) -> Iterator[list[Placed]]:
    """Give the sections of least pay, then those of most points with the same care groups.

    Parameters
    ----------
    effort
        Says what each of the two may cost.
    """
    cheapest = _in_whole_numbers(r, _least_pay(r), process, effort(), params)
    if cheapest is None:
        return
    yield _sections(r, cheapest)
    lp = _kept(r, params)
    for column in r.groups.values():
        lp.lower[column] = lp.upper[column] = round(float(cheapest.values[column]))
    best = _in_whole_numbers(r, lp, process, effort(), params, cheapest)
    if best is not None:
        yield _sections(r, best)


def _least_pay(r: Relaxation) -> Lp:
    """Give the program in which pay, as a share of each purse, is least, and points are nothing."""
    lp = r.lp.copy()
    lp.gain = [0] * len(lp.gain)
    parts = {row: _part(lp, row) for row in r.money_rows.values()}
    for row, column, amount in zip(r.lp.rows, r.lp.columns, r.lp.coefficients, strict=True):
        if row in parts:
            lp.gain[column] -= round(PART * amount / parts[row])
    for row, part in parts.items():
        lp.put(row, lp.column(MOST_OVERSPENT, -PARTS * PART), -part)
    return lp


def _kept(r: Relaxation, params: ThriftParams) -> Lp:
    """Give the program with a little of each purse left: whole students need more."""
    lp = r.lp.copy()
    for row in r.money_rows.values():
        limit = lp.high[row] or 0
        lp.high[row] = limit - round(params.counted_kept * max(0, limit))
    return lp


def _part(lp: Lp, row: int) -> int:
    return max(1, (lp.high[row] or 0) // PARTS)


def _in_whole_numbers(
    r: Relaxation,
    lp: Lp,
    process: LpProcess,
    effort: Effort,
    params: ThriftParams,
    known: LpSolution | None = None,
) -> LpSolution | None:
    """Solve a program with sections, leaders and groups whole, of offers likely to open.

    Parameters
    ----------
    known
        A solution in whole numbers, whose offers are likely, too.
    """
    relaxed = process.solve(lp, effort)
    if relaxed is None:
        return None
    worse = _reduced_costs(lp, relaxed)
    values = relaxed.values[: len(r.lp.gain)]
    if known is not None:
        values = np.maximum(values, known.values[: len(values)])
    opened = sorted(r.opened.values(), key=lambda n: (values[n] < INTEGRALITY, worse[n]))
    parts = sum(values[column] >= INTEGRALITY for column in opened)
    for column in opened[params.counted_around * parts :]:
        lp.upper[column] = lp.lower[column]
    whole = [*r.opened.values(), *r.lead.values(), *r.groups.values()]
    return process.solve(lp, effort, WHOLE, whole)


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
