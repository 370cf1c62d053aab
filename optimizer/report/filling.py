"""The groups of a plan as a blank attendance file lists them: clubs, then base care."""

from datetime import date
from typing import NamedTuple

from models import Lang, Plan, School, Section
from optimizer.ledger import school_dates
from optimizer.report.naming import Group, Names


class RosterToFill(NamedTuple):
    """One group: what it is called, when it meets, who is in it."""

    id: str
    name: str
    times: str
    students: tuple[tuple[str, str, str], ...]
    """Id, name and class of each, in the order of the rosters."""
    dates: frozenset[date]


def rosters_to_fill(school: School, plan: Plan, lang: Lang) -> list[RosterToFill]:
    """List every group of a plan, named as on the rosters that are printed."""
    names = Names(school, plan, lang)
    calendar = school_dates(school)

    def roster(group: Group) -> RosterToFill:
        slots = group.slots if isinstance(group, Section) else (group.slot,)
        weekdays = {school.slot[slot].weekday for slot in slots}
        name = names.group(group)
        return RosterToFill(
            group.id,
            name if isinstance(group, Section) else f"{name} {names.room(group.room)}",
            names.times(slots),
            tuple((s, names.student(s), names.home(s)) for s in names.by_class(group.students)),
            frozenset(day for day, follows in calendar.items() if follows in weekdays),
        )

    groups: tuple[Group, ...] = (*names.sections, *names.care_groups)
    return [roster(group) for group in groups]
