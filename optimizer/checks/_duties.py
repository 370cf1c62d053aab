"""Periods of work that every plan takes, in a day or a week, against what people may work."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from models import School, Slot, Text, weekday_text
from models.problems import MOST_LISTED
from optimizer.checks._care_needed import CareNeeded
from optimizer.checks._grounds import Shortage, staff_families
from optimizer.checks.base import join_texts

NO_PERIODS = Text(
    "{scope}托管至少需要 {needed} 人次，能看托管的教师合计最多 {there} 节（{people}）；"
    "请增加教师或提高课时上限。",
    "{scope}: base care takes {needed} periods of supervision at least, and those who can "
    "supervise may work {there} together ({people}): add people or raise their limits.",
)
NO_PERIODS_AT_ALL = Text(
    "{scope}托管和社团至少需要 {needed} 人次，能来的教师合计最多 {there} 节（{people}）；"
    "请增加教师或提高课时上限。",
    "{scope}: base care and clubs take {needed} periods of work at least, and those who can come "
    "may work {there} together ({people}): add people or raise their limits.",
)
WEEK = Text("每周", "the week")
MAY_WORK = Text("{person} {periods} 节", "{person} {periods}")
AND_SO_ON = Text("……", "...")


def too_few_periods(needed: CareNeeded) -> Iterator[Shortage]:
    """Compare what a day or the week takes with what people may work; say one that is short."""
    if not any(needed.staying.values()):
        return
    duties = _Duties(needed)
    by_day: dict[int, list[Slot]] = {}
    for slot in needed.school.slots:
        by_day.setdefault(slot.weekday, []).append(slot)
    scopes = [(weekday_text(day), slots) for day, slots in sorted(by_day.items())]
    for scope, slots in (*scopes, (WEEK, list(needed.school.slots))):
        care = sum(needed.groups(slot.id) for slot in slots) * duties.staff
        work = sum(duties.people_at_work(slot.id) for slot in slots)
        kinds: tuple[tuple[Text, int, Mapping[str, Collection[str]]], ...] = (
            (NO_PERIODS, care, duties.supervisors),
            (NO_PERIODS_AT_ALL, work, duties.everybody),
        )
        for text, least, people in kinds:
            periods = may_work(needed.school, {slot.id: people[slot.id] for slot in slots})
            there = sum(periods.values())
            if least > there:
                facts = {"scope": scope, "needed": least, "there": there}
                said = text.fill(people=_people_text(periods), **facts)
                ids = [slot.id for slot in slots]
                yield Shortage(staff_families(needed, ids, several=True), said, (*ids,))
                return


def may_work(school: School, there: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Give the most periods that each may work who could come to some slots."""
    at: dict[str, Counter[int]] = {}
    for slot, people in there.items():
        for name in people:
            at.setdefault(name, Counter())[school.slot[slot].weekday] += 1
    found = {}
    for name, days in at.items():
        person = school.teacher[name]
        daily = sum(min(count, person.max_periods_day) for count in days.values())
        found[name] = min(daily, person.max_periods_week)
    return found


def _people_text(periods: Mapping[str, int]) -> Text:
    ids = sorted(periods)
    said = [MAY_WORK.fill(person=name, periods=periods[name]) for name in ids[:MOST_LISTED]]
    return join_texts([*said, *[AND_SO_ON] * (len(ids) > MOST_LISTED)])


class _Duties:
    """Who is at work at each slot, at the least and at the most."""

    def __init__(self, needed: CareNeeded) -> None:
        self.needed, self.school = needed, needed.school
        self.staff = self.school.settings.base_care.staff_needed

    @cached_property
    def supervisors(self) -> dict[str, list[str]]:
        """Who could supervise, by slot."""
        return {slot.id: self.needed.supervisors(slot.id) for slot in self.school.slots}

    @cached_property
    def everybody(self) -> dict[str, set[str]]:
        """Who could supervise or lead, by slot."""
        found = {slot: set(names) for slot, names in self.supervisors.items()}
        for course in self._open:
            if self.needed.prospects.unknown(course):
                for slot, people in found.items():
                    people.update(self.needed.prospects.staff(course, (slot,)))
            for way in self.needed.prospects.ways(course):
                for slot in way.slots:
                    found[slot].update(way.staff)
        return found

    @cached_property
    def _open(self) -> list[str]:
        prospects = self.needed.prospects
        return [c.id for c in self.school.courses if prospects.most_sections(c.id)]

    @cached_property
    def _sections(self) -> dict[str, list[int]]:
        """The most children in each section that there could be at a slot, by slot."""
        found: dict[str, list[int]] = {slot.id: [] for slot in self.school.slots}
        prospects = self.needed.prospects
        for course in self._open:
            slots = {slot for way in prospects.ways(course) for slot in way.slots}
            places = prospects.places(course)
            if prospects.unknown(course):
                slots, places = set(found), self.school.course[course].max_size
            for slot in slots:
                # More than the children who stay are never needed to hold them.
                count = min(prospects.most_sections(course), len(self.needed.staying[slot]))
                found[slot] += [places] * count
        return found

    def people_at_work(self, slot: str) -> int:
        """Give the least number of people that hold all who stay, in base care or clubs."""
        groups = self.needed.groups(slot)
        sizes = [self.needed.holds(room) for room in self.needed.rooms(slot)]
        left, count = len(self.needed.staying[slot]), 0
        for size in sorted((*sizes, *self._sections[slot]), reverse=True):
            if left <= 0:
                break
            left, count = left - size, count + 1
        fewest = min((self.school.course[c].staff_needed for c in self._open), default=self.staff)
        return groups * self.staff + max(0, count - groups) * min(self.staff, fewest)
