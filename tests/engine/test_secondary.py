"""Among plans of equal satisfaction: less pay, then evener loads, then fewer changes."""

from models import Aim, PayUnit, PlanStatus, School, Section, StaffKind
from optimizer.engine import solve
from tests.builders import (
    aiming,
    revised,
    with_course,
    with_locks,
    with_new,
    with_student,
    with_teacher,
)
from tests.engine.schools import (
    SHORT,
    STAYS_NOT,
    ball,
    best,
    clubs_only,
    previous,
    student,
    teacher,
    wish,
)
from tests.rules.small import SEAT, granted, in_care_only, loads


def two_leaders(first: int, second: int) -> School:
    """Ball at one time, led by t1 or t2 at these rates."""
    return clubs_only(
        courses=(ball(leaders=("t1", "t2"), slots=("mon2",)),),
        teachers=(teacher("t1", pay_fen=first), teacher("t2", pay_fen=second)),
    )


def test_the_cheaper_of_two_leaders() -> None:
    for first, second in ((5000, 8000), (8000, 5000)):
        plan = best(two_leaders(first, second))
        assert plan.pay_fen == 5000
        assert plan.sections[0].staff == (("t1",) if first < second else ("t2",))


def test_the_cheaper_of_two_supervisors() -> None:
    school = in_care_only(teachers=(teacher("t1", pay_fen=8000), teacher("t2", pay_fen=5000)))
    assert best(school).care_groups[0].staff == ("t2",)


def test_no_section_that_nobody_gains_from() -> None:
    """All four fit into one section; a second would cost a leader."""
    school = with_course(two_leaders(5000, 5000), "ball", max_sections=2, rooms=())
    plan = best(school)
    assert (len(plan.sections), plan.value) == (1, 4 * SEAT)


def test_paid_by_the_session_for_a_double_period() -> None:
    school = with_course(two_leaders(5000, 6000), "ball", slots=None, periods_per_session=2)
    school = revised(
        school,
        students=tuple(student(n, stay_slots=(), club_slots=("mon1", "mon2")) for n in "abcd"),
    )
    school = with_teacher(school, "t2", pay_unit=PayUnit.SESSION)
    plan = best(school)
    assert (plan.sections[0].staff, plan.pay_fen) == (("t2",), 6000)


def test_satisfaction_goes_before_pay() -> None:
    """The dearer leader is needed for d, who comes at another time than the others."""
    school = revised(
        two_leaders(1, 1_000_000),
        courses=(ball(leaders=("t1", "t2"), min_size=1, max_sections=2, slots=("mon2", "tue1")),),
        students=tuple(
            student(n, stay_slots=(), club_slots=("tue1",) if n == "d" else ("mon2",))
            for n in "abcd"
        ),
    )
    plan = best(with_teacher(school, "t1", available_slots=("mon2",)))
    assert (plan.value, plan.pay_fen) == (4 * SEAT, 1_000_001)


def worth_less() -> School:
    """The seat of d alone costs 50 yuan; it is worth 44 points."""
    return clubs_only(
        courses=(
            ball(min_size=1, slots=("mon2",), leaders=("t1",)),
            ball(id="art", min_size=1, slots=("tue1",), leaders=("t2",)),
        ),
        teachers=(teacher("t1"), teacher("t2", pay_fen=5000)),
        students=tuple(student(n, **STAYS_NOT) for n in "abcd"),
        wishes=(*(wish(n) for n in "abc"), wish("d", "art")),
    )


def test_points_given_up_within_the_tolerance() -> None:
    assert best(worth_less()).pay_fen == 5000
    kept = aiming(worth_less(), Aim.MOST_POINTS, tolerance=SEAT - 1)
    assert (best(kept).value, best(kept).pay_fen) == (4 * SEAT, 5000)
    given_up = solve(aiming(worth_less(), Aim.MOST_POINTS, tolerance=SEAT), SHORT)
    assert (given_up.value, given_up.pay_fen) == (3 * SEAT, 0)
    assert given_up.bound == 4 * SEAT
    assert given_up.status is PlanStatus.FEASIBLE


def test_nothing_of_a_first_club_is_given_up_within_the_tolerance() -> None:
    """The one seat of d is his first club; as a second it may go."""
    school = aiming(worth_less(), Aim.FIRST_CLUBS, tolerance=SEAT)
    assert (best(school).value, best(school).pay_fen) == (4 * SEAT, 5000)
    second = revised(
        school,
        courses=tuple(revised(c, max_size=5) for c in school.courses),
        students=tuple(revised(s, max_clubs=2) for s in school.students),
        wishes=(*(wish(n) for n in "abcd"), wish("d", "art", 2)),
    )
    plan = solve(second, SHORT)
    assert (plan.value, plan.pay_fen) == (4 * SEAT, 0)
    assert plan.bound == 4 * SEAT + 2 * (8 + 4)
    assert (plan.first_clubs, plan.first_points) == (4, 4 * SEAT)


def two_courses_two_leaders() -> School:
    """Two courses at two times, which either of two may lead."""
    courses = tuple(
        ball(id=name, slots=(slot,), leaders=("t1", "t2"))
        for name, slot in (("ball", "mon2"), ("art", "tue1"))
    )
    return clubs_only(
        courses=courses,
        students=tuple(student(n, max_clubs=2, **STAYS_NOT) for n in "abcd"),
        wishes=tuple(wish(n, c, r) for n in "abcd" for r, c in ((1, "ball"), (2, "art"))),
    )


def test_evener_loads() -> None:
    assert loads(best(two_courses_two_leaders())) == {"t1": 1, "t2": 1}


def test_loads_of_the_schools_own_staff_only() -> None:
    """Whoever comes from outside may have all the work, if that is what it costs."""
    school = with_teacher(two_courses_two_leaders(), "t2", kind=StaffKind.EXTERNAL)
    assert loads(best(school)) in ({"t2": 2}, {"t2": 1, "t1": 1})
    assert loads(best(school)) == {"t2": 2}


def test_pay_goes_before_evener_loads() -> None:
    school = with_teacher(two_courses_two_leaders(), "t2", pay_fen=1)
    assert loads(best(school)) == {"t1": 2}


def test_loads_of_sections_and_care_together() -> None:
    """t1 supervises the first period, so t2 leads ball in the second."""
    school = two_leaders(0, 0)
    school = with_student(school, "a", stay_slots=("mon1",), club_slots=("mon2",))
    school = with_teacher(school, "t2", may_supervise=False)
    assert loads(best(school)) == {"t1": 1, "t2": 1}


def as_before(leader: str, slot: str, *students: str) -> Section:
    return Section(
        id="ball-1", course="ball", slots=(slot,), room="hall", staff=(leader,), students=students
    )


def test_fewer_changes_of_time_and_leader() -> None:
    """Both leaders and both times are as good; it stays as it was."""
    school = clubs_only(courses=(ball(leaders=("t1", "t2"), slots=("mon2", "tue1")),))
    for leader in ("t1", "t2"):
        for slot in ("mon2", "tue1"):
            plan = best(previous(school, as_before(leader, slot, *"abcd")))
            assert (plan.sections[0].staff, plan.sections[0].slots) == ((leader,), (slot,))


def test_fewer_changes_of_seats() -> None:
    """Two sections of two: whoever was together stays together."""
    school = clubs_only(
        courses=(ball(max_size=2, max_sections=2, leaders=("t1", "t2"), slots=("mon2", "tue1")),)
    )
    for early in ("ab", "bd"):
        late = [n for n in "abcd" if n not in early]
        before = (
            as_before("t1", "mon2", *early),
            revised(as_before("t2", "tue1", *late), id="ball-2"),
        )
        plan = best(previous(school, *before))
        assert {s.slots: s.students for s in plan.sections} == {
            ("mon2",): tuple(early),
            ("tue1",): tuple(late),
        }


def test_evener_loads_go_before_fewer_changes() -> None:
    school = two_courses_two_leaders()
    before = as_before("t1", "mon2"), revised(as_before("t1", "tue1"), id="art-1", course="art")
    plan = best(previous(school, *before))
    assert loads(plan) == {"t1": 1, "t2": 1}
    assert "t1" in {t for s in plan.sections for t in s.staff}


def test_what_was_before_does_not_cost_a_seat() -> None:
    """Before, d had no seat; now there is one."""
    school = clubs_only(courses=(ball(slots=("mon2",)),))
    plan = best(previous(school, as_before("t2", "mon2", *"abc")))
    assert plan.sections[0].students == ("a", "b", "c", "d")


def test_a_section_of_a_course_that_changed_is_no_obstacle() -> None:
    school = with_new(clubs_only(courses=(ball(slots=("tue1",)),)), "teachers", teacher("t3"))
    plan = best(previous(with_locks(school, granted("a")), as_before("t3", "mon1", "a")))
    assert plan.sections[0].slots == ("tue1",)
