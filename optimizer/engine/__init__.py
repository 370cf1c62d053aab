"""From a school to the best checked plan within limits, with a proved bound."""

from optimizer.engine.finish import finish_plan
from optimizer.engine.limits import Limits, OnProgress, Progress
from optimizer.engine.search import engine_for, solve
from optimizer.engine.session import OnPlan

__all__ = [
    "Limits",
    "OnPlan",
    "OnProgress",
    "Progress",
    "engine_for",
    "finish_plan",
    "solve",
]
