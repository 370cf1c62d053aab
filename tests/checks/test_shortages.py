"""What is short whatever the plan, by counts: the slot, the person or the sum is named."""

from models import (
    CareRooms,
    HomeClass,
    PayUnit,
    PolicyItem,
    Room,
    School,
    SectionLock,
    StaffKind,
)
from models.contents import HOMEWORK
from optimizer.checks import foresee
from tests.builders import (
    revised,
    with_budget,
    with_care,
    with_clause,
    with_course,
    with_locks,
    with_room,
    with_student,
    with_teacher,
)
from tests.rules.small import in_care_only, slot, small_school, student, teacher, wish


def short(school: School, *words: str, zh: str = "") -> None:
    """Demand one shortage that says these words."""
    (text,) = foresee(school).short
    for word in words:
        assert word in text.en, text.en
    assert zh in text.zh
    assert text.zh.endswith("。")


def enough(school: School) -> None:
    assert foresee(school).short == ()


CARE = in_care_only(students=tuple(student(name) for name in "abcdef"))
"""Six children in base care on Monday, period 1, in groups of four."""


def with_rooms(*seats: int) -> School:
    rooms = tuple(Room(id=f"r{n}", name="", seats=s, care_room=True) for n, s in enumerate(seats))
    classes = (HomeClass(id="c3", name="", grade=3, homeroom_teacher="t1"),)
    return revised(CARE, rooms=rooms, classes=classes)


def test_children_and_seats() -> None:
    enough(with_rooms(4, 2))
    short(
        with_rooms(4, 1),
        "Mon 16:00-16:40: 6 children stay, at least 6 of them in base care",
        "(r0, r1) hold 5",
        zh="周一 16:00-16:40：6 人留校，其中至少 6 人只能托管",
    )
    # No group is larger than groups may be, however many seats a room has.
    short(with_rooms(40), "hold 4")


def test_whoever_may_be_in_a_club_needs_no_seat_in_base_care() -> None:
    base = with_room(small_school(), "r3", seats=3)
    enough(with_course(base, "ball", slots=("mon1",), min_size=1, max_size=1))
    two = with_room(base, "r3", seats=2)
    short(
        with_course(two, "ball", slots=("mon1",), min_size=1, max_size=1),
        "4 children stay, at least 3 of them in base care",
        "hold 2",
    )
    short(with_course(base, "ball", slots=("mon2",)), "at least 4 of them")


def test_a_pinned_section_takes_its_room() -> None:
    school = with_rooms(4, 2)
    school = revised(
        school,
        courses=tuple(revised(c, rooms=("r1",), slots=("mon1",)) for c in small_school().courses),
        wishes=tuple(wish(name) for name in "ab"),
    )
    enough(school)
    enough(with_locks(school, SectionLock(course="ball", slots=("mon1",), room="r1")))
    more = revised(school, students=(*school.students, student("g")))
    enough(revised(more, rooms=(*more.rooms, Room(id="r2", name="", seats=1, care_room=True))))
    short(
        with_locks(
            revised(more, rooms=(revised(more.rooms[0], seats=3), *more.rooms[1:])),
            SectionLock(course="ball", slots=("mon1",), room="r1"),
        ),
        "(r0) hold 3",
    )


def test_slots_at_one_time_share_rooms() -> None:
    """Four children at a slot, one at another that begins before the first ends."""
    later = slot("later", 1, 16 * 60 + 30, 17 * 60 + 10)

    def school(*seats: int) -> School:
        late = student("e", stay_slots=("later",), club_slots=())
        pupils = (*(student(name) for name in "abcd"), late)
        return revised(with_rooms(*seats), slots=(*CARE.slots, later), students=pupils)

    enough(school(4, 1))
    short(school(4), "Mon 16:00-16:40, Mon 16:30-17:10: 5 children stay", "hold 4")


def test_the_rooms_of_a_grade() -> None:
    school = with_care(CARE, max_size=9, rooms=CareRooms.OWN_GRADE)
    enough(school)
    other = revised(
        school,
        rooms=(Room(id="r3", name="", seats=4), Room(id="r4", name="", seats=9)),
        classes=(*school.classes, HomeClass(id="c4", name="", grade=4, home_room="r4")),
    )
    short(other, "at least 6 children of grade 3", "(r3) hold 4")
    enough(with_care(other, rooms=CareRooms.ANY_HOME))


def test_supervisors() -> None:
    school = with_rooms(4, 4)
    enough(school)
    alone = with_teacher(school, "t2", may_supervise=False)
    short(
        alone,
        "2 groups of base care at least need 2 people, and 1 can supervise (t1)",
        zh="托管至少 2 组，需要 2 位教师；能看托管的只有 1 位（t1）",
    )
    short(with_care(school, staff_needed=2), "need 4 people, and 2 can")
    short(with_teacher(school, "t1", available_slots=("mon2",)), "1 can supervise (t2)")


def test_grades_that_may_not_share_a_group_need_one_each() -> None:
    school = revised(
        in_care_only(),
        classes=(
            HomeClass(id="c3", name="", grade=3, home_room="r3"),
            HomeClass(id="c4", name="", grade=4, home_room="hall"),
        ),
    )
    school = with_student(school, "a", home_class="c4")
    one = with_teacher(school, "t2", may_supervise=False)
    short(one, "2 groups of base care", "1 can supervise")
    enough(with_care(one, grade_span=2))


def test_homeroom_teachers_on_the_rota() -> None:
    school = with_care(with_rooms(4, 4), rota_grades=(3,))
    short(
        school,
        "grade 3 is on the homeroom rota (source: the school's own homeroom rota)",
        "need 2 of its homeroom teachers. These are t1, and 1 can come (t1)",
        zh="需要本年级班主任 2 位；本年级班主任有 t1，能来的只有 1 位（t1）",
    )
    one = with_care(with_rooms(9, 9), rota_grades=(3,), max_size=9)
    enough(one)
    away = with_teacher(one, "t1", available_slots=("mon2",))
    short(away, "These are t1, and 0 can come (-)")
    short(with_care(away, grade_span=2), "need 1 of its homeroom teachers", "0 can come (-)")


def test_turns_of_the_week() -> None:
    slots = ("mon1", "mon2", "tue1")
    pupils = tuple(student(name, stay_slots=slots, club_slots=()) for name in "ab")
    people = (teacher("t1", max_periods_week=2), teacher("t2"))
    school = in_care_only(students=pupils, teachers=people)
    enough(school)
    rota = with_care(school, rota_grades=(3,))
    short(rota, "takes 3 periods a week", "(t1) may work 2 together", zh="（t1）合计最多 2 节")
    enough(with_teacher(rota, "t1", max_periods_week=3))


def test_the_weeks_supervision() -> None:
    slots = ("mon1", "mon2", "tue1")
    pupils = tuple(student(name, stay_slots=slots, club_slots=()) for name in "ab")
    school = in_care_only(students=pupils, teachers=(teacher("t1"),))
    enough(with_teacher(school, "t1", max_periods_week=3))
    short(with_teacher(school, "t1", max_periods_week=2), "takes 3 periods", "may work 2 together")
    short(
        with_teacher(school, "t1", max_periods_day=1),
        "Mon: base care takes 2 periods",
        "may work 1 together (t1 1)",
        zh="周一托管至少需要 2 人次，能看托管的教师合计最多 1 节（t1 1 节）",
    )


def test_supervision_and_clubs_together() -> None:
    """All four may be in ball on Tuesday, or in base care: either way somebody is with them."""
    slots = ("mon1", "mon2", "tue1")
    school = small_school(
        students=tuple(student(name, stay_slots=slots, club_slots=()) for name in "abcd")
    )
    school = with_course(school, "ball", slots=("tue1",))
    two = with_teacher(with_teacher(school, "t1", max_periods_week=2), "t2", max_periods_week=1)
    enough(two)
    one = with_teacher(two, "t1", max_periods_week=1)
    short(
        one,
        "the week: base care and clubs take 3 periods of work at least",
        "may work 2 together (t1 1, t2 1)",
        zh="每周托管和社团至少需要 3 人次，能来的教师合计最多 2 节",
    )
    # Two who lead together are two periods; base care takes but one.
    enough(with_course(two, "ball", staff_needed=2, leaders=("t1", "t2")))
    both = with_course(with_care(two, staff_needed=2), "ball", staff_needed=2, leaders=("t1", "t2"))
    enough(with_teacher(with_teacher(both, "t1", max_periods_week=3), "t2", max_periods_week=3))
    three = with_teacher(with_teacher(both, "t1", max_periods_week=3), "t2", max_periods_week=2)
    short(three, "take 6 periods of work at least", "may work 5 together (t1 3, t2 2)")


def test_rooms_that_cannot_be_divided_among_the_grades() -> None:
    """Four and four: one grade fills a room of four, and the others are one seat short."""
    base = revised(
        in_care_only(students=tuple(student(name) for name in "abcdefgh")),
        rooms=(Room(id="r3", name="", seats=3), Room(id="r4", name="", seats=40)),
        classes=(
            HomeClass(id="c3", name="", grade=3, home_room="r3"),
            HomeClass(id="c4", name="", grade=4, home_room="r4"),
        ),
    )
    base = with_care(base, max_size=5)
    for name in "efgh":
        base = with_student(base, name, home_class="c4")
    short(
        base,
        "in base care are at least 4 of grade 3, 4 of grade 4",
        "(r4 holds 5, r3 holds 3)",
        zh="周一 16:00-16:40：至少 3 年级 4 人、4 年级 4 人只能托管，不同年级不能同组",
    )
    enough(with_room(base, "r3", seats=4))
    enough(with_care(base, grade_span=2))
    more = revised(base, rooms=(*base.rooms, Room(id="r5", name="", seats=1, care_room=True)))
    enough(revised(more, teachers=(*more.teachers, teacher("t3"))))


def test_many_rooms_are_divided_at_once() -> None:
    """Grades of all sizes, rooms alike: an answer must not take long, nor be wrong."""
    rooms = tuple(Room(id=f"r{n}", name="", seats=7, care_room=True) for n in range(40))
    classes = tuple(HomeClass(id=f"c{g}", name="", grade=g) for g in range(1, 10))
    pupils = tuple(
        student(f"{g}-{n}", home_class=f"c{g}") for g in range(1, 10) for n in range(4 * g)
    )
    staff = tuple(teacher(f"t{n}") for n in range(40))
    school = in_care_only(rooms=rooms, classes=classes, students=pupils, teachers=staff)
    school = with_care(school, max_size=7)
    enough(school)
    # 30 rooms: 1 + 2 + 2 + 3 + 3 + 4 + 4 + 5 + 6 of seven seats.
    enough(revised(school, rooms=rooms[:30]))
    short(revised(school, rooms=rooms[:29]), "4 of grade 1, 8 of grade 2", "holds 7, ...)")


def test_hours_of_the_policy() -> None:
    late = with_clause(in_care_only(), PolicyItem.LATEST_END, 16 * 60)
    short(late, "Mon 16:00-16:40: 4 children of grade 3 (a, b, c, d) asked to stay", "latest end")
    both = tuple(student(name, stay_slots=("mon1", "mon2"), club_slots=()) for name in "ab")
    school = in_care_only(students=both)
    enough(with_clause(school, PolicyItem.MAX_PERIODS_DAY, 2))
    one = with_clause(school, PolicyItem.MAX_PERIODS_DAY, 1)
    short(one, "Mon: 2 children (a, b)", "2 periods, at most 1")


def test_contents_of_base_care_that_the_policy_bars() -> None:
    barred = with_clause(in_care_only(), PolicyItem.BARRED_CONTENT, subject=HOMEWORK, grades=(3,))
    short(
        barred,
        "4 children of grade 3 (a, b, c, d) asked to stay",
        "can only be in base care, but not there",
        zh="要求留校，只能托管，但不能在此托管",
    )


PAID = in_care_only(teachers=(teacher("t1", pay_fen=5000), teacher("t2", pay_fen=3000)))
"""One group on the one Monday of the term: 30 yuan with the cheaper person."""


def test_base_care_alone_against_the_budget() -> None:
    assert foresee(PAID).care_fen == 3000
    enough(with_budget(PAID, sum_fen=3000))
    short(
        with_budget(PAID, sum_fen=2999),
        "base care alone costs 30.00 yuan, the budget is 29.99 yuan",
        zh="只托管、不开社团要 30.00 元，超过预算 29.99 元",
    )
    volunteer = with_teacher(PAID, "t1", kind=StaffKind.VOLUNTEER, pay_fen=None)
    assert foresee(volunteer).care_fen == 0


def test_base_care_by_the_session() -> None:
    """Both periods of Monday are one session of 30 yuan: half of it at each is certain."""
    both = tuple(student(name, stay_slots=("mon1", "mon2"), club_slots=()) for name in "abcd")
    staff = (teacher("t1", pay_fen=5000), teacher("t2", pay_fen=3000, pay_unit=PayUnit.SESSION))
    school = in_care_only(teachers=staff, students=both)
    assert foresee(school).care_fen == 3000
    enough(with_budget(school, sum_fen=3000))
    short(with_budget(school, sum_fen=2999), "base care alone costs 30.00 yuan")


def test_clubs_that_take_the_place_of_base_care() -> None:
    """Eight children make two groups of base care, or one of each, or one section."""
    school = small_school(
        students=tuple(student(name) for name in "abcdefgh"),
        rooms=(Room(id="r3", name="", seats=4), Room(id="hall", name="", seats=8, care_room=True)),
        teachers=(teacher("t1", pay_fen=1000), teacher("t2", pay_fen=1000)),
        wishes=tuple(wish(name) for name in "abcdefgh"),
    )
    school = with_course(school, "ball", slots=("mon1",), max_size=8)
    found = foresee(with_budget(school, sum_fen=1500))
    assert (found.care_fen, found.short) == (2000, ())
    (doubt,) = found.doubtful
    assert "base care alone costs 20.00 yuan at least, the budget is 15.00 yuan" in doubt.en
    short(
        with_budget(school, sum_fen=999),
        "even the cheapest plan costs 10.00 yuan (base care alone, without clubs, costs 20.00",
        "the budget is 9.99 yuan",
    )
    assert foresee(with_budget(school, sum_fen=2000)).doubtful == ()
