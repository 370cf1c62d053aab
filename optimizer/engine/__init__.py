"""From a school to the best checked plan within limits, with a proved bound."""

from optimizer.engine.finish.finish import finish_plan
from optimizer.engine.limits import Limits, OnProgress, Progress, enough_seconds
from optimizer.engine.params import SearchParams
from optimizer.engine.session import OnPlan, OnPrices
from optimizer.engine.solve import solve
from optimizer.engine.strategy import engine_for

__all__ = [
    "Limits",
    "OnPlan",
    "OnPrices",
    "OnProgress",
    "Progress",
    "SearchParams",
    "engine_for",
    "enough_seconds",
    "finish_plan",
    "solve",
]
