"""Where a fee has to be published before it is charged, what the notice says of it is given."""

from typing import Any

import pytest

from models import FeeBasis, Notice, Problem, School
from models.validation import find_problems
from tests.builders import revised
from tests.checks.saying import names
from tests.models.test_policy_validation import under

STANDARD, TELEPHONE = "市发改委批复", "教育局 0750-1234567"


def charging(name: str = "per-head-subsidy", complaints: str = "", **budget: Any) -> list[Problem]:
    school = under(name, budget=budget)
    settings = revised(school.settings, notice=Notice(complaints=complaints))
    return stopped(revised(school, settings=settings))


def stopped(school: School) -> list[Problem]:
    return [one for one in find_problems(school) if one.code == "fee-unpublished"]


def test_a_fee_that_cannot_be_published_is_not_charged() -> None:
    (problem,) = charging()
    assert (problem.field, problem.severity) == ("budget.fee_fen", "stop")
    names(
        problem.text,
        "（四）严格规范收费行为",
        zh="收费标准与依据（填在设置“收费文件”",
        en="'Fee standard'",
    )
    names(problem.text, zh="投诉举报电话（填在设置“投诉电话”", en="where to complain (give it")
    (problem,) = charging(complaints=TELEPHONE)
    assert "Complaints" not in problem.text.en
    (problem,) = charging(fee_standard=STANDARD, complaints=" ")
    assert "Fee standard" not in problem.text.en
    assert charging(fee_standard=STANDARD, complaints=TELEPHONE) == []


@pytest.mark.parametrize("budget", [{"fee_fen": 0}, {"fee_fen": None, "fee_basis": FeeBasis.NONE}])
def test_nothing_need_be_published_of_no_fee(budget: dict[str, Any]) -> None:
    assert charging(**budget) == []


def test_where_no_clause_asks_for_it_nothing_stops_a_fee() -> None:
    assert charging("hebi") == []
    assert stopped(revised(under("free-rota"), settings=under("free-rota").settings)) == []
