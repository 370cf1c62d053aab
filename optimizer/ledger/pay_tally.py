"""How often each person is paid at each rate, month by month."""

from collections import Counter
from collections.abc import Iterator, Mapping

from models import CareGroup, Cost, PayUnit, Plan, PolicyItem, School, Section
from optimizer.ledger.lines import Entry, Line, LineUnit, OwnSource, Party
from optimizer.ledger.tariffs import accounts, pay_parts, term_days, work_of
from optimizer.ledger.tariffs.pay import by_weekday

Group = Section | CareGroup
PayTally = Counter[tuple[str, str, Cost, int]]
"""Number of occasions by person, month, kind of pay and rate in fen."""


def groups_of(plan: Plan) -> Iterator[Group]:
    """Give the sections and care groups of a plan."""
    yield from plan.sections
    yield from plan.care_groups


def planned_tally(school: School, plan: Plan) -> PayTally:
    """Count the occasions of a plan."""
    tally: PayTally = Counter()
    days = term_days(school)
    for person, week in work_of(plan).items():
        for weekday, slots in by_weekday(school, week).items():
            parts = pay_parts(school, slots, school.teacher[person])
            for month, counts in days.counts.items():
                for cost, rate_fen in parts if counts.get(weekday) else ():
                    tally[person, month, cost, rate_fen] += counts[weekday]
    return tally


def pay_lines(school: School, tally: Mapping[tuple[str, str, Cost, int], int]) -> Iterator[Line]:
    """Give the lines of pay: by person in the school's order, month, kind and rate."""
    books = accounts(school).of_cost
    person = {teacher.id: number for number, teacher in enumerate(school.teachers)}
    month = {name: number for number, name in enumerate(term_days(school).months)}
    kind = {cost: number for number, cost in enumerate(Cost)}
    sources = _sources(school)
    for key in sorted(tally, key=lambda k: (person[k[0]], month[k[1]], kind[k[2]], k[3])):
        (who, name, cost, rate_fen), count = key, tally[key]
        if not count:
            continue
        by_session = school.teacher[who].pay_unit is PayUnit.SESSION
        yield Line(
            month=name,
            party=Party.STAFF,
            who=who,
            entry=Entry(cost.value),
            account=books[cost].id,
            quantity=count,
            unit=LineUnit.SESSION if by_session else LineUnit.PERIOD,
            rate_fen=rate_fen,
            amount_fen=-count * rate_fen,
            source=sources[cost],
        )


def _sources(school: School) -> dict[Cost, str]:
    """Name what each kind of pay follows from."""
    overtime = [clause.source for clause in school.in_force(PolicyItem.OVERTIME_FROM)]
    return {
        Cost.PAY_NORMAL: OwnSource.PAY,
        Cost.PAY_OVERTIME: overtime[0] if overtime else OwnSource.OVERTIME_PAY,
        Cost.PAY_EXTERNAL: OwnSource.PAY,
    }
