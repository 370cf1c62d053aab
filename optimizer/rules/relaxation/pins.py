"""Locks in the linear program."""

from collections import defaultdict

from models import CareStaffLock, SeatLock, SectionCountLock, SectionLock
from optimizer.rules.relaxation.relaxation import Relaxation


def add_locks(r: Relaxation) -> None:
    """Add what locks say."""
    if not r.keeps("locks"):
        return
    for lock in r.school.locks:
        if isinstance(lock, SectionCountLock):
            row = r.lp.row(lock.count, lock.count)
            for index in _of(r, lock.course):
                r.lp.put(row, r.opened[index])
        elif isinstance(lock, SectionLock):
            _section(r, lock)
        elif isinstance(lock, CareStaffLock):
            _care_staff(r, lock)
        elif not r.by_number:
            _share(r, lock)
    if r.by_number:
        _seats(r)


def _of(r: Relaxation, course: str) -> list[int]:
    return [index for index in r.opened if r.offers[index].course == course]


def _section(r: Relaxation, lock: SectionLock) -> None:
    """Add: of the offers that could be meant, one is open, in the room, led by the staff."""
    witnesses = r.lp.row(low=1)
    r.lock_rows.append((lock, witnesses))
    for index in _of(r, lock.course):
        if not set(lock.slots).issubset(r.offers[index].slots):
            continue
        parts: list[int | None] = [r.opened[index]]
        if lock.room is not None and r.keeps("rooms"):
            parts.append(_room(r, index, lock.room))
        if r.keeps("staffing"):
            parts += [r.lead.get((index, person)) for person in lock.staff]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            witness = r.lp.column(1)
            r.lp.put(witnesses, witness)
            for part in known:
                r.within(witness, part)


def _room(r: Relaxation, index: int, room: str) -> int | None:
    """Give the column of an offer's section in a room; None where it cannot be there."""
    if room not in r.suits[index]:
        return None
    if (index, room) not in r.pinned_room:
        column = r.pinned_room[index, room] = r.lp.column(r.offers[index].limit)
        r.within(column, r.opened[index])
    return r.pinned_room[index, room]


def _care_staff(r: Relaxation, lock: CareStaffLock) -> None:
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
