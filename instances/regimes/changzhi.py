"""changzhi-2021: five days, one Saturday, evening study; no fee; families choose the teacher."""

from random import Random

from instances.regimes import common, people
from instances.regimes.common import Item, Period
from models import (
    BaseCare,
    Budget,
    CareContent,
    PartPeriod,
    Policy,
    PolicyItem,
    School,
    Settings,
    SlotUse,
    Stage,
)

GRADES = range(1, 10)
JUNIOR = (7, 8, 9)
STAGES = (
    Stage(id="小学", name="小学部", grades=(1, 2, 3, 4, 5, 6)),
    Stage(id="初中", name="初中部", grades=JUNIOR),
)
SLOTS = common.week(
    Period("1", "16:00", "17:00", content=CareContent.HOMEWORK, grades=(*range(3, 10),)),
    # The youngest have no written homework: theirs is an hour of reading.
    Period("低", "16:00", "17:00", grades=(1, 2)),
    Period("2", "17:00", "18:00"),
    Period("上午", "9:00", "10:30", days=(6,)),
    Period(
        "晚",
        "19:00",
        "20:30",
        days=(1, 2, 3, 4),
        use=SlotUse.CARE_ONLY,
        content=CareContent.HOMEWORK,
        evening=True,
        grades=JUNIOR,
    ),
)
MENU = (
    Item("上党剪纸", (1, 6), "T09 T10", "美术", sections=2, slots="周一2 周三2"),
    Item("童话剧", (1, 4), "T01 T03", sections=2, slots="周二2 周四2"),
    Item("乒乓球", (3, 9), "T11 T12", "运动", sections=2, liking=6, slots="周一1 周一2 周五2"),
    Item("八音会", (4, 9), "T13", "音乐", sizes=(6, 20), pattern=(2, 1, 2), slots="周二2 周四2"),
    Item(
        "作业辅导",
        (1, 6),
        "T04 T02",
        learning=True,
        content=("written_homework",),
        liking=3,
        slots="周一1 周三1",
    ),
    Item("书法", (3, 9), "T05 T07", sections=2, slots="周三2 周五2"),
    Item("读书会", (5, 9), "T08 T06", slots="周四2 周六上午"),
    Item("物理小实验", (7, 9), "T14", "实验", liking=6, slots="周三2 周五1"),
    Item("答疑", (7, 9), "T07 T08 T09", learning=True, liking=3, slots="周二1 周四1"),
    Item("周六足球", (3, 9), "T11 T12", "运动", sizes=(6, 22), slots="周六上午", liking=8),
)
ROOMS = {"操场": "运动", "音乐室": "音乐", "美术室": "美术", "实验室": "实验"}
SETTINGS = Settings(
    id="漳水学校",
    name="漳水九年制学校",
    stages=STAGES,
    base_care=BaseCare(grade_span=3),
    budget=Budget(part_period=PartPeriod.SHARE),
    notice=common.notice("菜单式双选：自选内容、自选教师，选单走班", 2),
)


def stay(chance: Random, grade: int) -> people.Stay:
    """Draw when a child of a grade stays."""
    days = people.by_day(slot for slot in SLOTS if slot.admits_grade(grade))
    evenings = grade in JUNIOR and chance.random() < 0.6
    own = {
        day: [slot for slot in slots if evenings or not slot.endswith("晚")]
        for day, slots in days.items()
        if day < 6 or chance.random() < 0.6
    }
    return people.staying(chance, own, (0.92, 0.85, 0.9), 0.4)


def make() -> School:
    """Make 漳水九年制学校: 81 children, one class of nine a grade."""
    random = Random(2021)
    staff = people.own_staff(
        random,
        "语文 数学 语文 数学 英语 语文 语文 数学 英语 美术 体育 体育 音乐 物理 化学 历史",
        pay_fen=3000,
    )
    children = people.children(
        random,
        dict.fromkeys(GRADES, 9),
        stay,
        {"残疾": 0.03, "留守": 0.15, "随迁": 0.05, "困难": 0.05},
    )
    return School(
        settings=SETTINGS,
        term=common.autumn(
            service_weekdays=(*common.WORKDAYS, 6), make_up_days=common.MAKE_UP_DAYS
        ),
        policy=Policy(
            id="changzhi-2021",
            clauses=(
                common.own_rule(
                    PolicyItem.EARLIEST_END, common.minute("18:00"), source="当地下班时间 18:00"
                ),
            ),
        ),
        slots=SLOTS,
        rooms=common.rooms(GRADES, ROOMS),
        classes=common.home_classes(GRADES),
        groups=people.groups(dict.fromkeys(("残疾", "留守", "随迁", "困难"))),
        teachers=staff,
        courses=tuple(common.course(item) for item in MENU),
        students=children,
        wishes=people.wishes(random, children, MENU, named=0.4),
    )
