"""The twelve rule families: one name each for module, check, messages and tests."""

from typing import Final, Literal, get_args

Family = Literal[
    "attendance",
    "wishes",
    "clash",
    "group_size",
    "cross_grade",
    "pattern",
    "rooms",
    "staffing",
    "hours",
    "content",
    "budget",
    "locks",
]

FAMILIES: Final[tuple[Family, ...]] = get_args(Family)
