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
_NAME = r"^[^\p{Cc}]*$"
Name = Annotated[str, StringConstraints(pattern=_NAME, max_length=200), _SEEN]
Prose = Annotated[str, StringConstraints(pattern=_NAME, max_length=2000), _SEEN]
"""Some sentences, e.g. for the public notice."""
Lines = Annotated[str, StringConstraints(pattern=r"^(?:[^\p{Cc}]|[\n\t])*$", max_length=2000)]
"""Some sentences on one or several lines, e.g. where a rule is written."""

# Every number has a ceiling that no school comes near: sums and products of the largest still fit
# in the solver's 64 bits, and nothing that is built from them grows beyond the machine. Strict:
# yes and no, texts and fractions are no numbers.
Grade = Annotated[int, Field(strict=True, ge=1, le=13)]
Weekday = Annotated[int, Field(strict=True, ge=1, le=7)]
Minute = Annotated[int, Field(strict=True, ge=0, le=24 * 60)]
Fen = Annotated[int, Field(strict=True, ge=0, le=10**12)]
"""A sum of money in fen: ten billion yuan at most."""
RateFen = Annotated[int, Field(strict=True, ge=0, le=10**8)]
"""What one period, session, student or month costs, in fen: a million yuan at most."""
Count = Annotated[int, Field(strict=True, ge=0, le=10_000)]
Positive = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Few = Annotated[int, Field(strict=True, ge=0, le=100)]
"""How many of something of which there are never many, e.g. sections of a course."""
FewPositive = Annotated[int, Field(strict=True, ge=1, le=100)]
Points = Annotated[int, Field(strict=True, ge=0, le=1_000)]
"""Points before the factor."""
Seed = Annotated[int, Field(strict=True, ge=0, le=10**15 - 1)]
"""Of a lottery: as many digits as a spreadsheet keeps."""
Total = Annotated[int, Field(strict=True, ge=0, lt=2**63)]
"""A sum over a whole plan."""
