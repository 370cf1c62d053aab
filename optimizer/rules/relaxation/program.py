"""The whole school as a linear program: a bound on every plan, and prices for the search.

Students are continuous, sections are counted by offer, and a student's seat says the course but not
the time: ``y[s, c]`` is his share of a course, ``x[g, p]`` the seats of a grade in an offer. Every
row follows from the rules for whole plans, so no plan has more points than the program:

- wishes: sum over c of y[s, c] <= max_clubs; first[s] + second[s] <= sum over c of y[s, c].
- pattern, attendance: y[s, c] <= sections of c in offers that s can attend (the linking cut; with a
  teacher named, sections that this teacher leads).
- group_size: min * opened[p] <= sum over g of x[g, p] <= max * opened[p]; sum over p of x[g, p] =
  sum over s in g of y[s, c].
- attendance: places in base care at a slot and grade + sum of x[g, p] at the slot >= stays there.
- group_size, cross_grade: places of a band <= size * its groups.
- staffing, clash: leads and care per person at one moment <= 1, per week and day <= his maxima.
- rooms: what needs one of a set of rooms at one moment <= rooms of the set.
- budget: pay <= each limit.  locks: numbers of sections, seats.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from models import School, SeatLock, SectionCountLock
from optimizer.ledger.tariffs import budget_limits, pay_costs
from optimizer.rules import rooms, staffing
from optimizer.rules.content import provider_barred
from optimizer.rules.context import Band, Offer, slot_cliques
from optimizer.rules.registry import build_offers
from optimizer.rules.relaxation.attending import Attending
from optimizer.rules.relaxation.linear import Lp
from optimizer.rules.relaxation.seats import add_care, add_shares


@dataclass
class Relaxation:
    """The program, and which column and row is what."""

    school: School
    offers: list[Offer]
    attending: Attending
    lp: Lp = field(default_factory=Lp)
    opened: dict[int, int] = field(default_factory=dict)
    seat: dict[tuple[str, str], int] = field(default_factory=dict)
    """(student, course): his share."""
    at: dict[tuple[int, int], int] = field(default_factory=dict)
    """(grade, offer): its seats there."""
    groups: dict[tuple[str, Band], int] = field(default_factory=dict)
    lead: dict[tuple[int, str], int] = field(default_factory=dict)
    supervise: dict[tuple[str, str], int] = field(default_factory=dict)
    care_row: dict[tuple[str, int], int] = field(default_factory=dict)
    capacity_row: dict[int, int] = field(default_factory=dict)
    scarce: list[int] = field(default_factory=list)
    """Rows of staff, rooms and money: what opening a section takes from others."""


def relax(school: School, care_reserve: float = 0.0) -> Relaxation:
    """Make the program.

    Parameters
    ----------
    care_reserve
        Places in base care to plan beyond those needed at each slot and grade, as a share of a
        group: for a bound 0; a guide for plans, in which groups are whole, allows for rounding.
    """
    offers = build_offers(school)
    r = Relaxation(school, offers, Attending(school, offers))
    _sections(r)
    add_shares(r)
    add_care(r, care_reserve)
    _staff(r)
    _rooms(r)
    _budget(r)
    _locks(r)
    return r


def _sections(r: Relaxation) -> None:
    """Add sections by offer, and who leads them."""
    school, lp = r.school, r.lp
    of_course = {course.id: lp.row(high=course.max_sections) for course in school.courses}
    for offer in r.offers:
        course = school.course[offer.course]
        able = [
            t
            for t in course.leaders
            if staffing.available(offer.slots, school.teacher[t])
            and not provider_barred(school, school.teacher[t].provider)
        ]
        fits = any(rooms.suits_course(course, offer.slots, room) for room in school.rooms)
        if not fits or len(able) < course.staff_needed or provider_barred(school, course.provider):
            continue
        opened = r.opened[offer.index] = lp.column(offer.limit)
        lp.put(of_course[course.id], opened)
        staffed = lp.row(0, 0)
        lp.put(staffed, opened, -course.staff_needed)
        for teacher in able:
            lead = r.lead[offer.index, teacher] = lp.column(offer.limit)
            lp.put(staffed, lead)


def _staff(r: Relaxation) -> None:
    """Add supervisors, and what one person can do at a moment, a day and a week."""
    school, lp = r.school, r.lp
    needed = school.settings.base_care.staff_needed
    duties: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (index, leader), lead in r.lead.items():
        for meets in r.offers[index].slots:
            duties[leader, meets].append(lead)
    for slot in dict.fromkeys(slot for slot, _ in r.groups):
        supervised = lp.row(0, 0)
        for (other, _), groups in r.groups.items():
            if other == slot:
                lp.put(supervised, groups, -needed)
        for teacher in school.teachers:
            if (
                teacher.may_supervise
                and staffing.available((slot,), teacher)
                and not provider_barred(school, teacher.provider)
            ):
                duty = r.supervise[slot, teacher.id] = lp.column(1)
                lp.put(supervised, duty)
                duties[teacher.id, slot].append(duty)
    _moments_days_weeks(r, duties)


def _moments_days_weeks(r: Relaxation, duties: dict[tuple[str, str], list[int]]) -> None:
    """Add: of a person's duties one at a moment, and no more a day and a week than he may do."""
    school = r.school
    cliques = slot_cliques(school)
    for teacher in school.teachers:
        mine = {slot.id: duties.get((teacher.id, slot.id), []) for slot in school.slots}
        for clique in cliques:
            _at_most(r, 1, [d for slot in clique for d in mine[slot]])
        days: dict[int, list[int]] = defaultdict(list)
        for slot in school.slots:
            days[slot.weekday] += mine[slot.id]
        for day in days.values():
            _at_most(r, teacher.max_periods_day, day)
        _at_most(r, teacher.max_periods_week, [d for day in days.values() for d in day])


def _at_most(r: Relaxation, high: int, columns: list[int]) -> None:
    if columns:
        row = r.lp.row(high=high)
        r.scarce.append(row)
        for column in columns:
            r.lp.put(row, column)


def _rooms(r: Relaxation) -> None:
    """Add for each set of rooms that something needs: no more at a moment than there are."""
    school = r.school
    of_course = {
        c.id: frozenset(room.id for room in school.rooms if rooms.suits_course(c, (), room))
        for c in school.courses
    }
    of_band = {
        band: frozenset(
            room.id
            for room in school.rooms
            if any(rooms.suits_care(school, slot.id, room, band) for slot in school.slots)
        )
        for band in {band for _, band in r.groups}
    }
    everything = {*of_course.values(), *of_band.values(), frozenset(x.id for x in school.rooms)}
    for clique in slot_cliques(school):
        for chosen in sorted(everything, key=sorted):
            needs = [
                column
                for index, column in r.opened.items()
                if not clique.isdisjoint(r.offers[index].slots)
                and of_course[r.offers[index].course] <= chosen
            ]
            needs += [
                column
                for (slot, band), column in r.groups.items()
                if slot in clique and of_band[band] <= chosen
            ]
            there = sum(
                any(school.room[room].available(slot) for slot in clique) for room in chosen
            )
            _at_most(r, there, needs)


def _budget(r: Relaxation) -> None:
    """Add: pay at most each limit."""
    school, lp = r.school, r.lp
    for limit in budget_limits(school):
        row = lp.row(high=limit.limit_fen)
        r.scarce.append(row)
        paid = [(r.offers[i].slots, t, column) for (i, t), column in r.lead.items()]
        paid += [((slot,), t, column) for (slot, t), column in r.supervise.items()]
        for slots, teacher, column in paid:
            costs = pay_costs(school, slots, school.teacher[teacher])
            amount = sum(fen for cost, fen in costs.items() if cost in limit.costs)
            if amount:
                lp.put(row, column, amount)


def _locks(r: Relaxation) -> None:
    """Add what pinned numbers of sections and seats say; other locks are left out."""
    for lock in r.school.locks:
        if isinstance(lock, SectionCountLock):
            row = r.lp.row(lock.count, lock.count)
            for index, column in r.opened.items():
                if r.offers[index].course == lock.course:
                    r.lp.put(row, column)
        elif isinstance(lock, SeatLock):
            seat = r.seat.get((lock.student, lock.course))
            if seat is not None:
                row = r.lp.row(int(lock.granted), int(lock.granted))
                r.lp.put(row, seat)
