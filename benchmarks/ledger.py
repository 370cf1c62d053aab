"""Work out ledgers at the size of 5,000 students, and settle 100,000 records; record the seconds.

python -m benchmarks.ledger                  # 5,000 students, 200 courses, 100,000 records
python -m benchmarks.ledger --students 20000 --courses 800
"""

import argparse
import json
from collections.abc import Callable
from random import Random
from time import perf_counter
from typing import TypeVar

from benchmarks.attendance import make_attendance
from benchmarks.record import append, tell
from instances import StyleName, generate
from models import Budget, FeeBasis, Plan, School, StudentGroup
from optimizer.ledger import audit, ledger_data, planned_ledger, settled_ledger

Made = TypeVar("Made")
FEES = {
    "month": Budget(fee_basis=FeeBasis.MONTH, fee_fen=18_000),
    "period": Budget(fee_basis=FeeBasis.PERIOD, fee_fen=375, subsidy_fen_per_student=250),
}
"""By the month absences change next to nothing; by the period every one of them counts."""


def timed(step: Callable[[], Made]) -> tuple[Made, float]:
    """Give what a step makes and the seconds it takes."""
    start = perf_counter()
    made = step()
    return made, round(perf_counter() - start, 2)


def charging(school: School, budget: Budget) -> School:
    """Give the school with a fee, and relief for its priority groups."""
    groups = tuple(
        StudentGroup(id=g.id, name=g.name, priority=g.priority, relief_percent=50, reimbursed=True)
        for g in school.groups
    )
    settings = school.settings.model_copy(update={"budget": budget})
    return school.replaced(settings=settings, groups=groups)


def measure(school: School, plan: Plan, records: int) -> dict[str, object]:
    """Time the planned and the settled ledger, the audit and the data of the latter."""
    planned, planned_s = timed(lambda: planned_ledger(school, plan))
    attendance = make_attendance(Random(0), school, plan, records)
    settled, settled_s = timed(lambda: settled_ledger(school, plan, attendance))
    faults, audit_s = timed(lambda: [*audit(planned), *audit(settled)])
    _, data_s = timed(lambda: json.dumps(ledger_data(settled)))
    return {
        "records": sum(map(len, attendance)),
        "lines": len(settled.lines),
        "planned_s": planned_s,
        "settled_s": settled_s,
        "audit_s": audit_s,
        "data_s": data_s,
        "faults": len(faults),
    }


def main() -> None:
    """Time each step once and record a row a way of charging."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--students", type=int, default=5000)
    parser.add_argument("--courses", type=int, default=200)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--style", default="mixed", choices=["clubhour", "mixed", "nine-year"])
    options = parser.parse_args()
    style: StyleName = options.style
    made = generate(style, options.students, options.courses, 0)
    for fee, budget in FEES.items():
        school = charging(made.school, budget)
        row: dict[str, object] = {"style": style, "students": options.students, "fee": fee}
        row |= measure(school, made.witness, options.records)
        append("ledger", row)
        tell(row)


if __name__ == "__main__":
    main()
