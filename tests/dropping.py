"""Everything that the engine says of a school, left out one thing at a time.

A *site* is a place in the program that adds constraints to a CP-SAT model, or rows to a linear
program: a statement of a function in ``optimizer``. Sites are found by running the program, not
listed, so that code may move and a new one is not forgotten.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Any
from unittest import mock

from ortools.sat.python import cp_model

from optimizer.rules.relaxation import Lp

ADDING = (
    "add",
    "add_at_most_one",
    "add_bool_or",
    "add_exactly_one",
    "add_implication",
    "add_max_equality",
)
"""Methods of a model by which the program adds constraints."""
HELPERS = {"row", "within", "at_most"}
"""Functions that add a row for whoever calls them: it is theirs."""

Site = tuple[str, str, int]
"""Module, function, line."""


def _site(frame: FrameType | None) -> Site:
    """Give the site that a call came from."""
    while frame is not None:
        code, module = frame.f_code, frame.f_globals.get("__name__", "")
        if module.startswith("optimizer") and code.co_name not in HELPERS | {"<genexpr>"}:
            return module, code.co_qualname, frame.f_lineno
        frame = frame.f_back
    return "", "", 0


@contextmanager
def dropped(site: Site | None = None) -> Iterator[set[Site]]:
    """Leave out what one site adds; give the sites that were met."""
    met: set[Site] = set()
    empty: set[int] = set()
    with ExitStack() as stack:
        for name in ADDING:
            patch = mock.patch.object(cp_model.CpModel, name, _adding(name, site, met))
            stack.enter_context(patch)
        stack.enter_context(mock.patch.object(Lp, "row", _row(site, met, empty)))
        stack.enter_context(mock.patch.object(Lp, "put", _put(empty)))
        yield met


def _adding(name: str, site: Site | None, met: set[Site]) -> Callable[..., Any]:
    plain = getattr(cp_model.CpModel, name)
    nothing = cp_model.CpModel.add_bool_or

    def add(self: cp_model.CpModel, *args: Any) -> Any:
        here = _site(sys._getframe(1))
        met.add(here)
        return nothing(self, True) if here == site else plain(self, *args)

    return add


def _row(site: Site | None, met: set[Site], empty: set[int]) -> Callable[..., int]:
    plain = Lp.row

    def row(self: Lp, low: int | None = None, high: int | None = None) -> int:
        here = _site(sys._getframe(1))
        met.add(here)
        if here != site:
            return plain(self, low, high)
        made = plain(self, 0, 0)
        empty.add(made)
        return made

    return row


def _put(empty: set[int]) -> Callable[..., None]:
    plain = Lp.put

    def put(self: Lp, row: int, column: int, coefficient: int = 1) -> None:
        if row not in empty:
            plain(self, row, column, coefficient)

    return put
