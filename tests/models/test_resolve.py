"""What a school may make of a regulation: fill in, waive or change advice, be stricter."""

from collections.abc import Iterable
from typing import Any

import pytest

from models import (
    Band,
    Clause,
    DocumentClause,
    Force,
    Level,
    Policy,
    Regulation,
    Rules,
)
from models import PolicyItem as Item
from models.resolve import resolve

GRADES = range(1, 13)
LEVELS = {Level.PRIMARY: range(1, 7), Level.JUNIOR: range(7, 10), Level.SENIOR: range(10, 13)}
BANDS = {Band.LOWER: (1, 2), Band.MIDDLE: (3, 4), Band.UPPER: (5, 6)}
ADVICE = Force.ADVISORY
SIX, HALF_PAST_SIX, FIVE = 18 * 60, 18 * 60 + 30, 17 * 60


def scope(clause: Clause) -> frozenset[int]:
    return frozenset(
        grade
        for grade in clause.grades or GRADES
        if (clause.level is None or grade in LEVELS[clause.level])
        and (clause.band is None or grade in BANDS[clause.band])
    )


def said(item: Item, value: int | None = None, **fields: Any) -> DocumentClause:
    """A clause of the document."""
    return DocumentClause(item=item, value=value, source="甲 二", **fields)


def row(item: Item, value: int | None = None, **fields: Any) -> Clause:
    """A row of the school's own."""
    return Clause(item=item, value=value, source="校务会", **fields)


def rules(document: Iterable[DocumentClause], *own: Clause) -> Rules:
    regulation = Regulation(id="x", name="x", clauses=tuple(document))
    return resolve(Policy(id="x", regulation=regulation, clauses=own), scope)


def in_force(found: Rules, item: Item, grade: int) -> list[Clause]:
    return [c for c in found.clauses if c.item is item and grade in scope(c)]


def values(found: Rules, item: Item, grade: int) -> list[int | None]:
    return [c.value for c in in_force(found, item, grade)]


def test_a_permit_for_nobody_here_permits_nobody_here() -> None:
    """Evening study is for juniors: a school without any may have none."""
    document = [said(Item.EVENING_ALLOWED, level=Level.JUNIOR)]
    policy = Policy(id="x", regulation=Regulation(id="x", name="x", clauses=tuple(document)))
    found = resolve(policy, lambda clause: scope(clause) & set(range(1, 7)))
    assert [c.item for c in found.clauses] == [Item.EVENING_ALLOWED]
    other = [said(Item.LATEST_END, SIX, level=Level.JUNIOR)]
    policy = Policy(id="x", regulation=Regulation(id="x", name="x", clauses=tuple(other)))
    assert not resolve(policy, lambda clause: scope(clause) & set(range(1, 7))).clauses


def refusals(found: Rules) -> list[tuple[int, str]]:
    return [(refused.row, refused.field) for refused in found.refused]


def test_without_rows_the_document_holds() -> None:
    clauses = (said(Item.LATEST_END, SIX), said(Item.MIN_WEEKDAYS, 5, force=ADVICE))
    found = rules(clauses)
    assert found == Rules(clauses, (), (), ())


def test_without_a_regulation_the_rows_hold() -> None:
    own = (row(Item.LATEST_END, SIX), row(Item.LATEST_END, FIVE, grades=(1,)))
    assert resolve(Policy(clauses=own), scope) == Rules(own, (), (), ())


# What the document only advises.


def test_advice_can_be_waived() -> None:
    advice = said(Item.LATEST_END, SIX, force=ADVICE)
    found = rules([advice], row(Item.LATEST_END, waived=True))
    assert found == Rules((), (advice,), (), ())


def test_advice_waived_for_some_grades_holds_for_the_rest() -> None:
    advice = said(Item.LATEST_END, SIX, force=ADVICE)
    found = rules([advice], row(Item.LATEST_END, waived=True, level=Level.JUNIOR))
    assert values(found, Item.LATEST_END, 6) == [SIX]
    assert values(found, Item.LATEST_END, 7) == []
    (aside,) = found.set_aside
    assert (aside.value, aside.grades) == (SIX, (7, 8, 9))
    assert (found.refused, found.open) == ((), ())


def test_advice_can_be_changed_to_something_looser() -> None:
    advice = said(Item.LATEST_END, SIX, force=ADVICE)
    own = row(Item.LATEST_END, HALF_PAST_SIX)
    assert rules([advice], own) == Rules((own,), (advice,), (), ())


def test_advice_changed_for_some_grades_holds_for_the_rest() -> None:
    found = rules(
        [said(Item.LATEST_END, SIX, force=ADVICE)],
        row(Item.LATEST_END, HALF_PAST_SIX, grades=(5, 6)),
    )
    assert [values(found, Item.LATEST_END, grade) for grade in (4, 5)] == [
        [SIX],
        [HALF_PAST_SIX],
    ]
    assert [aside.grades for aside in found.set_aside] == [(5, 6)]


def test_two_rows_set_two_parts_of_the_advice_aside() -> None:
    found = rules(
        [said(Item.MINUTES_DAY, 120, force=ADVICE)],
        row(Item.MINUTES_DAY, 90, grades=(1,)),
        row(Item.MINUTES_DAY, waived=True, grades=(2, 1)),
    )
    assert [values(found, Item.MINUTES_DAY, grade) for grade in (1, 2, 3)] == [
        [90],
        [],
        [120],
    ]
    assert [aside.grades for aside in found.set_aside] == [(1,), (2,)]


def test_a_row_that_is_stricter_than_the_advice_sets_nothing_aside() -> None:
    advice = said(Item.LATEST_END, SIX, force=ADVICE)
    found = rules([advice], row(Item.LATEST_END, FIVE))
    assert found.set_aside == ()
    assert values(found, Item.LATEST_END, 1) == [SIX, FIVE]


def test_waiving_one_subject_leaves_the_others() -> None:
    advice = [
        said(Item.BARRED_CONTENT, subject=s, force=ADVICE) for s in ("dangerous", "commercial")
    ]
    found = rules(advice, row(Item.BARRED_CONTENT, subject="dangerous", waived=True))
    assert [c.subject for c in found.clauses] == ["commercial"]
    assert found.set_aside == (advice[0],)
    assert rules(advice, row(Item.BARRED_CONTENT, waived=True)).clauses == ()


def test_the_basis_of_a_fee_takes_the_place_of_a_value() -> None:
    advice = said(Item.FEE_BASIS, subject="term", force=ADVICE)
    own = row(Item.FEE_BASIS, subject="month")
    assert rules([advice], own) == Rules((own,), (advice,), (), ())
    assert refusals(rules([said(Item.FEE_BASIS, subject="term")], own)) == [(0, "value")]


# What the document demands.


def test_a_hard_rule_cannot_be_waived() -> None:
    hard = said(Item.LATEST_END, SIX)
    found = rules([hard], row(Item.MIN_WEEKDAYS, 5), row(Item.LATEST_END, waived=True))
    assert refusals(found) == [(1, "waived")]
    assert found.clauses[0] == hard
    assert found.refused[0].text.zh == "“最晚结束时间”是硬性要求，不能放宽（依据：甲 二）。"
    assert "hard and cannot be waived (source: 甲 二)" in found.refused[0].text.en


LOOSER = [
    (Item.LATEST_END, SIX, SIX + 1, SIX - 1),
    (Item.MIN_WEEKDAYS, 5, 4, 6),
    (Item.PAY_MAX, 5000, 5001, 4999),
    (Item.SUBSIDY_UPLIFT_MAX, 20, 21, 19),
    (Item.HOMEWORK_DONE_PERCENT, 80, 79, 81),
]


@pytest.mark.parametrize(("item", "value", "looser", "stricter"), LOOSER)
def test_a_school_may_be_stricter_than_a_hard_rule_but_not_looser(
    item: Item, value: int, looser: int, stricter: int
) -> None:
    found = rules([said(item, value)], row(item, looser))
    assert refusals(found) == [(0, "value")]
    assert "甲 二" in found.refused[0].text.en
    assert values(found, item, 1) == [value]
    for own in (value, stricter):
        found = rules([said(item, value)], row(item, own))
        assert (found.refused, found.set_aside) == ((), ())
        assert values(found, item, 1) == [value, own]


@pytest.mark.parametrize("value", [39, 41])
def test_an_exact_hard_rule_allows_no_other_value(value: int) -> None:
    assert refusals(rules([said(Item.PERIOD_MINUTES, 40)], row(Item.PERIOD_MINUTES, value))) == [
        (0, "value")
    ]
    assert rules([said(Item.PERIOD_MINUTES, 40)], row(Item.PERIOD_MINUTES, 40)).refused == ()


def test_other_grades_and_other_subjects_are_free() -> None:
    hard = [
        said(Item.LATEST_END, SIX, level=Level.PRIMARY),
        said(Item.RELIEF, 100, subject="hardship"),
    ]
    found = rules(
        hard,
        row(Item.LATEST_END, HALF_PAST_SIX, level=Level.JUNIOR),
        row(Item.RELIEF, 50, subject="disabled"),
    )
    assert (found.refused, found.set_aside) == ((), ())
    assert len(found.clauses) == 4


def test_the_refused_row_does_not_hold_even_in_part() -> None:
    hard = said(Item.LATEST_END, SIX, grades=(1,))
    advice = said(Item.LATEST_END, SIX, grades=(2,), force=ADVICE)
    found = rules([hard, advice], row(Item.LATEST_END, HALF_PAST_SIX))
    assert refusals(found) == [(0, "value")]
    assert found.clauses == (hard, advice)
    assert found.set_aside == ()


# Permits: what is not named is not allowed, so a row more is looser.


def test_days_are_added_to_those_that_are_advised() -> None:
    days = [said(Item.SERVICE_WEEKDAY, day, force=ADVICE) for day in (1, 2)]
    found = rules(days, row(Item.SERVICE_WEEKDAY, 6, grades=(3,)))
    assert values(found, Item.SERVICE_WEEKDAY, 3) == [1, 2, 6]
    assert values(found, Item.SERVICE_WEEKDAY, 4) == [1, 2]
    assert [(c.value, c.grades) for c in found.set_aside] == [(1, (3,)), (2, (3,))]
    assert refusals(rules([said(Item.SERVICE_WEEKDAY, 1)], row(Item.SERVICE_WEEKDAY, 6))) == [
        (0, "value")
    ]


def test_a_day_that_is_allowed_anyway_changes_nothing() -> None:
    found = rules([said(Item.SERVICE_WEEKDAY, 1)], row(Item.SERVICE_WEEKDAY, 1, grades=(2,)))
    assert (found.refused, found.set_aside) == ((), ())


def test_who_may_take_part_cannot_be_widened() -> None:
    hard = said(Item.ELIGIBLE, level=Level.PRIMARY)
    assert refusals(rules([hard], row(Item.ELIGIBLE, level=Level.JUNIOR))) == [(0, "value")]
    assert rules([hard], row(Item.ELIGIBLE, grades=(1, 2))).refused == ()


def test_two_permits_of_the_document_allow_what_lies_in_both() -> None:
    hard = [
        said(Item.ELIGIBLE, level=Level.PRIMARY),
        said(Item.ELIGIBLE, level=Level.JUNIOR),
    ]
    assert rules(hard, row(Item.ELIGIBLE, grades=(6, 7))).refused == ()


# What the document leaves open.


def test_a_row_gives_what_is_open() -> None:
    left = said(Item.LATEST_END, open=True)
    assert rules([left]) == Rules((), (), (left,), ())
    own = row(Item.LATEST_END, FIVE)
    assert rules([left], own) == Rules((own,), (), (), ())


def test_a_row_for_some_grades_leaves_the_rest_open() -> None:
    found = rules(
        [said(Item.LATEST_END, open=True)],
        row(Item.LATEST_END, FIVE, level=Level.PRIMARY),
    )
    assert [clause.grades for clause in found.open] == [tuple(range(7, 13))]
    second = row(Item.LATEST_END, SIX, grades=tuple(range(7, 13)))
    assert not rules([said(Item.LATEST_END, open=True)], found.clauses[0], second).open


def test_a_row_for_one_subject_leaves_the_others_open() -> None:
    left = [said(Item.RELIEF, subject=s, open=True) for s in ("disabled", "hardship")]
    found = rules(left, row(Item.RELIEF, 50, subject="hardship"))
    assert found.open == (left[0],)


def test_an_empty_row_gives_no_rate() -> None:
    left = said(Item.PAY_OWN, open=True)
    assert rules([left], row(Item.PAY_OWN)).open == (left,)


def test_what_is_open_and_hard_cannot_be_waived() -> None:
    left = said(Item.LATEST_END, open=True)
    found = rules([left], row(Item.LATEST_END, waived=True))
    assert refusals(found) == [(0, "waived")]
    assert found.open == (left,)


def test_what_is_open_and_advised_can_be_waived_and_is_set_aside() -> None:
    left = said(Item.EARLIEST_END, open=True, force=ADVICE)
    found = rules([left], row(Item.EARLIEST_END, waived=True))
    assert found == Rules((), (left,), (), ())


# Rows that waive nothing.


def test_waiving_what_is_not_there_is_refused() -> None:
    found = rules([said(Item.LATEST_END, SIX, force=ADVICE)], row(Item.NO_FEE, waived=True))
    assert refusals(found) == [(0, "waived")]
    assert "no 'no fee' here that could be waived" in found.refused[0].text.en
    other = row(Item.MAX_MINUTES_DAY, waived=True)
    assert (
        "is hard and cannot be waived"
        in resolve(Policy(clauses=(other,)), scope).refused[0].text.en
    )


def test_waiving_twice_is_as_good_as_once() -> None:
    advice = said(Item.LATEST_END, SIX, force=ADVICE)
    waive = row(Item.LATEST_END, waived=True)
    assert rules([advice], waive, waive) == Rules((), (advice,), (), ())
    assert rules([advice], waive, row(Item.LATEST_END, waived=True, grades=(1,))).refused == ()
