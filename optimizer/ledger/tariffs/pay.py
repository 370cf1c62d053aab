"""What work is paid.

An *occasion* is what is paid at once. For who is paid by the period it is a period with one section
or care group on a date. For who is paid by the session it is all that he does on a date, with
however many sections and groups, in a row or not: a session is one a person and a day, however
long. A policy's cap on what own staff are paid is one a period: a session is paid no more than the
cap times its periods. Own staff work overtime from the clock that the policy names. An occasion
that straddles it is split by minutes, each part's rate rounded half up to the fen.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from models import CareGroup, Cost, PayUnit, Plan, PolicyItem, School, Section, StaffKind, Teacher
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


def cap_a_period(school: School) -> int | None:
    """Give the most that own staff may be paid for a period; None where there is no cap."""
    clauses = school.in_force(PolicyItem.PAY_MAX)
    return min((c.value for c in clauses if c.value is not None), default=None)


def pay_parts(school: School, slots: Sequence[str], teacher: Teacher) -> tuple[PayPart, ...]:
    """Give what a person is paid for all that he does on a date.

    Parameters
    ----------
    slots
        The slots he is at on the date; one at which he has several groups comes once for each.
    """
    if teacher.kind is StaffKind.VOLUNTEER or not slots:
        return ()
    by_session = teacher.pay_unit is PayUnit.SESSION
    if teacher.kind is not StaffKind.OWN:
        return _part(Cost.PAY_EXTERNAL, teacher.pay_fen) * (1 if by_session else len(slots))
    occasions = [tuple(dict.fromkeys(slots))] if by_session else [(slot,) for slot in slots]
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
    cap = cap_a_period(school)
    if cap is not None:
        most = cap * len(slots)
        normal, over = (None if rate is None else min(rate, most) for rate in (normal, over))
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


def work_of(plan: Plan) -> dict[str, list[str]]:
    """Give each person's slots of the week by a plan; one with several groups comes for each."""
    found: dict[str, list[str]] = {}
    groups: tuple[Section | CareGroup, ...] = (*plan.sections, *plan.care_groups)
    for group in groups:
        for person in group.staff:
            found.setdefault(person, []).extend(slots_of(group))
    return found


def slots_of(group: Section | CareGroup) -> tuple[str, ...]:
    """Give the slots at which a section or care group meets."""
    return group.slots if isinstance(group, Section) else (group.slot,)


def pay_costs(school: School, slots: Iterable[str], teacher: Teacher) -> dict[Cost, int]:
    """Give a person's pay for the term, in fen by kind, if these are all his slots of the week."""
    dates = term_days(school).weekdays
    costs: Counter[Cost] = Counter()
    for weekday, here in by_weekday(school, slots).items():
        for cost, rate_fen in pay_parts(school, here, teacher):
            costs[cost] += rate_fen * dates[weekday]
    return dict(costs)


def term_pay_fen(school: School, slots: Iterable[str], teacher: Teacher) -> int:
    """Give all kinds of a person's pay for the term together, if these are all his slots."""
    return sum(pay_costs(school, slots, teacher).values())


def least_session(
    school: School, slots: Iterable[str], teacher: Teacher, costs: Collection[Cost]
) -> int:
    """Give what a session at any of these slots of one weekday costs at the least all term.

    Parameters
    ----------
    costs
        The kinds of pay that are counted.
    """
    names = sorted(set(slots))
    alone = [pay_costs(school, (slot,), teacher) for slot in names]
    least = min(_of_kinds(cost, costs) for cost in alone)
    if any(cost != alone[0] for cost in alone):
        # Where sessions straddle the clock each part is rounded, by half a fen at most.
        least -= term_days(school).weekdays[school.slot[names[0]].weekday]
    return max(0, least)


def least_share(school: School, slot: str, teacher: Teacher, costs: Collection[Cost]) -> int:
    """Give what a slot costs at the least as a share of all that a person does on its weekday.

    Over the slots that he has, whichever they are, the shares come to no more than his pay.
    """
    if teacher.pay_unit is not PayUnit.SESSION:
        return _of_kinds(pay_costs(school, (slot,), teacher), costs)
    weekday = school.slot[slot].weekday
    day = [s.id for s in school.slots if s.weekday == weekday and teacher.available(s.id)]
    most = min(len(day), teacher.max_periods_day)
    return least_session(school, (slot, *day), teacher, costs) // max(1, most)


def _of_kinds(paid: Mapping[Cost, int], costs: Collection[Cost]) -> int:
    return sum(fen for cost, fen in paid.items() if cost in costs)


def plan_pay_fen(school: School, plan: Plan) -> int:
    """Pay of everyone in a plan over the whole term."""
    return sum(
        term_pay_fen(school, slots, school.teacher[who]) for who, slots in work_of(plan).items()
    )
