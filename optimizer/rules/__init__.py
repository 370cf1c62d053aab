"""The model side of the twelve rule families, one module each: statement, formula, constraints.

``registry.RULES`` lists them; ``build`` makes the whole school's model by walking that list.
"""

from optimizer.rules.budget import pay
from optimizer.rules.context import Model, Offer, total
from optimizer.rules.registry import RULES, Rule, build
from optimizer.rules.staffing import periods

__all__ = ["RULES", "Model", "Offer", "Rule", "build", "pay", "periods", "total"]
