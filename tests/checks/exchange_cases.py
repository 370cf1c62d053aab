"""Small random schools with full sections, in which seats can change hands."""

from random import Random

from models import Aim, CareGroup, Course, Plan, School, SeatLock, Section, Slot, Wish
from tests.builders import revised, tiny_plan, tiny_school
from tests.checks.exchanging import rules_kept

SLOTS = ("mon1", "mon2", "tue1", "tue2", "wed1")
COURSES = ("ball", "clay", "dance", "echo", "flute")
BASE = tiny_school()


def exchange_school(random: Random) -> School:
    """Make a school of seven to nine students and five courses of two or three seats."""
    third = Slot(id="wed1", weekday=3, start_minute=960, end_minute=1000)
    grades = random.choice(((3,), (3, 4), (3, 4, 5)))
    count = random.randint(7, 9)
    students = []
    for number in range(count):
        grade = random.choice(grades)
        stay = [s for s in SLOTS if random.random() < 0.8] or ["mon1"]
        students.append(
            revised(
                BASE.students[0],
                id=f"p{number}",
                home_class=f"c{grade}",
                stay_slots=stay,
                club_slots=[s for s in SLOTS if s not in stay and random.random() < 0.7],
                max_clubs=random.choice((1, 1, 2, 3)),
                groups=("hardship",) if random.random() < 0.15 else (),
            )
        )
    weights = revised(BASE.settings.weights, aim=random.choice(list(Aim)))
    care = revised(BASE.settings.base_care, max_size=random.choice((3, 4, 9)))
    settings = revised(
        BASE.settings,
        weights=weights,
        base_care=care,
        max_grade_span=random.choice((1, 2, 3)),
        lottery_seed=random.randint(1, 999),
    )
    school = tiny_school(
        settings=settings,
        slots=(*BASE.slots, third),
        students=tuple(students),
        courses=tuple(_course(random, name) for name in COURSES),
        wishes=tuple(_wishes(random, [s.id for s in students])),
    )
    if random.random() < 0.5:
        school = revised(school, previous=_sections(random, school))
    return school


def _course(random: Random, name: str) -> Course:
    least = random.choice((1, 1, 2))
    most = random.choice((2, 2, 3))
    return Course(
        id=name, name=name, grades=(3, 4, 5), min_size=least, max_size=most, leaders=("t1", "t2")
    )


def _wishes(random: Random, students: list[str]) -> list[Wish]:
    found = []
    for student in students:
        courses = random.sample(COURSES, random.randint(2, 4))
        found += [Wish(student=student, course=c, rank=n) for n, c in enumerate(courses, 1)]
    return found


def _sections(random: Random, school: School) -> tuple[Section, ...]:
    """Seat students at random in what they wished for, whatever else."""
    found = []
    for number, name in enumerate(COURSES):
        wished = [w.student for w in school.wishes_for[name]]
        random.shuffle(wished)
        slot = SLOTS[number % len(SLOTS)] if random.random() < 0.7 else random.choice(SLOTS)
        members = wished[: school.course[name].max_size]
        if members:
            section = Section(id=f"{name}-1", course=name, slots=(slot,), room="r3", staff=("t1",))
            found.append(revised(section, students=tuple(members)))
    return tuple(found)


def exchange_case(number: int) -> tuple[School, Plan]:
    """Give a random school and a plan of it that keeps every rule."""
    for attempt in range(10_000):
        random = Random(f"{number}/{attempt}")
        school = exchange_school(random)
        plan = _plan(random, school)
        if plan is not None:
            if random.random() < 0.3:
                section = random.choice(plan.sections)
                lock = SeatLock(student=random.choice(section.students), course=section.course)
                school = revised(school, locks=(lock,))
            return school, plan
    raise AssertionError


def _plan(random: Random, school: School) -> Plan | None:
    """Seat students in turn where they may be, and drop what stays too small."""
    sections: list[Section] = []
    rooms = [("r3", "t1"), ("r4", "t2")]
    used: set[tuple[str, str]] = set()
    for name in COURSES:
        slot = random.choice(SLOTS)
        place = next((p for p in rooms if (slot, p[0]) not in used), None)
        if place is not None:
            used.add((slot, place[0]))
            sections.append(
                Section(
                    id=f"{name}-1", course=name, slots=(slot,), room=place[0], staff=(place[1],)
                )
            )
    seated: dict[str, list[str]] = {s.id: [] for s in sections}
    wishes = list(school.wishes)
    random.shuffle(wishes)
    for wish in wishes:
        section = next((s for s in sections if s.course == wish.course), None)
        if section is not None and _fits(school, sections, seated, wish, section):
            seated[section.id].append(wish.student)
    kept = tuple(
        revised(s, students=tuple(seated[s.id]))
        for s in sections
        if len(seated[s.id]) >= school.course[s.course].min_size
    )
    plan = revised(tiny_plan(school), sections=kept, care_groups=(), unmet=())
    plan = revised(plan, care_groups=_care(random, school, kept))
    return plan if kept and rules_kept(school, plan) else None


def _fits(
    school: School,
    sections: list[Section],
    seated: dict[str, list[str]],
    wish: Wish,
    section: Section,
) -> bool:
    student = school.student[wish.student]
    held = [s for s in sections if student.id in seated[s.id]]
    grades = {school.grade_of[s] for s in (*seated[section.id], student.id)}
    return (
        len(seated[section.id]) < school.course[section.course].max_size
        and section.slots[0] in (*student.stay_slots, *student.club_slots)
        and all(s.slots != section.slots for s in held)
        and len(held) < student.max_clubs
        and max(grades) - min(grades) < school.settings.max_grade_span
    )


def _care(random: Random, school: School, sections: tuple[Section, ...]) -> tuple[CareGroup, ...]:
    """Put whoever stays into one group a slot, or two."""
    most, found = school.settings.base_care.max_size, []
    for slot in SLOTS:
        busy = {s for section in sections if slot in section.slots for s in section.students}
        rest = [s.id for s in school.students if slot in s.stay_slots and s.id not in busy]
        random.shuffle(rest)
        half = random.choice((most, most, 2))
        for number, start in enumerate(range(0, len(rest), half)):
            room, teacher = (("r5", "t5"), ("studio", "t4"), ("r3", "t3"))[min(number, 2)]
            group = CareGroup(id=f"care-{slot}-{number}", slot=slot, room=room, staff=(teacher,))
            found.append(revised(group, students=tuple(rest[start : start + half])))
    return tuple(found)
