"""The people of the nine schools: staff, groups, children, wishes; drawn, but always the same."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from random import Random
from typing import Any, Final

from instances.generator.names import person, teacher
from instances.regimes.common import Item, class_id
from models import GroupKind, Slot, Student, StudentGroup, Teacher, Wish

GROUPS: Final = {
    "残疾": ("残疾儿童", GroupKind.DISABLED),
    "留守": ("留守儿童", GroupKind.LEFT_BEHIND),
    "随迁": ("进城务工人员随迁子女", GroupKind.MIGRANT),
    "困难": ("家庭经济困难学生", GroupKind.HARDSHIP),
    "建档": ("建档立卡贫困户子女", GroupKind.REGISTERED_POOR),
    "低保": ("低保家庭子女", GroupKind.MINIMUM_INCOME),
    "特困": ("特困职工家庭子女", GroupKind.HARDSHIP_WORKER),
    "寄宿": ("寄宿学生", GroupKind.BOARDER),
    "校车": ("乘坐校车的学生", GroupKind.BUS),
}
Stay = tuple[Sequence[str], Sequence[str]]
"""Slots at which a child stays whatever happens, and those at which only for a club."""


def own_staff(random: Random, subjects: str, **fields: Any) -> tuple[Teacher, ...]:  # noqa: ANN401, RUF100
    """Make the school's own staff, one for each subject named, with ids from T01 on."""
    shared: dict[str, Any] = {"max_periods_week": 8, "max_periods_day": 3} | fields
    return tuple(
        Teacher(id=f"T{number:02d}", name=f"{teacher(random)}（{subject}）", **shared)
        for number, subject in enumerate(subjects.split(), 1)
    )


def children(
    random: Random,
    sizes: Mapping[int, int],
    stay: Callable[[Random, int], Stay],
    groups: Mapping[str, float],
) -> tuple[Student, ...]:
    """Draw the children of each grade.

    Parameters
    ----------
    random
        Where chance comes from.
    sizes
        Children by grade.
    stay
        Draws when a child of a grade stays.
    groups
        Share of the children that belong to each student group.
    """
    made = []
    for grade, size in sizes.items():
        for number in range(1, size + 1):
            stays, offers = stay(random, grade)
            chance = random.random()
            own = []
            for group, share in groups.items():
                if 0 <= chance < share:
                    own.append(group)
                chance -= share
            child = Student(
                id=f"S{grade}{number:02d}",
                name=person(random),
                home_class=class_id(grade),
                groups=tuple(own),
                stay_slots=tuple(stays),
                club_slots=tuple(offers),
                max_clubs=random.choice((1, 2)) if stays or offers else 0,
            )
            made.append(child)
    return tuple(made)


def wishes(
    random: Random,
    students: Iterable[Student],
    menu: Collection[Item],
    counts: Sequence[int] = (2, 3),
    named: float = 0.0,
) -> tuple[Wish, ...]:
    """Draw each child's wishes, dearest first.

    Parameters
    ----------
    random
        Where chance comes from.
    students
        Who wishes; nobody who wants no club does.
    menu
        What there is to wish for.
    counts
        How many wishes a child may have.
    named
        Chance that a child wants a course with one of its teachers only.
    """
    found = []
    for child in students:
        grade = int(child.home_class[:-2])
        likings = {i: i.liking for i in menu if i.grades[0] <= grade <= i.grades[1]}
        wanted = min(random.choice(counts), len(likings)) if child.max_clubs else 0
        for rank in range(1, wanted + 1):
            (item,) = random.choices(list(likings), list(likings.values()))
            del likings[item]
            only = random.choice(item.leaders.split()) if random.random() < named else None
            found.append(Wish(student=child.id, course=item.name, rank=rank, teacher=only))
    return tuple(found)


def staying(
    random: Random, days: Mapping[int, Sequence[str]], chances: Sequence[float], offer: float
) -> Stay:
    """Draw a child's week: how long he stays each day, period after period.

    Parameters
    ----------
    random
        Where chance comes from.
    days
        The slots of each weekday, in order.
    chances
        Chance of staying at the first, second, ... slot of a day, given that he stayed so far.
    offer
        Chance of offering, for a club only, the first slot of a day at which he does not stay.
    """
    stays: list[str] = []
    offers: list[str] = []
    for slots in days.values():
        for slot, chance in zip(slots, chances, strict=False):
            if random.random() >= chance:
                if random.random() < offer:
                    offers.append(slot)
                break
            stays.append(slot)
    return stays, offers


def with_child(students: Iterable[Student], child: str, **fields: Any) -> tuple[Student, ...]:  # noqa: ANN401, RUF100
    """Change what one child's row says, e.g. the day he joins."""
    return tuple(s.model_copy(update=fields) if s.id == child else s for s in students)


def by_day(slots: Iterable[Slot]) -> dict[int, list[str]]:
    """Give the ids of slots by weekday, in order."""
    found: dict[int, list[str]] = {}
    for slot in slots:
        found.setdefault(slot.weekday, []).append(slot.id)
    return found


def groups(relief: Mapping[str, int | None]) -> tuple[StudentGroup, ...]:
    """Make student groups: id -> percent of the fee that is waived; None where nothing is said."""
    return tuple(
        StudentGroup(id=name, name=GROUPS[name][0], kind=GROUPS[name][1], relief_percent=percent)
        for name, percent in relief.items()
    )
