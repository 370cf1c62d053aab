"""What a school may make of the nine regimes: all advice can be waived, no demand can."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import (
    ITEMS,
    REGIMES,
    Clause,
    DocumentClause,
    Force,
    Policy,
    Rules,
    School,
    Sense,
    Unit,
    regime,
)
from models.resolve import resolve
from tests.builders import revised, tiny_school
from tests.models.test_resolve import ADVICE, refusals, scope
from tests.rules.solving import optimal

SHIPPED = [(name, clause) for name in REGIMES for clause in regime(name).clauses]
ADVISED = [(name, c) for name, c in SHIPPED if c.force is ADVICE]
DEMANDED = [(name, c) for name, c in SHIPPED if c.force is Force.HARD]


def alike(clause: DocumentClause, **fields: Any) -> Clause:
    """A row that speaks of just what a clause speaks of."""
    names = ("item", "subject", "level", "band", "grades")
    return Clause(**{name: getattr(clause, name) for name in names} | {"source": ""} | fields)


def under(name: str, *own: Clause) -> Rules:
    return resolve(Policy.model_validate({"id": name, "clauses": own}), scope)


def test_there_is_enough_of_both() -> None:
    assert len(ADVISED) >= 25
    assert len(DEMANDED) >= 150


@pytest.mark.parametrize(("name", "clause"), ADVISED)
def test_every_piece_of_advice_can_be_waived(name: str, clause: DocumentClause) -> None:
    found = under(name, alike(clause, waived=True))
    assert found.refused == ()
    assert clause in found.set_aside
    assert clause not in (*found.clauses, *found.open)


@pytest.mark.parametrize(("name", "clause"), DEMANDED)
def test_no_demand_can_be_waived_or_loosened(name: str, clause: DocumentClause) -> None:
    found = under(name, alike(clause, waived=True))
    assert refusals(found) == [(0, "waived")]
    assert clause in (*found.clauses, *found.open)
    facts = ITEMS[clause.item]
    if clause.value is None or facts.sense is Sense.EACH:
        return
    step = {Sense.MOST: 1, Sense.LEAST: -1, Sense.EXACT: -1}[facts.sense]
    found = under(name, alike(clause, value=clause.value + step))
    assert refusals(found) == [(0, "value")]
    assert clause in found.clauses


@pytest.mark.parametrize(("name", "clause"), [(n, c) for n, c in SHIPPED if c.open])
def test_what_is_open_is_given_by_a_row_where_it_has_a_number(
    name: str, clause: DocumentClause
) -> None:
    if clause.unit is Unit.NONE:
        assert clause in under(name, alike(clause)).open
    else:
        found = under(name, alike(clause, value=90))
        assert clause not in found.open
        assert [c.value for c in found.clauses if c.item is clause.item][-1] == 90


@given(st.sampled_from(REGIMES), st.data())
def test_nothing_is_lost(name: str, data: st.DataObject) -> None:
    """Each clause is in force, open or set aside for every grade that it concerns."""
    document = regime(name).clauses
    picked = data.draw(st.lists(st.sampled_from(document), max_size=6))
    own = [
        alike(c, waived=True, grades=tuple(data.draw(st.sets(st.integers(1, 9), max_size=4))))
        for c in picked
    ]
    found = under(name, *own)
    kept = (*found.clauses, *found.open, *found.set_aside)
    for clause in document:
        grades = [scope(c) for c in kept if c.item is clause.item and c.subject == clause.subject]
        assert frozenset().union(*grades) >= scope(clause)
    assert all(aside.force is ADVICE for aside in found.set_aside)
    against = [
        n
        for n, waive in enumerate(own)
        if any(
            c.force is Force.HARD
            and (c.item, c.subject) == (waive.item, waive.subject)
            and scope(c) & scope(waive)
            for c in document
        )
    ]
    assert [refused.row for refused in found.refused] == against


def advised_only(name: str) -> School:
    """The small school under a regulation of a regime's advice, all of which it waives."""
    advice = tuple(clause for clause in regime(name).clauses if clause.force is ADVICE)
    regulation = regime(name).model_copy(update={"clauses": advice, "accounts": ()})
    rows = tuple(alike(clause, waived=True, source="board") for clause in advice)
    return revised(tiny_school(), policy=Policy(id=name, regulation=regulation, clauses=rows))


@pytest.mark.parametrize("name", [name for name in REGIMES if any(n == name for n, _ in ADVISED)])
def test_the_plan_says_what_was_waived(name: str) -> None:
    school = advised_only(name)
    # What it only advises to juniors does not concern a school that has none.
    concerned = {c.item.value for n, c in ADVISED if n == name and school.scope(c)}
    assert concerned
    assert set(optimal(school).waived) == concerned
