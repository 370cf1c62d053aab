"""What a plan holds, in the model's own words, and the part of a school that is left of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from models import CareGroup, Plan, School, Worth, total_worth
from optimizer.engine.finish.draft import Found
from optimizer.engine.finish.extract import extract
from optimizer.rules import Held, Key, Model, Offer, Subproblem, build_offers
from optimizer.rules.cross_grade import care_bands

CareName = tuple[object, ...]
"""What tells a variable of base care from others in any model of the school."""


@dataclass
class Solution:
    """The sections and seats of a plan, and the care variables that went with them."""

    school: School
    held: dict[Key, Held] = field(default_factory=dict)
    seats: dict[str, frozenset[Key]] = field(default_factory=dict)
    """By student, where he has any."""
    care: dict[CareName, int] = field(default_factory=dict)

    @property
    def worth(self) -> Worth:
        """What the seats are worth."""
        return total_worth(self.school, {s: {k[0] for k in keys} for s, keys in self.seats.items()})

    def subproblem(self, courses: Collection[str], students: Collection[str]) -> Subproblem:
        """Give the part of the school in which these courses and students are free."""
        seats: Counter[Key] = Counter()
        for student, keys in self.seats.items():
            if student not in students:
                seats.update(keys)
        return Subproblem(
            courses=frozenset(courses),
            students=frozenset(students),
            held={key: held for key, held in self.held.items() if key[0] not in courses},
            seats=seats,
            waiting=self.waiting(students),
        )

    def waiting(self, students: Collection[str] = ()) -> dict[tuple[str, int], int]:
        """Count who is in base care, by slot and grade, these students left out."""
        school, waiting = self.school, Counter[tuple[str, int]]()
        for student in school.students:
            if student.id in students or student.id in school.excluded:
                continue
            busy = {slot for key in self.seats.get(student.id, ()) for slot in key[1]}
            grade = school.grade_of[student.id]
            waiting.update((slot, grade) for slot in student.stay_slots if slot not in busy)
        return dict(waiting)

    def after(self, model: Model, values: Sequence[int]) -> "Solution":
        """Give what stands when a part of it was decided anew."""
        part = model.subproblem or Subproblem()
        seats = {s: keys for s, keys in self.seats.items() if s not in part.students}
        taken: dict[str, set[Key]] = defaultdict(set)
        for (student, offer), var in model.seat.items():
            if values[var.index]:
                taken[student].add(model.offers[offer].key)
        seats |= {student: frozenset(keys) for student, keys in taken.items()}
        care = {name: values[var.index] for name, var in care_variables(model)}
        after = Solution(
            self.school, _sections(model, values), seats, {n: v for n, v in care.items() if v}
        )
        return after._with_first_copies()

    def _with_first_copies(self) -> "Solution":
        """Give the same with the first copies of each offer, as models of the whole school have it.

        Of copies that stand for sections alike, any may have closed.
        """
        number: Counter[object] = Counter()
        now: dict[Key, Key] = {}
        for key in self.held:
            course, slots, grades, _ = key
            now[key] = course, slots, grades, number[key[:3]]
            number[key[:3]] += 1
        held = {now[key]: held for key, held in self.held.items()}
        seats = {s: frozenset(now[key] for key in keys) for s, keys in self.seats.items()}
        return Solution(self.school, held, seats, self.care)

    def found(self, model: Model, values: tuple[int, ...]) -> Found:
        """Name the sections and care groups; the model's part is decided as the values say."""
        free = model.subproblem.students if model.subproblem is not None else frozenset()
        others: dict[Key, list[str]] = defaultdict(list)
        for student, keys in self.seats.items():
            if student not in free:
                for key in keys:
                    others[key].append(student)
        return extract(model, values, others)

    def hint(self, model: Model) -> None:
        """Hint this plan to a model of a part of it."""
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in self._values(model).items():
            model.cp.add_hint(model.cp.get_int_var_from_proto_index(index), value)

    def _values(self, model: Model) -> dict[int, int]:
        """Give this plan's value of each variable, by its number."""
        values: dict[int, int] = {}
        for offer, var in zip(model.offers, model.opened, strict=True):
            held = self.held.get(offer.key)
            values[var.index] = held.most if held else 0
        for (index, room), var in model.room.items():
            held = self.held.get(model.offers[index].key)
            values[var.index] = int(held is not None and room in held.rooms)
        for (index, person), var in model.lead.items():
            held = self.held.get(model.offers[index].key)
            values[var.index] = int(held is not None and person in held.staff)
        for (student, index), var in model.seat.items():
            values[var.index] = int(model.offers[index].key in self.seats.get(student, ()))
        for name, var in care_variables(model):
            values[var.index] = self.care.get(name, 0)
        for student, (first, second) in model.bonus.items():
            count = len(self.seats.get(student, ()))
            values[first.index], values[second.index] = int(count > 0), int(count > 1)
        for (student, course), var in model.first.items():
            values[var.index] = int(course == self._first_club(student))
        return values

    def _first_club(self, student: str) -> str | None:
        """Give the course of a student's seat of the most points."""
        points = self.school.points_of
        courses = sorted({course for course, *_ in self.seats.get(student, ())})
        return max(courses, key=lambda c: points[student, c], default=None)


@dataclass(frozen=True)
class Candidate:
    """A whole plan, in the model's words and as sections and care groups, and its worth."""

    solution: Solution
    found: Found
    worth: Worth
    overspent: int = 0
    """By how many parts of a purse pay is beyond it; a plan only where by none."""
    proved: bool = False
    """Whether the neighbourhood that it comes from holds nothing better."""


def solution_of(school: School, offers: Iterable[Offer], plan: Plan) -> Solution | None:
    """Give a plan in the model's words; None if it holds a section that no offer allows."""
    by_meeting: dict[tuple[str, frozenset[str]], list[Offer]] = defaultdict(list)
    for offer in offers:
        by_meeting[offer.course, frozenset(offer.slots)].append(offer)
    rooms: dict[Key, set[str]] = defaultdict(set)
    staff: dict[Key, set[str]] = defaultdict(set)
    seats: dict[str, set[Key]] = defaultdict(set)
    for section in plan.sections:
        grades = {school.grade_of[s] for s in section.students}
        fitting = [
            o
            for o in by_meeting[section.course, frozenset(section.slots)]
            if grades <= o.grades and len(rooms[o.key]) < o.limit
        ]
        if not fitting:
            return None
        key = fitting[0].key
        rooms[key].add(section.room)
        staff[key].update(section.staff)
        for student in section.students:
            seats[student].add(key)
    held = {
        key: Held(len(rooms[key]), len(rooms[key]), frozenset(rooms[key]), frozenset(staff[key]))
        for key in rooms
        if rooms[key]
    }
    taken = {s: frozenset(keys) for s, keys in seats.items()}
    return Solution(school, held, taken, _care_of(school, plan.care_groups))


def _care_of(school: School, groups: Iterable[CareGroup]) -> dict[CareName, int]:
    """Give the care variables of a plan's groups."""
    found: Counter[CareName] = Counter()
    bands = sorted(care_bands(school), key=len)
    for group in groups:
        counts = Counter(school.grade_of[s] for s in group.students)
        band = next((b for b in bands if counts.keys() <= {*b}), tuple(sorted(counts)))
        found["groups", group.slot, band] += 1
        found["room", group.slot, group.room, band] += 1
        for grade, count in counts.items():
            found["share", group.slot, grade, band] += count
        for person in group.staff:
            found["duty", group.slot, person] += 1
            found["rota", group.slot, person, band] += 1
    return dict(found)


def _sections(model: Model, values: Sequence[int]) -> dict[Key, Held]:
    rooms, staff = defaultdict(set), defaultdict(set)
    for (index, room), var in model.room.items():
        if values[var.index]:
            rooms[index].add(room)
    for (index, person), var in model.lead.items():
        if values[var.index]:
            staff[index].add(person)
    return {
        offer.key: Held(count, count, frozenset(rooms[offer.index]), frozenset(staff[offer.index]))
        for offer, var in zip(model.offers, model.opened, strict=True)
        if (count := values[var.index])
    }


def care_variables(model: Model) -> list[tuple[CareName, cp_model.IntVar]]:
    """List the variables of base care with what they are."""
    found: list[tuple[CareName, cp_model.IntVar]] = []
    for kind, variables in (
        ("groups", model.care_groups),
        ("room", model.care_room),
        ("share", model.care_share),
        ("duty", model.supervise),
        ("rota", model.rota),
    ):
        found += [((kind, *name), var) for name, var in variables.items()]
    return found


def count_seats(school: School) -> int:
    """Count the pairs of a wish and a way to hold its course, which models grow with."""
    ways = Counter(offer.course for offer in build_offers(school))
    return sum(ways[wish.course] for wish in school.wishes)
