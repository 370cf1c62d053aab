"""What no school under a regime may do: change what is hard, leave open what it must say."""

from datetime import date
from typing import ClassVar

import pytest

from instances.regimes.common import minute
from models import (
    REGIMES,
    Budget,
    Cost,
    FeeBasis,
    Level,
    PlannedCost,
    Policy,
    PolicyItem,
    School,
    SchoolError,
    Term,
)
from models.labels import ITEM_NAMES
from optimizer.checks import verify
from tests.builders import restated, revised, with_settings, with_teacher
from tests.instances.regime_plans import both, refused, school_of, with_money, with_row


def with_group(school: School, group: str, percent: int | None) -> School:
    return school.replaced(
        groups=tuple(
            revised(g, relief_percent=percent) if g.id == group else g for g in school.groups
        )
    )


def with_cost(school: School, kind: Cost) -> School:
    cost = PlannedCost(id="K9", kind=kind, amount_fen=10_000, day=date(2026, 10, 15))
    return school.replaced(costs=(*school.costs, cost))


def with_term(school: School, **fields: object) -> School:
    return school.replaced(term=Term.model_validate(vars(school.term) | fields))


@pytest.mark.parametrize("regime_id", REGIMES)
def test_all_that_is_missing_is_listed_at_once(regime_id: str) -> None:
    school = school_of(regime_id)
    silent = {
        "settings": revised(school.settings, budget=Budget(), lower_grades=(), middle_grades=()),
        "policy": Policy(id=regime_id),
        "teachers": tuple(revised(t, pay_fen=None, overtime_pay_fen=None) for t in school.teachers),
        "groups": tuple(revised(g, relief_percent=None) for g in school.groups),
    }
    with pytest.raises(SchoolError) as caught:
        school.replaced(**silent)
    (problem,) = caught.value.problems
    assert problem.code == "policy-missing"
    assert school.policy.regulation is not None
    wanted = {clause.item for clause in school.policy.regulation.clauses if clause.open}
    if regime_id == "changzhi-2021":
        # Where nothing is charged, part months need no answer.
        wanted -= {PolicyItem.PART_PERIOD}
    if not any(t.kind in {"external", "provider"} for t in school.teachers):
        wanted -= {PolicyItem.PAY_EXTERNAL}
    assert wanted
    for item in wanted:
        assert ITEM_NAMES[item].en in problem.text.en
        assert ITEM_NAMES[item].zh in problem.text.zh


class Regime:
    """The school of a regime."""

    regime: ClassVar[str]

    @property
    def school(self) -> School:
        return school_of(self.regime)

    def fixed(self, item: PolicyItem, value: int, **scope: object) -> None:
        """Demand that an item can neither be waived nor be given this value."""
        with refused("hard and cannot be waived"):
            with_row(self.school, item, waived=True)
        with refused("no school may change it"):
            with_row(self.school, item, value, **scope)

    def unwaivable(self, *items: PolicyItem) -> None:
        for item in items:
            with refused("hard and cannot be waived"):
                with_row(self.school, item, waived=True)


class TestBanan(Regime):
    regime = "banan-2020"

    def test_pay_above_fifty_yuan(self) -> None:
        with refused("60.00 yuan is above the policy's maximum of 50.00 yuan"):
            with_teacher(self.school, "T03", pay_fen=6_000)
        # What is agreed with external staff has no maximum.
        with_teacher(self.school, "W01", pay_fen=30_000)

    def test_the_hard_fee(self) -> None:
        self.fixed(PolicyItem.FEE_MONTH, 20_000)
        with refused("fixes the fee", "180.00", "200.00"):
            with_money(self.school, fee_fen=20_000)
        with refused("fixes the fee", "180.00"):
            with_money(self.school, fee_basis=FeeBasis.TERM)

    def test_poor_pupils_are_free(self) -> None:
        with refused("relief at 100%", "gives 50%"):
            with_group(self.school, "建档", 50)

    def test_no_management_fee_and_nothing_alien(self) -> None:
        with refused("no management fee"):
            with_cost(self.school, Cost.MANAGEMENT)
        with refused("no permitted use of the funds"):
            with_cost(self.school, Cost.OTHER)
        with_cost(self.school, Cost.UTILITIES)

    def test_advice_is_set_aside_in_the_open(self) -> None:
        school, plan = both(self.regime)
        freer = with_row(school, PolicyItem.MINUTES_DAY, waived=True)
        assert restated(freer, plan).waived == ("minutes_day",)
        assert verify(freer, plan.model_copy(update={"school_digest": freer.digest}))
        assert not verify(freer, restated(freer, plan))


class TestChangzhi(Regime):
    regime = "changzhi-2021"

    def test_no_fee_before_a_standard_is_issued(self) -> None:
        fee = {"fee_basis": FeeBasis.MONTH, "fee_fen": 10_000}
        with refused("before a standard is issued"):
            with_money(self.school, **fee)
        issued = with_money(self.school, fee_standard="issued 2027", **fee)
        assert issued.settings.budget.fee_fen == 10_000

    def test_the_weekend_day_is_hard(self) -> None:
        self.fixed(PolicyItem.WEEKEND_DAYS, 2)

    def test_a_later_evening_is_advice_set_aside(self) -> None:
        item, late = PolicyItem.EVENING_LATEST_END, minute("21:00")
        later = with_row(self.school, item, late, level=Level.JUNIOR)
        assert [clause.item for clause in later.rules.set_aside] == [item]
        with refused("no school may change it"):
            with_row(self.school, PolicyItem.EVENING_ALLOWED, level=Level.PRIMARY)


class TestPutuo(Regime):
    regime = "putuo-2021"

    def test_it_is_free(self) -> None:
        with refused("allows no fee"):
            with_money(self.school, fee_basis=FeeBasis.MONTH, fee_fen=10_000)

    def test_overtime_begins_at_half_past_four(self) -> None:
        self.fixed(PolicyItem.OVERTIME_FROM, minute("17:00"))

    def test_the_overtime_rate_and_the_fund(self) -> None:
        with refused("Special fund (yuan)"):
            with_money(self.school, special_fund_fen=None)
        with refused("Overtime pay (yuan)", "T04"):
            with_teacher(self.school, "T04", overtime_pay_fen=None)


class TestZhanggong(Regime):
    regime = "zhanggong-2021"

    def test_a_make_up_day_without_its_weekday(self) -> None:
        first, _ = self.school.term.make_up_days
        with refused("which weekday", "2026-10-10"):
            with_term(self.school, make_up_days=(first,))

    def test_the_fee(self) -> None:
        self.fixed(PolicyItem.FEE_PERIOD, 300)
        with refused("fixes the fee", "3.75", "4.00"):
            with_money(self.school, fee_fen=400)

    def test_the_relief_that_the_school_must_set(self) -> None:
        with refused("relief, hardship worker", "特困"):
            with_group(self.school, "特困", None)


class TestOnePlusX(Regime):
    regime = "one-plus-x"

    def test_more_than_2_30_a_period(self) -> None:
        with refused("2.50", "maximum of 2.30"):
            with_money(self.school, fee_fen=250)
        with_money(self.school, fee_fen=200)

    def test_another_basis(self) -> None:
        with refused("fixes the fee"):
            with_money(self.school, fee_basis=FeeBasis.MONTH)

    def test_two_periods_and_their_length_are_hard(self) -> None:
        self.fixed(PolicyItem.PERIODS_DAY, 3)
        self.fixed(PolicyItem.PERIOD_MINUTES, 45)
        self.fixed(PolicyItem.CHARGED_PERIODS_DAY_MAX, 3)


class TestHebi(Regime):
    regime = "hebi"

    def test_hardship_pupils_are_free(self) -> None:
        with refused("relief at 100%", "gives 50%"):
            with_group(self.school, "困难", 50)

    def test_what_the_account_may_be_used_for(self) -> None:
        for kind in (Cost.MANAGEMENT, Cost.OTHER):
            with refused("no permitted use"):
                with_cost(self.school, kind)
        for kind in (Cost.UTILITIES, Cost.CONSUMABLES, Cost.UPKEEP):
            with_cost(self.school, kind)

    def test_learning_periods_firms_and_moving_are_hard(self) -> None:
        self.fixed(PolicyItem.MAX_LEARNING_PERIODS_DAY, 2)
        self.unwaivable(PolicyItem.MOVE_UNMET, PolicyItem.BARRED_PROVIDER)

    def test_the_hour_and_a_half_is_advice(self) -> None:
        longer = with_row(self.school, PolicyItem.MAX_MINUTES_DAY, 100)
        assert [clause.value for clause in longer.rules.set_aside] == [90]


class TestFreeRota(Regime):
    regime = "free-rota"

    def test_it_is_free(self) -> None:
        with refused("allows no fee"):
            with_money(self.school, fee_basis=FeeBasis.PERIOD, fee_fen=100)

    def test_which_grades_are_lower(self) -> None:
        with refused("setting 'Lower grades'"):
            with_settings(self.school, lower_grades=())

    def test_the_rota_and_the_homework_session_are_hard(self) -> None:
        self.unwaivable(PolicyItem.ROTA, PolicyItem.HOMEWORK_START, PolicyItem.LATEST_END)


class TestCityMenu(Regime):
    regime = "city-menu"

    def test_the_end_and_who_stays_out_are_hard(self) -> None:
        self.fixed(PolicyItem.LATEST_END, minute("18:30"))
        self.unwaivable(PolicyItem.EXCLUDED_GROUP)

    def test_what_the_school_must_say_of_its_money(self) -> None:
        with refused("relief, hardship", "困难"):
            with_group(self.school, "困难", None)
        with refused("Special fund (yuan)"):
            with_money(self.school, special_fund_fen=None)
        with refused("Fee basis"):
            with_money(self.school, fee_basis=None, fee_fen=None)


class TestPerHead(Regime):
    regime = "per-head-subsidy"

    def drawing(self, term_fen: int, earlier_fen: int, uplift: int) -> School:
        return with_money(
            self.school,
            subsidy_fen_per_student=term_fen,
            subsidy_earlier_fen=earlier_fen,
            uplift_percent=uplift,
        )

    def test_the_subsidy_of_a_year(self) -> None:
        # 600 is reached by 500 and the uplift, and by nothing else.
        self.drawing(50_000, 0, 20)
        with refused("600.00 yuan per student", "maximum of 500.00"):
            self.drawing(60_000, 0, 0)
        with refused("300.00", "250.00", "maximum of 500.00"):
            self.drawing(30_000, 25_000, 20)
        with refused("uplift of 25%", "maximum of 20%"):
            self.drawing(25_000, 25_000, 25)

    def test_no_management_fee(self) -> None:
        with refused("no management fee"):
            with_cost(self.school, Cost.MANAGEMENT)

    def test_a_fee_by_the_month_only_if_the_school_says_so(self) -> None:
        monthly = {"fee_basis": FeeBasis.MONTH, "fee_fen": 8_000}
        with refused("in principle", "fee basis"):
            with_money(self.school, **monthly)
        without = with_money(self.school, fee_basis=FeeBasis.NONE, fee_fen=None)
        said = with_row(without, PolicyItem.FEE_BASIS, subject="month")
        in_the_open = with_money(said, **monthly)
        assert [clause.item for clause in in_the_open.rules.set_aside] == [PolicyItem.FEE_BASIS]
