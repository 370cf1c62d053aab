"""The settings: one value a row, each with a name."""

from enum import StrEnum
from functools import reduce
from typing import Any

from models import Aim, Calendar, CareRooms, Policy, Settings, Term, Text
from models.base import Frozen
from optimizer.files.columns import Column, Row, Table
from optimizer.files.lists import Grades, Integers
from optimizer.files.scalars import Choice, Ident, Integer, Label, YesNo
from optimizer.files.tables.money import BUDGET, setting

# The settings' own columns; their rows are declared as the columns of a table with one row.
KEY = Column(
    "key", Text("项目", "Item"), Label(), Text("设置的名称", "name of the setting"), required=True
)
VALUE = Column("value", Text("值", "Value"), Label(), Text("设置的值", "its value"), required=True)
REMARK = Column(
    "note", Text("说明", "Note"), Label(), Text("程序不读", "not read"), aliases=("备注",)
)


_WHOLE = Integer()
_CARE_ROOMS: dict[StrEnum, Text] = {
    CareRooms.OWN_GRADE_FIRST: Text("本年级教室优先", "own grade first"),
    CareRooms.OWN_GRADE: Text("本年级教室", "own grade"),
    CareRooms.ANY_HOME: Text("任何班级教室", "any home room"),
}
_AIMS: dict[StrEnum, Text] = {
    Aim.MOST_POINTS: Text("总分最高", "most points"),
    Aim.FIRST_CLUBS: Text("首个社团优先", "first clubs"),
}
_CALENDARS: dict[StrEnum, Text] = {
    Calendar.OWN: Text("本校列出", "own list"),
    Calendar.STATUTORY: Text("法定节假日", "statutory"),
}
ITEMS = (
    Column(
        "id",
        Text("学校编号", "School id"),
        Ident(),
        Text("必填；自定，不含空格", "required; your own choice, without spaces"),
        Text("hebin", "riverside"),
        required=True,
        aliases=("编号",),
    ),
    Column(
        "name",
        Text("学校名称", "School name"),
        Label(),
        Text("显示用的名称", "the name to show"),
        Text("河滨小学", "Riverside School"),
        aliases=("名称",),
        blank="",
    ),
    setting(
        "term.calendar",
        "假期来源",
        "Calendar",
        Choice(_CALENDARS),
        (
            "法定节假日：按国家安排放假，调休上班日须在学期表写明按星期几的安排，"
            "尚未公布安排的日子由学期表列出；空白为本校列出",
            "statutory: days off by decree, and each make-up working day needs a row in the term "
            "table, as do days that are not decreed yet; blank: own list",
        ),
    ),
    setting(
        "max_grade_span",
        "最多跨年级数",
        "Max grade span",
        _WHOLE,
        (
            "一个班最多几个年级，课程另有说明的除外",
            "most grades in a group unless a course says so",
        ),
    ),
    setting(
        "session_break_minutes",
        "连上最长间隔（分钟）",
        "Session break minutes",
        _WHOLE,
        ("两节相隔不超过此数仍算连上", "longest break between periods back to back"),
    ),
    setting(
        "lottery_seed",
        "抽签种子",
        "Lottery seed",
        _WHOLE,
        ("公布的抽签种子，同样的种子结果相同", "published; the same seed gives the same lottery"),
    ),
    setting(
        "weights.aim",
        "分配目标",
        "Aim",
        Choice(_AIMS),
        (
            "首个社团优先：人人的首个社团先于任何人的第二、三个；总分最高：只看总分；空白或没有"
            "这一行：首个社团优先",
            "first clubs: everyone's first club before anybody's second or third; most points: "
            "points alone; blank or no such row: first clubs",
        ),
    ),
    Column(
        "weights.rank_points",
        Text("志愿得分", "Rank points"),
        Integers(),
        Text(
            "第 1、2、3……志愿满足的得分，最后一个用于其后",
            "points of rank 1, 2, 3, ...; the last holds on",
        ),
        marks_empty=True,
    ),
    setting(
        "weights.first_seat",
        "第一个社团加分",
        "First seat",
        _WHOLE,
        ("学生得到第一个社团的加分", "extra points for a student's first seat"),
    ),
    setting(
        "weights.second_seat",
        "第二个社团加分",
        "Second seat",
        _WHOLE,
        ("学生得到第二个社团的加分", "extra points for a student's second seat"),
    ),
    setting(
        "weights.ordinary_factor",
        "普通系数",
        "Ordinary factor",
        _WHOLE,
        ("普通学生得分的倍数", "ordinary students' points count so many times"),
    ),
    setting(
        "weights.priority_factor",
        "优先系数",
        "Priority factor",
        _WHOLE,
        (
            "优先学生得分的倍数，须大于普通系数",
            "priority students' points count so many times: above the ordinary factor",
        ),
    ),
    setting(
        "weights.tolerance",
        "容许少得分",
        "Tolerance",
        _WHOLE,
        (
            "为节省、均衡、少变动最多可放弃的得分；首个社团优先时不动首个社团",
            "points that may be given up for pay, loads, changes; with the aim first clubs none "
            "of a first club",
        ),
    ),
    setting(
        "base_care.max_size",
        "托管最多人数",
        "Care max size",
        _WHOLE,
        ("每个托管组最多几人", "most students in a care group"),
    ),
    setting(
        "base_care.grade_span",
        "托管跨年级数",
        "Care grade span",
        _WHOLE,
        ("一个托管组最多几个相邻年级", "how many neighbouring grades may share a care group"),
    ),
    setting(
        "base_care.mix_stages",
        "托管可跨学段",
        "Care mix stages",
        YesNo(),
        ("一个托管组可否有不同学段", "whether stages may share a care group"),
    ),
    setting(
        "base_care.staff_needed",
        "托管所需教师数",
        "Care staff needed",
        _WHOLE,
        ("每个托管组需要几位教师", "staff a care group needs"),
    ),
    setting(
        "base_care.rooms",
        "托管教室",
        "Care rooms",
        Choice(_CARE_ROOMS),
        (
            "托管可用哪些班级教室；优先：本年级的教室用尽才用别的",
            "which home rooms a care group may use; first: others when those are used up",
        ),
    ),
    setting(
        "base_care.rota_grades",
        "班主任轮值年级",
        "Rota grades",
        Grades(),
        ("由本年级班主任看托管的年级，可空白", "grades whose care homeroom teachers supervise"),
        "1-2",
    ),
    *BUDGET,
    setting(
        "lower_grades",
        "低年级",
        "Lower grades",
        Grades(),
        ("政策所称的低年级", "the lower grades of which the policy speaks"),
        "1-2",
    ),
    setting(
        "middle_grades",
        "中年级",
        "Middle grades",
        Grades(),
        ("政策所称的中年级", "the middle grades of which the policy speaks"),
        "3-4",
    ),
    setting(
        "notice.method",
        "服务方式",
        "Method",
        Label(),
        ("公示用：怎样组织服务", "for the public notice: how the service is organised"),
    ),
    setting(
        "notice.safety",
        "安全措施",
        "Safety measures",
        Label(),
        ("公示用：安全措施", "for the public notice: safety measures"),
    ),
    setting(
        "notice.complaints",
        "投诉电话",
        "Complaints",
        Label(),
        ("公示用：投诉举报的部门和电话", "for the public notice: office and telephone"),
    ),
    setting(
        "policy.id",
        "政策编号",
        "Policy id",
        Ident(),
        (
            "所用政策的编号（见 zouban policies），或政策表所载规定的编号",
            "id of a shipped regime (see zouban policies), or of the rules in the policy sheet",
        ),
    ),
    setting(
        "policy.name",
        "政策名称",
        "Policy name",
        Label(),
        ("政策表所载规定的名称", "name of the rules in the policy sheet"),
    ),
)


class TermHead(Frozen):
    """What the settings sheet says of the term; the rest has its own sheet."""

    calendar: Calendar = Calendar.OWN


class Head(Frozen):
    """What the settings sheet holds; stages, clauses and dates have their own."""

    settings: Settings
    policy: Policy
    term: TermHead


_OWNERS = ("policy", "term")
"""Whose fields stand among the settings, by the first word of the item's field."""


def _values(settings: Settings, policy: Policy, term: Term | TermHead) -> dict[str, object]:
    owners: dict[str, object] = {"policy": policy, "term": term}
    values: dict[str, object] = {}
    for item in ITEMS:
        first, _, rest = item.field.partition(".")
        path = rest if first in owners else item.field
        values[item.field] = reduce(getattr, path.split("."), owners.get(first, settings))
    return values


def defaults() -> Row:
    """Give the value of every setting that has one when the school gives none."""
    values = _values(Settings(id="-", name=""), Policy(), TermHead())
    return {item.field: values[item.field] for item in ITEMS if not item.required}


def _build(values: dict[str, Any]) -> Head:
    groups: dict[str, Any] = {owner: {} for owner in _OWNERS}
    for field, value in values.items():
        first, _, rest = field.partition(".")
        if rest:
            groups.setdefault(first, {})[rest] = value
        else:
            groups[first] = value
    owned = {owner: groups.pop(owner) for owner in _OWNERS}
    return Head.model_validate({"settings": groups, **owned})


SETTINGS = Table(
    "settings",
    Text("设置", "Settings"),
    ITEMS,
    Text("学校的基本设置，每行一项", "what the school sets once, one item a row"),
    rows=lambda school: (_values(school.settings, school.policy, school.term),),
    build=_build,
    required=True,
    aliases=("学校设置", "学校", "school"),
)
