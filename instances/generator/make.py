"""From parameters to a school and its witness."""

from typing import NamedTuple

import optimizer
from instances.generator import all_day, menu, people, staff
from instances.generator.care import pack
from instances.generator.draft import CARE_SIZE, DraftSchool, stream, week
from instances.generator.styles import STYLE, STYLES, Style, StyleName
from instances.generator.witness import Witness
from models import (
    CareGroup,
    HomeClass,
    Plan,
    PlanStatus,
    Provenance,
    School,
    Section,
    Slot,
    SlotUse,
    Student,
)
from optimizer.checks import unmet_wishes
from optimizer.ledger import plan_pay_fen

FEWEST_STUDENTS = 30
FEWEST_COURSES = 3


class Generated(NamedTuple):
    """A school, and a plan of it that keeps every rule."""

    school: School
    witness: Plan


def generate(style: StyleName, students: int, courses: int, seed: int) -> Generated:
    """Make up a school around a plan that keeps every rule.

    Parameters
    ----------
    style
        ``clubhour``, ``mixed``, ``nine-year`` or ``all-day``; see ``instances/README.md``.
    students, courses
        How many; at least 30 and 3.
    seed
        The same seed makes the same school, to the last bit, on every machine.

    Raises
    ------
    ValueError
        If there is no such style, or students or courses are too few.
    """
    if style not in STYLES:
        raise ValueError(f"style: one of {', '.join(STYLES)}, not {style!r}")
    for name, value, least in (
        ("students", students, FEWEST_STUDENTS),
        ("courses", courses, FEWEST_COURSES),
    ):
        if value < least:
            raise ValueError(f"{name}: at least {least}, not {value}")
    if style == "all-day":
        school, sections = all_day.make(students, courses, seed)
        return Generated(school, _plan(school, sections, (), seed))
    draft = make_draft(STYLE[style], students, courses, seed)
    raw = Witness(draft).make()
    school = draft.school(raw.budget_fen)
    return Generated(school, _plan(school, raw.sections, raw.care_groups, seed))


def make_draft(style: Style, students: int, courses: int, seed: int) -> DraftSchool:
    """Draw everything but the budget."""
    slots = week(style)
    random = stream(seed, "people")
    sizes = people.class_sizes(random, students, len(style.grades))
    classes = people.home_classes(sizes, style.grades)
    pupils = people.students(random, style, slots, classes, sizes)
    outlines = menu.outlines(stream(seed, "menu"), style, students, courses)
    random = stream(seed, "staff")
    own, external = staff.headcount(students, outlines, _care(style, slots, classes, pupils))
    leaders = staff.leaders(random, outlines, own, external)
    menu_courses = menu.courses(outlines, leaders)
    popularity = [outline.popularity for outline in outlines]
    club_slots = sum(slot.use is not SlotUse.CARE_ONLY for slot in slots)
    return DraftSchool(
        style=style,
        seed=seed,
        slots=slots,
        rooms=tuple(menu.rooms(classes, outlines, club_slots)),
        classes=tuple(classes),
        groups=people.GROUPS,
        providers=staff.PROVIDERS,
        teachers=staff.staff(random, slots, own, external, style.max_periods_day),
        courses=tuple(menu_courses),
        students=tuple(pupils),
        wishes=tuple(
            people.wishes(stream(seed, "wishes"), pupils, classes, menu_courses, popularity)
        ),
    )


def _care(
    style: Style, slots: tuple[Slot, ...], classes: list[HomeClass], pupils: list[Student]
) -> list[int]:
    """Count the care groups of each slot if nobody sat in a club."""
    grade_of = {home.id: home.grade for home in classes}
    counts: dict[str, dict[int, int]] = {slot.id: {} for slot in slots}
    for pupil in pupils:
        grade = grade_of[pupil.home_class]
        for slot in pupil.stay_slots:
            counts[slot][grade] = counts[slot].get(grade, 0) + 1
    blocks = style.blocks
    return [len(pack(c, blocks, style.care_grade_span, CARE_SIZE)) for c in counts.values()]


def _plan(
    school: School, sections: tuple[Section, ...], care_groups: tuple[CareGroup, ...], seed: int
) -> Plan:
    """Put the witness into the form of a plan."""
    rank = {(w.student, w.course): w for w in school.wishes}
    held: dict[str, int] = {}
    value = 0
    for section in sections:
        for student in section.students:
            value += school.wish_points(rank[student, section.course])
            held[student] = held.get(student, 0) + 1
    value += sum(school.seat_bonus(student, seats) for student, seats in held.items())
    plan = Plan(
        school=school.settings.id,
        school_digest=school.digest,
        status=PlanStatus.FEASIBLE,
        sections=sections,
        care_groups=care_groups,
        value=value,
        pay_fen=0,
        lottery_seed=school.settings.lottery_seed,
        provenance=Provenance(
            version=optimizer.__version__,
            engine="generator",
            seed=seed,
            workers=1,
            time_limit_seconds=0,
            seconds=0,
        ),
    )
    said = {"unmet": unmet_wishes(school, plan), "pay_fen": plan_pay_fen(school, plan)}
    return plan.model_copy(update=said)
