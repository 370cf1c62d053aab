"""When: the term, its holidays and make-up days, the slots of the week."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

from models import (
    BillingMonth,
    CareContent,
    MakeUpDay,
    School,
    Slot,
    SlotUse,
    Term,
    Text,
)
from models.problems import FieldError
from optimizer.files.columns import Column, Row, Table, Variant
from optimizer.files.lists import Grades, Weekdays
from optimizer.files.moments import Clock, Date, Weekday
from optimizer.files.scalars import Choice, Ident, YesNo


class TermItem(StrEnum):
    """What a row of the term table says."""

    TERM = "term"
    HOLIDAY = "holiday"
    MAKE_UP_DAY = "make_up_day"
    CANCELLED_DAY = "cancelled_day"
    BILLING_MONTH = "billing_month"


def _term_rows(school: School) -> Iterator[Row]:
    term = school.term
    yield {
        "item": TermItem.TERM,
        "first_date": term.first_date,
        "last_date": term.last_date,
        "weekdays": term.service_weekdays,
    }
    yield from _days_rows(TermItem.HOLIDAY, term.holidays)
    for day in term.make_up_days:
        yield {
            "item": TermItem.MAKE_UP_DAY,
            "first_date": day.date,
            "weekdays": (day.follows,),
        }
    yield from _days_rows(TermItem.CANCELLED_DAY, term.cancelled_days)
    for month in term.billing_months:
        yield {
            "item": TermItem.BILLING_MONTH,
            "first_date": month.first_date,
            "last_date": month.last_date,
            "id": month.id,
        }


def _days_rows(item: TermItem, days: Sequence[date]) -> Iterator[Row]:
    """Write days, neighbours together in one row."""
    starts = [i for i, d in enumerate(days) if i == 0 or (d - days[i - 1]).days != 1]
    for a, b in pairwise([*starts, len(days)]):
        last = days[b - 1] if b - a > 1 else None
        yield {"item": item, "first_date": days[a], "last_date": last}


LONGEST_HOLIDAY = timedelta(days=400)
TOO_LONG = Text(
    "日期早于开始日期，或相隔超过一年。", "this is before the first date, or over a year later."
)
ONE_WEEKDAY = Text("补课日应恰好填一个星期。", "a make-up day follows exactly one weekday.")


class DaysOff(NamedTuple):
    """The days of a holiday, or days that are called off."""

    item: TermItem
    days: tuple[date, ...]


TermPart = Term | MakeUpDay | BillingMonth | DaysOff


def _build_part(row: dict[str, Any]) -> TermPart:
    """Make what one row stands for: the term itself, days off, a make-up day or a month."""
    item, first = row["item"], row["first_date"]
    last: date = row.get("last_date", first)
    if item is TermItem.TERM:
        weekdays = {"service_weekdays": row["weekdays"]} if "weekdays" in row else {}
        return Term(first_date=first, last_date=last, **weekdays)
    if item is TermItem.BILLING_MONTH:
        return BillingMonth(id=row["id"], first_date=first, last_date=last)
    if item is TermItem.MAKE_UP_DAY:
        if len(row["weekdays"]) != 1:
            raise FieldError("weekdays", ONE_WEEKDAY)
        return MakeUpDay(date=first, follows=row["weekdays"][0])
    length = last - first
    if not timedelta(0) <= length <= LONGEST_HOLIDAY:
        raise FieldError("last_date", TOO_LONG)
    return DaysOff(item, tuple(first + timedelta(days=n) for n in range(length.days + 1)))


TERM = Table(
    "term",
    Text("学期", "Term"),
    (
        Column(
            "item",
            Text("项目", "Item"),
            Choice(
                {
                    TermItem.TERM: Text("学期", "term"),
                    TermItem.HOLIDAY: Text("放假", "holiday"),
                    TermItem.MAKE_UP_DAY: Text("补课日", "make-up day"),
                    TermItem.CANCELLED_DAY: Text("停课日", "cancelled day"),
                    TermItem.BILLING_MONTH: Text("收费月", "billing month"),
                }
            ),
            Text(
                "“学期”恰好一行；放假、补课日、停课日（本该服务而取消）、收费月各写若干行，没有可不写",
                "exactly one row 'term'; holidays, make-up days, cancelled days (service called "
                "off) and billing months as needed",
            ),
            Text("放假", "holiday"),
            required=True,
        ),
        Column(
            "first_date",
            Text("日期", "Date"),
            Date(),
            Text("第一天；只有一天的写这里", "the first day, or the only one"),
            Text("2026-10-01", "2026-10-01"),
            required=True,
            aliases=("开始日期", "起始日期", "from", "first"),
        ),
        Column(
            "last_date",
            Text("至", "To"),
            Date(),
            Text("最后一天；只有一天的留空", "the last day; blank for a single day"),
            Text("2026-10-07", "2026-10-07"),
            aliases=("结束日期", "last"),
        ),
        Column(
            "weekdays",
            Text("星期", "Weekdays"),
            Weekdays(),
            Text(
                "“学期”行：开展服务的星期，空白为周一至周五；“补课日”行：按星期几的安排",
                "in row 'term' the service days, blank for Mon-Fri; for a make-up day the weekday "
                "whose timetable it follows",
            ),
            Text("周一至周五", "Mon-Fri"),
            aliases=("按星期", "follows"),
            marks_empty=True,
        ),
        Column(
            "id",
            Text("编号", "Id"),
            Ident(),
            Text("收费月的名称，如 9月", "the name of a billing month, such as 2026-09"),
            Text("9月", "2026-09"),
        ),
    ),
    Text(
        "学期起止日期、服务日、放假、补课日、停课日、收费月",
        "term dates, service days, holidays, make-up days, cancelled days, billing months",
    ),
    rows=_term_rows,
    build=_build_part,
    required=True,
    aliases=("校历", "日历", "calendar"),
    variants={
        TermItem.TERM: Variant(("first_date", "last_date"), ("weekdays",)),
        TermItem.HOLIDAY: Variant(("first_date",), ("last_date",)),
        TermItem.MAKE_UP_DAY: Variant(("first_date", "weekdays")),
        TermItem.CANCELLED_DAY: Variant(("first_date",), ("last_date",)),
        TermItem.BILLING_MONTH: Variant(("first_date", "last_date", "id")),
    },
)

SLOTS = Table(
    "slots",
    Text("时段", "Slots"),
    (
        Column(
            "id",
            Text("时段编号", "Slot id"),
            Ident(),
            Text("自定，不重复", "your own choice, each once"),
            Text("周二1", "Tue1"),
            required=True,
            aliases=("编号", "时段"),
        ),
        Column(
            "weekday",
            Text("星期", "Weekday"),
            Weekday(),
            Text("学期表中的服务日之一", "one of the term's service days"),
            Text("周二", "Tue"),
            required=True,
        ),
        Column(
            "start_minute",
            Text("开始时间", "Start"),
            Clock(),
            Text("24 小时制", "24-hour clock"),
            Text("16:30", "16:30"),
            required=True,
            aliases=("开始", "start time"),
        ),
        Column(
            "end_minute",
            Text("结束时间", "End"),
            Clock(after="start_minute"),
            Text("晚于开始时间", "later than the start"),
            Text("17:10", "17:10"),
            required=True,
            aliases=("结束", "end time"),
        ),
        Column(
            "use",
            Text("用途", "Use"),
            Choice(
                {
                    SlotUse.ANY: Text("都可", "any"),
                    SlotUse.CARE_ONLY: Text("仅托管", "care only"),
                    SlotUse.CLUBS_ONLY: Text("仅社团", "clubs only"),
                }
            ),
            Text(
                "仅托管：不开社团，如作业时间；仅社团：没有社团的学生离校；空白为都可",
                "care only: no clubs, e.g. homework; clubs only: whoever has none goes home",
            ),
            Text("都可", "any"),
        ),
        Column(
            "care_content",
            Text("托管内容", "Care content"),
            Choice(
                {
                    CareContent.HOMEWORK: Text("作业", "homework"),
                    CareContent.READING: Text("阅读", "reading"),
                }
            ),
            Text("托管时做什么；作业计入学习类课时", "homework counts as a learning period"),
            Text("作业", "homework"),
        ),
        Column(
            "evening_study",
            Text("晚自习", "Evening study"),
            YesNo(),
            Text("是否为晚自习，空白为否", "whether it is evening study; blank: no"),
            Text("否", "no"),
        ),
        Column(
            "grades",
            Text("年级", "Grades"),
            Grades(),
            Text("面向的年级，空白为全部", "grades it is meant for; blank: all"),
            Text("1-6", "1-6"),
        ),
    ),
    Text(
        "每周的服务时段，每行一个星期的一节", "the periods of the week, one weekday's period a row"
    ),
    rows=lambda school: (vars(slot) for slot in school.slots),
    build=Slot.model_validate,
    required=True,
)
