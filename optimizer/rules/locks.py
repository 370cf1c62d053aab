"""What the planner pinned stays pinned.

Statement. ``section``: the course has a section whose slots include the lock's, in its room and
with all its staff, where these are given (two locks may be met by one section).
``section_count``: the course has exactly so many sections. ``seat``: the student has a seat in
the course, in a section whose slots include the lock's, or has none where not ``granted``.
``care_staff``: the person supervises a care group at the slot.
"""

from models import CareStaffLock, SeatLock, SectionCountLock, SectionLock
from optimizer.rules.context import Model, total


def add(model: Model) -> None:
    """Add one constraint a lock."""
    for lock in model.school.locks:
        if isinstance(lock, SectionLock):
            _section(model, lock)
        elif isinstance(lock, SectionCountLock):
            offers = model.offers_of()[lock.course]
            model.cp.add(total(model.opened[o.index] for o in offers) == lock.count)
        elif isinstance(lock, SeatLock):
            if model.subproblem is not None and lock.student not in model.subproblem.students:
                continue
            offers = model.offers_of()[lock.course]
            seats = [
                model.seat[lock.student, o.index]
                for o in offers
                if (lock.student, o.index) in model.seat and {*lock.slots} <= {*o.slots}
            ]
            model.cp.add(total(seats) >= 1 if lock.granted else total(seats) == 0)
        elif isinstance(lock, CareStaffLock):
            _care_staff(model, lock)


def _section(model: Model, lock: SectionLock) -> None:
    """Add: some offer with the lock's slots is open, in its room, led by its staff.

    The offers of such a course hold one section each (see ``context``), so room and staff are that
    section's own.
    """
    witnesses = []
    for offer in model.offers_of()[lock.course]:
        if not set(lock.slots).issubset(offer.slots):
            continue
        parts = []
        if lock.room is not None and model.keeps("rooms"):
            parts.append(model.room.get((offer.index, lock.room)))
        if model.keeps("staffing"):
            parts += [model.lead.get((offer.index, person)) for person in lock.staff]
        if any(part is None for part in parts):
            continue
        witness = model.cp.new_bool_var(f"lock[{lock.course},{offer.index}]")
        model.cp.add(model.opened[offer.index] >= 1).only_enforce_if(witness)
        for part in parts:
            if part is not None:
                model.cp.add_implication(witness, part)
        witnesses.append(witness)
    model.cp.add_bool_or(witnesses)


def _care_staff(model: Model, lock: CareStaffLock) -> None:
    """Add: there is a care group at the slot, and the person supervises one."""
    groups = (count for (slot, _), count in model.care_groups.items() if slot == lock.slot)
    model.cp.add(total(groups) >= 1)
    if model.keeps("staffing"):
        duty = model.supervise.get((lock.slot, lock.teacher))
        model.cp.add(total(() if duty is None else (duty,)) >= 1)
