"""Slots of the week and the term they repeat in."""

from datetime import date
from enum import StrEnum

from models.base import Frozen, Grade, Id, Minute, Weekday
from models.contents import HOMEWORK


class SlotUse(StrEnum):
    """What may happen at a slot."""

    ANY = "any"
    CARE_ONLY = "care_only"
    """Base care only, e.g. the homework period."""
    CLUBS_ONLY = "clubs_only"
    """Whoever has no club here goes home."""


class CareContent(StrEnum):
    """What base care is spent on; homework counts as a learning period."""

    HOMEWORK = "homework"
    READING = "reading"


class Slot(Frozen):
    """One period on one weekday, with its clock times in minutes after midnight."""

    id: Id
    weekday: Weekday
    start_minute: Minute
    end_minute: Minute
    use: SlotUse = SlotUse.ANY
    care_content: CareContent = CareContent.HOMEWORK
    evening_study: bool = False
    grades: tuple[Grade, ...] = ()
    """Grades the slot is meant for; empty means all."""

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end_minute - self.start_minute

    @property
    def care_contains(self) -> tuple[str, ...]:
        """What base care here contains that a policy may bar, as a course's ``content`` has it."""
        return (HOMEWORK,) if self.care_content is CareContent.HOMEWORK else ()

    def overlaps(self, other: "Slot") -> bool:
        """Tell whether the two meet on the clock, be they the same slot or not."""
        return (
            self.weekday == other.weekday
            and self.start_minute < other.end_minute
            and other.start_minute < self.end_minute
        )

    def admits_grade(self, grade: int) -> bool:
        """Tell whether the slot is meant for the grade."""
        return not self.grades or grade in self.grades


class MakeUpDay(Frozen):
    """A working day outside the usual week, and the weekday whose timetable it follows."""

    date: date
    follows: Weekday


class BillingMonth(Frozen):
    """A stretch of the term that is billed together."""

    id: Id
    first_date: date
    last_date: date


class Calendar(StrEnum):
    """Where a term's holidays come from."""

    OWN = "own"
    """From the school's own list only."""
    STATUTORY = "statutory"
    """From the statutory calendar of the country, and the school's own list besides."""


class Term(Frozen):
    """First and last date, service weekdays, holidays, make-up days, billing months."""

    first_date: date
    last_date: date
    service_weekdays: tuple[Weekday, ...] = (1, 2, 3, 4, 5)
    holidays: tuple[date, ...] = ()
    make_up_days: tuple[MakeUpDay, ...] = ()
    cancelled_days: tuple[date, ...] = ()
    """Days that would be days of service and are called off, e.g. for a sports day."""
    calendar: Calendar = Calendar.OWN
    billing_months: tuple[BillingMonth, ...] = ()
    """Empty means calendar months."""
