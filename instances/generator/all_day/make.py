"""From parameters to an upper school and its witness."""

from random import Random
from typing import NamedTuple

from instances.generator import people
from instances.generator.all_day import menu as menus
from instances.generator.all_day.choices import Choices
from instances.generator.all_day.menu import GRADE_NAMES, Outline
from instances.generator.all_day.timetable import Group, Person, Timetable
from instances.generator.all_day.week import mask, shapes, slots
from instances.generator.draft import TERM, stream
from instances.generator.menu import MIN_SIZE
from instances.generator.names import numeral, person, teacher
from models import (
    Course,
    HomeClass,
    Room,
    School,
    Section,
    Settings,
    Slot,
    Student,
    Teacher,
    Term,
    Wish,
)

AVAILABLE = 0.6
"""Share of the slots in which he does not teach that a person could come at, too."""
OFFERED = 0.9
"""Share of the slots that a student of a long week offers."""
LONG_WEEK = 24
ANOTHER_LEADER = 0.3
"""Chance that somebody of the subject could lead a course that he does not lead."""
SEATS = 30


class Made(NamedTuple):
    """A school, and the sections of the hidden timetable."""

    school: School
    sections: tuple[Section, ...]


def make(students: int, courses: int, seed: int) -> Made:
    """Make up an upper school around a timetable in which everybody gets everything."""
    random = stream(seed, "all-day")
    week = slots(random)
    grades = menus.grades(courses)
    sizes = people.class_sizes(random, students, len(grades))
    classes = _classes(sizes, grades)
    pupils = _students(random, week, classes, sizes)
    grade_of = {home.id: home.grade for home in classes}
    headcounts = dict.fromkeys(grades, 0)
    for pupil in pupils:
        headcounts[grade_of[pupil.home_class]] += 1
    outlines = menus.outlines(random, headcounts, shapes(random, len(week), courses), len(week))
    timetable = Timetable(random, week, outlines)
    wishes: list[Wish] = []
    pupils = _choose(random, week, pupils, grade_of, outlines, timetable.groups, wishes)
    staff = _staff(random, week, timetable.people)
    school = School(
        settings=Settings(id=f"all-day-{students}-{courses}-{seed}", name="临江高级中学"),
        term=Term.model_validate(
            TERM.model_dump() | {"service_weekdays": sorted({slot.weekday for slot in week})}
        ),
        slots=week,
        rooms=tuple(_rooms(timetable.rooms, outlines)),
        classes=tuple(classes),
        groups=people.GROUPS,
        teachers=tuple(staff),
        courses=tuple(_courses(random, outlines, timetable)),
        students=tuple(pupils),
        wishes=tuple(wishes),
    )
    return Made(school, tuple(_sections(school, timetable.groups)))


def _classes(sizes: list[int], grades: tuple[int, ...]) -> list[HomeClass]:
    counts = [
        len(sizes) // len(grades) + (i < len(sizes) % len(grades)) for i in range(len(grades))
    ]
    return [
        HomeClass(
            id=f"{grade}-{number}", name=f"{GRADE_NAMES[grade]}（{numeral(number)}）班", grade=grade
        )
        for grade, count in zip(grades, counts, strict=True)
        for number in range(1, count + 1)
    ]


def _students(
    random: Random, week: tuple[Slot, ...], classes: list[HomeClass], sizes: list[int]
) -> list[Student]:
    """Draw the students; how many courses they take is not known yet."""
    made: list[Student] = []
    share = OFFERED if len(week) > LONG_WEEK else 1.0
    for home, size in zip(classes, sizes, strict=True):
        for _ in range(size):
            chance = random.random() / people.PRIORITY_SHARE
            groups = (people.GROUPS[0 if chance < 0.6 else 1].id,) if chance < 1 else ()
            made.append(
                Student(
                    id=f"S{len(made) + 1:05d}",
                    name=person(random),
                    home_class=home.id,
                    groups=groups,
                    club_slots=tuple(s.id for s in week if random.random() < share),
                )
            )
    return made


def _choose(
    random: Random,
    week: tuple[Slot, ...],
    pupils: list[Student],
    grade_of: dict[str, int],
    menu: list[Outline],
    groups: list[Group],
    wishes: list[Wish],
) -> list[Student]:
    """Have all students choose, in random order; ranks do not tell in what order they did."""
    place = {slot.id: i for i, slot in enumerate(week)}
    by_grade: dict[int, list[Group]] = {}
    for group in groups:
        by_grade.setdefault(menu[group.course].grade, []).append(group)
    choices = {grade: Choices(random, own) for grade, own in by_grade.items()}
    order = list(range(len(pupils)))
    random.shuffle(order)
    taken: dict[int, list[int]] = {}
    for i in order:
        offered = mask(tuple(place[s] for s in pupils[i].club_slots))
        taken[i] = choices[grade_of[pupils[i].home_class]].seat(i, offered)
        random.shuffle(taken[i])
    for i, pupil in enumerate(pupils):
        wishes += [
            Wish(student=pupil.id, course=_course_id(c), rank=rank)
            for rank, c in enumerate(taken[i], 1)
        ]
    return [p.model_copy(update={"max_clubs": len(taken[i])}) for i, p in enumerate(pupils)]


def _staff(random: Random, week: tuple[Slot, ...], staff: list[Person]) -> list[Teacher]:
    days = sorted({slot.weekday for slot in week})
    made = []
    for number, one in enumerate(staff, 1):
        held = [i for i in range(len(week)) if one.busy >> i & 1]
        could = [s.id for i, s in enumerate(week) if i in held or random.random() < AVAILABLE]
        busiest = max(sum(week[i].weekday == day for i in held) for day in days)
        made.append(
            Teacher(
                id=f"T{number:03d}",
                name=teacher(random),
                available_slots=tuple(could),
                max_periods_week=len(held) + int(random.random() * 2),
                max_periods_day=max(busiest, 4),
            )
        )
    return made


def _rooms(features: list[str], menu: list[Outline]) -> list[Room]:
    seats = max([SEATS, *(outline.size for outline in menu)])
    counts: dict[str, int] = {}
    made = []
    for feature in features:
        counts[feature] = number = counts.get(feature, 0) + 1
        name = f"{feature}{number}"
        made.append(Room(id=name, name=f"{name}号", seats=seats, features=(feature,)))
    return made


def _course_id(course: int) -> str:
    return f"C{course + 1:03d}"


def _courses(random: Random, menu: list[Outline], timetable: Timetable) -> list[Course]:
    made = []
    for c, outline in enumerate(menu):
        own = [group for group in timetable.groups if group.course == c]
        leaders = {group.leader for group in own}
        leaders |= {
            i
            for i, one in enumerate(timetable.people)
            if one.subject == outline.subject and random.random() < ANOTHER_LEADER
        }
        smallest = min((len(g.students) for g in own if g.students), default=MIN_SIZE)
        made.append(
            Course(
                id=_course_id(c),
                name=outline.name,
                grades=(outline.grade,),
                min_size=min(MIN_SIZE, smallest),
                max_size=outline.size,
                max_sections=len(own),
                sessions_per_week=outline.shape.sessions,
                periods_per_session=outline.shape.periods,
                leaders=tuple(f"T{i + 1:03d}" for i in sorted(leaders)),
                room_features=(outline.feature,),
            )
        )
    return made


def _sections(school: School, groups: list[Group]) -> list[Section]:
    numbers: dict[int, int] = {}
    made = []
    for group in sorted(groups, key=lambda group: (group.course, group.way)):
        if not group.students:
            continue
        numbers[group.course] = numbers.get(group.course, 0) + 1
        made.append(
            Section(
                id=f"{_course_id(group.course)}-{numbers[group.course]}",
                course=_course_id(group.course),
                slots=tuple(school.slots[s].id for s in group.way),
                room=school.rooms[group.room].id,
                staff=(school.teachers[group.leader].id,),
                students=tuple(school.students[i].id for i in sorted(group.students)),
            )
        )
    return made
