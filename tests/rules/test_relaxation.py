"""The relaxation bounds every plan, whatever the dual values; it knows who can attend what."""

from random import Random

import pytest

from models import Aim
from optimizer.engine.lp.highs import solve_here
from optimizer.rules import build, build_offers, relax
from optimizer.rules.clash import _kept_elsewhere
from optimizer.rules.registry import FORBIDS
from optimizer.rules.relaxation import Attending
from tests.builders import aiming
from tests.rules.random_schools import random_school
from tests.rules.solving import optimal_in_one_run, solved

BLOCKS = 6
SCHOOLS = 240


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_bound_is_never_below_the_optimum(block: int) -> None:
    solved_schools = tight = 0
    for number in range(block, SCHOOLS, BLOCKS):
        school = aiming(random_school(Random(f"bound {number}")), Aim.MOST_POINTS)
        if solved(build(school)) is None:
            continue
        solved_schools += 1
        best = optimal_in_one_run(school).value
        bounds = []
        for timed in (False, True):
            lp = relax(school, timed=timed).lp
            solution = solve_here(lp, 20.0)
            assert solution is not None, number  # every plan is a solution of the program
            bounds.append(lp.bound(solution.duals))
            assert best <= bounds[-1] <= solution.objective + 1, number
        assert bounds[1] <= bounds[0], "seats with a time are seats"
        tight += bounds[0] <= 1.25 * best
        assert solution is not None
        random = Random(number)
        for width in (0.0, 1.0, 30.0):
            garbage = [random.uniform(-width, width) for _ in lp.low]
            assert lp.bound(garbage) >= best, number
            near = [dual + random.uniform(-width, width) for dual in solution.duals]
            assert lp.bound(near) >= best, number
    assert solved_schools >= 8
    assert tight >= 4, "the program says next to nothing"


@pytest.mark.parametrize("number", range(40))
def test_who_can_attend_what_is_what_the_rules_forbid(number: int) -> None:
    school = random_school(Random(f"attending {number}"))
    offers = build_offers(school)
    attending = Attending(school, offers, forbids=FORBIDS)
    for student in school.students:
        for course in school.courses:
            able = {offer.index for offer in attending.offers_for(student, course.id)}
            for offer in (o for o in offers if o.course == course.id):
                wished = any(w.course == course.id for w in school.wishes_of[student.id])
                free = not any(
                    forbid(school, student, offer) for forbid in FORBIDS.values()
                ) and not _kept_elsewhere(school, student, offer)
                if wished:
                    assert (offer.index in able) == free, (student.id, offer)


def test_a_reserve_of_places_only_takes() -> None:
    """A plan with places to spare is a plan."""
    for number in range(30):
        school = random_school(Random(f"reserve {number}"))
        exact, spared = solve_here(relax(school).lp, 20.0), solve_here(relax(school, 0.2).lp, 20.0)
        if exact is not None and spared is not None:
            assert spared.objective <= exact.objective + 1e-6
