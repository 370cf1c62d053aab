"""The engine for large schools: prices from a linear program, an annealed timetable, seating."""

from optimizer.engine.large.pricing import compile_ahead
from optimizer.engine.large.search import NAME, search

__all__ = ["NAME", "compile_ahead", "search"]
