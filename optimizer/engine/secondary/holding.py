"""A plan on its way through the secondary aims, and models that must not make it worse."""

from dataclasses import dataclass

from ortools.sat.python import cp_model

from models import School, Worth, total_worth
from optimizer.engine.objective import counts_firsts, objective
from optimizer.engine.secondary.measured import measured
from optimizer.engine.secondary.targets import SECONDARY, matters
from optimizer.engine.solution import Candidate
from optimizer.rules import Key, Model, total


@dataclass(frozen=True)
class Reached:
    """The best plan so far, and how it stands in the aims."""

    school: School
    plan: Candidate
    searched: Worth
    """What the best plan of the search was worth."""
    aim: int = 0
    """Which of the aims is being pursued, by its number in ``SECONDARY``."""

    @property
    def counts(self) -> tuple[int, ...]:
        """Give the plan's counts in the aims."""
        return measured(self.school, self.plan.found)

    @property
    def spare(self) -> int:
        """Points that may still be given up."""
        tolerance = self.school.settings.weights.tolerance
        return self.plan.worth.points - self.searched.points + tolerance

    def allows(self, worth: Worth) -> bool:
        """Tell whether a plan of this worth is as satisfying, less the tolerance."""
        least = self.searched
        tolerance = self.school.settings.weights.tolerance
        return (worth.first_clubs, worth.first_points) >= (
            least.first_clubs,
            least.first_points,
        ) and worth.points >= least.points - tolerance

    def outdone_by(self, other: "Reached") -> bool:
        """Tell whether another plan is less in the aim, or is alike and has more points."""
        first = slice(0, self.aim + 1)
        mine = (*self.counts[first], -self.plan.worth.points)
        return (*other.counts[first], -other.plan.worth.points) < mine

    def aims_of(self, model: Model) -> cp_model.LinearExpr:
        """Have a model hold the aims that come first; give what is to be minimised."""
        counts = self.counts
        for aim in range(self.aim):
            if matters(self.school, aim):
                model.cp.add(SECONDARY[aim][1](model) <= counts[aim])
        return SECONDARY[self.aim][1](model)

    def set_aim(self, model: Model) -> None:
        """Have a model in which students are free minimise the aim."""
        self.minimise(model, self.aims_of(model), self._satisfying(model))

    def minimise(
        self, model: Model, target: cp_model.LinearExpr, points: cp_model.LinearExprT
    ) -> None:
        """Have the model minimise an aim; of plans that are alike in it, take that of more points.

        No more than the spare points can be lost by it.
        """
        model.cp.minimize(total([(1 + self.spare) * target, -1 * points]))

    def _satisfying(self, model: Model) -> cp_model.LinearExprT:
        """Add: whoever is free has together as much as now, less what is to spare; give that.

        First clubs stay, and what they are worth.
        """
        part = model.subproblem
        students = frozenset() if part is None else part.students
        if not students:
            return 0
        held = self.plan.solution.seats
        seats: dict[str, frozenset[Key]] = {s: held.get(s, frozenset()) for s in students}
        now = total_worth(self.school, {s: {key[0] for key in keys} for s, keys in seats.items()})
        aims = objective(model)
        model.cp.add(aims.points >= now.points - self.spare)
        if counts_firsts(self.school):
            model.cp.add(aims.firsts >= aims.radix * now.first_clubs + now.first_points)
        return aims.points
