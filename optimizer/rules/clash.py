"""A student, a teacher, a room: one thing at a time.

Statement. Any two things (section meetings or care groups) that share a student, a staff member
or a room are at slots that do not overlap on the clock. Two different slots that overlap clash.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from models import School, Student
from optimizer.rules.context import Model, Offer, slot_cliques
from optimizer.rules.relaxation.relaxation import Relaxation


def add(model: Model) -> None:
    """Add: of all that one student, person or room could do at one moment, at most one happens.

    One constraint for each of them and each largest set of slots that overlap (``slot_cliques``).
    Besides: no seats where the student is in another slot's section or care group in any case.
    """
    use = _uses(model)
    who = {(kind, name) for kind, name, _ in use}
    for clique in slot_cliques(model.school):
        for kind, name in sorted(who):
            meets = [var for slot in sorted(clique) for var in use.get((kind, name, slot), ())]
            if len(meets) > 1:
                model.cp.add_at_most_one(meets)
    if model.keeps("attendance"):
        for (student, index), var in model.seat.items():
            if _kept_elsewhere(model.school, model.school.student[student], model.offers[index]):
                model.cp.add(var == 0)


def _uses(model: Model) -> dict[tuple[str, str, str], list[cp_model.IntVar]]:
    """Give, by kind, name and slot, what would take a student, a person or a room there."""
    use: dict[tuple[str, str, str], list[cp_model.IntVar]] = defaultdict(list)
    for (student, offer), var in model.seat.items():
        for slot in model.offers[offer].slots:
            use["student", student, slot].append(var)
    for (offer, room), var in model.room.items():
        for slot in model.offers[offer].slots:
            use["room", room, slot].append(var)
    for (slot, room, _), var in model.care_room.items():
        use["room", room, slot].append(var)
    for (offer, teacher), var in model.lead.items():
        for slot in model.offers[offer].slots:
            use["teacher", teacher, slot].append(var)
    for (slot, teacher), var in model.supervise.items():
        use["teacher", teacher, slot].append(var)
    return use


def _kept_elsewhere(school: School, student: Student, offer: Offer) -> bool:
    """Tell whether the offer overlaps a slot, not its own, at which the student asked to stay.

    There he is in that very slot's section or care group (rule ``attendance``).
    """
    if student.id in school.excluded:
        return False
    elsewhere = [school.slot[s] for s in student.stay_slots if s not in offer.slots]
    return any(school.slot[s].overlaps(other) for s in offer.slots for other in elsewhere)


def relax(r: Relaxation) -> None:
    """Add: of a student's seats, where they have a time, one at a moment; of a grade's as many.

    For people and rooms it is said with what they can do at all (``staffing``, ``rooms``).
    """
    if r.by_number:
        _counted(r)
    mine: dict[str, dict[int, int]] = defaultdict(dict)
    for (student, index), seat in r.timed.items():
        mine[student][index] = seat
    for seats in mine.values():
        for clique in r.cliques:
            moment = r.attending.mask(clique)
            here = [seat for index, seat in seats.items() if r.attending.masks[index] & moment]
            if len(here) > 1:
                r.at_most(1, here)


def _counted(r: Relaxation) -> None:
    """Add: one seat at a moment for each who can be in a section then."""
    there: dict[tuple[int, int], int] = defaultdict(int)
    moments = {n: r.attending.mask(clique) for n, clique in enumerate(r.cliques)}
    for student in r.school.students:
        kind = r.attending.kind(student)
        for n, moment in moments.items():
            if kind is not None and kind.usable & moment:
                there[kind.grade, n] += 1
    meeting: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (grade, index), at in r.at.items():
        for n, moment in moments.items():
            if r.attending.masks[index] & moment:
                meeting[grade, n].append(at)
    for key, columns in meeting.items():
        r.at_most(there[key], columns)
