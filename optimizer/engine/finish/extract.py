"""From a solution of the model to named sections and care groups."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from ortools.sat.python import cp_model

from models import CareGroup, School, Section
from optimizer.engine.finish.care import Places, deal
from optimizer.rules import Key, Model, Offer


class Solution:
    """A solution's values, read by variable."""

    def __init__(self, values: Sequence[int]) -> None:
        self._values = values

    def __getitem__(self, var: cp_model.IntVar) -> int:
        return self._values[var.index]


def extract(
    model: Model, values: Sequence[int], others: Mapping[Key, Collection[str]] | None = None
) -> tuple[tuple[Section, ...], tuple[CareGroup, ...]]:
    """Name the sections and care groups of a solution, with everyone in them.

    Parameters
    ----------
    others
        By offer, students seated in it whom the model, of a part of the school, does not decide.
    """
    solution = Solution(values)
    sections = tuple(_sections(model, solution, others or {}))
    return sections, tuple(_care_groups(model, solution, sections))


def _sections(
    model: Model, solution: Solution, others: Mapping[Key, Collection[str]]
) -> Iterator[Section]:
    school = model.school
    rooms, staff = defaultdict(list), defaultdict(list)
    for (index, room), var in model.room.items():
        if solution[var]:
            rooms[index].append(room)
    for (index, teacher), var in model.lead.items():
        if solution[var]:
            staff[index].append(teacher)
    seats = model.seats_by_offer()
    number: dict[str, int] = defaultdict(int)
    for offer in model.offers:
        count = solution[model.opened[offer.index]]
        if not count:
            continue
        students = [s for s, var in seats[offer.index] if solution[var]]
        students += others.get(offer.key, ())
        parts = _split(school, offer, rooms[offer.index], students)
        needed = school.course[offer.course].staff_needed
        for n, (room, part) in enumerate(zip(rooms[offer.index], parts, strict=True)):
            number[offer.course] += 1
            yield Section(
                id=f"{offer.course}-{number[offer.course]}",
                course=offer.course,
                slots=offer.slots,
                room=room,
                staff=tuple(staff[offer.index][n * needed : (n + 1) * needed]),
                students=tuple(part),
            )


def _split(
    school: School, offer: Offer, rooms: Sequence[str], students: list[str]
) -> list[list[str]]:
    """Split an offer's students over its sections, evenly, class mates together."""
    course = school.course[offer.course]
    most = [min(course.max_size, school.room[r].seats) for r in rooms]
    sizes = [course.min_size] * len(rooms)
    for _ in range(len(students) - sum(sizes)):
        emptiest = min((n for n in range(len(rooms)) if sizes[n] < most[n]), key=sizes.__getitem__)
        sizes[emptiest] += 1
    students.sort(key=lambda s: (school.grade_of[s], school.student[s].home_class, s))
    starts = [sum(sizes[:n]) for n in range(len(sizes))]
    return [students[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def _care_groups(
    model: Model, solution: Solution, sections: Sequence[Section]
) -> Iterator[CareGroup]:
    busy = {(student, slot) for s in sections for student in s.students for slot in s.slots}
    waiting: dict[str, list[str]] = defaultdict(list)
    for student in model.school.students:
        if student.id not in model.school.excluded:
            for slot in student.stay_slots:
                if (student.id, slot) not in busy:
                    waiting[slot].append(student.id)
    taken = {(s.room, slot) for s in sections for slot in s.slots}
    for slot in dict.fromkeys(slot for slot, _ in model.care_groups):
        places = _places(model, solution, slot)
        places.free_rooms += _free_rooms(model, solution, slot, taken)
        groups = list(deal(model.school, slot, places, waiting[slot]))
        taken |= {(group.room, slot) for group in groups}
        yield from groups


def _free_rooms(
    model: Model, solution: Solution, slot: str, taken: Collection[tuple[str, str]]
) -> list[str]:
    """Give the rooms not taken then, nor meant for base care at another slot that overlaps."""
    school = model.school
    at_once = {s.id for s in school.slots if s.overlaps(school.slot[slot])}
    used = {room for room, other in taken if other in at_once}
    used |= {
        room
        for (other, room, _), var in model.care_room.items()
        if other in at_once - {slot} and solution[var]
    }
    return [room.id for room in school.rooms if room.id not in used]


def _places(model: Model, solution: Solution, slot: str) -> Places:
    """Read off a slot's rooms, shares and supervisors."""
    return Places(
        rooms=[
            (band, room)
            for (k, room, band), var in model.care_room.items()
            if k == slot and solution[var]
        ],
        shares={
            (grade, band): solution[var]
            for (k, grade, band), var in model.care_share.items()
            if k == slot and solution[var]
        },
        supervisors=[t for (k, t), var in model.supervise.items() if k == slot and solution[var]],
        rota=[(band, t) for (k, t, band), var in model.rota.items() if k == slot and solution[var]],
    )
