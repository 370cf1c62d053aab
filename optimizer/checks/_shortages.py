"""What is short whatever the plan, where counts alone show it: slot, person or sum.

Each shortage proves that there is no plan. Most contradictions of a school show in no count; of
those nothing is said here.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models import Text, yuan
from optimizer.checks._care_needed import CareNeeded
from optimizer.checks._division import undivided
from optimizer.checks._duties import too_few_periods
from optimizer.checks._grounds import (
    Shortage,
    at_moment,
    moments,
    room_families,
    staff_families,
)
from optimizer.checks._homerooms import homeroom_shortages
from optimizer.checks._kept_out import kept_out
from optimizer.checks._purse import Purse
from optimizer.checks.base import join_ids, slot_text
from optimizer.ledger.tariffs import account_name, budget_limits

NO_ROOM = Text(
    "{slot}：{children} 人留校，其中至少 {care} 人只能托管；可用于托管的教室（{rooms}）共 "
    "{places} 座。"
    "请增加教室或座位。",
    "{slot}: {children} children stay, at least {care} of them in base care; the rooms for it "
    "({rooms}) hold {places}. Add rooms or seats.",
)
NO_ROOM_OF_GRADE = Text(
    "{slot}：{grade} 年级至少 {care} 人只能托管；可用的本年级教室（{rooms}）共 {places} 座。"
    "请增加教室，或改“托管教室”。",
    "{slot}: at least {care} children of grade {grade} are in base care; the rooms of their grade "
    "({rooms}) hold {places}. Add rooms, or change 'Care rooms'.",
)
NO_SUPERVISOR = Text(
    "{slot}：{children} 人留校，托管至少 {groups} 组，需要 {needed} 位教师；"
    "能看托管的只有 {there} 位（{staff}）。请增加教师或可用时段。",
    "{slot}: {children} children stay; {groups} groups of base care at least need {needed} people, "
    "and {there} can supervise ({staff}). Add people, or when they are available.",
)
OVER_BUDGET = Text(
    "最省的安排也要 {least} 元（不开社团、只托管要 {alone} 元），超过{limit_name} {limit} 元；"
    "请增加经费，或减少留校时段、每组教师数。",
    "even the cheapest plan costs {least} yuan (base care alone, without clubs, costs {alone} "
    "yuan), {limit_name} is {limit} yuan: raise it, or have fewer slots or staff a group.",
)
CARE_OVER_BUDGET = Text(
    "只托管、不开社团要 {alone} 元，超过{limit_name} {limit} 元；请增加经费。",
    "base care alone costs {alone} yuan, {limit_name} is {limit} yuan: raise it.",
)
CARE_ABOVE_BUDGET = Text(
    "只托管、不开社团至少要 {alone} 元，超过{limit_name} {limit} 元：只有社团能省下足够的托管组，"
    "才会有方案。",
    "base care alone costs {alone} yuan at least, {limit_name} is {limit} yuan: there is a plan "
    "only "
    "where clubs save enough groups of base care.",
)
BUDGET = Text("预算", "the budget")
ACCOUNT = Text("账户“{name}”可用的", "what account '{name}' has")


class Sums(NamedTuple):
    """A limit on pay, and what plans cost of that, in fen over the term."""

    least: int
    """No plan costs less."""
    alone: int
    """Base care alone costs no less."""
    name: Text
    limit: int


def shortages(needed: CareNeeded) -> Iterator[Shortage]:
    """Find what is short whatever the plan, but for money."""
    yield from kept_out(needed)
    rooms = [*_rooms(needed)] or [*undivided(needed)]
    staff = [*_supervisors(needed)]
    yield from (*rooms, *staff)
    if not rooms and not staff:
        yield from too_few_periods(needed)


def _rooms(needed: CareNeeded) -> Iterator[Shortage]:
    school = needed.school
    for slots in moments(school):
        here = [slot for slot in slots if needed.least(slot)]
        care = sum(needed.least(slot) for slot in here)
        rooms = {room.id: room for slot in here for room in needed.rooms(slot)}
        places = sum(map(needed.holds, rooms.values()))
        if care > places:
            children = sum(len(needed.staying[slot]) for slot in here)
            facts = {"children": children, "care": care, "places": places}
            text = NO_ROOM.fill(slot=at_moment(school, here), rooms=join_ids(rooms), **facts)
            families = room_families(needed, here, bool(rooms))
            yield Shortage(families, text, tuple(here), care - places)
            return  # The other slots may be as short: one sentence says what is to be done.
    if school.settings.base_care.grade_span == 1:
        yield from _rooms_of_grades(needed)


def _rooms_of_grades(needed: CareNeeded) -> Iterator[Shortage]:
    school = needed.school
    for slot in school.slots:
        for grade, care in sorted(needed.sure(slot.id).items()):
            rooms = needed.rooms_of(slot.id, (grade,))
            places = sum(map(needed.holds, rooms))
            if care > places:
                facts = {"grade": grade, "care": care, "places": places}
                names = join_ids(room.id for room in rooms)
                text = NO_ROOM_OF_GRADE.fill(slot=slot_text(slot), rooms=names, **facts)
                families = room_families(needed, [slot.id], some=True)
                yield Shortage(families, text, (slot.id,), care - places, grade)


def _supervisors(needed: CareNeeded) -> Iterator[Shortage]:
    school, staff = needed.school, needed.school.settings.base_care.staff_needed
    for slots in moments(school):
        groups = sum(needed.groups(slot) for slot in slots)
        people = {name for slot in slots for name in needed.supervisors(slot)}
        if groups * staff > len(people):
            here = [slot for slot in slots if needed.groups(slot)]
            facts = {"groups": groups, "needed": groups * staff, "there": len(people)}
            children = sum(len(needed.staying[slot]) for slot in here)
            text = NO_SUPERVISOR.fill(
                slot=at_moment(school, here),
                staff=join_ids(sorted(people)),
                children=children,
                **facts,
            )
            over = _over(needed, here, len(people) // staff)
            families = staff_families(needed, here, groups * staff > 1)
            yield Shortage(families, text, tuple(here), over)
            return
    for slots, text in homeroom_shortages(needed):
        yield Shortage(staff_families(needed, slots, True), text, tuple(slots))


def _over(needed: CareNeeded, slots: list[str], groups: int) -> int:
    """Give how many at least are in base care above what so many groups hold: one or more."""
    rooms = {room.id: needed.holds(room) for slot in slots for room in needed.rooms(slot)}
    held = sum(sorted(rooms.values(), reverse=True)[:groups])
    return max(1, sum(map(needed.least, slots)) - held)


def over_budget(needed: CareNeeded, sums: Iterable[Sums]) -> Iterator[Shortage]:
    """Find limits on pay that no plan keeps."""
    for least, alone, name, limit in sums:
        if least > limit:
            facts = {"alone": yuan(alone), "limit_name": name, "limit": yuan(limit)}
            text = CARE_OVER_BUDGET if least == alone else OVER_BUDGET
            slots = [slot.id for slot in needed.school.slots]
            families = dict.fromkeys((*staff_families(needed, slots, True), "budget"))
            yield Shortage((*families,), text.fill(least=yuan(least), **facts), (*slots,))


def find_sums(needed: CareNeeded) -> Iterator[Sums]:
    """Give each limit on pay with what plans cost at the least."""
    for limit in budget_limits(needed.school):
        purse = Purse(needed, limit.costs)
        name = (
            ACCOUNT.fill(name=account_name(needed.school, limit.account))
            if limit.account
            else BUDGET
        )
        yield Sums(purse.least(), purse.care_alone(), name, limit.limit_fen)


def dear_care(sums: Iterable[Sums]) -> Iterator[Text]:
    """Say where base care alone costs more than a limit that some plan might yet keep."""
    for least, alone, name, limit in sums:
        if least <= limit < alone:
            facts = {"alone": yuan(alone), "limit_name": name, "limit": yuan(limit)}
            yield CARE_ABOVE_BUDGET.fill(**facts)
