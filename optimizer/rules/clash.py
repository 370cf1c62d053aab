"""A student, a teacher, a room: one thing at a time.

Statement. Any two things (section meetings or care groups) that share a student, a staff member
or a room are at slots that do not overlap on the clock. Two different slots that overlap clash.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from models import School, Student
from optimizer.rules.context import Model, Offer, slot_cliques


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
