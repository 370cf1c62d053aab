"""Who comes first where not all who asked to stay can be looked after."""

import pytest

from models import Asked, GroupKind, PolicyItem, Room, School, StudentGroup
from optimizer.checks import foresee
from optimizer.engine import Limits, solve
from optimizer.errors import InfeasibleError
from tests.builders import revised, with_budget, with_clause, with_course, with_locks, with_teacher
from tests.rules.small import in_care_only, opened, small_school, student, teacher

LEFT = StudentGroup(id="g1", name="", kind=GroupKind.LEFT_BEHIND)
SIX = in_care_only(students=tuple(student(name) for name in "abcdef"), groups=(LEFT,))
CARE = revised(
    SIX,
    teachers=(teacher("t1"),),
    rooms=(*SIX.rooms, Room(id="r9", name="", seats=6, care_room=True)),
)
"""Six children in base care on Monday, period 1, in groups of four: one person is too few."""
THREE = tuple(teacher(f"t{n}", pay_fen=100) for n in range(1, 4))
SOURCE = "Circular 9"


def ruled(school: School, *members: str) -> School:
    """Give left-behind children priority, and say who is one."""
    school = with_clause(school, PolicyItem.PRIORITY_GROUP, subject="left_behind", source=SOURCE)
    students = (revised(s, groups=("g1",) if s.id in members else ()) for s in school.students)
    return revised(school, students=tuple(students))


def one(school: School) -> Asked:
    (found,) = foresee(school).asked
    assert "{" not in found.text.zh + found.text.en
    return found


def drawn(school: School, names: str) -> list[str]:
    return sorted(names, key=school.lottery_numbers.__getitem__)


def test_priority_first_then_the_draw() -> None:
    school = ruled(CARE, "b", "e")
    found = one(school)
    order = [*drawn(school, "be"), *drawn(school, "acdf")]
    assert (found.slots, list(found.order), found.first) == (("mon1",), order, 2)
    # One group holds four of the six: two are too many, and these are the last.
    assert found.over == 2
    assert f"({SOURCE}): left-behind {order[0]}, {order[1]}; then the other 4" in found.text.en
    last = f"the last in this order being {order[4]}, {order[5]}"
    assert f"2 at least cannot be looked after, {last}" in found.text.en
    assert SOURCE in found.text.zh
    assert "留守儿童" in found.text.zh


def test_whatever_is_short_is_followed_by_the_order() -> None:
    rooms = revised(CARE, rooms=CARE.rooms[:1], teachers=THREE)
    assert "hold" in foresee(rooms).short[0].en
    assert one(ruled(rooms, "a")).order[0] == "a"
    poor = with_budget(revised(CARE, teachers=THREE), sum_fen=1)
    assert "yuan" in foresee(poor).short[0].en
    found = one(ruled(poor, "a"))
    assert (found.order[0], found.over) == ("a", 0)
    assert "not all of them can be looked after" in found.text.en


def test_without_priority_nothing_is_said() -> None:
    assert foresee(CARE).short
    assert foresee(CARE).asked == ()
    assert foresee(ruled(CARE)).asked == ()
    assert foresee(ruled(revised(CARE, teachers=THREE), "a")).asked == ()


def test_grades_with_priority_and_marked_groups() -> None:
    school = with_clause(CARE, PolicyItem.PRIORITY_GRADES, grades=(3,), source=SOURCE)
    found = one(school)
    assert found.first == 6
    assert list(found.order) == drawn(school, "abcdef")
    assert "grade 3" in found.text.en
    assert "among themselves in the order of the draw" in found.text.en
    marked = revised(CARE, groups=(revised(LEFT, kind=None, priority=True),))
    students = (revised(s, groups=("g1",) if s.id == "c" else ()) for s in marked.students)
    found = one(revised(marked, students=tuple(students)))
    assert found.order[0] == "c"
    assert "column 'Priority' of the groups): g1 c;" in found.text.en


def test_where_only_the_search_finds_that_care_does_not_suffice() -> None:
    """One may supervise, and has to lead the club then that must open for two of the four."""
    school = small_school(groups=(LEFT,))
    school = with_locks(with_course(school, "ball", slots=("mon1",), max_size=2), opened(1))
    school = with_teacher(school, "t1", may_supervise=False)
    with pytest.raises(InfeasibleError) as caught:
        solve(ruled(school, "d"), Limits(seconds=5, seed=1, workers=1))
    (found,) = caught.value.asked
    assert found.order[0] == "d"
