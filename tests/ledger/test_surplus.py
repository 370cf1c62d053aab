"""What an account has left is said where the service is not for profit, and so is how much."""

import pytest

from models import FeeBasis, PolicyItem, School
from tests.ledger.making import SCHOOL, charging, planned, regulated, settled


def left(school: School) -> list[str]:
    return [note.en for note in planned(school).notes if "not for profit" in note.en]


def charged(fee_fen: int, *clauses: tuple[PolicyItem, None]) -> School:
    """Twelve students pay so much; pay is 900 yuan."""
    return charging(regulated(SCHOOL, *clauses), fee_basis=FeeBasis.TERM, fee_fen=fee_fen)


def test_a_surplus_of_44_percent_is_said() -> None:
    """1,608 yuan come in and 708 are left: 44.0 %."""
    school = charged(13_400, (PolicyItem.NOT_FOR_PROFIT, None))
    (note,) = left(school)
    for fact in ("1608.00", "708.00", "44.0 %", "Circular 12 not_for_profit"):
        assert fact in note
    (zh,) = [note.zh for note in planned(school).notes]
    assert "结余 708.00 元，占 44.0%" in zh
    assert [n.en for n in settled(school).notes if "not for profit" in n.en] == [note]


@pytest.mark.parametrize("fee", [7500, 7000])
def test_nothing_left_is_no_surplus(fee: int) -> None:
    assert left(charged(fee, (PolicyItem.NOT_FOR_PROFIT, None))) == []


def test_the_least_surplus_is_said_too() -> None:
    """No document names one that is small enough."""
    assert len(left(charged(7501, (PolicyItem.NOT_FOR_PROFIT, None)))) == 1


def test_where_no_document_speaks_of_profit_nothing_is_said() -> None:
    assert left(charged(13_400)) == []
