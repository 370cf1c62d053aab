"""Schools where each student takes many courses: whom the search is for, and its plans."""

from collections import Counter
from random import Random

import pytest

from instances import generate
from models import (
    Aim,
    Lock,
    Plan,
    PlanStatus,
    PolicyItem,
    School,
    SeatLock,
    SectionCountLock,
    SectionLock,
    SlotUse,
)
from optimizer.checks import verify
from optimizer.engine import Limits, SearchParams, solve
from optimizer.engine.params import DEFAULTS
from optimizer.engine.sectioning import search as sectioning
from optimizer.engine.sectioning.anneal import anneal, close_small, first_timetable
from optimizer.engine.sectioning.problem import make_problem
from optimizer.engine.sectioning.state import copy_state, new_state
from optimizer.engine.sectioning.suits import suits
from optimizer.engine.session import Session
from optimizer.engine.strategy import engine_for
from optimizer.rules import build
from tests.builders import aiming, with_budget, with_clause, with_locks, with_student
from tests.engine.schools import counted, with_idle_slots
from tests.rules.random_schools import random_school

SMALL = generate("all-day", 60, 12, 24).school
SHORT = generate("all-day", 60, 12, 29).school
"""A week of 12 slots."""


def planned(
    school: School, seconds: float = 2, seed: int = 1, params: SearchParams = DEFAULTS
) -> Plan:
    plan = solve(school, Limits(seconds, seed, 1, engine="sectioning", params=params))
    assert verify(school, plan) == ()
    assert plan.bound is not None
    assert plan.value <= plan.bound
    return plan


def test_everybody_gets_everything_and_that_is_proved() -> None:
    assert engine_for(SHORT) == "sectioning"
    plan = planned(SHORT)
    assert (plan.status, plan.unmet) == (PlanStatus.OPTIMAL, ())
    assert plan.provenance.engine == sectioning.NAME


def test_giving_out_a_plan_and_checking_it_are_paid_for() -> None:
    session = Session(SMALL, Limits(seconds=60, workers=1))
    work = sectioning._Work(session, 1.0)
    state = new_state(work.sectioning.problem)
    first_timetable(work.sectioning.problem, state, 1)
    close_small(work.sectioning.problem, state)
    rates, spent = DEFAULTS.work, []
    for given in (state, copy_state(state), None):
        before, work._best = session.account.spent, given
        work.give(last=True)
        spent.append(session.account.spent - before)
    assert work._valid
    once = rates.give * len(SMALL.wishes)
    assert spent == pytest.approx([once + rates.check * len(SMALL.wishes), once, 0.0])


def test_one_worker_repeats_itself() -> None:
    first, second = (solve(SMALL, counted(0.3, "sectioning")) for _ in range(2))
    assert first.provenance.repeatable
    assert (first.sections, first.value) == (second.sections, second.value)


@pytest.mark.parametrize("aim", Aim)
def test_nearly_everything_is_met_where_all_could_be(aim: Aim) -> None:
    plan = planned(aiming(SMALL, aim), 4)
    assert len(plan.unmet) <= 0.015 * len(SMALL.wishes)


def test_any_number_of_slots() -> None:
    """A week of 70 slots: more than bits of a word, and those at which courses meet are the last.

    The same is done, move by move, as in a week without the others.
    """
    wide = with_idle_slots(SMALL, 70 - len(SMALL.slots))
    assert len(wide.slots) == 70
    assert engine_for(wide) == "sectioning"
    seats = []
    for school in (SMALL, wide):
        p = make_problem(school).problem
        x = new_state(p)
        first_timetable(p, x, 3)
        close_small(p, x)
        anneal(p, x, 500, 20.0, 4)
        seats.append(x.wish["seat"].tolist())
    assert seats[0] == seats[1]
    plan = solve(wide, counted(0.1, "sectioning"))
    assert verify(wide, plan) == ()
    assert len(plan.unmet) < 0.2 * len(wide.wishes)


def test_it_is_for_schools_whose_every_rule_it_knows() -> None:
    assert suits(SMALL)
    student, slot = SMALL.students[0], SMALL.slots[0].model_copy(update={"use": SlotUse.ANY})
    stays = with_student(
        SMALL.replaced(slots=(slot, *SMALL.slots[1:])),
        student.id,
        stay_slots=(slot.id,),
        club_slots=tuple(s for s in student.club_slots if s != slot.id),
    )
    leaders = tuple(t.id for t in SMALL.teachers[:4])
    other = SMALL.courses[0].model_copy(update={"staff_needed": 2, "leaders": leaders})
    pairs = SMALL.replaced(courses=(other, *SMALL.courses[1:]))
    few = SMALL.replaced(
        students=tuple(s.model_copy(update={"max_clubs": 3}) for s in SMALL.students)
    )
    limited = with_clause(SMALL, PolicyItem.MAX_PERIODS_DAY, 6)
    for school in (stays, pairs, few, limited, with_budget(SMALL, sum_fen=10**9)):
        assert not suits(school)
        assert engine_for(school) == engine_for(school, "sectioning") != "sectioning"
    assert engine_for(SMALL, "whole") == "whole"


def test_where_the_check_refuses_another_engine_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sectioning, "keeps_all_rules", lambda *_: False)
    school = generate("all-day", 30, 4, 21).school
    plan = planned(school, 4)
    assert plan.sections  # made by the stages that follow


def test_locks_and_named_teachers_are_kept() -> None:
    """Of a plan: where a section is, that one course has a section fewer, who is in another."""
    before = planned(SHORT)
    first, other = before.sections[0], before.sections[-1]
    count = Counter(section.course for section in before.sections)[other.course]
    seated = other.students[0]
    locks: tuple[Lock, ...] = (
        SectionLock(course=first.course, slots=first.slots[:1], room=first.room, staff=first.staff),
        SectionCountLock(course=other.course, count=count),
        SeatLock(student=seated, course=other.course, slots=other.slots),
        SeatLock(student=first.students[0], course=first.course, granted=False),
    )
    named = tuple(
        wish.model_copy(update={"teacher": section.staff[0]})
        for section in before.sections[1:4]
        for student in section.students[:3]
        for wish in SHORT.wishes_of[student]
        if wish.course == section.course
    )
    others = {(wish.student, wish.course) for wish in named}
    rest = tuple(w for w in SHORT.wishes if (w.student, w.course) not in others)
    school = with_locks(SHORT.replaced(wishes=rest + named), *locks)
    assert suits(school)
    plan = planned(school, 3)
    assert len(plan.unmet) <= 0.02 * len(school.wishes)


def test_a_wish_can_be_met_in_the_ways_of_which_the_model_has_seats() -> None:
    seats = 0
    for number in range(60):
        school = random_school(Random(f"ways {number}")).replaced(locks=())
        made, model = make_problem(school), build(school)
        p = made.problem
        ways = {offer.key: way for way, offer in enumerate(made.offers)}
        ours = {
            (made.wishes[u], made.offers[w].key)
            for u in range(len(p.wish))
            for w in range(
                int(p.course["ways"][p.wish["course"][u]]),
                int(p.course["ways"][p.wish["course"][u] + 1]),
            )
            if not (p.way["at"][w] & ~p.wish["slots"][u]).any()
            and p.way["grades"][w] >> p.wish["grade"][u] & 1
        }
        theirs = {
            ((student, model.offers[offer].course), model.offers[offer].key)
            for student, offer in model.seat
            if model.offers[offer].key in ways
        }
        # The model keeps whoever asked to stay elsewhere at that moment out by a constraint.
        assert ours <= theirs
        away = {
            pair
            for pair in theirs - ours
            if not any(
                school.slot[s].overlaps(school.slot[t])
                for s in pair[1][1]
                for t in school.student[pair[0][0]].stay_slots
                if t not in pair[1][1]
            )
        }
        assert not away
        seats += len(ours)
    assert seats > 250


def test_where_too_few_wish_for_any_course_another_stage_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No group could open, so there is nothing to move, and no plan has a club."""
    few = {student.id for student in SHORT.students[:5]}
    school = SHORT.replaced(
        courses=tuple(c.model_copy(update={"min_size": c.max_size}) for c in SHORT.courses),
        wishes=tuple(wish for wish in SHORT.wishes if wish.student in few),
    )
    assert not len(make_problem(school).problem.group)
    plan = planned(school)
    assert (plan.status, plan.sections) == (PlanStatus.OPTIMAL, ())
    assert not caplog.records
