import pytest

from models import CareGroup, School, Section
from tests.builders import (
    add_groups,
    seat,
    tiny_plan,
    tiny_school,
    with_care,
    with_course,
    with_room,
)
from tests.checks.saying import broken, names, only

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


@pytest.mark.parametrize(
    "school",
    [
        with_course(SCHOOL, "chess", min_size=4),
        with_course(SCHOOL, "choir", max_size=3),
        with_room(SCHOOL, "studio", seats=3),
        with_care(SCHOOL, max_size=9, grade_span=3),
        with_room(SCHOOL, "r5", seats=9),
        with_course(SCHOOL, "chess", max_sections=1),
    ],
)
def test_exactly_at_the_limit(school: School) -> None:
    assert broken(school, PLAN) == []


def test_one_too_few() -> None:
    text = only(with_course(SCHOOL, "chess", min_size=5), PLAN, "group_size")
    names(text, "chess-1", "国际象棋", zh="只有 4 人，最少需要 5 人", en="has 4 students")
    assert "minimum of 5" in text.en


def test_one_too_many() -> None:
    text = only(with_course(SCHOOL, "choir", max_size=2), PLAN, "group_size")
    names(text, "choir-1", zh="有 3 人，最多 2 人", en="maximum of 2")


def test_one_more_than_the_room_seats() -> None:
    text = only(with_room(SCHOOL, "studio", seats=2), PLAN, "group_size")
    names(text, "art-1", "studio 画室", zh="只有 2 个座位", en="has 2 seats")


def test_seats_filled_up_and_one_over() -> None:
    school = with_room(with_course(SCHOOL, "chess", max_size=9), "r4", seats=4)
    assert broken(school, PLAN) == []
    assert broken(school, seat(SCHOOL, PLAN, "s43", "chess-1")) == ["group_size", "wishes"]


def test_care_group_over_its_size() -> None:
    text = only(with_care(SCHOOL, max_size=8), PLAN, "group_size")
    names(text, "care-mon1", "16:00-16:40", "9", "8", zh="周一", en="care group")


def test_care_group_over_its_room() -> None:
    text = only(with_room(SCHOOL, "r5", seats=8), PLAN, "group_size")
    names(text, "care-mon1", "r5", zh="只有 8 个座位", en="has 8 seats")


def test_care_group_with_nobody_in_it() -> None:
    empty = CareGroup(id="empty", slot="mon1", room="r3", staff=("t2",))
    text = only(SCHOOL, add_groups(PLAN, empty), "group_size")
    names(text, "empty", zh="只有 0 人，最少需要 1 人", en="has 0 students")


def test_more_sections_than_the_course_may_have() -> None:
    second = Section(id="chess-2", course="chess", slots=("tue1",), room="r3", staff=("t2",))
    school = with_course(SCHOOL, "chess", min_size=1)
    plan = seat(SCHOOL, add_groups(PLAN, second), "s34", "chess-2")
    text = only(school, plan, "group_size")
    names(text, "chess 国际象棋", zh="开了 2 个社团班，最多 1 个", en="has 2 sections")
    assert broken(with_course(school, "chess", max_sections=2), plan) == []
