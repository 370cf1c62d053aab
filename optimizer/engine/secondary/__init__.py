"""The aims that come after satisfaction, within the school's tolerance, at any size of a school.

``targets`` says them of a model, ``measured`` counts them in a plan, ``pursuit`` improves a plan in
one after the other, by the neighbourhoods of the search for satisfaction and two more.
"""

from optimizer.engine.secondary.pursuit import improve
from optimizer.engine.secondary.targets import even_loads, fewest_changes, fewest_outside, least_pay

__all__ = ["even_loads", "fewest_changes", "fewest_outside", "improve", "least_pay"]
