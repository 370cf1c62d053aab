"""Slots as bits, so that whether times overlap is asked in one step."""

from collections.abc import Iterable

from models import School


class Times:
    """A school's slots, each a bit, and which others each overlaps on the clock."""

    def __init__(self, school: School) -> None:
        self._bit = {slot.id: 1 << number for number, slot in enumerate(school.slots)}
        self._near = {
            slot.id: sum(self._bit[o.id] for o in school.slots if slot.overlaps(o))
            for slot in school.slots
        }

    def mask(self, slots: Iterable[str]) -> int:
        """Give the bits of some slots."""
        found = 0
        for slot in slots:
            found |= self._bit[slot]
        return found

    def reach(self, slots: Iterable[str]) -> int:
        """Give the bits of every slot that overlaps one of these, themselves included."""
        found = 0
        for slot in slots:
            found |= self._near[slot]
        return found
