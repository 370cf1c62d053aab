"""Students and staff make sense: stays, wishes, ranks, teachers named."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from models.people import Student
from models.problems import Problem, nearest
from models.text import Text
from models.time import SlotUse

if TYPE_CHECKING:
    from models.school import School

BOTH_KINDS = Text(
    "时段“{slot}”同时写在“留校时段”和“仅社团时段”；请只留一处。",
    "slot '{slot}' is under both stay and club-only slots: keep one.",
)
STAY_CLASH = Text(
    "要求留校的时段“{first}”和“{second}”时间重叠；一个学生同一时间只能在一处，请删去其一。",
    "the stay slots '{first}' and '{second}' overlap on the clock: delete one.",
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


def find(school: "School") -> Iterator[Problem]:
    """Find problems with students, their stays and their wishes."""
    for number, student in enumerate(school.students):
        yield from _stays(school, number, student)
    yield from _wishes(school)


def _stays(school: "School", number: int, student: Student) -> Iterator[Problem]:
    def problem(code: str, field: str, value: str, text: Text) -> Problem:
        return Problem(code, "students", number, field, value, text)

    grade = school.grade_of[student.id]
    stays = [school.slot[s] for s in student.stay_slots]
    for slot in stays:
        if slot.id in student.club_slots:
            yield problem("stay-twice", "club_slots", slot.id, BOTH_KINDS.fill(slot=slot.id))
        if slot.use is SlotUse.CLUBS_ONLY:
            text = STAY_CLUBS_ONLY.fill(slot=slot.id)
            yield problem("stay-clubs-only", "stay_slots", slot.id, text)
    for first, second in combinations(stays, 2):
        if first.overlaps(second):
            text = STAY_CLASH.fill(first=first.id, second=second.id)
            yield problem("stay-clash", "stay_slots", second.id, text)
    for field, ids in (("stay_slots", student.stay_slots), ("club_slots", student.club_slots)):
        for slot in (school.slot[s] for s in ids):
            if not slot.admits_grade(grade):
                text = SLOT_GRADE.fill(slot=slot.id, grade=grade, grades=_list(slot.grades))
                yield problem("slot-grade", field, slot.id, text)
    if student.id in school.excluded and (stays or school.wishes_of[student.id]):
        yield problem("excluded", "groups", student.id, EXCLUDED)._replace(severity="warning")


def _list(grades: tuple[int, ...]) -> str:
    return ", ".join(str(g) for g in grades)


def _wishes(school: "School") -> Iterator[Problem]:
    courses: set[tuple[str, str]] = set()
    ranks: dict[str, dict[int, int]] = {}
    for number, wish in enumerate(school.wishes):

        def problem(
            code: str, field: str, value: object, text: Text, number: int = number
        ) -> Problem:
            return Problem(code, "wishes", number, field, str(value), text)

        student, course = school.student[wish.student], school.course[wish.course]
        facts = {"student": wish.student, "course": wish.course, "rank": wish.rank}
        own = ranks.setdefault(wish.student, {})
        if not own:
            if not student.stay_slots and not student.club_slots:
                yield problem("stays-nowhere", "student", wish.student, STAYS_NOWHERE.fill(**facts))
            if not student.max_clubs:
                yield problem("wants-none", "student", wish.student, WISHES_NONE.fill(**facts))
        if (wish.student, wish.course) in courses:
            yield problem("wish-twice", "course", wish.course, WISH_TWICE.fill(**facts))
        if wish.rank in own:
            yield problem("rank-tie", "rank", wish.rank, RANK_TIE.fill(**facts))
        courses.add((wish.student, wish.course))
        own.setdefault(wish.rank, number)
        if wish.teacher is not None and wish.teacher not in course.leaders:
            hint = nearest(wish.teacher, course.leaders)
            text = NOT_LEADER.fill(teacher=wish.teacher, course=wish.course, hint=hint)
            yield problem("not-a-leader", "teacher", wish.teacher, text)
        if school.grade_of[wish.student] not in course.grades:
            grade, grades = school.grade_of[wish.student], _list(course.grades)
            text = WRONG_GRADE.fill(course=wish.course, grade=grade, grades=grades)
            yield problem("wrong-grade", "course", wish.course, text)._replace(severity="warning")
    for name, own in ranks.items():
        missing = next((r for r in range(1, max(own) + 1) if r not in own), None)
        if missing is not None:
            number, value = own[max(own)], str(max(own))
            text = RANK_GAP.fill(student=name, rank=missing)
            yield Problem("rank-gap", "wishes", number, "rank", value, text)
