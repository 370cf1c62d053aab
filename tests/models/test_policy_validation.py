"""A school keeps within its policy, and says what the policy leaves to it."""

from datetime import date
from typing import Any

import pytest

from models import (
    REGIMES,
    Budget,
    Clause,
    Cost,
    FeeBasis,
    GroupKind,
    PartPeriod,
    PayUnit,
    PlannedCost,
    Policy,
    PolicyItem,
    Problem,
    School,
    Settings,
    StaffKind,
    StudentGroup,
)
from models.validation import find_problems
from tests.builders import revised
from tests.tiny import tiny_school

TINY = tiny_school()
MONTH, PERIOD, TERM = FeeBasis.MONTH, FeeBasis.PERIOD, FeeBasis.TERM
FULL, SHARE = PartPeriod.FULL, PartPeriod.SHARE
GIVEN: dict[str, dict[str, Any]] = {
    "banan-2020": {"part_period": FULL},
    "changzhi-2021": {},
    "putuo-2021": {"special_fund_fen": 0},
    "zhanggong-2021": {},
    "one-plus-x": {"fee_fen": 230},
    "hebi": {"fee_basis": MONTH, "fee_fen": 10000, "part_period": SHARE},
    "free-rota": {},
    "city-menu": {"fee_basis": FeeBasis.NONE, "special_fund_fen": 500},
    "per-head-subsidy": {"fee_fen": 30000, "part_period": FULL, "subsidy_fen_per_student": 25000},
}
"""What each regime leaves to the settings."""
ROWS = {
    "banan-2020": (PolicyItem.LATEST_END, 18 * 60),
    "changzhi-2021": (PolicyItem.EARLIEST_END, 17 * 60 + 30),
}
"""What each regime leaves to rows of the policy sheet."""


def row(item: PolicyItem, value: int | None = None, **fields: Any) -> Clause:
    return Clause(item=item, value=value, source="board", **fields)


def under(
    name: str, rows: tuple[Clause, ...] | None = None, *, pay: Any = 3000, **parts: Any
) -> School:
    """The small school under a regime, all of it said; ``budget`` changes some settings of it."""
    budget = GIVEN[name] | parts.pop("budget", {})
    settings = revised(
        TINY.settings, budget=Budget(**budget), lower_grades=(1, 2, 3), middle_grades=(4,)
    )
    if rows is None:
        rows = (row(*ROWS[name]),) if name in ROWS else ()
    teachers = tuple(revised(t, pay_fen=pay, overtime_pay_fen=pay) for t in TINY.teachers)
    groups = (StudentGroup(id="poor", name="", relief_percent=50),)
    students = tuple(revised(s, groups=()) for s in TINY.students)
    fields = {name: getattr(TINY, name) for name in School.model_fields}
    fields |= {"settings": settings, "teachers": teachers, "groups": groups, "students": students}
    policy = Policy.model_validate({"id": name, "clauses": rows})
    return School.model_construct(**(fields | {"policy": policy} | parts))


def found(school: School) -> list[Problem]:
    return [problem for problem in find_problems(school) if problem.severity == "error"]


def only(school: School, code: str, place: tuple[str, int | None, str | None]) -> str:
    """Give the English text of the one problem there is; both languages give the same facts."""
    (problem,) = found(school)
    assert (problem.code, (problem.table, problem.row, problem.field)) == (code, place)
    assert problem.text.zh != problem.text.en
    return problem.text.en


@pytest.mark.parametrize("name", REGIMES)
def test_a_school_that_has_said_all(name: str) -> None:
    assert found(under(name)) == []


# Fees.

BASIS, FEE = ("settings", 0, "budget.fee_basis"), ("settings", 0, "budget.fee_fen")


@pytest.mark.parametrize("fee", [{"fee_basis": MONTH}, {"fee_basis": PERIOD, "fee_fen": 100}])
@pytest.mark.parametrize("name", ["putuo-2021", "free-rota"])
def test_no_fee_where_the_service_is_free(name: str, fee: dict[str, Any]) -> None:
    text = only(under(name, budget=fee), "fee-barred", BASIS)
    assert "allows no fee (" in text
    assert found(under(name, budget={"fee_basis": FeeBasis.NONE})) == []


def test_no_fee_before_a_standard_is_issued() -> None:
    fee = {"fee_basis": PERIOD, "fee_fen": 100}
    text = only(under("changzhi-2021", budget=fee), "fee-not-issued", BASIS)
    assert "2（一）" in text
    assert "'Fee standard'" in text
    issued = fee | {"fee_standard": "长发改〔2026〕8号"}
    assert found(under("changzhi-2021", budget=issued)) == []
    for said in ("x", "已出台", "the bureau's", "《》"):
        school = under("changzhi-2021", budget=fee | {"fee_standard": said})
        text = only(school, "fee-not-issued", ("settings", 0, "budget.fee_standard"))
        assert f"'{said}'" in text
    titled = fee | {"fee_standard": "《长治市课后服务收费标准》"}
    assert found(under("changzhi-2021", budget=titled)) == []


def test_a_standard_without_a_date_has_to_be_accepted() -> None:
    fee = {"fee_basis": PERIOD, "fee_fen": 100, "fee_standard": "长发改〔2026〕8号"}
    school = under("changzhi-2021", budget=fee)
    (stop,) = [p for p in find_problems(school) if p.code == "fee-from"]
    assert (stop.severity, stop.field) == ("stop", "budget.fee_from")
    assert "'Fee from'" in stop.text.en
    dated = under("changzhi-2021", budget=fee | {"fee_from": date(2026, 11, 9)})
    assert not [p for p in find_problems(dated) if p.code == "fee-from"]


def test_income_that_no_account_takes_is_named() -> None:
    given = {"donation_fen": 100, "collection_fen": 0, "special_fund_fen": 500}
    problems = find_problems(under("banan-2020", budget=given))
    (warned,) = [p for p in problems if p.code == "no-account"]
    assert (warned.severity, warned.field) == ("warning", "budget.donation_fen")
    assert "'donations' (they take fees, reimbursement, subsidy, special fund)" in warned.text.en
    taken = find_problems(under("city-menu", budget={"donation_fen": 100}))
    assert not [p for p in taken if p.code == "no-account"]


def test_a_session_of_own_staff_against_the_cap_a_period() -> None:
    """The week has two periods a day: 60 yuan for both are 30 each, 101 are more than 100."""

    def by_session(fen: int) -> School:
        first, *rest = under("banan-2020", pay=1000).teachers
        paid = first.model_copy(update={"pay_fen": fen, "pay_unit": PayUnit.SESSION})
        return under("banan-2020", teachers=(paid, *rest))

    assert found(by_session(6000)) == []
    assert found(by_session(10_000)) == []
    text = only(by_session(10_001), "pay-over-max", ("teachers", 0, "pay_fen"))
    assert "100.01 yuan for a session, of 2 periods at most" in text


@pytest.mark.parametrize(
    ("name", "fee"),
    [
        ("banan-2020", {"fee_fen": 17_999}),
        ("banan-2020", {"fee_basis": TERM}),
        ("banan-2020", {"fee_basis": FeeBasis.NONE}),
        ("zhanggong-2021", {"fee_fen": 374}),
        ("zhanggong-2021", {"fee_basis": MONTH, "fee_fen": 375}),
    ],
)
def test_a_fee_that_the_policy_fixes(name: str, fee: dict[str, Any]) -> None:
    text = only(under(name, budget=fee), "fee-fixed", FEE)
    fixed = {"banan-2020": "180.00 yuan, basis month", "zhanggong-2021": "3.75 yuan, basis period"}
    assert f"the policy fixes the fee at {fixed[name]}" in text


def test_a_fixed_fee_may_be_repeated() -> None:
    assert found(under("banan-2020", budget={"fee_basis": MONTH, "fee_fen": 18_000})) == []


def test_the_most_that_a_period_may_cost() -> None:
    assert found(under("one-plus-x", budget={"fee_fen": 230})) == []
    text = only(under("one-plus-x", budget={"fee_fen": 231}), "fee-over-max", FEE)
    assert "2.31 yuan is above the policy's maximum of 2.30 yuan (" in text


def test_the_lower_of_two_maxima_holds() -> None:
    own = (row(PolicyItem.FEE_PERIOD_MAX, 200),)
    text = only(under("one-plus-x", own, budget={"fee_fen": 230}), "fee-over-max", FEE)
    assert "maximum of 2.00 yuan (board)" in text


def test_a_basis_that_the_policy_fixes() -> None:
    fee = {"fee_basis": MONTH, "fee_fen": 4000}
    text = only(under("one-plus-x", budget=fee), "fee-basis", BASIS)
    assert "the policy fixes the fee at period (" in text


def test_a_basis_that_the_policy_advises() -> None:
    fee = {"fee_basis": MONTH, "fee_fen": 4000}
    text = only(under("per-head-subsidy", budget=fee), "fee-basis", BASIS)
    assert "in principle the policy wants the fee by term" in text
    own = (row(PolicyItem.FEE_BASIS, subject="month"),)
    assert found(under("per-head-subsidy", own, budget=fee)) == []


# Pay, relief, subsidy.


def test_the_most_that_own_staff_may_be_paid() -> None:
    assert found(under("banan-2020", pay=5000)) == []
    problems = found(under("banan-2020", pay=5001))
    assert [(p.code, p.table, p.row, p.field) for p in problems] == [
        ("pay-over-max", "teachers", number, field)
        for number in range(5)
        for field in ("pay_fen", "overtime_pay_fen")
    ]
    assert "50.01 yuan is above the policy's maximum of 50.00 yuan (" in problems[0].text.en


def test_pay_by_agreement_is_not_capped() -> None:
    staff = tuple(
        revised(t, kind=StaffKind.EXTERNAL, pay_fen=9000) if t.id == "t4" else t
        for t in under("banan-2020").teachers
    )
    assert found(under("banan-2020", teachers=staff)) == []


def relief(percent: int | None, kind: GroupKind = GroupKind.HARDSHIP) -> dict[str, Any]:
    return {"groups": (StudentGroup(id="poor", name="", kind=kind, relief_percent=percent),)}


@pytest.mark.parametrize(
    "kind", [GroupKind.HARDSHIP, GroupKind.MINIMUM_INCOME, GroupKind.HARDSHIP_WORKER]
)
@pytest.mark.parametrize("name", ["banan-2020", "hebi"])
def test_relief_that_the_policy_fixes(name: str, kind: GroupKind) -> None:
    for percent in (None, 100):
        assert found(under(name, **relief(percent, kind))) == []
    text = only(under(name, **relief(99, kind)), "relief-fixed", ("groups", 0, "relief_percent"))
    assert "fixes this group's relief at 100% (" in text
    assert "the school gives 99%" in text


def test_relief_of_other_groups_is_the_schools() -> None:
    assert found(under("hebi", **relief(30, GroupKind.DISABLED))) == []


def test_the_best_of_several_reliefs_counts() -> None:
    own = (
        row(PolicyItem.RELIEF, 50, subject="hardship"),
        row(PolicyItem.RELIEF, 80, subject="minimum_income"),
    )
    assert found(under("city-menu", own, **relief(80, GroupKind.MINIMUM_INCOME))) == []
    low = under("city-menu", own, **relief(50, GroupKind.MINIMUM_INCOME))
    assert "at 80% (board)" in only(low, "relief-fixed", ("groups", 0, "relief_percent"))


def test_the_most_that_the_subsidy_may_be_in_a_year() -> None:
    place = ("settings", 0, "budget.subsidy_fen_per_student")
    half = {"subsidy_fen_per_student": 25_000, "subsidy_earlier_fen": 25_000}
    assert found(under("per-head-subsidy", budget=half)) == []
    text = only(
        under("per-head-subsidy", budget=half | {"subsidy_earlier_fen": 25_001}),
        "subsidy-over-max",
        place,
    )
    assert "250.00 yuan per student this term and 250.01 earlier" in text
    assert "maximum of 500.00 yuan" in text
    alone = under("per-head-subsidy", budget={"subsidy_fen_per_student": 50_001})
    assert "500.01 yuan" in only(alone, "subsidy-over-max", place)


def test_the_uplift_of_remote_areas() -> None:
    full = {"subsidy_fen_per_student": 50_000, "uplift_percent": 20}
    assert found(under("per-head-subsidy", budget=full)) == []
    over = under("per-head-subsidy", budget=full | {"uplift_percent": 21})
    text = only(over, "uplift-over-max", ("settings", 0, "budget.uplift_percent"))
    assert "21% is above the policy's maximum of 20% (" in text


# Costs.


def cost(kind: Cost) -> dict[str, Any]:
    day = date(2026, 3, 2)
    return {"costs": (PlannedCost(id="k", kind=kind, amount_fen=100, day=day),)}


COST = ("costs", 0, "kind")


@pytest.mark.parametrize("name", ["banan-2020", "per-head-subsidy"])
def test_no_management_fee(name: str) -> None:
    text = only(under(name, **cost(Cost.MANAGEMENT)), "cost-barred", COST)
    assert "no management fee may be taken (" in text


@pytest.mark.parametrize("name", ["banan-2020", "hebi", "city-menu", "per-head-subsidy"])
def test_nothing_alien_to_the_service(name: str) -> None:
    text = only(under(name, **cost(Cost.OTHER)), "cost-barred", COST)
    assert "'other spending' is no permitted use of the funds (permitted: " in text
    assert "running costs" in text or name == "hebi"


def test_a_fund_for_certain_uses_bears_no_management_fee() -> None:
    text = only(under("hebi", **cost(Cost.MANAGEMENT)), "cost-barred", COST)
    assert "overtime pay, pay of external staff, utilities, consumables, upkeep)" in text


@pytest.mark.parametrize("kind", [Cost.PAY_NORMAL, Cost.PAY_OVERTIME, Cost.PAY_EXTERNAL])
def test_pay_is_no_row_of_costs(kind: Cost) -> None:
    assert "teachers' table" in only(under("hebi", **cost(kind)), "cost-barred", COST)


def test_what_is_remitted_is_no_row_of_costs() -> None:
    text = only(under("zhanggong-2021", **cost(Cost.REMITTANCE)), "cost-barred", COST)
    assert "worked out from the fees" in text


@pytest.mark.parametrize("name", REGIMES)
def test_things_for_the_service_can_always_be_bought(name: str) -> None:
    """Out of a fund where it allows it, else of the school's own means."""
    for kind in (Cost.UTILITIES, Cost.CONSUMABLES, Cost.UPKEEP, Cost.RUNNING):
        assert found(under(name, **cost(kind))) == []


# Rows that the regulation does not allow.


def test_a_row_against_a_hard_rule_is_named() -> None:
    rows = (row(PolicyItem.LATEST_END, 17 * 60), row(PolicyItem.LATEST_END, 18 * 60 + 1))
    text = only(under("city-menu", rows), "hard-rule", ("policy", 1, "value"))
    assert "hard (江苏某市中小学生课后服务工作实施意见 2 服务时间)" in text
    waived = (row(PolicyItem.NO_FEE, waived=True),)
    only(under("free-rota", waived), "hard-rule", ("policy", 0, "waived"))


def test_an_own_school_needs_nothing() -> None:
    fields = {name: getattr(TINY, name) for name in School.model_fields}
    plain = School.model_construct(**fields | {"settings": Settings(id="s", name="")})
    assert found(plain) == []
