"""Time for homework on each working day, where the policy wants it done at school."""

from collections.abc import Collection, Iterator

from models import CareContent, PolicyItem, School, Slot, SlotUse, Text, listed

NO_TIME = Text(
    "{grades} 年级的书面作业应在校完成，{day}的服务却没有做作业的时段（依据：{source}）；"
    "请设可以托管、内容为“作业”的时段。",
    "grades {grades} do their written homework at school, but the service on {day} has no time for "
    "it (source: {source}): make a slot with base care and homework as its content.",
)


def homework_sources(school: School, grade: int) -> list[str]:
    """Give the clauses that want a grade's homework done at school, each source once."""
    items = (PolicyItem.HOMEWORK_DONE, PolicyItem.HOMEWORK_DONE_PERCENT)
    sources = (clause.source for item in items for clause in school.clauses(item, grade))
    return [*dict.fromkeys(sources)]


def no_time_for_homework(
    school: School, grade: int, day: Text, slots: Collection[Slot]
) -> Iterator[tuple[Text, dict[str, object]]]:
    """Say that none of a grade's slots of a day has base care that is spent on homework."""
    sources = homework_sources(school, grade)
    spent = [s for s in slots if s.care_content is CareContent.HOMEWORK]
    if sources and all(slot.use is SlotUse.CLUBS_ONLY for slot in spent):
        yield NO_TIME, {"day": day, "source": listed(sources)}
