"""The last stage: rooms and base care that a head can sign, everything that counts as it is.

Seats, slots and the staff of sections stand. Rooms are assigned anew; at each slot classes are put
together and into their own rooms; and supervisors are shared out so that a class sees few of them.
Groups and pay do not rise, and where nothing better is found all stays as it is.
"""

from optimizer.engine.finish.arrange.arrange import arrange, seconds_for
from optimizer.engine.finish.arrange.score import faults
from optimizer.engine.finish.arrange.work import Work

__all__ = ["Work", "arrange", "faults", "seconds_for"]
