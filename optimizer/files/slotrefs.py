"""A cell with slots: by id, by weekday, or all of them."""

from typing import Any

from models import Text, listed, weekday_text
from optimizer.files.cells import FOLLOWS, Cell, UnreadableError, fold
from optimizer.files.lists import Refs
from optimizer.files.moments import weekdays_in
from optimizer.files.scalars import Context

_ALL_WORDS = frozenset(("全部", "所有", "all"))

NO_SLOT = Text(
    "{days}没有任何时段，未计入；请更正，或在时段表中加上那天的时段。",
    "there is no slot on {days}, which is left out: correct it, or add slots on that day.",
)
NO_SLOT_OF_GRADE = Text(
    "{days}没有面向 {grade} 年级的时段，未计入；请更正，或在时段表中加上。",
    "there is no slot for grade {grade} on {days}, which is left out: correct it, or add slots.",
)
NONE_LEFT = Text(
    "{days}没有任何时段，这样学生在任何时段都不留校；请更正，或在时段表中加上时段；不留校请写“无”。",
    "there is no slot on {days}, so that the student would stay at none: correct it, or add slots; "
    "write 'none' if that is meant.",
)
NONE_LEFT_OF_GRADE = Text(
    "{days}没有面向 {grade} 年级的时段，这样学生在任何时段都不留校；请更正，或在时段表中加上时段；"
    "不留校请写“无”。",
    "there is no slot for grade {grade} on {days}, so that the student would stay at none: correct "
    "it, or add slots; write 'none' if that is meant.",
)
ALSO_FOR_CLUBS = "stay_slots without base care"
"""In the cells of a student's row that are read: slots of his days to which he comes for clubs."""
ANY_DAY = Text("任何一天", "any day")


def also_for_clubs(row: dict[str, Any]) -> dict[str, Any]:
    """Give a student's row with the slots of his days that have no base care as club-only slots."""
    more = row.pop(ALSO_FOR_CLUBS, ())
    own = (*row.get("club_slots", ()), *row.get("stay_slots", ()))
    added = tuple(dict.fromkeys(slot for slot in more if slot not in own))
    return row | {"club_slots": (*row.get("club_slots", ()), *added)} if added else row


class SlotRefs(Refs):
    """A list of slots, in which a weekday stands for its slots and "all" for every slot.

    Parameters
    ----------
    of_student
        The row is a student's: days and "all" stand for the slots that are for his grade, and there
        must be some.
    stays
        The student stays for base care, too: those of the slots that have none are left for
        ``also_for_clubs``. Otherwise he comes for clubs only: where he stays anyway is not meant.
    """

    def __init__(self, of_student: bool = False, stays: bool = False) -> None:
        super().__init__("slots", Text("时段", "slot"))
        self.of_student = of_student
        self.stays = stays
        self.expected = Text(
            "时段编号、星期（如 周一，指当天全部时段）或“全部”，多个用顿号或逗号分隔",
            "slot ids, weekdays (Mon means all its slots) or 'all', separated by commas",
        )

    def parse(self, cell: Cell, context: Context) -> tuple[str, ...]:
        """Read a list of slots; what is a slot's id is that slot, whatever else it may mean."""
        grade = context.grade_of_class.get(context.row.get("home_class", ""))
        there = {
            slot: day
            for slot, day in context.weekday_of_slot.items()
            if not self.of_student or grade is None or context.is_for(slot, grade)
        }
        found: list[str] = []
        bare: list[int] = []
        some = False
        words = super().parse(cell, context)
        for word in words:
            days = None if word in context.ids.get("slots", {}) else self._days(word)
            if days is None:
                found.append(word)
                continue
            meant = [slot for slot, day in there.items() if day in days]
            found += [slot for slot in self._here(meant, context) if slot not in found]
            some = some or bool(meant)
            # Whoever writes Mon-Fri or all means every day that there is.
            if not days >= {*there.values()} or not there:
                bare += [day for day in sorted(days) if day not in there.values()]
        if words and (bare or not (found or some)):
            self._say(bare, some or bool(found), grade, context)
        return tuple(found)

    def _here(self, meant: list[str], context: Context) -> list[str]:
        """Give those of the slots of a day that belong into this column of a student's."""
        if not self.of_student:
            return meant
        if not self.stays:
            return [slot for slot in meant if slot not in context.row.get("stay_slots", ())]
        aside = [slot for slot in meant if slot in context.clubs_only]
        context.row.setdefault(ALSO_FOR_CLUBS, []).extend(aside)
        return [slot for slot in meant if slot not in context.clubs_only]

    @staticmethod
    def _days(word: str) -> set[int] | None:
        days = range(1, 8) if fold(word) in _ALL_WORDS else weekdays_in(word)
        return None if days is None else {*days}

    def _say(self, bare: list[int], some: bool, grade: int | None, context: Context) -> None:
        """Name the days without slots; of a student nothing may be left at all."""
        if not context.weekday_of_slot or context.slots_unsure:
            # That there are no slots, or some that cannot be read, is said elsewhere.
            if self.of_student and not some:
                raise UnreadableError(self.expected, FOLLOWS)
            return
        named = listed(weekday_text(day) for day in dict.fromkeys(bare))
        if not bare or len({*bare}) == len("一二三四五六日"):
            named = ANY_DAY
        elsewhere = {*context.weekday_of_slot.values()}.intersection(bare) or not bare
        of_grade = self.of_student and grade is not None and elsewhere
        if self.of_student and not some:
            text = NONE_LEFT_OF_GRADE if of_grade else NONE_LEFT
            raise UnreadableError(self.expected, text.fill(days=named, grade=grade))
        text = NO_SLOT_OF_GRADE if of_grade else NO_SLOT
        context.notes.append(text.fill(days=named, grade=grade))
