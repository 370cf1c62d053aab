"""free-rota: homework from 17:30, homeroom teachers in turn, longer for the upper grades; free."""

from random import Random

from instances.regimes import common, people
from instances.regimes.common import Item, Period
from models import (
    BaseCare,
    CareContent,
    HomeClass,
    Policy,
    Room,
    School,
    Settings,
    SlotUse,
)

GRADES = range(1, 7)
LOWER, UPPER, ENRICHED = (1, 2, 3), (4, 5, 6), (1, 6)
ENRICHMENT = "enrichment"
SLOTS = common.week(
    Period("兴趣", "16:45", "17:25", days=(2, 4)),
    Period(
        "作业",
        "17:30",
        "18:00",
        use=SlotUse.CARE_ONLY,
        content=CareContent.HOMEWORK,
        grades=(2, 3, 4, 5),
    ),
    Period("培优", "17:30", "18:00", content=CareContent.HOMEWORK, grades=ENRICHED),
    Period("延时", "18:00", "18:30", grades=UPPER),
)
MENU = (
    Item(
        "一年级培优", (1, 1), "T01 T09", content=(ENRICHMENT,), slots="周一培优 周三培优 周四兴趣"
    ),
    Item(
        "六年级培优",
        (6, 6),
        "T06 T10",
        content=(ENRICHMENT,),
        slots="周二培优 周四培优 周三延时",
        liking=10,
    ),
    Item("锅庄舞", (1, 6), "T07", "运动", sizes=(6, 24), slots="周二兴趣 周四兴趣"),
    Item("足球", (3, 6), "T08", "运动", liking=6, slots="周二兴趣 周四兴趣 周三延时"),
    Item("藏文书法", (3, 6), "T11 T12", slots="周一延时 周四兴趣"),
    Item("电脑绘画", (2, 6), "T13", "计算机", slots="周二兴趣 周四兴趣"),
    Item("作文", (4, 6), "T10 T04", slots="周一延时 周三延时"),
    Item("合唱", (2, 6), "T14", "音乐", sizes=(6, 24), slots="周二兴趣 周五延时"),
)
SECOND = HomeClass(id="102", name="一（2）班", grade=1, home_room="教室102", homeroom_teacher="T09")
SECOND_ROOM = Room(id="教室102", name="一（2）班教室", seats=45, features=(common.DESKS,))
SECOND_HALF = {f"S1{number:02d}" for number in range(8, 15)}
ROOMS = {"操场": "运动", "音乐室": "音乐", "机房": "计算机"}
SETTINGS = Settings(
    id="雪莲小学",
    name="雪莲小学",
    lower_grades=LOWER,
    base_care=BaseCare(grade_span=3),
    notice=common.notice("17:30 起作业辅导，低年级班主任轮流值班", 7),
)


def stay(chance: Random, grade: int) -> people.Stay:
    """Draw when a child of a grade stays."""
    own = people.by_day(slot for slot in SLOTS if slot.admits_grade(grade))
    return people.staying(chance, own, (0.93, 0.9, 0.85), 0.4)


def make() -> School:
    """Make 雪莲小学: 84 children; grades 1-3 are with their homeroom teachers in turn.

    Grade 1 has two classes of seven, so that there are turns to take.
    """
    random = Random(1730)
    staff = people.own_staff(
        random,
        "语文 数学 语文 语文 数学 语文 体育 体育 数学 语文 藏文 藏文 信息 音乐",
        pay_fen=2500,
        max_periods_week=9,
    )
    children = people.children(
        random, dict.fromkeys(GRADES, 14), stay, {"留守": 0.25, "随迁": 0.10}
    )
    children = tuple(
        child.model_copy(update={"home_class": SECOND.id}) if child.id in SECOND_HALF else child
        for child in children
    )
    return School(
        settings=SETTINGS,
        term=common.autumn(make_up_days=common.MAKE_UP_DAYS),
        policy=Policy(id="free-rota"),
        slots=SLOTS,
        rooms=(*common.rooms(GRADES, ROOMS, seats=45), SECOND_ROOM),
        classes=(*common.home_classes(GRADES), SECOND),
        groups=people.groups({"留守": None, "随迁": None}),
        teachers=staff,
        courses=tuple(common.course(item) for item in MENU),
        students=children,
        wishes=people.wishes(random, children, MENU),
    )
