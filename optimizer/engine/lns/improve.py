"""Large-neighbourhood search and bounding, side by side, on the whole-school model.

With several workers the time is cut into slices, each given to CP-SAT's portfolio on the whole
model or to rounds in a thread each, whichever gained more in its last slice: schools differ in
which of the two they yield to. At first one worker solves linear programs for the bound, towards
the end one turns to the bound of the whole model, while the others do rounds. With one worker: a
short run of the whole model, which settles small schools, then rounds, then a longer run for the
bound, all cut by deterministic time, so that a seed gives the same plan.

The neighbourhoods are those of every strategy, some courses in each. As the model is there already,
all that is not free is fixed in a copy of it (``repair.Standing``).
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from random import Random

from optimizer.engine.limits import Clock, Limits
from optimizer.engine.lns.choice import Outcome
from optimizer.engine.lns.neighbourhoods import COURSES, Neighbourhood, Neighbourhoods, Sizes
from optimizer.engine.lns.repair import Standing
from optimizer.engine.solution import Solution
from optimizer.engine.solver import Crew, Effort, Run, Status, hint
from optimizer.rules import Model

Watch = Callable[[int, int], None]
"""Called with the best value and bound whenever one of them changes."""


@dataclass
class Improver:
    """Improves a solution of a model that has its objective set (to maximise)."""

    model: Model
    limits: Limits
    clock: Clock
    crew: Crew
    solution: tuple[int, ...]
    value: int
    bound: int
    bound_is_searched: bool = False
    """Whether the bound is CP-SAT's rather than the one given."""
    linear_bounds: Callable[[], Iterable[int]] = tuple
    """Gives bounds from linear programs; asked once, at the start."""

    def __post_init__(self) -> None:
        self.heard = self.value
        self.params = self.limits.params.lns
        self._lock = threading.Lock()
        params, school = self.params, self.model.school
        courses = params.small, params.smallest, float("inf")
        sizes = Sizes(courses, courses, len(school.students))
        self._hoods = [
            Neighbourhoods(school, self.crew, random, params, sizes, COURSES)
            for random in (Random(f"{self.limits.seed}:{n}") for n in range(self.limits.workers))
        ]
        self._standing = Standing(self.model, params.seats_free)
        self._plans: dict[tuple[int, ...], Solution] = {}
        """The best solution as a plan, once it was asked for."""

    @property
    def done(self) -> bool:
        """Whether nothing is left to find, or the search was stopped."""
        return self.value >= self.bound or self.crew.stopped

    @property
    def _can_go_on(self) -> bool:
        """Whether another round makes sense: without any offer there is nothing to set free."""
        return bool(self._hoods[0].courses) and not self.done

    def improve(self, seconds: float, watch: Watch) -> None:
        """Search for some time, or until the crew is stopped or nothing is left to find."""
        told = [(self.value, self.bound)]

        def poll() -> None:
            now = (max(self.value, self.heard), self.bound)
            if now != told[0]:
                told[0] = now
                watch(*now)

        job = self._alone if self.limits.workers == 1 else self._together
        self.crew.wait([lambda: job(seconds)], poll)

    def _alone(self, seconds: float) -> None:
        params, account = self.params, self.crew.account
        budget, began = self.limits.params.session.work_per_second * seconds, account.spent
        self._whole(Effort(self.clock.left, self.limits.seed, budget * params.first_share_alone))
        self.take_linear_bounds()
        while self._can_go_on and self.clock.left:
            left = budget * params.rounds_share_alone + began - account.spent
            if left <= 0:
                break
            self._round(self._hoods[0], self.clock.left, min(params.round_work, left))
        self._whole(Effort(self.clock.left, self.limits.seed, budget + began - account.spent))

    def _together(self, seconds: float) -> None:
        params = self.params
        start, length = self.clock.elapsed, seconds / params.slices
        methods = (self._slice_of_rounds, self._slice_of_portfolio)
        before = self.value
        self._slice_with_linear_bounds(start + length)
        gains = [self.value - before, float("inf")]
        for number in range(2, params.slices - params.bound_slices + 1):
            if self.done:
                return
            chosen = gains.index(max(gains))
            before = self.value
            methods[chosen](start + number * length)
            gains[chosen] = self.value - before
            if not any(gains):
                gains[1 - chosen] = 1.0  # both stall: the other's turn
        until = start + seconds
        bounding = Effort(until - self.clock.elapsed, self.limits.seed, for_bound=True)
        others = [self._rounds(n, until) for n in range(1, self.limits.workers)]
        self.crew.wait([lambda: self._whole(bounding), *others])

    def _slice_of_rounds(self, until: float) -> None:
        self.crew.wait([self._rounds(n, until) for n in range(self.limits.workers)])

    def _slice_with_linear_bounds(self, until: float) -> None:
        asked = threading.Event()

        def first() -> None:
            try:
                self.take_linear_bounds()
            finally:
                asked.set()
            self._rounds(0, until)()

        def other(number: int) -> None:
            while self._can_go_on and not asked.is_set():
                self._round(self._hoods[number], self.params.round_seconds)
            self._rounds(number, until)()

        others = [partial(other, number) for number in range(1, self.limits.workers)]
        self.crew.wait([first, *others])

    def take_linear_bounds(self) -> None:
        """Ask for bounds from linear programs, as long as there may be something left to find."""
        for bound in self.linear_bounds() if not self.done else ():
            with self._lock:
                self.bound = min(bound, self.bound)
            if self.done:
                self.crew.cut_short()
                return

    def _slice_of_portfolio(self, until: float) -> None:
        threads = self.params.threads_per_worker * self.limits.workers
        self._whole(
            Effort(
                until - self.clock.elapsed, self._hoods[0].random.randrange(2**31), threads=threads
            )
        )

    def _rounds(self, number: int, until: float) -> Callable[[], None]:
        def work() -> None:
            hoods = self._hoods[number]
            while self._can_go_on and (left := until - self.clock.elapsed) > 0:
                self._round(hoods, left)

        return work

    def _whole(self, effort: Effort) -> None:
        """Run the whole model from the best solution, for a better one and for the bound."""
        if self.done:
            return
        cp = self.model.cp.clone()
        hint(cp, self.solution)
        with self.crew.timed("whole"):
            found = self.crew.solve(cp, effort, self._take_bound, self._hear)
        if found.bound is not None:
            self._take_bound(found.bound)
        self._take(found)

    def _hear(self, value: int) -> None:
        self.heard = max(self.heard, value)

    def _take_bound(self, bound: int) -> None:
        with self._lock:
            if bound <= self.bound:
                self.bound, self.bound_is_searched = bound, True
        if self.done:
            self.crew.cut_short()

    def _round(self, hoods: Neighbourhoods, left: float, work: float | None = None) -> None:
        """Solve one neighbourhood in the seconds left at most.

        A round is cut by deterministic time where some is given, else by seconds.
        """
        with self._lock:
            solution = self.solution

        def decide(free: Neighbourhood, patience: float, seed: int) -> Outcome:
            effort = Effort(min(left, self.params.round_seconds * patience), seed)
            if work is not None:
                effort = Effort(left, seed, work * patience)
            cp = self._standing.around(free, solution)
            with self.crew.timed("neighbourhoods"):
                found = self.crew.solve(cp, effort)
            solved = found.status is Status.OPTIMAL
            return Outcome(found.solution is not None, solved, self._take(found))

        hoods.round(self._plan(solution), decide)

    def _plan(self, values: tuple[int, ...]) -> Solution:
        """Give a solution as a plan."""
        plan = self._plans.get(values)
        if plan is None:
            plan = Solution(self.model.school).after(self.model, values)
            self._plans = {values: plan}
        return plan

    def _take(self, found: Run) -> bool:
        """Keep what is better than the best so far, and tell whether it was."""
        with self._lock:
            better = found.solution is not None and (found.objective or 0) > self.value
            if found.solution is not None and better:
                self.solution, self.value = found.solution, found.objective or 0
        if self.value >= self.bound:
            self.crew.cut_short()
        return better
