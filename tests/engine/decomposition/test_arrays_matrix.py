"""Each array that says something of a rule is needed: let it allow more, and rules are broken."""

from collections.abc import Callable
from functools import cache
from random import Random

import numpy as np
import pytest

from models import Family, Room, School, Section
from optimizer.checks import CHECKS
from optimizer.engine.decomposition.annealing import anneal, seed_loops
from optimizer.engine.decomposition.arrays import Arrays
from optimizer.engine.decomposition.asking import choose
from optimizer.engine.decomposition.timetable import Annealer
from optimizer.rules.rooms import suits_course
from tests.engine.decomposition.test_annealing import annealer
from tests.rules.matrix_schools import HAND_MADE
from tests.rules.random_plans import bare_plan
from tests.rules.random_schools import random_school
from tests.rules.small import ball, small_school, student, wish

KEPT: tuple[Family, ...] = (
    "clash",
    "cross_grade",
    "pattern",
    "staffing",
    "hours",
    "content",
    "wishes",
)
"""Families that a timetable keeps with everyone's best set, whoever then has a seat."""
LOOSER: dict[str, Callable[[Arrays], np.ndarray]] = {
    "way_closed": lambda t: np.zeros_like(t.way_closed),
    "way_overlaps": lambda t: np.full_like(t.way_overlaps, -1),
    "attends": lambda t: np.ones_like(t.attends),
    "most": lambda t: t.most + 5,
    "wish_teacher": lambda t: np.full_like(t.wish_teacher, -1),
    "teacher_week": lambda t: t.teacher_week + 9,
    "teacher_day": lambda t: t.teacher_day + 9,
    "room_limits": lambda t: t.room_limits + 9,
    "room_sets": lambda t: np.full_like(t.room_sets, -1),
    "least": lambda t: np.zeros_like(t.least),
    "needed": lambda t: np.minimum(t.needed, 1),
}
"""What each array is where it forbids nothing."""
FACTS = {
    *("course_ways", "way_mask", "way_slots", "way_local", "way_offer", "way_leads", "lead_way"),
    *("lead_person", "section_course", "course_sections", "size", "wish_course", "wish_student"),
    *("wish_points", "wish_first", "student_wishes", "wishes_of_course", "wish_at"),
    *("course_wishes", "named", "first", "second", "slot_day", "stays", "grade"),
}
"""Arrays that say what there is and what it is worth."""


def one_hall() -> School:
    """Two courses that different people lead, and only one room for them."""
    chess = ball(id="chess", slots=("mon2",), leaders=("t1",), max_size=2)
    names = "abcd"
    return small_school(
        courses=(ball(slots=("mon2",), max_size=2), chess),
        students=tuple(student(n, max_clubs=2) for n in names),
        wishes=tuple(wish(n, c, r) for n in names for r, c in enumerate(("ball", "chess"), 1)),
    )


@cache
def schools() -> tuple[School, ...]:
    """Give schools whose slots are as the policy wants them."""
    made = [one_hall(), *(make() for make in HAND_MADE)]
    made += [random_school(Random(f"arrays {n}")) for n in range(40)]
    return tuple(s for s in made if not any(CHECKS["hours"](s, bare_plan(s, (), ()))))


def timetable(a: Annealer) -> list[Section]:
    """Anneal, anything and then what is better; give sections and best sets."""
    tables, x, school = a.tables, a.state, a.market.relaxation.school
    choose(tables, x)
    seed_loops(1)
    anneal(tables, x, 0, 60, 60, 1e300, 1e300, a.chances)
    anneal(tables, x, 0, 120, 120, 10.0, 1e-9, a.chances)
    found = []
    for j in np.flatnonzero(x.way >= 0).tolist():
        offer = a.market.relaxation.offers[int(tables.way_offer[x.way[j]])]
        crew = x.crew[j, : tables.needed[tables.section_course[j]]]
        inside = [s.id for n, s in enumerate(school.students) if j in x.chosen[n]]
        found.append(
            Section(
                id=str(j),
                course=offer.course,
                slots=offer.slots,
                room=str(j),
                staff=tuple(school.teachers[t].id for t in tables.lead_person[crew]),
                students=tuple(inside),
            )
        )
    return found


def too_few_rooms(school: School, sections: list[Section]) -> bool:
    """Tell whether at some slot sections need more rooms of a kind than there are."""
    suited = {
        c.id: frozenset(r.id for r in school.rooms if suits_course(c, (), r))
        for c in school.courses
    }
    for slot in school.slots:
        here = [suited[s.course] for s in sections if slot.id in s.slots]
        for rooms in {*here}:
            there = sum(school.room[r].available(slot.id) for r in rooms)
            if sum(own <= rooms for own in here) > there:
                return True
    return False


def wrong(school: School, loosen: str | None = None) -> bool:
    a = annealer(school, Random(1))
    if not len(a.tables.lead_way) or not len(a.state.way):
        return False
    if loosen is not None:
        tables = a.tables._replace(**{loosen: LOOSER[loosen](a.tables)})
        a = Annealer(a.market._replace(tables=tables), 1)
    if loosen == "least":
        return opens_too_small(a)
    sections = timetable(a)
    own = (Room(id=section.id, name="", seats=1) for section in sections)
    housed = school.replaced(rooms=(*school.rooms, *own))  # which ones is settled later on
    plan = bare_plan(housed, tuple(sections), ())
    broken = any(any(CHECKS[family](housed, plan)) for family in KEPT)
    return broken or too_few_rooms(school, sections)


def opens_too_small(a: Annealer) -> bool:
    """Tell whether a section of a course for which too few wished opens without a loss."""
    tables, x, school = a.tables, a.state, a.market.relaxation.school
    choose(tables, x)
    seed_loops(1)
    anneal(tables, x, 0, 120, 120, 1e300, 1e300, a.chances)
    courses = [school.courses[tables.section_course[j]] for j in np.flatnonzero(x.way >= 0)]
    return any(len(school.wishes_for[c.id]) < c.min_size for c in courses)


def test_timetables_keep_what_they_are_to_keep() -> None:
    assert not any(wrong(school) for school in schools())
    assert not any(
        opens_too_small(a)
        for a in (annealer(school, Random(1)) for school in schools())
        if len(a.tables.lead_way) and len(a.state.way)
    )


@pytest.mark.parametrize("name", LOOSER)
def test_every_array_is_needed(name: str) -> None:
    assert any(wrong(school, name) for school in schools())


def test_no_array_is_forgotten() -> None:
    assert {*Arrays._fields} == {*LOOSER, *FACTS}
