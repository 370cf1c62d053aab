"""The twelve rules as a list to walk, and the model they make for a school.

Each rule's forms stand in the module of its family: the statement, which is its docstring, ``add``
for the model, ``relax`` for the linear program, and ``forbids_seat`` where it rules out single
seats. Why one has no ``relax`` is said in ``NOT_RELAXED``.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import NamedTuple

from models import FAMILIES, Course, Family, School, Student
from optimizer.rules import (
    attendance,
    budget,
    clash,
    content,
    cross_grade,
    group_size,
    hours,
    locks,
    pattern,
    rooms,
    staffing,
    wishes,
)
from optimizer.rules.context import Model, Offer, Subproblem, most_sections
from optimizer.rules.relaxation.attending import Forbids
from optimizer.rules.relaxation.relaxation import Relaxation


class Rule(NamedTuple):
    """One family's forms."""

    family: Family
    add: Callable[[Model], None]
    relax: Callable[[Relaxation], None] | None
    """What the linear program keeps of it: rows that every plan satisfies."""
    forbids_seat: Forbids | None = None
    """Seats that need not be in model and program at all."""


RULES: tuple[Rule, ...] = (
    Rule("attendance", attendance.add, attendance.relax, attendance.forbids_seat),
    Rule("wishes", wishes.add, wishes.relax),
    Rule("clash", clash.add, clash.relax),
    Rule("group_size", group_size.add, group_size.relax),
    Rule("cross_grade", cross_grade.add, None, cross_grade.forbids_seat),
    Rule("pattern", pattern.add, None),
    Rule("rooms", rooms.add, rooms.relax),
    Rule("staffing", staffing.add, staffing.relax),
    Rule("hours", hours.add, hours.relax, hours.forbids_seat),
    Rule("content", content.add, content.relax, content.forbids_seat),
    Rule("budget", budget.add, budget.relax),
    Rule("locks", locks.add, locks.relax),
)
NOT_RELAXED: dict[Family, str] = {
    "cross_grade": "offers and care groups are for sets of grades that keep it, and no others",
    "pattern": "offers meet at sets of slots that keep it, and no others",
}
"""Why a rule needs no rows in the linear program."""
FORBIDS = {rule.family: rule.forbids_seat for rule in RULES if rule.forbids_seat is not None}


def build(
    school: School, families: Iterable[Family] = FAMILIES, subproblem: Subproblem | None = None
) -> Model:
    """Build the model of a school, or a part of it: variables, then every rule kept."""
    model = Model(school, frozenset(families), subproblem)
    rules = [rule for rule in RULES if rule.family in model.families]
    for course in school.courses:
        _offers(model, course)
    _seats(model, [rule.forbids_seat for rule in rules if rule.forbids_seat is not None])
    _care(model)
    if model.keeps("rooms"):
        _rooms(model)
    if model.keeps("staffing"):
        _staff(model)
    _link(model)
    for rule in rules:
        rule.add(model)
    return model


def build_offers(school: School, families: Iterable[Family] = FAMILIES) -> list[Offer]:
    """Give every way to hold every course."""
    model = Model(school, frozenset(families))
    for course in school.courses:
        _offers(model, course)
    return model.offers


def _offers(model: Model, course: Course) -> None:
    school = model.school
    if not most_sections(model, course):
        return
    bands = [frozenset(school.grades)]
    if model.keeps("cross_grade"):
        bands = cross_grade.section_bands(school, course)
    meets = pattern.patterns(school, course)
    if not model.keeps("pattern"):
        meets += [slots for slots in pattern.others(school, course) if slots not in meets]
    model.add_offers(course, product(meets, bands))


def _seats(model: Model, forbids: list[Forbids]) -> None:
    school = model.school
    if model.keeps("wishes"):
        wanted = {(w.student, w.course) for w in school.wishes}
    else:
        wanted = {(s.id, c.id) for s in school.students for c in school.courses}
    offers = model.offers_of()
    open_courses = [c for c, own in offers.items() if own]
    for student in model.students:
        for course in (c for c in open_courses if (student.id, c) in wanted):
            for offer in offers[course]:
                if not any(forbid(school, student, offer) for forbid in forbids):
                    name = f"seat[{student.id},{offer.index}]"
                    model.seat[student.id, offer.index] = model.cp.new_bool_var(name)


def _link(model: Model) -> None:
    """Add what the variables mean.

    Whoever has a seat or a place in base care has it in a section or group that is there (rule
    ``group_size`` says as much of base care, and more); a group of an exact band has students of
    each of the band's grades.
    """
    for (_, offer), var in model.seat.items():
        model.cp.add(var <= model.opened[offer])
    if not model.keeps("group_size"):
        for (slot, _, band), share in model.care_share.items():
            model.cp.add(share <= len(model.school.students) * model.care_groups[slot, band])
    if cross_grade.exact_care_bands(model.school, model.keeps("cross_grade")):
        for (slot, _, band), share in model.care_share.items():
            model.cp.add(share >= model.care_groups[slot, band])


def _everywhere(school: School) -> Iterator[tuple[Student, str]]:
    """Give each student who takes part with each slot: where care may be without attendance."""
    for student in school.students:
        if student.id not in school.excluded:
            for slot in school.slots:
                yield student, slot.id


def _care(model: Model) -> None:
    school = model.school
    here: dict[str, dict[int, int]] = {s.id: {} for s in school.slots}
    for student, slot in model.stays() if model.keeps("attendance") else _everywhere(school):
        grade = school.grade_of[student.id]
        here[slot][grade] = here[slot].get(grade, 0) + model.at_once
    for (slot, grade), count in model.waiting.items():
        here[slot][grade] = here[slot].get(grade, 0) + count
    kept = model.keeps("cross_grade")
    bands = cross_grade.care_bands(school) if kept else cross_grade.free_care_bands(school)
    exact = cross_grade.exact_care_bands(school, kept)
    if not model.keeps("group_size"):
        bands = [*bands, ()]  # Groups that nobody is in.
    for slot, waiting in here.items():
        for band in bands:
            present = [g for g in band if g in waiting]
            most = sum(waiting[g] for g in present) if band else len(school.teachers)
            if not most or (exact and len(present) < len(band)):
                continue
            model.care_groups[slot, band] = model.cp.new_int_var(0, most, f"groups[{slot},{band}]")
            for grade in present:
                model.care_share[slot, grade, band] = model.cp.new_int_var(
                    0, waiting[grade], f"share[{slot},{grade},{band}]"
                )


def _rooms(model: Model) -> None:
    school = model.school
    for offer in model.offers:
        course = school.course[offer.course]
        held = model.held(offer)
        for room in school.rooms:
            there = held is None or room.id in held.rooms
            if there and rooms.suits_course(course, offer.slots, room):
                model.room[offer.index, room.id] = model.uses(
                    offer.limit, f"room[{offer.index},{room.id}]"
                )
    for slot, band in model.care_groups:
        for room in school.rooms:
            if rooms.suits_care(school, slot, room, band):
                model.care_room[slot, room.id, band] = model.uses(
                    len(school.students), f"care[{slot},{room.id},{band}]"
                )


def _staff(model: Model) -> None:
    school = model.school
    for offer in model.offers:
        held = model.held(offer)
        for name in school.course[offer.course].leaders:
            there = held is None or name in held.staff
            if there and staffing.available(offer.slots, school.teacher[name]):
                model.lead[offer.index, name] = model.uses(
                    offer.limit, f"lead[{offer.index},{name}]"
                )
    for slot in dict.fromkeys(slot for slot, _ in model.care_groups):
        for teacher in school.teachers:
            if teacher.may_supervise and staffing.available((slot,), teacher):
                model.supervise[slot, teacher.id] = model.uses(
                    len(school.students), f"supervise[{slot},{teacher.id}]"
                )
    for slot, band in model.care_groups:
        for name in sorted(staffing.rota_people(school, band) or ()):
            if (slot, name) in model.supervise:
                model.rota[slot, name, band] = model.uses(
                    len(school.students), f"rota[{slot},{name},{band}]"
                )
