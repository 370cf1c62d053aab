"""One regulation as data: a list of clauses, each with unit, force and source."""

from enum import StrEnum

from pydantic import model_validator

from models.base import Frozen, Grade, Id, Name
from models.people import ProviderKind
from models.problems import FieldError
from models.text import Text, listed


class Force(StrEnum):
    """Hard: the text says must or may not. Advisory: in principle, generally."""

    HARD = "hard"
    ADVISORY = "advisory"


class PolicyItem(StrEnum):
    """What a clause is about. The unit of its value is fixed by the item."""

    LATEST_END = "latest_end"
    EARLIEST_END = "earliest_end"
    EVENING_LATEST_END = "evening_latest_end"
    EVENING_MAX_MINUTES = "evening_max_minutes"
    MAX_MINUTES_DAY = "max_minutes_day"
    MAX_PERIODS_DAY = "max_periods_day"
    MAX_LEARNING_PERIODS_DAY = "max_learning_periods_day"
    SERVICE_WEEKDAY = "service_weekday"
    EXCLUDED_GROUP = "excluded_group"
    BARRED_CONTENT = "barred_content"
    BARRED_PROVIDER = "barred_provider"
    VETTING_REQUIRED = "vetting_required"


class Unit(StrEnum):
    """Units of policy values."""

    CLOCK = "clock"
    """Minutes after midnight."""
    MINUTES = "minutes"
    PERIODS = "periods"
    WEEKDAY = "weekday"
    """1 Monday to 7 Sunday."""
    NONE = "none"
    """The clause names a subject instead of a number."""


UNITS: dict[PolicyItem, Unit] = {
    PolicyItem.LATEST_END: Unit.CLOCK,
    PolicyItem.EARLIEST_END: Unit.CLOCK,
    PolicyItem.EVENING_LATEST_END: Unit.CLOCK,
    PolicyItem.EVENING_MAX_MINUTES: Unit.MINUTES,
    PolicyItem.MAX_MINUTES_DAY: Unit.MINUTES,
    PolicyItem.MAX_PERIODS_DAY: Unit.PERIODS,
    PolicyItem.MAX_LEARNING_PERIODS_DAY: Unit.PERIODS,
    PolicyItem.SERVICE_WEEKDAY: Unit.WEEKDAY,
    PolicyItem.EXCLUDED_GROUP: Unit.NONE,
    PolicyItem.BARRED_CONTENT: Unit.NONE,
    PolicyItem.BARRED_PROVIDER: Unit.NONE,
    PolicyItem.VETTING_REQUIRED: Unit.NONE,
}
# Items that bar one named thing: a student group, a kind of content, a kind of provider.
NAMES_A_SUBJECT = frozenset(
    {PolicyItem.EXCLUDED_GROUP, PolicyItem.BARRED_CONTENT, PolicyItem.BARRED_PROVIDER}
)
MOST = {Unit.CLOCK: 24 * 60, Unit.MINUTES: 24 * 60, Unit.PERIODS: 100, Unit.WEEKDAY: 7}

NEEDS_VALUE = Text("“{item}”需要填数值。", "'{item}' needs a value.")
TAKES_NO_VALUE = Text("“{item}”不填数值，请清空。", "'{item}' takes no value: clear it.")
OUT_OF_RANGE = Text(
    "“{item}”的数值应在 {low} 到 {most} 之间。", "'{item}' takes a value from {low} to {most}."
)
NEEDS_SUBJECT = Text(
    "“{item}”需要填对象（所禁止的群体、内容或机构类别）。",
    "'{item}' needs a subject: the group, content or kind of provider it bars.",
)
KINDS_OF_PROVIDER = tuple(kind.value for kind in ProviderKind)
NO_SUCH_KIND = Text(
    "没有“{value}”这类机构；应为以下之一：{known}。",
    "there is no kind of provider '{value}': expected one of {known}.",
)
HARD_WAIVED = Text("“{item}”是硬性要求，不能放宽。", "'{item}' is hard and cannot be waived.")


class Clause(Frozen):
    """One number or ban of a regulation.

    Raises
    ------
    FieldError
        If an item that needs a value has none or one out of range, one that names a subject names
        none or one that is not known, or a hard clause is waived.
    """

    item: PolicyItem
    value: int | None = None
    """In the unit that ``UNITS`` gives for the item."""
    subject: Id | None = None
    """What a ban is about: a student group, a kind of content, a kind of provider."""
    stage: Id | None = None
    """None means every stage."""
    grades: tuple[Grade, ...] = ()
    """Empty means every grade (of the stage)."""
    force: Force = Force.HARD
    source: str
    """Document and clause; for a school's own rule, who set it."""
    waived: bool = False
    """Only an advisory clause can be waived, and the plan says so."""

    @property
    def unit(self) -> Unit:
        """Unit of the value."""
        return UNITS[self.item]

    @model_validator(mode="after")
    def _complete(self) -> "Clause":
        if self.unit is Unit.NONE:
            if self.value is not None:
                raise FieldError("value", TAKES_NO_VALUE.fill(item=self.item))
        elif self.value is None:
            raise FieldError("value", NEEDS_VALUE.fill(item=self.item))
        else:
            low, most = int(self.unit is Unit.WEEKDAY), MOST[self.unit]
            if not low <= self.value <= most:
                text = OUT_OF_RANGE.fill(item=self.item, low=low, most=most)
                raise FieldError("value", text)
        if self.item in NAMES_A_SUBJECT and self.subject is None:
            raise FieldError("subject", NEEDS_SUBJECT.fill(item=self.item))
        if self.item is PolicyItem.BARRED_PROVIDER and self.subject not in KINDS_OF_PROVIDER:
            known = listed(KINDS_OF_PROVIDER)
            raise FieldError("subject", NO_SUCH_KIND.fill(value=self.subject, known=known))
        if self.waived and self.force is Force.HARD:
            raise FieldError("waived", HARD_WAIVED.fill(item=self.item))
        return self


class Policy(Frozen):
    """A regulation: its id, name and clauses."""

    id: Id = "own"
    name: Name = ""
    clauses: tuple[Clause, ...] = ()

    def in_force(self, item: PolicyItem) -> tuple[Clause, ...]:
        """Give the clauses on an item that are not waived."""
        return tuple(c for c in self.clauses if c.item is item and not c.waived)

    @property
    def waived(self) -> tuple[Clause, ...]:
        """Advisory clauses the school waives."""
        return tuple(c for c in self.clauses if c.waived)
