"""The schema of regulations in files lets nothing slip, and says where it was refused."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from models import ITEMS, Band, Force, Level, Unit
from models.clauses import known_subjects
from models.problems import FieldError
from models.regimes import parse_regulation

FILE: dict[str, Any] = {
    "id": "x",
    "name": "某区",
    "name_en": "A district",
    "documents": {"plan": "甲〔2026〕1号"},
    "clauses": [
        {
            "item": "latest_end",
            "value": "18:05",
            "unit": "clock",
            "force": "hard",
            "source": {"document": "plan", "clause": "二"},
        },
        {
            "item": "publish",
            "subject": "fees",
            "force": "advisory",
            "source": {"document": "plan", "clause": "三"},
        },
    ],
    "accounts": [
        {
            "id": "a",
            "name": "甲",
            "name_en": "A",
            "income": ["fees"],
            "uses": ["running"],
            "force": "hard",
            "source": {"document": "plan", "clause": "四"},
        }
    ],
}
GONE = object()


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    data: Any = deepcopy(FILE)
    place = data
    for key in path[:-1]:
        place = place[key]
    if to is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    found: dict[str, Any] = data
    return found


def clause(**fields: Any) -> dict[str, Any]:
    base = {"force": "hard", "source": {"document": "plan", "clause": "二"}}
    return changed("clauses", 0, to=base | fields)


def test_a_regulation_in_a_file() -> None:
    found = parse_regulation(FILE)
    first, second = found.clauses
    assert (first.value, first.source, first.force) == (18 * 60 + 5, "甲〔2026〕1号 二", Force.HARD)
    assert (second.subject, second.value, second.force) == ("fees", None, Force.ADVISORY)
    assert found.accounts[0].source == "甲〔2026〕1号 四"


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    (changed("colour", to=3), "colour", "Extra"),
    (changed("clauses", 0, "colour", to=3), "clauses.0.colour", "Extra"),
    (changed("clauses", 0, "waived", to=True), "clauses.0.waived", "Extra"),
    (changed("clauses", 0, "source", to=GONE), "clauses.0.source", "required"),
    (changed("clauses", 0, "source", to="二"), "clauses.0.source", "dictionary"),
    (changed("clauses", 0, "source", "clause", to=GONE), "clauses.0.source.clause", "required"),
    (changed("clauses", 0, "source", "clause", to=""), "clauses.0.source.clause", "at least 1"),
    (changed("clauses", 0, "source", "page", to=3), "clauses.0.source.page", "Extra"),
    (changed("clauses", 1, "source", "document", to="b"), "clauses.1.source.document", "has plan"),
    (changed("accounts", 0, "source", "document", to="b"), "accounts.0.source.document", "'b'"),
    (changed("accounts", 0, "source", to=GONE), "accounts.0.source", "required"),
    (changed("accounts", 0, "uses", to=["sweets"]), "accounts.0.uses.0", "'pay_normal'"),
    (changed("documents", to={}), "documents", "at least 1"),
    (changed("documents", to=GONE), "documents", "required"),
    (changed("clauses", to=[]), "clauses", "at least one"),
    (changed("clauses", 0, "force", to=GONE), "clauses.0.force", "required"),
    (changed("clauses", 0, "force", to="soft"), "clauses.0.force", "'hard' or 'advisory'"),
    (changed("clauses", 0, "item", to="colour"), "clauses.0.item", "'latest_end'"),
    (changed("clauses", 0, "unit", to=GONE), "clauses.0.unit", "in clock, not in -"),
    (changed("clauses", 0, "unit", to="minutes"), "clauses.0.unit", "in clock, not in minutes"),
    (changed("clauses", 0, "value", to=GONE), "clauses.0.unit", "in -, not in clock"),
    (changed("clauses", 1, "unit", to="yuan"), "clauses.1.unit", "in -, not in yuan"),
    (changed("clauses", 0, "value", to="6 pm"), "clauses.0.value", "no value in clock"),
    (changed("clauses", 0, "value", to="18:60"), "clauses.0.value", "no value in clock"),
    (changed("clauses", 0, "value", to="18:5"), "clauses.0.value", "no value in clock"),
    (changed("clauses", 0, "value", to=1080), "clauses.0.value", "no value in clock"),
    (changed("clauses", 0, "value", to=18.5), "clauses.0.value", "no value in clock"),
    (changed("clauses", 0, "value", to=True), "clauses.0.value", "no value in clock"),
    (changed("clauses", 0, "value", to="25:00"), "clauses.0.value", "from 0 to 1440"),
    (clause(item="latest_end"), "clauses.0.value", "needs a value"),
    (clause(item="latest_end", value="18:00", unit="clock", open=True), "clauses.0.value", "open"),
    (clause(item="fee_month", value=180, unit="yuan"), "clauses.0.value", "yuan as 3.75"),
    (clause(item="fee_month", value="1.5", unit="yuan"), "clauses.0.value", "yuan as 3.75"),
    (clause(item="fee_month", value=3.75, unit="yuan"), "clauses.0.value", "yuan as 3.75"),
    (clause(item="fee_month", value="1.50", unit="fen"), "clauses.0.unit", "in yuan, not in fen"),
    (clause(item="relief", value=101, unit="percent", subject="g"), "clauses.0.value", "0 to 100"),
    (clause(item="relief", value=-1, unit="percent", subject="g"), "clauses.0.value", "'-1'"),
    (clause(item="relief", value="5 0", unit="percent", subject="g"), "clauses.0.value", "5 0"),
    (clause(item="relief", value=50, unit="percent"), "clauses.0.subject", "needs a subject"),
    (clause(item="voluntary", value=1, unit="none"), "clauses.0.value", "takes no value"),
    (clause(item="service_weekday", value=0, unit="weekday"), "clauses.0.value", "from 1 to 7"),
    (clause(item="fee_basis", subject="week"), "clauses.0.subject", "none, month, period, term"),
    (clause(item="barred_provider", subject="school"), "clauses.0.subject", "training_firm"),
]


def mistakes(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        parse_regulation(data)
    for error in caught.value.errors():
        cause = error.get("ctx", {}).get("error")
        own = [cause.field] if isinstance(cause, FieldError) else []
        yield ".".join(map(str, [*error["loc"], *own])), error["msg"]


@pytest.mark.parametrize(("data", "place", "message"), REFUSED)
def test_the_schema_refuses(data: dict[str, Any], place: str, message: str) -> None:
    ((where, what),) = mistakes(data)
    assert where == place
    assert message in what


def test_all_mistakes_of_a_file_at_once() -> None:
    data = changed("clauses", 0, "unit", to=GONE)
    del data["clauses"][1]["source"]
    data["colour"] = 3
    places = sorted(place for place, _ in mistakes(data))
    assert places == ["clauses.0.unit", "clauses.1.source", "colour"]


def test_every_item_with_a_unit_is_written_in_it() -> None:
    """A value of each unit goes in and comes out as people write it."""
    samples = {Unit.CLOCK: ("07:05", 425), Unit.FEN: ("3.05", 305)}
    for item, facts in ITEMS.items():
        if facts.unit is Unit.NONE:
            continue
        value, expected = samples.get(facts.unit, (7, 7))
        subject = next(iter(known_subjects(item)), "g")
        unit = "yuan" if facts.unit is Unit.FEN else facts.unit.value
        data = clause(item=item.value, value=value, unit=unit, subject=subject)
        (found, _) = parse_regulation(data).clauses
        assert found.value == expected


def test_scopes() -> None:
    data = clause(item="rota", level="primary", band="lower", grades=[1])
    (found, _) = parse_regulation(data).clauses
    assert (found.level, found.band, found.grades) == (Level.PRIMARY, Band.LOWER, (1,))
