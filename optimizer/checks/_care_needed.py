"""How many children must be in base care at each slot at the least, and how many groups that takes.

Bounds from below that every plan keeps: whoever stays at a slot and has no way to be in a club then
is in base care, and clubs hold only so many.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from models import Room, School, SectionLock
from optimizer.checks import rooms as room_rules
from optimizer.checks._prospects import Prospects


class CareNeeded:
    """Children and groups of base care that every plan of a school has at the least."""

    def __init__(self, prospects: Prospects) -> None:
        self.prospects = prospects
        self.school: School = prospects.school

    @cached_property
    def staying(self) -> dict[str, list[str]]:
        """Who asked to stay at each slot and takes part; every slot has an entry."""
        found: dict[str, list[str]] = {slot.id: [] for slot in self.school.slots}
        for student in self.school.students:
            if student.id not in self.school.excluded:
                for slot in student.stay_slots:
                    found[slot].append(student.id)
        return found

    @cached_property
    def may_be_in_clubs(self) -> dict[str, set[str]]:
        """Who could be in a club at each slot, in some plan of this school or another."""
        found: dict[str, set[str]] = {slot.id: set() for slot in self.school.slots}
        for course in self.school.courses:
            if not self.prospects.most_sections(course.id):
                continue
            if self.prospects.unknown(course.id):
                for student in self.prospects.wishers(course.id):
                    for slot in self.prospects.usable(student, course.id):
                        found[slot].add(student)
            for way in self.prospects.ways(course.id):
                for slot in way.slots:
                    found[slot].update(way.takers)
        return found

    @cached_property
    def club_places(self) -> dict[str, int]:
        """The most children that could be in clubs at each slot; every slot has an entry."""
        found: Counter[str] = Counter({slot.id: 0 for slot in self.school.slots})
        for course in self.school.courses:
            sections = self.prospects.most_sections(course.id)
            if self.prospects.unknown(course.id):
                found.update({slot.id: sections * course.max_size for slot in self.school.slots})
                continue
            slots = {slot for way in self.prospects.ways(course.id) for slot in way.slots}
            found.update(dict.fromkeys(slots, sections * self.prospects.places(course.id)))
        return found

    def sure(self, slot: str) -> Counter[int]:
        """Count, by grade, who is in base care at a slot whatever the plan."""
        if not self.staying[slot]:
            return Counter()
        clubs = self.may_be_in_clubs[slot]
        return Counter(self.school.grade_of[s] for s in self.staying[slot] if s not in clubs)

    def least(self, slot: str) -> int:
        """Give the least number of children in base care at a slot."""
        if not self.staying[slot]:
            return 0
        left = len(self.staying[slot]) - self.club_places[slot]
        return max(sum(self.sure(slot).values()), left)

    @cached_property
    def pinned_rooms(self) -> dict[str, set[str]]:
        """Rooms that pinned sections take, by slot at the time of one of theirs."""
        found: dict[str, set[str]] = defaultdict(set)
        for lock in self.school.locks:
            if isinstance(lock, SectionLock) and lock.room is not None:
                for slot in self.at_the_time(lock.slots):
                    found[slot].add(lock.room)
        return found

    @cached_property
    def pinned_staff(self) -> dict[str, set[str]]:
        """People whom pinned sections take, by slot at the time of one of theirs."""
        found: dict[str, set[str]] = defaultdict(set)
        for lock in self.school.locks:
            if isinstance(lock, SectionLock):
                for slot in self.at_the_time(lock.slots):
                    found[slot].update(lock.staff)
        return found

    def at_the_time(self, slots: Iterable[str]) -> set[str]:
        """Give the slots that overlap one of some, themselves too."""
        some = [self.school.slot[slot] for slot in slots]
        return {s.id for s in self.school.slots if any(s.overlaps(other) for other in some)}

    def rooms(self, slot: str) -> list[Room]:
        """Give the rooms in which base care can be at a slot, for some grades at least."""
        taken = self.pinned_rooms.get(slot, set())
        return [
            room
            for room in self.school.rooms
            if room.available(slot)
            and room.id not in taken
            and (room.care_room or room.id in self.school.home_room_grades)
        ]

    def rooms_of(self, slot: str, grades: Iterable[int]) -> list[Room]:
        """Give the rooms in which base care for these grades can be at a slot."""
        some = tuple(grades)
        return [r for r in self.rooms(slot) if room_rules.suits_care(self.school, r, some)]

    def holds(self, room: Room) -> int:
        """Give the most children of a care group in a room."""
        return min(room.seats, self.school.settings.base_care.max_size)

    def supervisors(self, slot: str) -> list[str]:
        """Give who could supervise base care at a slot."""
        taken = self.pinned_staff.get(slot, set())
        return [
            t.id
            for t in self.school.teachers
            if t.may_supervise
            and t.id not in self.prospects.unfit
            and t.id not in taken
            and t.available(slot)
            and t.max_periods_day
            and t.max_periods_week
        ]

    def groups(self, slot: str) -> int:
        """Give the least number of care groups at a slot."""
        return max(self.for_grades(slot, self.sure(slot)), self.for_number(slot, self.least(slot)))

    def for_number(self, slot: str, children: int) -> int:
        """Give the least number of groups whose rooms hold so many children."""
        sizes = sorted((self.holds(room) for room in self.rooms(slot)), reverse=True)
        count, left = 0, children
        for size in sizes:
            if left <= 0:
                return count
            count, left = count + 1, left - size
        # More than all rooms hold: that is another shortage.
        return count

    def for_grades(self, slot: str, children: Mapping[int, int]) -> int:
        """Give the least number of groups for children of some grades, by grade.

        From the lowest grade up: a group that is needed anyway takes as many grades as it may, and
        its free places go to the next ones.
        """
        largest = max((self.holds(room) for room in self.rooms(slot)), default=0)
        if not largest:
            return 0
        care = self.school.settings.base_care
        lines: dict[str, list[int]] = defaultdict(list)
        for grade in sorted(g for g in children if children[g]):
            lines["" if care.mix_stages else self.school.stage_of(grade).id].append(grade)
        total = 0
        for grades in lines.values():
            free: list[list[int]] = []
            for grade in grades:
                left = children[grade]
                for group in free:
                    if group[0] > grade - care.grade_span:
                        used = min(left, group[1])
                        group[1] -= used
                        left -= used
                more = -(-left // largest)
                if more:
                    free.append([grade, more * largest - left])
                total += more
        return total
