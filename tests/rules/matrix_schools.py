"""Schools in which one thing that the rules say decides, beside what random schools show."""

from typing import Any

from models import (
    Aim,
    BaseCare,
    Budget,
    CareRooms,
    CareStaffLock,
    HomeClass,
    PayUnit,
    PolicyItem,
    Room,
    School,
    SectionLock,
    Settings,
    Weights,
)
from tests.builders import with_clause
from tests.rules.small import ball, granted, opened, small_school, student, teacher, wish


def care(**fields: object) -> Settings:
    return Settings(id="small", name="", base_care=BaseCare(**({"max_size": 4} | fields)))  # type: ignore[arg-type]


def one_period_a_day() -> School:
    """Whoever stays on Monday, period 1, cannot come to a club in period 2."""
    school = small_school(courses=(ball(slots=("mon2",)),))
    return with_clause(school, PolicyItem.MAX_PERIODS_DAY, 1)


def two_periods_a_day_wanted() -> School:
    """The policy wants two periods on each day, and Tuesday has one."""
    return with_clause(small_school(), PolicyItem.PERIODS_DAY, 2)


def leader_pinned_who_is_wanted_elsewhere() -> School:
    """Both courses could be held if the one were not pinned to the only leader of the other."""
    chess = ball(id="chess", slots=("mon2",), rooms=(), min_size=1)
    return small_school(
        courses=(ball(slots=("mon2",), leaders=("t1", "t2")), chess),
        wishes=(wish("a"), wish("b"), wish("c", "chess"), wish("d", "chess")),
        locks=(SectionLock(course="ball", staff=("t2",)),),
    )


def room_pinned_that_is_wanted_elsewhere() -> School:
    chess = ball(id="chess", slots=("mon2",), leaders=("t1",), min_size=1)
    return small_school(
        courses=(ball(slots=("mon2",), rooms=("hall", "r3")), chess),
        wishes=(wish("a"), wish("b"), wish("c", "chess"), wish("d", "chess")),
        locks=(SectionLock(course="ball", room="hall"),),
    )


def second_room_too_small_for_any_section() -> School:
    """Six want to play; the hall holds five, and nobody may play alone in the den."""
    names = "abcdef"
    course = ball(
        min_size=3,
        max_size=5,
        max_sections=2,
        rooms=("hall", "den"),
        leaders=("t1", "t2"),
        slots=("mon2",),
    )
    return small_school(
        rooms=(
            Room(id="r3", name="", seats=6),
            Room(id="hall", name="", seats=5),
            Room(id="den", name="", seats=1),
        ),
        courses=(course,),
        students=tuple(student(n, stay_slots=()) for n in names),
        wishes=tuple(wish(n) for n in names),
    )


def hall_for_two() -> School:
    rooms = (Room(id="r3", name="", seats=6), Room(id="hall", name="", seats=2))
    return small_school(rooms=rooms, courses=(ball(slots=("mon2",)),))


def two_supervisors_pinned_for_one_child() -> School:
    """Each must supervise a group, and one child makes one group."""
    return small_school(
        courses=(),
        wishes=(),
        students=(student("a"),),
        locks=tuple(CareStaffLock(teacher=t, slot="mon1") for t in ("t1", "t2")),
    )


def two_grades(needed: int = 1, **changes: object) -> School:
    """Grades 3 and 4: a of grade 3 stays on Monday, period 1, and b of grade 4 as well."""
    fields: dict[str, object] = {
        "settings": care(grade_span=2, mix_stages=True, staff_needed=needed),
        "classes": (
            HomeClass(id="c3", name="", grade=3, homeroom_teacher="t1"),
            HomeClass(id="c4", name="", grade=4, home_room="r3", homeroom_teacher="t4"),
        ),
        "teachers": tuple(teacher(t) for t in ("t1", "t2", "t4")),
        "courses": (ball(grades=(4,), min_size=1, slots=("mon1",)),),
        "students": (student("a"), student("b", home_class="c4")),
        "wishes": (wish("b"),),
    }
    return small_school(**(fields | changes))


def room_of_one_grade_for_another() -> School:
    """In b's own home room a may only be together with b, who therefore cannot play."""
    own = care(grade_span=2, mix_stages=True, rooms=CareRooms.OWN_GRADE)
    return two_grades(settings=own)


def rota_of_both_grades() -> School:
    """The group needs a homeroom teacher of grade 4, and there is none then."""
    return two_grades(
        settings=care(grade_span=2, mix_stages=True, staff_needed=2, rota_grades=(3, 4)),
        classes=(
            HomeClass(id="c3", name="", grade=3, homeroom_teacher="t1"),
            HomeClass(id="c33", name="", grade=3, homeroom_teacher="t2"),
            HomeClass(id="c4", name="", grade=4, home_room="r3", homeroom_teacher="t4"),
        ),
        teachers=(teacher("t1"), teacher("t2"), teacher("t4", available_slots=("mon2",))),
        courses=(),
        wishes=(),
    )


def two_supervisors_pinned_and_a_club() -> School:
    """The two groups that are pinned need both children: neither can play."""
    return small_school(
        teachers=tuple(teacher(t) for t in ("t1", "t2", "t3")),
        rooms=(
            Room(id="r3", name="", seats=6, care_room=True),
            Room(id="r4", name="", seats=6, care_room=True),
            Room(id="hall", name="", seats=6),
        ),
        courses=(ball(slots=("mon1",), min_size=1),),
        students=(student("a"), student("b")),
        wishes=(wish("b"),),
        locks=tuple(CareStaffLock(teacher=t, slot="mon1") for t in ("t1", "t3")),
    )


def three_seats_in_a_large_hall() -> School:
    return small_school(courses=(ball(max_size=3, slots=("mon2",)),))


def second_club_worth_more_than_the_first() -> School:
    """Two clubs could be had, and only one is held."""
    settings = Settings(id="small", name="", weights=Weights(first_seat=1, second_seat=50))
    names = "abcd"
    return small_school(
        settings=settings,
        courses=(ball(slots=("mon2",)), ball(id="chess", slots=("mon2",))),
        students=tuple(student(n, max_clubs=2) for n in names),
        wishes=tuple(wish(n, c, r) for n in names for r, c in enumerate(("ball", "chess"), 1)),
    )


def two_clubs_and_one_is_the_first() -> School:
    """Two clubs can be had, and one of them is the first."""
    names = "abcd"
    return small_school(
        settings=Settings(id="small", name="", weights=Weights(aim=Aim.FIRST_CLUBS)),
        courses=(ball(slots=("mon2",)), ball(id="chess", slots=("tue1",))),
        students=tuple(student(n, max_clubs=2) for n in names),
        wishes=tuple(wish(n, c, r) for n in names for r, c in enumerate(("ball", "chess"), 1)),
    )


def club_after_the_latest_end() -> School:
    """Only in period 2 could they play, and that ends too late."""
    school = small_school(courses=(ball(slots=("mon2",)),))
    return with_clause(school, PolicyItem.LATEST_END, 17 * 60)


def club_after_the_end_of_activities() -> School:
    """Base care may go on in period 2, clubs may not."""
    school = small_school(courses=(ball(slots=("mon2",)),))
    return with_clause(school, PolicyItem.ACTIVITIES_END, 17 * 60)


def homework_for_too_long() -> School:
    """One child would do homework in both periods, may in one, and nobody plays with him."""
    return with_clause(
        small_school(
            students=(student("a", stay_slots=("mon1", "mon2"), club_slots=()),),
            wishes=(wish("a"),),
        ),
        PolicyItem.MAX_LEARNING_PERIODS_DAY,
        1,
    )


def nothing_in_the_purse(unit: PayUnit = PayUnit.PERIOD) -> School:
    """Base care costs nothing, and the one who leads the club is paid."""
    return small_school(
        settings=Settings(id="small", name="", budget=Budget(sum_fen=0)),
        teachers=(teacher("t1", pay_fen=0), teacher("t2", pay_fen=100, pay_unit=unit)),
    )


def nothing_in_the_purse_for_sessions() -> School:
    return nothing_in_the_purse(PayUnit.SESSION)


def two_courses_pinned_to_one_room() -> School:
    """Both are pinned to the hall in the same period; there is another room."""
    chess = ball(id="chess", slots=("mon2",), leaders=("t1",), rooms=("hall", "r3"))
    return small_school(
        courses=(ball(slots=("mon2",), rooms=("hall", "r3")), chess),
        wishes=(wish("a"), wish("b"), wish("c", "chess"), wish("d", "chess")),
        locks=tuple(SectionLock(course=c, room="hall") for c in ("ball", "chess")),
    )


def both(**changes: Any) -> School:
    """Give a school of two pinned courses that all four children wish for, in different rooms."""
    chess = ball(id="chess", slots=("tue1",), leaders=("t1",), rooms=("r3",), min_size=3)
    fields: dict[str, Any] = {
        "courses": (ball(slots=("mon2",), min_size=3), chess),
        "students": tuple(student(n, max_clubs=2) for n in "abcd"),
        "wishes": tuple(wish(n, c, r) for n in "abcd" for r, c in enumerate(("ball", "chess"), 1)),
        "locks": (opened(1), opened(1, "chess")),
    }
    return small_school(**(fields | changes))


def two_pinned_sections_for_three() -> School:
    """Two sections of two at least, at different times, and three who wish for the course."""
    course = ball(max_sections=2, slots=("mon2", "tue1"))
    chess = ball(id="chess", leaders=("t1",), rooms=("r3",))
    wishes = [wish(n) for n in "abc"] + [wish(n, "chess", 2) for n in "abc"]
    wishes.append(wish("d", "chess"))
    return both(courses=(course, chess), wishes=tuple(wishes), locks=(opened(2),))


def pinned_to_two_clubs_at_one_moment() -> School:
    chess = ball(id="chess", slots=("mon2",), leaders=("t1",), rooms=("r3",))
    locks = (granted("a"), granted("a", "chess"))
    return both(courses=(ball(slots=("mon2",)), chess), locks=locks)


def three_pinned_to_two_seats() -> School:
    return small_school(courses=(ball(max_size=2),), locks=tuple(granted(n) for n in "abc"))


def one_club_each_and_two_to_fill() -> School:
    return both(students=tuple(student(n) for n in "abcd"))


def two_clubs_at_one_moment_to_fill() -> School:
    chess = ball(id="chess", slots=("mon2",), leaders=("t1",), rooms=("r3",), min_size=3)
    return both(courses=(ball(slots=("mon2",), min_size=3), chess))


def leader_of_both(**limits: int) -> School:
    """One person leads both courses, at different times, and has not the time for it."""
    chess = ball(id="chess", slots=("tue1",), rooms=("r3",))
    return small_school(
        teachers=(teacher("t1"), teacher("t2", **limits)),
        courses=(ball(slots=("mon2",)), chess),
        wishes=(wish("a"), wish("b"), wish("c", "chess"), wish("d", "chess")),
    )


def one_period_a_week_for_the_leader() -> School:
    return leader_of_both(max_periods_week=1)


def one_period_a_day_for_the_leader() -> School:
    """The second course meets on Monday, too."""
    chess = ball(id="chess", slots=("mon1",), rooms=("r3",))
    school = leader_of_both(max_periods_day=1)
    return school.replaced(courses=(school.courses[0], chess))


HAND_MADE = (
    homework_for_too_long,
    nothing_in_the_purse,
    nothing_in_the_purse_for_sessions,
    two_courses_pinned_to_one_room,
    two_pinned_sections_for_three,
    pinned_to_two_clubs_at_one_moment,
    three_pinned_to_two_seats,
    one_club_each_and_two_to_fill,
    two_clubs_at_one_moment_to_fill,
    one_period_a_week_for_the_leader,
    one_period_a_day_for_the_leader,
    one_period_a_day,
    club_after_the_latest_end,
    club_after_the_end_of_activities,
    two_periods_a_day_wanted,
    leader_pinned_who_is_wanted_elsewhere,
    room_pinned_that_is_wanted_elsewhere,
    second_room_too_small_for_any_section,
    hall_for_two,
    two_supervisors_pinned_for_one_child,
    two_supervisors_pinned_and_a_club,
    three_seats_in_a_large_hall,
    second_club_worth_more_than_the_first,
    two_clubs_and_one_is_the_first,
    room_of_one_grade_for_another,
    rota_of_both_grades,
)
