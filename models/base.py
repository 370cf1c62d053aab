"""What every model shares: frozen, no unknown fields, ids that can stand in a list."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from models.spelling import visible


class Frozen(BaseModel):
    """Base of all models: immutable, and a field nobody declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _seen(value: object) -> object:
    return visible(value) if isinstance(value, str) else value


# What cannot be seen (a zero-width space, a mark of the writing direction) comes in by copying and
# would make two ids or names of what is one to every reader.
_SEEN = BeforeValidator(_seen)
# Ids stand in lists separated by spaces , ; and their Chinese forms, so they hold none of these.
# Neither ids nor names hold control characters: they end up in terminals, XML and HTML.
_ID = r"^[^\s,;、，；|\p{Cc}]+$"
Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=_ID), _SEEN]
# A group's id is made of its course's or slot's and a number.
GroupId = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=_ID), _SEEN]
Name = Annotated[str, StringConstraints(pattern=r"^[^\p{Cc}]*$"), _SEEN]
Grade = Annotated[int, Field(ge=1, le=13)]
Weekday = Annotated[int, Field(ge=1, le=7)]
Minute = Annotated[int, Field(ge=0, le=24 * 60)]
Fen = Annotated[int, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
