"""The whole school as a linear program in whole numbers: a bound on every plan, and prices."""

from optimizer.rules.relaxation.attending import Attending
from optimizer.rules.relaxation.linear import Lp
from optimizer.rules.relaxation.program import Relaxation, relax
from optimizer.rules.relaxation.seats import group_cuts, reserve_of

__all__ = ["Attending", "Lp", "Relaxation", "group_cuts", "relax", "reserve_of"]
