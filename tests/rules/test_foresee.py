"""What counts call impossible is impossible for the solver, on random schools of every kind."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from models import (
    CareGroup,
    CareStaffLock,
    Lock,
    School,
    SeatLock,
    Section,
    SectionCountLock,
    SectionLock,
)
from optimizer.checks import CHECKS, foresee
from optimizer.engine.finish.extract import extract
from optimizer.rules import build
from optimizer.rules.context import total
from tests.builders import tiny_plan, tiny_school
from tests.rules.random_schools import random_school
from tests.rules.solving import solved

SCHOOLS = 100


def opens(school: School, course: str) -> bool:
    """Tell whether any plan has a section of the course."""
    model = build(school)
    model.cp.add(total(model.opened[o.index] for o in model.offers_of()[course]) >= 1)
    return solved(model) is not None


def test_what_is_foreseen_is_proved() -> None:
    seen: Counter[str] = Counter()
    for number in range(SCHOOLS):
        school = random_school(Random(f"foreseen {number}"))
        found = foresee(school)
        for problem in found.closed:
            assert problem.row is not None
            assert not opens(school, school.courses[problem.row].id), (number, problem.text.en)
        if found.because:
            # The families that a shortage rests on cannot be kept together, whatever the others.
            assert solved(build(school, found.families)) is None, (number, found.because)
        seen["closed"] += len(found.closed)
        seen["pins"] += bool(found.pins)
        seen["short"] += bool(found.short)
        seen["nothing"] += not found.because
    assert seen["closed"] > SCHOOLS // 3, seen
    assert min(seen["pins"], seen["short"], seen["nothing"]) > SCHOOLS // 7, seen


def some_lock(school: School, random: Random) -> Lock:
    """Draw a lock that may or may not be kept."""
    course, slot = random.choice(school.courses), random.choice(school.slots).id
    kind = random.randrange(5)
    if kind == 0:
        return SectionLock(
            course=course.id,
            slots=random.choice([(), (slot,), (slot,)]),
            room=random.choice([None, *(room.id for room in school.rooms)]),
            staff=random.choice([(), (random.choice(course.leaders),)]),
        )
    if kind == 1:
        return SectionCountLock(course=course.id, count=random.choice((0, 1, 1, 2)))
    if kind == 2:
        return CareStaffLock(teacher=random.choice(school.teachers).id, slot=slot)
    wishes = [(wish.student, wish.course) for wish in school.wishes]
    others = [(random.choice(school.students).id, course.id)]
    student, wished = random.choice(wishes * 9 + others)
    return SeatLock(student=student, course=wished, slots=random.choice([(), (slot,)]))


def test_pins_that_are_foreseen_are_proved_and_the_others_kept() -> None:
    """Schools with several locks that have a plan without them."""
    seen: Counter[str] = Counter()
    for number in range(SCHOOLS):
        random = Random(f"pinned {number}")
        school = random_school(random)
        if solved(build(school)) is None:
            continue
        locks = [some_lock(school, random) for _ in range(random.choice((1, 2, 3)))]
        school = school.replaced(locks=(*school.locks, *locks))
        found = foresee(school)
        solution = solved(model := build(school))
        if found.pins:
            assert solution is None, (number, [problem.text.en for problem in found.pins])
        seen.update(problem.code for problem in found.pins)
        seen["pins"] += bool(found.pins)
        if solution is not None:
            seen["kept"] += 1
            _kept(school, *extract(model, solution))
    assert seen["pins"] > SCHOOLS // 6, seen
    assert seen["kept"] > SCHOOLS // 20, seen
    assert len(seen) > 10, seen


def _kept(school: School, sections: Sequence[Section], groups: Sequence[CareGroup]) -> None:
    """Demand that the check finds every lock of a solution kept."""
    plan = tiny_plan(tiny_school()).model_copy(
        update={"sections": tuple(sections), "care_groups": tuple(groups)}
    )
    assert not list(CHECKS["locks"](school, plan))
