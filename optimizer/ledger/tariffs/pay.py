"""What work is paid.

An *occasion* is what is paid at once: a slot of a date for who is paid by the period, and for who
is paid by the session all that one section or care group does with him on a date. Own staff work
overtime from the clock that the policy names. An occasion that straddles it is split by minutes,
each part's rate rounded half up to the fen.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models import Cost, PayUnit, Plan, PolicyItem, School, StaffKind, Teacher
from optimizer.ledger.lines import half_up
from optimizer.ledger.tariffs.days import term_days


class PayPart(NamedTuple):
    """What an occasion, or the part of it on one side of the clock, is paid."""

    cost: Cost
    rate_fen: int


def overtime_from(school: School) -> int | None:
    """Give the clock from which own staff's work is overtime; None means never.

    Were there several for different grades, the earliest would count: what is paid is the hour of
    the person's day, not whom he looks after.
    """
    clauses = school.in_force(PolicyItem.OVERTIME_FROM)
    return min((c.value for c in clauses if c.value is not None), default=None)


def pay_parts(school: School, slots: Sequence[str], teacher: Teacher) -> tuple[PayPart, ...]:
    """Give what a person is paid for being with one group at these slots of one date."""
    if teacher.kind is StaffKind.VOLUNTEER or not slots:
        return ()
    if teacher.kind is not StaffKind.OWN:
        count = 1 if teacher.pay_unit is PayUnit.SESSION else len(slots)
        return _part(Cost.PAY_EXTERNAL, teacher.pay_fen) * count
    occasions = [slots] if teacher.pay_unit is PayUnit.SESSION else [(slot,) for slot in slots]
    clock = overtime_from(school)
    return tuple(part for at in occasions for part in _split(school, at, teacher, clock))


def _part(cost: Cost, rate_fen: int | None) -> tuple[PayPart, ...]:
    """Give a part, or nothing where no rate was agreed."""
    return () if rate_fen is None else (PayPart(cost, rate_fen),)


def _split(
    school: School, slots: Sequence[str], teacher: Teacher, clock: int | None
) -> tuple[PayPart, ...]:
    """Split an occasion of own staff at the clock from which work is overtime."""
    normal, over = teacher.pay_fen, teacher.overtime_pay_fen
    if over is None:
        over = normal
    times = [school.slot[slot] for slot in slots]
    minutes = sum(slot.minutes for slot in times)
    late = 0
    if clock is not None:
        late = sum(max(0, s.end_minute - max(s.start_minute, clock)) for s in times)
    if not late:
        return _part(Cost.PAY_NORMAL, normal)
    if late == minutes:
        return _part(Cost.PAY_OVERTIME, over)
    early = None if normal is None else half_up(normal * (minutes - late), minutes)
    after = None if over is None else half_up(over * late, minutes)
    return _part(Cost.PAY_NORMAL, early) + _part(Cost.PAY_OVERTIME, after)


def by_weekday(school: School, slots: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Sort slots by their weekday."""
    found: dict[int, tuple[str, ...]] = {}
    for slot in slots:
        weekday = school.slot[slot].weekday
        found[weekday] = (*found.get(weekday, ()), slot)
    return found


def pay_costs(school: School, slots: Iterable[str], teacher: Teacher) -> dict[Cost, int]:
    """Give a person's pay, in fen by kind, for one group at these slots all term."""
    dates = term_days(school.term).weekdays
    costs: Counter[Cost] = Counter()
    for weekday, here in by_weekday(school, slots).items():
        for cost, rate_fen in pay_parts(school, here, teacher):
            costs[cost] += rate_fen * dates[weekday]
    return dict(costs)


def section_pay_fen(school: School, slots: Iterable[str], teacher: Teacher) -> int:
    """Pay of one person for leading a section at these slots all term."""
    return sum(pay_costs(school, slots, teacher).values())


def care_pay_fen(school: School, slot: str, teacher: Teacher) -> int:
    """Pay of one person for supervising one care group at a slot all term."""
    return section_pay_fen(school, (slot,), teacher)


def plan_pay_fen(school: School, plan: Plan) -> int:
    """Pay of everyone in a plan over the whole term."""
    sections = sum(
        section_pay_fen(school, section.slots, school.teacher[t])
        for section in plan.sections
        for t in section.staff
    )
    care = sum(
        care_pay_fen(school, group.slot, school.teacher[t])
        for group in plan.care_groups
        for t in group.staff
    )
    return sections + care
