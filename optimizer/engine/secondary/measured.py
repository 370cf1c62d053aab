"""The secondary aims counted in a plan: less is better, and what comes first outdoes the rest."""

from collections import Counter, defaultdict

from models import School, StaffKind
from optimizer.checks import own_staff_first
from optimizer.engine.finish.draft import Found
from optimizer.ledger.tariffs import term_pay_fen


def measured(school: School, found: Found) -> tuple[int, ...]:
    """Give what ``targets.SECONDARY`` minimise, in their order; 0 of what does not matter here.

    Periods a week of people from outside, pay in fen, the sum of the squares of the weekly periods
    of own staff, and minus the seats and leaders that are as in the earlier plan.
    """
    sections, groups = found
    work: dict[str, list[str]] = defaultdict(list)
    for section in sections:
        for person in section.staff:
            work[person] += section.slots
    for group in groups:
        for person in group.staff:
            work[person].append(group.slot)
    own = {t.id for t in school.teachers if t.kind is StaffKind.OWN}
    loads = Counter({person: len(slots) for person, slots in work.items()})
    outside = sum(n for person, n in loads.items() if person not in own)
    return (
        outside if own_staff_first(school) else 0,
        sum(term_pay_fen(school, slots, school.teacher[p]) for p, slots in work.items()),
        sum(n * n for person, n in loads.items() if person in own),
        -_as_before(school, found),
    )


def _as_before(school: School, found: Found) -> int:
    """Count the seats and the leaders of sections that are as in the earlier plan."""
    before = school.previous
    seats = {(s, p.course, frozenset(p.slots)) for p in before for s in p.students}
    leads = {(t, p.course, frozenset(p.slots)) for p in before for t in p.staff}
    return sum(
        len({(s, p.course, frozenset(p.slots)) for s in p.students} & seats)
        + len({(t, p.course, frozenset(p.slots)) for t in p.staff} & leads)
        for p in found[0]
    )
