from models import FeeBasis
from tests.builders import tiny_plan, tiny_school, with_budget, with_teacher
from tests.checks.saying import broken, names, only

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def test_a_given_sum() -> None:
    assert broken(with_budget(SCHOOL, sum_fen=90_000), PLAN) == []
    text = only(with_budget(SCHOOL, sum_fen=89_999), PLAN, "budget")
    names(text, "900.00", "899.99", "0.01", zh="超出经费", en="above the budget")


def test_what_fees_bring_in() -> None:
    fees = {"from_income": True, "fee_basis": FeeBasis.TERM}
    assert broken(with_budget(SCHOOL, fee_fen=7500, **fees), PLAN) == []
    text = only(with_budget(SCHOOL, fee_fen=7499, **fees), PLAN, "budget")
    names(text, "900.00", "899.88", "0.12", zh="元", en="yuan")


def test_pay_that_is_unlimited_and_a_sum_of_nothing() -> None:
    assert broken(with_teacher(SCHOOL, "t5", pay_fen=10**9), PLAN) == []
    assert broken(with_budget(SCHOOL, sum_fen=0), PLAN) == ["budget"]
