"""hebi: an hour and a half, one learning period a day; who gets nothing is moved; no firms."""

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
    Stage,
    Teacher,
    Wish,
)

PRIMARY, JUNIOR = (3, 4, 5, 6), (7, 8)
GRADES = (*PRIMARY, *JUNIOR)
STAGES = (
    Stage(id="小学", name="小学部", grades=PRIMARY),
    Stage(id="初中", name="初中部", grades=JUNIOR),
)
SLOTS = common.week(
    Period("1", "16:30", "17:15", content=CareContent.HOMEWORK, grades=PRIMARY),
    Period("2", "17:15", "18:00", grades=PRIMARY),
    Period("初1", "17:00", "17:45", content=CareContent.HOMEWORK, grades=JUNIOR),
    Period("初2", "17:45", "18:30", grades=JUNIOR),
)
MENU = (
    Item("机器人", (3, 6), "T12", "计算机", sizes=(6, 8), liking=10, slots="周一2 周三2"),
    Item("泥咕咕", (3, 6), "W01", "美术", slots="周二2 周四2"),
    Item("篮球", (3, 6), "T08", "运动", sizes=(6, 18), slots="周二2 周五2"),
    Item("诵读", (3, 6), "T01 T02", sizes=(6, 24), sections=2, liking=3, slots="周一2 周四2"),
    Item("合唱", (3, 6), "T10", "音乐", sizes=(6, 24), liking=3, slots="周三2 周五2"),
    Item("小学答疑", (4, 6), "T03 T04", learning=True, liking=6, slots="周一1 周三2"),
    Item("小主持人", (3, 6), "P01", provider="金口才", liking=4, slots="周二2 周四2"),
    Item("排球", (7, 8), "T09", "运动", sizes=(6, 18), slots="周一初2 周四初2"),
    Item("科技创新", (7, 8), "T11", "实验", sizes=(6, 8), liking=9, slots="周二初2 周五初2"),
    Item("文学社", (7, 8), "T05", sizes=(5, 20), liking=3, slots="周三初2 周五初2"),
    Item("初中答疑", (7, 8), "T06 T07", learning=True, liking=3, slots="周二初2 周四初1"),
)
ROOMS = {
    "操场": "运动",
    "音乐室": "音乐",
    "美术室": "美术",
    "机房": "计算机",
    "实验室": "实验",
}
GUESTS = (
    Teacher(
        id="W01",
        name="宋师傅（泥塑艺人）",
        kind=StaffKind.EXTERNAL,
        may_supervise=False,
        available_slots=("周二2", "周四2"),
        max_periods_week=2,
        pay_fen=15_000,
        pay_unit=PayUnit.SESSION,
    ),
    Teacher(
        id="P01",
        name="金老师（口才）",
        kind=StaffKind.PROVIDER,
        may_supervise=False,
        pay_fen=20_000,
        pay_unit=PayUnit.SESSION,
        provider="金口才",
    ),
)
FIRM = Provider(id="金口才", name="金口才培训中心", kind=ProviderKind.TRAINING_FIRM)
"""Its course is on the list that families were given, and must stay out."""
COSTS = (
    PlannedCost(id="K1", kind=Cost.UTILITIES, amount_fen=64_037, day=date(2026, 10, 15)),
    PlannedCost(id="K2", kind=Cost.UTILITIES, amount_fen=88_512, day=date(2026, 12, 15)),
    PlannedCost(id="K3", kind=Cost.CONSUMABLES, amount_fen=45_600, day=date(2026, 9, 16)),
    PlannedCost(id="K4", kind=Cost.UPKEEP, amount_fen=70_000, day=date(2026, 11, 5)),
)
SETTINGS = Settings(
    id="淇水学校",
    name="淇水学校",
    stages=STAGES,
    base_care=BaseCare(grade_span=2),
    budget=Budget(
        from_income=True,
        fee_basis=FeeBasis.MONTH,
        fee_fen=12_000,
        fee_standard="县发改委课后服务收费标准批复",
        part_period=PartPeriod.SHARE,
    ),
    notice=common.notice("家长申请、班级审核、学校核准、统筹安排", 6),
)


def stay(chance: Random, grade: int) -> people.Stay:
    """Draw when a child of a grade stays."""
    own = people.by_day(slot for slot in SLOTS if slot.admits_grade(grade))
    return people.staying(chance, own, (0.92, 0.9), 0.4)


def robots_or_nothing(wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """Let children of grades 3 and 4 who want robots most want nothing else: some get nothing."""
    first = {w.student for w in wishes if (w.rank, w.course) == (1, "机器人")}
    only = {student for student in first if student[1] in "34"}
    return tuple(w for w in wishes if w.rank == 1 or w.student not in only)


def make() -> School:
    """Make 淇水学校: 84 children; robots are wished for by more than there are seats."""
    random = Random(90)
    staff = people.own_staff(
        random,
        "语文 语文 数学 数学 语文 数学 英语 体育 体育 音乐 物理 信息 英语",
        pay_fen=4000,
    )
    children = people.children(
        random,
        dict.fromkeys(GRADES, 14),
        stay,
        {"残疾": 0.03, "留守": 0.08, "随迁": 0.10, "困难": 0.07},
    )
    children = people.with_child(children, "S408", joins=date(2026, 11, 16))
    return School(
        settings=SETTINGS,
        term=common.autumn(make_up_days=common.MAKE_UP_DAYS),
        policy=Policy(id="hebi"),
        slots=SLOTS,
        rooms=common.rooms(GRADES, ROOMS),
        classes=common.home_classes(GRADES),
        groups=people.groups(dict.fromkeys(("残疾", "留守", "随迁", "困难"))),
        providers=(FIRM,),
        teachers=(*staff, *GUESTS),
        courses=tuple(common.course(item) for item in MENU),
        students=children,
        wishes=robots_or_nothing(people.wishes(random, children, MENU, counts=(1, 2, 2, 3))),
        costs=COSTS,
    )
