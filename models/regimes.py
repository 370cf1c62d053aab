"""The shipped regimes: TOML under ``models/policies``, read by a schema that lets nothing slip.

A number needs its unit, every clause its force and its source; unknown keys are refused. The same
schema reads a regulation that a school or an authority has written down itself.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from models.base import Frozen, Grade, Id, Name
from models.items import ITEMS, PolicyItem, Unit
from models.money import Cost, Income
from models.people import Level
from models.policy import Account, Band, DocumentClause, Force, Regulation
from models.problems import FieldError
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
    "“{item}”的单位应为 {unit}，而不是 {found}。",
    "'{item}' is given in {unit}, not in {found}.",
)
NO_DOCUMENT = Text(
    "没有名为“{name}”的文件；[documents] 中有：{known}。",
    "there is no document '{name}'; [documents] has {known}.",
)
NOT_A_VALUE = Text(
    "“{value}”不是 {unit}；时刻写作 18:00，金额写作 3.75。",
    "'{value}' is no value in {unit}: write clock times as 18:00 and yuan as 3.75.",
)
Filled = Annotated[str, StringConstraints(min_length=1)]
_WRITTEN: Final = {Unit.FEN: "yuan"}
"""How a unit is written in a file, where people do not count in ours."""


class Source(Frozen):
    """Where a clause stands: a key of ``documents``, and the place in that document."""

    document: Filled
    clause: Filled


class ClauseEntry(Frozen):
    """One clause as a file has it."""

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


class AccountEntry(Frozen):
    """One account as a file has it."""

    id: Id
    name: Filled
    name_en: Filled
    income: tuple[Income, ...]
    uses: tuple[Cost, ...]
    force: Force
    source: Source


class RegulationFile(Frozen):
    """A regulation as a file has it."""

    id: Id
    name: Filled
    name_en: Filled
    title: Name = ""
    documents: Annotated[dict[str, Filled], Field(min_length=1)]
    clauses: Annotated[tuple[ClauseEntry, ...], Field(min_length=1)]
    accounts: tuple[AccountEntry, ...] = ()

    def regulation(self) -> Regulation:
        """Give the regulation, its values in our units.

        Raises
        ------
        FieldError
            For a unit that is not the item's, a value not in it, or an unknown document.
        """
        return Regulation(
            id=self.id,
            name=self.name,
            name_en=self.name_en,
            title=self.title,
            clauses=tuple(self._clause(entry) for entry in self.clauses),
            accounts=tuple(
                Account(**vars(entry) | {"source": self._source(entry.source)})
                for entry in self.accounts
            ),
        )

    def _source(self, source: Source) -> str:
        title = self.documents.get(source.document)
        if title is None:
            facts = {"name": source.document, "known": ", ".join(self.documents)}
            raise FieldError("source", NO_DOCUMENT.fill(**facts))
        return f"{title} {source.clause}"

    def _clause(self, entry: ClauseEntry) -> DocumentClause:
        unit = ITEMS[entry.item].unit
        written = _WRITTEN.get(unit, unit.value)
        needed = written if entry.value is not None else None
        if entry.unit != needed:
            facts = {"item": entry.item, "unit": needed or "-", "found": entry.unit or "-"}
            raise FieldError("unit", WRONG_UNIT.fill(**facts))
        fields = vars(entry) | {
            "value": None if entry.value is None else _in_unit(entry.value, unit),
            "source": self._source(entry.source),
        }
        del fields["unit"]
        return DocumentClause(**fields)


def _in_unit(value: int | str, unit: Unit) -> int:
    """Turn ``18:00`` into minutes after midnight and ``3.75`` into fen; others are whole."""
    text = str(value)
    mark, parts = (":", 60) if unit is Unit.CLOCK else (".", 100)
    if unit not in {Unit.CLOCK, Unit.FEN}:
        mark = ""
    whole, _, rest = text.partition(mark) if mark else (text, "", "")
    wanted = 2 if mark else 0
    if not (whole.isascii() and whole.isdigit()) or (rest and not rest.isdigit()):
        raise FieldError("value", NOT_A_VALUE.fill(value=value, unit=_WRITTEN.get(unit, unit)))
    if len(rest) != wanted or (unit is Unit.CLOCK and int(rest) >= parts):
        raise FieldError("value", NOT_A_VALUE.fill(value=value, unit=_WRITTEN.get(unit, unit)))
    return int(whole) * (parts if mark else 1) + int(rest or 0)


def parse_regulation(data: dict[str, Any]) -> Regulation:
    """Make a regulation of what a TOML or JSON file holds.

    Raises
    ------
    pydantic.ValidationError
        For unknown keys, missing sources, and everything else that does not fit.
    FieldError
        For a unit that is not the item's, a value not in it, or an unknown document.
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
