"""Solve a school under one budget after another: value, bound and gap of each.

python -m benchmarks.budgets SCHOOL.xlsx --yuan 100000 105000 112000   # these sums
python -m benchmarks.budgets mixed-300-24-0 --lowest 6                 # the least that any plan was
                                                     # found for, and five more, 2 % apart
python -m benchmarks.budgets SCHOOL.xlsx --yuan ... --carry  # each from the plan of the one before

What this state of the program has a row of is skipped. In the end it says where more money came to
fewer points, or to a lower bound. Without ``--carry`` each sum is a run of its own, which is what
a planner gets; with it no plan is worse than the one for less, as in a comparison of sums.
"""

import argparse
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from benchmarks.aims import for_points
from benchmarks.best_known import Which
from benchmarks.record import append, product, tell
from benchmarks.solve import rows_of
from models import Plan, School
from optimizer.checks import verify
from optimizer.engine import Limits, solve
from optimizer.errors import InfeasibleError, ZoubanError
from optimizer.files import read_school

SUITE = "budgets"
HALVINGS = 6
"""How often the span between a sum without a plan and one with it is halved for ``--lowest``."""
Row = dict[str, object]


def with_budget(school: School, fen: int) -> School:
    """Give the school with a sum for all pay."""
    budget = school.settings.budget.model_copy(update={"sum_fen": fen})
    return school.replaced(settings=school.settings.model_copy(update={"budget": budget}))


def school_named(name: str) -> School:
    """Read a file, or generate STYLE-STUDENTS-COURSES-SEED; points alone count."""
    try:
        return Which.named(name).make()
    except ValueError:
        return for_points(read_school(Path(name)))


class Sweep:
    """Runs of one school under several budgets."""

    def __init__(self, name: str, limits: Limits, carry: bool) -> None:
        self.name, self.limits, self.carry = name, limits, carry
        self.school = school_named(name)
        self.plan: Plan | None = None

    def row(self, fen: int) -> Row:
        """Give the row of a sum: a known one, or that of a run."""
        key: Row = {
            "school": Path(self.name).name,
            "digest": self.school.digest,
            "product": product(),
            "limit": self.limits.seconds,
            "seed": self.limits.seed,
            "workers": self.limits.workers,
            "carried": int(self.carry),
            "budget_fen": fen,
        }
        known = None if self.carry else _known(key)
        if known is None:
            known = key | self._run(with_budget(self.school, fen))
            append(SUITE, known)
        tell(known)
        return known

    def _run(self, school: School) -> Row:
        began, plan, said = perf_counter(), None, ""
        try:
            plan = solve(school, self.limits, start=self.plan if self.carry else None)
            status = plan.status.value
        except InfeasibleError as error:
            status, said = "INFEASIBLE", "+".join(error.families)
        except ZoubanError as error:
            status = type(error).__name__
        self.plan = plan or self.plan
        return {
            "status": status,
            "seconds": round(perf_counter() - began, 1),
            "value": plan and plan.value,
            "bound": plan and plan.bound,
            "gap": None if plan is None or plan.gap is None else round(plan.gap, 4),
            "pay_fen": plan and plan.pay_fen,
            "findings": None if plan is None else len(verify(school, plan)),
            "families": said,
        }

    def lowest(self, count: int, step: float) -> list[int]:
        """Give the least sum that a plan was found for, by halving, and more, so far apart."""
        high = self.school.settings.budget.sum_fen
        if high is None:
            raise SystemExit(f"{self.name}: has no budget to begin with")
        low = high // 2
        for _ in range(HALVINGS):
            middle = (low + high) // 2
            pay = self.row(middle)["pay_fen"]
            low, high = (middle, high) if pay in (None, "") else (low, int(str(pay)))
        return [round(high * (1 + step * n)) for n in range(count)]


def _known(key: Row) -> Row | None:
    wanted = {name: str(value) for name, value in key.items()}
    for row in rows_of(SUITE, product()):
        if wanted.items() <= row.items():
            return {n: v for n, v in row.items() if n in wanted or n in FIGURES}
    return None


FIGURES = ("status", "seconds", "value", "bound", "gap", "pay_fen", "findings", "families")


def falls(rows: list[Row]) -> Iterator[str]:
    """Say where more money comes to fewer points, or to a lower bound; rows by their sum."""
    ordered = sorted(rows, key=lambda row: int(str(row["budget_fen"])))
    for name in ("value", "bound"):
        there = [row for row in ordered if row[name] not in (None, "")]
        for less, more in pairwise(there):
            before, after = int(str(less[name])), int(str(more[name]))
            if after < before:
                yield f"{name} falls from {before} to {after} at {more['budget_fen']} fen"


def main() -> None:
    """Run a sweep from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("school", help="a file, or STYLE-STUDENTS-COURSES-SEED")
    parser.add_argument("--yuan", type=int, nargs="+", default=[])
    parser.add_argument("--lowest", type=int, default=0, help="so many of the lowest sums")
    parser.add_argument("--step", type=float, default=0.02, help="share that they are apart")
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--carry", action="store_true", help="go on from the plan for less money")
    options = parser.parse_args()
    limits = Limits(options.limit, options.seed, options.workers)
    sweep = Sweep(options.school, limits, options.carry)
    sums = [100 * yuan for yuan in options.yuan]
    if options.lowest:
        sums += sweep.lowest(options.lowest, options.step)
    rows = [sweep.row(fen) for fen in sorted(sums)]
    for line in falls(rows):
        print(line)


if __name__ == "__main__":
    main()
