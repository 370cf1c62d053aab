"""per-head-subsidy: evening study for juniors, a subsidy per head raised for a remote school."""

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
    SlotUse,
    StaffKind,
    Stage,
    Teacher,
)

GRADES = range(4, 10)
JUNIOR = (7, 8, 9)
STAGES = (
    Stage(id="小学", name="小学部", grades=(4, 5, 6)),
    Stage(id="初中", name="初中部", grades=JUNIOR),
)
SLOTS = common.week(
    Period("1", "16:10", "17:00", content=CareContent.HOMEWORK),
    Period("2", "17:10", "18:00"),
    Period(
        "晚",
        "18:40",
        "20:30",
        days=(1, 2, 3, 4),
        use=SlotUse.CARE_ONLY,
        content=CareContent.HOMEWORK,
        evening=True,
        grades=JUNIOR,
    ),
)
MENU = (
    Item("山歌", (4, 9), "T07", "音乐", sizes=(6, 20), slots="周一2 周四2"),
    Item("毽球", (4, 9), "T08", "运动", sections=2, liking=6, slots="周二2 周五2 周四2"),
    Item(
        "木工", (5, 9), "T10", "实验", pattern=(1, 2, 1), liking=6, slots="周一1 周一2 周三1 周三2"
    ),
    Item("竹笛", (4, 8), "Q01", "音乐", slots="周二2 周五2"),
    Item("山野植物", (4, 7), "T09 T11", slots="周二1 周四2"),
    Item("读书会", (4, 9), "T01 T02", sections=2, slots="周一2 周五1"),
    Item("答疑", (7, 9), "T03 T04", learning=True, liking=3, slots="周二1 周四1"),
    Item("无人机", (5, 9), "P01", "运动", provider="蓝翼", liking=7),
    Item("街舞", (4, 9), "P02", "音乐", provider="炫动", liking=5, slots="周三2 周五2"),
)
ROOMS = {"操场": "运动", "音乐室": "音乐", "实验室": "实验"}
PROVIDERS = (
    Provider(id="蓝翼", name="蓝翼航空科普中心", kind=ProviderKind.NON_SUBJECT),
    Provider(id="炫动", name="炫动艺术工作室", kind=ProviderKind.NON_SUBJECT, vetted=False),
)
"""Neither teaches school subjects; only the first was selected by the authority."""
GUESTS = (
    # Nobody of the own staff plays the flute: the authority sends a teacher of the next town.
    Teacher(
        id="Q01",
        name="顾老师（镇中心学校）",
        kind=StaffKind.OTHER_SCHOOL,
        may_supervise=False,
        available_slots=("周二2", "周五2"),
        max_periods_week=2,
        pay_fen=5000,
    ),
    Teacher(
        id="P01",
        name="付老师（无人机）",
        kind=StaffKind.PROVIDER,
        may_supervise=False,
        available_slots=("周三2", "周五2"),
        max_periods_week=2,
        pay_fen=12_000,
        pay_unit=PayUnit.SESSION,
        provider="蓝翼",
    ),
    Teacher(
        id="P02",
        name="郝老师（街舞）",
        kind=StaffKind.PROVIDER,
        may_supervise=False,
        pay_fen=12_000,
        pay_unit=PayUnit.SESSION,
        provider="炫动",
    ),
)
COSTS = (
    PlannedCost(id="K1", kind=Cost.CONSUMABLES, amount_fen=120_000, day=date(2026, 9, 21)),
    PlannedCost(id="K2", kind=Cost.UTILITIES, amount_fen=156_075, day=date(2026, 12, 8)),
)
SETTINGS = Settings(
    id="岭上学校",
    name="岭上学校",
    stages=STAGES,
    base_care=BaseCare(grade_span=3),
    budget=Budget(
        from_income=True,
        fee_basis=FeeBasis.TERM,
        fee_fen=30_000,
        fee_standard="市课后服务收费标准批复",
        part_period=PartPeriod.SHARE,
        subsidy_fen_per_student=25_000,
        subsidy_earlier_fen=25_000,
        uplift_percent=20,
        special_fund_fen=1_500_000,
    ),
    notice=common.notice("放学后两节服务，初中另设晚自习", 9),
)


def stay(chance: Random, grade: int) -> people.Stay:
    """Draw when a child of a grade stays."""
    days = people.by_day(SLOTS)
    evenings = grade in JUNIOR and chance.random() < 0.7
    own = {d: [s for s in slots if evenings or s[-1] != "晚"] for d, slots in days.items()}
    return people.staying(chance, own, (0.92, 0.88, 0.95), 0.4)


def make() -> School:
    """Make 岭上学校: 78 children of a remote school; the subsidy reaches the year's maximum."""
    random = Random(600)
    staff = people.own_staff(
        random, "语文 数学 语文 数学 语文 数学 音乐 体育 生物 物理 英语 英语", pay_fen=3000
    )
    children = people.children(
        random, dict.fromkeys(GRADES, 13), stay, {"困难": 0.12, "留守": 0.20}
    )
    children = people.with_child(children, "S503", joins=date(2026, 10, 26))
    return School(
        settings=SETTINGS,
        term=common.autumn(make_up_days=common.MAKE_UP_DAYS),
        policy=Policy(id="per-head-subsidy"),
        slots=SLOTS,
        rooms=common.rooms(GRADES, ROOMS),
        classes=common.home_classes(GRADES),
        groups=people.groups({"困难": 50, "留守": None}),
        providers=PROVIDERS,
        teachers=(*staff, *GUESTS),
        courses=tuple(common.course(item) for item in MENU),
        students=children,
        wishes=people.wishes(random, children, MENU),
        costs=COSTS,
    )
