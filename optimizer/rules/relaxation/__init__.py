"""The whole school as a linear program in whole numbers: a bound on every plan, and prices."""

from optimizer.rules.relaxation.attending import Attending
from optimizer.rules.relaxation.care import reserve_of
from optimizer.rules.relaxation.linear import Lp
from optimizer.rules.relaxation.price_list import price_list
from optimizer.rules.relaxation.program import relax
from optimizer.rules.relaxation.relaxation import Relaxation
from optimizer.rules.relaxation.timed import count_timed

__all__ = [
    "Attending",
    "Lp",
    "Relaxation",
    "count_timed",
    "price_list",
    "relax",
    "reserve_of",
]
