"""The model side of the twelve rule families, one module each: statement, formula, constraints.

``registry.RULES`` lists them; ``build`` makes the whole school's model by walking that list.
"""

from optimizer.rules.budget import pay
from optimizer.rules.context import Held, Key, Model, Offer, Subproblem, total
from optimizer.rules.registry import RULES, Rule, build, build_offers
from optimizer.rules.staffing import periods

__all__ = [
    "RULES",
    "Held",
    "Key",
    "Model",
    "Offer",
    "Rule",
    "Subproblem",
    "build",
    "build_offers",
    "pay",
    "periods",
    "total",
]
