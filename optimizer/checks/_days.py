"""The policy's limits on one student's day: minutes, periods, learning, evening study."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from models import CareContent, CareGroup, Clause, PolicyItem, School, Section, Slot, Text
from optimizer.checks.base import join_ids

EVENING_MINUTES = Text(
    "晚自习 {count} 分钟，最多 {limit} 分钟（依据：{source}）",
    "{count} minutes of evening study, at most {limit} (source: {source})",
)
MINUTES = Text(
    "留校 {count} 分钟，最多 {limit} 分钟（依据：{source}）",
    "{count} minutes, at most {limit} (source: {source})",
)
PERIODS = Text(
    "留校 {count} 节，最多 {limit} 节（依据：{source}）",
    "{count} periods, at most {limit} (source: {source})",
)
LEARNING = Text(
    "学习类 {count} 节，最多 {limit} 节（依据：{source}）",
    "{count} learning periods, at most {limit} (source: {source})",
)
LEARNING_MINUTES = Text(
    "学习类 {slots} 节，最多 {limit} 节、每节 {lesson} 分钟；共 {count} 分钟（依据：{source}）",
    "{slots} learning periods, at most {limit} of {lesson} minutes; they are {count} minutes "
    "(source: {source})",
)


class Stay(NamedTuple):
    """A slot at which a student is in a section or in care, and whether it is learning."""

    slot: Slot
    learning: bool


class DayLimit(NamedTuple):
    """A clause that limits a grade's day."""

    clause: Clause
    lesson: Clause | None = None
    """What says how long a period of learning is, where something does."""

    @property
    def of_learning(self) -> bool:
        """Whether it counts learning only: then it depends on what is done."""
        return self.clause.item is PolicyItem.MAX_LEARNING_PERIODS_DAY

    @property
    def most(self) -> int:
        """The most in its unit: minutes, or periods."""
        value = self.clause.value or 0
        return value if self.lesson is None else value * (self.lesson.value or 0)

    def amount(self, stay: Stay) -> int:
        """Count one stay in its unit."""
        evening = self.clause.item is PolicyItem.EVENING_MAX_MINUTES
        if stay.slot.evening_study is not evening or (self.of_learning and not stay.learning):
            return 0
        in_periods = self.of_learning or self.clause.item is PolicyItem.MAX_PERIODS_DAY
        return 1 if in_periods and self.lesson is None else stay.slot.minutes

    def say(self, amounts: Collection[int]) -> Text:
        """Say by how much it is exceeded."""
        count = sum(amounts)
        if self.lesson is None:
            facts = {"limit": self.clause.value, "source": self.clause.source}
            return _TEXTS[self.clause.item].fill(count=count, **facts)
        sources = join_ids(dict.fromkeys((self.clause.source, self.lesson.source)))
        facts = {"limit": self.clause.value, "lesson": self.lesson.value, "slots": len(amounts)}
        return LEARNING_MINUTES.fill(count=count, source=sources, **facts)


_TEXTS = {
    PolicyItem.EVENING_MAX_MINUTES: EVENING_MINUTES,
    PolicyItem.MAX_MINUTES_DAY: MINUTES,
    PolicyItem.MAX_PERIODS_DAY: PERIODS,
    PolicyItem.MAX_LEARNING_PERIODS_DAY: LEARNING,
}


def day_limits(school: School, grade: int) -> tuple[DayLimit, ...]:
    """Give what limits a grade's day."""
    lengths = [
        clause
        for item in (PolicyItem.LEARNING_PERIOD_MINUTES, PolicyItem.PERIOD_MINUTES)
        for clause in school.clauses(item, grade)
    ]
    lesson = min(lengths, key=lambda clause: clause.value or 0, default=None)
    return tuple(
        DayLimit(clause, lesson if item is PolicyItem.MAX_LEARNING_PERIODS_DAY else None)
        for item in _TEXTS
        for clause in school.clauses(item, grade)
    )


def stays(school: School, seats: Iterable[Section], care: Iterable[CareGroup]) -> list[Stay]:
    """List the slots of some sections and care groups, learning or not."""
    found = []
    for section in seats:
        learning = school.course[section.course].is_learning
        found += [Stay(school.slot[slot], learning) for slot in section.slots]
    found += [care_stay(school.slot[group.slot]) for group in care]
    return found


def care_stay(slot: Slot) -> Stay:
    """Give what being in base care at a slot counts as."""
    return Stay(slot, slot.care_content is CareContent.HOMEWORK)


def over_day_limits(limits: Iterable[DayLimit], there: list[Stay]) -> Iterator[tuple[int, Text]]:
    """Give each weekday on which one student's stays exceed a limit, and which limit."""
    for limit in limits:
        amounts: dict[int, list[int]] = {}
        for stay in there:
            if amount := limit.amount(stay):
                amounts.setdefault(stay.slot.weekday, []).append(amount)
        for weekday, counted in amounts.items():
            if sum(counted) > limit.most:
                yield weekday, limit.say(counted)
