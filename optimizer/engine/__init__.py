"""From a school to the best checked plan within limits, with a proved bound."""

from optimizer.engine.finish import finish_plan
from optimizer.engine.limits import Limits, OnProgress, Progress
from optimizer.engine.search import solve

__all__ = ["Limits", "OnProgress", "Progress", "finish_plan", "solve"]
