"""The engine for large schools: prices from a linear program, an annealed timetable, seating."""

from optimizer.engine.decomposition.search import NAME, search
from optimizer.engine.decomposition.warm import compile_ahead

__all__ = ["NAME", "compile_ahead", "search"]
