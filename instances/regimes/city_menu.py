"""city-menu: no boarders, no bus pupils; own staff out of the raised performance pay."""

from datetime import date
from random import Random

from instances.regimes import common, people
from instances.regimes.common import Item, Period
from models import (
    BaseCare,
    Budget,
    CareContent,
    Cost,
    FeeBasis,
    PartPeriod,
    PayUnit,
    PlannedCost,
    Policy,
    Provider,
    ProviderKind,
    School,
    Settings,
    StaffKind,
    Teacher,
)

GRADES = range(1, 7)
SLOTS = common.week(
    Period("1", "16:00", "16:55", content=CareContent.HOMEWORK),
    Period("2", "17:00", "18:00"),
)
MENU = (
    Item("绘本剧", (1, 3), "T01 T02", sections=2, slots="周一2 周四2"),
    Item("儿童编织", (1, 4), "T03", slots="周二2 周五2"),
    Item("跳绳", (1, 6), "T07", "运动", sizes=(6, 20), sections=2, slots="周三2 周五1"),
    Item(
        "校足球队",
        (4, 6),
        "T07 T12",
        "运动",
        pattern=(2, 1, 2),
        liking=6,
        slots="周一2 周三2 周五2",
    ),
    Item("昆曲", (2, 6), "T08", "音乐", slots="周二2 周四2"),
    Item("国画", (2, 6), "T09", "美术", slots="周一1 周三2"),
    Item("航模", (3, 6), "W01", "实验", liking=7),
    Item("图形编程", (3, 6), "T10", "计算机", sections=2, liking=7, slots="周二2 周四2 周五2"),
    Item("读书交流", (3, 6), "T05 T06", slots="周三1 周五2"),
    Item("陶艺", (2, 6), "W02", "美术", pattern=(1, 2, 1), slots="周二1 周二2 周四1 周四2"),
)
ROOMS = {
    "操场": "运动",
    "音乐室": "音乐",
    "美术室": "美术",
    "实验室": "实验",
    "机房": "计算机",
}
GUESTS = (
    Teacher(
        id="W01",
        name="钱老师（航模）",
        kind=StaffKind.EXTERNAL,
        may_supervise=False,
        available_slots=("周一2", "周三2"),
        max_periods_week=2,
        pay_fen=18_000,
        pay_unit=PayUnit.SESSION,
        provider="科技馆",
    ),
    Teacher(
        id="W02",
        name="俞师傅（紫砂）",
        kind=StaffKind.EXTERNAL,
        may_supervise=False,
        available_slots=("周二1", "周二2", "周四1", "周四2"),
        max_periods_week=4,
        pay_fen=9000,
        pay_unit=PayUnit.PERIOD,
    ),
)
COSTS = (PlannedCost(id="K1", kind=Cost.CONSUMABLES, amount_fen=98_000, day=date(2026, 9, 14)),)
KEPT_OUT = ("寄宿", "校车")
SETTINGS = Settings(
    id="梁溪桥小学",
    name="梁溪桥小学",
    lower_grades=(1, 2),
    middle_grades=(3, 4),
    base_care=BaseCare(grade_span=3),
    budget=Budget(
        from_income=True,
        fee_basis=FeeBasis.MONTH,
        fee_fen=10_000,
        fee_standard="市发改委、教育局课后服务收费批复",
        part_period=PartPeriod.FULL,
        special_fund_fen=5_000_000,
    ),
    notice=common.notice("菜单式服务，家长自愿申请、学校审核安排", 8),
)


def make() -> School:
    """Make 梁溪桥小学: 84 children; boarders and those who go by bus do not take part."""
    random = Random(1800)
    staff = people.own_staff(
        random, "语文 数学 语文 数学 语文 数学 体育 音乐 美术 信息 英语 体育", pay_fen=5000
    )
    days = people.by_day(SLOTS)
    children = people.children(
        random,
        dict.fromkeys(GRADES, 14),
        lambda chance, _: people.staying(chance, days, (0.92, 0.85), 0.4),
        {"寄宿": 0.06, "校车": 0.08, "残疾": 0.02, "留守": 0.05, "随迁": 0.12, "困难": 0.08},
    )
    children = tuple(
        s.model_copy(update={"stay_slots": (), "club_slots": (), "max_clubs": 0})
        if set(s.groups) & set(KEPT_OUT)
        else s
        for s in children
    )
    return School(
        settings=SETTINGS,
        term=common.autumn(make_up_days=common.MAKE_UP_DAYS),
        policy=Policy(id="city-menu"),
        slots=SLOTS,
        rooms=common.rooms(GRADES, ROOMS),
        classes=common.home_classes(GRADES),
        groups=people.groups(
            {"寄宿": None, "校车": None, "残疾": None, "留守": None, "随迁": None, "困难": 50}
        ),
        providers=(Provider(id="科技馆", name="市科技馆", kind=ProviderKind.PUBLIC),),
        teachers=(*staff, *GUESTS),
        courses=tuple(common.course(item) for item in MENU),
        students=children,
        wishes=people.wishes(random, children, MENU),
        costs=COSTS,
    )
