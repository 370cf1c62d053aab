"""Turns on the homeroom rota are as even as can be, and the engines make them so."""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from models import (
    BaseCare,
    CareGroup,
    CareStaffLock,
    HomeClass,
    Plan,
    PolicyItem,
    Provider,
    ProviderKind,
    Room,
    School,
    Settings,
    Slot,
    StaffKind,
)
from optimizer.checks import CHECKS, Turns, verify
from optimizer.engine import Limits, solve
from optimizer.engine.finish.finish import finish_plan
from optimizer.errors import InfeasibleError
from optimizer.rules import build
from tests.builders import (
    SOURCE,
    revised,
    with_budget,
    with_care,
    with_clause,
    with_locks,
    with_new,
    with_teacher,
)
from tests.checks.saying import broken, names, only
from tests.engine.finish.test_finish import PROVENANCE
from tests.rules.random_plans import random_plan
from tests.rules.small import slot, small_school, student, teacher

DAYS = ("mon", "tue", "wed", "thu", "fri")
WEEK = tuple(slot(day, n, 1050, 1080) for n, day in enumerate(DAYS, 1))


def school_of(
    sizes: dict[str, int], week: tuple[Slot, ...] = WEEK, others: str = "", **care: Any
) -> School:
    """Classes such as 1a of so many children; its homeroom teacher is 1a too, others are extra."""
    return small_school(
        settings=Settings(id="turns", name="", base_care=BaseCare(**({"max_size": 9} | care))),
        slots=week,
        courses=(),
        wishes=(),
        rooms=tuple(Room(id=f"r{name}", name="", seats=9) for name in sizes),
        classes=tuple(
            HomeClass(
                id=name, name="", grade=int(name[0]), home_room=f"r{name}", homeroom_teacher=name
            )
            for name in sizes
        ),
        teachers=tuple(teacher(name, pay_fen=100) for name in (*sizes, *others.split())),
        students=tuple(
            student(
                f"{name}{n}", home_class=name, club_slots=(), stay_slots=tuple(s.id for s in week)
            )
            for name, size in sizes.items()
            for n in range(size)
        ),
    )


def kept_by(school: School, *staff: str) -> Plan:
    """Give a plan with one group a day, under these people in turn; two to a day by ``+``."""
    groups = [
        CareGroup(
            id=f"{s.id}-care",
            slot=s.id,
            room=school.rooms[0].id,
            staff=tuple(who.split("+")),
            students=tuple(school.student),
        )
        for s, who in zip(school.slots, staff, strict=True)
    ]
    plan = finish_plan(school, (), (), PROVENANCE)
    return revised(plan, care_groups=groups)


TWO = with_clause(school_of({"1a": 2, "1b": 2}), PolicyItem.ROTA, grades=(1,))


def test_one_of_two_has_all_five_days() -> None:
    text = only(TWO, kept_by(TWO, *("1a",) * 5), "staffing")
    names(
        text,
        SOURCE,
        "1a",
        "1b",
        "mon-care",
        zh="1 年级班主任轮值不均：教师 1a 每周 5 次，教师 1b 只有 0 次",
        en="grade 1 don't take even turns: teacher 1a has 5 a week, teacher 1b only 0",
    )
    assert broken(TWO, kept_by(TWO, "1a", "1a", "1a", "1a", "1b")) == ["staffing"]
    assert broken(TWO, kept_by(TWO, "1a", "1b", "1a", "1b", "1a")) == []


def test_the_schools_own_rota_is_as_even() -> None:
    school = with_care(school_of({"1a": 2, "1b": 2}), rota_grades=(1,))
    text = only(school, kept_by(school, *("1a",) * 5), "staffing")
    names(text, zh="学校的班主任轮值设置", en="the school's own homeroom rota")
    assert broken(with_care(school, rota_grades=()), kept_by(school, *("1a",) * 5)) == []


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("engine", ["whole", "large"])
def test_the_engines_make_turns_even(engine: str, workers: int) -> None:
    plan = solve(TWO, Limits(seconds=5, workers=workers, engine=engine))
    assert sorted(turns(TWO, plan).values()) == [2, 3]


def turns(school: School, plan: Plan) -> Counter[str]:
    return Counter({t: Turns(school, plan).count[t] for t in school.teacher})


PINNED = tuple(CareStaffLock(teacher="1a", slot=day) for day in DAYS[:4])


def of_a_firm(name: str) -> School:
    firm = Provider(id="firm", name="", kind=ProviderKind.TRAINING_FIRM)
    return with_teacher(with_new(TWO, "providers", firm), name, provider="firm")


def held_back(**fields: Any) -> School:
    return with_teacher(TWO, "1b", **fields)


@pytest.mark.parametrize(
    ("school", "staff"),
    [
        (held_back(may_supervise=False), ["1a"] * 5),
        (held_back(cleared=False), ["1a"] * 5),
        (held_back(available_slots=()), ["1a"] * 5),
        (held_back(available_slots=("fri",)), ["1a"] * 4 + ["1b"]),
        (held_back(max_periods_week=1), ["1a"] * 4 + ["1b"]),
        (with_budget(held_back(pay_fen=101), sum_fen=500), ["1a"] * 5),
        (with_locks(TWO, *PINNED), ["1a"] * 4 + ["1b"]),
        (held_back(kind=StaffKind.EXTERNAL), ["1a"] * 5),
        (
            with_clause(of_a_firm("1b"), PolicyItem.BARRED_PROVIDER, subject="training_firm"),
            ["1a"] * 5,
        ),
    ],
)
def test_who_cannot_take_a_turn_need_not(school: School, staff: list[str]) -> None:
    assert broken(school, kept_by(school, *staff)) == []


@pytest.mark.parametrize(
    "school",
    [
        held_back(available_slots=("thu", "fri")),
        held_back(max_periods_week=2),
        with_budget(held_back(pay_fen=101), sum_fen=501),
        with_locks(TWO, *PINNED[1:]),
        with_teacher(held_back(kind=StaffKind.EXTERNAL), "1a", kind=StaffKind.VOLUNTEER),
        of_a_firm("1b"),
    ],
)
def test_who_can_take_a_turn_must(school: School) -> None:
    staff = ["1a"] * (5 if school.teacher["1b"].provider or school.settings.budget.sum_fen else 4)
    staff += ["1b"] * (5 - len(staff))
    assert broken(school, kept_by(school, *staff)) == ["staffing"]


def test_who_is_elsewhere_at_the_time_need_not() -> None:
    """At each slot 1b is with grade 2, or has no period left for more."""
    week = tuple(
        slot(f"{day}{n}", d, 1000 + 50 * n, 1040 + 50 * n)
        for d, day in enumerate(DAYS[:2], 1)
        for n in (1, 2)
    )
    school = school_of({"1a": 2, "1b": 2, "2a": 2}, week)
    school = with_clause(school, PolicyItem.ROTA, grades=(1,))
    plan = kept_by(school, *["1a"] * 4)
    groups = []
    for group in plan.care_groups:
        first = tuple(s for s in group.students if s[0] == "1")
        groups.append(revised(group, students=first))
        second = tuple(s for s in group.students if s[0] == "2")
        about = {"id": f"{group.slot}-2", "room": "r2a", "staff": ("1b",), "students": second}
        groups.append(revised(group, **about))
    plan = revised(plan, care_groups=groups)
    assert broken(school, plan) == []
    for name in ("mon1-2", "tue1-2"):
        groups = [revised(g, staff=("2a",)) if g.id == name else g for g in plan.care_groups]
        free = revised(plan, care_groups=groups)
        assert broken(school, free) == ["staffing"]
        assert broken(with_teacher(school, "1b", max_periods_week=3), free) == []


def test_a_turn_goes_on_by_way_of_a_third() -> None:
    """1b can come on Monday alone, so 1c takes one of 1a's and gives him his own on Monday."""
    school = with_clause(school_of({"1a": 1, "1b": 1, "1c": 1}), PolicyItem.ROTA)
    school = with_teacher(school, "1b", available_slots=("mon",))
    school = with_teacher(school, "1c", available_slots=("mon", "tue"))
    plan = kept_by(school, "1c", "1a", "1a", "1a", "1a")
    text = only(school, plan, "staffing")
    names(
        text,
        "mon-care",
        zh="（周一 17:30-18:00）由教师 1c 改为教师 1b、",
        en="from teacher 1c to 1b, ",
    )
    after = handed_on(school, plan)
    assert [g.staff[0] for g in after.care_groups] == ["1b", "1c", "1a", "1a", "1a"]
    assert broken(school, after) == []


def handed_on(school: School, plan: Plan) -> Plan:
    turns = Turns(school, plan)
    while uneven := turns.due():
        for turn in uneven.moves:
            turns.hand(turn)
    return turns.result()


def test_only_within_the_grade_and_with_its_children() -> None:
    """Groups of grades 1 and 2 with one of each: turns go from 1a to 1b, those of 2a stay."""
    school = school_of({"1a": 1, "1b": 1, "2a": 1}, grade_span=2, staff_needed=2)
    school = with_clause(school, PolicyItem.ROTA)
    plan = kept_by(school, *["1a+2a"] * 5)
    after = handed_on(school, plan)
    assert sorted(turns(school, after).items()) == [("1a", 3), ("1b", 2), ("2a", 5)]
    assert broken(school, after) == []
    upper = with_clause(
        school_of({"1a": 1, "1b": 1, "2a": 1}, grade_span=2), PolicyItem.ROTA, grades=(2,)
    )
    assert broken(upper, kept_by(upper, *["2a"] * 5)) == []


# Whatever the school.


def random_rota(random: Random) -> School:
    """A few classes, some people away, short of periods, of two classes, dearer or pinned."""
    names = [f"{grade}{mark}" for grade in (1, 2) for mark in "abc"[: random.randint(1, 3)]]
    care = {
        "grade_span": random.choice((1, 2)),
        "staff_needed": random.choice((1, 1, 2)),
        "max_size": random.randint(2, 6),
    }
    sizes = {name: random.randint(1, 2) for name in names}
    school = school_of(sizes, WEEK[: random.randint(2, 5)], "x y z", **care)
    slots = [s.id for s in school.slots]
    for name in school.teacher:
        if random.random() < 0.4:
            there = tuple(s for s in slots if random.random() < 0.7)
            school = with_teacher(school, name, available_slots=there)
        if random.random() < 0.3:
            school = with_teacher(school, name, max_periods_week=random.randint(1, 4))
        if random.random() < 0.3:
            school = with_teacher(school, name, pay_fen=random.choice((90, 130)))
    if random.random() < 0.3:
        second = HomeClass(id="twice", name="", grade=2, homeroom_teacher="1a")
        school = with_new(school, "classes", second)
    if random.random() < 0.3:
        lock = CareStaffLock(teacher=random.choice(names), slot=random.choice(slots))
        school = with_locks(school, lock)
    grades = random.choice(((1,), (2,), (1, 2)))
    return with_clause(school, PolicyItem.ROTA, grades=grades)


@pytest.mark.parametrize("block", range(4))
def test_even_is_what_trying_shows(block: int) -> None:
    """Where nothing is due no turn can be handed; what is due makes turns evener and is allowed."""
    seen: Counter[str] = Counter()
    for number in range(block, 120, 4):
        random = Random(f"turns {number}")
        school = random_rota(random)
        plan = random_plan(random, build(school))
        if plan is None:
            continue
        found = handed_on(school, plan)
        assert not any(any(check(school, found)) for check in CHECKS.values()), number
        assert squares(school, found) <= squares(school, plan)
        seen["handed"] += found != plan
        for other in by_one_turn(school, found):
            allowed = not any(any(check(school, other)) for check in CHECKS.values())
            assert not allowed or squares(school, other) >= squares(school, found), number
            seen["tried"] += allowed
    assert seen["handed"] >= 3, seen
    assert seen["tried"] >= 20, seen


def squares(school: School, plan: Plan) -> int:
    return sum(count**2 for count in turns(school, plan).values())


def by_one_turn(school: School, plan: Plan) -> Iterator[Plan]:
    """Hand each turn to each other homeroom teacher of a grade of the one who has it."""
    on_rota = [g for g in school.grades if school.clauses(PolicyItem.ROTA, g)]
    for group in plan.care_groups:
        if not {school.grade_of[s] for s in group.students} & {*on_rota}:
            continue
        for grade in on_rota:
            own = {c.homeroom_teacher for c in school.classes if c.grade == grade}
            for giver in own & {*group.staff}:
                for taker in own - {*group.staff}:
                    staff = tuple(taker if t == giver else t for t in group.staff)
                    groups = [
                        revised(g, staff=staff) if g.id == group.id else g for g in plan.care_groups
                    ]
                    yield revised(plan, care_groups=groups)


@pytest.mark.parametrize("block", range(2))
@pytest.mark.parametrize("engine", ["whole", "large"])
def test_a_finished_plan_is_even(engine: str, block: int) -> None:
    """``solve`` hands out nothing that the check refuses."""
    solved = 0
    for number in range(block, 16, 2):
        school = random_rota(Random(f"turns {number}"))
        try:
            plan = solve(school, Limits(seconds=2, workers=1, engine=engine))
        except InfeasibleError:
            continue
        assert verify(school, plan) == (), number
        solved += 1
    assert solved >= 3
