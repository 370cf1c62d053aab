"""A plan looked at by date: who is where, who works where, what meets when."""

from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property

from models import Plan, School
from models.attendance import Attendance, Cancelled
from optimizer.ledger.pay_tally import Group, groups_of
from optimizer.ledger.planned import plan_weekly
from optimizer.ledger.tariffs import TermDays, slots_of, term_days
from optimizer.ledger.tariffs.presence import Weekly, planned_spans

Occasion = tuple[date, str, str]
"""A date, a slot and the id of the group that meets then."""


class PlanIndex:
    """What a plan says, by student, by member of staff, by slot."""

    def __init__(self, school: School, plan: Plan) -> None:
        self.school = school
        self.days: TermDays = term_days(school)
        self.weekly: Weekly = plan_weekly(school, plan)
        self.groups: dict[str, Group] = {group.id: group for group in groups_of(plan)}

    @cached_property
    def meeting(self) -> dict[str, list[str]]:
        """Ids of the groups that meet at each slot; every slot has an entry."""
        found: dict[str, list[str]] = {slot.id: [] for slot in self.school.slots}
        for group in self.groups.values():
            for slot in slots_of(group):
                found[slot].append(group.id)
        return found

    @cached_property
    def duties(self) -> dict[str, dict[str, list[str]]]:
        """Ids of the groups that each person is with, by slot; everyone has an entry."""
        found: dict[str, dict[str, list[str]]] = {t.id: {} for t in self.school.teachers}
        for group in self.groups.values():
            for person in group.staff:
                for slot in slots_of(group):
                    found[person].setdefault(slot, []).append(group.id)
        return found

    def slots_on(self, day: date) -> list[str]:
        """Give the slots of a date; none where there is no service."""
        weekday = self.days.follows.get(day)
        return [slot.id for slot in self.school.slots if slot.weekday == weekday]

    def days_off(self, off: AbstractSet[Occasion]) -> set[date]:
        """Give the days of service on which all that was to meet is called off."""
        left: dict[date, int] = {}
        for day, _, _ in off:
            left[day] = left.get(day, sum(len(self.meeting[s]) for s in self.slots_on(day))) - 1
        return {day for day, count in left.items() if not count}

    def called_off(self, record: Cancelled) -> list[Occasion]:
        """Give all that a record calls off."""
        slots = self.slots_on(record.day)
        return [
            (record.day, slot, group)
            for slot in slots
            if record.slot in {None, slot}
            for group in self.meeting[slot]
            if record.group in {None, group}
        ]


def actual_spans(school: School, attendance: Attendance) -> dict[str, tuple[date, date]]:
    """Give first and last day of who joined or left, as the records say or else as was planned."""
    spans = planned_spans(school)
    whole = (school.term.first_date, school.term.last_date)
    for joining in attendance.joinings:
        spans[joining.student] = (joining.day, spans.get(joining.student, whole)[1])
    for leaving in attendance.leavings:
        spans[leaving.student] = (spans.get(leaving.student, whole)[0], leaving.day)
    return spans
