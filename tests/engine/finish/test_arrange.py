"""The last stage: rooms and base care arranged anew, nothing that counts lost by it."""

from collections import Counter
from random import Random
from time import monotonic

import pytest

from models import (
    BaseCare,
    CareGroup,
    CareStaffLock,
    HomeClass,
    Plan,
    PolicyItem,
    Room,
    School,
    Section,
    SectionLock,
    Settings,
    plan_worth,
)
from optimizer.checks import verify
from optimizer.engine import Limits, finish_plan, solve
from optimizer.engine.finish.arrange import Work, arrange, faults
from optimizer.engine.finish.draft import Found
from optimizer.engine.finish.finish import with_seats_settled
from optimizer.engine.session import Session
from optimizer.engine.solver import Crew
from optimizer.ledger import plan_pay_fen
from optimizer.rules import build
from tests.builders import with_care, with_clause, with_locks, with_new, with_room, with_teacher
from tests.engine.schools import previous
from tests.rules.random_plans import bare_plan, random_plan
from tests.rules.random_schools import random_school
from tests.rules.small import MON1, TUE1, ball, slot, small_school, student, teacher
from tests.rules.solving import ONE_RUN, broken_families, optimal

WED1 = slot("wed1", 3, 16 * 60, 16 * 60 + 40)
WEEK = (MON1, TUE1, WED1)


def work(seconds: float = 20.0) -> Work:
    began = monotonic()
    return Work(Crew(), seconds, lambda: monotonic() - began, 1, 4.0)


def arranged(school: School, found: Found) -> Found:
    """Arrange and look at what must hold whatever the school."""
    sections, groups = arrange(school, found, work())
    before, after = (bare_plan(school, *f) for f in (found, (sections, groups)))
    assert broken_families(school, after) == set()
    assert plan_pay_fen(school, after) <= plan_pay_fen(school, before)
    assert faults(school, (sections, groups)) <= faults(school, found)
    stays = [(s.id, s.course, s.slots, s.staff, s.students) for s in sections]
    assert stays == [(s.id, s.course, s.slots, s.staff, s.students) for s in found[0]]
    for here in school.slot:
        mine = [[g for g in gs if g.slot == here] for gs in (found[1], groups)]
        assert len(mine[1]) <= len(mine[0])
        assert sorted(s for g in mine[0] for s in g.students) == sorted(
            s for g in mine[1] for s in g.students
        )
    assert sum(n * n for n in loads(school, after)) <= sum(n * n for n in loads(school, before))
    return sections, groups


def loads(school: School, plan: Plan) -> list[int]:
    periods = Counter(t for s in plan.sections for t in s.staff for _ in s.slots)
    periods += Counter(t for g in plan.care_groups for t in g.staff)
    return [periods[t.id] for t in school.teachers if t.kind == "own"]


# Rooms of sections.

FIELD = Room(id="field", name="", seats=90, features=("sports",))
LAB = Room(id="lab", name="", seats=40, features=("computers",))
SPARE = Room(id="spare", name="", seats=40)


def clubs(*rooms: Room, **course: object) -> School:
    """One club of grade 3 on Tuesday, without a wish for any room unless given."""
    fields = {"rooms": (), "slots": ("tue1",)} | course
    home = Room(id="r3", name="", seats=40)
    return small_school(rooms=(home, *rooms), courses=(ball(**fields),))


def held_in(room: str) -> Found:
    section = Section(
        id="ball-1", course="ball", slots=("tue1",), room=room, staff=("t2",), students=(*"abcd",)
    )
    care = CareGroup(id="g", slot="mon1", room="r3", staff=("t1",), students=(*"abcd",))
    return (section,), (care,)


def room_of_club(school: School, room: str) -> str:
    (section,), _ = arranged(school, held_in(room))
    return section.room


@pytest.mark.parametrize("room", ["field", "lab"])
def test_no_special_room_while_an_ordinary_one_is_free(room: str) -> None:
    assert room_of_club(clubs(FIELD, LAB, SPARE), room) == "r3"
    assert optimal(clubs(FIELD, LAB, SPARE)).sections[0].room == "r3"


def test_a_room_that_another_course_names_is_special_though_nothing_else_says_so() -> None:
    plain = Room(id="yard", name="", seats=40)
    school = clubs(plain, SPARE)
    assert "yard" in school.ordinary_rooms
    running = ball(id="running", rooms=("yard",))
    named = with_new(school, "courses", running)
    assert "yard" not in named.ordinary_rooms
    assert room_of_club(named, "yard") == "r3"


def test_a_special_room_where_it_is_asked_for() -> None:
    school = clubs(FIELD, SPARE, room_features=("sports",))
    assert room_of_club(school, "field") == "field"


def test_a_special_room_when_nothing_else_is_left() -> None:
    school = with_room(clubs(FIELD, LAB), "r3", available_slots=("mon1",))
    assert room_of_club(school, "field") in {"field", "lab"}


def test_no_more_features_than_asked_for() -> None:
    hall = Room(id="hall", name="", seats=40, features=("sports",))
    both = Room(id="both", name="", seats=40, features=("sports", "computers"))
    assert room_of_club(clubs(hall, both, room_features=("sports",)), "both") == "hall"


def test_what_home_rooms_have_makes_no_room_special() -> None:
    screens = with_room(clubs(FIELD, SPARE), "r3", features=("screen",), available_slots=("mon1",))
    screens = with_room(screens, "spare", features=("screen",))
    assert room_of_club(screens, "field") == "spare"


def test_a_home_room_of_its_grade_before_another_and_none_that_care_needs() -> None:
    other = HomeClass(id="c4", name="", grade=4, home_room="r4")
    school = with_new(clubs(SPARE, Room(id="r4", name="", seats=40)), "classes", other)
    assert room_of_club(school, "r4") == "r3"
    third = with_room(school, "r3", available_slots=("mon1",))
    assert room_of_club(third, "spare") == "r4"
    assert room_of_club(with_room(third, "r4", seats=3), "spare") == "spare"
    # Somebody of class 3 is in base care at the time of the club.
    waits = with_new(school, "students", student("e", stay_slots=("tue1",), club_slots=()))
    sections, care = held_in("r3")
    tuesday = CareGroup(id="h", slot="tue1", room="r4", staff=("t1",), students=("e",))
    (club,), groups = arranged(waits, (sections, (*care, tuesday)))
    assert {g.slot: g.room for g in groups} == {"mon1": "r3", "tue1": "r3"}
    assert club.room == "r4"


def test_a_larger_room_is_no_advantage() -> None:
    school = clubs(Room(id="aula", name="", seats=300), SPARE)
    school = with_room(school, "r3", available_slots=("mon1",))
    assert room_of_club(school, "aula") == "spare"


def test_free_seats_are_not_given_up_for_a_smaller_room() -> None:
    school = clubs(Room(id="nook", name="", seats=4), SPARE, max_size=9)
    school = with_room(school, "r3", available_slots=("mon1",))
    assert room_of_club(school, "spare") == "spare"


def test_seats_for_those_who_are_to_be_moved_are_not_given_up() -> None:
    school = clubs(FIELD, Room(id="nook", name="", seats=4), max_size=9)
    school = with_room(school, "r3", available_slots=("mon1",))
    assert room_of_club(school, "field") == "nook"
    moving = with_clause(school, PolicyItem.MOVE_UNMET)
    assert room_of_club(moving, "field") == "field"


def test_a_pinned_room_stays() -> None:
    school = with_locks(clubs(FIELD, SPARE), SectionLock(course="ball", room="field"))
    assert room_of_club(school, "field") == "field"
    assert optimal(school).sections[0].room == "field"


def test_the_earlier_plan_keeps_its_rooms() -> None:
    before = held_in("field")[0]
    assert room_of_club(previous(clubs(FIELD, SPARE), *before), "field") == "field"
    assert room_of_club(previous(clubs(FIELD, SPARE), *before), "spare") == "field"
    taken = with_room(clubs(FIELD, SPARE), "field", available_slots=())
    assert room_of_club(previous(taken, *before), "spare") == "r3"


# Base care.


def care_school(sizes: dict[str, int], week: tuple[str, ...] = ("mon1",), **care: object) -> School:
    """Classes such as 3a with so many students each, a room and a homeroom teacher of its own."""
    return small_school(
        settings=Settings(id="care", name="", base_care=BaseCare.model_validate(care)),
        slots=WEEK,
        courses=(),
        wishes=(),
        rooms=tuple(Room(id=f"r{name}", name="", seats=40) for name in sizes),
        classes=tuple(
            HomeClass(
                id=name,
                name="",
                grade=int(name[0]),
                home_room=f"r{name}",
                homeroom_teacher=f"t{name}",
            )
            for name in sizes
        ),
        teachers=tuple(teacher(f"t{name}") for name in sizes),
        students=tuple(
            student(f"{name}-{n}", home_class=name, stay_slots=week, club_slots=())
            for name, size in sizes.items()
            for n in range(size)
        ),
    )


def group(slot_id: str, room: str, person: str, *members: str) -> CareGroup:
    """Give a group; members are classes with their numbers, such as ``3a:0-4``."""
    students = []
    for member in members:
        name, _, numbers = member.partition(":")
        first, _, last = numbers.partition("-")
        students += [f"{name}-{n}" for n in range(int(first), int(last) + 1)]
    return CareGroup(
        id=f"{slot_id}-{room}", slot=slot_id, room=room, staff=(person,), students=tuple(students)
    )


def by_room(found: Found) -> dict[tuple[str, str], tuple[set[str], tuple[str, ...]]]:
    return {(g.slot, g.room): ({s.split("-")[0] for s in g.students}, g.staff) for g in found[1]}


def test_classes_together_at_home_and_with_their_homeroom_teacher() -> None:
    school = care_school({"3a": 4, "3b": 4}, max_size=4)
    torn = group("mon1", "r3b", "t3b", "3a:0-2", "3b:3-3")
    other = group("mon1", "r3a", "t3a", "3a:3-3", "3b:0-2")
    assert by_room(arranged(school, ((), (torn, other)))) == {
        ("mon1", "r3a"): ({"3a"}, ("t3a",)),
        ("mon1", "r3b"): ({"3b"}, ("t3b",)),
    }


def test_grade_1_is_not_in_the_room_of_grade_6_while_its_own_is_free() -> None:
    school = care_school({"1a": 3, "6a": 3})
    away = group("mon1", "r6a", "t1a", "1a:0-2"), group("mon1", "r1a", "t6a", "6a:0-2")
    rooms = by_room(arranged(school, ((), away)))
    assert rooms["mon1", "r1a"][0] == {"1a"}
    assert rooms["mon1", "r6a"][0] == {"6a"}


def test_a_room_of_the_own_grade_first_unless_any_will_do() -> None:
    """Class 3a's room is shut; it sits in class 4a's although 3b's is free: nobody of it stays."""
    school = with_room(care_school({"3a": 3, "3b": 3, "4a": 3}), "r3a", available_slots=())
    alone = school.replaced(students=tuple(s for s in school.students if s.home_class == "3a"))
    away = ((), (group("mon1", "r4a", "t3a", "3a:0-2"),))
    assert set(by_room(arranged(alone, away))) == {("mon1", "r3b")}
    assert set(by_room(arranged(with_care(alone, rooms="any_home"), away))) == {("mon1", "r4a")}
    shut = with_room(alone, "r3b", available_slots=())
    assert set(by_room(arranged(shut, away))) == {("mon1", "r4a")}, "only a preference"
    assert optimal(shut).care_groups[0].room == "r4a"


def test_few_supervisors_a_class() -> None:
    """Two classes on three days: the supervisors change places every day."""
    school = care_school({"3a": 4, "3b": 4}, tuple(s.id for s in WEEK), max_size=4)
    days = [
        (
            group(s.id, "r3a", ("t3a", "t3b")[n % 2], "3a:0-3"),
            group(s.id, "r3b", ("t3b", "t3a")[n % 2], "3b:0-3"),
        )
        for n, s in enumerate(WEEK)
    ]
    found = arranged(school, ((), tuple(g for day in days for g in day)))
    assert all(g.staff == (f"t{g.room[1:]}",) for g in found[1])


def test_the_homeroom_teacher_comes_in_for_another() -> None:
    """Three days with a stranger each; loads may come to be more even, never less."""
    school = care_school({"3a": 4}, tuple(s.id for s in WEEK))
    school = with_new(school, "teachers", *(teacher(f"x{n}") for n in range(3)))
    groups = tuple(group(s.id, "r3a", f"x{n}", "3a:0-3") for n, s in enumerate(WEEK))
    found = arranged(school, ((), groups))
    assert Counter(t for g in found[1] for t in g.staff)["t3a"] == 1, "no more: that were uneven"
    one = tuple(g.model_copy(update={"staff": ("x0",)}) for g in groups)
    found = arranged(school, ((), one))
    assert {g.staff for g in found[1]} == {("t3a",)}


def test_who_costs_more_does_not_come_in() -> None:
    school = with_teacher(care_school({"3a": 4}), "t3a", pay_fen=5000)
    school = with_new(school, "teachers", teacher("x", pay_fen=4000))
    found = arranged(school, ((), (group("mon1", "r3a", "x", "3a:0-3"),)))
    assert found[1][0].staff == ("x",)


def test_who_is_pinned_stays_at_the_slot() -> None:
    school = with_new(care_school({"3a": 4}), "teachers", teacher("x"))
    school = with_locks(school, CareStaffLock(teacher="x", slot="mon1"))
    found = arranged(school, ((), (group("mon1", "r3a", "x", "3a:0-3"),)))
    assert found[1][0].staff == ("x",)


def test_the_rota_is_kept() -> None:
    """Class 3b is put into its room, but t4a may not be with it."""
    school = care_school({"3a": 2, "3b": 2, "4a": 2}, max_size=2, rota_grades=(3,))
    school = with_teacher(school, "t3b", available_slots=())
    school = with_room(school, "r3b", seats=4)
    groups = group("mon1", "r4a", "t3a", "3a:0-1"), group("mon1", "r3a", "t4a", "4a:0-1")
    school = school.replaced(students=tuple(s for s in school.students if s.home_class != "3b"))
    rooms = by_room(arranged(school, ((), groups)))
    assert rooms["mon1", "r3a"] == ({"3a"}, ("t3a",))
    assert rooms["mon1", "r4a"] == ({"4a"}, ("t4a",))


def test_nothing_better_leaves_all_as_it_is() -> None:
    school = care_school({"3a": 4, "3b": 4}, max_size=4)
    good = group("mon1", "r3a", "t3a", "3a:0-3"), group("mon1", "r3b", "t3b", "3b:0-3")
    assert arrange(school, ((), good), work()) == ((), good)
    torn = group("mon1", "r3b", "t3b", "3a:0-3"), group("mon1", "r3a", "t3a", "3b:0-3")
    assert arrange(school, ((), torn), work(0.0)) == ((), torn), "there is no time"


# Whole plans.


@pytest.mark.parametrize("block", range(4))
def test_no_rule_is_broken_and_no_pay_added_whatever_the_school(block: int) -> None:
    better = 0
    for number in range(block, 160, 4):
        school = random_school(Random(f"arranged {number}"))
        plan = random_plan(Random(number), build(school))
        if plan is None:
            continue
        found = plan.sections, plan.care_groups
        better += arranged(school, found) != found
        settled = with_seats_settled(school, *found)
        made = finish_plan(school, *arrange(school, settled, work()), ONE_RUN)
        plain = finish_plan(school, *found, ONE_RUN)
        assert verify(school, made) == ()
        assert plan_worth(school, made) >= plan_worth(school, plain)
    assert better >= 4


def test_the_search_arranges_in_the_end_and_the_same_every_time() -> None:
    school = care_school({"3a": 4, "3b": 4, "4a": 5}, tuple(s.id for s in WEEK), max_size=5)
    limits = Limits(seconds=5, workers=1, seed=3)
    first, second = (solve(school, limits) for _ in range(2))
    assert first.care_groups == second.care_groups
    assert faults(school, ((), first.care_groups))[2:] == (0, 0, 0, 0, 3, 0, 0)


def test_a_search_that_was_stopped_is_arranged_all_the_same() -> None:
    school = care_school({"3a": 4, "3b": 4}, max_size=4)
    session = Session(school, Limits(seconds=5, workers=1))
    session.crew.stop()
    torn = group("mon1", "r3b", "t3b", "3a:0-2", "3b:3-3")
    other = group("mon1", "r3a", "t3a", "3a:3-3", "3b:0-2")
    assert faults(school, session.arrange(((), (torn, other))))[2:] == (0, 0, 0, 0, 2, 0, 0)


def test_the_search_leaves_time_for_it() -> None:
    session = Session(care_school({"3a": 4}), Limits(seconds=10))
    assert session.kept.arranging == pytest.approx(0.5 + 0.004 * 4)
    # for finishing, until it was measured, and for the aims after satisfaction
    kept = session.kept.arranging + 0.4 + 0.001 * 4 + session.kept.secondary
    assert session.clock.until_deadline - session.clock.left == pytest.approx(kept, abs=0.005)
    assert Session(session.school, Limits(seconds=1)).kept.arranging == pytest.approx(0.1)


def test_of_many_groups_neighbouring_ones_are_decided_together() -> None:
    """Twelve classes, each in the room of the next."""
    names = [f"{1 + n // 2}{'ab'[n % 2]}" for n in range(12)]
    school = care_school(dict.fromkeys(names, 3), max_size=3)
    groups = tuple(
        group("mon1", f"r{other}", f"t{other}", f"{name}:0-2")
        for name, other in zip(names, [*names[2:], *names[:2]], strict=True)
    )
    assert faults(school, arranged(school, ((), groups)))[2:] == (0, 0, 0, 0, 12, 0, 0)
