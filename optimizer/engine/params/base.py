"""What all tables of search parameters share."""

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from models import Text
from models.base import Frozen
from models.problems import FieldError

TOO_LARGE = Text("应不大于 {other}（{most}）。", "expected no more than {other} ({most}).")
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
_PartOf = Annotated[float, Field(strict=True, gt=0, le=1)]
Shares = Annotated[tuple[_PartOf, ...], Field(min_length=1, max_length=100)]
"""Several, one after the other, none of them 0."""
Seconds = Annotated[float, Field(strict=True, ge=0, le=1e6)]
Ratio = Annotated[float, Field(strict=True, ge=0, le=1e6)]
"""Something against something else; 1 where both are alike."""
Many = Annotated[int, Field(strict=True, ge=0, le=10**9)]
Some = Annotated[int, Field(strict=True, ge=1, le=10**9)]


class Params(Frozen):
    """A table of parameters."""

    ascending: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Names of numbers of which the first is no more than the second."""

    @model_validator(mode="after")
    def _in_order(self) -> "Params":
        for low, high in self.ascending:
            most = getattr(self, high)
            if getattr(self, low) > most:
                raise FieldError(low, TOO_LARGE.fill(other=high, most=most))
        return self
