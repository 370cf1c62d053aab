"""Who asked to stay and cannot, whatever the plan, because of the policy's hours or contents."""

from collections.abc import Iterator

from models import Family, Text, weekday_text
from optimizer.checks import content, hours
from optimizer.checks._care_needed import CareNeeded
from optimizer.checks._days import care_stay, day_limits, over_day_limits
from optimizer.checks._grounds import CLUBS, Shortage
from optimizer.checks.base import join_texts, slot_text, students_text

BARRED = Text(
    "{slot}：{grade} 年级 {count} 人（{students}）要求留校，但{why}。",
    "{slot}: {count} children of grade {grade} ({students}) asked to stay, but {why}.",
)
CARE_BARRED = Text(
    "{slot}：{grade} 年级 {count} 人（{students}）要求留校，只能托管，但不能在此托管：{why}；"
    "请为该年级另设托管内容为“阅读”的时段。",
    "{slot}: {count} children of grade {grade} ({students}) asked to stay and can only be in base "
    "care, but not there: {why}. Make slots of their own for the grade, with reading as care "
    "content.",
)
LEARNS_TOO_LONG = Text(
    "{day}：{count} 人（{students}）只能托管的时段都做作业，学习时间超过政策限制：{why}；"
    "请缩短时段，或把其中一些的托管内容改为“阅读”。",
    "{day}: {count} children ({students}) can only be in base care at slots for homework, and "
    "would learn for longer than the policy allows: {why}. Shorten slots, or make reading the care "
    "content of some.",
)
TOO_LONG = Text(
    "{day}：{count} 人（{students}）要求留校的时段合计超过政策限制：{why}。",
    "{day}: {count} children ({students}) asked to stay for longer than the policy allows: {why}.",
)


_SURE: tuple[Family, ...] = ("attendance", "clash", *CLUBS)
"""What it rests on that a child can be nowhere but in base care."""


def kept_out(needed: CareNeeded) -> Iterator[Shortage]:
    """Find children who asked to stay when the policy keeps them away, or for too long."""
    school = needed.school
    for slot in school.slots:
        by_grade: dict[int, list[str]] = {}
        for student in needed.staying[slot.id]:
            by_grade.setdefault(school.grade_of[student], []).append(student)
        for grade, students in sorted(by_grade.items()):
            why = join_texts(hours.slot_bans(school, slot, grade))
            if why.en != "-":
                facts = {"grade": grade, "count": len(students), "why": why}
                who = students_text(students)
                text = BARRED.fill(slot=slot_text(slot), students=who, **facts)
                yield Shortage(("attendance", "hours"), text)
    yield from _care_barred(needed)
    yield from _too_long(needed, learning=False)
    yield from _too_long(needed, learning=True)


def _too_long(needed: CareNeeded, learning: bool) -> Iterator[Shortage]:
    """Find children who asked to stay for too long; or would learn for too long in base care.

    Of learning only slots count at which a child can be nowhere but in base care.
    """
    school, found = needed.school, dict[tuple[int, Text], list[str]]()
    limits = {
        grade: [limit for limit in day_limits(school, grade) if limit.of_learning is learning]
        for grade in school.grades
    }
    for child in school.students if any(limits.values()) else ():
        if child.id not in school.excluded:
            slots = [school.slot[slot] for slot in child.stay_slots]
            if learning:
                slots = [s for s in slots if child.id not in needed.may_be_in_clubs[s.id]]
            there = [care_stay(slot) for slot in slots]
            for day, why in over_day_limits(limits[school.grade_of[child.id]], there):
                found.setdefault((day, why), []).append(child.id)
    for (day, why), students in found.items():
        facts = {"count": len(students), "students": students_text(students), "why": why}
        said = LEARNS_TOO_LONG if learning else TOO_LONG
        text = said.fill(day=weekday_text(day), **facts)
        yield Shortage(_SURE if learning else ("attendance", "hours"), text)


def _care_barred(needed: CareNeeded) -> Iterator[Shortage]:
    """Find children who can only be in base care at a slot, but not in what it is spent on."""
    school = needed.school
    for slot in school.slots:
        bans = {grade: content.care_bans(school, slot, grade) for grade in school.grades}
        if not any(bans.values()):
            continue
        clubs = needed.may_be_in_clubs[slot.id]
        for grade, why in bans.items():
            here = [s for s in needed.staying[slot.id] if school.grade_of[s] == grade]
            sure = [s for s in here if s not in clubs]
            if why and sure:
                facts = {"grade": grade, "count": len(sure), "why": join_texts(why)}
                who = students_text(sure)
                text = CARE_BARRED.fill(slot=slot_text(slot), students=who, **facts)
                yield Shortage(_SURE, text)
