"""The whole-school model's variables: what a rule speaks about.

An *offer* is one way to hold sections of a course: its slots and the grades that may come.
Sections of one offer are alike to students, so the model counts them (``opened``) instead of
naming them; rooms and staff are named. Where students or locks can tell sections apart (a wish
names a teacher, a lock names a room), a course has as many copies of each offer as it may have
sections, one section each.

Shapes: with P offers, S students, R rooms, T staff and K slots, ``seat`` has one boolean for each
student and offer that no rule forbids, ``room`` and ``lead`` at most P x R and P x T, ``care_room``
at most K x R times the number of grade bands, ``supervise`` at most K x T.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from models import FAMILIES, Cost, Course, Family, School, SectionLock, Student

Band = tuple[int, ...]
"""The grades of one kind of care group."""


Key = tuple[str, tuple[str, ...], frozenset[int], int]
"""An offer's course, slots, grades and copy."""


@dataclass(frozen=True)
class Offer:
    """One way to hold sections of a course."""

    index: int
    course: str
    slots: tuple[str, ...]
    grades: frozenset[int]
    limit: int
    """Most sections of this offer."""
    copy: int = 0

    @property
    def key(self) -> Key:
        """What tells the offer from others in any model of the school."""
        return self.course, self.slots, self.grades, self.copy


@dataclass(frozen=True)
class Held:
    """The sections of one offer that there may be, and that there must be."""

    least: int
    most: int
    rooms: frozenset[str]
    staff: frozenset[str]
    """Rooms they may be in and people who may lead them."""


@dataclass(frozen=True)
class Subproblem:
    """A part of a school to plan while the rest stands as it is.

    The timetable is free for ``courses``; the other courses have the sections in ``held``, no
    others. Whoever is not in ``students`` keeps his seats; they count where they are.
    """

    courses: frozenset[str] = frozenset()
    students: frozenset[str] = frozenset()
    held: Mapping[Key, Held] = field(default_factory=dict)
    seats: Mapping[Key, int] = field(default_factory=dict)
    """Seats of students who are not free, by offer."""
    waiting: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """Students who are not free and in base care, by slot and grade."""
    may_miss: bool = False
    """Whether some of those may be left without a place (``Model.missing``): what it would take."""
    may_close: Mapping[Key, Mapping[tuple[str, int], int]] = field(default_factory=dict)
    """Of those in ``held``, which need not open, all sections of an offer or none: by slot and
    grade, how many of its students, who are not free, are then in base care (``waiting`` has
    them)."""
    may_overspend: bool = False
    """Whether pay may go beyond its limits (``Model.overspent``): on the way to a plan."""


@dataclass
class Model:
    """Variables of the whole-school model; the rules add the constraints.

    ``families`` are the rules kept: leaving one out tells whether the others can be kept together.
    """

    school: School
    families: frozenset[Family] = frozenset(FAMILIES)
    subproblem: Subproblem | None = None
    """What to plan of the school; None for all of it."""
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    offers: list[Offer] = field(default_factory=list)
    opened: list[cp_model.IntVar] = field(default_factory=list)
    """Number of sections of each offer."""
    seat: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    """(student, offer): he has a seat in a section of the offer."""
    room: dict[tuple[int, str], cp_model.IntVar] = field(default_factory=dict)
    """(offer, room): a section of the offer is in the room."""
    lead: dict[tuple[int, str], cp_model.IntVar] = field(default_factory=dict)
    """(offer, teacher): the person leads a section of the offer."""
    care_groups: dict[tuple[str, Band], cp_model.IntVar] = field(default_factory=dict)
    """(slot, band): number of care groups."""
    care_room: dict[tuple[str, str, Band], cp_model.IntVar] = field(default_factory=dict)
    """(slot, room, band): a care group of the band is in the room."""
    care_share: dict[tuple[str, int, Band], cp_model.IntVar] = field(default_factory=dict)
    """(slot, grade, band): number of the grade's students in groups of the band."""
    supervise: dict[tuple[str, str], cp_model.IntVar] = field(default_factory=dict)
    """(slot, teacher): the person supervises a care group."""
    rota: dict[tuple[str, str, Band], cp_model.IntVar] = field(default_factory=dict)
    """(slot, teacher, band): a homeroom teacher supervises a group of a band on the rota."""
    missing: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    """(slot, grade): students without a place in base care, where the subproblem allows for it."""
    care_row: dict[tuple[str, int], int] = field(default_factory=dict)
    """(slot, grade): number of the constraint that gives whoever waits a place in base care."""
    budget_rows: list[int] = field(default_factory=list)
    """Numbers of the constraints that keep pay within limits."""
    overspent: list[cp_model.IntVar] = field(default_factory=list)
    """By how much pay is beyond each limit, in parts of it (``budget``), where that may be."""
    priced: tuple[tuple[cp_model.LinearExprT, dict[Cost, int]], ...] | None = None
    """What duties cost, once it was asked for; see ``budget``."""
    stands: dict[Key, cp_model.IntVar] = field(default_factory=dict)
    """By offer that may close (``Subproblem.may_close``): it does not."""
    bonus: dict[str, tuple[cp_model.IntVar, cp_model.IntVar]] = field(default_factory=dict)
    """By student: he has a first seat, and a second one. For the objective, which adds them."""
    first: dict[tuple[str, str], cp_model.IntVar] = field(default_factory=dict)
    """(student, course): it is the best club he has; where the objective asks for that."""

    @property
    def students(self) -> Iterator[Student]:
        """Give the students whose seats this model decides."""
        for student in self.school.students:
            if self.subproblem is None or student.id in self.subproblem.students:
                yield student

    def held(self, offer: Offer) -> Held | None:
        """Give what of the offer's sections stands; None where the model is free to hold any."""
        if self.subproblem is None or offer.course in self.subproblem.courses:
            return None
        return self.subproblem.held[offer.key]

    def seats_held(self, offer: Offer) -> cp_model.LinearExpr | int:
        """Give the seats of the offer whose students this model does not decide."""
        seats = self.subproblem.seats.get(offer.key, 0) if self.subproblem else 0
        stands = self.stands.get(offer.key)
        return seats if stands is None else seats * stands

    @property
    def waiting(self) -> Mapping[tuple[str, int], int]:
        """Give the students in base care, by slot and grade, whom this model does not decide."""
        return self.subproblem.waiting if self.subproblem else {}

    def keeps(self, family: Family) -> bool:
        """Tell whether the rule family is part of this model."""
        return family in self.families

    @property
    def at_once(self) -> int:
        """Give how many things a person may do at once: without clash, as many as there are."""
        return 1 if self.keeps("clash") else max(1, len(self.school.teachers))

    def uses(self, most: int, name: str) -> cp_model.IntVar:
        """Make a variable for how often a person or room is used at once: without clash, many."""
        if self.keeps("clash") or most <= 1:
            return self.cp.new_bool_var(name)
        return self.cp.new_int_var(0, most, name)

    def add_offers(
        self, course: Course, ways: Iterable[tuple[tuple[str, ...], frozenset[int]]]
    ) -> None:
        """Add an offer for each way, in copies of one section each where sections are told apart.

        Parameters
        ----------
        ways
            Slots, and the grades that may come.
        """
        most = most_sections(self, course)
        apart = most > 1 and tells_sections_apart(self.school, course)
        copies, limit = (most, 1) if apart else (1, most)
        for slots, grades in ways:
            self._add_offer(course, slots, grades, copies, limit)

    def _add_offer(
        self,
        course: Course,
        slots: tuple[str, ...],
        grades: frozenset[int],
        copies: int,
        limit: int,
    ) -> None:
        free = self.subproblem is None or course.id in self.subproblem.courses
        for copy in range(copies):
            index = len(self.offers)
            offer = Offer(index, course.id, slots, grades, limit, copy)
            if not free and self.subproblem is not None and offer.key not in self.subproblem.held:
                continue
            held = self.held(offer)
            least, high = (0, limit) if held is None else (held.least, held.most)
            name = f"opened[{course.id},{'+'.join(slots)},{min(grades)},{copy}]"
            self.offers.append(offer)
            self.opened.append(self.cp.new_int_var(least, high, name))
            if self.subproblem is not None and offer.key in self.subproblem.may_close:
                stands = self.stands[offer.key] = self.cp.new_bool_var(f"stands[{index}]")
                self.cp.add(self.opened[index] == high * stands)
            if copy and free:
                self.cp.add(self.opened[index] <= self.opened[index - 1])

    def offers_of(self) -> dict[str, list[Offer]]:
        """Group the offers by course; every course has an entry."""
        groups: dict[str, list[Offer]] = {c.id: [] for c in self.school.courses}
        for offer in self.offers:
            groups[offer.course].append(offer)
        return groups

    def seats_by_student(self) -> dict[str, list[tuple[Offer, cp_model.IntVar]]]:
        """Group the seats by student."""
        groups: dict[str, list[tuple[Offer, cp_model.IntVar]]] = defaultdict(list)
        for (student, offer), var in self.seat.items():
            groups[student].append((self.offers[offer], var))
        return groups

    def seats_by_offer(self) -> dict[int, list[tuple[str, cp_model.IntVar]]]:
        """Group the seats by offer."""
        groups: dict[int, list[tuple[str, cp_model.IntVar]]] = defaultdict(list)
        for (student, offer), var in self.seat.items():
            groups[offer].append((student, var))
        return groups

    def stays(self) -> Iterator[tuple[Student, str]]:
        """Give each student who takes part with each slot he asked to stay at."""
        for student in self.students:
            if student.id not in self.school.excluded:
                for slot in student.stay_slots:
                    yield student, slot

    def in_clubs_at(self) -> dict[tuple[str, str], list[cp_model.IntVar]]:
        """Give, by (student, slot), the seats that would occupy him there."""
        found: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
        for (student, offer), var in self.seat.items():
            for slot in self.offers[offer].slots:
                found[student, slot].append(var)
        return found


def most_sections(model: Model, course: Course) -> int:
    """Give how many sections of a course there can be: without ``group_size`` as many as pinned."""
    if model.keeps("group_size"):
        return course.max_sections
    own = [x for x in model.school.locks if x.kind != "care_staff" and x.course == course.id]
    counts = [x.count for x in own if x.kind == "section_count"]
    return max(course.max_sections, 1, sum(x.kind == "section" for x in own), *counts)


def tells_sections_apart(school: School, course: Course) -> bool:
    """Tell whether anyone can tell two sections of an offer apart."""
    if any(wish.teacher is not None for wish in school.wishes_for[course.id]):
        return True
    return any(
        isinstance(lock, SectionLock) and lock.course == course.id and (lock.room or lock.staff)
        for lock in school.locks
    )


def total(terms: Iterable[cp_model.LinearExprT]) -> cp_model.LinearExpr:
    """Sum terms; of none, or of numbers only, the sum is an expression too."""
    return cp_model.LinearExpr.sum(list(terms))


def slot_cliques(school: School) -> list[frozenset[str]]:
    """Give the largest sets of slots that all meet at one moment; each slot is in at least one."""
    cliques = {
        frozenset(
            other.id
            for other in school.slots
            if other.weekday == slot.weekday
            and other.start_minute <= slot.start_minute < other.end_minute
        )
        for slot in school.slots
    }
    kept = [c for c in cliques if not any(c < other for other in cliques)]
    return sorted(kept, key=sorted)
