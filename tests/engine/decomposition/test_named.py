"""Wishes that name a teacher, where several groups of a course meet at one time."""

from random import Random

import pytest

from instances import STYLES, StyleName, generate
from models import Course, PlanStatus, Room, School, Wish
from optimizer.checks import verify
from optimizer.engine import Limits, solve
from optimizer.engine.decomposition.rooms import Placed, place
from optimizer.engine.solution import Solution, solution_of
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import Held, build, build_offers
from optimizer.rules.context import Offer
from tests.builders import revised
from tests.engine.schools import STAYS_NOT, whatever_found
from tests.rules.small import small_school, student, teacher, wish

EFFORT = Effort(5.0, 1)


def two_groups() -> School:
    """Eight children for two groups of ball at the only time; every second one names t2, others t3.

    In order of their ids they alternate, so groups split by anything else than the teacher are
    wrong.
    """
    names = "abcdefgh"
    ball = Course(
        id="ball",
        name="",
        grades=(3,),
        min_size=2,
        max_size=4,
        max_sections=2,
        leaders=("t2", "t3", "t4"),
        slots=("mon2",),
    )
    return small_school(
        rooms=tuple(Room(id=name, name="", seats=8) for name in ("r3", "hall", "yard")),
        teachers=tuple(teacher(name) for name in ("t1", "t2", "t3", "t4")),
        courses=(ball,),
        students=tuple(student(name, **STAYS_NOT) for name in names),
        wishes=tuple(
            wish(name, teacher=("t2", "t3")[number % 2]) for number, name in enumerate(names)
        ),
    )


@pytest.mark.parametrize("engine", ["whole", "large"])
def test_seats_follow_the_teacher(engine: str) -> None:
    school = two_groups()
    plan = solve(school, Limits(seconds=8, workers=1, engine=engine))
    assert verify(school, plan) == ()
    assert plan.status is PlanStatus.OPTIMAL
    assert {(section.staff, section.students) for section in plan.sections} == {
        (("t2",), tuple("aceg")),
        (("t3",), tuple("bdfh")),
    }


def placed(school: School, offer: Offer, *staff: str) -> dict[tuple[int, frozenset[str]], int]:
    """Place groups of one offer with these leaders; give copies with their staff, and most."""
    sections = [Placed(offer, (name,), 4) for name in staff]
    held = place(school, sections, {}, Crew(), EFFORT)
    assert held is not None
    return {(key[3], each.staff): each.most for key, each in held.items()}


def test_groups_that_can_be_told_apart_are_placed_as_copies() -> None:
    school = two_groups()
    offer = build_offers(school)[0]
    assert placed(school, offer, "t2", "t3") == {
        (0, frozenset({"t2"})): 1,
        (1, frozenset({"t3"})): 1,
    }


def test_groups_that_are_alike_are_counted() -> None:
    school = two_groups()
    alike = tuple(Wish(student=s.id, course="ball", rank=1) for s in school.students)
    school = revised(school, wishes=alike)
    offer = build_offers(school)[0]
    assert placed(school, offer, "t2", "t3") == {(0, frozenset({"t2", "t3"})): 2}


def test_what_stands_has_the_first_copies() -> None:
    """Where the first of two copies closed, the other one takes its place: hints must fit."""
    school = two_groups()
    first, second = (offer.key for offer in build_offers(school))
    held = {
        key: Held(0, 1, frozenset({room}), frozenset({name}))
        for key, room, name in ((first, "hall", "t2"), (second, "yard", "t3"))
    }
    solution = Solution(school, held)
    model = build(school, subproblem=solution.subproblem((), "bd"))
    model.cp.maximize(sum(model.seat.values()))
    run = Crew().solve(model.cp, EFFORT)
    assert run.solution is not None
    after = solution.after(model, run.solution)
    assert after.held == {first: Held(1, 1, frozenset({"yard"}), frozenset({"t3"}))}
    assert after.seats == {"b": frozenset({first}), "d": frozenset({first})}


def test_a_plan_read_back_keeps_who_leads_whom() -> None:
    school = two_groups()
    plan = solve(school, Limits(seconds=8, workers=1, engine="whole"))
    solution = solution_of(school, build_offers(school), plan)
    assert solution is not None
    for section in plan.sections:
        for name in section.students:
            assert [solution.held[key].staff for key in solution.seats[name]] == [{*section.staff}]


def with_names(school: School, share: float, random: Random) -> School:
    """Let so many of the wishes name somebody who may lead the course."""
    wishes = [
        revised(w, teacher=random.choice(school.course[w.course].leaders))
        if random.random() < share
        else w
        for w in school.wishes
    ]
    return revised(school, wishes=tuple(wishes))


@pytest.mark.parametrize("style", STYLES)
def test_generated_schools(style: StyleName) -> None:
    """Whatever the week: no seat with another teacher than the one named, or no plan at all."""
    school = with_names(generate(style, 90, 8, 5).school, 0.3, Random(style))
    plan = whatever_found(school, Limits(seconds=3, workers=2, engine="large"))
    assert verify(school, plan) == ()
    led = {(s, sec.course): sec.staff for sec in plan.sections for s in sec.students}
    kept = [w for w in school.wishes if w.teacher is not None and (w.student, w.course) in led]
    assert len(kept) >= 5
    assert all(w.teacher in led[w.student, w.course] for w in kept)
