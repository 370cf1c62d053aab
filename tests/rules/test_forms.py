"""Every form of a rule stands in the module of its family, or it is said why there is none."""

from inspect import getdoc, getmodule
from random import Random

import pytest

from models import FAMILIES, Family
from optimizer.checks import CHECKS
from optimizer.rules import relax
from optimizer.rules.registry import NOT_RELAXED, RULES, Rule
from optimizer.rules.relaxation import program
from tests.rules.random_schools import random_school


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.family)
def test_all_forms_are_in_one_room(rule: Rule) -> None:
    rooms = {getmodule(form) for form in rule[1:] if form is not None}
    assert [getattr(room, "__name__", None) for room in rooms] == [f"optimizer.rules.{rule.family}"]
    (room,) = rooms
    assert "\nStatement" in (getdoc(room) or "")
    assert [form.__name__ for form in rule[1:] if form is not None] == [
        name for name in ("add", "relax", "forbids_seat") if hasattr(room, name)
    ]


def test_every_family_has_each_form_or_a_reason() -> None:
    assert tuple(rule.family for rule in RULES) == FAMILIES
    assert set(CHECKS) >= set(FAMILIES)
    relaxed = {rule.family for rule in RULES if rule.relax is not None}
    assert relaxed.isdisjoint(NOT_RELAXED)
    assert relaxed | NOT_RELAXED.keys() == set(FAMILIES)


SCHOOLS = tuple(random_school(Random(f"relax {number}")) for number in range(12))


@pytest.mark.parametrize("family", [rule.family for rule in RULES if rule.relax is not None])
def test_each_relaxation_takes_something_away(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its rows the program says less of some school."""
    whole = [relax(school, by_number=by).lp for school in SCHOOLS for by in (False, True)]
    rules = [rule._replace(relax=None) if rule.family == family else rule for rule in RULES]
    monkeypatch.setattr(program, "RULES", rules)
    less = [relax(school, by_number=by).lp for school in SCHOOLS for by in (False, True)]
    assert any(
        len(a.low) > len(b.low) or a.upper < b.upper for a, b in zip(whole, less, strict=True)
    )
