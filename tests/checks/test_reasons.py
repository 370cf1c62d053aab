import pytest

from models import (
    CareContent,
    CareGroup,
    CareRooms,
    CareStaffLock,
    Course,
    CourseKind,
    HomeClass,
    Plan,
    PolicyItem,
    Provider,
    School,
    SeatLock,
    Slot,
    Stage,
    UnmetReason,
)
from optimizer.checks import verify
from optimizer.checks._reasons import Reasons, Verdict
from optimizer.checks._standing import Standing
from optimizer.checks._trials import Way
from tests.builders import (
    add_groups,
    edit_care,
    edit_section,
    rest_in_care,
    restated,
    revised,
    tiny_plan,
    tiny_school,
    with_care,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_settings,
    with_slot,
    with_student,
    with_teacher,
    with_wishes,
)
from tests.checks.saying import names, only

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)
R = UnmetReason


def reason(school: School, plan: Plan, student: str, course: str) -> str:
    """Give the reason that alone is accepted, or the section he could simply join."""
    standing = Standing(school, plan)
    wish = standing.wish[student, course]
    assert standing.unmet(wish)
    verdict = Reasons(standing).reason(wish)
    found = verdict.reason if isinstance(verdict, Verdict) else verdict.section
    true = restated(school, plan)
    for claim in UnmetReason:
        unmet = tuple(
            revised(u, reason=claim) if (u.student, u.course) == (student, course) else u
            for u in true.unmet
        )
        found_then = verify(school, revised(true, unmet=unmet))
        assert {f.family for f in found_then} <= {"claims"}, found_then
        about = [f for f in found_then if f"for student {student}" in f.text.en]
        about += [f for f in found_then if f"student {student} was refused" in f.text.en]
        assert bool(about) is (claim is not found)
    return found.value if isinstance(found, UnmetReason) else found.id


@pytest.mark.parametrize(
    ("student", "course", "expected"),
    [
        ("s34", "chess", R.OTHER_TIME),
        ("s41", "choir", R.CLASH),
        ("s43", "chess", R.TEACHER),
        ("s53", "art", R.FULL_LOTTERY),
    ],
)
def test_the_reasons_of_the_plan_made_by_hand(student: str, course: str, expected: str) -> None:
    assert reason(SCHOOL, PLAN, student, course) == expected


def test_a_wrong_reason_is_said() -> None:
    unmet = (revised(PLAN.unmet[0], reason=R.FULL), *PLAN.unmet[1:])
    (finding,) = verify(SCHOOL, revised(PLAN, unmet=unmet))
    names(finding.text, "s34", "chess 国际象棋", "full", "other_time", zh="应为", en="it is")


def test_a_seat_he_could_simply_take_is_said() -> None:
    school = with_wishes(SCHOOL, "s43", "chess")
    text = only(school, PLAN, "claims")
    names(text, "s43", "chess 国际象棋", "chess-1", "16:50-17:30", zh="直接加入", en="simply take")


def test_priority_is_a_stronger_claim_of_itself() -> None:
    """Even where the points happen to be the same: 3 x 20 for priority, 2 x 30 without."""
    weights = revised(SCHOOL.settings.weights, rank_points=(30, 20), first_seat=0, second_seat=0)
    school = with_settings(SCHOOL, weights=weights)
    school = with_wishes(with_student(school, "s51", groups=("hardship",)), "s51", "choir", "art")
    # The other two seats of the group do not count.
    school = with_locks(school, *(SeatLock(student=s, course="art") for s in ("s41", "s44")))
    assert reason(school, PLAN, "s53", "art") == R.FULL_STRONGER
    assert reason(with_student(school, "s51", groups=()), PLAN, "s53", "art") != R.FULL_STRONGER


# --- not eligible, time --------------------------------------------------------------------


def test_a_grade_that_the_course_is_not_for() -> None:
    assert reason(with_wishes(SCHOOL, "s52", "choir"), PLAN, "s52", "choir") == R.NOT_ELIGIBLE


def test_a_lock_that_denies_the_seat() -> None:
    lock = SeatLock(student="s52", course="chess", granted=False)
    school = with_locks(with_wishes(SCHOOL, "s52", "chess"), lock)
    assert reason(school, PLAN, "s52", "chess") == R.NOT_ELIGIBLE


@pytest.mark.parametrize(("grade", "expected"), [(5, R.NOT_ELIGIBLE), (3, R.FULL_LOTTERY)])
def test_content_barred_for_the_grade(grade: int, expected: str) -> None:
    school = with_course(SCHOOL, "art", content=("exam",), grades=(3, 4, 5))
    school = with_clause(school, PolicyItem.BARRED_CONTENT, subject="exam", grades=(grade,))
    plan = rest_in_care(school, edit_section(PLAN, "art-1", students=("s41", "s43", "s44")))
    school = with_wishes(with_wishes(school, "s43", "art"), "s51")
    assert reason(school, plan, "s53", "art") == expected


@pytest.mark.parametrize(("vetted", "expected"), [(False, R.NOT_ELIGIBLE), (True, R.TOO_FEW)])
def test_a_barred_provider_makes_nobody_eligible(vetted: bool, expected: str) -> None:
    school = with_new(SCHOOL, "providers", Provider(id="firm", name="", vetted=vetted))
    school = with_clause(school, PolicyItem.VETTING_REQUIRED)
    course = Course(id="go", name="围棋", grades=(5,), leaders=("t1",), provider="firm")
    school = with_wishes(with_new(school, "courses", course), "s52", "go")
    assert reason(school, PLAN, "s52", "go") == expected


def test_the_excluded_are_not_eligible() -> None:
    school = with_clause(SCHOOL, PolicyItem.EXCLUDED_GROUP, subject="hardship")
    plan = edit_section(PLAN, "chess-1", students=("s31", "s42", "s54"))
    assert reason(school, rest_in_care(school, plan), "s33", "chess") == R.NOT_ELIGIBLE


def stays_only(*slots: str) -> tuple[School, Plan]:
    """Let s52 wish for art and stay at these slots only."""
    school = with_student(with_wishes(SCHOOL, "s52", "art"), "s52", stay_slots=slots)
    return school, rest_in_care(school, PLAN)


def test_time() -> None:
    assert reason(*stays_only("mon1", "tue1"), "s52", "art") == R.TIME
    assert reason(*stays_only("mon1", "mon2"), "s52", "art") == R.OTHER_TIME
    assert reason(*stays_only("tue1", "tue2"), "s52", "art") == R.FULL


def test_slots_that_a_student_can_use() -> None:
    late = Slot(id="mon3", weekday=1, start_minute=17 * 60 + 30, end_minute=18 * 60)
    over = Slot(id="mon2x", weekday=1, start_minute=17 * 60 + 20, end_minute=18 * 60)
    school = with_new(SCHOOL, "slots", late, over)
    school = with_student(school, "s54", club_slots=("mon2", "mon2x", "mon3"))
    assert Standing(school, PLAN).usable("s54") == {"mon1", "tue1", "mon2", "mon2x", "mon3"}
    busy = with_student(school, "s54", stay_slots=("mon2", "tue1"), club_slots=("mon2x", "mon3"))
    assert Standing(busy, PLAN).usable("s54") == {"mon2", "tue1", "mon3"}
    closed = with_clause(school, PolicyItem.LATEST_END, 18 * 60 - 1, grades=(5,))
    assert Standing(closed, PLAN).usable("s54") == {"mon1", "tue1", "mon2"}
    closed = with_clause(school, PolicyItem.SERVICE_WEEKDAY, 2)
    assert Standing(closed, PLAN).usable("s54") == {"tue1"}
    evening = with_slot(school, "mon3", evening_study=True)
    closed = with_clause(evening, PolicyItem.EVENING_ALLOWED, grades=(3, 4))
    assert Standing(closed, PLAN).usable("s54") == {"mon1", "tue1", "mon2", "mon2x"}
    closed = with_clause(evening, PolicyItem.EVENING_ALLOWED, grades=(5,))
    assert "mon3" in Standing(closed, PLAN).usable("s54")


def test_slots_that_a_student_can_use_for_a_content() -> None:
    school = with_course(SCHOOL, "choir", content=("exam",))
    school = with_clause(school, PolicyItem.CONTENT_START, 16 * 60 + 50, subject="exam")
    standing = Standing(school, PLAN)
    assert standing.usable_for("s31", "choir") == {"mon2", "tue2"}
    assert standing.usable_for("s34", "choir") == set()
    assert standing.usable_for("s31", "chess") == {"mon1", "mon2", "tue1", "tue2"}
    ends = with_clause(school, PolicyItem.CONTENT_END, 16 * 60 + 40, subject="exam", grades=(3,))
    assert Standing(ends, PLAN).usable_for("s31", "choir") == set()
    assert Standing(ends, PLAN).usable_for("s42", "choir") == {"mon2", "tue2"}
    evening = with_slot(school, "tue2", evening_study=True)
    item = PolicyItem.EVENING_BARRED_CONTENT
    barred = with_clause(evening, item, subject="exam", grades=(3,))
    assert Standing(barred, PLAN).usable_for("s31", "choir") == {"mon2"}
    assert Standing(barred, PLAN).usable_for("s42", "choir") == {"mon2", "tue2"}


def chess_with_exams(item: PolicyItem, value: int | None, *grades: int) -> School:
    """Let s52 wish for chess, which has exams on Monday from 16:50, and a clause speak of them.

    Other grades may have exams at any time, or by day.
    """
    school = with_course(with_wishes(SCHOOL, "s52", "chess"), "chess", content=("exam",))
    school = with_clause(with_wishes(school, "s54"), item, value, subject="exam", grades=grades)
    if item is PolicyItem.EVENING_BARRED_CONTENT:
        return with_slot(school, "mon2", evening_study=True)
    return with_clause(school, PolicyItem.CONTENT_START, 0, subject="exam", grades=(3, 4))


@pytest.mark.parametrize(
    ("school", "expected"),
    [
        (chess_with_exams(PolicyItem.CONTENT_END, 17 * 60, 5), R.OTHER_TIME),
        (chess_with_exams(PolicyItem.CONTENT_START, 16 * 60 + 50, 5), "chess-1"),
        (chess_with_exams(PolicyItem.CONTENT_START, 16 * 60 + 51, 5), R.TIME),
        (chess_with_exams(PolicyItem.CONTENT_END, 17 * 60 + 30, 3, 4), R.NOT_ELIGIBLE),
        (chess_with_exams(PolicyItem.EVENING_BARRED_CONTENT, None, 5), R.OTHER_TIME),
        (chess_with_exams(PolicyItem.EVENING_BARRED_CONTENT, None, 6), "chess-1"),
    ],
)
def test_content_at_other_times(school: School, expected: str) -> None:
    plan = edit_section(PLAN, "chess-1", students=("s31", "s33", "s42"))
    assert reason(school, rest_in_care(school, plan), "s52", "chess") == expected


# --- not opened ----------------------------------------------------------------------------


def drama(min_size: int, **fields: object) -> School:
    """Add a course that did not open; s34, s43 and s52 wish for it, and s51 of a wrong grade."""
    course = Course(id="drama", name="戏剧", grades=(3, 4, 5), min_size=min_size, leaders=("t2",))
    school = with_new(SCHOOL, "courses", revised(course, **fields))
    for student in ("s34", "s43", "s52"):
        school = with_wishes(school, student, "drama")
    return school


def test_too_few_could_come() -> None:
    assert reason(drama(3), PLAN, "s43", "drama") == R.COULD_OPEN
    assert reason(drama(4), PLAN, "s43", "drama") == R.TOO_FEW


def test_whoever_is_never_there_could_not_come() -> None:
    # s34 leaves after the first period.
    assert reason(drama(3, slots=("mon2", "tue1")), PLAN, "s43", "drama") == R.COULD_OPEN
    assert reason(drama(2, slots=("mon2", "tue2")), PLAN, "s43", "drama") == R.COULD_OPEN
    assert reason(drama(3, slots=("mon2", "tue2")), PLAN, "s43", "drama") == R.TOO_FEW


def test_whoever_is_not_eligible_could_not_come() -> None:
    lock = SeatLock(student="s52", course="drama", granted=False)
    assert reason(with_locks(drama(2), lock), PLAN, "s43", "drama") == R.COULD_OPEN
    assert reason(with_locks(drama(3), lock), PLAN, "s43", "drama") == R.TOO_FEW


# --- grades, limit -------------------------------------------------------------------------


def art_for_all(span: int) -> School:
    """Leave one seat in art, which has grades 4 and 5, and let s33 wish for it."""
    school = with_course(SCHOOL, "art", grades=(3, 4, 5), max_size=4, max_grade_span=span)
    school = with_wishes(with_wishes(school, "s53"), "s33", "chess", "art")
    return with_student(school, "s33", max_clubs=2)


def test_grades_too_far_apart() -> None:
    assert reason(art_for_all(2), PLAN, "s33", "art") == R.GRADES
    assert reason(art_for_all(3), PLAN, "s33", "art") == "art-1"


def test_stages_that_may_not_mix() -> None:
    stages = (Stage(id="low", name="", grades=(3,)), Stage(id="high", name="", grades=(4, 5)))
    school = with_care(with_settings(art_for_all(3), stages=stages), mix_stages=True)
    for course in ("chess", "choir"):
        school = with_course(school, course, mix_stages=True)
    assert reason(school, PLAN, "s33", "art") == R.GRADES
    school = with_course(school, "art", mix_stages=True)
    assert reason(school, PLAN, "s33", "art") == "art-1"
    assert reason(with_course(school, "art", max_grade_span=2), PLAN, "s33", "art") == R.GRADES


def test_as_many_clubs_as_he_wanted() -> None:
    school = with_wishes(SCHOOL, "s33", "choir", "chess")
    standing = Standing(school, PLAN)
    way = Reasons(standing).reason(standing.wish["s33", "choir"])
    assert isinstance(way, Way)
    assert (way.section.id, [held.id for held in way.gives_up]) == ("choir-1", ["chess-1"])
    pinned = with_locks(school, SeatLock(student="s33", course="chess"))
    assert reason(pinned, PLAN, "s33", "choir") == R.WANTED
    assert reason(with_student(school, "s33", max_clubs=2), PLAN, "s33", "choir") == "choir-1"


@pytest.mark.parametrize(("limit", "expected"), [(1, R.DAY_LIMIT), (2, "chess-1")])
def test_one_more_learning_period_that_day(limit: int, expected: str) -> None:
    school = with_wishes(with_course(SCHOOL, "chess", kind=CourseKind.LEARNING), "s43", "chess")
    for slot in ("mon2", "tue1", "tue2"):
        school = with_slot(school, slot, care_content=CareContent.READING)
    school = with_clause(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, limit, grades=(4,))
    assert reason(school, PLAN, "s43", "chess") == expected


@pytest.mark.parametrize(("limit", "expected"), [(1, R.DAY_LIMIT), (2, "chess-1")])
def test_one_more_period_that_day(limit: int, expected: str) -> None:
    """s54 would stay a second period on Monday for chess only."""
    school = with_clause(SCHOOL, PolicyItem.MAX_PERIODS_DAY, limit, grades=(5,))
    for student in ("s51", "s52", "s53"):
        school = with_student(with_wishes(school, student), student, stay_slots=("mon1", "tue1"))
    plan = edit_section(PLAN, "chess-1", students=("s31", "s33", "s42"))
    plan = rest_in_care(school, edit_section(plan, "art-1", students=("s41", "s44")))
    assert reason(school, plan, "s54", "chess") == expected


def own_care(*students: str, **fields: object) -> tuple[School, Plan]:
    """Give s43, who wants chess, and others a care group of their own on Monday."""
    school = with_wishes(SCHOOL, "s43", "chess")
    rest = tuple(s for s in PLAN.care_groups[1].students if s not in students)
    plan = edit_section(edit_care(PLAN, "care-mon2", students=rest), "chess-1", room="r3")
    own = CareGroup(id="own", slot="mon2", room="r4", staff=("t2",), students=students)
    return school, add_groups(plan, revised(own, **fields))


def test_a_care_group_that_somebody_is_pinned_to() -> None:
    school, plan = own_care("s43")
    assert reason(school, plan, "s43", "chess") == "chess-1"
    other = with_locks(school, CareStaffLock(teacher="t5", slot="mon2"))
    assert reason(other, plan, "s43", "chess") == "chess-1"
    pinned = with_locks(school, CareStaffLock(teacher="t2", slot="mon2"))
    assert reason(pinned, plan, "s43", "chess") == R.CARE
    assert reason(pinned, own_care("s43", "s44")[1], "s43", "chess") == "chess-1"


def test_a_care_group_in_the_room_of_the_grade_he_would_take_away() -> None:
    school, plan = own_care("s43", "s32")
    assert reason(school, plan, "s43", "chess") == "chess-1"
    school = with_care(school, rooms=CareRooms.OWN_GRADE)
    assert reason(school, plan, "s43", "chess") == R.CARE
    assert reason(school, own_care("s43", "s44", "s32")[1], "s43", "chess") == "chess-1"


def test_a_care_group_with_the_homeroom_teacher_of_the_grade_he_would_take_away() -> None:
    """There are two in a group; once s43 is gone, t2 has no class of a grade in it."""
    school, plan = own_care("s43", "s32", staff=("t2", "t5"))
    for slot, other in {"mon1": "t3", "mon2": "t4", "tue1": "t5", "tue2": "t4"}.items():
        plan = edit_care(plan, f"care-{slot}", staff=(other, "t6"))
    school = with_new(school, "teachers", revised(school.teachers[0], id="t6"))
    homes = [(g, t) for g in (3, 4, 5) for t in ("t3", "t4", "t5", "t6")]
    for grade, name in homes:
        home = HomeClass(id=f"{name}{grade}", name="", grade=grade, homeroom_teacher=name)
        school = with_new(school, "classes", home)
    for name, most in {"t1": 1, "t3": 3, "t4": 4, "t5": 2}.items():
        school = with_teacher(school, name, max_periods_week=most)  # their turns are even
    school = with_care(school, staff_needed=2)
    assert reason(school, plan, "s43", "chess") == "chess-1"
    school = with_care(school, rota_grades=(3,))
    assert reason(school, plan, "s43", "chess") == R.CARE
