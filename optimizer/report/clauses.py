"""A policy's clauses as a person reads them: what, how much, for whom."""

from typing import Final

from models import Clause, DocumentClause, Text, Unit, clock, listed, weekday_text, yuan
from models.labels import BANDS, ITEM_NAMES, LEVELS, subject_text
from optimizer.report.naming import spans

_COUNTED: Final[dict[Unit, tuple[Text, Text]]] = {
    Unit.MINUTES: (Text("{n} 分钟", "{n} minute"), Text("{n} 分钟", "{n} minutes")),
    Unit.PERIODS: (Text("{n} 节", "{n} period"), Text("{n} 节", "{n} periods")),
    Unit.DAYS: (Text("{n} 天", "{n} day"), Text("{n} 天", "{n} days")),
    Unit.WEEKS: (Text("{n} 周", "{n} week"), Text("{n} 周", "{n} weeks")),
}
YUAN = Text("{amount} 元", "{amount} yuan")
TO_GIVE = Text("由学校确定", "for the school to give")
IN_GRADE, IN_GRADES = (
    Text("{grades} 年级", "grade {grades}"),
    Text("{grades} 年级", "grades {grades}"),
)
STAGE = Text("学段 {stage}", "stage {stage}")
ABOUT = Text("{item}·{subject}", "{item}, {subject}")
WITH_VALUE = Text("{what}：{value}", "{what}: {value}")
FOR = Text("{what}（{scope}）", "{what} ({scope})")


def clause_text(clause: Clause) -> Text:
    """Say a clause's matter, value and scope in one; its force and source stand apart."""
    what, value, scope = matter_text(clause), value_text(clause), scope_text(clause)
    if value is not None:
        what = WITH_VALUE.fill(what=what, value=value)
    return what if scope is None else FOR.fill(what=what, scope=scope)


def matter_text(clause: Clause) -> Text:
    """Say what a clause is about: its item, and the subject where it has one."""
    item = ITEM_NAMES[clause.item]
    if clause.subject is None:
        return item
    return ABOUT.fill(item=item, subject=subject_text(clause.subject, clause.item))


def value_text(clause: Clause) -> Text | None:
    """Say a clause's value with its unit; None where it has none to say."""
    if isinstance(clause, DocumentClause) and clause.open:
        return TO_GIVE
    return None if clause.value is None else amount_text(clause.value, clause.unit)


def amount_text(value: int, unit: Unit) -> Text:
    """Say a number of a unit, e.g. 1080 as ``18:00`` and 375 as ``3.75 yuan``."""
    if unit in _COUNTED:
        one, many = _COUNTED[unit]
        return (one if value == 1 else many).fill(n=value)
    if unit is Unit.WEEKDAY:
        return weekday_text(value)
    if unit is Unit.FEN:
        return YUAN.fill(amount=yuan(value))
    said = {Unit.CLOCK: clock(value), Unit.PERCENT: f"{value}%"}.get(unit, str(value))
    return Text(said, said)


def scope_text(clause: Clause) -> Text | None:
    """Say whom a clause concerns; None where it is everybody."""
    parts = [
        *([STAGE.fill(stage=clause.stage)] if clause.stage else ()),
        *([LEVELS[clause.level]] if clause.level else ()),
        *([BANDS[clause.band]] if clause.band else ()),
    ]
    if clause.grades:
        said = IN_GRADE if len(clause.grades) == 1 else IN_GRADES
        parts.append(said.fill(grades=listed(spans(clause.grades))))
    return listed(parts) if parts else None
