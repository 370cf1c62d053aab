"""The topics of a public notice that tell how the service runs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby, zip_longest

from models import (
    CareContent,
    Slot,
    SlotUse,
    StaffKind,
    Text,
    clock,
    listed,
    weekday_text,
)
from models.calendar import days
from optimizer.checks import grades_of
from optimizer.report.columns import Cell
from optimizer.report.ledger_book import TOTAL, LedgerBook
from optimizer.report.ledger_words import STAFF_KINDS
from optimizer.report.lottery import NUMBER_RULE, RULE
from optimizer.report.naming import meetings, spans
from optimizer.report.notice_parts import Blank, Block, Part, Table, evenly
from optimizer.report.outside import outside_text
from optimizer.report.words import percent

TERM = Text(
    "本学期自 {first} 起至 {last} 止，共 {count} 个服务日。",
    "The term runs from {first} to {last} and has {count} days of service.",
)
WEEKDAYS, TIME, FOR = Text("星期", "Days"), Text("时间", "Time"), Text("安排", "What")
GRADES, GRADE = Text("年级", "Grades"), Text("年级", "Grade")
EVERY_GRADE = Text("全部年级", "all")
USES = {
    SlotUse.ANY: Text("社团活动或基础托管", "clubs or base care"),
    SlotUse.CARE_ONLY: Text("基础托管", "base care"),
    SlotUse.CLUBS_ONLY: Text("社团活动", "clubs"),
}
CONTENTS = {
    CareContent.HOMEWORK: Text("作业辅导", "homework"),
    CareContent.READING: Text("阅读", "reading"),
}
EVENING = Text("晚自习", "evening study")
DETAIL = Text("{use}（{detail}）", "{use} ({detail})")
MAKE_UP = Text("调休补课日照常服务：{days}。", "Make-up days with service: {days}.")
FOLLOWS = Text("{day}（按{weekday}安排）", "{day} (as on {weekday})")
OFF = Text("不开展服务的日期：{days}。", "No service on {days}.")
DAYS_TO = Text("{first}至{last}", "{first} to {last}")
TO = Text("{first} 至 {last}", "{first} to {last}")

COURSE, TEACHER = Text("课程", "Course"), Text("教师", "Teacher")
ROOM, PLACES = Text("教室", "Room"), Text("名额", "Seats")
NO_CLUBS = Text("本学期没有开设社团课程。", "No club runs this term.")
NOT_OPENED = Text("本学期未开班：{courses}。", "Not opened this term: {courses}.")
CARE = Text(
    "另设基础托管，每周 {count} 组次，内容：{contents}。",
    "Base care besides: {count} groups a week; {contents}.",
)
METHOD = Text("服务方式", "How the service is organised")
LOTTERY = Text(
    "录取按志愿进行。{rule}{number}。每名学生的抽签次序和抽签号见方案工作簿的“抽签”表。",
    "Places go by the families' ranked wishes. {rule} {number}. Every student's place in the draw "
    "and number are on the sheet Lottery of the plan's workbook.",
)
SAFETY = Text("安全措施", "Safety measures")
COMPLAINTS = Text("投诉举报电话", "Where to complain (office, telephone)")
HOMEWORK_MONTHLY = Text(
    "作业布置与批改情况每月公示。", "How homework is set and checked is published every month."
)
HOMEWORK = Text("本月作业布置与批改情况", "How homework was set and checked this month")
HOMEWORK_LINES = 4

KIND, PEOPLE = Text("类别", "Kind"), Text("人数", "People")
PERIODS, SHARE = Text("课时", "Periods"), Text("课时占比", "Share of periods")
NOBODY = Text("本学期没有安排教师。", "Nobody is on duty this term.")
SEATS, MOST = Text("可容纳人数", "Capacity"), Text("同时最多人数", "Most at a time")
NO_ROOMS = Text("本学期没有使用教室。", "No room is used this term.")
MANY_ROOMS = 6
"""Rooms from which on two stand beside each other."""
MOST_MONTHS = 8
"""Months that fit beside each other on the paper; of more, only the total is given."""
PLANNED = Text("以下为计划课时。", "Periods as planned.")
WORKED = Text("以下为实际出勤课时。", "Periods really worked.")


def service_time(of: LedgerBook, _month: str | None) -> Part:
    """Tell the days and times of service, make-up days, and days without."""
    school, say = of.school, of.book.say
    term, dates = school.term, of.ledger.service_days
    text = TERM.fill(first=term.first_date, last=term.last_date, count=len(dates))
    rows = [
        (_weekdays(of, weekdays), _clocks(slot), say(_use(slot)), _grades(of, slot.grades))
        for slot, weekdays in _alike(school.slots).items()
    ]
    heads = tuple(say(head) for head in (WEEKDAYS, TIME, FOR, GRADES))
    blocks: list[Block] = [say(text), Table(heads, tuple(rows), (4, 4, 12, 4))]
    make_up = [
        say(FOLLOWS.fill(day=m.date, weekday=weekday_text(m.follows)))
        for m in sorted(term.make_up_days, key=lambda m: m.date)
        if m.date in dates
    ]
    if make_up:
        blocks.append(say(MAKE_UP.fill(days=of.book.names.join(make_up))))
    off = [
        day
        for day in days(term.first_date, term.last_date)
        if day.isoweekday() in school.weekdays.intersection(term.service_weekdays)
        and day not in dates
    ]
    if off:
        stretches = [say(text) for text in _stretches(off)]
        blocks.append(say(OFF.fill(days=of.book.names.join(stretches))))
    return Part("", tuple(blocks))


def _clocks(slot: Slot) -> str:
    return f"{clock(slot.start_minute)}-{clock(slot.end_minute)}"


def _alike(slots: Iterable[Slot]) -> dict[Slot, list[int]]:
    """Put slots that differ in nothing but the weekday together."""
    found: dict[Slot, list[int]] = {}
    for slot in sorted(slots, key=lambda s: (s.weekday, s.start_minute, s.end_minute)):
        any_day = slot.model_copy(update={"id": "", "weekday": 1})
        found.setdefault(any_day, []).append(slot.weekday)
    return found


def _weekdays(of: LedgerBook, weekdays: Iterable[int]) -> str:
    runs = groupby(enumerate(sorted(set(weekdays))), key=lambda pair: pair[1] - pair[0])
    said: list[Text] = []
    for _, run in runs:
        stretch = [weekday_text(day) for _, day in run]
        if len(stretch) > 2:
            stretch = [DAYS_TO.fill(first=stretch[0], last=stretch[-1])]
        said += stretch
    return of.book.say(listed(said))


def _grades(of: LedgerBook, grades: Iterable[int]) -> str:
    return of.book.names.join(spans(grades)) or of.book.say(EVERY_GRADE)


def _use(slot: Slot) -> Text:
    details = [EVENING] if slot.evening_study else []
    if slot.use is not SlotUse.CLUBS_ONLY:
        details.append(CONTENTS[slot.care_content])
    return DETAIL.fill(use=USES[slot.use], detail=listed(details)) if details else USES[slot.use]


def _stretches(dates: Iterable[date]) -> Iterator[Text]:
    """Write dates shortly: neighbouring ones as a stretch."""
    numbered = enumerate(dates)
    for _, run in groupby(numbered, key=lambda pair: pair[1] - timedelta(pair[0])):
        stretch = [day for _, day in run]
        one = Text(str(stretch[0]), str(stretch[0]))
        yield TO.fill(first=stretch[0], last=stretch[-1]) if len(stretch) > 1 else one


def menu(of: LedgerBook, _month: str | None) -> Part:
    """List every group that runs: grades, time, teacher, room and places."""
    school, names, say = of.school, of.book.names, of.book.say
    rows: list[tuple[Cell, ...]] = []
    for section in names.sections:
        course = school.course[section.course]
        who, where = names.staff(section.staff), names.room(section.room)
        places = min(course.max_size, school.room[section.room].seats)
        when = names.times(section.slots)
        what = names.section(section.id)
        rows.append((what, names.join(spans(grades_of(school, section))), when, who, where, places))
    heads = tuple(say(head) for head in (COURSE, GRADE, TIME, TEACHER, ROOM, PLACES))
    blocks: list[Block] = [say(NO_CLUBS)]
    if rows:
        blocks = [Table(heads, tuple(rows), (4, 2, 6, 5, 5, 2))]
    opened = {section.course for section in of.book.plan.sections}
    closed = [names.course(course.id) for course in school.courses if course.id not in opened]
    if closed:
        blocks.append(say(NOT_OPENED.fill(courses=names.join(closed))))
    if groups := of.book.plan.care_groups:
        contents = dict.fromkeys(say(CONTENTS[school.slot[g.slot].care_content]) for g in groups)
        blocks.append(say(CARE.fill(count=len(groups), contents=names.join(contents))))
    return Part("", tuple(blocks))


def method(of: LedgerBook, _month: str | None) -> Part:
    """Give the school's own words on how the service is organised, and how places are given."""
    number = NUMBER_RULE.fill(seed=of.book.plan.lottery_seed)
    lottery = of.book.say(LOTTERY.fill(rule=RULE, number=number))
    return Part("", (_said(of, of.school.settings.notice.method, METHOD), lottery))


def safety(of: LedgerBook, _month: str | None) -> Part:
    """Give the school's safety measures."""
    return Part("", (_said(of, of.school.settings.notice.safety, SAFETY),))


def complaints(of: LedgerBook, _month: str | None) -> Part:
    """Tell where to complain."""
    return Part("", (_said(of, of.school.settings.notice.complaints, COMPLAINTS),))


def _said(of: LedgerBook, text: str, label: Text) -> Block:
    return text or Blank(of.book.say(label), 2)


def staff(of: LedgerBook, _month: str | None) -> Part:
    """Count people and periods by kind, and what share of the periods own staff give."""
    people: Counter[StaffKind] = Counter()
    periods: Counter[StaffKind] = Counter()
    for person, worked in of.periods.items():
        kind = of.school.teacher[person].kind
        people[kind] += 1
        periods[kind] += sum(worked.values())
    if not people:
        return Part("", (of.book.say(NOBODY),))
    whole = sum(periods.values())
    rows: list[tuple[Cell, ...]] = [
        (of.book.say(STAFF_KINDS[kind]), people[kind], periods[kind], _share(periods[kind], whole))
        for kind in StaffKind
        if people[kind]
    ]
    rows.append((of.book.say(TOTAL), sum(people.values()), whole, _share(whole, whole)))
    heads = tuple(of.book.say(head) for head in (KIND, PEOPLE, PERIODS, SHARE))
    table = Table(heads, tuple(rows), (9, 5, 5, 5), total=True)
    outside = of.book.figures.outside
    said = [] if outside is None else [of.book.say(outside_text(outside))]
    return Part("", (table, *said))


def _share(part: int, whole: int) -> str:
    return f"{percent(part, whole)}%"


def places(of: LedgerBook, _month: str | None) -> Part:
    """List the rooms in use, what they hold, and how many are in them at most."""
    most: dict[str, int] = {}
    for _, group in meetings(of.book.plan):
        most[group.room] = max(most.get(group.room, 0), len(group.students))
    rows = tuple(
        (of.book.names.room(room.id), room.seats, most[room.id])
        for room in of.school.rooms
        if room.id in most
    )
    if not rows:
        return Part("", (of.book.say(NO_ROOMS),))
    heads = tuple(of.book.say(head) for head in (ROOM, SEATS, MOST))
    if len(rows) < MANY_ROOMS:
        return Part("", (Table(heads, rows, (12, 6, 6)),))
    half, none = -(-len(rows) // 2), ("", "", "")
    pairs = zip_longest(rows[:half], rows[half:], fillvalue=none)
    beside: list[tuple[Cell, ...]] = [(*left, *right) for left, right in pairs]
    return Part("", (Table(heads * 2, tuple(beside), (6, 3, 3) * 2),))


def attendance(of: LedgerBook, month: str | None) -> Part:
    """List the periods that everyone worked in the months that are over, or in one of them.

    Before the first is over they are those of the plan.
    """
    done = of.ledger.settled_months
    months = (month,) if month is not None else done or of.ledger.months
    everything = months
    if len(months) > MOST_MONTHS:
        months = ()
    rows: list[tuple[Cell, ...]] = []
    for person in of.school.teachers:
        worked = of.periods.get(person.id, Counter())
        counts = [worked[name] for name in months]
        total = [sum(worked[name] for name in everything)] if month is None else []
        if sum(counts) + sum(total):
            rows.append((of.book.names.teacher(person.id), *counts, *total))
    note = of.book.say(WORKED if done else PLANNED)
    if not rows:
        return Part("", (note, of.book.say(NOBODY)))
    sums = [sum(int(row[column]) for row in rows) for column in range(1, len(rows[0]))]
    rows.append((of.book.say(TOTAL), *sums))
    heads = (of.book.say(TEACHER), *months, *([of.book.say(TOTAL)] if month is None else []))
    return Part("", (note, Table(heads, tuple(rows), evenly(len(heads), 6), total=True)))


def homework(of: LedgerBook, month: str | None) -> Part:
    """Leave room for how homework was set and checked in a month, which no record tells."""
    if month is None:
        return Part("", (of.book.say(HOMEWORK_MONTHLY),))
    return Part("", (Blank(of.book.say(HOMEWORK), HOMEWORK_LINES),))
