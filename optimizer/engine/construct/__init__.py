"""A first plan with clubs, in a second or two for a thousand students and whatever the limit.

Sections are opened one after the other, what they bring to students against what is kept back for
base care (``greedy``); seats on this timetable are dealt by auction (``seats``); and base care for
those left over is arranged by the exact model, which may close some of the sections again
(``closing``). Where locks or the policy ask for clubs, all begins with the plan that has just these
(``least_clubs``), and these stay as they are.
"""

from optimizer.engine.construct.least_clubs import first_plan, locked_courses, needs_clubs
from optimizer.engine.construct.steps import construct

__all__ = ["construct", "first_plan", "locked_courses", "needs_clubs"]
