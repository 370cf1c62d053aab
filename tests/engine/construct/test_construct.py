"""A first plan with clubs: it keeps every rule, and is no worse than a planner's rule of thumb."""

from collections import Counter
from pathlib import Path
from random import Random

import numpy as np
import pytest

from benchmarks.peers.answer import Task
from benchmarks.peers.judge import judge
from benchmarks.peers.today import first_come
from instances import StyleName, generate
from models import Budget, School, SectionCountLock, Slot, Worth, plan_worth
from optimizer.checks import verify
from optimizer.engine import Limits
from optimizer.engine.construct import demand, steps
from optimizer.engine.construct.closing import closing_some, with_care
from optimizer.engine.construct.demand import Demand
from optimizer.engine.construct.greedy import Greedy
from optimizer.engine.construct.resources import Resources
from optimizer.engine.construct.steps import timetables
from optimizer.engine.finish import alternatives, draft
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.finish.finish import finish_plan
from optimizer.engine.params import DEFAULTS
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate, Solution, solution_of
from optimizer.engine.solver import Crew, Effort
from optimizer.engine.stages import first_with_clubs, plan_of
from optimizer.ledger.tariffs import plan_pay_fen
from optimizer.rules import build, build_offers, hours
from tests.builders import revised, with_settings
from tests.rules.random_schools import random_school
from tests.rules.solving import solved
from tests.tiny import tiny_school

CARE = Effort(30, 1, 0.5)
SHORT = Limits(seconds=1, workers=1)


def session_of(school: School) -> Session:
    return Session(school, SHORT)


@pytest.mark.parametrize("block", range(4))
def test_any_school(block: int) -> None:
    """Whatever the rules and locks: what is constructed, the check accepts as it stands."""
    seen: Counter[str] = Counter()
    for number in range(block, 160, 4):
        school = random_school(Random(f"construct {number}"))
        session = session_of(school)
        first = first_with_clubs(session)
        if first is None:
            seen["none"] += 1
            continue
        raw = plan_of(school, first.found)
        assert plan_worth(school, raw) == first.worth == first.solution.worth
        assert solved(build(school)) is not None
        assert verify(school, session.plan(first.found)) == ()
        seen["clubs" if first.found[0] else "care alone"] += 1
    assert seen["clubs"] >= 3, seen


@pytest.mark.parametrize("style", ["clubhour", "mixed", "nine-year", "all-day"])
def test_no_worse_than_a_rule_of_thumb(style: StyleName, tmp_path: Path) -> None:
    school = generate(style, 120, 12, 5).school
    session = session_of(school)
    first = first_with_clubs(session)
    assert first is not None
    ours = session.plan(first.found)
    assert verify(school, ours) == ()
    thumb = first_come(Task(school, 20, 0, tmp_path))
    assert judge(school, thumb, "fcfs").status == "PLAN"
    theirs = finish_plan(
        school, thumb.sections or (), thumb.care_groups, ours.provenance, improving=False
    )
    assert plan_worth(school, ours) >= plan_worth(school, theirs)


@pytest.fixture(scope="module")
def school() -> School:
    return generate("mixed", 150, 12, 3).school


def drawn(school: School) -> Solution:
    """Sections and seats without base care."""
    solution = solution_of(
        school, build_offers(school), plan_of(school, (*next(timetables(school, ())).result(),))
    )
    assert solution is not None
    return solution


def test_what_is_locked_stays(school: School) -> None:
    """Of a course that is to have one section there is one, whoever else waits for it."""
    wanted = max(school.courses, key=lambda c: len(school.wishes_for[c.id]) * (c.max_sections > 1))
    locked = revised(school, locks=(SectionCountLock(course=wanted.id, count=1),))
    first = first_with_clubs(session_of(locked))
    assert first is not None
    assert Counter(s.course for s in first.found[0])[wanted.id] == 1
    assert len({s.course for s in first.found[0]}) > 1


def test_where_base_care_lacks_something_just_enough_closes(school: School) -> None:
    """With less money than the sections take, the exact model keeps those that bring most."""
    solution = drawn(school)
    whole = with_care(solution, Crew(), CARE)
    assert whole is not None
    pay = plan_of(school, whole.found)
    poorer = with_settings(school, budget=Budget(sum_fen=plan_pay_fen(school, pay) * 9 // 10))
    same = Solution(poorer, solution.held, solution.seats)
    assert with_care(same, Crew(), CARE) is None
    less = closing_some(same, Crew(), CARE)
    assert less is not None
    assert Worth() < less.worth < whole.worth
    assert verify(poorer, session_of(poorer).plan(less.found)) == ()
    kept = {key for keys in less.solution.seats.values() for key in keys}
    assert kept == set(less.solution.held)


@pytest.mark.parametrize("failing", range(7))
def test_where_there_is_no_base_care_another_timetable_comes_before_closing(
    school: School, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """The best that is left of some timetables, each another one; sections close in the first.

    Before that, two of them are looked at for longer.
    """
    asked: list[Solution] = []
    seconds: list[float] = []
    closed: list[Solution] = []

    def refusing(solution: Solution, crew: Crew, effort: Effort) -> Candidate | None:
        asked.append(solution)
        seconds.append(effort.seconds if effort.deterministic is None else effort.deterministic)
        return with_care(solution, crew, effort) if len(asked) > failing else None

    def closing(solution: Solution, crew: Crew, effort: Effort) -> Candidate | None:
        closed.append(solution)
        return closing_some(solution, crew, effort)

    monkeypatch.setattr(steps, "with_care", refusing)
    monkeypatch.setattr(steps, "closing_some", closing)
    params = DEFAULTS.construction.model_copy(update={"careful": 4, "most_tries": 2})
    made = steps.construct(school, Crew(), [CARE], params=params)
    assert made is not None
    assert len(asked) == min(failing + 1, 6)
    worths = [solution.worth for solution in asked]
    assert len({str(solution.held) for solution in asked}) == min(len(asked), 4)
    assert [str(solution.held) for solution in asked[4:]] == [
        str(solution.held) for solution in asked[:2]
    ][: len(asked[4:])]
    whole = CARE.deterministic or 0.0
    assert all(quick < whole for quick in seconds[:4])
    assert all(used == whole for used in seconds[4:])
    assert worths[:2] == sorted(worths[:2], reverse=True)
    assert closed == (asked[:1] if failing == 6 else [])
    assert made.worth == (worths[0] if closed else worths[-1])


def test_without_a_limit_nothing_closes(school: School) -> None:
    solution = drawn(school)
    all_open = closing_some(solution, Crew(), CARE)
    assert all_open is not None
    assert all_open.worth == solution.worth


def test_a_limit_of_no_time_is_enough() -> None:
    school = generate("mixed", 150, 12, 3).school
    first = first_with_clubs(Session(school, Limits(seconds=0.001, workers=1)))
    assert first is not None
    assert first.found[0]


def test_what_the_school_says_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opened and dealt several times, the policy is asked of each grade and slot at most once."""
    school = generate("nine-year", 300, 15, 2).school
    asked: Counter[tuple[int, str]] = Counter()
    wished: Counter[tuple[str, str]] = Counter()

    def seat_barred(school: School, grade: int, slot: Slot) -> bool:
        asked[grade, slot.id] += 1
        return hours.seat_barred(school, grade, slot)

    def allowed(school: School, student: str, course: str) -> bool:
        wished[student, course] += 1
        return alternatives.allowed(school, student, course)

    monkeypatch.setattr(draft, "seat_barred", seat_barred)
    monkeypatch.setattr(demand, "allowed", allowed)
    next(timetables(school, ()))
    assert asked.most_common(1)[0][1] == 1
    assert wished == Counter({(w.student, w.course): 1 for w in school.wishes})


@pytest.mark.parametrize("number", range(20))
def test_ways_to_open_a_section(number: int) -> None:
    """How many could come, and what the best of them bring: as counted one by one."""
    school = random_school(Random(f"ways {number}"))
    greedy = Greedy(DraftPlan(school, {}, {}), attempt=1)
    of = greedy.demand.of
    for course in school.courses:
        places = max(course.min_size, int(greedy.fill * course.max_size))
        worth = greedy.demand.worth(of[course.id]).tolist()
        for way in greedy._ways(course):
            free = greedy.demand.free(of[course.id], greedy.demand.slots(way.slots)).tolist()
            brings = sorted(
                points
                for wish, points, can in zip(of[course.id].wishes, worth, free, strict=True)
                if can
                and school.grade_of[wish.student] in way.grades
                and wish.teacher in (None, way.named)
            )
            assert way.coming == len(brings) >= course.min_size
            assert way.worth == sum(brings[-places:])
        greedy.open_all()


def test_many_slots() -> None:
    """More slots than a machine word has bits."""
    school = generate("clubhour", 60, 8, 3).school
    more = [
        slot.model_copy(
            update={
                "id": f"{slot.id}-{n}",
                "weekday": 1,
                "start_minute": n,
                "end_minute": n + 1,
            }
        )
        for n, slot in enumerate((*school.slots,) * 7)
    ]
    wide = revised(school, slots=(*school.slots, *more))
    assert len(wide.slots) > 64
    first = first_with_clubs(session_of(wide))
    assert first is not None
    assert first.worth > Worth()


def test_base_care_lacks_hours_where_people_have_none_left() -> None:
    """Two groups at each of four slots, and five people with one period a week or two."""
    for week, lacking in ((1, 8 - 5), (2, 0)):
        teachers = [revised(t, max_periods_week=week) for t in tiny_school().teachers]
        school = tiny_school(teachers=tuple(teachers))
        resources = Resources(school, Demand(DraftPlan(school, {}, {})).reach)
        lack = resources.lack(np.array([2, 2, 2, 2]))
        assert lack[2 * len(school.slots)] == lacking
