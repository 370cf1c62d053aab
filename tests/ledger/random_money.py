"""What a random school gives of money under each regime, and its own rows of policy."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from models import Budget, Clause, FeeBasis, PartPeriod, PolicyItem

FREE = frozenset({"putuo-2021", "free-rota"})
OPEN_BASIS = frozenset({"changzhi-2021", "hebi", "city-menu"})
FIXED = {"banan-2020": (FeeBasis.MONTH, 18_000), "zhanggong-2021": (FeeBasis.PERIOD, 375)}
NO_RELIEF = frozenset({"changzhi-2021", "one-plus-x"})
SPECIAL = frozenset({"putuo-2021", "city-menu"})


def budget(random: Random, regime: str) -> Budget:
    """Give what the regime leaves open, and now and then what it does not ask for."""
    fields: dict[str, Any] = {"part_period": random.choice(list(PartPeriod))}
    if regime in FIXED:
        if random.random() < 0.3:
            fields["fee_basis"], fields["fee_fen"] = FIXED[regime]
    elif regime not in FREE:
        fields |= _fee(random, regime)
    if regime in SPECIAL or random.random() < 0.15:
        fields["special_fund_fen"] = random.choice([0, random.randint(1, 200_000)])
    if regime == "per-head-subsidy" or random.random() < 0.15:
        fields["subsidy_fen_per_student"] = random.randint(0, 30_000)
        fields["subsidy_earlier_fen"] = random.randint(0, 20_000)
        fields["uplift_percent"] = random.choice([0, 5, 13, 20])
    if random.random() < 0.15:
        fields["fee_from"] = date(2026, 2, 1) + timedelta(days=random.randrange(300))
    for kind in ("yearly_budget_fen", "donation_fen", "collection_fen"):
        if random.random() < 0.15:
            fields[kind] = random.randint(0, 100_000)
    return Budget(**fields)


def _fee(random: Random, regime: str) -> dict[str, Any]:
    most = 230 if regime == "one-plus-x" else 40_000
    fee = random.choice([most, random.randint(1, most)])
    if regime == "one-plus-x":
        return {"fee_basis": random.choice([None, FeeBasis.PERIOD]), "fee_fen": fee}
    bases = list(FeeBasis) if regime in OPEN_BASIS else [None, *FeeBasis, FeeBasis.TERM]
    basis = random.choice(bases)
    if basis is FeeBasis.NONE:
        return {"fee_basis": basis}
    standard = "notice 1" if regime == "changzhi-2021" else ""
    return {"fee_basis": basis, "fee_fen": fee, "fee_standard": standard}


def own_rows(random: Random, regime: str) -> Iterator[Clause]:
    """Give the rows that the regime asks for, and some stricter or further ones."""
    if regime == "banan-2020":
        yield _row(PolicyItem.LATEST_END, 18 * 60)
    if regime == "changzhi-2021":
        yield _row(PolicyItem.EARLIEST_END, 17 * 60)
    if random.random() < 0.3:
        grades = random.choice([(), (2,), (1, 5)])
        yield _row(PolicyItem.FEE_DAY_MAX, random.randint(100, 460), grades=grades)
    if random.random() < 0.3:
        grades = random.choice([(), (2,), (4, 6)])
        yield _row(PolicyItem.CHARGED_PERIODS_DAY_MAX, random.choice([1, 2]), grades=grades)
    if regime in OPEN_BASIS and random.random() < 0.2:
        yield _row(PolicyItem.FEE_PERIOD_MAX, random.randint(100, 900))
    if random.random() < 0.3:
        yield _row(PolicyItem.RELIEF, random.choice([15, 50, 100]), subject="choir")
        if random.random() < 0.5:
            yield _row(PolicyItem.RELIEF_REIMBURSED, subject="choir")
    if regime in NO_RELIEF and random.random() < 0.4:
        yield _row(PolicyItem.RELIEF, random.choice([20, 60]), subject="hardship")
    if regime != "putuo-2021" and random.random() < 0.3:
        yield _row(PolicyItem.OVERTIME_FROM, random.choice([16 * 60 + 30, 17 * 60]))


def _row(item: PolicyItem, value: int | None = None, **rest: Any) -> Clause:
    return Clause(item=item, value=value, source="school", **rest)
