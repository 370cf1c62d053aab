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
- group_size, cross_grade: places of a band <= size * its groups, and what follows of groups being
  whole (``care_whole``).
- staffing, clash: leads and care per person at one moment <= 1, per week and day <= his maxima.
- rooms: what needs one of a set of rooms at one moment <= rooms of the set.
- hours: no care at barred slots; enough seats for whoever would learn for too long in base care.
- budget: pay <= each limit.  locks: numbers of sections, seats, witnesses of sections, care staff.

``by_number`` leaves out single students, and with them the points: x[g, p] is then all there is of
seats, and rooms of base care are named instead. In whole numbers that is a model of the school by
counts, hundreds of times smaller than the model of all students, whose contradictions are
contradictions of the school. ``families`` says which rules are kept; as in ``build``, leaving one
out only loosens.
"""

from collections.abc import Iterable

from models import FAMILIES, Family, School
from optimizer.rules import cross_grade, pattern, rooms, staffing
from optimizer.rules.content import provider_barred
from optimizer.rules.context import Model, Offer, most_sections
from optimizer.rules.relaxation.care import add_care
from optimizer.rules.relaxation.days import add_days
from optimizer.rules.relaxation.numbers import add_numbers
from optimizer.rules.relaxation.pins import add_locks
from optimizer.rules.relaxation.relaxation import Relaxation
from optimizer.rules.relaxation.resources import add_budget, add_rooms, add_staff
from optimizer.rules.relaxation.seats import add_firsts, add_shares
from optimizer.rules.relaxation.timed import add_timed


def relax(
    school: School,
    care_reserve: float = 0.0,
    families: Iterable[Family] = FAMILIES,
    by_number: bool = False,
    first_weight: tuple[int, int] = (0, 0),
    timed: bool = False,
) -> Relaxation:
    """Make the program.

    Parameters
    ----------
    care_reserve
        Places in base care to plan beyond those needed at each slot and grade, as a share of a
        group: for a bound 0; a guide for plans, in which groups are whole, allows for rounding.
    families
        The rules to keep; with single students all of them.
    by_number
        Whether students are only counted, by grade.
    first_weight
        For a guide where first clubs come before points: how often the points of a student's first
        club count besides, and points for being one. What then is best bounds nothing.
    timed
        Whether seats of single students have a time (``timed``): a better bound of small schools,
        by a program with a column for each student and offer.
    """
    r = Relaxation(school, frozenset(families), by_number)
    _offers(r)
    _sections(r)
    if by_number:
        add_numbers(r)
    else:
        add_shares(r)
        if any(first_weight):
            add_firsts(r, *first_weight)
    add_care(r, care_reserve)
    if timed:
        add_timed(r)
    add_staff(r)
    add_locks(r)
    add_rooms(r)
    add_days(r)
    if r.keeps("budget"):
        add_budget(r)
    return r


def _offers(r: Relaxation) -> None:
    """Take the offers of the whole-school model with these rules."""
    model = Model(r.school, r.families)
    for course in r.school.courses:
        if not most_sections(model, course):
            continue
        bands = [frozenset(r.school.grades)]
        if r.keeps("cross_grade"):
            bands = cross_grade.section_bands(r.school, course)
        meets = pattern.patterns(r.school, course)
        if not r.keeps("pattern"):
            meets += [slots for slots in pattern.others(r.school, course) if slots not in meets]
        for slots in meets:
            for band in bands:
                model.add_offer(course, slots, band)
    r.offers = model.offers


def _sections(r: Relaxation) -> None:
    """Add sections by offer, and who leads them."""
    school, lp = r.school, r.lp
    suited = _suited_rooms(r)
    barred = {t.id for t in school.teachers if provider_barred(school, t.provider)}
    of_course = {}
    if r.keeps("group_size"):
        of_course = {course.id: lp.row(high=course.max_sections) for course in school.courses}
    for offer in r.offers:
        course = school.course[offer.course]
        able = []
        if r.keeps("staffing"):
            able = [t for t in course.leaders if staffing.available(offer.slots, school.teacher[t])]
        if r.keeps("content"):
            able = [t for t in able if t not in barred]
        r.suits[offer.index] = _free(school, suited[course.id], offer)
        if not _can_open(r, offer, len(able)):
            continue
        opened = r.opened[offer.index] = lp.column(offer.limit)
        if of_course:
            lp.put(of_course[course.id], opened)
        if able:
            staffed = lp.row(0, 0)
            lp.put(staffed, opened, -course.staff_needed)
            for teacher in able:
                lead = r.lead[offer.index, teacher] = lp.column(offer.limit)
                lp.put(staffed, lead)


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
