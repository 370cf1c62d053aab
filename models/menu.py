"""The menu: rooms, courses, and what families wish for."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, field_validator

from models.base import Few, FewPositive, Frozen, Grade, Id, Name, Positive
from models.contents import HOMEWORK, content_id


class Room(Frozen):
    """A place for a section or a care group."""

    id: Id
    name: Name
    seats: Positive
    features: tuple[Id, ...] = ()
    available_slots: tuple[Id, ...] | None = None
    """None means every slot."""
    care_room: bool = False
    """Whether base care may be held here although it is no class's home room."""

    def available(self, slot_id: str) -> bool:
        """Tell whether the room can be used at the slot."""
        return self.available_slots is None or slot_id in self.available_slots


class CourseKind(StrEnum):
    """Learning (homework help, questions and answers) is limited by some policies."""

    ACTIVITY = "activity"
    LEARNING = "learning"


class Course(Frozen):
    """One menu item."""

    id: Id
    name: Name
    grades: tuple[Grade, ...]
    min_size: Positive = 8
    max_size: Positive = 30
    max_sections: Few = 1
    sessions_per_week: Annotated[int, Field(strict=True, ge=1, le=7)] = 1
    periods_per_session: Annotated[int, Field(strict=True, ge=1, le=8)] = 1
    min_gap_days: Annotated[int, Field(strict=True, ge=0, le=6)] = 1
    """Days between sessions: 1 other days, 2 not on neighbouring days, 0 the same day will do."""
    slots: tuple[Id, ...] | None = None
    """Slots the course may use; None means every slot that admits clubs."""
    leaders: tuple[Id, ...]
    """Staff who can lead it."""
    staff_needed: Annotated[int, Field(strict=True, ge=1, le=5)] = 1
    room_features: tuple[Id, ...] = ()
    rooms: tuple[Id, ...] = ()
    """Rooms it may use; empty means every room with the features."""
    max_grade_span: FewPositive | None = None
    """None means the school's setting."""
    mix_stages: bool = False
    kind: CourseKind = CourseKind.ACTIVITY
    content: tuple[Id, ...] = ()
    """What it contains that a policy may bar, e.g. ``written_homework``, ``exam_training``.

    Names in either language are turned into these ids (``models.contents``).
    """
    provider: Id | None = None

    @field_validator("content", mode="before")
    @classmethod
    def _known_by_id(cls, value: Any) -> Any:  # noqa: ANN401, RUF100
        if not isinstance(value, list | tuple):
            return value
        return tuple(content_id(word) if isinstance(word, str) else word for word in value)

    @property
    def asks_for_room(self) -> bool:
        """Whether it asks for a room of its own kind: by features, or by name."""
        return bool(self.room_features or self.rooms)

    @property
    def is_learning(self) -> bool:
        """Whether time in it is time of learning: by its kind, or because homework is done."""
        return self.kind is CourseKind.LEARNING or HOMEWORK in self.content

    @property
    def periods_per_week(self) -> int:
        """Slots one section takes a week."""
        return self.sessions_per_week * self.periods_per_session


class Wish(Frozen):
    """A student's ranked choice, optionally only with one teacher."""

    student: Id
    course: Id
    rank: FewPositive
    teacher: Id | None = None
