"""What binds the plan: the policy's clauses, locks, sections of an earlier plan."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from models import Clause, Lock, PolicyItem, School, Section, Text
from models.labels import BANDS, FORCES, ITEM_NAMES, LEVELS
from models.locks import CareStaffLock
from optimizer.files.columns import Column, Row, Table, Variant
from optimizer.files.lists import ClauseSubject, ClauseValue, Grades, Refs
from optimizer.files.scalars import Choice, Ident, Integer, Prose, Ref, YesNo
from optimizer.files.slotrefs import SlotRefs
from optimizer.files.tables.people import fields_of


class LockKind(StrEnum):
    """The kinds of locks, as in the models."""

    SECTION = "section"
    SECTION_COUNT = "section_count"
    SEAT = "seat"
    CARE_STAFF = "care_staff"


def _clause_rows(school: School) -> Iterator[Row]:
    for clause in school.policy.clauses:
        # Value and subject are written in the light of the item, so it goes along.
        row = dict(vars(clause))
        for field in ("value", "subject"):
            row[field] = None if row[field] is None else (clause.item, row[field])
        yield row


def _lock_rows(school: School) -> Iterator[Row]:
    for lock in school.locks:
        row: dict[str, Any] = {**vars(lock), "kind": LockKind(lock.kind)}
        if isinstance(lock, CareStaffLock):
            row |= {"slots": (lock.slot,), "staff": (lock.teacher,)}
        yield row


_LOCK: TypeAdapter[Lock] = TypeAdapter(Lock)


def _build_lock(row: dict[str, Any]) -> Lock:
    fields = {**row, "kind": row["kind"].value}
    if row["kind"] is LockKind.CARE_STAFF:
        for column, field in (("slots", "slot"), ("staff", "teacher")):
            ids = fields.pop(column, ())
            # One is meant; several read as one id that no id can be.
            fields[field] = " ".join(ids)
    return _LOCK.validate_python(fields)


_ITEM_NAMES: dict[StrEnum, Text] = dict(ITEM_NAMES.items())

POLICY = Table(
    "policy",
    Text("政策", "Policy"),
    (
        Column(
            "item",
            Text("项目", "Item"),
            Choice(_ITEM_NAMES),
            Text("规定的是什么", "what the clause is about"),
            ITEM_NAMES[PolicyItem.LATEST_END],
            required=True,
        ),
        Column(
            "value",
            Text("数值", "Value"),
            ClauseValue(),
            Text(
                "时间、分钟数、节数、金额、百分比或星期，随项目而定",
                "a time, minutes, periods, yuan, a percentage or a weekday, as the item asks",
            ),
            Text("18:00", "18:00"),
        ),
        Column(
            "subject",
            Text("对象", "Subject"),
            ClauseSubject(),
            Text(
                "群体编号或类别、内容标签、机构类别等，随项目而定",
                "a group or its kind, a content, a kind of provider or the like, as the item asks",
            ),
            Text("培训机构", "training firm"),
        ),
        Column(
            "stage",
            Text("学段", "Stage"),
            Ref("stages", Text("学段", "stage")),
            Text("学段编号，空白为全部", "id of the stage; blank: all"),
            Text("小学", "primary"),
        ),
        Column(
            "level",
            Text("学段类别", "Level"),
            Choice(LEVELS),
            Text("小学、初中或高中，空白为全部", "primary, junior or senior; blank: all"),
            Text("小学", "primary"),
        ),
        Column(
            "band",
            Text("年级段", "Band"),
            Choice(BANDS),
            Text("低、中或高年级，空白为全部", "lower, middle or upper grades; blank: all"),
            Text("低年级", "lower grades"),
        ),
        Column(
            "grades",
            Text("年级", "Grades"),
            Grades(),
            Text("空白为全部", "blank: all"),
            Text("1-2", "1-2"),
            blank=(),
        ),
        Column(
            "force",
            Text("效力", "Force"),
            Choice(FORCES),
            Text("空白为必须", "blank: hard"),
            Text("必须", "hard"),
        ),
        Column(
            "source",
            Text("依据", "Source"),
            Prose(),
            Text("文件和条款，或谁定的", "document and clause, or who set it"),
            Text("校务会", "school board"),
            blank="",
        ),
        Column(
            "waived",
            Text("放宽", "Waived"),
            YesNo(),
            Text(
                "放宽政策中“原则上”的规定，空白为否",
                "lifts what the policy only advises; blank: no",
            ),
            Text("否", "no"),
        ),
    ),
    Text(
        "学校自定的规定，以及对所用政策的补充、调整和放宽，每条一行，可不填",
        "the school's own rules, and what it sets, changes or lifts of its policy; may be left out",
    ),
    rows=_clause_rows,
    build=Clause.model_validate,
)

LOCKS = Table(
    "locks",
    Text("锁定", "Locks"),
    (
        Column(
            "kind",
            Text("类别", "Kind"),
            Choice(
                {
                    LockKind.SECTION: Text("开班", "section"),
                    LockKind.SECTION_COUNT: Text("班数", "section count"),
                    LockKind.SEAT: Text("座位", "seat"),
                    LockKind.CARE_STAFF: Text("托管教师", "care staff"),
                }
            ),
            Text(
                "开班：课程及其时段、教室、教师；班数：课程、数量；座位：学生、课程、时段；托管教师：教师、时段",
                "section: course, slots, room, staff; section count: course, count; seat: student, "
                "course, slots; care staff: staff, slot",
            ),
            Text("开班", "section"),
            required=True,
        ),
        Column(
            "course",
            Text("课程编号", "Course id"),
            Ref("courses", Text("课程", "course")),
            Text("课程编号", "id of the course"),
            Text("篮球", "basketball"),
            aliases=("课程",),
        ),
        Column(
            "count",
            Text("数量", "Count"),
            Integer(),
            Text("恰好开几个班", "exactly so many groups"),
            Text("2", "2"),
        ),
        Column(
            "slots",
            Text("时段", "Slots"),
            SlotRefs(),
            Text(
                "该班的时段包含这些；座位：写上时段就是指定哪个班",
                "the group's slots include these; of a seat they say which group it is in",
            ),
            Text("周二1", "Tue1"),
            aliases=("slot",),
        ),
        Column(
            "room",
            Text("教室", "Room"),
            Ref("rooms", Text("教室", "room")),
            Text("教室编号", "id of the room"),
            Text("301", "301"),
        ),
        Column(
            "staff",
            Text("教师", "Staff"),
            Refs("teachers", Text("教师", "teacher")),
            Text("教师编号", "ids of teachers"),
            Text("T01", "T01"),
            aliases=("teacher",),
        ),
        Column(
            "student",
            Text("学号", "Student id"),
            Ref("students", Text("学生", "student")),
            Text("学生的学号", "id of the student"),
            Text("S0301", "S0301"),
        ),
        Column(
            "granted",
            Text("给予", "Granted"),
            YesNo(),
            Text(
                "座位：是为必须有，否为不得有；空白为是",
                "seat: yes must have, no must not; blank: yes",
            ),
            Text("是", "yes"),
        ),
    ),
    Text("方案中必须保持不变的安排，可不填", "what the plan must keep as it is; may be left out"),
    rows=_lock_rows,
    build=_build_lock,
    variants={
        LockKind.SECTION: Variant(("course",), ("slots", "room", "staff")),
        LockKind.SECTION_COUNT: Variant(("course", "count")),
        LockKind.SEAT: Variant(("student", "course"), ("granted", "slots")),
        LockKind.CARE_STAFF: Variant(("staff", "slots")),
    },
    also={"slot": "slots", "teacher": "staff"},
)

PREVIOUS = Table(
    "previous",
    Text("原方案", "Previous"),
    (
        Column(
            "id",
            Text("班次编号", "Section id"),
            Ident(),
            Text("不重复", "each once"),
            Text("篮球-1", "basketball-1"),
            required=True,
            aliases=("编号",),
        ),
        Column(
            "course",
            Text("课程编号", "Course id"),
            Ref("courses", Text("课程", "course")),
            Text("所属课程", "its course"),
            Text("篮球", "basketball"),
            required=True,
            aliases=("课程",),
        ),
        Column(
            "slots",
            Text("时段", "Slots"),
            SlotRefs(),
            Text("上课时段", "its slots"),
            Text("周二1", "Tue1"),
            required=True,
            blank=(),
        ),
        Column(
            "room",
            Text("教室", "Room"),
            Ref("rooms", Text("教室", "room")),
            Text("教室编号", "id of the room"),
            Text("操场", "field"),
            required=True,
        ),
        Column(
            "staff",
            Text("教师", "Staff"),
            Refs("teachers", Text("教师", "teacher")),
            Text("教师编号", "ids of teachers"),
            Text("T01", "T01"),
            required=True,
            blank=(),
        ),
        Column(
            "students",
            Text("学生", "Students"),
            Refs("students", Text("学生", "student")),
            Text("学号", "ids of students"),
            Text("S0301、S0302", "S0301, S0302"),
            blank=(),
            aliases=("学号",),
        ),
    ),
    Text("上一个方案的班次，用来尽量少变动；可不填", "an earlier plan's groups, to change little"),
    rows=fields_of("previous"),
    build=Section.model_validate,
    aliases=("previous sections", "原班次"),
)
