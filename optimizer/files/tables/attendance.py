"""What really happened: absences, joinings, leavings, substitutes, what was called off.

The table is no part of a school; it comes in a file of its own.
"""

from enum import StrEnum

from models import Text
from optimizer.files.columns import Column, Table, Variant
from optimizer.files.moments import Date
from optimizer.files.scalars import Choice, Ident, Label, Ref, YesNo


class RecordKind(StrEnum):
    """What a row records."""

    ABSENCE = "absence"
    JOIN = "join"
    EXIT = "exit"
    SUBSTITUTE = "substitute"
    CANCELLED = "cancelled"


NOT_READ = ("name", "remark")
"""Columns for people's eyes."""


def _variant(*needs: str, may: tuple[str, ...] = ()) -> Variant:
    return Variant(("day", *needs), (*may, *NOT_READ))


ATTENDANCE = Table(
    "attendance",
    Text("考勤", "Attendance"),
    (
        Column(
            "kind",
            Text("类型", "Kind"),
            Choice(
                {
                    RecordKind.ABSENCE: Text("缺席", "absence"),
                    RecordKind.JOIN: Text("加入", "join"),
                    RecordKind.EXIT: Text("退出", "exit"),
                    RecordKind.SUBSTITUTE: Text("代课", "substitute"),
                    RecordKind.CANCELLED: Text("取消", "cancelled"),
                }
            ),
            Text("记录的是什么", "what the row records"),
            Text("缺席", "absence"),
            required=True,
        ),
        Column(
            "day",
            Text("日期", "Date"),
            Date(),
            Text(
                "发生的日期；加入为第一天，退出为最后一天", "the day; first or last day of a stay"
            ),
            Text("2026-10-12", "2026-10-12"),
            required=True,
        ),
        Column(
            "student",
            Text("学号", "Student id"),
            Ref("students", Text("学生", "student")),
            Text("缺席、加入或退出的学生", "who was absent, joins or leaves"),
            Text("S01", "S01"),
            aliases=("学生",),
        ),
        Column(
            "slot",
            Text("时段", "Slot"),
            Ref("slots", Text("时段", "slot")),
            Text("空白为当天全部时段；代课须填", "blank: all day; needed for a substitute"),
            Text("周二1", "Tue1"),
            aliases=("时段编号", "slot id"),
        ),
        Column(
            "absent",
            Text("教师", "Teacher"),
            Ref("teachers", Text("教师", "teacher")),
            Text("代课时：缺勤的教师", "for a substitute: who was absent"),
            Text("T01", "T01"),
            aliases=("教师编号", "teacher id"),
        ),
        Column(
            "substitute",
            Text("代课教师", "Substitute"),
            Ref("teachers", Text("教师", "teacher")),
            Text("代课时：来代课的教师", "for a substitute: who stood in"),
            Text("T02", "T02"),
        ),
        Column(
            "group",
            Text("班组", "Group"),
            Ident(),
            Text(
                "取消时：班或托管组的编号，空白为全部",
                "when cancelled: id of the section or care group; blank: all of them",
            ),
            Text("chess-1", "chess-1"),
        ),
        Column(
            "note",
            Text("请假条", "Leave note"),
            YesNo(),
            Text("缺席时：家长是否交了请假条，空白为否", "for an absence; blank: no"),
            Text("是", "yes"),
            aliases=("假条",),
        ),
        Column(
            "name",
            Text("姓名", "Name"),
            Label(),
            Text("程序不读", "not read"),
        ),
        Column(
            "remark",
            Text("备注", "Remark"),
            Label(),
            Text("程序不读", "not read"),
            aliases=("说明",),
        ),
    ),
    Text("缺席、加入、退出、代课、取消，每行一条", "one absence, joining, ... a row"),
    rows=lambda _: (),
    build=dict,
    required=True,
    variants={
        RecordKind.ABSENCE: _variant("student", may=("slot", "note")),
        RecordKind.JOIN: _variant("student"),
        RecordKind.EXIT: _variant("student"),
        RecordKind.SUBSTITUTE: _variant("slot", "absent", "substitute"),
        RecordKind.CANCELLED: _variant(may=("slot", "group")),
    },
)
