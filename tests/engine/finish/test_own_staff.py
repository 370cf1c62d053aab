"""Own staff first: whatever the search did, a plan that is given out has it."""

from typing import Any

import pytest

from instances import generate
from models import (
    Plan,
    PolicyItem,
    Provenance,
    School,
    SectionLock,
    StaffKind,
    plan_worth,
)
from optimizer.checks import OwnFirst, WhyOutside, check_own_first, plan_value, verify
from optimizer.engine import Limits, finish_plan, solve
from optimizer.engine.finish.own_staff import with_own_staff
from tests.builders import (
    edit_care,
    edit_section,
    revised,
    tiny_plan,
    tiny_school,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_teacher,
    with_wishes,
)
from tests.checks.own_staff_cases import case, duties_of
from tests.engine.finish.test_moved import moving
from tests.engine.schools import SHORT, ball, best, clubs_only, small_school, student, teacher, wish
from tests.rules.random_plans import bare_plan
from tests.rules.solving import ONE_RUN, broken_families

ITEM = PolicyItem.OWN_STAFF_FIRST
GUEST = teacher("guest", kind=StaffKind.EXTERNAL, pay_fen=0)
"""From outside, and costs nothing."""


NO_CARE: dict[str, Any] = {"may_supervise": False}
NOT_LAST = ("mon1", "mon2", "tue1")


def cheap_guest(own_first: bool = True, **changes: Any) -> School:
    """Ball may be led by t2 or the guest, and either may be in base care of Monday, period 1."""
    people = (teacher("t1", may_supervise=False), teacher("t2", pay_fen=5000), GUEST)
    course = ball(leaders=("guest", "t2"), slots=("mon2",))
    school = small_school(**({"teachers": people, "courses": (course,)} | changes))
    return with_clause(school, ITEM) if own_first else school


def guests_duties(plan: Plan) -> int:
    return sum(person == "guest" for _, person in duties_of(plan))


def test_outsiders_are_cheaper() -> None:
    before, plan = best(cheap_guest(own_first=False)), best(cheap_guest())
    assert guests_duties(before) == 2
    assert guests_duties(plan) == 0
    assert plan.value == before.value


def test_outsiders_are_cheaper_in_a_large_school() -> None:
    school = generate("mixed", 60, 6, 1).school
    cheap = {"kind": StaffKind.EXTERNAL, "pay_fen": 100}
    teachers = [
        revised(t, **cheap) if number % 3 == 0 else t for number, t in enumerate(school.teachers)
    ]
    school = with_clause(school.replaced(teachers=tuple(teachers)), ITEM)
    plan = solve(school, Limits(seconds=3, workers=1, seed=1, engine="large"))
    assert plan.provenance.engine == "cpsat-large"
    assert verify(school, plan) == ()
    own = OwnFirst(school, plan.sections, plan.care_groups)
    outside = [own.why(*duty) for duty in own.outside()]
    assert len(outside) < len(own.duties.groups) / 4
    assert WhyOutside.OPEN not in outside


def test_fewest_periods_outside_before_pay() -> None:
    """t2 has two periods for ball, or for one of art; passing duties on would leave either."""
    art = ball(id="art", leaders=("guest", "t2"), slots=("mon1",), rooms=("r3",))
    twice = ball(leaders=("guest", "t2"), sessions_per_week=2, slots=("mon2", "tue1"))
    students = tuple(
        student(name, stay_slots=(), club_slots=("mon1", "mon2", "tue1"), max_clubs=2)
        for name in "abcd"
    )
    wishes = tuple(wish(name, course) for name in "abcd" for course in ("art",))
    wishes += tuple(wish(name, "ball", 2) for name in "abcd")
    school = cheap_guest(courses=(art, twice), students=students, wishes=wishes)
    school = with_teacher(school, "t2", max_periods_week=2)
    assert {s.course: s.staff for s in best(school).sections} == {
        "art": ("guest",),
        "ball": ("t2",),
    }


def test_a_start_is_not_lost_for_it() -> None:
    """A plan that breaks nothing else is gone on from, and comes out with own staff."""
    before = solve(cheap_guest(own_first=False), SHORT)
    school = cheap_guest()
    start = before.model_copy(update={"school_digest": school.digest})
    assert {f.family for f in verify(school, start)} == {"staffing"}
    given: list[Plan] = []
    for engine in ("whole", "large"):
        limits = Limits(seconds=3, workers=1, seed=1, engine=engine)
        plan = solve(school, limits, start, on_plan=given.append)
        assert plan.value == start.value
        assert guests_duties(plan) == 0
    assert all(verify(school, found) == () for found in given)


def test_what_is_pinned_stays_with_the_guest() -> None:
    school = with_locks(cheap_guest(), SectionLock(course="ball", staff=("guest",)))
    plan = best(school)
    assert [s.staff for s in plan.sections] == [("guest",)]


def finished(school: School, plan: Plan) -> Plan:
    made = Provenance(
        version="0", engine="hand", seed=1, workers=1, time_limit_seconds=0, seconds=0
    )
    return finish_plan(school, plan.sections, plan.care_groups, made, improving=False)


def test_seats_that_a_new_teacher_brings() -> None:
    """s43 waits for t2, who takes over chess; then there is a seat for him."""
    school = with_clause(
        with_teacher(tiny_school(), "t1", kind=StaffKind.EXTERNAL), ITEM, source="x"
    )
    plan = finished(school, tiny_plan(school))
    assert verify(school, plan) == ()
    chess = next(s for s in plan.sections if s.course == "chess")
    assert chess.staff == ("t2",)
    assert "s43" in chess.students


def test_whom_others_asked_for_keeps_the_group_until_they_leave_it() -> None:
    school = with_teacher(tiny_school(), "t1", kind=StaffKind.EXTERNAL)
    school = with_wishes(with_clause(school, ITEM), "s33", "chess", teacher="t1")
    plan = finished(school, tiny_plan(school))
    assert verify(school, plan) == ()
    assert next(s.staff for s in plan.sections if s.course == "chess") == ("t1",)


def test_whoever_is_free_only_because_students_were_moved_is_not_counted_on() -> None:
    """All in care on Monday, period 1, are moved to art; only then t2 could have the guest's."""
    school = moving(
        clubs_only(
            courses=(
                ball(slots=("mon2",), max_size=2),
                ball(id="art", slots=("mon1",), leaders=("guest", "t2"), rooms=("hall",)),
            ),
            teachers=(teacher("t1", may_supervise=False), teacher("t2"), GUEST, teacher("t3")),
            students=(
                *(student(n, stay_slots=(), club_slots=("mon2",)) for n in "ab"),
                *(student(n, stay_slots=(), club_slots=("mon1",)) for n in "uv"),
                student("c", stay_slots=("mon1",), club_slots=("mon2",)),
            ),
            wishes=(*(wish(n) for n in "abc"), *(wish(n, "art") for n in "uv")),
        )
    )
    school = with_course(with_clause(school, ITEM), "ball", leaders=("t3",))
    school = with_teacher(with_teacher(school, "guest", may_supervise=False), "t3", **NO_CARE)
    plan = best(school)
    assert [group.staff for group in plan.moved_from] == [("t2",)]
    assert not plan.care_groups
    assert next(s.staff for s in plan.sections if s.course == "art") == ("guest",)


@pytest.mark.parametrize("number", range(60))
def test_any_plan_can_be_finished(number: int) -> None:
    """No rule is broken by it, no point lost, and nothing is left to take over."""
    school, plan = case(number)
    found = with_own_staff(school, plan.sections, plan.care_groups)
    sections, groups = found or (plan.sections, plan.care_groups)
    after = bare_plan(school, sections, groups)
    assert broken_families(school, after) == set()
    assert plan_value(school, after) == plan_value(school, plan)
    assert not list(check_own_first(school, after))
    assert (found is None) == (not list(check_own_first(school, plan)))
    assert [s.students for s in sections] == [s.students for s in plan.sections]
    done = finish_plan(school, plan.sections, plan.care_groups, ONE_RUN, improving=number % 2 == 0)
    assert verify(school, done) == ()
    assert plan_worth(school, done) >= plan_worth(school, plan)


def test_nothing_runs_where_no_clause_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("optimizer.checks._own_first.OwnFirst.__init__", never)
    assert guests_duties(best(cheap_guest(own_first=False))) == 2
    own_only = with_clause(small_school(), ITEM)
    assert best(own_only).sections


def test_what_was_out_of_reach_is_tried_again() -> None:
    """t2 gives art to t3 for chess, and has a period left for base care, which he had not before.

    Both are done by people from outside.
    """
    school = with_new(tiny_school(), "teachers", teacher("n1", available_slots=NOT_LAST))
    changes: dict[str, dict[str, Any]] = {
        "t1": {"kind": StaffKind.EXTERNAL},
        "t2": {"max_periods_week": 2},
        "t3": NO_CARE,
        "t4": NO_CARE,
        "t5": {"kind": StaffKind.EXTERNAL},
    }
    for person, fields in changes.items():
        school = with_teacher(school, person, **fields)
    school = with_clause(with_course(school, "art", leaders=("t2", "t3")), ITEM)
    plan = edit_section(tiny_plan(school), "art-1", staff=("t2",))
    for slot in NOT_LAST:
        plan = edit_care(plan, f"care-{slot}", staff=("n1",))
    assert len(list(check_own_first(school, plan))) == 2
    found = with_own_staff(school, plan.sections, plan.care_groups)
    assert found is not None
    staff = {section.id: section.staff for section in found[0]}
    staff |= {group.id: group.staff for group in found[1]}
    assert [staff[g] for g in ("chess-1", "art-1", "care-tue2")] == [("t2",), ("t3",), ("t2",)]
