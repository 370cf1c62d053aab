"""Sections opened for whom the policy moves to another activity: due if they can be, checked."""

from collections import Counter
from contextlib import suppress
from itertools import combinations
from random import Random
from typing import Any

import pytest

from models import (
    CareStaffLock,
    Plan,
    PlanStatus,
    PolicyItem,
    School,
    SchoolError,
    SectionCountLock,
    StaffKind,
    lottery_number,
)
from optimizer.checks import CHECKS, before_moves, could_open_for_unmet, verify
from optimizer.checks._moved import place_for, to_be_moved
from optimizer.checks._standing import Standing
from optimizer.engine import Limits, finish_plan, solve
from optimizer.errors import InfeasibleError
from optimizer.report.figures import summary
from tests.builders import (
    SOURCE,
    add_groups,
    edit_section,
    rest_in_care,
    restated,
    revised,
    with_budget,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_settings,
    with_student,
    with_teacher,
)
from tests.checks.saying import broken, names, only, said
from tests.checks.test_by_trying import with_seat
from tests.checks.test_opening_by_trying import beside, case, kept_pattern, new_sections
from tests.checks.test_reasons_by_trying import left_care
from tests.engine.finish.test_moved import PROVENANCE, full_ball, moving
from tests.engine.schools import ball, clubs_only, student, whatever_found, wish
from tests.rules.random_schools import random_school
from tests.rules.small import SEAT, teacher
from tests.rules.solving import optimal


def short_art(**art: Any) -> School:
    """Ball takes two of a, b and c; u and v wish for art, which needs three."""
    return moving(with_course(full_ball(), "art", min_size=3, **art))


def members(plan: Plan, course: str) -> set[str]:
    return {s for section in plan.sections if section.course == course for s in section.students}


def test_a_section_opens_for_those_left_with_one_who_did_not_wish_for_it() -> None:
    school = short_art()
    plan = optimal(school)
    loser = ({*"abc"} - members(plan, "ball")).pop()
    assert members(plan, "art") == {"u", "v", loser}
    assert plan.opened_for_unmet == ("art-1",)
    assert [(u.student, u.course, u.alternative) for u in plan.unmet] == [(loser, "ball", "art-1")]


def test_nothing_rests_on_it() -> None:
    """Its seats bring no points, not even to u and v, and without it the plan is as it was."""
    school = short_art()
    plan = optimal(school)
    assert (plan.status, plan.value, plan.bound) == (PlanStatus.OPTIMAL, 2 * SEAT, 2 * SEAT)
    assert plan.first_clubs == 2
    before = before_moves(school, plan)
    assert [s.course for s in before.sections] == ["ball"]
    assert before.opened_for_unmet == ()
    again = solve(school, Limits(seconds=2, workers=1), start=plan)
    assert (again.sections, again.opened_for_unmet) == (plan.sections, plan.opened_for_unmet)


def without_it(school: School) -> Plan:
    """Give the plan without the section opened, truthful about itself."""
    return restated(school, before_moves(school, optimal(school)))


def test_the_check_finds_what_could_have_been_opened() -> None:
    school = short_art()
    text = only(school, without_it(school), "wishes")
    names(
        text,
        SOURCE,
        "art",
        "r3",
        "t1",
        "u",
        "v",
        zh="可以为他们加开课程 art 球类 一个班（周二 16:00-16:40",
        en="could be opened for them (Tue 16:00-16:40",
    )


def with_barred_content(school: School) -> School:
    school = with_course(school, "art", content=("exams",))
    return with_clause(school, PolicyItem.BARRED_CONTENT, subject="exams")


@pytest.mark.parametrize(
    "change",
    [
        lambda s: with_course(s, "art", min_size=4),
        lambda s: with_course(s, "art", max_sections=0),
        with_barred_content,
        lambda s: with_teacher(s, "t1", available_slots=("mon1",)),
        lambda s: with_teacher(s, "t1", max_periods_week=0),
        lambda s: with_budget(with_teacher(s, "t1", pay_fen=10), sum_fen=9),
        lambda s: with_locks(s, SectionCountLock(course="art", count=0)),
        lambda s: with_student(s, "u", club_slots=("mon2",)),
    ],
)
def test_none_opens_that_cannot(change: Any) -> None:
    school = change(short_art())
    plan = optimal(school)
    assert [s.course for s in plan.sections] == ["ball"]
    assert plan.opened_for_unmet == ()


def test_just_enough_money() -> None:
    school = with_budget(with_teacher(short_art(), "t1", pay_fen=10), sum_fen=10)
    plan = optimal(school)
    assert (plan.opened_for_unmet, plan.pay_fen) == (("art-1",), 10)


def without_ball() -> School:
    """Nobody can lead ball, and art has three seats: a, b and c are left as well as u and v."""
    return with_teacher(short_art(max_size=3), "t2", available_slots=("mon1",))


@pytest.mark.parametrize("seed", range(1, 6))
def test_who_wished_for_it_comes_first_then_the_draw(seed: int) -> None:
    school = with_settings(without_ball(), lottery_seed=seed)
    plan = optimal(school)
    ordered = sorted("abc", key=lambda s: lottery_number(seed, s))
    assert members(plan, "art") == {"u", "v", ordered[0]}


def swapped(plan: Plan, gets: str, loses: str) -> Plan:
    """Let one have another's seat in the section opened; both come for clubs only."""
    sections = [
        revised(s, students=[gets if x == loses else x for x in s.students]) for s in plan.sections
    ]
    return revised(plan, sections=sections)


def test_the_draw_and_who_wished_are_checked() -> None:
    school = without_ball()
    plan = optimal(school)
    first, second, _ = sorted("abc", key=lambda s: lottery_number(1, s))
    text = only(school, swapped(plan, second, first), "claims")
    names(text, first, second, zh="都待调剂", en="both to be moved")
    text = only(school, swapped(plan, second, "u"), "claims")
    names(text, "u", zh="报了这门课", en="u wished for it")


def test_who_wished_for_it_is_there_only_with_the_teacher_he_named() -> None:
    """Two can lead art, and u would have t2."""
    school = short_art(leaders=("t1", "t2"))
    wishes = tuple(revised(w, teacher="t2") if w.student == "u" else w for w in school.wishes)
    school = revised(with_course(school, "ball", slots=("mon2",)), wishes=wishes)
    plan = optimal(school)
    assert members(plan, "art") >= {"u", "v"}
    assert [s.staff for s in plan.sections if s.course == "art"] == [("t2",)]


def test_own_staff_lead_it_where_they_come_first() -> None:
    """Of those who can lead art x, from outside, is named first; t1 is free then."""
    school = with_new(short_art(), "teachers", teacher("x", kind=StaffKind.EXTERNAL))
    school = with_course(school, "art", leaders=("x", "t1"))
    assert optimal(school).sections[-1].staff == ("x",)
    school = with_clause(school, PolicyItem.OWN_STAFF_FIRST)
    plan = optimal(school)
    assert plan.sections[-1].staff == ("t1",)
    text = only(school, edit_section(plan, "art-1", staff=("x",)), "staffing")
    names(text, SOURCE, "art-1", "x", "t1", zh="应先安排本校教师", en="own staff come first")
    away = with_teacher(school, "t1", available_slots=("mon1",))
    assert optimal(away).sections[-1].staff == ("x",)


def test_only_who_may_be_moved_and_holds_no_other_seat_is_in_it() -> None:
    school = short_art(max_size=4)
    plan = optimal(school)
    winner = min(members(plan, "ball"))
    sections = [
        revised(s, students=[*s.students, winner]) if s.course == "art" else s
        for s in plan.sections
    ]
    texts = said(
        with_student(school, winner, max_clubs=2), revised(plan, sections=sections), "wishes"
    )
    assert any(winner in t.en and "hold another seat" in t.en for t in texts)
    others = revised(school, policy=revised(school.policy, clauses=()))
    assert "wishes" in broken(others, plan)


def test_an_unknown_section_is_not_opened() -> None:
    school = short_art()
    plan = revised(optimal(school), opened_for_unmet=("art-1", "art-9"))
    (finding,) = verify(school, plan)
    assert finding.family == "form"
    assert "art-9" in finding.text.en


def in_care(**changes: Any) -> School:
    """All stay on Monday, period 1, when art, which needs three, is held; ball needs five."""
    school = clubs_only(
        courses=(
            ball(slots=("mon1",), min_size=5, max_size=6, leaders=("t2",)),
            ball(id="art", slots=("mon1",), min_size=3, leaders=("t1",)),
        ),
        students=tuple(student(n, club_slots=()) for n in "abcd"),
        wishes=(*(wish(n) for n in "abc"), wish("d", "art")),
        teachers=(teacher("t1", may_supervise=False), teacher("t2"), teacher("t3")),
    )
    return moving(revised(school, **changes))


def test_they_leave_base_care_for_it() -> None:
    """All four do: the group ends; what it was is kept."""
    school = in_care()
    plan = optimal(school)
    assert members(plan, "art") == {*"abcd"}
    assert plan.care_groups == ()
    assert [{*g.students} for g in plan.moved_from] == [{*"abcd"}]
    pinned = with_locks(school, CareStaffLock(teacher="t3", slot="mon1"))
    assert len(members(optimal(pinned), "art")) == 3


def test_only_in_the_grades_that_the_policy_names() -> None:
    school = with_course(full_ball(), "art", min_size=3)
    assert optimal(moving(school, grades=(4,))).opened_for_unmet == ()


# Whatever the school.


def kept(school: School, plan: Plan) -> bool:
    """Tell whether a plan keeps every rule, but that others might be moved, too."""
    found = (f.text.en for check in CHECKS.values() for f in check(school, plan))
    return all("must be moved" in text for text in found)


def can_be_opened(school: School, plan: Plan) -> bool:
    """Try every section there is, of every course, for as many of those without a seat."""
    plain = revised(school, policy=revised(school.policy, clauses=()))
    seated = {s for section in plan.sections for s in section.students}
    waiting = [s.id for s in school.students if s.id not in seated and school.wishes_of[s.id]]
    for course in school.courses:
        for section in new_sections(school, course.id):
            if not kept_pattern(school, plan, section) or beside(plain, plan, section) - {"budget"}:
                continue
            for students in combinations(waiting, course.min_size):
                filled = revised(section, students=students)
                opened = revised(add_groups(plan, filled), opened_for_unmet=("new",))
                if kept(school, left_care(opened, [*students], filled)):
                    return True
    return False


def larger(school: School, size: int) -> School:
    """Let courses need more students, where a room holds them."""
    for course in school.courses:
        with suppress(SchoolError):
            school = with_course(school, course.id, min_size=min(size, course.max_size))
    return school


def with_everybody_moved(school: School, plan: Plan) -> Plan:
    """Move whoever can be to sections that are open."""
    while True:
        standing = Standing(school, plan)
        places = ((s, place_for(standing, s)) for s in to_be_moved(standing))
        student, section = next(((s, p) for s, p in places if p is not None), ("", None))
        if section is None:
            return plan
        plan = with_seat(plan, student, section)


@pytest.mark.parametrize("block", range(3))
def test_one_is_found_exactly_if_trying_finds_one(block: int) -> None:
    """It is opened, and the next is looked for, until trying finds none either."""
    seen: Counter[bool] = Counter()
    for number in range(block, 9, 3):
        school, plan, _ = case(number)
        school = with_clause(larger(school, Random(number).randint(1, 3)), PolicyItem.MOVE_UNMET)
        plan = with_everybody_moved(school, plan)
        more = kept(school, plan)
        while more:
            section = could_open_for_unmet(school, plan)
            more = section is not None
            assert more is can_be_opened(school, plan), number
            seen[more] += 1
            if section is not None:
                names = (*plan.opened_for_unmet, section.id)
                plan = revised(add_groups(plan, section), opened_for_unmet=names)
                plan = with_everybody_moved(school, left_care(plan, [*section.students], section))
    assert min(seen[True], seen[False]) >= 2, seen


@pytest.mark.parametrize("engine", ["whole", "large"])
def test_a_finished_plan_always_passes(engine: str) -> None:
    seen: Counter[str] = Counter()
    for number in range(14):
        school = moving(random_school(Random(f"opened {number}")))
        school = revised(school, wishes=[w for w in school.wishes if w.rank == 1], locks=())
        try:
            plan = whatever_found(school, Limits(seconds=1, workers=1, engine=engine))
        except InfeasibleError:
            continue
        assert verify(school, plan) == (), number
        seen["opened"] += bool(plan.opened_for_unmet)
        seen["plans"] += 1
    assert seen["plans"] >= 6, seen
    assert seen["opened"] >= 1, seen


def test_finishing_any_plan_opens_all_that_can_be() -> None:
    seen: Counter[str] = Counter()
    for number in range(20):
        school, start, _ = case(number)
        school = moving(larger(school, 2))
        start = revised(start, sections=[s for s in start.sections if len(s.students) > 1])
        start = rest_in_care(school, start)
        if kept(school, start):
            plan = finish_plan(school, start.sections, start.care_groups, PROVENANCE)
            assert verify(school, plan) == (), number
            seen["opened"] += bool(plan.opened_for_unmet)
            seen["plans"] += 1
    assert seen["plans"] >= 5, seen
    assert seen["opened"] >= 1, seen


def test_figures_of_a_plan_with_a_section_opened() -> None:
    """Who is in it counts as moved, had he wished for it or not: no more have clubs than can."""
    school = short_art()
    plan = optimal(school)
    figures = summary(school, plan)
    assert (figures.with_club, figures.moved, figures.with_nothing) == (2, 3, 0)
    assert figures.first_clubs_bound is None or figures.with_club <= figures.first_clubs_bound
