"""Pinned seats that no plan can give, each where it stands."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

from models import Problem, SeatLock, Text
from optimizer.checks import content
from optimizer.checks._closed import cause
from optimizer.checks._pinned_people import in_care, staffed
from optimizer.checks._prospects import Prospects, Way
from optimizer.checks.base import join_ids, join_texts, named, slot_text, students_text
from optimizer.checks.cross_grade import may_mix

MOST_STEPS = 20_000
"""Looking for times that do not clash is given up after so many."""

YES_AND_NO = Text(
    "学生 {student} 在课程 {course} 的座位既锁定为“是”又锁定为“否”；请删去其一。",
    "the seat of student {student} in course {course} is pinned both yes and no: delete one.",
)
NEVER_WISHED = Text(
    "学生 {student} 没有填课程 {course} 的志愿，不能有座位；请加上志愿，或删去这一行。",
    "student {student} did not wish for course {course} and cannot have a seat in it: add the "
    "wish, "
    "or delete this row.",
)
EXCLUDED = Text(
    "学生 {student} 属于政策排除的群体，不能有座位；请删去这一行。",
    "student {student} is excluded by the policy and cannot have a seat: delete this row.",
)
WRONG_GRADE = Text(
    "课程 {course} 不对 {grade} 年级（学生 {student}）开放；请删去这一行。",
    "course {course} is not for grade {grade} of student {student}: delete this row.",
)
BARRED = Text(
    "政策不允许学生 {student} 参加课程 {course}：{bans}；请删去这一行。",
    "the policy bars course {course} for student {student}: {bans}; delete this row.",
)
NO_CLUBS = Text(
    "学生 {student} 的社团数为 0，不能有座位；请改社团数，或删去这一行。",
    "student {student} wants 0 clubs and cannot have a seat: change the number, or delete this "
    "row.",
)
NEVER_OPENS = Text(
    "课程 {course} 不可能开班，学生 {student} 不能有座位：{why}",
    "course {course} can never open, so that student {student} cannot have a seat: {why}",
)
CLOSED = Text(
    "课程 {course} 不开班（最多 0 班），学生 {student} 不能有座位；请更正其一。",
    "course {course} opens no section (at most 0), so that student {student} cannot have a seat: "
    "change either.",
)
NOT_HIS_TIME = Text(
    "课程 {course} 可行的时间没有一个适合学生 {student}（看其时段、政策的时间规定和指名的教师）；"
    "请改时段，或删去这一行。",
    "none of the times at which course {course} could be held suits student {student} (slots, the "
    "policy's hours, the teacher named): change the slots, or delete this row.",
)
TOO_MANY_CLUBS = Text(
    "学生 {student} 锁定了 {count} 门课的座位，但社团数为 {limit}；请删去几行，或改社团数。",
    "student {student} has {count} seats pinned but wants at most {limit} clubs: delete some, or "
    "change the number.",
)
CLASH = Text(
    "学生 {student} 锁定的座位（{courses}）在任何时间表中都相互冲突；请删去其一。",
    "the pinned seats of student {student} ({courses}) clash in every timetable: delete one.",
)
TOO_MANY_THEN = Text(
    "课程 {course} 在 {slot} 锁定了 {count} 个座位（学生 {students}），但届时的教师和教室"
    "最多只够 {limit} 个（{sections} 班，每班 {places} 人）；请删去几行，或改其时段。",
    "course {course} has {count} seats pinned on {slot} (students {students}), but leaders and "
    "rooms are there for at most {limit} then ({sections} sections of {places}): delete some, or "
    "change their slots.",
)
TOO_MANY = Text(
    "课程 {course} 锁定了 {count} 个座位（学生 {students}），但最多只有 {limit} 个"
    "（{sections} 班，每班 {places} 人）；请删去几行，或改人数、班数。",
    "course {course} has {count} seats pinned (students {students}) but at most {limit} "
    "({sections} "
    "sections of {places}): delete some, or change sizes or sections.",
)
NOT_TOGETHER = Text(
    "课程 {course} 只开一班，锁定的学生 {students} 没有任何时间都能来（或年级不能同班）；"
    "请删去几行。",
    "course {course} opens one section, and at no time can all pinned students {students} come (or "
    "their grades may not mix): delete some.",
)


def seat_pins(prospects: Prospects) -> Iterator[Problem]:
    """Find pinned seats that cannot be given."""
    school = prospects.school
    alone: set[int] = set()
    seen: dict[tuple[str, str], tuple[int, bool]] = {}
    for number, lock in enumerate(school.locks):
        if not isinstance(lock, SeatLock):
            continue
        key = (lock.student, lock.course)
        first, granted = seen.setdefault(key, (number, lock.granted))
        if granted is not lock.granted:
            text = YES_AND_NO.fill(student=lock.student, course=named(school.course[lock.course]))
            yield _problem("lock-yes-and-no", number, "granted", lock, text, first)
            alone |= {first, number}
    for number, lock in enumerate(school.locks):
        if isinstance(lock, SeatLock) and lock.granted and number not in alone:
            found = _alone(prospects, lock)
            if found is not None:
                code, field, text = found
                yield _problem(code, number, field, lock, text)
                alone.add(number)
    # What is wrong by itself is not said again of the whole.
    pins = [
        (number, lock)
        for number, lock in enumerate(school.locks)
        if isinstance(lock, SeatLock) and lock.granted and number not in alone
    ]
    yield from _by_student(prospects, pins)
    yield from _by_course(prospects, pins)


def _problem(
    code: str, number: int, field: str, lock: SeatLock, text: Text, earlier: int | None = None
) -> Problem:
    value = str(getattr(lock, field))
    return Problem(code, "locks", number, field, value, text, earlier=earlier)


def _alone(prospects: Prospects, lock: SeatLock) -> tuple[str, str, Text] | None:
    """Say why a seat cannot be given whatever else is pinned."""
    school, course = prospects.school, prospects.school.course[lock.course]
    student, grade = school.student[lock.student], school.grade_of[lock.student]
    facts: dict[str, object] = {"student": lock.student, "course": named(course)}
    if all(wish.course != course.id for wish in school.wishes_of[student.id]):
        return "lock-not-wished", "course", NEVER_WISHED.fill(**facts)
    if student.id in school.excluded:
        return "lock-excluded", "student", EXCLUDED.fill(**facts)
    if grade not in course.grades:
        return "lock-grade", "course", WRONG_GRADE.fill(grade=grade, **facts)
    bans = content.policy_bars(school, course, grade)
    if bans:
        return "lock-barred", "course", BARRED.fill(bans=join_texts(bans), **facts)
    if not student.max_clubs:
        return "lock-no-clubs", "student", NO_CLUBS.fill(**facts)
    return _no_way(prospects, lock, facts)


def _no_way(
    prospects: Prospects, lock: SeatLock, facts: dict[str, object]
) -> tuple[str, str, Text] | None:
    """Say why there is no way to hold the course that suits the student."""
    if not prospects.most_sections(lock.course):
        return "lock-closed", "course", CLOSED.fill(**facts)
    if prospects.unknown(lock.course):
        return None
    his = _ways_of(prospects, lock)
    if his:
        if staffed(prospects, lock.course, his):
            return None
        return "lock-staff-in-care", "course", in_care(prospects, lock.course, his)
    why = None
    if not prospects.ways(lock.course):
        why = cause(prospects, prospects.school.course[lock.course])
    if why is not None:
        return "lock-never-opens", "course", NEVER_OPENS.fill(why=why[1], **facts)
    return "lock-no-time", "course", NOT_HIS_TIME.fill(**facts)


def _ways_of(prospects: Prospects, lock: SeatLock) -> list[Way]:
    slots = prospects.pinned_slots[lock.student, lock.course]
    return [
        way
        for way in prospects.ways(lock.course)
        if lock.student in way.takers and slots <= way.slots
    ]


Pins = list[tuple[int, SeatLock]]


def _by_student(prospects: Prospects, pins: Pins) -> Iterator[Problem]:
    school = prospects.school
    last = dict(pins)
    own: dict[str, dict[str, int]] = defaultdict(dict)
    for number, lock in pins:
        own[lock.student][lock.course] = number
    for student, courses in own.items():
        limit, number = school.student[student].max_clubs, max(courses.values())
        lock = last[number]
        if len(courses) > limit:
            text = TOO_MANY_CLUBS.fill(student=student, count=len(courses), limit=limit)
            yield _problem("lock-too-many-clubs", number, "student", lock, text)
        elif len(courses) > 1 and not any(map(prospects.unknown, courses)):
            ways = [
                [way.slots for way in _ways_of(prospects, last[row])] for row in courses.values()
            ]
            if not _fit(prospects, sorted(ways, key=len)):
                named_all = join_ids(school.course[c].id for c in courses)
                text = CLASH.fill(student=student, courses=named_all)
                yield _problem("lock-clash", number, "course", lock, text)


def _fit(prospects: Prospects, ways: list[list[frozenset[str]]]) -> bool:
    """Tell whether one way of each course can be had without overlaps; true when in doubt."""
    slot, steps = prospects.school.slot, count()

    def go(depth: int, taken: list[str]) -> bool:
        if depth == len(ways) or next(steps) > MOST_STEPS:
            return True
        return any(
            not any(slot[a].overlaps(slot[b]) for a in slots for b in taken)
            and go(depth + 1, [*taken, *slots])
            for slots in ways[depth]
        )

    return go(0, [])


def _by_course(prospects: Prospects, pins: Pins) -> Iterator[Problem]:
    school = prospects.school
    last = dict(pins)
    own: dict[str, dict[str, int]] = defaultdict(dict)
    for number, lock in pins:
        own[lock.course][lock.student] = number
    for course, students in own.items():
        if prospects.unknown(course) or not prospects.ways(course):
            continue
        number, sections = max(students.values()), prospects.most_sections(course)
        places = prospects.places(course)
        lock = last[number]
        facts = {"course": named(school.course[course]), "students": students_text([*students])}
        if len(students) > sections * places:
            limits = {"limit": sections * places, "sections": sections, "places": places}
            text = TOO_MANY.fill(count=len(students), **limits, **facts)
            first = min(students.values())
            yield _problem("lock-too-many", number, "course", lock, text, first)
        elif sections == 1 and not _together(prospects, course, [*students]):
            yield _problem("lock-apart", number, "course", lock, NOT_TOGETHER.fill(**facts))
        else:
            yield from _at_one_time(prospects, course, students)


def _together(prospects: Prospects, course: str, students: list[str]) -> bool:
    school, about = prospects.school, prospects.school.course[course]
    grades = sorted({school.grade_of[s] for s in students})
    return may_mix(school, about, grades) and any(
        set(students) <= {*way.takers} for way in prospects.ways(course)
    )


def _at_one_time(prospects: Prospects, course: str, rows: dict[str, int]) -> Iterator[Problem]:
    """Find a slot with more pinned seats than the sections hold that could meet then."""
    school, about = prospects.school, prospects.school.course[course]
    at: dict[str, list[str]] = defaultdict(list)
    for student in rows:
        for name in prospects.pinned_slots[student, course]:
            at[name].append(student)
    for name, students in sorted(at.items()):
        ways = [way for way in prospects.ways(course) if name in way.slots]
        staff = {person for way in ways for person in prospects.free_staff(way)}
        rooms = {room for way in ways for room in way.rooms}
        sections = min(
            prospects.most_sections(course), len(staff) // about.staff_needed, len(rooms)
        )
        places = min(about.max_size, max((school.room[r].seats for r in rooms), default=0))
        if len(students) > sections * places:
            number = max(rows[student] for student in students)
            lock = school.locks[number]
            facts = {"limit": sections * places, "sections": sections, "places": places}
            text = TOO_MANY_THEN.fill(
                course=named(about),
                slot=slot_text(school.slot[name]),
                count=len(students),
                students=students_text(students),
                **facts,
            )
            value = " ".join(lock.slots) if isinstance(lock, SeatLock) else ""
            yield Problem("lock-too-many-then", "locks", number, "slots", value, text)
            return
