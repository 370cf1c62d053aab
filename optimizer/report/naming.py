"""How groups, people, places and times are written in a plan's documents."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from models import (
    CareGroup,
    HomeClass,
    Lang,
    Plan,
    Room,
    School,
    Section,
    Text,
    called,
    clock,
    natural,
    weekday_text,
)
from optimizer.report.figures import moved_seats

Group = Section | CareGroup

NUMBERED = Text("{course} {number}组", "{course} group {number}")
CARE_OF = Text("托管 {grades}年级", "care, grade {grades}")
CARE = Text("托管", "care")
MOVED = Text("{where}（调剂）", "{where} (moved here)")
MOVED_TO = Text("已调剂到 {where}", "moved to {where}")
OFFER = Text("{what}（{where}，{when}）", "{what} ({where}, {when})")
LIST_MARK = Text("、", ", ")


def meetings(plan: Plan) -> Iterator[tuple[str, Group]]:
    """Yield each slot with each group that meets then, sections first."""
    for section in plan.sections:
        for slot in section.slots:
            yield slot, section
    for group in plan.care_groups:
        yield group.slot, group


def whereabouts(plan: Plan) -> dict[str, dict[str, Group]]:
    """Give the group each student is in at each slot."""
    found: dict[str, dict[str, Group]] = {}
    for slot, group in meetings(plan):
        for student in group.students:
            found.setdefault(student, {})[slot] = group
    return found


def spans(numbers: Iterable[int]) -> list[str]:
    """Write grades shortly, e.g. ``1-3`` and ``5``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs]


class Names:
    """Labels of one plan in one language; an id stands in wherever a name is blank."""

    def __init__(self, school: School, plan: Plan, lang: Lang) -> None:
        self.school = school
        self.plan = plan
        self.lang: Lang = lang

    @cached_property
    def _section(self) -> dict[str, str]:
        several = Counter(s.course for s in self.plan.sections)
        numbers: Counter[str] = Counter()
        labels: dict[str, str] = {}
        for section in self.sections:
            numbers[section.course] += 1
            label = self.course(section.course)
            if several[section.course] > 1:
                text = NUMBERED.fill(course=label, number=numbers[section.course])
                label = text.say(self.lang)
            labels[section.id] = label
        return labels

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Sections in the order of the menu."""
        order = {course.id: number for number, course in enumerate(self.school.courses)}
        return tuple(
            sorted(self.plan.sections, key=lambda s: (order[s.course], natural(s.id), s.slots))
        )

    @cached_property
    def care_groups(self) -> tuple[CareGroup, ...]:
        """Base-care groups in the order of the week, at one time by room."""
        order = {slot: number for number, slot in enumerate(self.slots)}
        return tuple(
            sorted(self.plan.care_groups, key=lambda g: (order[g.slot], natural(g.room), g.id))
        )

    @cached_property
    def _slot(self) -> dict[str, str]:
        return {
            s.id: f"{weekday_text(s.weekday).say(self.lang)} "
            f"{clock(s.start_minute)}-{clock(s.end_minute)}"
            for s in self.school.slots
        }

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """Ids of the slots in the order of the week."""
        return tuple(
            s.id for s in sorted(self.school.slots, key=lambda s: (s.weekday, s.start_minute, s.id))
        )

    def section(self, section_id: str) -> str:
        """Name a section: the course, numbered where it has several groups."""
        return self._section[section_id]

    def slot(self, slot_id: str) -> str:
        """Name a slot, e.g. ``Tue 16:30-17:10``."""
        return self._slot[slot_id]

    def times(self, slots: Iterable[str]) -> str:
        """Name several slots in the order of the week."""
        wanted = set(slots)
        return self.join(self.slot(s) for s in self.slots if s in wanted)

    def join(self, parts: Iterable[str]) -> str:
        """Put parts in a list."""
        return LIST_MARK.say(self.lang).join(parts)

    def room(self, room_id: str) -> str:
        """Name a room."""
        return called(self.school.room[room_id])

    def course(self, course_id: str) -> str:
        """Name a course."""
        return called(self.school.course[course_id])

    def teacher(self, teacher_id: str) -> str:
        """Name a person on the staff."""
        return called(self.school.teacher[teacher_id])

    def student(self, student_id: str) -> str:
        """Name a student."""
        return called(self.school.student[student_id])

    def home_class(self, class_id: str) -> str:
        """Name a class."""
        return called(self.school.home_class[class_id])

    @property
    def the_school(self) -> str:
        """Name of the school."""
        return called(self.school.settings)

    def staff(self, ids: Iterable[str]) -> str:
        """Name some staff."""
        return self.join(self.teacher(t) for t in ids)

    def home(self, student_id: str) -> str:
        """Name a student's class."""
        return self.home_class(self.school.student[student_id].home_class)

    @cached_property
    def classes(self) -> tuple[HomeClass, ...]:
        """Classes by grade, and by name as people count."""
        return tuple(sorted(self.school.classes, key=lambda c: (c.grade, natural(called(c)), c.id)))

    @cached_property
    def _class_number(self) -> dict[str, int]:
        return {home.id: number for number, home in enumerate(self.classes)}

    def by_class(self, students: Iterable[str]) -> list[str]:
        """Put students in order: by class, and by id as people count."""
        number, student = self._class_number, self.school.student
        return sorted(students, key=lambda s: (number[student[s].home_class], natural(s)))

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """Rooms by id, as people count."""
        return tuple(sorted(self.school.rooms, key=lambda room: natural(room.id)))

    def grades(self, group: Group) -> str:
        """Give the grades that sit in a group."""
        return self.join(spans(self.school.grade_of[s] for s in group.students))

    def group(self, group: Group) -> str:
        """Name a section or a care group, for those who run it."""
        if isinstance(group, Section):
            return self.section(group.id)
        return CARE_OF.fill(grades=self.grades(group)).say(self.lang)

    @cached_property
    def _moved(self) -> frozenset[tuple[str, str]]:
        return moved_seats(self.school, self.plan)

    def _wished(self, student: str) -> set[str]:
        return {wish.course for wish in self.school.wishes_of[student]}

    def goes_to(self, student: str, group: Group | None, own: str | None = None) -> str:
        """Say where a student goes, on two lines: the group and its room.

        With a mark where he did not wish for it but was moved there. Care in his ``own`` room
        is said without the room. Blank where he is not at school.
        """
        if group is None:
            return ""
        what = self.section(group.id) if isinstance(group, Section) else CARE.say(self.lang)
        wished = isinstance(group, Section) and group.course in self._wished(student)
        if (student, group.id) in self._moved and not wished:
            what = MOVED.fill(where=what).say(self.lang)
        if own is not None and group.room == own and not isinstance(group, Section):
            return what
        return f"{what}\n{self.room(group.room)}"

    def alternative(self, student: str, section: Section) -> str:
        """Describe what a student could join instead, or was moved to."""
        offer = self.offer(section)
        moved = (student, section.id) in self._moved
        return MOVED_TO.fill(where=offer).say(self.lang) if moved else offer

    def offer(self, section: Section) -> str:
        """Describe a section on one line: name, room and times."""
        facts = {"what": self.section(section.id), "where": self.room(section.room)}
        return OFFER.fill(**facts, when=self.times(section.slots)).say(self.lang)
