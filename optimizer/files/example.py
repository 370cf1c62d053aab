"""A small worked example: two classes, 24 pupils, four courses; everyone in it is invented."""

from datetime import date, timedelta

from models import (
    Budget,
    Clause,
    Course,
    FeeBasis,
    Force,
    GroupKind,
    HomeClass,
    Lang,
    MakeUpDay,
    Policy,
    PolicyItem,
    Provider,
    ProviderKind,
    Room,
    School,
    SectionLock,
    Settings,
    Slot,
    SlotUse,
    StaffKind,
    Stage,
    Student,
    StudentGroup,
    Teacher,
    Term,
    Text,
    Wish,
)

_PUPILS = (
    Text("林小禾", "Lin Xiaohe"),
    Text("陈沐阳", "Chen Muyang"),
    Text("周知夏", "Zhou Zhixia"),
    Text("吴一诺", "Wu Yinuo"),
    Text("郑星辰", "Zheng Xingchen"),
    Text("孙可心", "Sun Kexin"),
    Text("许墨白", "Xu Mobai"),
    Text("何语桐", "He Yutong"),
    Text("冯子涵", "Feng Zihan"),
    Text("曹悠然", "Cao Youran"),
    Text("彭安然", "Peng Anran"),
    Text("曾书瑶", "Zeng Shuyao"),
    Text("田乐天", "Tian Letian"),
    Text("董雨桐", "Dong Yutong"),
    Text("袁思齐", "Yuan Siqi"),
    Text("邓佳宁", "Deng Jianing"),
    Text("蒋明轩", "Jiang Mingxuan"),
    Text("沈若溪", "Shen Ruoxi"),
    Text("韩景行", "Han Jingxing"),
    Text("叶青禾", "Ye Qinghe"),
    Text("苏念安", "Su Nian'an"),
    Text("卢锦程", "Lu Jincheng"),
    Text("贾舒然", "Jia Shuran"),
    Text("丁小满", "Ding Xiaoman"),
)
_BALL, _BRUSH = Text("篮球", "basketball"), Text("书法", "calligraphy")
_GO, _CODE = Text("围棋", "go"), Text("编程", "coding")
# Each pupil's wishes in order, by turns.
_WISHES = (
    (_BALL, _GO),
    (_BRUSH, _CODE),
    (_CODE, _BALL, _GO),
    (_GO, _BRUSH),
    (_BALL, _CODE),
    (_BRUSH, _GO, _BALL),
)
_TUE, _THU = Text("周二", "Tue"), Text("周四", "Thu")
_LEFT, _HARD = Text("留守", "left-behind"), Text("困难", "hardship")
_PALACE = Text("少年宫", "youth-palace")
_FIELD, _LAB = Text("操场", "field"), Text("机房", "lab")
_CLASSES = (Text("三1班", "3A"), Text("四1班", "4A"))


def example_school(lang: Lang) -> School:
    """Give the worked example with names and ids in one language."""

    def say(zh: str, en: str) -> str:
        return Text(zh, en).say(lang)

    return School(
        settings=Settings(
            id="example",
            name=say("示例小学", "Example School"),
            stages=(Stage(id=say("小学", "primary"), name=say("小学", "Primary"), grades=(3, 4)),),
            lottery_seed=20260901,
            budget=Budget(
                sum_fen=1_500_000,
                fee_basis=FeeBasis.MONTH,
                fee_fen=10_000,
                subsidy_fen_per_student=5_000,
            ),
        ),
        term=_term(),
        policy=Policy(id="own", name=say("校务会规定", "school board"), clauses=_clauses(lang)),
        slots=_slots(lang),
        rooms=_rooms(lang),
        classes=_classes(lang),
        groups=_groups(lang),
        providers=(
            Provider(
                id=_PALACE.say(lang), name=say("区少年宫", "Youth Palace"), kind=ProviderKind.PUBLIC
            ),
        ),
        teachers=_teachers(lang),
        courses=_courses(lang),
        students=_students(lang),
        wishes=_wishes(lang),
        locks=(SectionLock(course=_BALL.say(lang), room=_FIELD.say(lang), staff=("T03",)),),
    )


def _groups(lang: Lang) -> tuple[StudentGroup, ...]:
    left, hard = Text("留守儿童", "Left-behind children"), Text("家庭困难", "Hardship")
    return (
        StudentGroup(
            id=_LEFT.say(lang), name=left.say(lang), kind=GroupKind.LEFT_BEHIND, priority=True
        ),
        StudentGroup(
            id=_HARD.say(lang),
            name=hard.say(lang),
            kind=GroupKind.HARDSHIP,
            relief_percent=100,
            reimbursed=True,
        ),
    )


def _wishes(lang: Lang) -> tuple[Wish, ...]:
    return tuple(
        Wish(student=f"S{number:02d}", course=course.say(lang), rank=rank)
        for number in range(1, len(_PUPILS) + 1)
        for rank, course in enumerate(_WISHES[number % len(_WISHES)], 1)
    )


def _term() -> Term:
    first = date(2026, 10, 1)
    return Term(
        first_date=date(2026, 9, 1),
        last_date=date(2027, 1, 15),
        service_weekdays=(2, 4),
        holidays=tuple(first + timedelta(days=n) for n in range(7)),
        make_up_days=(MakeUpDay(date=date(2026, 10, 10), follows=4),),
    )


def _clauses(lang: Lang) -> tuple[Clause, ...]:
    source = Text("校务会 2026 年 8 月", "school board, August 2026").say(lang)
    return (
        Clause(item=PolicyItem.LATEST_END, value=18 * 60, source=source),
        Clause(
            item=PolicyItem.BARRED_CONTENT,
            subject="written_homework",
            grades=(1, 2),
            force=Force.HARD,
            source=source,
        ),
    )


def _slots(lang: Lang) -> tuple[Slot, ...]:
    """Homework for everyone, then clubs, on two days."""
    slots = []
    for day, name in ((2, _TUE), (4, _THU)):
        for period, start, use in ((1, 970, SlotUse.CARE_ONLY), (2, 1020, SlotUse.ANY)):
            slot = f"{name.say(lang)}{period}"
            end = start + 40
            slots.append(Slot(id=slot, weekday=day, start_minute=start, end_minute=end, use=use))
    return tuple(slots)


def _rooms(lang: Lang) -> tuple[Room, ...]:
    computers = Text("电脑", "computers").say(lang)
    return (
        Room(id="301", name=Text("301 教室", "Room 301").say(lang), seats=45),
        Room(id="401", name=Text("401 教室", "Room 401").say(lang), seats=45),
        Room(id="402", name=Text("书画室", "Art room").say(lang), seats=24),
        Room(id=_FIELD.say(lang), name=Text("操场", "Sports field").say(lang), seats=60),
        Room(
            id=_LAB.say(lang),
            name=Text("计算机教室", "Computer lab").say(lang),
            seats=20,
            features=(computers,),
        ),
    )


def _classes(lang: Lang) -> tuple[HomeClass, ...]:
    names = (Text("三年级（1）班", "Class 3A"), Text("四年级（1）班", "Class 4A"))
    return tuple(
        HomeClass(
            id=_CLASSES[n].say(lang),
            name=names[n].say(lang),
            grade=3 + n,
            home_room=f"{3 + n}01",
            homeroom_teacher=f"T0{1 + n}",
        )
        for n in range(2)
    )


def _teachers(lang: Lang) -> tuple[Teacher, ...]:
    names = (
        Text("李文静", "Li Wenjing"),
        Text("王海涛", "Wang Haitao"),
        Text("赵建国", "Zhao Jianguo"),
        Text("钱雅芳", "Qian Yafang"),
        Text("马晓东", "Ma Xiaodong"),
    )
    own = [
        Teacher(id=f"T0{n}", name=name.say(lang), pay_fen=4_000) for n, name in enumerate(names, 1)
    ]
    coach = own[-1].model_copy(
        update={
            "kind": StaffKind.PROVIDER,
            "provider": _PALACE.say(lang),
            "may_supervise": False,
            "available_slots": (f"{_THU.say(lang)}2",),
            "pay_fen": 8_000,
        }
    )
    return (*own[:-1], coach)


def _courses(lang: Lang) -> tuple[Course, ...]:
    computers = Text("电脑", "computers").say(lang)

    def course(name: Text, label: Text, low: int, most: int, leaders: tuple[str, ...]) -> Course:
        return Course(
            id=name.say(lang),
            name=label.say(lang),
            grades=(3, 4),
            min_size=low,
            max_size=most,
            leaders=leaders,
        )

    coding = course(_CODE, Text("趣味编程", "Coding for fun"), 5, 16, ("T05",))
    return (
        course(_BALL, Text("篮球", "Basketball"), 6, 20, ("T03",)),
        course(_BRUSH, Text("软笔书法", "Calligraphy"), 5, 16, ("T04",)),
        course(_GO, Text("围棋入门", "Go for beginners"), 5, 16, ("T02", "T04")),
        coding.model_copy(update={"room_features": (computers,), "provider": _PALACE.say(lang)}),
    )


def _students(lang: Lang) -> tuple[Student, ...]:
    slots = tuple(slot.id for slot in _slots(lang))
    students = []
    for number, name in enumerate(_PUPILS, 1):
        group = {5: (_LEFT.say(lang),), 11: (_HARD.say(lang),)}.get(number % 12, ())
        stays = slots[:2] if number % 8 == 0 else slots
        students.append(
            Student(
                id=f"S{number:02d}",
                name=name.say(lang),
                home_class=_CLASSES[(number - 1) // 12].say(lang),
                groups=group,
                stay_slots=stays,
                club_slots=slots[3:] if len(stays) == 2 else (),
                max_clubs=2 if len(stays) == 4 else 1,
            )
        )
    return tuple(students)
