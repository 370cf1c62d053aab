"""What counts call impossible is impossible for the solver, on random schools of every kind."""

from collections import Counter
from random import Random

from models import School
from optimizer.checks import foresee
from optimizer.rules import build
from optimizer.rules.context import total
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
