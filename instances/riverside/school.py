"""The whole school: rules, purse, classes, pins."""

from random import Random
from typing import Final

from instances.riverside.menu import GRADES, MENU, ROOMS, STAFF, WRITTEN, course, teacher
from instances.riverside.people import GROUPS, student, wishes
from instances.riverside.week import slots, term
from models import (
    BaseCare,
    Budget,
    CareStaffLock,
    Clause,
    Force,
    HomeClass,
    Policy,
    PolicyItem,
    Provider,
    ProviderKind,
    School,
    SectionLock,
    Settings,
)

CLASS_SIZES: Final = (41, 40, 40, 39, 40, 40)
BUDGET_FEN: Final = 6_500_000
SOURCE: Final = "滨河小学课后服务方案 第{}条"


def policy() -> Policy:
    """Give the school's own rules."""
    latest = Clause(item=PolicyItem.LATEST_END, value=18 * 60, source=SOURCE.format("四"))
    homework = Clause(
        item=PolicyItem.BARRED_CONTENT,
        subject=WRITTEN,
        grades=(1, 2),
        source=SOURCE.format("六"),
    )
    periods = Clause(
        item=PolicyItem.MAX_PERIODS_DAY,
        value=3,
        force=Force.ADVISORY,
        source=SOURCE.format("四"),
    )
    firms = Clause(
        item=PolicyItem.BARRED_PROVIDER,
        subject=ProviderKind.TRAINING_FIRM.value,
        source=SOURCE.format("八"),
    )
    vetted = Clause(item=PolicyItem.VETTING_REQUIRED, source=SOURCE.format("八"))
    return Policy(name="滨河小学课后服务方案", clauses=(latest, homework, periods, firms, vetted))


def home_class(grade: int) -> HomeClass:
    """Make the one class of a grade."""
    return HomeClass(
        id=f"{grade}01",
        name=f"{GRADES[grade - 1]}（1）班",
        grade=grade,
        home_room=f"教室{grade}01",
        homeroom_teacher=f"T0{grade}",
    )


def riverside() -> School:
    """Make the school."""
    random = Random(20260907)
    children = [
        student(random, grade, number)
        for grade, size in enumerate(CLASS_SIZES, 1)
        for number in range(1, size + 1)
    ]
    grade_of = {f"{grade}01": grade for grade in range(1, 7)}
    return School(
        settings=Settings(
            id="滨河小学",
            name="滨河小学",
            max_grade_span=4,
            lottery_seed=2026,
            base_care=BaseCare(grade_span=3),
            budget=Budget(sum_fen=BUDGET_FEN),
        ),
        term=term(),
        policy=policy(),
        slots=slots(),
        rooms=ROOMS,
        classes=tuple(home_class(grade) for grade in range(1, 7)),
        groups=GROUPS,
        providers=(
            Provider(id="少年宫", name="滨河区少年宫", kind=ProviderKind.PUBLIC),
            Provider(id="泥巴工坊", name="泥巴工坊文化传播有限公司", kind=ProviderKind.NON_SUBJECT),
        ),
        teachers=tuple(teacher(one) for one in STAFF),
        courses=tuple(course(item) for item in MENU),
        students=tuple(children),
        wishes=tuple(w for c in children for w in wishes(random, c, grade_of[c.home_class])),
        locks=(
            SectionLock(course="合唱", slots=("周二2",), room="音乐室", staff=("T17",)),
            CareStaffLock(teacher="T01", slot="周一1"),
        ),
    )
