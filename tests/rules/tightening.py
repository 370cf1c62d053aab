"""A school's limits drawn to exactly what a plan of it needs, or one step tighter."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from models import CareGroup, Clause, Plan, Policy, PolicyItem, School, SchoolError, Section
from optimizer.ledger import plan_pay_fen
from tests.builders import (
    revised,
    with_budget,
    with_care,
    with_clause,
    with_course,
    with_room,
    with_settings,
    with_slot,
    with_student,
    with_teacher,
)
from tests.rules.random_clauses import of_a_week, slots_of

Tighter = Callable[[], School]


def tightened(random: Random, school: School, plan: Plan) -> School:
    """Draw one limit tight; it may be one step too tight for the plan."""
    step = random.choice((0, 1))
    kinds = [_sizes, _loads, _hours, _contents, _contents, _care, _week, _week, _general]
    for kind in random.sample(kinds, len(kinds)):
        options = list(kind(school, plan, step))
        for tighter in random.sample(options, len(options)):
            try:
                return tighter()
            except SchoolError:
                continue
    return school


def _sizes(school: School, plan: Plan, step: int) -> Iterator[Tighter]:
    groups: tuple[Section | CareGroup, ...] = (*plan.sections, *plan.care_groups)
    for group in groups:
        count = len(group.students)
        if count > step:
            yield partial(with_room, school, group.room, seats=count - step)
    for section in plan.sections:
        course, count = section.course, len(section.students)
        yield partial(with_course, school, course, min_size=max(1, count + step))
        if count > step:
            yield partial(with_course, school, course, max_size=count - step)
        grades = [school.grade_of[s] for s in section.students]
        span = max(grades, default=1) - min(grades, default=1) + 1
        if span > step:
            yield partial(with_course, school, course, max_grade_span=span - step)
    for course, count in Counter(s.course for s in plan.sections).items():
        yield partial(with_course, school, course, max_sections=count - step)
    most = max((len(g.students) for g in plan.care_groups), default=0)
    if most > step:
        yield partial(with_care, school, max_size=most - step)


def _loads(school: School, plan: Plan, step: int) -> Iterator[Tighter]:
    week: Counter[str] = Counter()
    days: Counter[tuple[str, int]] = Counter()
    duties = [(t, slot) for s in plan.sections for t in s.staff for slot in s.slots]
    duties += [(t, g.slot) for g in plan.care_groups for t in g.staff]
    for teacher, slot in duties:
        week[teacher] += 1
        days[teacher, school.slot[slot].weekday] += 1
    for teacher, count in week.items():
        yield partial(with_teacher, school, teacher, max_periods_week=count - step)
    for (teacher, _), count in days.items():
        yield partial(with_teacher, school, teacher, max_periods_day=count - step)
    seats = Counter(student for section in plan.sections for student in section.students)
    for student, count in seats.items():
        if count > step:
            yield partial(with_student, school, student, max_clubs=count - step)


def _hours(school: School, plan: Plan, step: int) -> Iterator[Tighter]:
    groups = [(s.students, slot) for s in plan.sections for slot in s.slots if s.students]
    groups += [(g.students, g.slot) for g in plan.care_groups if g.students]
    for students, slot in groups:
        end = school.slot[slot].end_minute - step
        evening = school.slot[slot].evening_study
        item = PolicyItem.EVENING_LATEST_END if evening else PolicyItem.LATEST_END
        grades = (school.grade_of[students[0]],)
        yield partial(with_clause, school, item, end, grades=grades)
    for student in school.students:
        there = [slot for students, slot in groups if student.id in students]
        for day in {school.slot[s].weekday for s in there}:
            here = [school.slot[s] for s in there if school.slot[s].weekday == day]
            minutes = sum(s.minutes for s in here if not s.evening_study)
            evening_minutes = sum(s.minutes for s in here if s.evening_study)
            periods = sum(not s.evening_study for s in here)
            grades = (school.grade_of[student.id],)
            for item, value in (
                (PolicyItem.MAX_MINUTES_DAY, minutes),
                (PolicyItem.EVENING_MAX_MINUTES, evening_minutes),
                (PolicyItem.MAX_PERIODS_DAY, periods),
                (PolicyItem.MAX_LEARNING_PERIODS_DAY, periods - 1),
            ):
                if value > step:
                    yield partial(with_clause, school, item, value - step, grades=grades)


def _contents(school: School, plan: Plan, step: int) -> Iterator[Tighter]:
    for section in plan.sections:
        slots = [school.slot[s] for s in section.slots]
        grades = (school.grade_of[section.students[0]],) if section.students else ()
        values = [
            (PolicyItem.BARRED_CONTENT, None),
            (PolicyItem.CONTENT_START, min(s.start_minute for s in slots) + step),
            (PolicyItem.CONTENT_END, max(s.end_minute for s in slots) - step),
        ]
        for content in school.course[section.course].content:
            for slot in slots:
                evening = partial(with_slot, school, slot.id, evening_study=True)
                yield partial(_barred_then, evening, content, grades)
            for item, value in values:
                yield partial(with_clause, school, item, value, subject=content, grades=grades)


def _barred_then(evening: Tighter, content: str, grades: tuple[int, ...]) -> School:
    item = PolicyItem.EVENING_BARRED_CONTENT
    return with_clause(evening(), item, subject=content, grades=grades)


def _care(school: School, plan: Plan, step: int) -> Iterator[Tighter]:
    """Put a grade in base care on the rota, let others only have evenings, or be served."""
    for group in plan.care_groups:
        for grade in sorted({school.grade_of[s] for s in group.students}):
            homeroom = {c.homeroom_teacher for c in school.classes if c.grade == grade}
            if homeroom - {None} and (homeroom.issuperset(group.staff) or step):
                yield partial(with_clause, school, PolicyItem.ROTA, grades=(grade,))
            allowed = tuple(g for g in school.grades if g != grade) if step else (grade,)
            if school.slot[group.slot].evening_study:
                yield partial(with_clause, school, PolicyItem.EVENING_ALLOWED, grades=allowed)


def _week(school: School, _: Plan, step: int) -> Iterator[Tighter]:
    """Want the slots to be as one grade has them on one day, or a little otherwise."""
    for grade in school.grades:
        for clauses in of_a_week(slots_of(school.slots, grade), (grade,), step):
            yield partial(_with_clauses, school, clauses)


def _with_clauses(school: School, clauses: tuple[Clause, ...]) -> School:
    return revised(school, policy=Policy(clauses=(*school.policy.clauses, *clauses)))


def _general(school: School, plan: Plan, step: int) -> Iterator[Tighter]:
    for section in plan.sections:
        ends = sorted((school.slot[s] for s in section.slots), key=lambda s: s.start_minute)
        if len(ends) == 2 and ends[0].weekday == ends[1].weekday:
            pause = ends[1].start_minute - ends[0].end_minute
            if pause >= step:
                yield partial(with_settings, school, session_break_minutes=pause - step)
        days = sorted({school.slot[s].weekday for s in section.slots})
        if len(days) == 2:
            gap, course = days[1] - days[0], section.course
            yield partial(with_course, school, course, min_gap_days=gap + step)
    pay = plan_pay_fen(school, plan)
    if pay >= step:
        yield partial(with_budget, school, sum_fen=pay - step)
