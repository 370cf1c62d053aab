"""The sheets that are one table each: timetable, students, classes, staff, rooms, care, unmet."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from models import HomeClass, Plan, Text, UnmetWish
from optimizer.ledger import term_pay_fen, work_of
from optimizer.report.book import Book, internal_link
from optimizer.report.columns import Cell, Layout
from optimizer.report.naming import Group, meetings, whereabouts
from optimizer.report.refusals import Refusals

TIMETABLE = Text("课程总表", "Timetable")
STUDENTS = Text("学生去向", "Students")
TEACHERS = Text("教师课表", "Staff")
ROOMS = Text("教室课表", "Rooms")
CARE = Text("基础托管", "Base care")
UNMET = Text("未满足志愿", "Wishes not granted")
CLASS = Text("{name} 去向表", "{name}: where everyone goes")

TIMETABLE_NOTE = Text("点击班组可跳到签到表。", "Click a group for its attendance sheet.")
CARE_NOTE = Text("点击教室可跳到签到表。", "Click a room for its attendance sheet.")
NO_GROUPS = Text("没有开班。", "No group was opened.")
NO_CARE = Text("没有托管组。", "There is no base care.")
BLANK_NOTE = Text("空白表示该时段不在校。", "Blank: not at school at that time.")
STUDENTS_NOTE = Text(
    "{blank}供查找、筛选；打印请用各班的去向表。",
    "{blank} For looking up; to print, take the sheets of the classes.",
)
OWN_ROOM_NOTE = Text(
    "托管未写教室的在本班教室。{blank}", "Care without a room: in the class's own room. {blank}"
)
CLASS_NOTE = Text(
    "班主任：{teacher}    学生 {count} 人    {blank}",
    "Homeroom teacher: {teacher}    {count} students    {blank}",
)
UNMET_NOTE = Text(
    "只列学生本会接受而未录取的志愿；“可改选”是该生现在仍能参加的班，其中一个空位只留给他，"
    "写明“已调剂”的已安排到该班。",
    "Only wishes the student would have taken; the alternative has a free seat that is kept for "
    "him alone, or is where he was moved to.",
)
NO_WISHES_UNMET = Text("全部志愿均已满足。", "Every wish was granted.")

ID, NAME, HOME = Text("编号", "Id"), Text("姓名", "Name"), Text("班级", "Class")
ROOM_NAME = Text("名称", "Name")
WEEKDAY, TIME, ROOM = Text("星期", "Day"), Text("时间", "Time"), Text("教室", "Room")
TEACHER, GRADES, COUNT = Text("教师", "Staff"), Text("年级", "Grades"), Text("人数", "Students")
GROUP_ID, COURSE_ID = Text("班组编号", "Group id"), Text("课程编号", "Course id")
SLOT_ID, ROOM_ID = Text("时段编号", "Slot id"), Text("教室编号", "Room id")
TEACHER_ID = Text("教师编号", "Staff id")
COURSE, GROUP = Text("课程", "Course"), Text("班组", "Group")
MOST, LEAST = Text("最多", "Most"), Text("最少", "Least")
RANK, REASON = Text("志愿序号", "Rank"), Text("原因", "Reason")
ALTERNATIVE = Text("可改选", "Alternative")
PERIODS = Text("每周课时", "Periods a week")
PAY = Text("全学期课酬（元）", "Pay over the term (yuan)")
CLUBS = Text("录取社团数", "Clubs")
SEATS = Text("座位", "Seats")
MEMBERS = Text("学生", "Students by class")

Places = dict[str, tuple[str, int]]
"""Sheet and row of each group's roster."""


def timetable(book: Book, sheet: Any, rosters: Places) -> None:
    """Write every meeting of every section by day and time, linked to its roster."""
    names, school = book.names, book.school
    order = {slot: number for number, slot in enumerate(names.slots)}
    # A stable sort: at one time the groups stay in the order of the menu.
    held = sorted(
        ((slot, s) for s in names.sections for slot in s.slots), key=lambda m: order[m[0]]
    )
    rows: list[list[Cell]] = []
    for slot, section in held:
        course = school.course[section.course]
        day, time = names.slot(slot).split(" ")
        rows.append(
            [
                day,
                time,
                names.section(section.id),
                names.room(section.room),
                names.staff(section.staff),
                names.grades(section),
                len(section.students),
                course.min_size,
                min(course.max_size, school.room[section.room].seats),
                *(section.id, section.course, slot, section.room, " ".join(section.staff)),
            ]
        )
    heads = (WEEKDAY, TIME, GROUP, ROOM, TEACHER, GRADES, COUNT, LEAST, MOST)
    ids = (GROUP_ID, COURSE_ID, SLOT_ID, ROOM_ID, TEACHER_ID)
    titles = [book.say(head) for head in (*heads, *ids)]
    note = book.say(TIMETABLE_NOTE if rows else NO_GROUPS)
    layout = Layout(frozen=3, unprinted=len(ids))
    first = book.table(sheet, book.say(TIMETABLE), titles, rows, note, layout)
    for number, (_, section) in enumerate(held, start=first):
        name, row = rosters[section.id]
        label = names.section(section.id)
        sheet.write_url(number, 2, internal_link(name, row), book.format["link"], label)


def _slot_heads(book: Book, slots: Sequence[str]) -> list[str]:
    return [book.names.slot(slot).replace(" ", "\n") for slot in slots]


def _days(book: Book, slots: Sequence[str]) -> list[int]:
    """Count the slots of each day that has any."""
    return list(Counter(book.school.slot[slot].weekday for slot in slots).values())


def students(book: Book, sheet: Any) -> None:
    """Write one line a student: where he is at each slot."""
    names = book.names
    where = whereabouts(book.plan)
    clubs = _clubs(book.plan)
    rows: list[list[Cell]] = []
    for s in names.by_class(book.school.student):
        person: list[Cell] = [s, names.student(s), names.home(s), clubs.get(s, 0)]
        at = where.get(s, {})
        rows.append(person + [names.goes_to(s, at.get(slot)) for slot in names.slots])
    heads = [book.say(h) for h in (ID, NAME, HOME, CLUBS)] + _slot_heads(book, names.slots)
    layout = Layout(frozen=3, days=_days(book, names.slots), looked_up=True)
    note = STUDENTS_NOTE.fill(blank=BLANK_NOTE)
    book.table(sheet, book.say(STUDENTS), heads, rows, book.say(note), layout)


def _clubs(plan: Plan) -> dict[str, int]:
    counts: dict[str, int] = {}
    for section in plan.sections:
        for student in section.students:
            counts[student] = counts.get(student, 0) + 1
    return counts


def classes(book: Book, sheets: dict[str, Any]) -> None:
    """Write one sheet a class for its homeroom teacher, with the slots at which anyone is there."""
    where = whereabouts(book.plan)
    members: dict[str, list[str]] = {name: [] for name in sheets}
    for student in book.names.by_class(book.school.student):
        members[book.school.student[student].home_class].append(student)
    for home in book.names.classes:
        week = {student: where.get(student, {}) for student in members[home.id]}
        _class(book, sheets[home.id], home, week)


def _class(book: Book, sheet: Any, home: HomeClass, week: dict[str, dict[str, Group]]) -> None:
    names = book.names
    slots = [slot for slot in names.slots if any(slot in at for at in week.values())]
    rows: list[list[Cell]] = [
        [
            *(student, names.student(student)),
            *(names.goes_to(student, at.get(slot), home.home_room) for slot in slots),
        ]
        for student, at in week.items()
    ]
    heads = [book.say(ID), book.say(NAME), *_slot_heads(book, slots)]
    teacher = names.staff([home.homeroom_teacher] if home.homeroom_teacher else [])
    blank = BLANK_NOTE if home.home_room is None else OWN_ROOM_NOTE.fill(blank=BLANK_NOTE)
    note = CLASS_NOTE.fill(teacher=teacher or "-", count=len(rows), blank=blank)
    title = book.say(CLASS.fill(name=names.home_class(home.id)))
    layout = Layout(frozen=2, days=_days(book, slots))
    book.table(sheet, title, heads, rows, book.say(note), layout)


def staff(book: Book, sheet: Any) -> None:
    """Write one line a person: what he does at each slot, and his pay."""
    names, school = book.names, book.school
    duties: dict[str, dict[str, str]] = {}
    for slot, group in meetings(book.plan):
        for teacher in group.staff:
            label = f"{names.group(group)}\n{names.room(group.room)}"
            duties.setdefault(teacher, {})[slot] = label
    pay = {
        who: term_pay_fen(school, slots, school.teacher[who])
        for who, slots in work_of(book.plan).items()
    }
    rows: list[list[Cell]] = []
    for person in school.teachers:
        at = duties.get(person.id, {})
        own: list[Cell] = [
            person.id,
            names.teacher(person.id),
            len(at),
            Decimal(pay.get(person.id, 0)) / 100,
        ]
        rows.append(own + [at.get(slot, "") for slot in names.slots])
    heads = [book.say(h) for h in (ID, NAME, PERIODS, PAY)] + _slot_heads(book, names.slots)
    book.table(
        sheet, book.say(TEACHERS), heads, rows, "", Layout(frozen=2, days=_days(book, names.slots))
    )


def rooms(book: Book, sheet: Any) -> None:
    """Write one line a room: what happens in it at each slot."""
    names = book.names
    bookings: dict[str, dict[str, str]] = {}
    for slot, group in meetings(book.plan):
        label = f"{names.group(group)}\n{names.staff(group.staff)}"
        bookings.setdefault(group.room, {})[slot] = label
    rows: list[list[Cell]] = [
        [
            r.id,
            names.room(r.id),
            r.seats,
            *(bookings.get(r.id, {}).get(slot, "") for slot in names.slots),
        ]
        for r in names.rooms
    ]
    heads = [book.say(h) for h in (ID, ROOM_NAME, SEATS)] + _slot_heads(book, names.slots)
    book.table(
        sheet, book.say(ROOMS), heads, rows, "", Layout(frozen=2, days=_days(book, names.slots))
    )


def care(book: Book, sheet: Any, rosters: Places) -> None:
    """Write one line a care group, with its students by class, linked to its roster."""
    names, school = book.names, book.school
    rows: list[list[Cell]] = []
    for group in names.care_groups:
        homes: dict[str, list[str]] = {}
        for student in names.by_class(group.students):
            home_class = school.student[student].home_class
            homes.setdefault(home_class, []).append(names.student(student))
        lists = [f"{names.home_class(c)}: {names.join(people)}" for c, people in homes.items()]
        day, time = names.slot(group.slot).split(" ")
        people: list[Cell] = [names.grades(group), len(group.students), "\n".join(lists)]
        ids = (group.slot, group.room, " ".join(group.staff))
        rows.append([day, time, names.room(group.room), names.staff(group.staff), *people, *ids])
    heads = (WEEKDAY, TIME, ROOM, TEACHER, GRADES, COUNT, MEMBERS, SLOT_ID, ROOM_ID, TEACHER_ID)
    said, note = [book.say(head) for head in heads], book.say(CARE_NOTE if rows else NO_CARE)
    first = book.table(
        sheet, book.say(CARE), said, rows, note, Layout(frozen=3, widest=90, unprinted=3)
    )
    for number, group in enumerate(names.care_groups, start=first):
        link, room = internal_link(*rosters[group.id]), names.room(group.room)
        sheet.write_url(number, 2, link, book.format["link"], room)


def unmet(book: Book, sheet: Any) -> None:
    """Write every wish not granted, with its reason and the nearest alternative."""
    names = book.names
    sections = {section.id: section for section in book.plan.sections}
    refusals = Refusals(names)

    def line(wish: UnmetWish) -> list[Cell]:
        course = names.course(wish.course)
        other = sections[wish.alternative] if wish.alternative is not None else None
        offer = "" if other is None else names.alternative(wish.student, other)
        person = [wish.student, names.student(wish.student), names.home(wish.student)]
        return [*person, wish.rank, course, refusals.said(wish), offer]

    rows: Sequence[Sequence[Cell]] = [line(wish) for wish in book.plan.unmet]
    heads = [book.say(h) for h in (ID, NAME, HOME, RANK, COURSE, REASON, ALTERNATIVE)]
    note = UNMET_NOTE if rows else NO_WISHES_UNMET
    book.table(sheet, book.say(UNMET), heads, rows, book.say(note), Layout(frozen=2))
