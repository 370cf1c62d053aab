"""Regulations as data.

A ``Regulation`` is one document: clauses with unit, force and source. What a school makes of it is
its ``Policy`` (``models.policy``).
"""

from typing import Annotated, Any

from pydantic import Field, model_validator

from models.base import Frozen, Grade, Id, Lines, Name, Prose
from models.contents import content_id
from models.items import (
    ITEMS,
    NAMES_A_SUBJECT,
    UNITS,
    PolicyItem,
    Subject,
    Unit,
    most_of,
)
from models.labels import ITEM_NAMES
from models.money import Cost, FeeBasis, Income
from models.people import Level, ProviderKind
from models.problems import FieldError
from models.terms import Band, Every, Force, Season, Topic
from models.text import Text, listed

NEEDS_VALUE = Text("“{item}”需要填数值。", "'{item}' needs a value.")
TAKES_NO_VALUE = Text("“{item}”不填数值，请清空。", "'{item}' takes no value: clear it.")
OUT_OF_RANGE = Text(
    "“{item}”的数值应在 {low} 到 {most} 之间。", "'{item}' takes a value from {low} to {most}."
)
NEEDS_SUBJECT = Text(
    "“{item}”需要填对象（群体、内容、机构类别等）。",
    "'{item}' needs a subject: a group, a content, a kind of provider or the like.",
)
NO_SUCH_SUBJECT = Text(
    "“{item}”没有“{value}”这种对象；应为以下之一：{known}。",
    "'{item}' has no subject '{value}': expected one of {known}.",
)

# Groups and contents are the school's own words, or the kinds below; nothing else is.
_KNOWN_SUBJECTS: dict[Subject, tuple[str, ...]] = {
    Subject.PROVIDER: tuple(kind.value for kind in ProviderKind),
    Subject.BASIS: tuple(basis.value for basis in FeeBasis),
    Subject.SEASON: tuple(season.value for season in Season),
}


def known_subjects(item: PolicyItem) -> tuple[str, ...]:
    """Give the subjects an item can have; empty where it may be any id or there is none."""
    if item in {PolicyItem.PUBLISH, PolicyItem.PUBLISH_BEFORE}:
        return tuple(topic.value for topic in Topic)
    if item is PolicyItem.PUBLISH_EVERY:
        return tuple(every.value for every in Every)
    return _KNOWN_SUBJECTS.get(ITEMS[item].subject, ())


class Clause(Frozen):
    """One number, duty or ban of a regulation.

    Raises
    ------
    FieldError
        If an item that needs a value has none or one out of range, or one that names a subject
        names none or one that is not known.
    """

    item: PolicyItem
    value: Annotated[int, Field(strict=True)] | None = None
    """In the unit that ``UNITS`` gives for the item; None in a clause that is open."""
    subject: Id | None = None
    """What the clause is about: a student group, a kind of content, a kind of provider, ..."""
    stage: Id | None = None
    """One of the school's own stages; None means every stage."""
    level: Level | None = None
    """Primary, junior or senior, whatever the school calls its stages; None means all."""
    band: Band | None = None
    grades: tuple[Grade, ...] = ()
    """Empty means every grade (of stage, level and band)."""
    force: Force = Force.HARD
    source: Lines
    """Document and clause; for a school's own rule, who set it."""
    waived: bool = False
    """Only what is advisory can be waived, and the plan says so."""

    @property
    def unit(self) -> Unit:
        """Unit of the value."""
        return UNITS[self.item]

    @model_validator(mode="before")
    @classmethod
    def _content_by_id(cls, data: Any) -> Any:  # noqa: ANN401, RUF100
        """Take a content named in either language for its id, which courses are kept with."""
        if isinstance(data, dict) and isinstance(data.get("subject"), str):
            try:
                facts = ITEMS[PolicyItem(data["item"])]
            except (KeyError, ValueError):
                return data  # No such item, which is said of the item itself.
            if facts.subject is Subject.CONTENT:
                return data | {"subject": content_id(data["subject"])}
        return data

    @model_validator(mode="after")
    def _complete(self) -> "Clause":
        self._check_value()
        known = known_subjects(self.item)
        if self.subject is None:
            if self.item in NAMES_A_SUBJECT and self._states:
                raise FieldError("subject", NEEDS_SUBJECT.fill(item=ITEM_NAMES[self.item]))
        elif known and self.subject not in known:
            facts = {"item": self.item, "value": self.subject, "known": listed(known)}
            raise FieldError("subject", NO_SUCH_SUBJECT.fill(**facts))
        return self

    @property
    def _states(self) -> bool:
        """Whether it must say what it is about: a row that waives a clause need not repeat it."""
        return not self.waived

    def _check_value(self) -> None:
        if self.unit is Unit.NONE:
            if self.value is not None:
                raise FieldError("value", TAKES_NO_VALUE.fill(item=ITEM_NAMES[self.item]))
        elif self.value is None:
            if self._states:
                raise FieldError("value", NEEDS_VALUE.fill(item=ITEM_NAMES[self.item]))
        else:
            low, most = int(self.unit is Unit.WEEKDAY), most_of(self.item)
            if not low <= self.value <= most:
                text = OUT_OF_RANGE.fill(item=ITEM_NAMES[self.item], low=low, most=most)
                raise FieldError("value", text)


class DocumentClause(Clause):
    """A clause of a regulation, which may leave something open and say more than a number."""

    open: bool = False
    """The document speaks of it but leaves it to the school, which must say."""
    note: str = ""
    note_en: str = ""
    """What the clause says beyond its number, in a few words of our own."""

    @property
    def _states(self) -> bool:
        return not self.open


class Account(Frozen):
    """A ring-fenced purse: what comes in, and what it may be used for."""

    id: Id
    name: Name = ""
    name_en: Name = ""
    income: tuple[Income, ...]
    uses: tuple[Cost, ...]
    """In the order in which it pays."""
    force: Force = Force.HARD
    source: Lines
    note: str = ""
    note_en: str = ""
    """Why it takes and pays just this, in our own words."""


class Regulation(Frozen):
    """One document's rules."""

    id: Id
    name: Name
    name_en: Name = ""
    title: Prose = ""
    """The document's own title or number."""
    clauses: tuple[DocumentClause, ...]
    accounts: tuple[Account, ...] = ()

    @property
    def has_two_bands(self) -> bool:
        """Whether it knows lower and upper grades only.

        Then whoever is not lower is upper: a school that calls some grades middle does not take
        them out of the document's reach.
        """
        bands = {clause.band for clause in self.clauses}
        return Band.UPPER in bands and Band.MIDDLE not in bands
