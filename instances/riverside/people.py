"""Children and their wishes: drawn, but always the same."""

from random import Random
from typing import Final

from instances.generator.names import person
from instances.riverside.menu import MENU, Item
from instances.riverside.week import LATE_DAYS, slot_id
from models import GroupKind, Student, StudentGroup, Wish

GROUPS: Final = (
    StudentGroup(id="留守", name="留守儿童", kind=GroupKind.LEFT_BEHIND, priority=True),
    StudentGroup(
        id="困难",
        name="家庭经济困难",
        kind=GroupKind.HARDSHIP,
        priority=True,
        relief_percent=100,
        reimbursed=True,
    ),
    StudentGroup(id="随迁", name="进城务工人员随迁子女", kind=GroupKind.MIGRANT),
)
GROUP_SHARES: Final = (0.07, 0.04, 0.15)
TASTES: Final = "文理艺体"


def liking(item: Item, grade: int, taste: str) -> float:
    """Tell how much a child of a grade and taste likes a course; 0 if it is not for him."""
    low, high = item.grades
    if not low <= grade <= high:
        return 0.0
    share = (grade - low) / (high - low)
    base = item.liking[0] + share * (item.liking[1] - item.liking[0])
    return base * (3.0 if item.taste == taste else 1.0)


def student(random: Random, grade: int, number: int) -> Student:
    """Draw a child: when he stays, when he would stay for a club, how many clubs he wants."""
    late_family = random.random() < 0.15
    goes_home = random.random() < 0.02
    stays: list[str] = []
    offers: list[str] = []
    for day in range(1, 6) if not goes_home else ():
        if random.random() < (0.97 if day < 5 else 0.88):
            stays.append(slot_id(day, 1))
            if late_family:
                stays.append(slot_id(day, 2))
            elif random.random() < 0.85:
                offers.append(slot_id(day, 2))
            if grade >= 3 and day in LATE_DAYS and random.random() < 0.75:
                offers.append(slot_id(day, 3))
    chance = random.random()
    groups = []
    for group, share in zip(GROUPS, GROUP_SHARES, strict=True):
        if 0 <= chance < share:
            groups.append(group.id)
        chance -= share
    return Student(
        id=f"S{grade}01{number:02d}",
        name=person(random),
        home_class=f"{grade}01",
        groups=tuple(groups),
        stay_slots=tuple(stays),
        club_slots=tuple(offers),
        max_clubs=0 if goes_home else random.choices((1, 2, 3), (35, 45, 20))[0],
    )


def wishes(random: Random, child: Student, grade: int) -> list[Wish]:
    """Draw a child's wishes, dearest first; now and then only with one of the teachers."""
    if not child.max_clubs:
        return []
    taste = random.choice(TASTES)
    likings = {item: liking(item, grade, taste) for item in MENU}
    found = []
    for rank in range(1, random.choice((3, 4, 5)) + 1):
        (item,) = random.choices(list(likings), list(likings.values()))
        del likings[item]
        leaders = item.leaders.split()
        only = leaders[0] if len(leaders) > 1 and random.random() < 0.02 else None
        found.append(Wish(student=child.id, course=item.id, rank=rank, teacher=only))
    return found
