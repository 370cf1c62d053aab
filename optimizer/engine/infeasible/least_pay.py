"""What a plan costs at the least, where a sum for all pay is given: proved, in whole fen.

The program in which students are only counted (``relax`` with ``by_number``) holds every plan. Its
pay is made least by linear programming, and what the dual values prove of it is added up without
rounding (``Lp.bound``): no plan costs less, whatever the solver did.
"""

from models import School, Text, yuan
from optimizer.engine.lp.highs import solve_here
from optimizer.rules import relax

_FAR = 10**12
"""A sum, in fen, that no pay comes to."""
LEAST_PAY = Text(
    "已证明：任何方案的课酬都不少于 {least} 元（预算 {limit} 元）。",
    "Proved: at least {least} yuan are needed for pay, whatever the plan (budget {limit} yuan).",
)


def least_pay_fen(school: School, seconds: float) -> int | None:
    """Give what every plan costs at the least; None where no sum is given, or nothing is shown."""
    budget = school.settings.budget
    if budget.sum_fen is None:
        return None
    free = budget.model_copy(update={"sum_fen": _FAR})
    rich = school.replaced(settings=school.settings.model_copy(update={"budget": free}))
    r = relax(rich, by_number=True)
    lp, money = r.lp, r.money_rows[""]
    lp.gain = [0] * len(lp.gain)
    for row, column, amount in zip(lp.rows, lp.columns, lp.coefficients, strict=True):
        if row == money:
            lp.gain[column] -= amount
    solution = solve_here(lp, seconds)
    return None if solution is None else max(0, -lp.bound(solution.duals)) or None


def said_of_pay(school: School, seconds: float) -> Text | None:
    """Say what pay is needed at the least; None where nothing is proved of it."""
    least, limit = least_pay_fen(school, seconds), school.settings.budget.sum_fen
    if least is None or limit is None:
        return None
    return LEAST_PAY.fill(least=yuan(least), limit=yuan(limit))
