"""What a school works under: its ``Policy``.

That is a regulation, or none, and the school's own rows, which set what the document leaves open,
waive or change what it only advises, and add stricter rules. ``models.resolve`` puts the two
together.
"""

from typing import Any

from pydantic import model_validator

from models.base import Frozen, Id, Name
from models.clauses import Clause, Regulation
from models.regimes import REGIMES, regime


class Policy(Frozen):
    """What a school works under.

    Where the id is that of a shipped regime and no regulation is given, the regulation is that
    regime.
    """

    id: Id = "own"
    name: Name = ""
    regulation: Regulation | None = None
    clauses: tuple[Clause, ...] = ()
    """The school's own rows."""

    @model_validator(mode="before")
    @classmethod
    def _name_a_regime(cls, data: Any) -> Any:  # noqa: ANN401, RUF100
        if isinstance(data, dict) and not data.get("regulation") and data.get("id") in REGIMES:
            return data | {"regulation": regime(data["id"])}
        return data
