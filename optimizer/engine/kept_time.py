"""What of a search's limit is kept for that which comes after the search."""

from models import School
from optimizer.engine.allowance import Allowance
from optimizer.engine.finish.arrange import seconds_for
from optimizer.engine.limits import Limits


class KeptTime:
    """Seconds kept for the aims after satisfaction, for rooms and base care, and for finishing."""

    def __init__(self, school: School, limits: Limits, allowance: Allowance) -> None:
        self.arranging = seconds_for(school, limits.seconds, limits.params.arrange)
        """Seconds for rooms and base care."""
        self.secondary = limits.params.secondary.share * limits.seconds
        """Seconds for the aims after satisfaction, until it is their turn."""
        self._school, self._limits, self._allowance = school, limits, allowance
        self._params = limits.params.session
        self._settling = self._params.finishing_settling * len(school.students) ** 3
        self._settled = self._usually()
        self._keep()

    @property
    def finishing(self) -> float:
        """What finishing, checking and writing the last plan is going to take, in seconds."""
        most = self._params.finishing_share * self._limits.seconds
        return min(self._settled, most)

    @property
    def too_long(self) -> bool:
        """Tell whether finishing a plan on the way would take too much time from the search.

        Beside its threads that takes some times as long as at the end.
        """
        return self._settling > self._params.settling_share * self._limits.seconds

    def checked_in(self, wall: float, cpu: float) -> None:
        """Learn from checking a plan on the way what finishing the last one is going to take.

        By the clock it took as long as it does beside the search, which has ended by then. What
        finishing took is no measure: much more may be left to settle in one plan than in another.
        """
        if not self._allowance.repeatable:
            again = self._params.finishing_checks * min(cpu, wall)
            self._settled = self._params.finishing_least + again
            self._keep()

    def begin_secondary(self) -> None:
        """Give what was kept for the aims after satisfaction to them."""
        self.secondary = 0.0
        self._keep()

    def _usually(self) -> float:
        """Give what finishing takes as a rule, by the size of the school."""
        school, params, swaps = self._school, self._params, 0
        for student in school.students:
            wishes = len(school.wishes_of[student.id])
            swaps += min(wishes, student.max_clubs) * max(0, wishes - student.max_clubs)
        more = params.finishing * len(school.students) + params.finishing_a_swap * swaps
        more += self._settling
        return params.finishing_least + more + params.finishing_a_wish * len(school.wishes)

    def _keep(self) -> None:
        self._allowance.keep(self.arranging + self.finishing + self.secondary)
