"""What the planner pinned."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Few, Frozen, Id


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
    """The student has (or has not) a seat in the course."""

    kind: Literal["seat"] = "seat"
    student: Id
    course: Id
    granted: bool = True


class CareStaffLock(Frozen):
    """The person supervises base care at the slot."""

    kind: Literal["care_staff"] = "care_staff"
    teacher: Id
    slot: Id


Lock = Annotated[
    SectionLock | SectionCountLock | SeatLock | CareStaffLock, Field(discriminator="kind")
]
