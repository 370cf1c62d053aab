"""What a school consists of: settings, slots, rooms, staff, courses, students, wishes, locks."""

from collections import Counter
from functools import cached_property

from models.base import Frozen
from models.clauses import Clause
from models.items import PolicyItem
from models.locks import Lock
from models.lottery import lottery_number
from models.menu import Course, Room, Wish
from models.money import PlannedCost
from models.people import HomeClass, Level, Provider, Stage, Student, StudentGroup, Teacher
from models.plan import Section
from models.policy import Policy
from models.resolve import Rules, resolve
from models.settings import Settings
from models.terms import Band
from models.time import Slot, Term

LAST_PRIMARY_GRADE, LAST_JUNIOR_GRADE = 6, 9
_ONE_STAGE = Stage(id="school", name="", grades=())


class SchoolData(Frozen):
    """What a school consists of, with what is looked up in it; a ``School`` is validated besides.

    Everything refers to everything else by id.
    """

    settings: Settings
    term: Term
    policy: Policy = Policy()
    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    classes: tuple[HomeClass, ...]
    groups: tuple[StudentGroup, ...] = ()
    providers: tuple[Provider, ...] = ()
    teachers: tuple[Teacher, ...]
    courses: tuple[Course, ...] = ()
    students: tuple[Student, ...] = ()
    wishes: tuple[Wish, ...] = ()
    locks: tuple[Lock, ...] = ()
    previous: tuple[Section, ...] = ()
    """Sections of an earlier plan, which changes are counted against."""
    costs: tuple[PlannedCost, ...] = ()
    """What the service costs beside pay."""

    @cached_property
    def slot(self) -> dict[str, Slot]:
        """Slots by id."""
        return {s.id: s for s in self.slots}

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """The weekdays that have a slot."""
        return frozenset(slot.weekday for slot in self.slots)

    @cached_property
    def room(self) -> dict[str, Room]:
        """Rooms by id."""
        return {r.id: r for r in self.rooms}

    @cached_property
    def home_class(self) -> dict[str, HomeClass]:
        """Home classes by id."""
        return {c.id: c for c in self.classes}

    @cached_property
    def teacher(self) -> dict[str, Teacher]:
        """Staff by id."""
        return {t.id: t for t in self.teachers}

    @cached_property
    def course(self) -> dict[str, Course]:
        """Courses by id."""
        return {c.id: c for c in self.courses}

    @cached_property
    def student(self) -> dict[str, Student]:
        """Students by id."""
        return {s.id: s for s in self.students}

    @cached_property
    def group(self) -> dict[str, StudentGroup]:
        """Student groups by id."""
        return {g.id: g for g in self.groups}

    @cached_property
    def provider(self) -> dict[str, Provider]:
        """Providers by id."""
        return {p.id: p for p in self.providers}

    @cached_property
    def wishes_of(self) -> dict[str, tuple[Wish, ...]]:
        """Each student's wishes, best rank first; every student has an entry."""
        lists: dict[str, list[Wish]] = {s.id: [] for s in self.students}
        for wish in self.wishes:
            lists[wish.student].append(wish)
        return {s: tuple(sorted(ws, key=lambda w: w.rank)) for s, ws in lists.items()}

    @cached_property
    def wishes_for(self) -> dict[str, tuple[Wish, ...]]:
        """Wishes for each course; every course has an entry."""
        lists: dict[str, list[Wish]] = {c.id: [] for c in self.courses}
        for wish in self.wishes:
            lists[wish.course].append(wish)
        return {c: tuple(ws) for c, ws in lists.items()}

    @cached_property
    def grade_of(self) -> dict[str, int]:
        """Each student's grade."""
        return {s.id: self.home_class[s.home_class].grade for s in self.students}

    @cached_property
    def grades(self) -> tuple[int, ...]:
        """Grades that the school has, in order."""
        return tuple(sorted({c.grade for c in self.classes}))

    @cached_property
    def _stage_of_grade(self) -> dict[int, Stage]:
        return {g: stage for stage in self.settings.stages for g in stage.grades}

    def stage_of(self, grade: int) -> Stage:
        """Give the stage of a grade; a school without stages is one stage."""
        return self._stage_of_grade.get(grade, _ONE_STAGE)

    @cached_property
    def home_room_grades(self) -> dict[str, frozenset[int]]:
        """Grades whose home room a room is, for each room that is one."""
        found: dict[str, set[int]] = {}
        for home in self.classes:
            if home.home_room is not None:
                found.setdefault(home.home_room, set()).add(home.grade)
        return {room: frozenset(grades) for room, grades in found.items()}

    @cached_property
    def ordinary_rooms(self) -> frozenset[str]:
        """Rooms that any course may well be in.

        Home rooms, and rooms that no course names and with no more features than more than half of
        the home rooms have.
        """
        homes = [r for r in self.rooms if r.id in self.home_room_grades]
        counts = Counter(feature for room in homes for feature in {*room.features})
        usual = {feature for feature, count in counts.items() if 2 * count > len(homes)}
        # A sports field need not be called one: that some courses ask for just it says as much.
        named = {room for course in self.courses for room in course.rooms}
        return frozenset(
            r.id
            for r in self.rooms
            if r.id in self.home_room_grades or (r.id not in named and usual.issuperset(r.features))
        )

    def is_out_of_place(self, section: Section) -> bool:
        """Tell whether a section is in a special room although its course asks for none."""
        course = self.course[section.course]
        return section.room not in self.ordinary_rooms and not course.asks_for_room

    def level_of(self, grade: int) -> Level:
        """Tell whether a grade is primary, junior or senior."""
        stage = self._stage_of_grade.get(grade)
        if stage is not None and stage.level is not None:
            return stage.level
        if grade <= LAST_PRIMARY_GRADE:
            return Level.PRIMARY
        return Level.JUNIOR if grade <= LAST_JUNIOR_GRADE else Level.SENIOR

    def band_of(self, grade: int) -> Band | None:
        """Tell whether a primary grade is lower, middle or upper; None for others."""
        if grade in self.settings.lower_grades:
            return Band.LOWER
        if grade in self.settings.middle_grades:
            return Band.MIDDLE
        return Band.UPPER if self.level_of(grade) is Level.PRIMARY else None

    def _bands_of(self, grade: int) -> set[Band | None]:
        own, document = self.band_of(grade), self.policy.regulation
        upper = document is not None and document.has_two_bands and own is not Band.LOWER
        return {own, Band.UPPER} if upper else {own}

    def scope(self, clause: Clause) -> frozenset[int]:
        """Give the grades of this school that a clause concerns."""
        return frozenset(
            g
            for g in self.grades
            if clause.stage in {None, self.stage_of(g).id}
            and clause.level in {None, self.level_of(g)}
            and clause.band in {None, *self._bands_of(g)}
            and (not clause.grades or g in clause.grades)
        )

    @cached_property
    def rules(self) -> Rules:
        """The clauses in force: the regulation's and the school's own, put together."""
        return resolve(self.policy, self.scope)

    def in_force(self, item: PolicyItem) -> tuple[Clause, ...]:
        """Give the clauses in force on an item, whichever grades they concern."""
        return self._by_item.get(item, ())

    @cached_property
    def _by_item(self) -> dict[PolicyItem, tuple[Clause, ...]]:
        found: dict[PolicyItem, list[Clause]] = {}
        for clause in self.rules.clauses:
            found.setdefault(clause.item, []).append(clause)
        return {item: tuple(clauses) for item, clauses in found.items()}

    @cached_property
    def _scopes(self) -> dict[tuple[PolicyItem, int], tuple[Clause, ...]]:
        found: dict[tuple[PolicyItem, int], list[Clause]] = {}
        for clause in self.rules.clauses:
            for grade in self.scope(clause):
                found.setdefault((clause.item, grade), []).append(clause)
        return {key: tuple(clauses) for key, clauses in found.items()}

    def clauses(self, item: PolicyItem, grade: int) -> tuple[Clause, ...]:
        """Give the clauses in force on an item that concern a grade."""
        return self._scopes.get((item, grade), ())

    @cached_property
    def excluded(self) -> frozenset[str]:
        """Students whom the policy keeps out of the service (e.g. boarders, other stages)."""
        some = self.in_force(PolicyItem.ELIGIBLE)
        outside = {g for g in self.grades if some and not self.clauses(PolicyItem.ELIGIBLE, g)}
        return frozenset(
            s.id
            for s in self.students
            if self.grade_of[s.id] in outside or self._is_named(s, PolicyItem.EXCLUDED_GROUP)
        )

    def _is_named(self, student: Student, item: PolicyItem) -> bool:
        """Tell whether a clause on the item names a group of the student's."""
        if not student.groups:
            return False
        subjects = [c.subject for c in self.clauses(item, self.grade_of[student.id])]
        return any(self.group[g].goes_by(subject) for subject in subjects for g in student.groups)

    @cached_property
    def priority(self) -> frozenset[str]:
        """Students whose wishes count more: by their group, or because the policy says so."""
        grades = {g for g in self.grades if self.clauses(PolicyItem.PRIORITY_GRADES, g)}
        return frozenset(
            s.id
            for s in self.students
            if self.grade_of[s.id] in grades
            or any(self.group[g].priority for g in s.groups)
            or self._is_named(s, PolicyItem.PRIORITY_GROUP)
        )

    @cached_property
    def held_before(self) -> frozenset[tuple[str, str]]:
        """Pairs of a student and a course in which he had a seat in the earlier plan."""
        return frozenset((s, section.course) for section in self.previous for s in section.students)

    @cached_property
    def lottery_numbers(self) -> dict[str, int]:
        """Each student's lottery number; the lower one goes first."""
        seed = self.settings.lottery_seed
        return {s.id: lottery_number(seed, s.id) for s in self.students}

    def factor(self, student: str) -> int:
        """Give the whole-number factor on a student's points (ordinary 2, priority 3)."""
        weights = self.settings.weights
        prior = student in self.priority
        return weights.priority_factor if prior else weights.ordinary_factor

    def wish_points(self, wish: Wish) -> int:
        """Give the points of granting a wish, factor included, seat bonus not."""
        points = self.settings.weights.rank_points
        base = points[min(wish.rank, len(points)) - 1] if points else 0
        return base * self.factor(wish.student)

    @cached_property
    def points_of(self) -> dict[tuple[str, str], int]:
        """Points of each wish, by student and course; the seat bonus is not in them."""
        return {(w.student, w.course): self.wish_points(w) for w in self.wishes}

    def seat_bonus(self, student: str, seats: int) -> int:
        """Give the bonus for holding a number of seats, factor included."""
        weights = self.settings.weights
        bonus = (weights.first_seat if seats >= 1 else 0) + (
            weights.second_seat if seats >= 2 else 0
        )
        return bonus * self.factor(student)
