"""The engine for large schools: prices from a linear program, an annealed timetable, seating."""

from optimizer.engine.large.search import NAME, search
from optimizer.engine.large.warm import compile_ahead

__all__ = ["NAME", "compile_ahead", "search"]
