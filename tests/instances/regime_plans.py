"""The nine schools as their workbooks hold them, each solved once, and ways to break one thing."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from instances.regimes import workbook
from instances.regimes.common import minute
from models import (
    CareGroup,
    Clause,
    Plan,
    PolicyItem,
    School,
    SchoolError,
    Section,
    StaffKind,
    UnmetReason,
)
from optimizer.checks import verify
from optimizer.engine import Limits, solve
from optimizer.files import read_school
from tests.builders import add_groups, drop_groups, rest_in_care, restated, revised


@cache
def school_of(regime_id: str) -> School:
    return read_school(workbook(regime_id))


@cache
def plan_of(regime_id: str) -> Plan:
    return solve(school_of(regime_id), Limits(seconds=20, seed=1, workers=1))


def both(regime_id: str) -> tuple[School, Plan]:
    """Give a regime's school and its plan, which holds."""
    school, plan = school_of(regime_id), plan_of(regime_id)
    assert not verify(school, plan)
    return school, plan


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """Demand that no school is made, and that one message holds the words (in English)."""
    with pytest.raises(SchoolError) as caught:
        yield
    texts = [problem.text.en for problem in caught.value.problems]
    assert any(all(word in text for word in words) for text in texts), texts


def broken(school: School, plan: Plan, family: str, *words: str) -> None:
    """Demand that this family is broken and no other, and that one finding holds the words."""
    found = [f for f in verify(school, restated(school, plan)) if f.family != "claims"]
    texts = [finding.text.en for finding in found]
    assert {finding.family for finding in found} == {family}, texts[:5]
    assert any(all(word in text for word in words) for text in texts), texts[:5]


def with_row(school: School, item: PolicyItem, value: int | None = None, **rest: Any) -> School:
    """Add a row of the school's own to its policy."""
    row = Clause(item=item, value=value, **({"source": "own scheme"} | rest))
    policy = school.policy.model_copy(update={"clauses": (*school.policy.clauses, row)})
    return school.replaced(policy=policy)


def with_money(school: School, **fields: Any) -> School:
    """Change the fees, funds and budget."""
    budget = revised(school.settings.budget, **fields)
    return school.replaced(settings=revised(school.settings, budget=budget))


def moved_slots(school: School, mark: str, **fields: Any) -> School:
    """Change the slots whose ids end in a mark."""
    assert any(slot.id.endswith(mark) for slot in school.slots)
    return school.replaced(
        slots=tuple(revised(s, **fields) if s.id.endswith(mark) else s for s in school.slots)
    )


def without_slots(school: School, plan: Plan, gone: Collection[str]) -> tuple[School, Plan]:
    """Take slots out of a school, and out of its plan what meets at them."""
    assert gone
    assert {slot.id for slot in school.slots}.issuperset(gone)

    def left(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in ids if i not in gone)

    school = school.replaced(
        slots=tuple(s for s in school.slots if s.id not in gone),
        students=tuple(
            revised(s, stay_slots=left(s.stay_slots), club_slots=left(s.club_slots))
            for s in school.students
        ),
        teachers=tuple(
            t if t.available_slots is None else revised(t, available_slots=left(t.available_slots))
            for t in school.teachers
        ),
        courses=tuple(
            c if c.slots is None else revised(c, slots=left(c.slots) or None)
            for c in school.courses
        ),
    )
    ids = [s.id for s in plan.sections if set(s.slots) & set(gone)]
    ids += [g.id for g in plan.care_groups if g.slot in gone]
    return school, rest_in_care(school, drop_groups(plan, *ids))


def section_of(plan: Plan, course: str) -> Section:
    """Give a section of a course, which the plan must have."""
    return next(section for section in plan.sections if section.course == course)


def free_staff(school: School, plan: Plan, slot_id: str) -> str:
    """Name one of the school's own staff who could supervise at a slot and has nothing to do."""
    busy = busy_staff(school, plan, slot_id)
    own = (t for t in school.teachers if t.kind is StaffKind.OWN and t.available(slot_id))
    return next(t.id for t in own if t.id not in busy)


def busy_staff(school: School, plan: Plan, slot_id: str) -> frozenset[str]:
    """Give who has a section or a care group while a slot lasts."""
    slot = school.slot[slot_id]
    busy = {t for g in plan.care_groups if slot.overlaps(school.slot[g.slot]) for t in g.staff}
    for section in plan.sections:
        if any(slot.overlaps(school.slot[s]) for s in section.slots):
            busy.update(section.staff)
    return frozenset(busy)


def placed(
    school: School, plan: Plan, student: str, slot: str, staff: str | None = None
) -> tuple[School, Plan]:
    """Let a student ask to stay at a slot, too, and look after him there in a group of his own."""
    old = school.student[student]
    stay = revised(old, stay_slots=(*old.stay_slots, slot))
    school = school.replaced(
        students=tuple(stay if s.id == student else s for s in school.students)
    )
    used = {g.room for g in plan.care_groups if g.slot == slot}
    used |= {section.room for section in plan.sections if slot in section.slots}
    room = next(c.home_room for c in school.classes if c.home_room not in used)
    group = CareGroup(
        id="extra-care",
        slot=slot,
        room=str(room),
        staff=(staff or free_staff(school, plan, slot),),
        students=(student,),
    )
    return school, add_groups(plan, group)


def clocks(start: str, end: str) -> dict[str, int]:
    """Give the fields of a slot that say when it is."""
    return {"start_minute": minute(start), "end_minute": minute(end)}


def with_provider(school: School, provider: str, **fields: object) -> School:
    """Change what is said of a provider."""
    return school.replaced(
        providers=tuple(
            p.model_copy(update=fields) if p.id == provider else p for p in school.providers
        )
    )


def unmet_of(plan: Plan, course: str) -> set[UnmetReason]:
    """Give the reasons for which wishes for a course were not granted."""
    return {unmet.reason for unmet in plan.unmet if unmet.course == course}
