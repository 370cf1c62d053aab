"""What is on offer: staff, rooms, courses; all written by hand."""

from typing import Final, NamedTuple

from instances.riverside.week import slots
from models import Course, CourseKind, PayUnit, Room, StaffKind, Teacher

GRADES: Final = "一二三四五六"
OWN_PAY_FEN: Final = 4000


class Person(NamedTuple):
    """A member of staff, and the days he cannot come."""

    id: str
    name: str
    away: tuple[int, ...] = ()
    max_periods_week: int = 6
    session_pay_fen: int = 0
    """External staff only."""
    provider: str | None = None


STAFF: Final = (
    Person("T01", "王秀兰（语文）"),
    Person("T02", "李晓燕（语文）"),
    Person("T03", "张立新（数学）"),
    Person("T04", "陈文静（语文）"),
    Person("T05", "赵海波（数学）"),
    Person("T06", "周丽娟（语文）"),
    Person("T07", "吴建国（数学）"),
    Person("T08", "徐敏（英语）", away=(1,)),
    Person("T09", "孙玉梅（语文）"),
    Person("T10", "胡颖（英语）"),
    Person("T11", "郭永强（道德与法治）"),
    Person("T12", "何春霞（科学）"),
    Person("T13", "林志伟（信息技术）"),
    Person("T14", "罗斌（科学）", away=(4,)),
    Person("T15", "梁燕（美术）"),
    Person("T16", "宋洁（美术）", away=(2,)),
    Person("T17", "唐红（音乐）"),
    Person("T18", "韩振宏（体育）"),
    Person("T19", "冯伟（体育）"),
    Person("W01", "邓教练（武术）", (1, 3), 3, 12_000, "少年宫"),
    Person("W02", "曹老师（民乐）", (2, 4, 5), 2, 11_000, "少年宫"),
    Person("W03", "彭师傅（陶艺）", (1, 2, 4), 4, 16_000, "泥巴工坊"),
)


class Item(NamedTuple):
    """A course: who it is for, how it is held, and how much children like it."""

    id: str
    name: str
    grades: tuple[int, int]
    sizes: tuple[int, int]
    sections: int
    pattern: tuple[int, int, int]
    """Sessions a week, periods a session, days between sessions."""
    leaders: str
    feature: str
    taste: str
    liking: tuple[int, int]
    """Liking in the lowest and in the highest grade."""


ONCE: Final = (1, 1, 1)
DOUBLE: Final = (1, 2, 1)
TWICE: Final = (2, 1, 2)
MENU: Final = (
    Item("绘本", "绘本故事屋", (1, 2), (8, 24), 2, ONCE, "T01 T02", "课桌", "文", (6, 4)),
    Item("折纸", "创意折纸", (1, 3), (8, 24), 1, ONCE, "T03 T15", "课桌", "艺", (5, 3)),
    Item("舞蹈", "少儿舞蹈", (1, 4), (10, 24), 1, ONCE, "T17", "舞蹈", "艺", (5, 4)),
    Item("跳绳", "花样跳绳", (1, 4), (10, 30), 2, ONCE, "T18 T19", "运动", "体", (6, 4)),
    Item("儿童画", "儿童画", (1, 3), (8, 25), 2, ONCE, "T15 T16", "美术", "艺", (6, 4)),
    Item("围棋", "围棋入门", (1, 5), (8, 24), 2, ONCE, "T05 T07", "课桌", "理", (3, 4)),
    Item("武术", "少年武术", (2, 6), (10, 25), 1, ONCE, "W01", "运动", "体", (5, 4)),
    Item("主持", "小主持人", (2, 6), (8, 20), 1, ONCE, "T09 T04", "课桌", "文", (3, 4)),
    Item("种植", "阳光小菜园", (2, 5), (8, 20), 1, ONCE, "T12", "菜园", "理", (5, 3)),
    Item("答疑", "作业答疑", (3, 6), (8, 30), 1, ONCE, "T03 T05", "课桌", "理", (2, 3)),
    Item("硬笔", "硬笔书法", (3, 6), (8, 28), 2, ONCE, "T04 T06", "课桌", "文", (3, 3)),
    Item("葫芦丝", "葫芦丝", (3, 6), (8, 25), 1, ONCE, "W02", "音乐", "艺", (3, 2)),
    Item("国画", "国画", (3, 6), (8, 22), 1, ONCE, "T16", "美术", "艺", (3, 4)),
    Item("科学", "科学实验", (3, 5), (10, 24), 2, ONCE, "T12 T14", "实验", "理", (6, 5)),
    Item("编程", "图形化编程", (3, 6), (10, 30), 2, ONCE, "T13", "计算机", "理", (5, 7)),
    Item("篮球", "篮球", (3, 6), (10, 26), 2, ONCE, "T18 T19", "篮筐", "体", (5, 8)),
    Item("足球", "校足球队", (4, 6), (12, 26), 1, TWICE, "T19", "球门", "体", (5, 5)),
    Item("合唱", "合唱团", (3, 6), (16, 40), 1, TWICE, "T17", "音乐", "艺", (4, 4)),
    Item("陶艺", "陶艺坊", (3, 6), (8, 20), 2, DOUBLE, "W03", "陶艺", "艺", (5, 5)),
    Item("机器人", "机器人社", (4, 6), (8, 20), 1, DOUBLE, "T14 T13", "实验", "理", (6, 7)),
)
WRITTEN: Final = "written_homework"
"""The content of 作业答疑, which grades 1-2 may not have."""
ROOMS: Final = (
    *(
        Room(id=f"教室{g}01", name=f"{GRADES[g - 1]}（1）班教室", seats=45, features=("课桌",))
        for g in range(1, 7)
    ),
    Room(id="美术室", name="美术室", seats=30, features=("美术",)),
    Room(id="国画室", name="国画室（二楼）", seats=24, features=("美术",)),
    Room(id="陶艺坊", name="陶艺坊", seats=20, features=("陶艺",)),
    Room(id="音乐室", name="音乐室", seats=45, features=("音乐",)),
    Room(id="舞蹈室", name="舞蹈室", seats=26, features=("舞蹈",)),
    Room(id="机房", name="计算机教室", seats=32, features=("计算机",)),
    Room(id="实验室", name="科学实验室", seats=28, features=("实验",)),
    Room(id="篮球场", name="篮球场", seats=30, features=("运动", "篮筐")),
    Room(id="足球场", name="足球场", seats=40, features=("运动", "球门")),
    Room(id="风雨操场", name="风雨操场", seats=32, features=("运动", "篮筐")),
    Room(id="菜园", name="阳光小菜园", seats=20, features=("菜园",)),
    Room(id="多功能厅", name="多功能厅", seats=90, care_room=True),
)


def teacher(one: Person) -> Teacher:
    """Make a member of staff."""
    here = tuple(slot.id for slot in slots() if slot.weekday not in one.away)
    external = one.session_pay_fen > 0
    return Teacher(
        id=one.id,
        name=one.name,
        kind=StaffKind.EXTERNAL if external else StaffKind.OWN,
        may_supervise=not external,
        available_slots=here if one.away else None,
        max_periods_week=one.max_periods_week,
        max_periods_day=3 if external else 2,
        pay_fen=one.session_pay_fen or OWN_PAY_FEN,
        pay_unit=PayUnit.SESSION if external else PayUnit.PERIOD,
        provider=one.provider,
    )


def course(item: Item) -> Course:
    """Make a course."""
    sessions, periods, gap = item.pattern
    low, high = item.grades
    return Course(
        id=item.id,
        name=item.name,
        grades=tuple(range(low, high + 1)),
        min_size=item.sizes[0],
        max_size=item.sizes[1],
        max_sections=item.sections,
        sessions_per_week=sessions,
        periods_per_session=periods,
        min_gap_days=gap,
        leaders=tuple(item.leaders.split()),
        room_features=(item.feature,),
        kind=CourseKind.LEARNING if item.id == "答疑" else CourseKind.ACTIVITY,
        content=(WRITTEN,) if item.id == "答疑" else (),
        provider="泥巴工坊" if item.id == "陶艺" else None,
    )
