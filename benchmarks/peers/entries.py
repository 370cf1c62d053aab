"""The peers by name; a peer's module is loaded only when it runs."""

from importlib import import_module
from typing import Final

from benchmarks.peers.answer import Peer

PEERS: Final = {
    "zouban": "zouban:plan",
    "whole": "whole:two",
    "whole8": "whole:eight",
    "highs": "integer:highs",
    "scip": "integer:scip",
    "timefold": "localsearch:solve",
    "fcfs": "today:first_come",
    "lottery": "today:draw_by_rank",
}
"""Module and function of each peer, in the order in which ``all`` runs them."""

CERTIFIED: Final = frozenset({"zouban", "whole", "whole8"})
"""Peers whose bound is proved in whole numbers; those of the others are floating point."""


def peer(name: str) -> Peer:
    """Give a peer's function."""
    module, function = PEERS[name].split(":")
    found: Peer = getattr(import_module(f"benchmarks.peers.{module}"), function)
    return found
