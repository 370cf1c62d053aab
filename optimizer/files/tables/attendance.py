"""What really happened: absences, joinings, leavings, substitutes, what was called off.

The table is no part of a school; it comes in a file of its own.
"""

from enum import StrEnum
from typing import ClassVar

from models import Text
from optimizer.files.cells import halfwidth
from optimizer.files.columns import Column, Table, Variant
from optimizer.files.moments import Date
from optimizer.files.scalars import Choice, Ident, Label, Ref, YesNo


class RecordKind(StrEnum):
    """What a row records."""

    ABSENCE = "absence"
    LEAVE = "leave"
    """An absence with a note, unless the row says that there is none."""
    JOIN = "join"
    EXIT = "exit"
    SUBSTITUTE = "substitute"
    CANCELLED = "cancelled"


NOT_READ = ("name", "home_class", "remark")
"""Columns for people's eyes; name and class also stand for a missing student id."""


class RecordKinds(Choice):
    """What a row records, in the words that schools use."""

    also: ClassVar[dict[str, RecordKind]] = {
        word: kind
        for kind, words in (
            (RecordKind.ABSENCE, ("缺勤", "缺课", "旷课", "未到", "缺", "absent")),
            (RecordKind.LEAVE, ("假", "病假", "事假", "公假", "excused", "on leave")),
            (RecordKind.JOIN, ("入班", "新加入", "joins", "joined")),
            (RecordKind.EXIT, ("退班", "离开", "leaves", "left")),
            (RecordKind.CANCELLED, ("停课", "canceled")),
        )
        for word in words
    }

    def member(self, word: str) -> StrEnum:
        """Give the kind that a word names; KeyError if it names none."""
        return self.also.get(halfwidth(word).casefold()) or super().member(word)


def _variant(*needs: str, may: tuple[str, ...] = ()) -> Variant:
    return Variant(("day", *needs), (*may, *NOT_READ))


ATTENDANCE = Table(
    "attendance",
    Text("考勤", "Attendance"),
    (
        Column(
            "kind",
            Text("类型", "Kind"),
            RecordKinds(
                {
                    RecordKind.ABSENCE: Text("缺席", "absence"),
                    RecordKind.LEAVE: Text("请假", "leave"),
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
            Text(
                "家长是否交了请假条；空白：缺席为否，请假为是",
                "blank: no for an absence, yes for leave",
            ),
            Text("是", "yes"),
            aliases=("假条",),
        ),
        Column(
            "name",
            Text("姓名", "Name"),
            Label(),
            Text("没有学号时与班级一起认人", "stands with the class for a missing id"),
        ),
        Column(
            "home_class",
            Text("班级", "Class"),
            Label(),
            Text("没有学号时与姓名一起认人", "stands with the name for a missing id"),
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
        RecordKind.LEAVE: _variant("student", may=("slot", "note")),
        RecordKind.JOIN: _variant("student"),
        RecordKind.EXIT: _variant("student"),
        RecordKind.SUBSTITUTE: _variant("slot", "absent", "substitute"),
        RecordKind.CANCELLED: _variant(may=("slot", "group")),
    },
)
