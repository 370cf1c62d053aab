"""Mutants of the clauses on time: ends, lengths, days, homework hours, evening study."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from models import CareContent, Clause, Plan, PolicyItem, School, Slot, SlotUse
from models.calendar import service_dates
from tests.builders import revised, with_slot
from tests.instances.regime_plans import placed, without_slots
from tests.mutations.mutants import Mutant, State, present, slots_by_day

LATER = 5
"""Minutes by which a limit is broken."""
FRIDAY, SATURDAY, SUNDAY = 5, 6, 7
DAYS = range(1, 8)


def _grades(school: School, clause: Clause) -> list[int]:
    return sorted(school.scope(clause))


def _changed(school: School, plan: Plan, slot: str, **fields: object) -> State:
    return with_slot(school, slot, **fields), plan


def _shifted(school: School, plan: Plan, slots: list[str], minutes: int) -> State:
    """Move slots on the clock, their length as it was."""
    moved = tuple(
        revised(s, start_minute=s.start_minute + minutes, end_minute=s.end_minute + minutes)
        if s.id in slots
        else s
        for s in school.slots
    )
    return school.replaced(slots=moved), plan


def latest_end(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let the last slot of a day end too late."""
    yield from _too_late(school, plan, PolicyItem.LATEST_END, evening=False)


def evening_latest_end(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let evening study end too late."""
    yield from _too_late(school, plan, PolicyItem.EVENING_LATEST_END, evening=True)


def _too_late(school: School, plan: Plan, item: PolicyItem, *, evening: bool) -> Iterator[Mutant]:
    seen = set()
    for clause in school.in_force(item):
        for grade in _grades(school, clause):
            there = present(school, plan, grade)
            for ids in slots_by_day(school, grade, evening=evening).values():
                last = school.slot[ids[-1]]
                if last.id in there and last.id not in seen:
                    seen.add(last.id)
                    by = (clause.value or 0) + LATER - last.end_minute
                    if not _runs_into(school, last, by):
                        make = partial(_shifted, school, plan, [last.id], by)
                        yield Mutant(item, f"{last.id} {by} minutes later", (clause,), make)


def _runs_into(school: School, slot: Slot, minutes: int) -> bool:
    """Tell whether a slot that ends so much later overlaps another that follows it."""
    longer = revised(slot, end_minute=slot.end_minute + minutes)
    return any(s.overlaps(longer) and not s.overlaps(slot) for s in school.slots)


def stays_on(school: School, plan: Plan) -> Iterator[Mutant]:
    """Keep a child for a slot that others may have, but that ends too late for his grade."""
    for clause in school.in_force(PolicyItem.LATEST_END):
        for grade in _grades(school, clause):
            child = next((s.id for s in school.students if _stays(school, s.id, grade)), None)
            for slot in school.slots if child else ():
                late = slot.end_minute > (clause.value or 0) and not slot.evening_study
                closed = bool(slot.grades) and not slot.admits_grade(grade)
                stays = [school.slot[s] for s in school.student[str(child)].stay_slots]
                if late and closed and not any(slot.overlaps(s) for s in stays):
                    make = partial(_let_stay, school, plan, str(child), slot.id)
                    yield Mutant(clause.item, f"{child} at {slot.id}", (clause,), make)


def _let_stay(school: School, plan: Plan, student: str, slot: str) -> State:
    grades = (*school.slot[slot].grades, school.grade_of[student])
    return placed(with_slot(school, slot, grades=grades), plan, student, slot)


def evening_minutes(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let evening study take too long, from an earlier start."""
    for clause in school.in_force(PolicyItem.EVENING_MAX_MINUTES):
        evenings = {
            ids[0]
            for grade in _grades(school, clause)
            for ids in slots_by_day(school, grade, evening=True).values()
            if ids[0] in present(school, plan, grade)
        }
        for slot in sorted(evenings):
            start = school.slot[slot].end_minute - (clause.value or 0) - LATER
            make = partial(_changed, school, plan, slot, start_minute=start)
            yield Mutant(PolicyItem.EVENING_MAX_MINUTES, f"{slot} from {start}", (clause,), make)


def evening_allowed(school: School, plan: Plan) -> Iterator[Mutant]:
    """Keep a child for evening study that no clause allows for his grade."""
    allowed = school.in_force(PolicyItem.EVENING_ALLOWED)
    granted = {grade for clause in allowed for grade in school.scope(clause)}
    for grade in school.grades:
        child = next((s.id for s in school.students if _stays(school, s.id, grade)), None)
        if grade in granted or child is None:
            continue
        for weekday in (1, 3):
            make = partial(_in_the_evening, school, plan, child, weekday)
            name = f"{child} of grade {grade} in an evening of day {weekday}"
            yield Mutant(PolicyItem.EVENING_ALLOWED, name, allowed, make)


def _stays(school: School, student: str, grade: int) -> bool:
    there = school.grade_of[student] == grade and student not in school.excluded
    return there and bool(school.student[student].stay_slots)


def _in_the_evening(school: School, plan: Plan, student: str, weekday: int) -> State:
    evening = Slot(
        id="evening",
        weekday=weekday,
        start_minute=21 * 60,
        end_minute=21 * 60 + 40,
        use=SlotUse.CARE_ONLY,
        care_content=CareContent.READING,
        evening_study=True,
        grades=(school.grade_of[student],),
    )
    return placed(school.replaced(slots=(*school.slots, evening)), plan, student, "evening")


def evening_weekday(school: School, plan: Plan) -> Iterator[Mutant]:
    """Move evening study to a day of the weekend."""
    allowed = school.in_force(PolicyItem.EVENING_WEEKDAY)
    evenings = [slot for slot in school.slots if slot.evening_study] if allowed else []
    for slot in evenings[:3]:
        make = partial(_on_day, school, plan, slot.id, SUNDAY)
        yield Mutant(PolicyItem.EVENING_WEEKDAY, f"{slot.id} on day {SUNDAY}", allowed, make)


def service_weekday(school: School, plan: Plan) -> Iterator[Mutant]:
    """Move a slot to a day that is none of service."""
    allowed = school.in_force(PolicyItem.SERVICE_WEEKDAY)
    served = {clause.value for clause in allowed}
    for weekday in (SATURDAY, SUNDAY) if allowed else ():
        for slot in school.slots[:3]:
            if weekday not in served:
                make = partial(_on_day, school, plan, slot.id, weekday)
                name = f"{slot.id} on day {weekday}"
                yield Mutant(PolicyItem.SERVICE_WEEKDAY, name, allowed, make)


def _on_day(school: School, plan: Plan, slot: str, weekday: int) -> State:
    days = tuple(sorted({*school.term.service_weekdays, weekday}))
    term = revised(school.term, service_weekdays=days)
    return _changed(school.replaced(term=term), plan, slot, weekday=weekday)


def earliest_end(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let a whole day end too early."""
    for clause in school.in_force(PolicyItem.EARLIEST_END):
        for days in _distinct(school, clause):
            by = (clause.value or 0) - LATER - max(school.slot[s].end_minute for s in days)
            weekday = school.slot[days[0]].weekday
            whole = [s.id for s in school.slots if s.weekday == weekday and not s.evening_study]
            make = partial(_shifted, school, plan, whole, by)
            name = f"{days[0]} to {days[-1]} {-by} minutes earlier"
            yield Mutant(PolicyItem.EARLIEST_END, name, (clause,), make)


def _distinct(school: School, clause: Clause) -> list[list[str]]:
    """List the working days' slots of the grades that a clause concerns, each set once."""
    found = {
        tuple(ids)
        for grade in _grades(school, clause)
        for weekday, ids in slots_by_day(school, grade).items()
        if weekday < SATURDAY
    }
    return [list(ids) for ids in sorted(found)]


def lengths(school: School, plan: Plan) -> Iterator[Mutant]:
    """Make a day too short or not as long as it must be, by taking minutes off its first slot."""
    for item in (PolicyItem.MIN_MINUTES_DAY, PolicyItem.MINUTES_DAY, PolicyItem.PERIOD_MINUTES):
        for clause in school.in_force(item):
            for days in _distinct(school, clause):
                first = school.slot[days[0]]
                total = sum(school.slot[s].minutes for s in days)
                over = total - (clause.value or 0) if item is PolicyItem.MIN_MINUTES_DAY else 0
                if over + LATER >= first.minutes:
                    continue
                start = first.start_minute + over + LATER
                make = partial(_changed, school, plan, first.id, start_minute=start)
                yield Mutant(item, f"{first.id} from minute {start}", (clause,), make)


def max_minutes_day(school: School, plan: Plan) -> Iterator[Mutant]:
    """Make a day too long by an earlier start."""
    item = PolicyItem.MAX_MINUTES_DAY
    for clause in school.in_force(item):
        for grade in _grades(school, clause):
            there = present(school, plan, grade)
            for ids in slots_by_day(school, grade).values():
                first = school.slot[ids[0]]
                if not there.issuperset(ids):
                    continue
                more = (clause.value or 0) + LATER - sum(school.slot[s].minutes for s in ids)
                start = first.start_minute - more
                make = partial(_changed, school, plan, first.id, start_minute=start)
                name = f"{first.id} from minute {start}, grade {grade}"
                yield Mutant(item, name, (clause,), make)


def periods(school: School, plan: Plan) -> Iterator[Mutant]:
    """Take a slot out of a day that must have just so many."""
    for clause in school.in_force(PolicyItem.PERIODS_DAY):
        for days in _distinct(school, clause):
            for slot in days:
                if not _needed(school, {slot}):
                    make = partial(without_slots, school, plan, {slot})
                    yield Mutant(PolicyItem.PERIODS_DAY, f"without {slot}", (clause,), make)


def _needed(school: School, gone: set[str]) -> bool:
    """Tell whether a course could not be held any more without these slots."""
    return any(
        len(set(course.slots) - gone) < course.periods_per_week
        for course in school.courses
        if course.slots is not None
    )


def learning_periods(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let base care of one more slot of a day be spent on homework."""
    item = PolicyItem.MAX_LEARNING_PERIODS_DAY
    for clause in school.in_force(item):
        for days in _distinct(school, clause):
            for slot in days:
                if school.slot[slot].care_content is not CareContent.HOMEWORK:
                    make = partial(_changed, school, plan, slot, care_content=CareContent.HOMEWORK)
                    yield Mutant(item, f"homework in {slot}", (clause,), make)
                    break


def learning_minutes(school: School, plan: Plan) -> Iterator[Mutant]:
    """Make the one learning period of a day longer than a period, and the next as much shorter."""
    for clause in school.in_force(PolicyItem.LEARNING_PERIOD_MINUTES):
        for days in _distinct(school, clause):
            if school.slot[days[0]].care_content is CareContent.HOMEWORK and len(days) > 1:
                make = partial(_stretched, school, plan, days[0], days[1])
                yield Mutant(clause.item, f"{days[0]} goes on longer", (clause,), make)


def _stretched(school: School, plan: Plan, first: str, second: str) -> State:
    start = school.slot[first].start_minute - LATER
    longer = with_slot(school, first, start_minute=start)
    end = school.slot[second].end_minute - LATER
    return with_slot(longer, second, end_minute=end), plan


def days_of_the_week(school: School, plan: Plan) -> Iterator[Mutant]:
    """Have no service on a working day, or on the day of the weekend that must have it."""
    for item in (PolicyItem.MIN_WEEKDAYS, PolicyItem.WEEKEND_DAYS):
        weekend = item is PolicyItem.WEEKEND_DAYS
        for clause in school.in_force(item):
            for weekday in DAYS:
                gone = {s.id for s in school.slots if s.weekday == weekday and not s.evening_study}
                if gone and (weekday >= SATURDAY) == weekend and not _needed(school, gone):
                    make = partial(without_slots, school, plan, gone)
                    yield Mutant(item, f"no service on day {weekday}", (clause,), make)


def dates_of_the_week(school: School, plan: Plan) -> Iterator[Mutant]:
    """Call every Friday off, every Saturday, or each day that is worked for a holiday."""
    weekdays = ((PolicyItem.MIN_WEEKDAYS, FRIDAY), (PolicyItem.WEEKEND_DAYS, SATURDAY))
    for item, weekday in weekdays:
        clauses = school.in_force(item)
        if clauses and any(slot.weekday == weekday for slot in school.slots):
            dates = [d for d in service_dates(school.term) if d.isoweekday() == weekday]
            make = partial(_called_off, school, plan, dates)
            yield Mutant(item, f"no day {weekday} is held", clauses, make)
    clauses = school.in_force(PolicyItem.MAKE_UP_SERVICE)
    for day in school.term.make_up_days if clauses else ():
        left = tuple(d for d in school.term.make_up_days if d != day)
        if day.date.isoweekday() not in school.term.service_weekdays:  # else it has its own slots
            make = partial(_of_term, school, plan, {"make_up_days": left})
            yield Mutant(PolicyItem.MAKE_UP_SERVICE, f"{day.date} not named", clauses, make)
        make = partial(_called_off, school, plan, [day.date])
        yield Mutant(PolicyItem.MAKE_UP_SERVICE, f"{day.date} called off", clauses, make)


def _called_off(school: School, plan: Plan, dates: list[date]) -> State:
    off = tuple(sorted({*school.term.cancelled_days, *dates}))
    return _of_term(school, plan, {"cancelled_days": off})


def _of_term(school: School, plan: Plan, fields: dict[str, object]) -> State:
    return school.replaced(term=revised(school.term, **fields)), plan


def too_much_of_the_weekend(school: School, plan: Plan) -> Iterator[Mutant]:
    """Have service on the other day of the weekend, too."""
    for clause in school.in_force(PolicyItem.WEEKEND_DAYS):
        for slot in school.slots:
            if slot.weekday == SATURDAY:
                make = partial(_on_sunday_too, school, plan, slot)
                yield Mutant(clause.item, f"{slot.id} on day {SUNDAY}, too", (clause,), make)


def _on_sunday_too(school: School, plan: Plan, slot: Slot) -> State:
    term = revised(
        school.term, service_weekdays=tuple(sorted({*school.term.service_weekdays, SUNDAY}))
    )
    more = revised(slot, id="sunday", weekday=SUNDAY)
    return school.replaced(term=term, slots=(*school.slots, more)), plan


def homework_hours(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let homework begin later or end earlier than it must."""
    starts = school.in_force(PolicyItem.HOMEWORK_START)
    for clause in (*starts, *school.in_force(PolicyItem.HOMEWORK_END)):
        for weekday in DAYS[:5]:
            at_work = [s for s in school.slots if s.weekday == weekday and _homework(s)]
            for slot in at_work:
                if clause in starts:
                    fields = {"start_minute": (clause.value or 0) + LATER}
                    fits = slot.start_minute <= (clause.value or 0) < slot.end_minute
                else:
                    fields = {"end_minute": (clause.value or 0) - LATER}
                    fits = slot.start_minute < (clause.value or 0) <= slot.end_minute
                if fits:
                    make = partial(_changed, school, plan, slot.id, **fields)
                    yield Mutant(clause.item, f"{slot.id} {fields}", (clause,), make)


def _homework(slot: Slot) -> bool:
    return slot.use is SlotUse.CARE_ONLY and slot.care_content is CareContent.HOMEWORK


GENERATORS = (
    latest_end,
    stays_on,
    evening_latest_end,
    evening_minutes,
    evening_allowed,
    evening_weekday,
    service_weekday,
    earliest_end,
    lengths,
    max_minutes_day,
    periods,
    learning_periods,
    learning_minutes,
    days_of_the_week,
    dates_of_the_week,
    too_much_of_the_weekend,
    homework_hours,
)
