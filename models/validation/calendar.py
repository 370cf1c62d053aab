"""The calendar makes sense: statutory days, days called off, billing months, who is there when."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from models.calendar import (
    Stretch,
    planned_dates,
    run_text,
    service_dates,
    span_text,
    statutory_days,
    stretches,
    undecreed,
    unknown_text,
    unnamed_make_up_days,
)
from models.items import PolicyItem
from models.people import Student
from models.problems import MOST_LISTED, Problem
from models.school_data import SchoolData
from models.service import NoBillingMonthError, month_of, school_dates
from models.text import Text, listed, weekday_text
from models.time import BillingMonth, Calendar, Term
from models.validation.references import DUPLICATE
from models.validation.time import as_meant

DAY = Text("{day}（{weekday}）", "{day} ({weekday})")
SOME = Text("{some}等 {count} 天", "{some}, ... ({count} days)")
UNNAMED = Text(
    "政策要求调休上班日也提供服务（{source}），以下日期没有写明按星期几的安排：{days}；"
    "请在学期表中各加一行“补课日”。",
    "the policy asks for service on statutory make-up days ({source}), and it is not said which "
    "weekday these follow: {days}. Add a row 'make-up day' for each to the term table.",
)
NOT_SAID = Text(
    "以下调休上班日在学期表中没有行，不安排服务：{days}；"
    "如有服务，请各加一行“补课日”，写明按星期几的安排；没有服务的写成“放假”行，不再提醒。",
    "these statutory make-up days have no row in the term table and no service is planned on them: "
    "{days}. Where there is service add a row 'make-up day' with the weekday it follows; where "
    "there is none a row 'holiday' ends this warning.",
)
TAKEN_AS_SAID = Text(
    "{span} 的节假日安排尚未内置，按学期表自列的安排：放假 {off}；补课日 {on}。安排公布后请核对。",
    "no decree is built in for {span}; taken as the term table says: holidays {off}; make-up days "
    "{on}. Compare them with the decree once it is out.",
)
NONE = Text("无", "none")
ON_HOLIDAY = Text(
    "补课日 {day} 是法定节假日；请核对日期。",
    "the make-up day {day} is a statutory holiday: check the date.",
)
WORKING_DAY_OFF = Text(
    "政策要求每周工作日都有服务（{source}），以下工作日却停课：{days}；全校不上学的请写成“放假”行，"
    "其余请确认确需停办。",
    "the policy asks for service on every working day of a week ({source}), yet these are called "
    "off: {days}. Where there is no school at all write 'holiday'; else make sure that it must be.",
)
NOT_SERVICE = Text(
    "停课日 {day} 本来就没有服务；应为学期内的服务日，请更正或删去。",
    "{day} is called off but there would be no service on it: give a date of service within the "
    "term, or delete it.",
)
CALLED_OFF_TWICE = Text("停课日 {day} 重复；请删去一个。", "{day} is called off twice: delete one.")
MONTHS_OVERLAP = Text(
    "收费月“{month}”与“{other}”在 {days} 重叠；每天只能属于一个收费月，请调整起止日期。",
    "billing month '{month}' overlaps '{other}' on {days}: a day belongs to one month only, "
    "change the dates.",
)
UNBILLED = Text(
    "以下服务日不在任何收费月之内：{days}；请调整收费月的起止日期或添加收费月。",
    "these dates of service are in no billing month: {days}; extend a billing month or add one.",
)
COST_UNBILLED = Text(
    "日期 {day} 不在任何收费月之内，这笔开支无处入账；请更正日期，应为{months}之一。",
    "{day} is in no billing month, so that the cost cannot be booked: correct the date, "
    "expected one within {months}.",
)
STUDENT_OUTSIDE = Text(
    "日期 {day} 不在学期 {first} 至 {last} 之内；请更正，或留空表示整个学期。",
    "{day} is outside the term {first} to {last}: correct it, or leave it blank for the whole "
    "term.",
)
LEAVES_FIRST = Text(
    "退出日期 {leaves} 早于加入日期 {joins}；请更正其一。",
    "the student leaves on {leaves}, before joining on {joins}: correct one of them.",
)
NEVER_THERE = Text(
    "{joins} 至 {leaves} 之间没有服务日；请更正加入或退出日期，或删去学生。",
    "there is no date of service from {joins} to {leaves}: correct the dates of joining and "
    "leaving, or delete the student.",
)


_WORKING_DAYS = 5


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find problems with the dates of a term, and with dates that must agree with it."""
    term = school.term
    if term.last_date < term.first_date:
        return
    dates: tuple[date, ...] | None = None
    # The settings say which calendar the term keeps.
    if "term" not in unread and "settings" not in unread:
        unknown = undecreed(term)
        # What rows say that have only the year wrong is not asked for again.
        told = zip(unknown, undecreed(as_meant(term)), strict=True)
        yield from (_undecreed(term, one) for one, meant in told if meant.open or not one.open)
        if not any(stretch.open for stretch in unknown):
            dates = tuple(_dates_of(school))
            yield from _make_up_days(school, unread)
            if "policy" not in unread:
                yield from _working_days_off(school)
            yield from _called_off(term)
            yield from _months(school)
    for number, student in enumerate(school.students):
        if student.joins is not None or student.leaves is not None:
            yield from _stay(term, dates, number, student)


def _dates_of(school: SchoolData) -> Iterable[date]:
    """Give the days of service; while the school has no slots, all that the term serves."""
    return school_dates(school) if school.slots else service_dates(school.term)


def _undecreed(term: Term, stretch: Stretch) -> Problem:
    """Ask for what the school must say of a part of the term, or say what it is taken for."""
    field = "first_date" if stretch.first == term.first_date else "last_date"
    value = str(getattr(term, field))
    if stretch.open:
        return Problem("unknown-year", "term", None, field, value, unknown_text(stretch))
    days = (term.holidays, (make_up.date for make_up in term.make_up_days))
    off, on = ([d for d in some if stretch.first <= d <= stretch.last] for some in days)
    text = TAKEN_AS_SAID.fill(
        span=span_text(stretch.first, stretch.last),
        off=_dates(off) if off else NONE,
        on=_dates(on) if on else NONE,
    )
    return Problem("taken-as-said", "term", None, field, value, text, "warning")


def _dates(days: Iterable[date]) -> Text:
    """List dates, not too many of them."""
    dates = sorted(days)
    some = listed(
        DAY.fill(day=d, weekday=weekday_text(d.isoweekday())) for d in dates[:MOST_LISTED]
    )
    return SOME.fill(some=some, count=len(dates)) if len(dates) > MOST_LISTED else some


def _make_up_days(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    term = school.term
    if term.calendar is Calendar.OWN:
        return
    missing = unnamed_make_up_days(as_meant(term))
    asked = () if "policy" in unread else school.in_force(PolicyItem.MAKE_UP_SERVICE)
    if missing and asked:
        text = UNNAMED.fill(source=asked[0].source, days=_dates(missing))
        yield Problem("make-up-unnamed", "term", None, None, str(missing[0]), text)
    elif missing and "policy" not in unread:
        text, value = NOT_SAID.fill(days=_dates(missing)), str(missing[0])
        yield Problem("make-up-not-said", "term", None, None, value, text, "warning")
    yield from _on_holidays(term)


def _on_holidays(term: Term) -> Iterator[Problem]:
    for day in sorted({m.date for m in term.make_up_days} & statutory_days(term).holidays):
        text, value = ON_HOLIDAY.fill(day=day), str(day)
        yield Problem("make-up-holiday", "term", None, "make_up_days", value, text, "warning")


def _working_days_off(school: SchoolData) -> Iterator[Problem]:
    """Say which working days are called off where the policy wants all of a week's served.

    One that is called off week by week is no day of every week, and the rule says so.
    """
    asked = [c for c in school.in_force(PolicyItem.MIN_WEEKDAYS) if c.value == _WORKING_DAYS]
    planned = planned_dates(school.term)
    days = [d for d in school.term.cancelled_days if planned.get(d, 7) <= _WORKING_DAYS]
    if asked and days:
        text, value = WORKING_DAY_OFF.fill(source=asked[0].source, days=_dates(days)), str(days[0])
        yield Problem("working-day-off", "term", None, "cancelled_days", value, text, "warning")


def _called_off(term: Term) -> Iterator[Problem]:
    planned, seen = planned_dates(term), set[date]()
    twice: list[date] = []
    nothing: list[date] = []
    for day in term.cancelled_days:
        if day in seen:
            twice.append(day)
        elif day not in planned:
            nothing.append(day)
        seen.add(day)
    for code, days, wrong in (
        ("day-twice", twice, CALLED_OFF_TWICE),
        ("cancels-nothing", nothing, NOT_SERVICE),
    ):
        for run in stretches(days):
            text = wrong.fill(day=run_text(run))
            yield Problem(code, "term", None, "cancelled_days", str(run[0]), text)


def _months(school: SchoolData) -> Iterator[Problem]:
    term = school.term
    months = term.billing_months
    if not months or any(month.last_date < month.first_date for month in months):
        return
    names = set()
    for month in months:
        if month.id in names:
            text = DUPLICATE.fill(value=month.id)
            yield Problem("duplicate-id", "term", None, "billing_months", month.id, text)
        names.add(month.id)
    ordered = sorted(months, key=lambda m: (m.first_date, m.last_date))
    longest = ordered[0]
    for month in ordered[1:]:
        if month.first_date <= longest.last_date:
            yield _overlap(longest, month)
        longest = max(longest, month, key=lambda m: m.last_date)
    left = [day for day in _dates_of(school) if not _billed(term, day)]
    if left:
        text = UNBILLED.fill(days=_dates(left))
        yield Problem("unbilled", "term", None, None, str(left[0]), text)
    for number, cost in enumerate(school.costs):
        if not _billed(term, cost.day):
            text = COST_UNBILLED.fill(day=cost.day, months=listed(m.id for m in months))
            yield Problem("unbilled", "costs", number, "day", str(cost.day), text)


def _overlap(one: BillingMonth, other: BillingMonth) -> Problem:
    first, last = other.first_date, min(one.last_date, other.last_date)
    days = run_text((first, last))
    text = MONTHS_OVERLAP.fill(month=other.id, other=one.id, days=days)
    return Problem("months-overlap", "term", None, "billing_months", other.id, text)


def _billed(term: Term, day: date) -> bool:
    try:
        month_of(term, day)
    except NoBillingMonthError:
        return False
    return True


def _stay(
    term: Term, dates: Sequence[date] | None, number: int, student: "Student"
) -> Iterator[Problem]:
    """Find what is wrong with when a student joins and leaves."""
    joins, leaves = student.joins or term.first_date, student.leaves or term.last_date
    outside = False
    for field, day in (("joins", student.joins), ("leaves", student.leaves)):
        if day is not None and not term.first_date <= day <= term.last_date:
            outside = True
            text = STUDENT_OUTSIDE.fill(day=day, first=term.first_date, last=term.last_date)
            yield Problem("outside-term", "students", number, field, str(day), text)
    if outside:
        return
    field = "joins" if student.leaves is None else "leaves"
    value = str(getattr(student, field))
    if leaves < joins:
        text = LEAVES_FIRST.fill(leaves=leaves, joins=joins)
        yield Problem("leaves-first", "students", number, field, value, text)
        return
    if dates is None:
        return
    place = bisect_left(dates, joins)
    if place == len(dates) or dates[place] > leaves:
        text = NEVER_THERE.fill(joins=joins, leaves=leaves)
        yield Problem("never-there", "students", number, field, value, text)
