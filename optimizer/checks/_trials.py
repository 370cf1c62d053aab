"""What stands in the way of one seat, everything else as it stands.

The trial. The student takes a seat in an open section of the course, and gives up for it what he
would (see ``_giving_up``). He leaves base care at the section's slots, and returns to it at those
that he gives up, into a group that has a place for him, where he asked to stay. What then breaks
is in the way:

- ``teacher``: the section is not led by the teacher he names.
- ``other_time``: it meets at a slot that he cannot use.
- ``clash``: he holds a seat at that time that he does not give up.
- ``wanted``: he holds as many clubs as he wanted, and gives none up.
- ``full`` and its kinds: it has no free seat (see ``_holders``).
- ``grades``: his grade may not be beside the grades in it.
- ``needed``: the group he gives up would be below its minimum size without him.
- ``day_limit``: he would exceed a limit of the policy on a day.
- ``care``: a care group that he leaves would not be in order without him.
- ``care_full``: no care group has a place for him at a slot that he gives up.

Where several seats could be given up for it, what stands in the way is what does so for that one of
them with which it is least.
"""

from collections.abc import Iterator
from typing import NamedTuple

from models import Section, UnmetReason, Wish
from optimizer.checks._giving_up import Obstacle, could_give_up
from optimizer.checks._holders import Holders
from optimizer.checks._standing import Standing


class Way(NamedTuple):
    """A seat that could be granted as things stand, and the seats given up for it."""

    section: Section
    gives_up: tuple[Section, ...]


class Trials:
    """Tries seats in one plan."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._holders = Holders(standing)

    def try_seat(self, wish: Wish, section: Section) -> Way | tuple[Obstacle, ...]:
        """Give the way to the seat, or what stands in it, in the order of ``UnmetReason``."""
        standing, student = self.standing, wish.student
        found = []
        if wish.teacher is not None and wish.teacher not in section.staff:
            found.append(Obstacle(UnmetReason.TEACHER))
        if not standing.could_be_there(student, section):
            found.append(Obstacle(UnmetReason.OTHER_TIME))
        choices = could_give_up(standing, wish, standing.clashing(student, section))
        if isinstance(choices, Obstacle):
            found.append(choices)
            choices = [()]
        if standing.full(section):
            found.append(Obstacle(self._holders.reason(wish, section, choices[0])))
        if not standing.admits_grade(student, section):
            found.append(Obstacle(UnmetReason.GRADES))
        ways = [(list(self._after(student, section, gives_up)), gives_up) for gives_up in choices]
        rest, gives_up = min(ways, key=lambda way: len(way[0]))
        found += rest
        return tuple(found) or Way(section, gives_up)

    def _after(
        self, student: str, section: Section, gives_up: tuple[Section, ...]
    ) -> Iterator[Obstacle]:
        """Find what breaks where he leaves, where he returns to, and on his day."""
        standing, school = self.standing, self.standing.school
        small = [
            held.course
            for held in gives_up
            if len(held.students) <= school.course[held.course].min_size
        ]
        if small:
            yield Obstacle(UnmetReason.NEEDED, tuple(small))
        over = standing.over_day(student, gains=(section,), gives_up=gives_up)
        if over:
            yield Obstacle(UnmetReason.DAY_LIMIT)
        if not standing.can_leave_care(student, section):
            yield Obstacle(UnmetReason.CARE)
        if not self._can_return(student, section, gives_up):
            yield Obstacle(UnmetReason.CARE_FULL)

    def _can_return(self, student: str, section: Section, gives_up: tuple[Section, ...]) -> bool:
        standing, school = self.standing, self.standing.school
        stays, grade = school.student[student].stay_slots, school.grade_of[student]
        return all(
            standing.care_takes(slot, grade)
            for held in gives_up
            for slot in held.slots
            if slot in stays and slot not in section.slots
        )
