"""One call of ``solve``: its question and limits, and the best that was found so far."""

import threading
from collections import deque
from collections.abc import Callable
from time import thread_time

from models import BoundProof, Plan, PriceList, Prices, Provenance, School, Worth
from optimizer import __version__
from optimizer.checks import proved_bound, verify
from optimizer.engine.account import Account
from optimizer.engine.allowance import Allowance
from optimizer.engine.finish.arrange import Work, arrange
from optimizer.engine.finish.draft import Found
from optimizer.engine.finish.finish import Step, finish_plan, with_seats_settled
from optimizer.engine.kept_time import KeptTime
from optimizer.engine.limits import Clock, Limits, OnProgress, Progress
from optimizer.engine.objective import counts_firsts, simple_bound, simple_firsts
from optimizer.engine.params.as_toml import changed, digest, to_toml
from optimizer.engine.solver import Crew, Effort
from optimizer.engine.statistics import LOG, Statistics
from optimizer.errors import said

OnPlan = Callable[[Plan], None]
OnPrices = Callable[[PriceList], None]


class Session:
    """Limits, clock and crew of a search, its best sections and care groups, value and bound.

    ``keep`` and ``lower`` may be called from any thread; ``tell`` and ``give_out``, which call
    back, only from the one that called ``solve``.
    """

    doubted = False
    """Whether a proof that there is no plan was not confirmed by another."""
    confirmed = False
    """Whether another search confirmed that nothing better exists than the best so far."""
    _next_plan = 0.0
    """When another plan may be given out."""

    def __init__(
        self,
        school: School,
        limits: Limits,
        on_progress: OnProgress | None = None,
        on_plan: OnPlan | None = None,
        began: float | None = None,
        crew: Crew | None = None,
    ) -> None:
        self.school = school
        self.limits, self.params = limits, limits.params.session
        self.clock = Clock(limits.seconds, began=began)
        self.crew = crew or Crew(Account(limits.params.work))
        self.account = self.crew.account
        self.allowance = Allowance(limits, self.clock, self.account)
        self.kept = KeptTime(school, limits, self.allowance)
        self._plan_cost = self.kept.finishing
        self.statistics = Statistics(self.clock)
        self.crew.timed = self.statistics.timed
        self.engine = self.stage = ""
        self.found: Found | None = None
        self.earlier: deque[tuple[Found, Worth]] = deque(maxlen=self.params.earlier)
        """The best before that one, and those before."""
        self.passed: Plan | None = None
        """The last plan that the check passed on the way."""
        self.worth: Worth | None = None
        self.clubs_bound, self.first_points_bound = simple_firsts(school)
        self.bound = simple_bound(school)
        """Of plans with no less in first clubs than the best so far, where these count."""
        self.proof = BoundProof.BEST_WISHES
        self._prices, self._priced = Prices(), self.bound
        self._on_progress, self._on_plan, self._lock = on_progress, on_plan, threading.RLock()
        self.closed = False
        """Whether the search is over; what a thread finds that was left behind comes too late."""
        self._told: tuple[str, int | None, int, int | None, int | None] | None = None
        self._given: Found | None = None

    @property
    def repeatable(self) -> bool:
        """Whether the work is cut by counts instead of the clock."""
        return self.allowance.repeatable

    @property
    def value(self) -> int | None:
        """Points of the best so far."""
        return None if self.worth is None else self.worth.points

    @property
    def done(self) -> bool:
        """Whether nothing is left to find, or the search was stopped."""
        return self.crew.stopped or (self.worth is not None and self.worth >= self.most)

    @property
    def most(self) -> Worth:
        """What no plan is worth more than."""
        if not counts_firsts(self.school):
            return Worth(points=self.bound)
        return Worth(self.clubs_bound, self.first_points_bound, self.bound)

    def keep(self, found: Found, worth: Worth) -> bool:
        """Keep what is better than the best so far, and tell whether it was."""
        with self._lock:
            if self.closed or (self.worth is not None and worth <= self.worth):
                return False
            if self.found is not None and self.worth is not None:
                self.earlier.append((self.found, self.worth))
            self.found, self.worth = found, worth
            self.statistics.improved(self.stage)
            self._reached()
            return True

    def replace(self, found: Found, worth: Worth) -> None:
        """Keep what is as good, or nearly so as the school's tolerance has it, instead."""
        with self._lock:
            self.found, self.worth = found, worth
            self._reached()

    def lower_firsts(self, clubs: int, points: int | None) -> None:
        """Take bounds of first clubs, and of their points where as many clubs are in the plan."""
        with self._lock:
            self.clubs_bound = min(clubs, self.clubs_bound)
            if points is not None:
                self.first_points_bound = min(points, self.first_points_bound)

    def lower_by_prices(self, prices: Prices) -> int:
        """Take the bound that prices prove, as anyone can check it, where it is lower; give it."""
        bound = proved_bound(self.school, prices).bound
        with self._lock:
            if bound < self._priced:
                self._prices, self._priced = prices, bound
        self.lower(bound, BoundProof.LINEAR_PROGRAM)
        return bound

    @property
    def price_list(self) -> PriceList:
        """The prices that prove the lowest bound; without any, that everything is free."""
        with self._lock:
            return PriceList(
                school=self.school.settings.id,
                school_digest=self.school.digest,
                bound=self._priced,
                proof=self._prices,
            )

    def lower(self, bound: int, proof: BoundProof) -> None:
        """Take a bound where it is lower than the one there was."""
        with self._lock:
            if bound < self.bound:
                self.bound, self.proof = bound, proof
                self._reached()

    @property
    def rests_on_search(self) -> bool:
        """Whether what bounds the best so far, or a part of it, comes of exact search alone."""
        counted = (self.clubs_bound, self.first_points_bound) == simple_firsts(self.school)
        return self.proof is BoundProof.EXACT_SEARCH or not counted

    def take_back_search(self) -> None:
        """Go back to the bounds that do not rest on exact search."""
        with self._lock:
            self.clubs_bound, self.first_points_bound = simple_firsts(self.school)
            counted = simple_bound(self.school)
            by_prices = self._priced < counted
            self.proof = BoundProof.LINEAR_PROGRAM if by_prices else BoundProof.BEST_WISHES
            self.bound = min(self._priced, counted)
            self._reached()

    def _reached(self) -> None:
        """Note value and bound as they are now."""
        worth, firsts = self.worth, counts_firsts(self.school)
        clubs = worth.first_clubs if worth is not None and firsts else None
        self.statistics.reached(self.value, self.bound, clubs)

    def tell(self, stage: str | None = None) -> None:
        """Report where the search stands, if that has changed."""
        if stage is not None and stage != self.stage:
            LOG.info("stage %s after %.1f s", stage, self.clock.elapsed)
        self.stage = stage or self.stage
        firsts: tuple[int | None, int | None] = None, None
        if counts_firsts(self.school):
            firsts = None if self.worth is None else self.worth.first_clubs, self.clubs_bound
        known = (self.stage, self.value, self.bound, *firsts)
        if self._on_progress is not None and known != self._told:
            self._told = known
            stage, *reached = known
            clock = self.clock
            self._on_progress(Progress(stage, clock.elapsed, clock.until_deadline, *reached))

    def give_out(self) -> None:
        """Hand out the best plan so far, checked, where it is new and some time has passed."""
        found, began = self.found, self.clock.elapsed
        if (
            found is None
            or found is self._given
            or began < self._next_plan
            or self.clock.left < 2 * self._plan_cost
            or self.kept.too_long
        ):
            return
        self._given = found
        plan = self._passing(found)
        self._plan_cost = self.clock.elapsed - began
        if plan is not None:
            self.passed = plan
            if self._on_plan is not None:
                self._on_plan(plan)
        pause = max(self.params.between_plans, self.params.plan_cost * self._plan_cost)
        self._next_plan = self.clock.elapsed + pause

    def begin_secondary(self) -> float:
        """Let the aims after satisfaction begin; give the seconds, or their worth in work."""
        self.kept.begin_secondary()
        return self.allowance.left

    def _passing(self, found: Found) -> Plan | None:
        """Finish and check a plan on the way; None where the check refuses it.

        The search goes on: whether something is wrong with the last one comes out at the end.
        """
        try:
            plan = self.plan(found)
            began, cpu = self.clock.elapsed, thread_time()
            findings = verify(self.school, plan)
            self.kept.checked_in(self.clock.elapsed - began, thread_time() - cpu)
        except Exception as error:
            LOG.error("a plan on the way could not be finished: %s", said(error))
            return None
        for finding in findings:
            text = finding.text.en
            LOG.error("a plan on the way is refused by the check: %s: %s", finding.family, text)
        return None if findings else plan

    def poll(self) -> None:
        """Report and hand out what is new, while other threads search."""
        self.tell()
        self.give_out()

    def _late(self) -> bool:
        """Tell whether no more time is left than finishing the plan takes anyhow."""
        late = self.clock.until_deadline < self.kept.finishing / 2 + self.kept.arranging
        self.account.cut |= late
        return late

    def arrange(self, found: Found) -> Found:
        """Settle seats, then arrange rooms and base care in the time that was kept for it.

        Finishing the plan settles seats once more: a larger room may have seats for more.
        """
        began = self.clock.elapsed
        self.tell("settling")
        with self.statistics.timed("settling"):
            ending = self.limits.params.finish
            best = [with_seats_settled(self.school, *found, self._late, ending)]
        settled = self.clock.elapsed
        crew, seconds = self.crew, self.kept.arranging
        if crew.stopped:
            crew, seconds = Crew(), min(seconds, self.limits.params.arrange.stopped_seconds)
        # Settling once more takes about as long. However late it is, the least is done.
        rest = max(settled - began, self.kept.finishing / 2)
        most = max(self.clock.until_deadline - rest, self.limits.params.arrange.least_seconds)
        # Where counts end it the clock is a safety net only.
        seconds = most if crew is self.crew and self.repeatable else min(seconds, most)
        work = Work(
            crew,
            seconds,
            lambda: self.clock.elapsed - settled,
            self.limits.seed,
            self.params.work_per_second * self.kept.arranging if self.repeatable else None,
            self.limits.params,
        )
        self.tell("rooms")
        with self.statistics.timed("rooms"):
            crew.wait([lambda: best.append(arrange(self.school, best[0], work))])
        return best[-1]

    def plan(
        self, found: Found, last: bool = False, without: frozenset[Step] = frozenset()
    ) -> Plan:
        """Finish a plan: free seats, lottery, reasons, figures.

        The last one, which is handed out, also has its rooms and base care arranged. Steps of
        finishing may be left out.
        """
        arranged = self.arrange(found) if last else found
        provenance = Provenance(
            version=__version__,
            engine=self.engine,
            seed=self.limits.seed,
            workers=self.limits.workers,
            time_limit_seconds=self.limits.seconds,
            seconds=round(self.clock.elapsed, 3),
            params=to_toml(changed(self.limits.params)),
            params_digest=digest(self.limits.params),
            repeatable=self.repeatable and not self.account.cut and not self.crew.stopped,
            confirmed=self.confirmed,
        )
        firsts = self.clubs_bound, self.first_points_bound
        # What is handed out on the way is to be there soon; the last one was improved already.
        with self.statistics.timed("finish"):
            plan = finish_plan(
                self.school,
                *arranged,
                provenance,
                self.bound,
                self.proof,
                firsts,
                opening=False,
                without=without,
                params=self.limits.params.finish,
            )
        if last:
            self.statistics.reached(plan.value, plan.bound, plan.first_clubs)
        seen = {"stages": self.statistics.stages, "trace": self.statistics.trace}
        return plan.model_copy(update={"provenance": provenance.model_copy(update=seen)})

    def effort(self, share: float) -> Effort:
        """Say what a stage may cost: a share of what is left."""
        return self.allowance.effort(share * self.allowance.left)
