"""What a family is told: with the names of what stands in the way."""

from typing import Any

from models import Plan, PolicyItem, School, SeatLock, UnmetReason, UnmetWish
from optimizer.report.naming import Names
from optimizer.report.refusals import Refusals
from tests.builders import (
    tiny_plan,
    tiny_school,
    with_clause,
    with_course,
    with_locks,
    with_student,
)

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)
R = UnmetReason


def said(
    reason: UnmetReason, school: School = SCHOOL, plan: Plan = PLAN, **facts: Any
) -> list[str]:
    unmet = UnmetWish(student="s41", course="choir", rank=2, reason=reason, **facts)
    return [
        Refusals(Names(school, plan, "zh")).said(unmet),
        Refusals(Names(school, plan, "en")).said(unmet),
    ]


def test_a_clash_names_the_other_club() -> None:
    zh, en = said(R.CLASH, because=("art",))
    assert "美术" in zh
    assert "更优先" in zh
    assert "美术, a better choice" in en
    pinned = with_locks(SCHOOL, SeatLock(student="s41", course="chess"))
    zh, en = said(R.CLASH, pinned, because=("chess",))
    assert "锁定" in zh
    assert "国际象棋, which the school pinned" in en
    zh, en = said(R.CLASH, because=("chess", "drums"), school=with_drums())
    assert "全部让出" in zh
    assert "all of 国际象棋, drums" in en


def with_drums() -> School:
    """A course without a name, of which nobody is told a blank."""
    drums = SCHOOL.courses[0].model_copy(update={"id": "drums", "name": ""})
    return SCHOOL.replaced(courses=(*SCHOOL.courses, drums))


def test_who_is_the_bottleneck_is_named_with_all_he_does() -> None:
    zh, en = said(R.STAFF_BUSY, because=("t4",))
    assert "T4" in zh
    assert "合唱 周一 16:00-16:40、周二 16:00-16:40" in zh
    assert "only T4 may lead it" in en
    _, en = said(R.STAFF_BUSY, because=("t5",))
    assert "base care Mon 16:00-16:40, Mon 16:50-17:30, Tue 16:00-16:40" in en
    zh, en = said(R.ROOM_BUSY, because=("studio",))
    assert "画室" in zh
    assert "only 画室 suits it, which is in use then (美术 Tue 16:00-16:40, Tue 16:50-17:30)" in en


def test_what_else_is_in_the_way_is_said_too() -> None:
    zh, en = said(R.CLASH, because=("art",), also=(R.FULL_STRONGER, R.CARE))
    assert "此外：那个班也已满员、" in zh
    assert "besides, that group is full as well, the care group" in en
    _, en = said(R.FULL, also=(R.GRADES,))
    assert en.endswith("is full; besides, the grades in that group are too far away")


def test_the_seat_given_up_is_named() -> None:
    assert "美术" in said(R.NEEDED, because=("art",))[0]
    assert "(美术), and none that can be given up" in said(R.WANTED, because=("art",))[1]


def test_what_keeps_a_child_out_is_named() -> None:
    assert said(R.NOT_ELIGIBLE)[1] == "the school has settled that the student has no seat in it"
    school = with_course(SCHOOL, "choir", grades=(3,))
    assert said(R.NOT_ELIGIBLE, school)[1] == "it is not for grade 4"
    school = with_course(school, "choir", content=("group_tutoring",))
    rule: dict[str, Any] = {"subject": "group_tutoring", "source": "notice 7"}
    school = with_clause(school, PolicyItem.BARRED_CONTENT, **rule)
    zh, en = said(R.NOT_ELIGIBLE, school)
    assert zh == "政策不允许：4 年级禁止的内容 集体补课（依据：notice 7）"
    assert en == (
        "the policy bars it: content group tutoring is barred for grade 4 (source: notice 7)"
    )
    school = with_clause(school, PolicyItem.EXCLUDED_GROUP, subject="hardship")
    school = with_student(school, "s41", groups=("hardship",))
    assert said(R.NOT_ELIGIBLE, school)[1] == "the policy keeps the student out of the service"
