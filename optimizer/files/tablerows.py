"""The rows of one table as they were read."""

from dataclasses import dataclass, field
from typing import Any

from optimizer.files.place import Origin


@dataclass
class Rows:
    """What was read of one table."""

    origin: Origin
    numbers: list[int] = field(default_factory=list)
    """Where each row stands, as the file counts."""
    models: list[Any] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    """Whether every field of the row could be read; of the others, only some are there."""
    lost: bool = False
    """Whether not even the ids could be read."""

    def add(self, number: int, model: object, whole: bool) -> None:
        """Add a row."""
        self.numbers.append(number)
        self.models.append(model)
        self.whole.append(whole)

    @property
    def complete(self) -> bool:
        """Tell whether everything could be read."""
        return not self.lost and all(self.whole)

    def only_whole(self) -> tuple[Any, ...]:
        """Give the rows that could be read whole."""
        return tuple(m for m, whole in zip(self.models, self.whole, strict=True) if whole)
