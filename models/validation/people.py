"""Students and staff make sense: stays, wishes, ranks, teachers named."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from models.items import PolicyItem
from models.menu import Wish
from models.people import Student
from models.problems import Problem, nearest
from models.school_data import SchoolData
from models.text import Text, listed
from models.time import SlotUse

BOTH_KINDS = Text(
    "时段“{slot}”同时写在“留校时段”和“仅社团时段”；请只留一处。",
    "slot '{slot}' is under both stay and club-only slots: keep one.",
)
STAY_CLASH = Text(
    "要求留校的时段“{first}”和“{second}”时间重叠；一个学生同一时间只能在一处，请删去其一。",
    "the stay slots '{first}' and '{second}' overlap on the clock: delete one.",
)
FEW = 4
ALIKE = Text(
    "{text}另有 {count} 名学生同此，多半是时段表有误。",
    "{text} The same for {count} more students: probably the table of slots is wrong.",
)
SLOT_GRADE = Text(
    "时段“{slot}”不面向 {grade} 年级（面向：{grades}）；请改学生的时段或时段的年级。",
    "slot '{slot}' is not for grade {grade} (it is for {grades}): change one of them.",
)
STAY_CLUBS_ONLY = Text(
    "时段“{slot}”只开社团、没有托管；请改到“仅社团时段”列。",
    "slot '{slot}' has clubs only and no base care: list it under club-only slots instead.",
)
EXCLUDED = Text(
    "学生属于政策排除的群体，报名的时段和志愿不予安排。",
    "the student is in a group that the policy excludes: stays and wishes are not planned.",
)
STAYS_NOWHERE = Text(
    "学生“{student}”有志愿却没有任何留校时段；请填写时段或删去志愿。",
    "student '{student}' wishes for clubs but stays at no slot: give slots or delete the wishes.",
)
WISHES_NONE = Text(
    "学生“{student}”有志愿但社团数为 0；请填写想要的社团数（至少 1）或删去志愿。",
    "student '{student}' has wishes but wants 0 clubs: give a number of 1 or more, or delete them.",
)
WISH_TWICE = Text(
    "学生“{student}”对课程“{course}”填了两次；请删去一行。",
    "student '{student}' wishes for course '{course}' twice: delete one row.",
)
RANK_TIE = Text(
    "学生“{student}”有两个第 {rank} 志愿；志愿序号应为 1、2、3……不重复。",
    "student '{student}' has two wishes of rank {rank}: ranks must be 1, 2, 3, ... each once.",
)
RANK_GAP = Text(
    "学生“{student}”缺第 {rank} 志愿；志愿序号应为 1、2、3……连续。",
    "student '{student}' has no wish of rank {rank}: ranks must be 1, 2, 3, ... without a gap.",
)
NOT_LEADER = Text(
    "教师“{teacher}”不能带课程“{course}”；{hint}",
    "teacher '{teacher}' cannot lead course '{course}'; {hint}",
)
WRONG_GRADE = Text(
    "课程“{course}”不面向 {grade} 年级（面向：{grades}），此志愿无法满足。",
    "course '{course}' is not for grade {grade} (it is for {grades}): the wish can't be granted.",
)


RISING = Text(
    "志愿得分 {points} 中后面的志愿分更高，会先满足后面的志愿；应从第一志愿起由高到低，"
    "如 10、8、6。",
    "of the rank points {points} a later wish has more than an earlier one, so that it would be "
    "granted first: write them from the first wish down, such as 10, 8, 6.",
)


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find problems with students, their stays and their wishes."""
    wishing = {wish.student for wish in school.wishes}
    item = PolicyItem.EXCLUDED_GROUP
    # Not by ``school.excluded``, which needs to know everybody's class.
    yield from _once(
        problem
        for number, student in enumerate(school.students)
        for problem in _stays(school, number, student)
    )
    for number, student in enumerate(school.students):
        barred = school.clauses(item, _grade(school, student) or 0)
        groups = [school.group[g] for g in student.groups if g in school.group]
        excluded = any(group.goes_by(c.subject) for group in groups for c in barred)
        if excluded and (student.stay_slots or student.id in wishing):
            yield Problem("excluded", "students", number, "groups", student.id, EXCLUDED, "warning")
    yield from _rank_points(school)
    yield from _ranks(school, unread.get("wishes", ()))
    for number, wish in enumerate(school.wishes):
        yield from _wish(school, number, wish)


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Say once what is wrong with the stays of many: one wrong slot is behind it, not each row."""
    alike: dict[tuple[str, Text], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.code, problem.text), []).append(problem)
    for (_, text), found in alike.items():
        if len(found) <= FEW:
            yield from found
        else:
            yield found[0]._replace(text=ALIKE.fill(text=text, count=len(found) - 1))


def _grade(school: SchoolData, student: Student | None) -> int | None:
    home = school.home_class.get(student.home_class) if student else None
    return home.grade if home else None


def _stays(school: SchoolData, number: int, student: Student) -> Iterator[Problem]:
    def problem(code: str, field: str, value: str, text: Text) -> Problem:
        return Problem(code, "students", number, field, value, text)

    grade = _grade(school, student)
    stays = [school.slot[s] for s in student.stay_slots if s in school.slot]
    for slot in stays:
        if slot.id in student.club_slots:
            yield problem("stay-twice", "club_slots", slot.id, BOTH_KINDS.fill(slot=slot.id))
        if slot.use is SlotUse.CLUBS_ONLY:
            text = STAY_CLUBS_ONLY.fill(slot=slot.id)
            yield problem("stay-clubs-only", "stay_slots", slot.id, text)
    for place, second in enumerate(stays):
        # Once a slot: with every pair of hundreds the messages would fill a disk.
        others = (s for s in stays[:place] if s.overlaps(second) and s.id != second.id)
        first = next(others, None)
        if first is not None:
            text = STAY_CLASH.fill(first=first.id, second=second.id)
            yield problem("stay-clash", "stay_slots", second.id, text)
    for field, ids in (("stay_slots", student.stay_slots), ("club_slots", student.club_slots)):
        for slot in (school.slot[s] for s in ids if s in school.slot):
            if grade is not None and not slot.admits_grade(grade):
                text = SLOT_GRADE.fill(slot=slot.id, grade=grade, grades=listed(slot.grades))
                yield problem("slot-grade", field, slot.id, text)


def _ranks(school: SchoolData, incomplete: Collection[str]) -> Iterator[Problem]:
    """Look at each student's list of wishes as a whole."""
    courses: dict[tuple[str, str], int] = {}
    ranks: dict[str, dict[int, int]] = {}
    for number, wish in enumerate(school.wishes):
        facts = {"student": wish.student, "course": wish.course, "rank": wish.rank}
        own = ranks.setdefault(wish.student, {})
        student = school.student.get(wish.student)
        if not own and student:
            yield from _wants_none(number, student)
        first = courses.setdefault((wish.student, wish.course), number)
        if first != number:
            text = WISH_TWICE.fill(**facts)
            yield Problem(
                "wish-twice", "wishes", number, "course", wish.course, text, earlier=first
            )
        first = own.setdefault(wish.rank, number)
        if first != number:
            text, value = RANK_TIE.fill(**facts), str(wish.rank)
            yield Problem("rank-tie", "wishes", number, "rank", value, text, earlier=first)
    # What looks like a gap may be the wish whose student nobody knows; that is said by itself.
    astray = {rank for name, own in ranks.items() if name not in school.student for rank in own}
    for name, own in ranks.items():
        missing = next((r for r in range(1, max(own) + 1) if r not in own), None)
        if missing is None or missing in astray or name in incomplete:
            continue
        if name in school.student:
            number, value = own[max(own)], str(max(own))
            text = RANK_GAP.fill(student=name, rank=missing)
            yield Problem("rank-gap", "wishes", number, "rank", value, text)


def _wants_none(number: int, student: Student) -> Iterator[Problem]:
    if not student.stay_slots and not student.club_slots:
        text = STAYS_NOWHERE.fill(student=student.id)
        yield Problem("stays-nowhere", "wishes", number, "student", student.id, text)
    if not student.max_clubs:
        text = WISHES_NONE.fill(student=student.id)
        yield Problem("wants-none", "wishes", number, "student", student.id, text)


def _wish(school: SchoolData, number: int, wish: Wish) -> Iterator[Problem]:
    course = school.course.get(wish.course)
    if course is None:
        return
    if wish.teacher in school.teacher and wish.teacher not in course.leaders:
        hint = nearest(wish.teacher, course.leaders)
        text = NOT_LEADER.fill(teacher=wish.teacher, course=wish.course, hint=hint)
        yield Problem("not-a-leader", "wishes", number, "teacher", wish.teacher, text)
    grade = _grade(school, school.student.get(wish.student))
    if course.grades and grade is not None and grade not in course.grades:
        text = WRONG_GRADE.fill(course=course.id, grade=grade, grades=listed(course.grades))
        yield Problem("wrong-grade", "wishes", number, "course", course.id, text, "warning")


def _rank_points(school: SchoolData) -> Iterator[Problem]:
    """Find points by which a later wish is worth more than an earlier one."""
    points = school.settings.weights.rank_points
    if any(later > earlier for earlier, later in pairwise(points)):
        value = ", ".join(map(str, points))
        text = RISING.fill(points=listed(points))
        yield Problem("rising-points", "settings", None, "weights.rank_points", value, text, "stop")
