"""Reasons against trying: change the plan, and see whether a rule breaks."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from random import Random

import pytest

from models import (
    CareContent,
    CareRooms,
    CareStaffLock,
    CourseKind,
    Lock,
    Plan,
    PolicyItem,
    School,
    SeatLock,
    Section,
    Student,
    Wish,
)
from optimizer.checks import CHECKS, verify
from optimizer.checks._moved import place_for
from optimizer.checks._reasons import Reasons
from optimizer.checks._standing import Standing
from optimizer.checks._trials import Way
from tests.builders import (
    add_groups,
    edit_care,
    edit_section,
    revised,
    tiny_plan,
    tiny_school,
    with_care,
    with_clause,
    with_course,
    with_locks,
    with_slot,
    with_wishes,
)

SCHOOL = tiny_school()
CASES = 60
Change = Callable[[School], School]


def rules_kept(school: School, plan: Plan) -> bool:
    return not any(any(check(school, plan)) for check in CHECKS.values())


def random_students(random: Random) -> Iterator[Student]:
    for student in SCHOOL.students:
        stay = [s for s in SCHOOL.slot if random.random() < 0.8] or ["mon1"]
        club = [s for s in SCHOOL.slot if s not in stay and random.random() < 0.7]
        groups = ("hardship",) if random.random() < 0.2 else ()
        wanted = random.randint(1, 3)
        yield revised(student, stay_slots=stay, club_slots=club, max_clubs=wanted, groups=groups)


def random_wishes(random: Random) -> Iterator[Wish]:
    for student in SCHOOL.student:
        courses = random.sample(list(SCHOOL.course), random.randint(1, 3))
        for rank, course in enumerate(courses, 1):
            teacher = random.choice((None, None, "t1")) if course == "chess" else None
            yield Wish(student=student, course=course, rank=rank, teacher=teacher)


def exams_in_choir(school: School, item: PolicyItem, value: int | None, grade: int) -> School:
    """Let choir, which meets in the first periods, contain exams, and a clause speak of these."""
    school = with_course(school, "choir", content=("exam",))
    return with_clause(school, item, value, subject="exam", grades=(grade,))


def in_the_evening(school: School) -> School:
    return with_slot(school, "tue1", evening_study=True)


def random_school(random: Random) -> School:
    """Vary wishes, slots offered, sizes and learning, and add one or two rules that bind."""
    kinds, contents = list(CourseKind), list(CareContent)
    school = tiny_school(
        students=tuple(random_students(random)),
        wishes=tuple(random_wishes(random)),
        courses=tuple(
            revised(c, min_size=1, max_size=random.randint(2, 4), kind=random.choice(kinds))
            for c in SCHOOL.courses
        ),
        slots=tuple(revised(s, care_content=random.choice(contents)) for s in SCHOOL.slots),
        rooms=tuple(revised(room, seats=12) for room in SCHOOL.rooms),
    )
    grade = random.choice((3, 4, 5))
    rules: list[Change] = [
        lambda s: with_course(s, "choir", grades=(3, 4, 5), max_grade_span=2),
        lambda s: with_clause(s, PolicyItem.MAX_LEARNING_PERIODS_DAY, 1, grades=(grade,)),
        lambda s: with_clause(s, PolicyItem.MAX_PERIODS_DAY, 1, grades=(grade,)),
        lambda s: with_care(s, rooms=CareRooms.OWN_GRADE),
        lambda s: with_care(s, rota_grades=(grade,)),
        lambda s: with_clause(s, PolicyItem.ROTA, grades=(grade,)),
        lambda s: exams_in_choir(s, PolicyItem.CONTENT_END, 16 * 60 + 40, grade),
        lambda s: exams_in_choir(s, PolicyItem.CONTENT_START, 16 * 60, grade),
        lambda s: exams_in_choir(in_the_evening(s), PolicyItem.EVENING_BARRED_CONTENT, None, grade),
    ]
    school = with_care(school, max_size=12)
    for rule in random.sample(rules, random.randint(1, 3)):
        school = rule(school)
    return school


def random_plan(random: Random, school: School) -> Plan:
    """Seat students at random where no rule breaks; base care is in two groups at each slot."""
    plan = tiny_plan(school)
    sections = {s.course: revised(s, students=()) for s in plan.sections}
    split = random.choice((0.0, 0.4))
    first, second = [], []
    for group in plan.care_groups:
        there = [s.id for s in school.students if group.slot in s.stay_slots]
        aside = [s for s in there if random.random() < split]
        first.append(revised(group, students=[s for s in there if s not in aside]))
        own = {"id": f"{group.id}-2", "room": "r3", "staff": ("t2",)}
        second.append(revised(group, students=aside, **own))
    groups = [g for g in (*first, *second) if g.students]
    plan = revised(plan, sections=(), care_groups=groups, unmet=())
    if not rules_kept(school, plan):
        return plan
    wishes = random.sample(school.wishes, random.randint(8, len(school.wishes)))
    for wish in wishes:
        open_already = [s for s in plan.sections if s.course == wish.course]
        opened = plan if open_already else add_groups(plan, sections[wish.course])
        section = next(s for s in opened.sections if s.course == wish.course)
        tried = with_seat(opened, wish.student, section)
        plan = tried if rules_kept(school, tried) else plan
    return plan


def random_locks(random: Random, school: School, plan: Plan) -> School:
    """Pin a seat or a refusal, and somebody to base care, all as the plan has it."""
    wish, group = random.choice(school.wishes), random.choice(plan.care_groups)
    has = any(s.course == wish.course and wish.student in s.students for s in plan.sections)
    locks: list[Lock] = [
        SeatLock(student=wish.student, course=wish.course, granted=has),
        CareStaffLock(teacher=group.staff[0], slot=group.slot),
    ]
    return with_locks(school, *random.sample(locks, random.randint(0, 2)))


@cache
def case(number: int) -> tuple[School, Plan]:
    """Give a random school and a plan of it that keeps every rule."""
    for attempt in count():
        random = Random(f"{number}.{attempt}")
        school = random_school(random)
        plan = random_plan(random, school)
        if rules_kept(school, plan):
            return random_locks(random, school, plan), plan
    raise AssertionError


def with_seat(plan: Plan, student: str, section: Section) -> Plan:
    """Seat a student; he leaves base care, and a group that he was alone in ends."""
    plan = edit_section(plan, section.id, students=(*section.students, student))
    for group in plan.care_groups:
        if group.slot in section.slots and student in group.students:
            rest = tuple(s for s in group.students if s != student)
            plan = edit_care(plan, group.id, students=rest)
    return revised(plan, care_groups=tuple(g for g in plan.care_groups if g.students))


@pytest.mark.parametrize("number", range(CASES))
def test_a_seat_he_could_simply_take(number: int) -> None:
    school, plan = case(number)
    standing = Standing(school, plan)
    reasons = Reasons(standing)
    for wish in school.wishes:
        if standing.unmet(wish):
            tried = (with_seat(plan, wish.student, s) for s in standing.open[wish.course])
            could = any(rules_kept(school, changed) for changed in tried)
            way = reasons.reason(wish)
            assert (isinstance(way, Way) and not way.gives_up) is could, wish


@pytest.mark.parametrize("number", range(CASES))
def test_a_seat_he_should_be_moved_to(number: int) -> None:
    """There is one exactly if he could take it, had he wished for that."""
    school, plan = case(number)
    moving = with_clause(school, PolicyItem.MOVE_UNMET)
    standing = Standing(moving, plan)
    for student, wishes in school.wishes_of.items():
        if standing.seats[student]:
            continue
        wished = [wish.course for wish in wishes]
        could = any(
            rules_kept(with_wishes(school, student, course), with_seat(plan, student, section))
            for course in school.course
            if course not in wished
            for section in standing.open[course]
        )
        found = place_for(standing, student)
        assert (found is not None) is could, student


def test_no_plan_of_known_ids_stops_the_check() -> None:
    """Whatever a plan says, it gets an answer."""
    random = Random(1)
    for _ in range(100):
        plan = tiny_plan(SCHOOL)
        for section in plan.sections:
            plan = edit_section(
                plan,
                section.id,
                course=random.choice(list(SCHOOL.course)),
                slots=random.choices(list(SCHOOL.slot), k=random.randint(0, 3)),
                room=random.choice(list(SCHOOL.room)),
                staff=random.choices(list(SCHOOL.teacher), k=random.randint(0, 2)),
                students=random.choices(list(SCHOOL.student), k=random.randint(0, 6)),
            )
        for group in plan.care_groups:
            students = random.sample(list(SCHOOL.student), random.randint(0, 12))
            plan = edit_care(
                plan, group.id, slot=random.choice(list(SCHOOL.slot)), students=students
            )
        assert verify(SCHOOL, plan)
