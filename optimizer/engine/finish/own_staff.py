"""Own staff first, whatever the search did: duties of people from outside pass to own staff.

Where the policy asks for it, each duty that own staff can take over (``optimizer.checks.OwnFirst``
states when, and tries it) is taken over, until there is none left. Seats, slots and rooms stand, so
the points do; every rule is kept, the budget too. Each time there is one duty less outside: it
comes to an end.
"""

from collections.abc import Iterable

from models import CareGroup, School, Section
from optimizer.checks import OwnFirst, own_staff_first
from optimizer.engine.finish.draft import Found


def with_own_staff(
    school: School, sections: Iterable[Section], care_groups: Iterable[CareGroup]
) -> Found | None:
    """Give sections and care groups with all taken over that can be; None where nothing can."""
    if not own_staff_first(school):
        return None
    own = OwnFirst(school, tuple(sections), tuple(care_groups))
    # Most are taken over by somebody who is free: no need to look further for these.
    made = _take_over(own, 1) + _take_over(own)
    return own.duties.result() if made else None


def _take_over(own: OwnFirst, most: int | None = None) -> int:
    """Make every takeover of so many people, until there is none left; give their number."""
    made, before = 0, -1
    while made != before:
        before = made
        for number, outsider in [*own.outside()]:
            if own.clause(number) is None:
                continue
            found = own.takeover(number, outsider, most)
            if found is not None:
                own.make(found)
                made += 1
    return made
