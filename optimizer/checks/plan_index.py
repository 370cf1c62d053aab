"""What several checks look up in one plan, built once and handed on."""

from functools import cached_property

from models import Plan, School
from optimizer.checks._moved import before_moves
from optimizer.checks._standing import Standing


class PlanIndex:
    """A plan of a school: where everyone stands in it, now and before anyone was moved."""

    def __init__(self, school: School, plan: Plan) -> None:
        self.school, self.plan = school, plan

    @cached_property
    def standing(self) -> Standing:
        """Where everyone stands."""
        return Standing(self.school, self.plan)

    @cached_property
    def before(self) -> "PlanIndex":
        """The plan before students were moved to another activity; this one if nobody was."""
        before = before_moves(self.school, self.plan)
        return self if before is self.plan else PlanIndex(self.school, before)
