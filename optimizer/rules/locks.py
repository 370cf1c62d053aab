"""What the planner pinned stays pinned.

Statement. ``section``: the course has a section whose slots include the lock's, in its room and
with all its staff, where these are given (two locks may be met by one section).
``section_count``: the course has exactly so many sections. ``seat``: the student has a seat in
the course, in a section whose slots include the lock's, or has none where not ``granted``.
``care_staff``: the person supervises a care group at the slot.
"""

from collections import defaultdict

from models import CareStaffLock, SeatLock, SectionCountLock, SectionLock
from optimizer.rules.context import Model, total
from optimizer.rules.relaxation.relaxation import Relaxation


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


def relax(r: Relaxation) -> None:
    """Add one row or a few a lock; where students are only counted, their pinned seats."""
    for lock in r.school.locks:
        if isinstance(lock, SectionCountLock):
            row = r.lp.row(lock.count, lock.count)
            for index in _of(r, lock.course):
                r.lp.put(row, r.opened[index])
        elif isinstance(lock, SectionLock):
            _relaxed_section(r, lock)
        elif isinstance(lock, CareStaffLock):
            _relaxed_care_staff(r, lock)
        elif not r.by_number:
            _share(r, lock)
    if r.by_number:
        _seats(r)


def _of(r: Relaxation, course: str) -> list[int]:
    return [index for index in r.opened if r.offers[index].course == course]


def _relaxed_section(r: Relaxation, lock: SectionLock) -> None:
    """Add: of the offers that could be meant, one is open, in the room, led by the staff."""
    witnesses = r.lp.row(low=1)
    r.lock_rows.append((lock, witnesses))
    for index in _of(r, lock.course):
        if not set(lock.slots).issubset(r.offers[index].slots):
            continue
        parts: list[int | None] = [r.opened[index]]
        if lock.room is not None and r.keeps("rooms"):
            parts.append(r.pinned_room.get((index, lock.room)))
        if r.keeps("staffing"):
            parts += [r.lead.get((index, person)) for person in lock.staff]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            witness = r.lp.column(1)
            r.lp.put(witnesses, witness)
            for part in known:
                r.within(witness, part)


def _relaxed_care_staff(r: Relaxation, lock: CareStaffLock) -> None:
    there = r.lp.row(low=1)
    for (slot, _), groups in r.groups.items():
        if slot == lock.slot:
            r.lp.put(there, groups)
    if r.keeps("staffing"):
        duty = r.duty_rows[lock.teacher, lock.slot] = r.lp.row(low=1)
        if (lock.slot, lock.teacher) in r.supervise:
            r.lp.put(duty, r.supervise[lock.slot, lock.teacher])


def _share(r: Relaxation, lock: SeatLock) -> None:
    row = r.lp.row(int(lock.granted), int(lock.granted))
    seat = r.seat.get((lock.student, lock.course))
    if seat is not None:
        r.lp.put(row, seat)


def _seats(r: Relaxation) -> None:
    """Add the pinned seats of students who are otherwise only counted.

    Each is in one of the offers that he can attend, and counts among the seats of his grade there;
    a student's pinned seats do not meet at one moment and are no more than the clubs he wants.
    """
    locks = [lock for lock in r.school.locks if isinstance(lock, SeatLock)]
    barred = {(lock.student, lock.course) for lock in locks if not lock.granted}
    seats: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
    for student, course in dict.fromkeys((k.student, k.course) for k in locks if k.granted):
        mine = [] if (student, course) in barred else _seats_in(r, student, course)
        seats[student][course] = mine
        row = r.lp.row(low=1, high=1 if r.keeps("wishes") else None)
        for _, column in mine:
            r.lp.put(row, column)
    inside: dict[tuple[int, int], list[int]] = defaultdict(list)
    for student, courses in seats.items():
        own = [pair for pairs in courses.values() for pair in pairs]
        if r.keeps("wishes") and len(courses) > r.school.student[student].max_clubs:
            r.never()
        for clique in r.cliques if r.keeps("clash") else ():
            moment = r.attending.mask(clique)
            r.at_most(1, [c for index, c in own if r.attending.masks[index] & moment])
        for index, column in own:
            inside[r.school.grade_of[student], index].append(column)
    for key, columns in inside.items():
        counted = r.lp.row(high=0)
        r.lp.put(counted, r.at[key], -1)
        for column in columns:
            r.lp.put(counted, column)


def _seats_in(r: Relaxation, name: str, course: str) -> list[tuple[int, int]]:
    """Give offers of a course that a student can attend, with a column for a seat in each."""
    student, found = r.school.student[name], []
    wishes = [wish for wish in r.school.wishes_of[name] if wish.course == course]
    if r.keeps("wishes") and not wishes:
        return []
    named = wishes[0].teacher if r.keeps("wishes", "staffing") else None
    for offer in r.attending.offers_for(student, course):
        index = offer.index
        there = r.opened.get(index) if named is None else r.lead.get((index, named))
        if there is not None:
            column = r.lp.column(1)
            r.within(column, there)
            found.append((index, column))
    return found
