"""The shipped regimes: TOML under ``models/policies``, read by a schema that lets nothing slip.

A number needs its unit, every clause its force and its source; unknown keys are refused. The same
schema reads a regulation that a school or an authority has written down itself.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints, ValidationError, model_validator

from models.base import Frozen, Grade, Id, Name
from models.clauses import Account, DocumentClause, Regulation
from models.items import ITEMS, PolicyItem, Unit
from models.money import Cost, Income
from models.people import Level
from models.problems import FieldError
from models.terms import Band, Force
from models.text import Text

REGIMES: Final = (
    "banan-2020",
    "changzhi-2021",
    "putuo-2021",
    "zhanggong-2021",
    "one-plus-x",
    "hebi",
    "free-rota",
    "city-menu",
    "per-head-subsidy",
)

WRONG_UNIT = Text(
    "“{item}”的单位应为“{unit}”，而不是“{found}”。",
    "'{item}' is given in {unit}, not in {found}.",
)
NO_DOCUMENT = Text(
    "没有名为“{name}”的文件；[documents] 中有：{known}。",
    "there is no document '{name}'; [documents] has {known}.",
)
NOT_A_VALUE = Text(
    "“{value}”不是以“{unit}”为单位的数；时刻写作 18:00，金额写作 3.75。",
    "'{value}' is no value in {unit}: write clock times as 18:00 and yuan as 3.75.",
)
NO_CLAUSE = Text("至少要有一条条款。", "there must be at least one clause.")
OPEN_WITH_VALUE = Text(
    "既留给学校决定（open），又给了数值 {value}；请去掉其一。",
    "it is left to the school (open), yet has the value {value}: take one of the two out.",
)
Filled = Annotated[str, StringConstraints(min_length=1)]
_WRITTEN: Final = {Unit.FEN: "yuan"}
"""How a unit is written in a file, where people do not count in ours."""
_MARKS: Final = {Unit.CLOCK: (":", 60), Unit.FEN: (".", 100)}
"""What parts a written value in two, and how many of the second make one of the first."""
_PLACES: Final = 2


class Source(Frozen):
    """Where a clause stands: a key of ``documents``, and the place in that document."""

    document: Filled
    clause: Filled


class ClauseEntry(Frozen):
    """One clause as a file has it.

    Raises
    ------
    FieldError
        For a unit that is not the item's, a value not in it, and what ``Clause`` refuses.
    """

    item: PolicyItem
    value: int | str | None = None
    unit: str | None = None
    subject: Id | None = None
    level: Level | None = None
    band: Band | None = None
    grades: tuple[Grade, ...] = ()
    force: Force
    source: Source
    open: bool = False
    note: str = ""
    note_en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, data: Any) -> Any:
        """Refuse 3.75 without quotes, which no longer is what somebody wrote, and true."""
        value = data.get("value") if isinstance(data, dict) else None
        if isinstance(value, bool | float):
            raise FieldError("value", NOT_A_VALUE.fill(value=value, unit=data.get("unit", "-")))
        return data

    @model_validator(mode="after")
    def _fits(self) -> "ClauseEntry":
        if self.open and self.value is not None:
            raise FieldError("value", OPEN_WITH_VALUE.fill(value=self.value))
        unit = ITEMS[self.item].unit
        written = _WRITTEN.get(unit, unit.value)
        needed = written if self.value is not None else None
        if self.unit != needed:
            facts = {"item": self.item, "unit": needed or "-", "found": self.unit or "-"}
            raise FieldError("unit", WRONG_UNIT.fill(**facts))
        try:
            self.clause("")
        except ValidationError as error:
            # Its fields are right one by one, so it is Clause's own check that refuses them.
            raise error.errors()[0]["ctx"]["error"] from error
        return self

    def clause(self, source: str) -> DocumentClause:
        """Give the clause, its value in our units."""
        unit = ITEMS[self.item].unit
        fields = vars(self) | {
            "value": None if self.value is None else _in_unit(self.value, unit),
            "source": source,
        }
        del fields["unit"]
        return DocumentClause(**fields)


class AccountEntry(Frozen):
    """One account as a file has it."""

    id: Id
    name: Filled
    name_en: Filled
    income: tuple[Income, ...]
    uses: tuple[Cost, ...]
    force: Force
    source: Source
    note: str = ""
    note_en: str = ""


class RegulationFile(Frozen):
    """A regulation as a file has it."""

    id: Id
    name: Filled
    name_en: Filled
    title: Name = ""
    documents: Annotated[dict[str, Filled], Field(min_length=1)]
    clauses: tuple[ClauseEntry, ...]
    accounts: tuple[AccountEntry, ...] = ()

    @model_validator(mode="after")
    def _known_documents(self) -> "RegulationFile":
        if not self.clauses:
            raise FieldError("clauses", NO_CLAUSE)
        places = [(f"clauses.{n}", entry.source) for n, entry in enumerate(self.clauses)]
        places += [(f"accounts.{n}", entry.source) for n, entry in enumerate(self.accounts)]
        for place, source in places:
            if source.document not in self.documents:
                facts = {"name": source.document, "known": ", ".join(self.documents)}
                raise FieldError(f"{place}.source.document", NO_DOCUMENT.fill(**facts))
        return self

    def regulation(self) -> Regulation:
        """Give the regulation, its values in our units and its sources in full."""
        return Regulation(
            id=self.id,
            name=self.name,
            name_en=self.name_en,
            title=self.title,
            clauses=tuple(entry.clause(self._source(entry.source)) for entry in self.clauses),
            accounts=tuple(
                Account(**vars(entry) | {"source": self._source(entry.source)})
                for entry in self.accounts
            ),
        )

    def _source(self, source: Source) -> str:
        return f"{self.documents[source.document]} {source.clause}"


def _in_unit(value: int | str, unit: Unit) -> int:
    """Turn ``18:00`` into minutes after midnight and ``3.75`` into fen; others are whole."""
    mark, parts = _MARKS.get(unit, ("", 1))
    whole, found, rest = str(value).partition(mark) if mark else (str(value), "", "00")
    digits = f"{whole}{rest}"
    sound = whole and len(rest) == _PLACES and digits.isascii() and digits.isdigit()
    if not sound or found != mark or int(rest) >= parts:
        raise FieldError("value", NOT_A_VALUE.fill(value=value, unit=_WRITTEN.get(unit, unit)))
    return int(whole) * parts + int(rest)


def parse_regulation(data: dict[str, Any]) -> Regulation:
    """Make a regulation of what a TOML or JSON file holds.

    Raises
    ------
    pydantic.ValidationError
        For unknown keys, missing sources, wrong units and values, unknown documents.
    """
    return RegulationFile.model_validate(data).regulation()


@cache
def regime(regime_id: str) -> Regulation:
    """Give a shipped regime by its id, one of ``REGIMES``.

    Raises
    ------
    KeyError
        If there is none with this id.
    """
    if regime_id not in REGIMES:
        raise KeyError(regime_id)
    text = (files("models") / "policies" / f"{regime_id}.toml").read_text("utf-8")
    return parse_regulation(tomllib.loads(text))
