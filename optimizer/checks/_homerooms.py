"""Grades on the homeroom rota for which counts show too few homeroom teachers."""

from collections.abc import Iterator

from models import Text, listed, rota_sources
from optimizer.checks import staffing
from optimizer.checks._care_needed import CareNeeded
from optimizer.checks._duties import may_work
from optimizer.checks.base import join_ids, slot_text

NO_HOMEROOM = Text(
    "{slot}：{grade} 年级由本年级班主任轮值（依据：{source}），托管至少 {groups} 组，"
    "需要本年级班主任 {needed} 位；本年级班主任有 {own}，能来的只有 {there} 位（{staff}）。"
    "请核对可用时段、课时上限和能否看托管，或给班级另定班主任。",
    "{slot}: grade {grade} is on the homeroom rota (source: {source}); {groups} groups of base "
    "care at least need {needed} of its homeroom teachers. These are {own}, and {there} can come "
    "({staff}): see when they are available, their limits and who may supervise, or give a class "
    "another homeroom teacher.",
)
NO_HOMEROOM_WEEK = Text(
    "{grade} 年级由本年级班主任轮值（依据：{source}），每周至少 {needed} 人次；"
    "本年级班主任（{staff}）合计最多 {there} 节，请提高课时上限，或给班级另定班主任。",
    "grade {grade} is on the homeroom rota (source: {source}), which takes {needed} periods a week "
    "at least, and its homeroom teachers ({staff}) may work {there} together: raise their limits, "
    "or give a class another homeroom teacher.",
)


def homeroom_shortages(needed: CareNeeded) -> Iterator[tuple[list[str], Text]]:
    """Give what is short of homeroom teachers, with the slots that it is about.

    Each group with children of such a grade has one of its homeroom teachers, and no others at all
    where no group has two grades.
    """
    school, care = needed.school, needed.school.settings.base_care
    staff = 1 if care.grade_span > 1 else care.staff_needed
    for grade in staffing.on_rota(school, school.grades):
        own = staffing.homeroom_teachers(school, (grade,))
        source = listed(rota_sources(school, grade))
        groups = {
            slot.id: needed.for_grades(slot.id, {grade: needed.sure(slot.id)[grade]})
            for slot in school.slots
        }
        there = {slot: sorted(own & {*needed.supervisors(slot)}) for slot in groups if groups[slot]}
        slots = [slot for slot, people in there.items() if groups[slot] * staff > len(people)]
        facts: dict[str, object] = {"grade": grade, "source": source}
        if slots:
            slot = slots[0]
            facts |= {"own": join_ids(sorted(own)), "staff": join_ids(there[slot])}
            facts |= {"groups": groups[slot], "needed": groups[slot] * staff}
            text = NO_HOMEROOM.fill(
                slot=slot_text(school.slot[slot]), there=len(there[slot]), **facts
            )
            yield [slot], text
            continue
        duties, most = sum(groups.values()) * staff, sum(may_work(school, there).values())
        if duties > most:
            facts |= {"needed": duties, "there": most, "staff": join_ids(sorted(own))}
            yield [*there], NO_HOMEROOM_WEEK.fill(**facts)
