"""Sections in the linear program: how many of each offer, who leads them, where; supervisors."""

from models import School, SectionLock
from optimizer.rules import rooms, staffing
from optimizer.rules.content import provider_barred
from optimizer.rules.context import Offer
from optimizer.rules.relaxation.relaxation import Relaxation


def add_sections(r: Relaxation) -> None:
    """Add sections by offer, who leads them, and those in rooms that a lock names.

    None that could never open: of a barred provider, without enough people, or without a room.
    """
    school, lp = r.school, r.lp
    suited = _suited_rooms(r)
    barred = _barred(r)
    for offer in r.offers:
        course = school.course[offer.course]
        able = []
        if r.keeps("staffing"):
            able = [t for t in course.leaders if staffing.available(offer.slots, school.teacher[t])]
        able = [t for t in able if t not in barred]
        r.suits[offer.index] = _free(school, suited[course.id], offer)
        if not _can_open(r, offer, len(able)):
            continue
        r.opened[offer.index] = lp.column(offer.limit)
        for teacher in able:
            r.lead[offer.index, teacher] = lp.column(offer.limit)
    _pinned_rooms(r)


def add_supervisors(r: Relaxation) -> None:
    """Add who supervises, at the slots at which there may be groups."""
    school = r.school
    if not r.keeps("staffing"):
        return
    barred = _barred(r)
    most = 1 if r.keeps("clash") else len(school.students)
    for slot in dict.fromkeys(slot for slot, _ in r.groups):
        for teacher in school.teachers:
            able = teacher.may_supervise and staffing.available((slot,), teacher)
            if able and teacher.id not in barred:
                r.supervise[slot, teacher.id] = r.lp.column(most)


def _barred(r: Relaxation) -> set[str]:
    """Give those whom a barred provider employs."""
    if not r.keeps("content"):
        return set()
    return {t.id for t in r.school.teachers if provider_barred(r.school, t.provider)}


def _pinned_rooms(r: Relaxation) -> None:
    """Add, where a lock names a room, the sections of an offer that are in it."""
    if not r.keeps("locks", "rooms"):
        return
    for lock in r.school.locks:
        if isinstance(lock, SectionLock) and lock.room is not None:
            for index, opened in r.opened.items():
                offer, key = r.offers[index], (index, lock.room)
                meant = offer.course == lock.course and set(lock.slots).issubset(offer.slots)
                if meant and lock.room in r.suits[index] and key not in r.pinned_room:
                    r.pinned_room[key] = r.lp.column(offer.limit)
                    r.within(r.pinned_room[key], opened)


def _can_open(r: Relaxation, offer: Offer, able: int) -> bool:
    course = r.school.course[offer.course]
    return not (
        (r.keeps("staffing") and able < course.staff_needed)
        or (r.keeps("rooms") and not r.suits[offer.index])
        or (r.keeps("content") and provider_barred(r.school, course.provider))
    )


def _suited_rooms(r: Relaxation) -> dict[str, frozenset[str]]:
    """Give by course the rooms it can be in, apart from when they are free."""
    return {
        course.id: frozenset(
            room.id
            for room in r.school.rooms
            if rooms.suits_course(course, (), room)
            and not (r.keeps("group_size") and room.seats < course.min_size)
        )
        for course in r.school.courses
    }


def _free(school: School, suited: frozenset[str], offer: Offer) -> frozenset[str]:
    taken = {
        room.id
        for room in school.rooms
        if room.available_slots is not None
        and room.id in suited
        and not all(room.available(slot) for slot in offer.slots)
    }
    return suited - taken
