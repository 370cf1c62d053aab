"""putuo-2021: activities to 16:30 and late care to 18:00, paid as normal work and overtime."""

from random import Random

from instances.regimes import common, people
from instances.regimes.common import Item, Period
from models import (
    BaseCare,
    Budget,
    CareContent,
    Level,
    Policy,
    School,
    Settings,
    SlotUse,
    StaffKind,
    Stage,
    Teacher,
)

PRIMARY = (1, 2, 3, 4, 5)
GRADES = (*PRIMARY, 6)
"""In Shanghai the sixth grade is the first of junior school, and takes no part."""
STAGES = (
    Stage(id="小学", name="小学部", grades=PRIMARY, level=Level.PRIMARY),
    Stage(id="初中", name="初中部", grades=(6,), level=Level.JUNIOR),
)
MON_TO_THU = (1, 2, 3, 4)
SLOTS = common.week(
    Period("活动", "15:40", "16:30", days=MON_TO_THU, content=CareContent.HOMEWORK),
    Period("晚托1", "16:30", "17:15", days=MON_TO_THU, use=SlotUse.CARE_ONLY),
    Period("晚托2", "17:15", "18:00", days=MON_TO_THU, use=SlotUse.CARE_ONLY),
    # A Friday that begins earlier: its second hour lies half before and half after 16:30.
    Period("活动", "15:00", "16:00", days=(5,), content=CareContent.HOMEWORK),
    Period("跨段", "16:00", "17:00", days=(5,), use=SlotUse.CARE_ONLY),
    Period("晚托", "17:00", "18:00", days=(5,), use=SlotUse.CARE_ONLY),
)
MENU = (
    Item("游戏乐园", (1, 2), "T01 T02", sections=2, slots="周一活动 周四活动"),
    Item("沪语童谣", (1, 5), "T03 T07", "音乐", slots="周二活动 周五活动"),
    Item("折纸", (1, 4), "T04 T08", "美术", slots="周一活动 周三活动"),
    Item("足球", (2, 5), "T06", "运动", pattern=(2, 1, 2), liking=6, slots="周二活动 周四活动"),
    Item("跳踢", (1, 5), "T06", "运动", sizes=(6, 20), slots="周三活动 周五活动"),
    Item("科学小制作", (3, 5), "T09", "实验", liking=6, slots="周三活动 周一活动"),
    Item("劳动技能", (2, 5), "T05", slots="周五活动 周二活动"),
    Item("阅读分享", (3, 5), "T10 T05", slots="周四活动 周五活动"),
    Item("民乐", (3, 5), "V01", "音乐", sizes=(5, 12)),
)
ROOMS = {"操场": "运动", "音乐室": "音乐", "美术室": "美术", "实验室": "实验"}
VOLUNTEER = Teacher(
    id="V01",
    name="顾老师（退休教师）",
    kind=StaffKind.VOLUNTEER,
    may_supervise=False,
    available_slots=("周三活动",),
    max_periods_week=1,
)
SETTINGS = Settings(
    id="桃浦河学校",
    name="桃浦河实验学校",
    stages=STAGES,
    base_care=BaseCare(grade_span=3),
    budget=Budget(special_fund_fen=4_000_000),
    notice=common.notice("16:30 前课外活动，之后晚托，愿留尽留", 3),
)


def stay(chance: Random, grade: int) -> people.Stay:
    """Draw when a child of a grade stays."""
    days = people.by_day(SLOTS)
    if grade not in PRIMARY:
        return (), ()
    late = 0.8 if chance.random() < 0.5 else 0.15
    return people.staying(chance, days, (0.95, late, 0.7), 0.5)


def make() -> School:
    """Make 桃浦河实验学校: 75 primary children and eight of grade 6, who go home."""
    random = Random(2103)
    staff = people.own_staff(
        random,
        "语文 数学 语文 数学 英语 体育 音乐 美术 自然 语文",
        pay_fen=3000,
        overtime_pay_fen=6000,
        max_periods_week=9,
    )
    children = people.children(
        random, {g: 15 if g in PRIMARY else 8 for g in GRADES}, stay, {"随迁": 0.2}
    )
    return School(
        settings=SETTINGS,
        term=common.autumn(make_up_days=common.MAKE_UP_DAYS),
        policy=Policy(id="putuo-2021"),
        slots=SLOTS,
        rooms=common.rooms(GRADES, ROOMS),
        classes=common.home_classes(GRADES),
        groups=people.groups({"随迁": None}),
        teachers=(*staff, VOLUNTEER),
        courses=tuple(common.course(item) for item in MENU),
        students=children,
        wishes=people.wishes(random, children, MENU),
    )
