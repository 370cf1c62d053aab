"""zhanggong-2021: make-up days served, 3.75 yuan a period, settled on what was given."""

from datetime import date
from random import Random

from instances.regimes import common, people
from instances.regimes.common import Item, Period
from models import (
    BaseCare,
    Calendar,
    CareContent,
    Policy,
    School,
    Settings,
    Stage,
    Term,
)

GRADES = range(1, 10)
STAGES = (
    Stage(id="小学", name="小学部", grades=(1, 2, 3, 4, 5, 6)),
    Stage(id="初中", name="初中部", grades=(7, 8, 9)),
)
SLOTS = common.week(
    Period("1", "16:20", "17:00", content=CareContent.HOMEWORK),
    Period("2", "17:10", "17:50"),
)
MENU = (
    Item("客家童谣", (1, 4), "T01 T10", sections=2, slots="周一2 周三2"),
    Item("儿童画", (1, 5), "T11", "美术", slots="周二2 周四2"),
    Item("啦啦操", (2, 6), "T12", "运动", slots="周一2 周五2"),
    Item("羽毛球", (4, 9), "T13", "运动", sections=2, liking=6, slots="周一1 周三2 周五1"),
    Item("采茶戏", (3, 9), "T10", "音乐", pattern=(2, 1, 2), slots="周二2 周四2"),
    Item("围棋", (2, 7), "T04 T06", slots="周三2 周四1"),
    Item(
        "航模", (5, 9), "T14", "实验", pattern=(1, 2, 1), liking=6, slots="周二1 周二2 周四1 周四2"
    ),
    Item("硬笔书法", (3, 9), "T05 T07", slots="周一2 周五2"),
    Item("少儿影院", (1, 9), "T08", sizes=(8, 30), slots="周五2"),
)
ROOMS = {"操场": "运动", "音乐室": "音乐", "美术室": "美术", "实验室": "实验"}
TERM = Term(
    first_date=date(2026, 9, 1),
    last_date=date(2026, 12, 31),
    calendar=Calendar.STATUTORY,
    make_up_days=common.MAKE_UP_DAYS,
    cancelled_days=(date(2026, 11, 6),),
)
"""Billed by calendar month; the statutory make-up days follow the weekdays the school names."""
SETTINGS = Settings(
    id="贡水学校",
    name="贡水学校",
    stages=STAGES,
    base_care=BaseCare(grade_span=3),
    notice=common.notice("家长自愿申报，按月收取、据实结算", 4),
)


def make() -> School:
    """Make 贡水学校: 81 children of primary and junior school."""
    random = Random(375)
    staff = people.own_staff(
        random,
        "语文 数学 语文 数学 语文 数学 语文 数学 英语 音乐 美术 体育 体育 科学",
        pay_fen=4000,
    )
    days = people.by_day(SLOTS)
    children = people.children(
        random,
        dict.fromkeys(GRADES, 9),
        lambda chance, _: people.staying(chance, days, (0.9, 0.8), 0.5),
        {"低保": 0.06, "残疾": 0.03, "特困": 0.05, "困难": 0.05},
    )
    children = people.with_child(children, "S403", joins=date(2026, 10, 12))
    return School(
        settings=SETTINGS,
        term=TERM,
        policy=Policy(id="zhanggong-2021"),
        slots=SLOTS,
        rooms=common.rooms(GRADES, ROOMS),
        classes=common.home_classes(GRADES),
        groups=people.groups({"低保": 100, "残疾": 100, "特困": 50, "困难": 30}),
        teachers=staff,
        courses=tuple(common.course(item) for item in MENU),
        students=children,
        wishes=people.wishes(random, children, MENU),
    )
