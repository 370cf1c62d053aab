"""The twelve rule families, one module each: statement, formula, constraints, relaxation.

``registry.RULES`` lists them; ``build`` makes the whole school's model by walking that list, and
``relax`` its linear program.
"""

from optimizer.rules.budget import pay
from optimizer.rules.context import Held, Key, Model, Offer, Subproblem, total
from optimizer.rules.registry import RULES, Rule, build, build_offers
from optimizer.rules.relaxation.care import reserve_of
from optimizer.rules.relaxation.program import relax
from optimizer.rules.relaxation.seats import count_timed
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
    "count_timed",
    "pay",
    "periods",
    "relax",
    "reserve_of",
    "total",
]
