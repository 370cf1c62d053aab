"""Who is in which care group, and with whom: classes together, near their own rooms."""

from collections import Counter
from random import Random

import pytest

from models import (
    BaseCare,
    CareGroup,
    CareRooms,
    CareStaffLock,
    HomeClass,
    Plan,
    Room,
    School,
    Settings,
    Stage,
)
from optimizer.rules import build
from tests.builders import (
    with_care,
    with_class,
    with_locks,
    with_new,
    with_room,
    with_settings,
    with_student,
    with_teacher,
)
from tests.rules.random_plans import made_of
from tests.rules.small import MON1, in_care_only, slot, student, teacher
from tests.rules.solving import broken_families, optimal, solved

CLASSES = (("c3a", 3), ("c3b", 3), ("c4a", 4))


def classes(sizes: tuple[int, ...], **care: object) -> School:
    """Classes 3a, 3b and 4a, each with a home room and a homeroom teacher of its own."""
    chosen = CLASSES[: len(sizes)]
    return in_care_only(
        settings=Settings(id="care", name="", base_care=BaseCare.model_validate(care)),
        slots=(MON1,),
        rooms=tuple(Room(id=f"r{name}", name="", seats=10) for name, _ in chosen),
        classes=tuple(
            HomeClass(id=name, name="", grade=g, home_room=f"r{name}", homeroom_teacher=f"t{name}")
            for name, g in chosen
        ),
        teachers=tuple(teacher(f"t{name}") for name, _ in chosen),
        students=tuple(
            student(f"{name}-{n}", home_class=name, club_slots=())
            for (name, _), size in zip(chosen, sizes, strict=True)
            for n in range(size)
        ),
    )


def together(school: School, group: CareGroup) -> Counter[str]:
    """Count a group's students by class."""
    return Counter(school.student[s].home_class for s in group.students)


def by_room(plan: Plan) -> dict[str, CareGroup]:
    return {g.room: g for g in plan.care_groups}


def test_each_class_in_its_own_room_with_its_own_teacher() -> None:
    school = classes((4, 3, 4), max_size=4)
    groups = by_room(optimal(school))
    assert len(groups) == 3
    for name, _ in CLASSES:
        assert set(together(school, groups[f"r{name}"])) == {name}
        assert groups[f"r{name}"].staff == (f"t{name}",)


def test_classes_are_not_torn_apart() -> None:
    """Three classes of three into two groups of at most six."""
    school = classes((3, 3, 3), max_size=6, grade_span=2)
    school = with_teacher(school, "tc4a", may_supervise=False)
    plan = optimal(school)
    assert len(plan.care_groups) == 2
    for group in plan.care_groups:
        assert set(together(school, group).values()) == {3}


def test_a_class_larger_than_a_group_is_split() -> None:
    school = classes((5, 2), max_size=4)
    plan = optimal(school)
    assert sorted(len(g.students) for g in plan.care_groups) == [3, 4]
    assert sum(len(g.students) for g in plan.care_groups) == 7


def test_a_class_larger_than_its_room_is_elsewhere() -> None:
    school = with_room(classes((4, 2), max_size=9), "rc3a", seats=3)
    plan = optimal(school)
    for group in plan.care_groups:
        assert len(group.students) <= school.room[group.room].seats


def test_a_class_whose_room_is_taken_goes_elsewhere() -> None:
    school = with_room(classes((4, 4), max_size=4), "rc3a", available_slots=())
    school = with_new(school, "rooms", Room(id="hall", name="", seats=9, care_room=True))
    groups = by_room(optimal(school))
    assert set(groups) == {"rc3b", "hall"}


def test_the_homeroom_teacher_stays_with_the_class() -> None:
    """Both supervise; each is with his own."""
    school = classes((2, 2), max_size=2)
    for first, second in (("tc3a", "tc3b"), ("tc3b", "tc3a")):
        swapped = with_class(school, "c3a", homeroom_teacher=first)
        swapped = with_class(swapped, "c3b", homeroom_teacher=second)
        plan = optimal(swapped)
        for group in plan.care_groups:
            (name,) = together(swapped, group)
            assert group.staff == (swapped.home_class[name].homeroom_teacher,)


def test_whoever_is_pinned_supervises_though_fewer_groups_would_do() -> None:
    school = classes((2, 2), max_size=4)
    lock = CareStaffLock(teacher="tc3b", slot="mon1")
    plan = optimal(with_locks(school, lock))
    assert "tc3b" in {t for g in plan.care_groups for t in g.staff}
    both = with_locks(school, lock, CareStaffLock(teacher="tc3a", slot="mon1"))
    assert len(optimal(both).care_groups) == 2


def test_groups_at_slots_that_overlap_do_not_move_into_one_room() -> None:
    """Half of 4a stays at either slot; the model put neither half into their own room."""
    overlapping = slot("over", 1, MON1.start_minute + 20, MON1.end_minute + 20)
    school = with_new(classes((1, 1, 2), max_size=9), "slots", overlapping)
    school = with_student(school, "c4a-1", stay_slots=("over",))
    halls = tuple(Room(id=f"hall{n}", name="", seats=9, care_room=True) for n in range(4))
    school = with_new(school, "rooms", *halls)
    model = build(school)
    for (_, room, _), var in model.care_room.items():
        if room == "rc4a":
            model.cp.add(var == 0)
    solution = solved(model)
    assert solution is not None
    assert broken_families(school, made_of(model, solution)) == set()


@pytest.mark.parametrize("rooms", list(CareRooms))
@pytest.mark.parametrize("stages", [True, False])
def test_grades_and_stages_in_groups(rooms: CareRooms, stages: bool) -> None:
    school = classes((2, 2, 2), max_size=9, grade_span=2, rooms=rooms)
    if stages:
        both = (Stage(id="low", name="", grades=(3,)), Stage(id="high", name="", grades=(4,)))
        school = with_settings(school, stages=both)
    plan = optimal(school)
    for group in plan.care_groups:
        grades = {school.grade_of[s] for s in group.students}
        assert len(grades) == 1 or not stages


@pytest.mark.parametrize("rota", [(3,), (4,), (3, 4)])
def test_exact_bands_on_the_rota(rota: tuple[int, ...]) -> None:
    school = classes((3, 3, 3), max_size=5, grade_span=2, rota_grades=rota)
    school = with_new(school, "teachers", teacher("other"))
    plan = optimal(school)
    for group in plan.care_groups:
        grades = {school.grade_of[s] for s in group.students}
        if grades & set(rota):
            assert group.staff[0] in {f"t{name}" for name, g in CLASSES if g in grades}


@pytest.mark.parametrize("needed", [1, 2])
def test_as_many_staff_as_needed_in_each_group(needed: int) -> None:
    school = classes((3, 3), max_size=3, staff_needed=needed)
    school = with_new(school, "teachers", teacher("x1"), teacher("x2"))
    plan = optimal(school)
    assert [len(g.staff) for g in plan.care_groups] == [needed, needed]


@pytest.mark.parametrize("seed", range(30))
def test_dealing_keeps_the_rules_whatever_the_numbers(seed: int) -> None:
    random = Random(seed)
    school = classes(
        tuple(random.randint(1, 6) for _ in CLASSES),
        max_size=random.randint(2, 9),
        grade_span=random.choice([1, 2]),
        staff_needed=random.choice([1, 1, 2]),
        rooms=random.choice(list(CareRooms)),
        rota_grades=random.choice([(), (), (3,), (4,)]),
    )
    for room in school.room:
        school = with_room(school, room, seats=random.randint(2, 9))
    extra = tuple(teacher(f"x{n}") for n in range(12))
    halls = tuple(Room(id=f"hall{n}", name="", seats=9, care_room=True) for n in range(6))
    school = with_new(with_new(school, "teachers", *extra), "rooms", *halls)
    if school.settings.base_care.rota_grades:
        school = with_care(school, max_size=9, staff_needed=1)
        for name, _ in CLASSES:
            school = with_room(school, f"r{name}", seats=9)
    placed = [s for g in optimal(school).care_groups for s in g.students]
    assert sorted(placed) == sorted(school.student)
