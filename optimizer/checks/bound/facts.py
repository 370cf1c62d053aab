"""What a school's data say of who could be where, whatever the prices."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from models import Course, School, Slot, SlotUse, Wish
from optimizer.checks._prospects import Prospects, Way
from optimizer.checks._times import Times
from optimizer.checks.bound.groups import Grades, Groups
from optimizer.checks.bound.learning import Learning, Looks, Slots
from optimizer.checks.cross_grade import may_mix


class Facts:
    """A school's facts, each looked up once."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.times, self.prospects = Times(school), Prospects(school)
        self.groups, self.learning = Groups(school), Learning(school)
        self._looks: dict[tuple[str, str], Looks | None] = {}
        self._wishers: dict[str, dict[str, str | None]] = {}
        self._bands: dict[str, list[Grades]] = {}

    def bands(self, course: Course) -> list[Grades]:
        """Give the largest sets of grades that may share a section: each section is within one."""
        if course.id not in self._bands:
            grades = set(course.grades).intersection(self.school.grades)
            found = {
                frozenset(g for g in grades if low <= g and may_mix(self.school, course, (low, g)))
                for low in grades
            }
            largest = (b for b in found if not any(b < other for other in found))
            self._bands[course.id] = sorted(largest, key=min)
        return self._bands[course.id]

    def staying(self, student: str) -> Slots:
        """Give the slots at which a student is in a section or in base care."""
        if student in self.school.excluded:
            return frozenset()
        return frozenset(self.school.student[student].stay_slots)

    def looks(self, wish: Wish) -> Looks | None:
        """Give what a wish's seats hang on; None where it cannot have one, whatever the plan."""
        key = wish.student, wish.course
        if key not in self._looks:
            self._looks[key] = self._find_looks(wish)
        return self._looks[key]

    def _find_looks(self, wish: Wish) -> Looks | None:
        student, course = wish.student, wish.course
        if not self.prospects.most_sections(course) or student not in self.wishers(course):
            return None
        pinned = self.prospects.pinned_slots.get((student, course), ())
        return Looks(
            course,
            self.school.grade_of[student],
            self.prospects.usable(student, course),
            self.staying(student),
            wish.teacher,
            self.learning.over(student),
            frozenset(pinned),
        )

    def wishers(self, course: str) -> dict[str, str | None]:
        """Give who could have a seat in a course, as far as times are no matter."""
        if course not in self._wishers:
            self._wishers[course] = self.prospects.wishers(course)
        return self._wishers[course]

    def staff(self, way: Way) -> tuple[str, ...]:
        """Give who could lead a section at some time: not who is pinned to base care then."""
        return self.prospects.free_staff(way)

    def attended(self, looks: Looks) -> Iterator[Way]:
        """Give the ways to hold a section that such a student could attend."""
        for way in self.prospects.ways(looks.course):
            named = looks.teacher is None or looks.teacher in self.staff(way)
            if named and looks.pinned <= way.slots <= looks.usable:
                yield way

    def could_attend(self, looks: Looks) -> bool:
        """Tell whether such a student could have a seat at all."""
        return self.prospects.unknown(looks.course) or any(True for _ in self.attended(looks))

    @cached_property
    def staying_at(self) -> dict[str, Counter[int]]:
        """How many students of each grade stay at each slot."""
        found: dict[str, Counter[int]] = {slot.id: Counter() for slot in self.school.slots}
        for student in self.school.students:
            for slot in self.staying(student.id):
                found[slot][self.school.grade_of[student.id]] += 1
        return found

    def in_care_at(self, slot: Slot) -> dict[int, int]:
        """Give how many of each grade could be in base care at a slot."""
        if slot.use is SlotUse.CLUBS_ONLY:
            return {}
        here = self.staying_at[slot.id]
        return {grade: n for grade, n in here.items() if self.groups.admits(slot, grade)}

    @cached_property
    def waiting_at(self) -> dict[str, Counter[int]]:
        """How many of each grade stay at each slot whom no section could have then."""
        found = {slot: Counter(counts) for slot, counts in self.staying_at.items()}
        attended: dict[Looks, Slots] = {}
        for student in self.school.students:
            could: set[str] = set()
            for wish in self.school.wishes_of[student.id]:
                looks = self.looks(wish)
                if looks is None:
                    continue
                if self.prospects.unknown(wish.course):
                    could |= looks.stays
                if looks not in attended:
                    attended[looks] = frozenset().union(*(w.slots for w in self.attended(looks)))
                could |= attended[looks]
            for slot in self.staying(student.id) & could:
                found[slot][self.school.grade_of[student.id]] -= 1
        return found
