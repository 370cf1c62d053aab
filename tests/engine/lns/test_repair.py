"""What a neighbourhood sets free is decided as well as can be, and all else stands as it is."""

from collections import Counter
from random import Random

from models import School, Worth
from optimizer.checks import verify
from optimizer.engine.lns.repair import Terms, repair
from optimizer.engine.objective import objective, weighed
from optimizer.engine.pin import pin
from optimizer.engine.solution import Candidate, Solution, solution_of
from optimizer.engine.solver import Crew, Effort
from optimizer.engine.stages import plan_of
from optimizer.rules import build, build_offers
from tests.rules.random_plans import random_plan
from tests.rules.random_schools import random_school
from tests.rules.solving import run

EFFORT = Effort(20.0, seed=1, deterministic=5.0)


def standing(number: int) -> Solution | None:
    """Give a random plan of a random school."""
    random = Random(f"repair {number}")
    school = random_school(random)
    plan = random_plan(random, build(school))
    return None if plan is None else solution_of(school, build_offers(school), plan)


def repaired(solution: Solution, courses: set[str], students: set[str]) -> Candidate | None:
    return repair(solution, courses, students, Crew(), lambda: EFFORT, hinted=True)


def best_around(solution: Solution, courses: set[str], students: set[str]) -> int | None:
    """Give the most that the whole model holds with all else as it is, worked out without parts."""
    model = build(solution.school)
    model.cp.maximize(objective(model).weighted)
    for offer, opened in zip(model.offers, model.opened, strict=True):
        if offer.course not in courses:
            held = solution.held.get(offer.key)
            model.cp.add(opened == (0 if held is None else held.most))
            for (index, room), var in model.room.items():
                if index == offer.index:
                    model.cp.add(var == int(held is not None and room in held.rooms))
            for (index, person), var in model.lead.items():
                if index == offer.index:
                    model.cp.add(var == int(held is not None and person in held.staff))
    for (student, index), var in model.seat.items():
        if student not in students:
            sits = model.offers[index].key in solution.seats.get(student, ())
            model.cp.add(var == int(sits))
    found, most = run(model.cp)
    return None if found is None else most


def test_it_is_the_best_there_is_and_the_rest_stands() -> None:
    seen: Counter[str] = Counter()
    for number in range(160):
        solution = standing(number)
        if solution is None:
            continue
        school, random = solution.school, Random(number)
        courses = {c.id for c in school.courses if random.random() < 0.4}
        students = {s for s in school.student if random.random() < 0.5}
        inside = {s for s, ks in solution.seats.items() if any(k[0] in courses for k in ks)}
        students |= inside
        found = repaired(solution, courses, students)
        best = best_around(solution, courses, students)
        assert found is not None
        assert best is not None
        assert weighed(school, found.worth) == best
        assert found.proved
        assert found.worth == found.solution.worth
        assert weighed(school, solution.worth) <= best
        for student in set(school.student) - students:
            assert found.solution.seats.get(student) == solution.seats.get(student)
        others = {k: h for k, h in solution.held.items() if k[0] not in courses}
        assert {k: h for k, h in found.solution.held.items() if k[0] not in courses} == others
        plan = plan_of(school, found.found)
        assert [f for f in verify(school, plan) if f.family != "claims"] == []
        seen["plans"] += 1
        seen["better"] += best > weighed(school, solution.worth)
        seen["timetable"] += found.solution.held != solution.held
    assert seen["better"] >= 4, seen
    assert seen["timetable"] >= 8, seen


def test_a_plan_in_the_models_words_is_that_plan() -> None:
    """Who sits where, who waits, and what that is worth are the same."""
    tried = 0
    for number in range(120):
        random = Random(f"repair {number}")
        school: School = random_school(random)
        plan = random_plan(random, build(school))
        if plan is None:
            continue
        solution = solution_of(school, build_offers(school), plan)
        assert solution is not None
        assert Counter(k for ks in solution.seats.values() for k in ks).total() == sum(
            len(s.students) for s in plan.sections
        )
        waiting = Counter(
            (g.slot, school.grade_of[s]) for g in plan.care_groups for s in g.students
        )
        assert solution.waiting() == waiting
        nobody = solution.subproblem((), ())
        assert nobody.waiting == waiting
        assert not nobody.courses
        assert not nobody.students
        assert sum(nobody.seats.values()) == sum(len(s.students) for s in plan.sections)
        model = build(school)
        assert pin(model, plan)
        model.cp.maximize(objective(model).weighted)
        assert run(model.cp)[1] == weighed(school, solution.worth)
        tried += 1
    assert tried >= 20


def test_groups_that_are_fixed_stay_as_many() -> None:
    """With the numbers of groups that a plan has, and with none where somebody waits."""
    tried = 0
    for number in range(80):
        solution = standing(number)
        found = None if solution is None else repaired(solution, set(), set())
        if solution is None or found is None:
            continue
        groups = {n: v for n, v in found.solution.care.items() if n[0] == "groups"}
        same = repair(solution, (), (), Crew(), lambda: EFFORT, terms=Terms(groups))
        assert same is not None
        assert {n: v for n, v in same.solution.care.items() if n[0] == "groups"} == groups
        if groups:
            none: dict[tuple[object, ...], int] = {("room", "x"): 1}
            assert repair(solution, (), (), Crew(), lambda: EFFORT, terms=Terms(none)) is None
            tried += 1
    assert tried >= 8


def test_no_time_is_no_plan() -> None:
    solution = next(s for s in map(standing, range(99)) if s is not None and s.worth > Worth())
    crew = Crew()
    crew.stop()
    assert repair(solution, (), (), crew, lambda: EFFORT) is None
