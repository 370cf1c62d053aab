"""The policy's hours.

Statement, for every student, seat and place in base care, under the clauses in force for his grade.
``latest_end``: no slot (evening study apart) ends later; but base care may be held later for grades
of which only children of groups that ``late_care`` names asked to stay then.
``evening_latest_end``: no evening-study slot ends later; and none starts before the latest end of
his other slots, where there is one: what starts earlier is ordinary service. Nor does any ordinary
slot end later (late care apart), so that nothing is gained by not marking an evening; for grades
for which none stands, the latest that stands for others. ``activities_end``: no slot of a section
that he has a seat in ends later. ``evening_max_minutes``: his evening-study minutes on a day are at
most this. ``max_minutes_day`` and ``max_periods_day``: his minutes and slots on a day, evening
study apart, are at most this. ``max_learning_periods_day``: his minutes of learning on a day,
evening study apart, are at most so many periods of the length that ``learning_period_minutes`` or
``period_minutes`` says, of several the shortest; where none says it, his slots of learning are at
most so many. He learns in a course that is learning (``Course.is_learning``) and in base care at a
slot whose care content is homework. ``service_weekday``: where any stand, slots are on these
weekdays only; ``evening_weekday``: the same of evening-study slots. ``evening_allowed``: where any
stands, for whichever grades, a slot is no evening-study slot unless one concerns his grade. (Where
a document allows none, no school has such a slot: ``models.validation``.) ``excluded_group``: a
student of the group, by its id or its kind, has no seat and no care. ``eligible``: where any
stands, the same goes for grades that none concerns. What the policy wants of the school's slots and
dates, whatever the plan (``earliest_end`` and others), is in ``_week`` and ``_dates``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ortools.sat.python import cp_model

from models import CareContent, PolicyItem, School, Slot, Student
from models.late import only_late_care
from optimizer.rules._week import week_fits
from optimizer.rules.context import Model, Offer, total
from optimizer.rules.relaxation.relaxation import Relaxation

_DAY_LIMITS: dict[PolicyItem, Callable[[Slot], int]] = {
    PolicyItem.EVENING_MAX_MINUTES: lambda s: s.minutes if s.evening_study else 0,
    PolicyItem.MAX_MINUTES_DAY: lambda s: 0 if s.evening_study else s.minutes,
    PolicyItem.MAX_PERIODS_DAY: lambda s: 0 if s.evening_study else 1,
}
"""What a slot counts for in the limits of a day."""


def slot_barred(school: School, grade: int, slot: Slot) -> bool:
    """Tell whether the policy keeps the grade away from the slot, in base care, too."""
    latest = _lowest(school, PolicyItem.LATEST_END, grade)
    weekdays = [PolicyItem.SERVICE_WEEKDAY]
    if slot.evening_study:
        weekdays.append(PolicyItem.EVENING_WEEKDAY)
        if latest is not None and slot.start_minute < latest:
            return True
        if not _may_have_evenings(school, grade):
            return True
        latest = _lowest(school, PolicyItem.EVENING_LATEST_END, grade)
    else:
        latest = _latest_end(school, grade)
    too_late = latest is not None and slot.end_minute > latest
    if too_late and (slot.evening_study or not only_late_care(school, slot.id, grade)):
        return True
    allowed = ({c.value for c in school.clauses(item, grade)} for item in weekdays)
    return any(days and slot.weekday not in days for days in allowed)


def seat_barred(school: School, grade: int, slot: Slot) -> bool:
    """Tell whether the policy keeps the grade from sections at the slot."""
    ends = [_lowest(school, PolicyItem.ACTIVITIES_END, grade)]
    ends += [_latest_end(school, grade)] * (not slot.evening_study)
    too_late = any(end is not None and slot.end_minute > end for end in ends)
    return too_late or slot_barred(school, grade, slot)


def _latest_end(school: School, grade: int) -> int | None:
    """Give the latest minute at which a grade's ordinary slots may end."""
    item = PolicyItem.EVENING_LATEST_END
    everybody = [c.value for c in school.in_force(item) if c.value is not None]
    evening = _lowest(school, item, grade)
    if evening is None:
        evening = max(everybody, default=None)
    ends = (_lowest(school, PolicyItem.LATEST_END, grade), evening)
    return min((end for end in ends if end is not None), default=None)


def _lowest(school: School, item: PolicyItem, grade: int) -> int | None:
    return min((c.value for c in school.clauses(item, grade) if c.value is not None), default=None)


def _may_have_evenings(school: School, grade: int) -> bool:
    allowed = PolicyItem.EVENING_ALLOWED
    return not school.in_force(allowed) or bool(school.clauses(allowed, grade))


def forbids_seat(school: School, student: Student, offer: Offer) -> bool:
    """Forbid seats to excluded students and at barred slots."""
    grade = school.grade_of[student.id]
    return student.id in school.excluded or any(
        seat_barred(school, grade, school.slot[slot]) for slot in offer.slots
    )


def add(model: Model) -> None:
    """Add: no care at barred slots, the limits of a day; nothing fits where the slots do not."""
    school = model.school
    occupied = model.in_clubs_at()
    for (slot, grade, _), share in model.care_share.items():
        if slot_barred(school, grade, school.slot[slot]):
            model.cp.add(share == 0)
    if not week_fits(school):
        model.cp.add_bool_or([])
    for item, counts in _DAY_LIMITS.items():
        _day_limit(model, occupied, item, counts)
    _learning_limit(model, occupied)


class Learning(NamedTuple):
    """How long somebody may learn on a day, and in what it is counted."""

    most: int
    by_minutes: bool

    def of(self, slot: Slot) -> int:
        """Give what learning at a slot counts for."""
        if slot.evening_study:
            return 0
        return slot.minutes if self.by_minutes else 1

    def in_care(self, slot: Slot) -> int:
        """Give what base care at a slot counts for."""
        return self.of(slot) if slot.care_content is CareContent.HOMEWORK else 0


def learning_limit(school: School, grade: int) -> Learning | None:
    """Give the limit on a grade's learning on a day; None if it has none."""
    periods = _lowest(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, grade)
    if periods is None:
        return None
    items = (PolicyItem.LEARNING_PERIOD_MINUTES, PolicyItem.PERIOD_MINUTES)
    said = [_lowest(school, item, grade) for item in items]
    lengths = [length for length in said if length is not None]
    return Learning(periods * min(lengths), True) if lengths else Learning(periods, False)


def asks_too_much(school: School) -> bool:
    """Tell whether anyone asked to stay for longer than the policy allows on a day."""
    for item, counts in _DAY_LIMITS.items():
        limits = _limits(school, item)
        for student, _, slots in _days_of_stays(school) if limits else ():
            limit = limits.get(school.grade_of[student.id])
            if limit is not None and sum(map(counts, slots)) > limit:
                return True
    return False


def learning_too_long(school: School) -> Iterator[tuple[Student, int, int]]:
    """Give who needs seats, the weekday, and by how much he would learn too long in care."""
    limits = {grade: learning_limit(school, grade) for grade in school.grades}
    for student, weekday, slots in _days_of_stays(school) if any(limits.values()) else ():
        limit = limits[school.grade_of[student.id]]
        if limit is not None:
            over = sum(map(limit.in_care, slots)) - limit.most
            if over > 0:
                yield student, weekday, over


def _days_of_stays(school: School) -> Iterator[tuple[Student, int, list[Slot]]]:
    """Give each student who takes part, with each day and the slots he asked to stay at."""
    for student in school.students:
        if student.id not in school.excluded:
            days: dict[int, list[Slot]] = defaultdict(list)
            for slot in (school.slot[s] for s in student.stay_slots):
                days[slot.weekday].append(slot)
            for weekday, slots in days.items():
                yield student, weekday, slots


def _limits(school: School, item: PolicyItem) -> dict[int, int]:
    """Give the policy's limit on an item by grade, where it has one."""
    found = {g: _lowest(school, item, g) for g in school.grades}
    return {g: limit for g, limit in found.items() if limit is not None}


def _day_limit(
    model: Model,
    occupied: dict[tuple[str, str], list[cp_model.IntVar]],
    item: PolicyItem,
    counts: Callable[[Slot], int],
) -> None:
    """Add: what a student's slots of a day count for is at most the limit.

    At slots he asked to stay at he is present whatever happens (rule ``attendance``); at others,
    when seated.
    """
    limits, stays = _limits(model.school, item), model.keeps("attendance")
    for student in model.students:
        limit = limits.get(model.school.grade_of[student.id])
        if limit is None or student.id in model.school.excluded:
            continue
        present: dict[int, list[cp_model.LinearExprT]] = defaultdict(list)
        for slot in model.school.slots:
            if stays and slot.id in student.stay_slots:
                present[slot.weekday].append(counts(slot))
            else:
                present[slot.weekday] += [counts(slot) * v for v in occupied[student.id, slot.id]]
        for terms in present.values():
            model.cp.add(total(terms) <= limit)


def _learning_limit(model: Model, occupied: dict[tuple[str, str], list[cp_model.IntVar]]) -> None:
    """Add: learning courses and homework care on a day are at most the limit."""
    school = model.school
    limits = {grade: learning_limit(school, grade) for grade in school.grades}
    if not any(limits.values()):
        return
    days: dict[tuple[str, int], list[cp_model.LinearExprT]] = defaultdict(list)
    for (student, offer), var in model.seat.items():
        limit = limits[school.grade_of[student]]
        if limit is not None and school.course[model.offers[offer].course].is_learning:
            for slot in (school.slot[s] for s in model.offers[offer].slots):
                if limit.of(slot):
                    days[student, slot.weekday].append(limit.of(slot) * var)
    for stayer, stay in model.stays() if model.keeps("attendance") else ():
        limit, slot = limits[school.grade_of[stayer.id]], school.slot[stay]
        if limit is not None and limit.in_care(slot):
            free = 1 - total(occupied[stayer.id, stay])
            days[stayer.id, slot.weekday].append(limit.in_care(slot) * free)
    for (student, _), terms in days.items():
        limit = limits[school.grade_of[student]]
        if limit is not None:
            model.cp.add(total(terms) <= limit.most)


def relax(r: Relaxation) -> None:
    """Add: no care at barred slots; the slots fit; nobody stays too long; learning in base care."""
    for (slot, grade, _), places in r.share.items():
        if slot_barred(r.school, grade, r.school.slot[slot]):
            r.lp.upper[places] = 0
    if not week_fits(r.school) or (r.keeps("attendance") and asks_too_much(r.school)):
        r.never()
    if r.keeps("attendance"):
        _relaxed_learning(r)


def _relaxed_learning(r: Relaxation) -> None:
    """Add: whoever would do homework in base care for too long has seats at those slots.

    A student who would learn for so much too long on a day is in sections at homework slots of as
    much, or more; a grade's seats there are at least the sum of these.
    """
    school, lp = r.school, r.lp
    missing: dict[tuple[int, int], int] = defaultdict(int)
    for student, weekday, over in learning_too_long(school):
        missing[school.grade_of[student.id], weekday] += over
    for (grade, weekday), least in missing.items():
        limit = learning_limit(school, grade)
        assert limit is not None  # Else nobody of the grade could exceed it.
        row = r.learning_rows[grade, weekday] = lp.row(low=least)
        for (other, index), at in r.at.items():
            meets = [school.slot[s] for s in r.offers[index].slots]
            freed = sum(limit.in_care(slot) for slot in meets if slot.weekday == weekday)
            if other == grade and freed:
                lp.put(row, at, freed)
