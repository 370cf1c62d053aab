"""What can be said of a school before any plan: what no plan can have, and that there is none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from models import Asked, Family, Problem, School, Text
from optimizer.checks._asked import asked
from optimizer.checks._care_needed import CareNeeded
from optimizer.checks._closed import closed_courses
from optimizer.checks._grounds import Shortage
from optimizer.checks._pinned import group_pins
from optimizer.checks._pins import seat_pins
from optimizer.checks._prospects import Prospects
from optimizer.checks._purse import Purse
from optimizer.checks._shortages import dear_care, find_sums, over_budget, shortages
from optimizer.checks._week import check_slots


@dataclass(frozen=True)
class Foreseen:
    """What counts and lists show of a school without a solver. All of it is certain."""

    pins: tuple[Problem, ...]
    """Locks that no plan can keep."""
    prospects: Prospects
    """The ways to hold each course."""
    short: tuple[Text, ...]
    """Why there is no plan, as far as counts show it."""
    doubtful: tuple[Text, ...]
    """Why there may be none."""
    families: tuple[Family, ...]
    """The rule families that what is short, or pinned, rests on; empty if there may be a plan."""
    care_fen: int
    """The least that base care would cost if no club opened."""
    asked: tuple[Asked, ...] = ()
    """Who comes first where not all who asked to stay can be looked after."""

    @cached_property
    def closed(self) -> tuple[Problem, ...]:
        """Courses that no plan can open."""
        return tuple(closed_courses(self.prospects))

    @property
    def because(self) -> tuple[Text, ...]:
        """Why there is no plan, as far as it shows."""
        return (*self.short, *(problem.text for problem in self.pins))


_last: list[tuple[School, Foreseen]] = []
"""What was foreseen last: reader, command and engine ask for the same school one after another."""


def foresee(school: School) -> Foreseen:
    """Look at a school before it is planned; what it was asked of last is known at once."""
    if not _last or _last[0][0] is not school:
        _last[:] = [(school, _looked_at(school))]
    return _last[0][1]


def _looked_at(school: School) -> Foreseen:
    prospects = Prospects(school)
    needed = CareNeeded(prospects)
    pins = (*seat_pins(prospects), *group_pins(prospects))
    found = [*shortages(needed)]
    # Where something else is short, sums are of a plan that there is not.
    sums = () if found else tuple(find_sums(needed))
    found += over_budget(needed, sums)
    families = [family for shortage in found for family in shortage.families]
    if pins:
        families += _OF_PINS
    week = tuple(check_slots(school))
    if week:
        families.append("hours")
    return Foreseen(
        pins,
        prospects,
        (*week, *(shortage.text for shortage in found)),
        tuple(dear_care(sums)),
        tuple(dict.fromkeys(families)),
        Purse(needed).care_alone(),
        tuple(_asked(school, found)),
    )


def _asked(school: School, found: Iterable[Shortage]) -> Iterator[Asked]:
    """Give who comes first where care is short, each moment once."""
    of: dict[tuple[object, ...], Shortage] = {}
    for shortage in sorted(found, key=lambda s: -s.over):
        of.setdefault((*sorted(shortage.slots), shortage.grade), shortage)
    for shortage in of.values():
        one = asked(school, shortage) if shortage.slots else None
        if one is not None:
            yield one


def asked_anywhere(school: School) -> tuple[Asked, ...]:
    """Give who comes first where care does not suffice, and counts do not show when."""
    one = asked(school, Shortage((), Text("", ""), tuple(slot.id for slot in school.slots)))
    return () if one is None else (one,)


_OF_PINS: tuple[Family, ...] = (
    "attendance",
    "wishes",
    "clash",
    "group_size",
    "cross_grade",
    "pattern",
    "rooms",
    "staffing",
    "hours",
    "content",
    "locks",
)
