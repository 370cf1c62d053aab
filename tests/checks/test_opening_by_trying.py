"""Why a course is not open, against trying: open a section in every way there is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from random import Random
from typing import NamedTuple

import pytest

from models import CareGroup, PayUnit, Plan, School, SchoolError, Section, UnmetReason, UnmetWish
from optimizer.checks import pattern, unmet_wishes
from optimizer.checks._opening import Openings
from optimizer.checks._standing import Standing
from tests.builders import (
    add_groups,
    drop_groups,
    rest_in_care,
    revised,
    with_budget,
    with_course,
    with_room,
    with_teacher,
)
from tests.checks.test_by_trying import case as tiny_case
from tests.checks.test_reasons_by_trying import found, left_care

CASES = 60
R = UnmetReason


class Case(NamedTuple):
    school: School
    plan: Plan
    unmet: tuple[UnmetWish, ...]


def scarce(random: Random, school: School) -> School:
    """Make people, rooms, money or sections scarce."""
    course = random.choice(sorted(school.course))
    leader = school.course[course].leaders[0]
    for change in random.sample(range(7), random.randint(1, 2)):
        if change == 0:
            school = with_teacher(
                school, leader, available_slots=(random.choice(["mon1", "tue2"]),)
            )
        elif change == 1:
            school = with_teacher(school, leader, max_periods_week=random.randint(1, 3))
        elif change == 2:
            school = with_course(school, course, rooms=(random.choice(["r5", "r4"]),))
        elif change == 3:
            school = with_budget(school, sum_fen=random.randint(60_000, 110_000))
            for teacher in random.sample(sorted(school.teacher), random.choice([0, 2])):
                school = with_teacher(school, teacher, pay_unit=PayUnit.SESSION)
        elif change == 4:
            school = with_course(school, course, leaders=("t5", "t1"), staff_needed=2)
        elif change == 5:
            school = with_course(school, course, slots=("mon1", "tue1"), min_size=2)
        else:
            school = with_room(school, "studio", seats=random.choice([1, 4]))
    return school


@cache
def case(number: int) -> Case:
    """Give a school with scarce means and a plan in which a course or two are not open."""
    for attempt in range(200):
        random = Random(f"{number}.{attempt}")
        school, plan = tiny_case(random.randrange(60))
        closed = random.sample([s.id for s in plan.sections], min(2, len(plan.sections)))
        plan = rest_in_care(school, drop_groups(plan, *closed))
        try:
            school = scarce(random, school)
        except SchoolError:
            continue
        if not found(school, plan) and plan.care_groups:
            return Case(school, plan, unmet_wishes(school, plan))
    raise AssertionError


def new_sections(school: School, course: str) -> Iterator[Section]:
    """Give every section without students that the course's weekly pattern allows."""
    about = school.course[course]
    for slots in combinations(school.slot, about.periods_per_week):
        for staff in combinations(about.leaders, about.staff_needed):
            for room in school.room:
                section = Section(id="new", course=course, slots=slots, room=room, staff=staff)
                yield section


def kept_pattern(school: School, plan: Plan, section: Section) -> bool:
    return not any(pattern.check(school, revised(plan, sections=(section,), care_groups=())))


def beside(school: School, plan: Plan, section: Section) -> set[str]:
    """Give which means a section without students lacks beside a plan."""
    kinds = set()
    for finding in found(school, add_groups(plan, section)) - found(school, plan):
        text = finding.text.en
        if finding.family == "budget":
            kinds.add("budget")
        elif finding.family in {"staffing", "content"} or text.startswith("teacher"):
            kinds.add("staff")
        elif finding.family == "rooms" or text.startswith("room"):
            kinds.add("room")
        else:
            assert finding.family == "group_size", finding
    seats = school.room[section.room].seats
    return kinds | ({"room"} if seats < school.course[section.course].min_size else set())


def empty(plan: Plan) -> Plan:
    return revised(plan, sections=(), care_groups=())


def lacks(school: School, plan: Plan, course: str) -> list[set[str]]:
    """Give what each new section lacks beside a plan, patterns kept."""
    sections = (s for s in new_sections(school, course) if kept_pattern(school, plan, s))
    return [beside(school, plan, section) for section in sections]


def could_open(school: School, plan: Plan, course: str) -> bool:
    """Tell whether some new section with some of those who wished for it breaks nothing."""
    wishers = [w.student for w in school.wishes_for[course]]
    sizes = range(school.course[course].min_size, school.course[course].max_size + 1)
    for section in new_sections(school, course):
        if not kept_pattern(school, plan, section) or beside(school, plan, section) - {"budget"}:
            continue
        for students in (some for size in sizes for some in combinations(wishers, size)):
            filled = revised(section, students=students)
            changed = left_care(add_groups(plan, filled), [*students], filled)
            if not found(school, changed):
                return True
    return False


def without_duties(plan: Plan, names: Iterable[str]) -> Plan:
    """Drop every group of some people, or in some rooms."""
    groups: list[Section | CareGroup] = [*plan.sections, *plan.care_groups]
    return drop_groups(plan, *(g.id for g in groups if {*g.staff, g.room} & {*names}))


@pytest.mark.parametrize("number", range(CASES))
def test_no_section_can_be_opened_unless_said(number: int) -> None:
    school, plan, unmet = case(number)
    openings = Openings(Standing(school, plan))
    closed = {u.course for u in unmet} - {s.course for s in plan.sections}
    for course in sorted(closed):
        if openings.shut(course) is None:
            why = openings.why(course)
            assert isinstance(why, Section) is could_open(school, plan, course), (course, why)
            if isinstance(why, Section):
                opened = left_care(add_groups(plan, why), [*why.students], why)
                assert not found(school, opened)


@pytest.mark.parametrize("number", range(CASES))
def test_what_a_course_lacks(number: int) -> None:
    school, plan, unmet = case(number)
    openings = Openings(Standing(school, plan))
    for course in sorted({u.course for u in unmet} - {s.course for s in plan.sections}):
        why = None if openings.shut(course) else openings.why(course)
        if why is None or isinstance(why, Section):
            continue
        here, alone = lacks(school, plan, course), lacks(school, empty(plan), course)
        if why.reason is R.NO_STAFF:
            assert all("staff" in kinds for kinds in alone)
        elif why.reason is R.NO_ROOM:
            assert all(kinds & {"staff", "room"} for kinds in alone)
        elif why.reason is R.STAFF_BUSY:
            assert all(kinds & {"staff", "room"} for kinds in here)
            assert any(not kinds & {"staff", "room"} for kinds in alone)
            freed = lacks(school, without_duties(plan, why.because), course)
            assert any("staff" not in kinds for kinds in freed)
        elif why.reason is R.ROOM_BUSY:
            assert all(kinds & {"staff", "room"} for kinds in here)
            freed = lacks(school, without_duties(plan, why.because), course)
            assert any(not kinds & {"staff", "room"} for kinds in freed)
        elif why.reason is R.BUDGET:
            assert all(kinds for kinds in here)
            assert {"budget"} in here
        elif why.reason in {R.TOO_FEW_LEFT, R.NOT_OPENED}:
            assert any(not kinds & {"staff", "room"} for kinds in here)


def test_the_cases_reach_most_causes() -> None:
    count: Counter[UnmetReason] = Counter()
    for number in range(CASES):
        _, plan, unmet = case(number)
        shut = {u.course for u in unmet} - {s.course for s in plan.sections}
        count.update(
            reason for _, reason in {(u.course, u.reason) for u in unmet if u.course in shut}
        )
    for reason in (R.COULD_OPEN, R.NO_STAFF, R.BUDGET, R.STAFF_BUSY):
        assert count[reason] >= 3, count
