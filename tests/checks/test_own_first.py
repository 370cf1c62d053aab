"""Own staff first: nobody from outside has what own staff could do."""

from typing import Any

import pytest

from models import (
    CareStaffLock,
    Clause,
    Force,
    Plan,
    Policy,
    PolicyItem,
    Provider,
    ProviderKind,
    School,
    SectionLock,
    StaffKind,
    Teacher,
)
from models.clauses import DocumentClause, Regulation
from optimizer.checks import OwnFirst, WhyOutside
from optimizer.ledger import plan_pay_fen
from tests.builders import (
    SOURCE,
    edit_care,
    edit_section,
    revised,
    tiny_plan,
    tiny_school,
    with_budget,
    with_care,
    with_class,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_teacher,
    with_wishes,
)
from tests.checks.own_staff_cases import case, tried
from tests.checks.saying import broken, names, only, said

FREE = tiny_school()
PLAN = tiny_plan(FREE)


def outside(school: School, *people: str, **fields: Any) -> School:
    """Have these people come from outside, and own staff first."""
    for person in people:
        school = with_teacher(school, person, **({"kind": StaffKind.EXTERNAL} | fields))
    return with_clause(school, PolicyItem.OWN_STAFF_FIRST)


# t1 of chess-1 (Monday, period 2) is from outside; t2 leads chess as well, and does nothing else.
CHESS = outside(FREE, "t1")


def why(school: School, plan: Plan, group: str) -> WhyOutside:
    own = OwnFirst(school, plan.sections, plan.care_groups)
    found = [own.why(n, who) for n, who in own.outside() if own.duties.groups[n].id == group]
    assert len(found) == 1
    return found[0]


def test_somebody_of_the_own_staff_is_free() -> None:
    text = only(CHESS, PLAN, "staffing")
    facts = ("chess-1", "t1", "t2", SOURCE)
    names(text, *facts, zh="由校外人员 t1 承担，而本校教师 t2 能够承担", en="own staff come first")
    assert broken(CHESS, edit_section(PLAN, "chess-1", staff=("t2",))) == []


def test_nobody_asks_for_it() -> None:
    school = with_teacher(FREE, "t1", kind=StaffKind.EXTERNAL)
    assert broken(school, PLAN) == []
    assert why(school, PLAN, "chess-1") is WhyOutside.OPEN


@pytest.mark.parametrize("kind", [kind for kind in StaffKind if kind is not StaffKind.OWN])
def test_everybody_else_is_from_outside(kind: StaffKind) -> None:
    body = Provider(id="hall", name="", kind=ProviderKind.PUBLIC)
    school = outside(with_new(FREE, "providers", body), "t1", kind=kind, provider="hall")
    assert only(school, PLAN, "staffing")


@pytest.mark.parametrize("grades", [(5,), (3,), (3, 4)])
def test_only_groups_with_a_grade_that_is_concerned(grades: tuple[int, ...]) -> None:
    school = with_teacher(FREE, "t4", kind=StaffKind.EXTERNAL)
    school = with_course(school, "choir", leaders=("t4", "t1"))
    school = with_clause(school, PolicyItem.OWN_STAFF_FIRST, grades=grades)
    assert len(broken(school, PLAN)) == (grades != (5,))


NO_NAMES = with_wishes(CHESS, "s43", "chess")
REASONS: list[tuple[School, WhyOutside]] = [
    (with_course(NO_NAMES, "chess", leaders=("t1",)), WhyOutside.CRAFT),
    (with_teacher(CHESS, "t2", cleared=False), WhyOutside.CRAFT),
    (with_teacher(CHESS, "t2", available_slots=("mon1", "tue1", "tue2")), WhyOutside.TIMES),
    (with_locks(CHESS, SectionLock(course="chess", staff=("t1",))), WhyOutside.PINNED),
    (with_wishes(CHESS, "s33", "chess", teacher="t1"), WhyOutside.NAMED),
    (with_budget(with_teacher(CHESS, "t2", pay_fen=5001), sum_fen=90_000), WhyOutside.MONEY),
]


@pytest.mark.parametrize(("school", "reason"), REASONS)
def test_what_stands_against_it(school: School, reason: WhyOutside) -> None:
    assert broken(school, PLAN) == []
    assert why(school, PLAN, "chess-1") is reason


def test_a_provider_that_is_barred_has_no_own_staff() -> None:
    school = with_new(CHESS, "providers", Provider(id="firm", name="", vetted=False))
    school = with_teacher(school, "t2", provider="firm")
    assert broken(school, PLAN) == ["staffing"]
    assert broken(with_clause(school, PolicyItem.VETTING_REQUIRED), PLAN) == []


def test_money_counts_to_the_fen() -> None:
    dearer = with_teacher(CHESS, "t2", pay_fen=5001)
    assert broken(with_budget(dearer, sum_fen=90_001), PLAN) == []
    assert only(with_budget(dearer, sum_fen=90_002), PLAN, "staffing")
    assert only(dearer, PLAN, "staffing")


def test_a_duty_is_handed_on_to_somebody_cheaper_where_money_is_short() -> None:
    """t2 has the time, at 10 yuan more; another of his duties would be 20 cheaper with t5."""
    school = with_teacher(with_teacher(CHESS, "t2", pay_fen=6000), "t5", pay_fen=4000)
    plan = edit_care(PLAN, "care-tue1", staff=("t2",))
    pay = plan_pay_fen(school, plan)
    text = only(with_budget(school, sum_fen=pay), plan, "staffing")
    names(text, "t2", "t5", "care-tue1", zh="只要t5 接过", en="if t5 took over")
    dear = with_teacher(school, "t5", pay_fen=6000)
    for other in ("t3", "t4"):
        dear = with_teacher(dear, other, may_supervise=False)
    assert broken(with_budget(dear, sum_fen=plan_pay_fen(dear, plan)), plan) == []


def busy(**t2: Any) -> tuple[School, Plan]:
    """Give t2 base care of Monday, period 1; others but t5 supervise nothing."""
    school = with_teacher(CHESS, "t2", **t2)
    for other in ("t1", "t3", "t4", "t5"):
        school = with_teacher(school, other, may_supervise=False)
    school = with_teacher(school, "t5", available_slots=("mon2", "tue1", "tue2"))
    return with_teacher(school, "t5", may_supervise=True), edit_care(
        PLAN, "care-mon1", staff=("t2",)
    )


@pytest.mark.parametrize(
    ("limits", "free"),
    [
        ({}, True),
        ({"max_periods_week": 2}, True),
        ({"max_periods_week": 1}, False),
        ({"max_periods_day": 2}, True),
        ({"max_periods_day": 1}, False),
    ],
)
def test_within_day_and_week(limits: dict[str, int], free: bool) -> None:
    school, plan = busy(**limits)
    assert broken(school, plan) == (["staffing"] if free else [])
    if not free:
        assert why(school, plan, "chess-1") is WhyOutside.BUSY


def test_a_duty_of_the_same_day_is_handed_on_where_the_day_is_full() -> None:
    school = with_teacher(CHESS, "t2", max_periods_day=1)
    plan = edit_care(PLAN, "care-mon1", staff=("t2",))
    names(only(school, plan, "staffing"), "t2", "care-mon1", zh="只要", en="took over care group")


def test_another_duty_at_the_same_time() -> None:
    school, _ = busy()
    plan = edit_care(PLAN, "care-mon2", staff=("t2",))
    school = with_teacher(school, "t5", available_slots=("mon1", "tue1", "tue2"))
    assert broken(school, plan) == []
    assert why(school, plan, "chess-1") is WhyOutside.BUSY


# t2 is busy at the time, with base care that t3 can take.
CHAIN = edit_care(PLAN, "care-mon2", staff=("t2",))


def only_t3(**t3: Any) -> School:
    """Give the school in which of all but t2 at most t3 could take base care of Monday, 2."""
    school = CHESS
    for other in ("t4", "t5"):
        school = with_teacher(school, other, available_slots=("mon1", "tue1", "tue2"))
    return with_teacher(school, "t3", **t3)


def test_duties_that_are_handed_on() -> None:
    text = only(only_t3(), CHAIN, "staffing")
    names(text, "chess-1", "t1", "t2", "t3", "care-mon2", zh="只要t3 接过托管组", en="if t3 took")


@pytest.mark.parametrize(
    "school",
    [
        only_t3(may_supervise=False),
        only_t3(available_slots=("tue1", "tue2")),
        only_t3(max_periods_week=2),
        with_locks(only_t3(), CareStaffLock(teacher="t2", slot="mon2")),
        with_budget(only_t3(pay_fen=5001), sum_fen=90_005),
    ],
)
def test_duties_that_cannot_be_handed_on(school: School) -> None:
    assert broken(school, CHAIN) == []
    assert why(school, CHAIN, "chess-1") in {WhyOutside.BUSY, WhyOutside.MONEY}


@pytest.mark.parametrize("people", [4, 5])
def test_four_of_the_own_staff_and_no_more(people: int) -> None:
    """Each has one duty and as many periods, and comes at its time and that of the one before."""
    care = ("tue1", "tue2", "mon1", "mon2")
    staff = ("t2", "n2", "n3", "n4", "n5")
    times = ("mon2", *care)
    school = with_new(CHESS, "teachers", *(Teacher(id=n, name="", pay_fen=5000) for n in staff[1:]))
    for person in ("t1", "t3", "t4"):
        school = with_teacher(school, person, may_supervise=False)
    for number, person in enumerate(staff[:people]):
        fields = {"max_periods_week": 1, "available_slots": times[number : number + 2]}
        school = with_teacher(school, person, **fields)
    for person in ("t5", *staff[people:]):
        school = with_teacher(school, person, available_slots=("mon2",), max_periods_week=1)
    plan = PLAN
    for slot, person in zip(care, (*staff[: people - 1], "t5"), strict=False):
        plan = edit_care(plan, f"care-{slot}", staff=(person,))
    if people == 5:
        assert broken(school, plan) == []
        return
    text = only(school, plan, "staffing")
    names(text, *staff[:4], "care-tue1", "care-tue2", "care-mon1", zh="只要", en="if n2 took over")


def test_nobody_gives_up_two_duties_for_one() -> None:
    """t2 leads art as well, and has base care in both of its periods, which t5 could take."""
    school = with_course(outside(FREE, "t3"), "art", leaders=("t3", "t2"))
    plan = edit_care(edit_care(PLAN, "care-tue1", staff=("t2",)), "care-tue2", staff=("t2",))
    assert broken(school, plan) == []
    assert why(school, plan, "art-1") is WhyOutside.BUSY
    assert only(school, edit_care(plan, "care-tue2", staff=("t5",)), "staffing")


def test_nobody_twice_in_one_group() -> None:
    two = with_course(CHESS, "chess", staff_needed=2)
    both = edit_section(PLAN, "chess-1", staff=("t1", "t2"))
    assert broken(two, both) == []
    assert why(two, both, "chess-1") is WhyOutside.BUSY


def test_two_changes_together_may_break_a_pin_that_neither_breaks() -> None:
    """Either of two groups keeps the lock; both would lose it."""
    pinned = SectionLock(course="chess", staff=("t1",))
    twin = edit_section(PLAN, "chess-1", id="chess-2", slots=("tue2",), students=())
    school = with_locks(CHESS, pinned)
    groups = [*PLAN.sections, *twin.sections[:1]]
    own = OwnFirst(school, groups, PLAN.care_groups)
    assert not own.duties.pinned(0, "t1")
    found = own.takeover(0, "t1")
    assert found is not None
    own.make(found)
    assert own.takeover(3, "t1") is None


def test_changes_of_two_groups_may_lose_a_pin_of_two_people() -> None:
    """Each group alone could lose one of them; handed on to t4, both would."""
    school = with_course(CHESS, "chess", leaders=("t1", "t2", "t3", "t4"), staff_needed=2)
    times = {"t2": ("mon1", "mon2", "tue2"), "t3": ("mon1", "mon2"), "t4": ("tue2",)}
    for person, slots in (times | {"t5": ("mon2",)}).items():
        fields = {"available_slots": slots, "max_periods_week": 1 + (person == "t2")}
        school = with_teacher(school, person, **fields)
    pair = [
        revised(PLAN.sections[0], id=f"chess-{slot}", slots=(slot,), staff=("t1", "t2"))
        for slot in ("mon2", "tue2")
    ]
    care = [revised(PLAN.care_groups[0], staff=("t3",))]
    free = OwnFirst(school, pair, care).takeover(0, "t1")
    assert free is not None
    assert [(step.person, step.takes) for step in free.steps] == [("t3", 0), ("t2", 2), ("t4", 1)]
    pinned = with_locks(school, SectionLock(course="chess", staff=("t1", "t2")))
    assert OwnFirst(pinned, pair, care).takeover(0, "t1") is None


def test_nobody_comes_twice_in_a_chain() -> None:
    """t2 could have art for care-tue1, or care-tue2, which t5 would give up for that: not both."""
    school = with_course(outside(FREE, "t3"), "art", leaders=("t3", "t2"))
    school = with_teacher(school, "t2", available_slots=("tue1", "tue2"))
    for person in ("t1", "t4"):
        school = with_teacher(school, person, may_supervise=False)
    plan = edit_care(PLAN, "care-tue1", staff=("t2",))
    assert only(with_teacher(school, "t5", max_periods_week=4), plan, "staffing")
    assert broken(with_teacher(school, "t5", max_periods_week=3), plan) == []


def test_a_pin_to_a_room_is_of_the_group_in_that_room() -> None:
    twin = edit_section(PLAN, "chess-1", id="chess-2", slots=("tue2",), room="r3", students=())
    school = with_locks(CHESS, SectionLock(course="chess", room="r3", staff=("t1",)))
    own = OwnFirst(school, [*PLAN.sections, *twin.sections[:1]], PLAN.care_groups)
    assert [own.duties.pinned(n, "t1") for n in (0, 3)] == [False, True]


ROTA = with_care(with_class(CHESS, "c5", homeroom_teacher="t3"), rota_grades=(3, 4, 5))


def test_the_rota_gives_its_duties_to_nobody_else() -> None:
    own = OwnFirst(ROTA, CHAIN.sections, CHAIN.care_groups)
    assert own.takeover(0, "t1") is None
    own = OwnFirst(with_care(ROTA, rota_grades=()), CHAIN.sections, CHAIN.care_groups)
    assert own.takeover(0, "t1") is not None
    outsiders = with_teacher(ROTA, "t5", kind=StaffKind.EXTERNAL)
    assert why(outsiders, PLAN, "care-mon1") is WhyOutside.ROTA


def test_each_duty_is_told_with_its_source() -> None:
    texts = said(outside(FREE, "t5"), PLAN, "staffing")
    assert len(texts) == 4
    assert all(SOURCE in text.en for text in texts)


def test_advice_may_be_waived_and_the_plan_says_so() -> None:
    item = PolicyItem.OWN_STAFF_FIRST

    def under(force: Force, *rows: Clause) -> School:
        advice = DocumentClause(item=item, force=force, source=SOURCE)
        regulation = Regulation(id="r", name="", clauses=(advice,))
        school = with_teacher(FREE, "t1", kind=StaffKind.EXTERNAL)
        return revised(school, policy=Policy(id="r", regulation=regulation, clauses=rows))

    waiver = Clause(item=item, force=Force.ADVISORY, source="school", waived=True)
    assert only(under(Force.ADVISORY), PLAN, "staffing")
    assert only(under(Force.HARD), PLAN, "staffing")
    waived = under(Force.ADVISORY, waiver)
    assert broken(waived, revised(PLAN, waived=("own_staff_first",))) == []


@pytest.mark.parametrize("number", range(40))
def test_against_trying_every_way(number: int) -> None:
    """Up to three own staff: a way is found just where there is one."""
    school, plan = case(number)
    own = OwnFirst(school, plan.sections, plan.care_groups)
    for group, person in own.outside():
        if own.duties.on_rota(group):
            assert own.takeover(group, person) is None
            continue
        for most in (1, 2, 3):
            found = own.takeover(group, person, most)
            truth = tried(school, plan, own.duties.groups[group].id, person, most)
            assert (found is not None) == truth
