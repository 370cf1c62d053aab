"""Courses make sense: sizes, grades, somebody to lead them, a room to hold them."""

from collections.abc import Collection, Iterator, Mapping

from models.contents import CONTENT_NAMES, known_contents, meant_content, nearest_content
from models.items import ITEMS, Subject
from models.menu import Course, Room
from models.problems import Problem
from models.school_data import SchoolData
from models.text import Text, listed

SIZE_BACKWARDS = Text(
    "最少人数 {low} 大于最多人数 {high}；请更正其一。",
    "the minimum size {low} is above the maximum size {high}: correct one of them.",
)
NO_LEADER = Text(
    "没有任何人可以带这门课；请至少填 {needed} 位教师的编号。",
    "nobody may lead this course: list the ids of teachers, at least {needed}.",
)
FEW_LEADERS = Text(
    "每组需要 {needed} 位教师，能带的合格教师只有 {there} 位；请增加教师或减少需要人数。",
    "a section needs {needed} staff but only {there} cleared staff can lead it: list more.",
)
NO_ROOM = Text(
    "没有一间教室符合这门课的要求（{features}）；请更正要求或添加教室。",
    "no room fits this course (needs {features}): correct the needs or add a room.",
)
ROOMS_TOO_SMALL = Text(
    "最少人数 {low} 超过每间合适教室的座位数（最多 {seats}）；请减少人数或换教室。",
    "the minimum size {low} is above the seats of every room that fits (most: {seats}).",
)
NO_GRADES = Text("没有填年级；请填写如 3-6。", "no grades given: write them like 3-6.")
GRADES_UNKNOWN = Text(
    "课程面向的年级（{grades}）学校都没有；请更正年级。",
    "the school has none of the course's grades ({grades}): correct them.",
)
TOO_FEW_SLOTS = Text(
    "每周需要 {needed} 个时段，但课程可用的时段只有 {there} 个；请增加时段或减少次数。",
    "too few slots: a section takes {needed} a week but the course may use only {there}: add some.",
)


UNKNOWN_CONTENT = Text(
    "“{word}”不是已知的内容，也没有政策条款提到它，因此不起作用；{hint}",
    "'{word}' is no known content and no clause of the policy speaks of it, so that it has no "
    "effect; "
    "{hint}",
)
DID_YOU_MEAN = Text("是否想写“{name}”？", "did you mean '{name}'?")
KNOWN_CONTENTS = Text("可用的有：{known}。", "known: {known}.")

NOT_CONTAINED = Text(
    "没有课程含内容“{word}”，因此这一行不起作用；是否想写“{name}”？",
    "no course has content '{word}', so that this row has no effect; did you mean '{name}'?",
)


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find courses that could never open as they are described."""
    for number, course in enumerate(school.courses):
        if "policy" not in unread and "settings" not in unread:
            yield from _contents(school, number, course)
        found = [*_people(school, course, unread), *_room(school, course, unread)]
        for code, field, value, text in found:
            yield Problem(code, "courses", number, field, str(value), text)
    if "courses" not in unread and "policy" not in unread:
        yield from _bans(school)


def _contents(school: SchoolData, number: int, course: Course) -> Iterator[Problem]:
    """Find words that nothing knows: neither the list of contents nor the policy."""
    regulation = school.policy.regulation
    clauses = (*(regulation.clauses if regulation else ()), *school.policy.clauses)
    spoken = {
        str(clause.subject)
        for clause in clauses
        if clause.subject is not None and ITEMS[clause.item].subject is Subject.CONTENT
    }
    for word in course.content:
        if word in CONTENT_NAMES or word in spoken:
            continue
        near = nearest_content(word, spoken)
        hint = KNOWN_CONTENTS.fill(known=known_contents())
        if near is not None:
            hint = DID_YOU_MEAN.fill(name=near)
        text = UNKNOWN_CONTENT.fill(word=word, hint=hint)
        yield Problem("unknown-content", "courses", number, "content", word, text, "warning")


def _bans(school: SchoolData) -> Iterator[Problem]:
    """Find contents that the school's own rows misspell: a ban on them would bar nothing."""
    contained = {word for course in school.courses for word in course.content}
    for row, clause in enumerate(school.policy.clauses):
        word = clause.subject
        if word is None or ITEMS[clause.item].subject is not Subject.CONTENT:
            continue
        near = None
        if word not in CONTENT_NAMES and word not in contained:
            near = meant_content(word, contained)
        if near is not None:
            text = NOT_CONTAINED.fill(word=word, name=near)
            yield Problem("misspelt-content", "policy", row, "subject", word, text, "warning")


def _all_of(table: str, school: SchoolData, unread: Mapping[str, Collection[str]]) -> bool:
    """Tell whether a table is there and could be read whole: else that is what is wrong."""
    return table not in unread and bool(getattr(school, table))


def fitting_rooms(school: SchoolData, course: Course) -> list[Room]:
    """Rooms that have what a course needs, whatever their size."""
    return [
        room
        for room in school.rooms
        if (not course.rooms or room.id in course.rooms)
        and set(course.room_features).issubset(room.features)
    ]


Found = tuple[str, str, object, Text]


def _people(
    school: SchoolData, course: Course, unread: Mapping[str, Collection[str]]
) -> Iterator[Found]:
    if course.min_size > course.max_size:
        text = SIZE_BACKWARDS.fill(low=course.min_size, high=course.max_size)
        yield "size-backwards", "min_size", course.min_size, text
    if not course.grades:
        yield "no-grades", "grades", "", NO_GRADES
    elif _all_of("classes", school, unread) and not set(course.grades) & set(school.grades):
        grades = listed(course.grades)
        yield "unknown-grades", "grades", grades.en, GRADES_UNKNOWN.fill(grades=grades)
    # Whoever is not known, or could not be read, is reported as such and counts as able here.
    able = [t for t in course.leaders if t not in school.teacher or school.teacher[t].cleared]
    if not course.leaders:
        yield "no-leader", "leaders", "", NO_LEADER.fill(needed=course.staff_needed)
    elif len(able) < course.staff_needed:
        text = FEW_LEADERS.fill(needed=course.staff_needed, there=len(able))
        yield "few-leaders", "leaders", " ".join(course.leaders), text


def _room(
    school: SchoolData, course: Course, unread: Mapping[str, Collection[str]]
) -> Iterator[Found]:
    rooms = fitting_rooms(school, course)
    if not _all_of("rooms", school, unread) or not school.room.keys() >= set(course.rooms):
        pass  # A room that could not be read, or is misspelt, might be the one that fits.
    elif not rooms:
        needs = listed((*course.room_features, *course.rooms))
        field = "room_features" if course.room_features else "rooms"
        yield "no-room", field, needs.en, NO_ROOM.fill(features=needs)
    elif course.min_size > max(room.seats for room in rooms):
        most = max(room.seats for room in rooms)
        text = ROOMS_TOO_SMALL.fill(low=course.min_size, seats=most)
        yield "rooms-too-small", "min_size", course.min_size, text
    there = len(school.slots if course.slots is None else course.slots)
    if there < course.periods_per_week and _all_of("slots", school, unread):
        text = TOO_FEW_SLOTS.fill(needed=course.periods_per_week, there=there)
        yield "too-few-slots", "slots", there, text
