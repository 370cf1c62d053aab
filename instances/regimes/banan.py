"""banan-2020: three periods of 40 minutes a day, 180 yuan a month, poor pupils free."""

from datetime import date
from random import Random

from instances.regimes import common, people
from instances.regimes.common import Item, Period
from models import (
    BaseCare,
    Budget,
    CareContent,
    Cost,
    PartPeriod,
    PayUnit,
    PlannedCost,
    Policy,
    PolicyItem,
    Provider,
    ProviderKind,
    School,
    Settings,
    SlotUse,
    StaffKind,
    Teacher,
)

GRADES = range(1, 7)
SLOTS = common.week(
    Period("1", "15:50", "16:30", use=SlotUse.CARE_ONLY, content=CareContent.HOMEWORK),
    Period("2", "16:40", "17:20"),
    Period("3", "17:20", "18:00"),
)
MENU = (
    Item("绘本阅读", (1, 3), "T01 T02", sections=2, slots="周一2 周四2"),
    Item("硬笔书法", (2, 6), "T04 T05", slots="周二2 周五2"),
    Item("花样跳绳", (1, 4), "T07", "运动", sections=2, slots="周一2 周三2"),
    Item("篮球", (3, 6), "T07", "运动", pattern=(2, 1, 2), liking=6, slots="周二3 周四3"),
    Item("合唱", (2, 6), "T08", "音乐", sizes=(8, 20), slots="周三2 周五2"),
    Item("国画", (3, 6), "T09", "美术", slots="周一3 周四2"),
    Item(
        "科学实验",
        (3, 6),
        "T10",
        "实验",
        pattern=(1, 2, 1),
        liking=6,
        slots="周一2 周一3 周五2 周五3",
    ),
    Item("竹编", (2, 6), "W01", "美术"),
    Item("劳动小能手", (1, 6), "V01"),
)
ROOMS = {"操场": "运动", "音乐室": "音乐", "美术室": "美术", "实验室": "实验"}
GUESTS = (
    Teacher(
        id="W01",
        name="冉师傅（竹编）",
        kind=StaffKind.EXTERNAL,
        may_supervise=False,
        available_slots=("周二2", "周四2"),
        max_periods_week=2,
        pay_fen=16_000,
        pay_unit=PayUnit.SESSION,
        provider="文化馆",
    ),
    Teacher(
        id="V01",
        name="罗秀英（家长志愿者）",
        kind=StaffKind.VOLUNTEER,
        may_supervise=False,
        available_slots=("周一2", "周三2"),
        max_periods_week=2,
    ),
)
COSTS = (
    PlannedCost(id="K1", kind=Cost.CONSUMABLES, amount_fen=86_000, day=date(2026, 9, 10)),
    PlannedCost(id="K2", kind=Cost.RUNNING, amount_fen=120_050, day=date(2026, 11, 12)),
)
SETTINGS = Settings(
    id="云篆小学",
    name="云篆小学",
    lower_grades=(1, 2),
    middle_grades=(3, 4),
    base_care=BaseCare(grade_span=3),
    budget=Budget(from_income=True, part_period=PartPeriod.SHARE),
    notice=common.notice("先作业辅导，后社团活动，家长申请、学校统筹", 1),
)


def make() -> School:
    """Make 云篆小学: 84 children; pay comes out of what families and the district pay."""
    random = Random(2020)
    staff = people.own_staff(
        random, "语文 数学 语文 数学 语文 数学 体育 音乐 美术 科学 英语 英语", pay_fen=4500
    )
    days = people.by_day(SLOTS)
    children = people.children(
        random,
        dict.fromkeys(GRADES, 14),
        lambda chance, _: people.staying(chance, days, (0.95, 0.9, 0.75), 0.6),
        {"建档": 0.04, "低保": 0.05, "困难": 0.03, "留守": 0.10, "随迁": 0.08},
    )
    children = people.with_child(children, "S305", joins=date(2026, 10, 19))
    children = people.with_child(children, "S510", leaves=date(2026, 11, 13))
    return School(
        settings=SETTINGS,
        term=common.autumn(make_up_days=common.MAKE_UP_DAYS),
        policy=Policy(
            id="banan-2020",
            clauses=(common.own_rule(PolicyItem.LATEST_END, common.minute("18:00")),),
        ),
        slots=SLOTS,
        rooms=common.rooms(GRADES, ROOMS, seats=45),
        classes=common.home_classes(GRADES),
        groups=people.groups(dict.fromkeys(("建档", "低保", "困难", "留守", "随迁"))),
        providers=(Provider(id="文化馆", name="区文化馆", kind=ProviderKind.PUBLIC),),
        teachers=(*staff, *GUESTS),
        courses=tuple(common.course(item) for item in MENU),
        students=children,
        wishes=people.wishes(random, children, MENU),
        costs=COSTS,
    )
