"""The settled ledger: what a term really brought in and cost, by the records of attendance.

Whoever the plan expects was there unless a record says otherwise.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from models import Plan, PolicyItem, School, Text, listed
from models.attendance import Absence, Attendance
from optimizer.ledger.attendance import AttendanceError, mistakes
from optimizer.ledger.closing import close
from optimizer.ledger.index import Occasion, PlanIndex, actual_spans
from optimizer.ledger.lines import Ledger
from optimizer.ledger.pay_tally import PayTally, planned_tally
from optimizer.ledger.tariffs import Presence, pay_parts

NO_NOTE = Text(
    "学生 {student} 有 {count} 次缺席没有请假条（{dates}）；请向家长补要。",
    "absences of student {student} without a note: {count} ({dates}); ask the family for one.",
)

Missed = dict[str, dict[date, set[str]]]


def settled_ledger(
    school: School, plan: Plan, attendance: Attendance, until: date | None = None
) -> Ledger:
    """Work out the ledger of a plan of this school by what really happened.

    Parameters
    ----------
    until
        The last day that the records tell of; what is later is as planned. None: they tell of the
        whole term.

    Raises
    ------
    AttendanceError
        With every mistake in the records; nothing is settled before they are right.
    LookupError
        As for the planned ledger.
    """
    index = PlanIndex(school, plan)
    problems = mistakes(index, attendance)
    if problems:
        raise AttendanceError(problems)
    off = {occasion for record in attendance.cancelled for occasion in index.called_off(record)}
    presence = Presence(
        index.days.without(index.days_off(off)),
        index.weekly,
        actual_spans(school, attendance),
        _missed(index, attendance.absences, off),
        _missed(index, (), off),
        settled=True,
    )
    tally = _worked(index, planned_tally(school, plan), attendance, off)
    notes = _without_note(school, attendance.absences)
    return close(school, presence, tally, notes, until or school.term.last_date)


def _missed(index: PlanIndex, absences: Iterable[Absence], off: Iterable[Occasion]) -> Missed:
    """Give the slots at which students were away or their group did not meet."""
    missed: Missed = {}
    for _, student, day, slot, _ in absences:
        days = missed.get(student)
        if days is None:
            days = missed[student] = {}
        slots = (slot,) if slot else index.weekly[student][index.days.follows[day]]
        if day in days:
            days[day].update(slots)
        else:
            days[day] = set(slots)
    for day, slot, group in off:
        for student in index.groups[group].students:
            missed.setdefault(student, {}).setdefault(day, set()).add(slot)
    return missed


def _worked(
    index: PlanIndex, tally: PayTally, attendance: Attendance, off: set[Occasion]
) -> PayTally:
    """Change the planned occasions of staff to those that took place.

    Whoever has something called off, is stood in for or stands in is paid anew for the date: what
    one does of a session changes what all of it is.
    """
    stand_ins = {(r.day, r.slot, r.absent): r.substitute for r in attendance.substitutes}
    changed = {(day, person) for day, _, group in off for person in index.groups[group].staff}
    held: dict[tuple[date, str], list[str]] = {}
    for (day, slot, absent), substitute in stand_ins.items():
        changed |= {(day, absent), (day, substitute)}
        groups = index.duties[absent].get(slot, ())
        stood = [slot for group in groups if (day, slot, group) not in off]
        held.setdefault((day, substitute), []).extend(stood)
    for day, person in changed:
        planned, actual = list[str](), held.get((day, person), [])
        for slot in index.slots_on(day):
            groups = index.duties[person].get(slot, ())
            planned += [slot for _ in groups]
            if (day, slot, person) not in stand_ins:
                actual += [slot for group in groups if (day, slot, group) not in off]
        month, teacher = index.days.month[day], index.school.teacher[person]
        for there, times in ((planned, -1), (actual, 1)):
            for cost, rate_fen in pay_parts(index.school, there, teacher):
                tally[person, month, cost, rate_fen] += times
    return tally


def _without_note(school: School, absences: Iterable[Absence]) -> Iterator[Text]:
    """List the absences without a note, where the policy asks for one, by student."""
    if not school.in_force(PolicyItem.LEAVE_NOTE):
        return
    asked = {g for g in school.grades if school.clauses(PolicyItem.LEAVE_NOTE, g)}
    found: dict[str, list[tuple[date, str]]] = {}
    for absence in absences:
        if not absence.note and school.grade_of[absence.student] in asked:
            found.setdefault(absence.student, []).append((absence.day, absence.slot or ""))
    for student in school.students:
        if student.id in found:
            times = sorted(found[student.id])
            dates = listed(f"{day} {slot}".strip() for day, slot in times)
            yield NO_NOTE.fill(student=student.id, count=len(times), dates=dates)
