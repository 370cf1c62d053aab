"""What the planner pinned."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from models.base import Few, Frozen, Id
from models.problems import FieldError
from models.text import Text

NO_SLOTS = Text(
    "“否”的座位锁定针对整门课，不填时段，请清空。",
    "a seat that is pinned 'no' is of the whole course and takes no slots: clear them.",
)


class SectionLock(Frozen):
    """The course has a section whose slots include these, in this room, with these staff."""

    kind: Literal["section"] = "section"
    course: Id
    slots: tuple[Id, ...] = ()
    room: Id | None = None
    staff: tuple[Id, ...] = ()


class SectionCountLock(Frozen):
    """The course opens exactly this many sections."""

    kind: Literal["section_count"] = "section_count"
    course: Id
    count: Few


class SeatLock(Frozen):
    """The student has (or has not) a seat in the course.

    Raises
    ------
    FieldError
        If slots are named for a seat that he must not have.
    """

    kind: Literal["seat"] = "seat"
    student: Id
    course: Id
    granted: bool = True
    slots: tuple[Id, ...] = ()
    """The seat is in a section that meets at these slots; empty: in any of the course."""

    @model_validator(mode="after")
    def _names_a_seat(self) -> "SeatLock":
        if self.slots and not self.granted:
            raise FieldError("slots", NO_SLOTS)
        return self


class CareStaffLock(Frozen):
    """The person supervises base care at the slot."""

    kind: Literal["care_staff"] = "care_staff"
    teacher: Id
    slot: Id


Lock = Annotated[
    SectionLock | SectionCountLock | SeatLock | CareStaffLock, Field(discriminator="kind")
]
