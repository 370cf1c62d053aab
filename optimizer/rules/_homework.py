"""Where homework is to be done at school there is time for it (family ``hours``).

Statement, for every grade that ``homework_done`` or ``homework_done_percent`` concerns: on each
working day on which the grade has slots, one of them is spent on homework: base care is held at it
(it is not for clubs only, nor evening study) with homework as its content. How much of theirs
children do is no matter of the slots.
"""

from collections.abc import Iterable

from models import CareContent, PolicyItem, School, Slot, SlotUse

_ITEMS = (PolicyItem.HOMEWORK_DONE, PolicyItem.HOMEWORK_DONE_PERCENT)


def time_for_homework(school: School, grade: int, slots: Iterable[Slot]) -> bool:
    """Tell whether one of a grade's slots of a day is spent on homework, if one has to be."""
    return not any(school.clauses(item, grade) for item in _ITEMS) or any(
        slot.care_content is CareContent.HOMEWORK and slot.use is not SlotUse.CLUBS_ONLY
        for slot in slots
    )
