"""Exchanges that are due: the finder against trying every one of them, on small random schools."""

from collections import Counter

import pytest

from models import Plan, School
from optimizer.checks import Exchanges
from optimizer.checks._quest import BETTERING
from tests.builders import revised
from tests.checks.exchange_cases import exchange_case
from tests.checks.exchanging import all_due, rules_kept
from tests.checks.test_by_trying import case

CASES, OTHERS = 60, 20


def found(school: School, plan: Plan) -> set[tuple[str, str]]:
    dues = Exchanges(school, plan).due()
    return {(d.why.value, "" if d.why in BETTERING else d.student) for d in dues}


@pytest.mark.parametrize("start", range(0, CASES, 10))
def test_found_if_and_only_if_trying_finds_it(start: int) -> None:
    kinds: Counter[str] = Counter()
    for number in range(start, start + 10):
        school, plan = exchange_case(number)
        expected = all_due(school, plan)
        assert found(school, plan) == expected, number
        kinds.update({why for why, _ in expected})
    assert kinds["draw"] >= 5


@pytest.mark.parametrize("start", range(0, OTHERS, 5))
def test_with_limits_of_days_and_other_rules(start: int) -> None:
    for number in range(start, start + 5):
        school, plan = case(number)
        assert found(school, plan) == all_due(school, plan), number


def settled(school: School, plan: Plan) -> Plan:
    exchanges = Exchanges(school, plan)
    for due in exchanges.due():
        exchanges.make(due)
    sections, groups = exchanges.result()
    return revised(plan, sections=sections, care_groups=groups)


@pytest.mark.parametrize("start", range(0, CASES, 20))
def test_made_until_trying_finds_none(start: int) -> None:
    for number in range(start, start + 20, 4):
        school, plan = exchange_case(number)
        after = settled(school, plan)
        assert rules_kept(school, after), number
        assert all_due(school, after) == set(), number
        assert found(school, after) == set(), number
