"""one-plus-x: two periods a day, one of base care and one of choice; two are charged at most."""

from datetime import date
from random import Random

from instances.regimes import common, people
from instances.regimes.common import Item, Period
from models import (
    BaseCare,
    Budget,
    CareContent,
    FeeBasis,
    Policy,
    School,
    Settings,
    SlotUse,
    Stage,
)

GRADES = range(4, 10)
JUNIOR = (7, 8, 9)
STAGES = (
    Stage(id="小学", name="小学高段", grades=(4, 5, 6)),
    Stage(id="初中", name="初中部", grades=JUNIOR),
)
SLOTS = common.week(
    Period("基础", "16:45", "17:25", use=SlotUse.CARE_ONLY, content=CareContent.HOMEWORK),
    Period("拓展", "17:35", "18:15"),
)
MENU = (
    Item("课外阅读", (4, 9), "T01 T02", sections=2, slots="周一拓展 周三拓展 周五拓展"),
    Item("电影欣赏", (4, 9), "T03", sizes=(8, 30), slots="周五拓展"),
    Item("篮球", (4, 9), "T07", "运动", sections=2, liking=6, slots="周二拓展 周四拓展"),
    Item("田径", (5, 9), "T08", "运动", slots="周一拓展 周三拓展"),
    Item(
        "合唱", (4, 8), "T09", "音乐", sizes=(8, 20), pattern=(2, 1, 2), slots="周二拓展 周四拓展"
    ),
    Item("素描", (5, 9), "T10", "美术", slots="周三拓展 周五拓展"),
    Item("编程", (4, 9), "T11", "计算机", liking=7, slots="周一拓展 周四拓展"),
    Item("农场实践", (4, 7), "T12 T05", slots="周二拓展 周五拓展"),
)
ROOMS = {
    "篮球场": "运动",
    "田径场": "运动",
    "音乐室": "音乐",
    "美术室": "美术",
    "机房": "计算机",
}
SETTINGS = Settings(
    id="青禾中心校",
    name="青禾中心校",
    stages=STAGES,
    base_care=BaseCare(grade_span=3),
    budget=Budget(
        sum_fen=4_000_000,
        fee_basis=FeeBasis.PERIOD,
        fee_fen=230,
        fee_standard="青禾中心校课后服务收费公示",
    ),
    notice=common.notice("“1+X”：一节基础服务，一节自选活动", 5),
)


def make() -> School:
    """Make 青禾中心校: 78 children of grades 4-9; the younger go to the village schools."""
    random = Random(46)
    staff = people.own_staff(
        random,
        "语文 语文 数学 数学 英语 英语 体育 体育 音乐 美术 信息 劳动",
        pay_fen=3500,
    )
    days = people.by_day(SLOTS)
    children = people.children(
        random,
        dict.fromkeys(GRADES, 13),
        lambda chance, _: people.staying(chance, days, (0.95, 0.85), 0.4),
        {"留守": 0.2, "困难": 0.08},
    )
    children = people.with_child(children, "S702", leaves=date(2026, 11, 27))
    return School(
        settings=SETTINGS,
        term=common.autumn(),
        policy=Policy(id="one-plus-x"),
        slots=SLOTS,
        rooms=common.rooms(GRADES, ROOMS),
        classes=common.home_classes(GRADES),
        groups=people.groups({"留守": None, "困难": None}),
        teachers=staff,
        courses=tuple(common.course(item) for item in MENU),
        students=children,
        wishes=people.wishes(random, children, MENU),
    )
