"""Every way to break exactly one clause of a regime is refused, by clause and source."""

from collections import Counter
from functools import cache

import pytest

from models import REGIMES, Kept, PolicyItem
from models.kept import KEPT
from optimizer.ledger import audit
from optimizer.ledger.lines import OwnSource, source_text
from tests.instances.regime_plans import both
from tests.mutations import of_money, of_offers, of_staff, of_time
from tests.mutations.mutants import Mutant, refusal
from tests.mutations.of_ledgers import ledger_mutants

GENERATORS = (
    *of_time.GENERATORS,
    *of_offers.GENERATORS,
    *of_staff.GENERATORS,
    *of_money.GENERATORS,
)
ENOUGH = 10
OF_EACH = 6
"""Mutants of one item that are tried, of a regime."""


@cache
def mutants(regime_id: str) -> tuple[Mutant, ...]:
    school, plan = both(regime_id)
    seen: Counter[PolicyItem] = Counter()
    some = []
    for mutant in (m for generator in GENERATORS for m in generator(school, plan)):
        seen[mutant.item] += 1
        if seen[mutant.item] <= OF_EACH:
            some.append(mutant)
    return tuple(some)


@pytest.mark.parametrize("regime_id", REGIMES)
def test_whatever_breaks_a_clause_is_refused_by_clause_and_source(regime_id: str) -> None:
    school, _ = both(regime_id)
    alone: Counter[object] = Counter()
    passed, unnamed = [], []
    for mutant in mutants(regime_id):
        said = refusal(mutant)
        if not said.texts:
            passed.append((mutant.item, mutant.name))
        elif not said.names(mutant.clauses):
            unnamed.append((mutant.item, mutant.name, said.texts[0].en))
        elif said.only(school, mutant.clauses):
            alone[mutant.item] += 1
    assert not passed
    assert not unnamed
    assert alone.total() >= ENOUGH


@pytest.mark.parametrize("regime_id", REGIMES)
def test_nothing_hard_can_be_waived(regime_id: str) -> None:
    school, plan = both(regime_id)
    found = [(m, refusal(m)) for generator in of_money.WAIVING for m in generator(school, plan)]
    assert found
    for mutant, said in found:
        assert said.families == {"school"}, mutant.name
        assert said.names(mutant.clauses), (mutant.name, said.texts)


@pytest.mark.parametrize("regime_id", REGIMES)
def test_a_ledger_with_a_wrong_line_is_refused_although_all_sums_agree(regime_id: str) -> None:
    school, plan = both(regime_id)
    known = {source_text(source).en for source in OwnSource}
    known |= {clause.source for clause in school.rules.clauses}
    count = 0
    for mutant in ledger_mutants(school, plan):
        count += 1
        assert audit(mutant.ledger) == (), mutant.name
        said = [text.en for text in audit(mutant.ledger, school, plan)]
        assert said, mutant.name
        sources = known | {source_text(mutant.line.source).en}
        assert any(source in text for text in said for source in sources), (mutant.name, said)
    assert count >= ENOUGH


NOBODY_LEFT_OUT = frozenset({"changzhi-2021", "hebi", "city-menu"})
"""Regimes whose schools have no child of a stage that takes no part."""


@pytest.mark.parametrize("regime_id", REGIMES)
def test_each_clause_that_plans_keep_is_broken_somehow(regime_id: str) -> None:
    school, _ = both(regime_id)
    broken = {mutant.item for mutant in mutants(regime_id)}
    kept = {c.item for c in school.rules.clauses if KEPT[c.item] is Kept.PLAN}
    if regime_id in NOBODY_LEFT_OUT:
        kept.remove(PolicyItem.ELIGIBLE)
    assert kept - broken == set()
