"""The school as a linear program in whole numbers: what all families' ``relax`` share.

``relaxation`` says which column and row is what, ``attending`` who can attend what; ``sections``,
``seats`` and ``care`` make the columns; ``program`` puts all together (``optimizer.rules.relax``);
``price_list`` reads prices off its dual values.
"""

from optimizer.rules.relaxation.attending import Attending
from optimizer.rules.relaxation.linear import Lp
from optimizer.rules.relaxation.price_list import price_list
from optimizer.rules.relaxation.relaxation import Relaxation

__all__ = ["Attending", "Lp", "Relaxation", "price_list"]
