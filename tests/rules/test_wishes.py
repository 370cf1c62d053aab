from models import School, SectionLock, UnmetReason
from tests.builders import revised, with_course, with_locks, with_new, with_student, with_wishes
from tests.rules.small import (
    SEAT,
    ball,
    granted,
    opened,
    sizes,
    small_school,
    student,
    teacher,
    wish,
)
from tests.rules.solving import conflict, optimal

TWO_LEADERS = ball(min_size=1, max_sections=2, leaders=("t1", "t2"))


def three_courses(wanted: int) -> School:
    """A student with three wishes at three times."""
    names = ("art", "ball", "chess")
    times = ("mon1", "mon2", "tue1")
    return small_school(
        courses=tuple(
            ball(id=n, min_size=1, slots=(t,)) for n, t in zip(names, times, strict=True)
        ),
        students=(student("a", max_clubs=wanted),),
        wishes=tuple(wish("a", n, rank) for rank, n in enumerate(names, 1)),
    )


def test_as_many_clubs_as_wanted() -> None:
    """Ranks 1 to 3 are worth 10, 8 and 6, the first seat 12 and the second 4 more, doubled."""
    points = {1: 44, 2: 44 + 24, 3: 44 + 24 + 12}
    for wanted, value in points.items():
        plan = optimal(three_courses(wanted))
        assert (len(plan.sections), plan.value) == (wanted, value)
        assert plan.unmet == ()


def test_one_seat_more_than_wanted() -> None:
    locks = [granted("a", course) for course in ("art", "ball", "chess")]
    assert len(optimal(with_locks(three_courses(2), *locks[1:])).sections) == 2
    assert conflict(with_locks(three_courses(2), *locks)) == {"wishes", "locks"}
    assert len(optimal(with_locks(three_courses(3), *locks)).sections) == 3


def test_no_seat_that_was_not_wished_for() -> None:
    school = with_wishes(small_school(), "d")
    plan = optimal(school)
    assert plan.sections[0].students == ("a", "b", "c")
    assert conflict(with_locks(school, granted("d"))) == {"wishes", "locks"}


def test_one_seat_a_course() -> None:
    """Two sections at two times, and everybody would like both."""
    school = small_school(
        courses=(ball(min_size=1, max_size=2, max_sections=2),),
        students=tuple(student(name, max_clubs=2) for name in "abcd"),
    )
    plan = optimal(school)
    assert (sizes(plan), plan.value) == ([2, 2], 4 * SEAT)


def test_two_sections_need_two_different_students() -> None:
    school = small_school(courses=(ball(min_size=1, max_sections=2, leaders=("t1", "t2")),))
    both = with_locks(school, opened(2))
    assert len(optimal(both).sections) == 2
    alone = revised(both, students=(student("a", max_clubs=2),), wishes=(wish("a"),))
    assert conflict(alone) == {"wishes", "group_size", "locks"}


def test_the_teacher_named() -> None:
    school = small_school(courses=(TWO_LEADERS,))
    school = with_wishes(school, "a", "ball", teacher="t1")
    school = with_wishes(school, "b", "ball", teacher="t2")
    plan = optimal(school)
    assert len(plan.sections) == 2
    assert plan.value == 4 * SEAT
    led = {s: section.staff for section in plan.sections for s in section.students}
    assert (led["a"], led["b"]) == (("t1",), ("t2",))


def test_the_teacher_named_leads_no_section() -> None:
    school = small_school(courses=(ball(leaders=("t1", "t2")),))
    school = with_wishes(school, "a", "ball", teacher="t1")
    pinned = with_locks(school, SectionLock(course="ball", staff=("t2",)))
    plan = optimal(pinned)
    assert sizes(plan) == [3]
    assert [(u.student, u.reason) for u in plan.unmet] == [("a", UnmetReason.TEACHER)]
    both = with_locks(pinned, granted("a"))
    assert conflict(both) == {"wishes", "group_size", "staffing", "locks"}
    assert sizes(optimal(with_course(both, "ball", staff_needed=2))) == [4]


def test_two_sections_for_two_teachers_named_with_one_teacher_there() -> None:
    school = small_school(courses=(TWO_LEADERS,), teachers=(teacher("t1"), teacher("t2")))
    school = with_wishes(school, "a", "ball", teacher="t1")
    school = with_locks(school, granted("a"))
    assert sizes(optimal(school)) == [4]
    away = revised(
        school, teachers=(teacher("t1", available_slots=("mon1",)), teacher("t2"), teacher("t3"))
    )
    assert optimal(away).sections
    at_two = with_course(away, "ball", slots=("mon2",))
    assert conflict(at_two) == {"wishes", "pattern", "staffing", "locks"}


def test_a_wish_too_many_goes_unmet_at_the_optimum() -> None:
    school = with_student(three_courses(1), "a", max_clubs=1)
    second = with_new(school, "students", student("b"))
    second = with_wishes(second, "b", "art")
    plan = optimal(second)
    assert plan.value == 2 * SEAT
