from models import Account, Cost, DocumentClause, FeeBasis, Income, Policy, PolicyItem, Regulation
from tests.builders import revised, tiny_plan, tiny_school, with_budget, with_teacher
from tests.checks.saying import broken, names, only, said

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def test_a_given_sum() -> None:
    assert broken(with_budget(SCHOOL, sum_fen=90_000), PLAN) == []
    text = only(with_budget(SCHOOL, sum_fen=89_999), PLAN, "budget")
    names(text, "900.00", "899.99", "0.01", zh="超出经费", en="above the budget")
    names(text, zh="全部账户", en="all accounts")


def test_what_fees_bring_in() -> None:
    fees = {"from_income": True, "fee_basis": FeeBasis.TERM}
    assert broken(with_budget(SCHOOL, fee_fen=7500, **fees), PLAN) == []
    text = only(with_budget(SCHOOL, fee_fen=7499, **fees), PLAN, "budget")
    names(text, "900.00", "899.88", "0.12", zh="课后服务经费", en="the service's fund")


def test_pay_that_is_unlimited_and_a_sum_of_nothing() -> None:
    assert broken(with_teacher(SCHOOL, "t5", pay_fen=10**8), PLAN) == []
    assert broken(with_budget(SCHOOL, sum_fen=0), PLAN) == ["budget"]


def test_the_account_that_is_short_is_named() -> None:
    """Overtime is from 16:40: all second periods, paid out of the fund."""
    fund = Account(
        id="late",
        name="晚托专项",
        name_en="late care",
        income=(Income.SPECIAL,),
        uses=(Cost.PAY_OVERTIME,),
        source="7",
    )
    late = DocumentClause(item=PolicyItem.OVERTIME_FROM, value=16 * 60 + 40, source="3")
    regulation = Regulation(id="r", name="", clauses=(late,), accounts=(fund,))
    school = revised(SCHOOL, policy=Policy(regulation=regulation))
    # Chess, art and care twice a week at 16:50, two weeks: eight periods.
    assert broken(with_budget(school, special_fund_fen=40_000), PLAN) == []
    text = only(with_budget(school, special_fund_fen=39_999), PLAN, "budget")
    names(text, "400.00", "399.99", "0.01", zh="晚托专项", en="late care")


def test_each_limit_that_is_broken_is_said() -> None:
    fees = {"from_income": True, "fee_basis": FeeBasis.TERM, "fee_fen": 7499}
    texts = said(with_budget(SCHOOL, sum_fen=1, **fees), PLAN, "budget")
    assert ["all accounts" in text.en for text in texts] == [True, False]
