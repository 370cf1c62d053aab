from itertools import combinations

import pytest

from models import (
    CareContent,
    CareGroup,
    Course,
    CourseKind,
    Plan,
    PolicyItem,
    Room,
    School,
    SeatLock,
    Section,
    Slot,
    lottery_number,
)
from optimizer.checks import Exchanges, verify
from tests.builders import (
    add_groups,
    edit_care,
    edit_section,
    rest_in_care,
    restated,
    seat,
    tiny_plan,
    tiny_school,
    unseat,
    with_care,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_settings,
    with_slot,
    with_student,
    with_wishes,
)
from tests.checks.saying import names, only

SCHOOL = tiny_school()
RIGHT = tiny_plan(SCHOOL)
WRONG = seat(SCHOOL, unseat(SCHOOL, RIGHT, "s51", "art-1"), "s53", "art-1")
"""s53 has the seat in art although s51 drew the lower number and their claims are equal."""


def misdrawn(school: School, plan: Plan) -> bool:
    """Tell whether the lottery was not followed; nothing else may be wrong."""
    found = verify(school, restated(school, plan))
    assert {finding.family for finding in found} <= {"claims"}, found
    assert all("lottery" in finding.text.en for finding in found), found
    return bool(found)


def test_the_lower_number_has_the_seat() -> None:
    assert lottery_number(1, "s51") < lottery_number(1, "s53")
    assert not misdrawn(SCHOOL, RIGHT)
    text = only(SCHOOL, WRONG, "claims")
    number = str(lottery_number(1, "s51"))
    names(text, "art-1", "s51", number, zh="学生 s53 让出", en="s53 gives up")
    names(text, zh="因此吃亏的人（s53）", en="loses by it (s53)")


def test_another_seed_is_another_draw() -> None:
    seed = next(n for n in range(99) if lottery_number(n, "s53") < lottery_number(n, "s51"))
    school = with_settings(SCHOOL, lottery_seed=seed)
    assert not misdrawn(school, WRONG)
    assert misdrawn(school, RIGHT)


@pytest.mark.parametrize(
    "school",
    [
        with_student(SCHOOL, "s53", groups=("hardship",)),
        with_wishes(SCHOOL, "s51", "choir", "art"),
        with_wishes(with_course(SCHOOL, "art", leaders=("t3", "t4")), "s51", "art", teacher="t4"),
        with_locks(SCHOOL, SeatLock(student="s53", course="art")),
        with_locks(SCHOOL, SeatLock(student="s51", course="art", granted=False)),
        with_wishes(SCHOOL, "s51"),
    ],
)
def test_claims_that_are_not_equal(school: School) -> None:
    assert not misdrawn(school, WRONG)


@pytest.mark.parametrize(
    "school",
    [
        with_student(SCHOOL, "s51", home_class="c4"),
        with_student(SCHOOL, "s51", groups=("hardship",)),
    ],
)
def test_claims_that_are_equal_or_better(school: School) -> None:
    """Another grade is no lesser claim where base care has room; priority is a better one."""
    assert misdrawn(school, WRONG)


def test_equal_points_of_different_ranks() -> None:
    """From the seventh rank on all have the same points."""
    weights = SCHOOL.settings.weights.model_copy(update={"rank_points": (10,)})
    school = with_settings(with_wishes(SCHOOL, "s51", "choir", "art"), weights=weights)
    assert misdrawn(school, WRONG)


def test_a_seat_lock_on_another_course_does_not_concern_it() -> None:
    lock = SeatLock(student="s53", course="chess", granted=False)
    assert misdrawn(with_locks(SCHOOL, lock), WRONG)


def with_drama(*members: str, slots: tuple[str, ...] = ("mon2",)) -> tuple[School, Plan]:
    """Open a fourth course on Monday with these members."""
    drama = Course(id="drama", name="戏剧", grades=(4, 5), min_size=1, max_size=1, leaders=("t2",))
    school = with_new(SCHOOL, "courses", drama)
    section = Section(id="drama-1", course="drama", slots=slots, room="r3", staff=("t2",))
    plan = add_groups(WRONG, section)
    for student in members:
        school = with_wishes(school, student, "art", "drama")
        school = with_student(school, student, max_clubs=2)
        plan = seat(school, plan, student, "drama-1")
    return school, plan


def test_seats_held_beside_it() -> None:
    # s51 has one seat and would have two; s53 has one. Their second seats weigh differently.
    assert not misdrawn(*with_drama("s51"))
    # s53 has two seats, one beside this one; s51 has none: a better claim, and the lower number.
    assert misdrawn(*with_drama("s53"))
    # Each has one seat beside this one.
    school, plan = with_drama("s51", "s53")
    assert misdrawn(with_course(school, "drama", max_size=2), plan)


def test_whoever_has_all_the_clubs_he_wanted_waits_no_longer() -> None:
    school, plan = with_drama("s51", "s53")
    school = with_course(school, "drama", max_size=2)
    assert not misdrawn(with_student(school, "s51", max_clubs=1), plan)


@pytest.mark.parametrize(("slot", "free"), [("tue1", False), ("mon1", True)])
def test_a_clash_with_another_seat(slot: str, free: bool) -> None:
    school, plan = with_drama("s51", slots=(slot,))
    school = with_student(with_wishes(school, "s53", "art", "chess"), "s53", max_clubs=2)
    assert misdrawn(school, seat(school, plan, "s53", "chess-1")) is free


def only_for_art(*students: str) -> tuple[School, Plan]:
    """Let students offer Tuesday's second period only for a club."""
    school, first = SCHOOL, ("mon1", "mon2", "tue1")
    for student in students:
        school = with_student(school, student, stay_slots=first, club_slots=("tue2",))
    return school, rest_in_care(school, WRONG)


@pytest.mark.parametrize("students", [("s51",), ("s53",), ("s51", "s53")])
def test_one_must_stay_and_the_other_goes_home(students: tuple[str, ...]) -> None:
    """There is room in base care for who comes back to it."""
    assert misdrawn(*only_for_art(*students))


def test_who_must_stay_needs_a_place_in_base_care() -> None:
    school, plan = only_for_art("s51")
    there = next(len(g.students) for g in plan.care_groups if g.id == "care-tue2")
    school = with_care(school, max_size=there)
    plan = edit_care(plan, "care-mon1", students=())
    assert all(due.student != "s51" for due in Exchanges(school, plan).due())


def test_somebody_who_could_not_be_there() -> None:
    school = with_student(SCHOOL, "s51", stay_slots=("mon1", "mon2", "tue1"))
    assert not misdrawn(school, rest_in_care(school, WRONG))
    school, plan = only_for_art("s51", "s53")
    assert not misdrawn(with_student(school, "s51", club_slots=()), plan)


def test_the_teacher_he_wants() -> None:
    assert misdrawn(with_wishes(SCHOOL, "s51", "art", teacher="t3"), WRONG)


def test_a_seat_in_another_section_of_the_course() -> None:
    """s51 holds one seat, in another section of art; s53 holds two, in art and chess."""
    room = Room(id="studio2", name="画室二", seats=4, features=("easels",))
    school = with_new(SCHOOL, "rooms", room)
    school = with_course(school, "art", max_sections=2, min_size=1, leaders=("t2", "t3"))
    school = with_student(school, "s51", max_clubs=2)
    school = with_student(with_wishes(school, "s53", "art", "chess"), "s53", max_clubs=2)
    second = Section(
        id="art-2", course="art", slots=("mon1", "mon2"), room="studio2", staff=("t2",)
    )
    plan = seat(school, WRONG, "s53", "chess-1")
    plan = seat(school, add_groups(plan, second), "s51", "art-2")
    assert not misdrawn(school, plan)


def third_period(student: str, art: CourseKind, care: CareContent) -> tuple[School, Plan]:
    """Let a student stay a third period on Tuesday, for homework; two learning periods a day."""
    third = Slot(id="tue3", weekday=2, start_minute=17 * 60 + 40, end_minute=18 * 60 + 20)
    school = with_course(with_new(SCHOOL, "slots", third), "art", kind=art)
    for slot in ("tue1", "tue2"):
        school = with_slot(school, slot, care_content=care)
    school = with_student(school, student, stay_slots=("mon1", "mon2", "tue1", "tue2", "tue3"))
    school = with_clause(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, 2, grades=(5,))
    group = CareGroup(id="care-tue3", slot="tue3", room="r5", staff=("t5",))
    return school, rest_in_care(school, add_groups(WRONG, group))


def test_the_limits_of_a_day_after_the_swap() -> None:
    # Learning in art, reading in care: s51 cannot take art beside the third period.
    learning = (CourseKind.LEARNING, CareContent.READING)
    assert not misdrawn(*third_period("s51", *learning))
    assert misdrawn(*third_period("s52", *learning))
    # Art is an activity, care is homework: s53 cannot return to it beside the third period.
    activity = (CourseKind.ACTIVITY, CareContent.HOMEWORK)
    assert not misdrawn(*third_period("s53", *activity))


def art_for(*students: str) -> tuple[School, Plan]:
    """Let all of grade 5 stay always and wish for art, which has these students and no others."""
    school = with_course(SCHOOL, "art", max_size=len(students))
    always = SCHOOL.student["s51"].stay_slots
    for student in ("s51", "s52", "s53", "s54"):
        school = with_student(with_wishes(school, student, "art"), student, club_slots=())
        school = with_student(school, student, stay_slots=always)
    for student in ("s41", "s44"):
        school = with_wishes(school, student)
    plan = edit_section(RIGHT, "chess-1", students=("s31", "s33", "s42"))
    return school, rest_in_care(school, edit_section(plan, "art-1", students=students))


def test_the_lowest_waiting_against_the_highest_seated() -> None:
    by_number = sorted(("s51", "s52", "s53", "s54"), key=lambda s: lottery_number(1, s))
    for pair in combinations(by_number, 2):
        school, plan = art_for(*pair)
        if pair == tuple(by_number[:2]):
            assert not misdrawn(school, plan)
            continue
        waiting = next(s for s in by_number if s not in pair)  # the one who goes first
        text = verify(school, restated(school, plan))[0].text
        names(text, waiting, pair[1], zh="抽签", en="lottery")
