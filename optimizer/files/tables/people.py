"""Who it is for: stages, classes, student groups, students."""

from collections.abc import Callable, Iterable

from models import (
    HomeClass,
    School,
    Stage,
    Student,
    StudentGroup,
    Text,
)
from models.labels import GROUP_KINDS, LEVELS
from optimizer.files.columns import Column, Row, Table
from optimizer.files.lists import Grades, Refs
from optimizer.files.moments import Date
from optimizer.files.scalars import Choice, Ident, Integer, Label, Percent, Ref, YesNo
from optimizer.files.slotrefs import SlotRefs, also_for_clubs


def fields_of(table: str) -> Callable[[School], Iterable[Row]]:
    """Give the function that lists a table's rows by field, where columns are the fields."""
    return lambda school: (vars(row) for row in getattr(school, table))


STAGES = Table(
    "stages",
    Text("学段", "Stages"),
    (
        Column(
            "id",
            Text("学段编号", "Stage id"),
            Ident(),
            Text("自定，不重复", "your own choice, each once"),
            Text("小学", "primary"),
            required=True,
            aliases=("编号", "学段"),
        ),
        Column(
            "name",
            Text("学段名称", "Name"),
            Label(),
            Text("显示用的名称", "the name to show"),
            Text("小学", "Primary"),
            aliases=("名称",),
            blank="",
        ),
        Column(
            "grades",
            Text("年级", "Grades"),
            Grades(),
            Text("属于该学段的年级", "grades that belong to the stage"),
            Text("1-6", "1-6"),
            required=True,
            blank=(),
        ),
        Column(
            "level",
            Text("学段类别", "Level"),
            Choice(LEVELS),
            Text(
                "政策所称的小学、初中或高中；空白时 1-6 年级为小学、7-9 年级为初中",
                "primary, junior or senior in the policy's words; blank: grades 1-6 are primary, "
                "7-9 junior",
            ),
            Text("小学", "primary"),
        ),
    ),
    Text("只有一个学段的学校可不填", "a school of one stage may leave this out"),
    rows=lambda school: (vars(stage) for stage in school.settings.stages),
    build=Stage.model_validate,
)

CLASSES = Table(
    "classes",
    Text("班级", "Classes"),
    (
        Column(
            "id",
            Text("班级编号", "Class id"),
            Ident(),
            Text("自定，不重复", "your own choice, each once"),
            Text("三1班", "3A"),
            required=True,
            aliases=("编号", "班级", "class"),
        ),
        Column(
            "name",
            Text("班级名称", "Name"),
            Label(),
            Text("显示用的名称", "the name to show"),
            Text("三年级（1）班", "Class 3A"),
            aliases=("名称", "班名"),
            blank="",
        ),
        Column(
            "grade",
            Text("年级", "Grade"),
            Integer(),
            Text("1 到 13 的数", "a number from 1 to 13"),
            Text("3", "3"),
            required=True,
        ),
        Column(
            "home_room",
            Text("本班教室", "Home room"),
            Ref("rooms", Text("教室", "room")),
            Text("教室编号；托管用", "id of the room; used for base care"),
            Text("301", "301"),
        ),
        Column(
            "homeroom_teacher",
            Text("班主任", "Homeroom teacher"),
            Ref("teachers", Text("教师", "teacher")),
            Text("教师编号", "id of the teacher"),
            Text("T01", "T01"),
        ),
    ),
    Text("行政班，学生的所在班", "home classes that students belong to"),
    rows=fields_of("classes"),
    build=HomeClass.model_validate,
    required=True,
)

GROUPS = Table(
    "groups",
    Text("学生群体", "Groups"),
    (
        Column(
            "id",
            Text("群体编号", "Group id"),
            Ident(),
            Text("自定，不重复", "your own choice, each once"),
            Text("留守", "left-behind"),
            required=True,
            aliases=("编号", "群体"),
        ),
        Column(
            "name",
            Text("群体名称", "Name"),
            Label(),
            Text("显示用的名称", "the name to show"),
            Text("留守儿童", "Left-behind children"),
            aliases=("名称",),
            blank="",
        ),
        Column(
            "kind",
            Text("类别", "Kind"),
            Choice(GROUP_KINDS),
            Text(
                "政策所称的群体，政策据此认出它；都不是的填“其他”",
                "the group in the policy's words, by which it knows the group; 'other' if none",
            ),
            Text("留守儿童", "left-behind"),
        ),
        Column(
            "priority",
            Text("优先", "Priority"),
            YesNo(),
            Text("志愿是否优先满足，空白为否", "whether their wishes count more; blank: no"),
            Text("是", "yes"),
        ),
        Column(
            "relief_percent",
            Text("减免比例", "Relief percent"),
            Percent(),
            Text(
                "减免收费的百分比；空白为未定，按政策或不减免",
                "share of the fee that is waived; blank: not set, as the policy says or nothing",
            ),
            Text("100%", "100%"),
            aliases=("减免", "relief"),
        ),
        Column(
            "reimbursed",
            Text("减免有补偿", "Reimbursed"),
            YesNo(),
            Text(
                "减免部分是否由他方补给学校，空白为否",
                "whether somebody pays the school what is waived; blank: no",
            ),
            Text("是", "yes"),
        ),
    ),
    Text("有特别照顾的学生群体", "student groups with a claim of their own"),
    rows=fields_of("groups"),
    build=StudentGroup.model_validate,
    aliases=("群体", "student groups"),
)

STUDENTS = Table(
    "students",
    Text("学生", "Students"),
    (
        Column(
            "id",
            Text("学号", "Student id"),
            Ident(),
            Text("不重复", "each once"),
            Text("S0301", "S0301"),
            required=True,
            aliases=("编号", "学生编号", "student"),
        ),
        Column(
            "name",
            Text("姓名", "Name"),
            Label(),
            Text("学生姓名", "the student's name"),
            Text("王小雨", "Wang Xiaoyu"),
            aliases=("学生姓名", "名称"),
            blank="",
        ),
        Column(
            "home_class",
            Text("班级", "Class"),
            Ref("classes", Text("班级", "class")),
            Text("班级编号", "id of the class"),
            Text("三1班", "3A"),
            required=True,
            aliases=("班级编号",),
        ),
        Column(
            "groups",
            Text("群体", "Groups"),
            Refs("groups", Text("学生群体", "student group")),
            Text("所属学生群体的编号，可空白", "ids of student groups; may be blank"),
            Text("留守", "left-behind"),
            blank=(),
            aliases=("学生群体",),
        ),
        Column(
            "stay_slots",
            Text("留校时段", "Stay slots"),
            SlotRefs(of_student=True, stays=True),
            Text(
                "要求留校的时段：没有社团时托管；可写星期或“全部”",
                "slots to be looked after at, club or not; weekdays and 'all' will do",
            ),
            Text("周二、周四1", "Tue, Thu1"),
            blank=(),
            aliases=("留校", "stays"),
        ),
        Column(
            "club_slots",
            Text("仅社团时段", "Club-only slots"),
            SlotRefs(of_student=True),
            Text(
                "只为社团留校的时段：没有社团就离校",
                "slots to stay at only for a club; goes home otherwise",
            ),
            Text("周五1", "Fri1"),
            blank=(),
            aliases=("仅社团", "club slots"),
        ),
        Column(
            "max_clubs",
            Text("社团数", "Max clubs"),
            Integer(),
            Text("最多想要几个社团，空白为 1", "how many clubs are wanted at most; blank: 1"),
            Text("2", "2"),
            aliases=("最多社团数", "clubs"),
        ),
        Column(
            "joins",
            Text("加入日期", "Joins"),
            Date(),
            Text(
                "参加服务的第一天，空白为学期开始",
                "first day in the service; blank: from the start",
            ),
            Text("2026-10-12", "2026-10-12"),
        ),
        Column(
            "leaves",
            Text("退出日期", "Leaves"),
            Date(),
            Text(
                "参加服务的最后一天，空白为学期结束", "last day in the service; blank: to the end"
            ),
            Text("2026-12-31", "2026-12-31"),
        ),
    ),
    Text(
        "每个学生一行：班级、留校时段、想要的社团数",
        "one row a student: class, stays, clubs wanted",
    ),
    rows=fields_of("students"),
    build=lambda row: Student.model_validate(also_for_clubs(row)),
    required=True,
)
