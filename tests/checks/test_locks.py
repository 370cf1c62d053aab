import pytest

from models import CareStaffLock, Lock, SeatLock, SectionCountLock, SectionLock
from optimizer.checks import CHECKS
from tests.builders import edit_care, tiny_plan, tiny_school, with_locks
from tests.checks.saying import broken, names, only

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


@pytest.mark.parametrize(
    "lock",
    [
        SectionLock(course="art"),
        SectionLock(course="art", slots=("tue2",)),
        SectionLock(course="art", slots=("tue2", "tue1"), room="studio", staff=("t3",)),
        SectionCountLock(course="art", count=1),
        SeatLock(student="s31", course="choir"),
        SeatLock(student="s44", course="art", slots=("tue1",)),
        SeatLock(student="s43", course="chess", granted=False),
        SeatLock(student="s51", course="choir", granted=False),
        CareStaffLock(teacher="t5", slot="tue1"),
    ],
)
def test_a_lock_that_is_kept(lock: Lock) -> None:
    assert broken(with_locks(SCHOOL, lock), PLAN) == []


@pytest.mark.parametrize(
    ("lock", "facts", "zh", "en"),
    [
        (
            SectionLock(course="art", slots=("tue1", "mon1"), room="studio"),
            ("art 美术", "studio 画室", "16:00-16:40"),
            "时段 周一",
            "slots Mon",
        ),
        (SectionLock(course="art", room="r3"), ("art", "r3"), "教室", "room"),
        (SectionLock(course="choir", staff=("t4", "t1")), ("choir", "t4", "t1"), "教师", "staff"),
        (SectionCountLock(course="art", count=0), ("art", "0", "1"), "应开 0 个", "open 0"),
        (SectionCountLock(course="art", count=2), ("art", "2", "1"), "应开 2 个", "open 2"),
        (SeatLock(student="s53", course="art"), ("s53", "art"), "应在", "must have a seat"),
        (
            SeatLock(student="s44", course="art", slots=("mon1",)),
            ("s44", "art", "16:00"),
            "周一 16:00-16:40的班",
            "section of course art 美术 on Mon",
        ),
        (
            SeatLock(student="s44", course="art", granted=False),
            ("s44", "art", "art-1"),
            "不应在",
            "no seat",
        ),
        (CareStaffLock(teacher="t1", slot="mon1"), ("t1", "16:00"), "周一", "on Mon"),
        (CareStaffLock(teacher="t4", slot="mon1"), ("t4", "16:40"), "周一", "on Mon"),
    ],
)
def test_a_lock_that_is_broken(lock: Lock, facts: tuple[str, ...], zh: str, en: str) -> None:
    names(only(with_locks(SCHOOL, lock), PLAN, "locks"), *facts, zh=zh, en=en)


def test_a_course_pinned_without_saying_where_must_open() -> None:
    plan = PLAN.model_copy(update={"sections": PLAN.sections[1:]})
    school = with_locks(SCHOOL, SectionLock(course="chess"))
    assert broken(school, plan) == ["attendance", "locks"]
    (finding,) = CHECKS["locks"](school, plan)
    names(finding.text, "chess 国际象棋", zh="开班", en="any slots")


def test_supervising_at_another_slot_does_not_count() -> None:
    plan = edit_care(PLAN, "care-mon2", staff=("t2",))
    assert broken(with_locks(SCHOOL, CareStaffLock(teacher="t2", slot="mon2")), plan) == []
    assert broken(with_locks(SCHOOL, CareStaffLock(teacher="t2", slot="tue1")), plan) == ["locks"]


def test_several_locks_are_each_looked_at() -> None:
    locks = (SeatLock(student="s53", course="art"), SeatLock(student="s31", course="choir"))
    assert broken(with_locks(SCHOOL, *locks), PLAN) == ["locks"]
    assert broken(with_locks(SCHOOL, *reversed(locks)), PLAN) == ["locks"]
