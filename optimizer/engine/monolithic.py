"""The engine for small schools: one CP-SAT model of the whole school, searched in stages.

Each stage hands its whole solution on as a hint: (1) base care for everyone with as few clubs as
the locks allow, so that there is a plan early; (2) most satisfaction.

What an exact search alone calls best is looked into a second time, in another way.

Where first clubs come before points, (2) is searched for a sum in which they weigh most; then it is
proved, or improved, what first clubs there can be, and what points with these.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from models import BoundProof, Family, Plan, Worth
from optimizer.engine.finish.extract import extract
from optimizer.engine.infeasible.conflict import conflicting_families, infeasible
from optimizer.engine.infeasible.second import confirmed, of_another_kind
from optimizer.engine.lns.improve import Improver
from optimizer.engine.lp.bounding import linear_bounds
from optimizer.engine.objective import counts_firsts, objective, objective_at
from optimizer.engine.pin import pin
from optimizer.engine.session import Session
from optimizer.engine.solver import Run, Status, hint
from optimizer.engine.statistics import LOG
from optimizer.rules import Model, build

NAME = "cpsat-whole"


def search(session: Session, start: Plan | None) -> None:
    """Search the whole model; what was found is in the session.

    Raises
    ------
    InfeasibleError
        Proved: no plan keeps all rules.
    """
    _Monolithic(session).search(start)


class _Monolithic:
    def __init__(self, session: Session) -> None:
        self.session, self.params = session, session.limits.params.monolithic
        self.model = build(session.school)
        self.objective = objective(self.model)
        self.solution: tuple[int, ...] | None = None
        self.best: Worth | None = None
        """What this engine's own solution is worth; a given plan may be better."""

    def search(self, start: Plan | None) -> None:
        """Go through the stages."""
        first = self.first_solution(start)
        if first is None:
            return
        self.keep(first)
        self.clubs()
        self.prove_again()

    def keep(self, solution: tuple[int, ...]) -> None:
        """Keep a solution as the best so far, where it is."""
        worth, session = self.objective.worth(solution), self.session
        if self.best is None or worth > self.best:
            self.solution, self.best = solution, worth
        if session.worth is None or worth > session.worth:
            session.keep(extract(self.model, solution), worth)

    def first_solution(self, start: Plan | None) -> tuple[int, ...] | None:
        """Find any plan: the given one, or base care alone, or else whatever keeps the rules."""
        whole = self.model.cp
        attempts = [] if start is None else [_pinned(self.model, start)]
        attempts += [_without_clubs(self.model), whole]
        for attempt in attempts:
            if attempt is None:
                continue
            found = self.run(
                "care", attempt, self.params.first_share if attempt is not whole else 1.0
            )
            if attempt is whole and found.status is Status.INFEASIBLE:
                found = self.second(attempt, found)
            if found.solution is not None:
                return found.solution
            if found.status is Status.INFEASIBLE and attempt is whole:
                raise infeasible(self.session.school, self.conflict())
        return None

    def second(self, cp: cp_model.CpModel, first: Run) -> Run:
        """Ask for another proof that there is no plan; where there is none, that is noted."""
        session = self.session
        found = confirmed(session.crew, cp, session.effort(1.0), first)
        session.doubted = found.status is Status.UNKNOWN
        return found

    def clubs(self) -> None:
        """Maximise satisfaction from the first solution."""
        session, aims = self.session, self.objective
        if session.crew.stopped:
            return
        session.tell("clubs")
        if not counts_firsts(session.school):
            self.maximise_points(self.params.clubs_share)
            return
        self.maximise(aims.weighted, aims.most_weighted, self.params.weighted_share)
        self.maximise(aims.firsts, aims.most_firsts, self.params.firsts_share, self.bound_firsts)
        assert self.solution is not None
        self.model.cp.add(aims.firsts >= objective_at(aims.firsts, self.solution))
        self.maximise_points(self.params.points_share)

    def prove_again(self) -> None:
        """Where exact search alone says that the best is found, look for a better one once more.

        That search is of another kind. Where it finds a plan, the first proof was wrong, and all
        bounds that came of such proofs are taken back; where it ends with neither, the plan says
        that nobody confirmed the first.
        """
        session = self.session
        if session.crew.stopped or not session.done or not session.rests_on_search:
            return
        effort = of_another_kind(session.effort(self.params.again_share))
        with session.statistics.timed("again"):
            found = session.crew.run(self.better(), effort)
        session.confirmed = found.status is Status.INFEASIBLE
        if found.solution is not None:
            LOG.error("a proof that nothing better exists was refuted by a second search")
            session.take_back_search()
            self.keep(found.solution)

    def better(self) -> cp_model.CpModel:
        """Give the model of all plans that are worth more than the best so far."""
        session, aims, cp = self.session, self.objective, self.model.cp.clone()
        cp.clear_objective()  # type: ignore[no-untyped-call]
        assert session.worth is not None
        clubs, points = aims.firsts, session.worth.points
        if not counts_firsts(session.school):
            cp.add(aims.points > points)
            return cp
        reached = aims.radix * session.worth.first_clubs + session.worth.first_points
        more = cp.new_bool_var("more")
        cp.add(clubs >= reached)
        cp.add(clubs > reached).only_enforce_if(more)
        cp.add(aims.points > points).only_enforce_if(~more)
        return cp

    def maximise_points(self, share: float) -> None:
        """Maximise points; linear programs bound them as well."""
        self.maximise(
            self.objective.points,
            self.session.bound,
            share,
            self.bound_points,
            self.linear_bounds,
        )

    def linear_bounds(self) -> Iterator[int]:
        """Give bounds of points by linear programs, once the session has taken them."""
        session = self.session
        effort = session.effort(self.params.relaxed_share)
        timed = session.effort(self.params.timed_share)
        most = session.limits.params.bound.most_timed
        for prices in linear_bounds(session.school, effort, timed, session.crew, most):
            yield session.lower_by_prices(prices)

    def bound_points(self, bound: int) -> None:
        """Take a bound of the points of plans that are as good in first clubs, if these count."""
        self.session.lower(bound, BoundProof.EXACT_SEARCH)

    def bound_firsts(self, bound: int) -> None:
        """Take a bound of first clubs and their points in one number."""
        clubs, points = divmod(bound, self.objective.radix)
        reached = self.session.worth is not None and self.session.worth.first_clubs == clubs
        self.session.lower_firsts(clubs, points if reached else None)

    def maximise(
        self,
        aim: cp_model.LinearExpr,
        bound: int,
        share: float,
        take_bound: Callable[[int], None] | None = None,
        linear_bounds: Callable[[], Iterable[int]] = tuple,
    ) -> None:
        """Maximise an expression from the best solution in a share of the time left.

        Parameters
        ----------
        bound
            What it certainly does not exceed.
        take_bound
            Told a better bound, where there is one.
        linear_bounds
            Gives more bounds, by linear programs.
        """
        session, first = self.session, self.solution
        if session.crew.stopped or first is None:
            return
        self.model.cp.maximize(aim)
        improver = Improver(
            self.model,
            session.limits,
            session.clock,
            session.crew,
            first,
            objective_at(aim, first),
            bound,
            linear_bounds=linear_bounds,
        )
        left = session.allowance.left

        def watch(_value: int, bound: int) -> None:
            self.keep(improver.solution)
            if improver.bound_is_searched and take_bound is not None:
                take_bound(bound)
            session.poll()

        with session.statistics.timed("clubs"):
            improver.improve(left * share, watch)
        watch(improver.value, improver.bound)

    def run(self, stage: str, cp: cp_model.CpModel, share: float) -> Run:
        """Run a stage on its share of the time left, from the best solution so far."""
        session = self.session
        if self.solution is not None:
            hint(cp, self.solution)
        session.tell(stage)
        with session.statistics.timed(stage):
            return session.crew.run(cp, session.effort(share))

    def conflict(self) -> tuple[Family, ...]:
        """Give families that no plan keeps together.

        In a large school ``wishes`` stays one of them untried: without it anyone may have a seat in
        anything, which is more than a model can hold.
        """
        session, school = self.session, self.session.school
        large = (
            len(school.students) * len(school.courses) > session.limits.params.infeasible.most_seats
        )
        left_in: tuple[Family, ...] = ("wishes",) if large else ()
        return conflicting_families(self.prove, self.may_prove, left_in)

    def prove(self, families: Sequence[Family]) -> bool:
        """Tell whether no plan keeps these families; at the deadline the proof is kept short."""
        session = self.session
        least = session.limits.params.infeasible.late_seconds
        model = build(session.school, families)
        effort = session.allowance.effort(max(least, session.allowance.left / 4))
        effort = replace(effort, seconds=max(least, effort.seconds))
        run = session.crew.run(model.cp, effort)
        return confirmed(session.crew, model.cp, effort, run).status is Status.INFEASIBLE

    def may_prove(self) -> bool:
        """Tell whether there is time for one more proof of conflict, or nearly."""
        session = self.session
        late = max(session.clock.elapsed, session.allowance.elapsed) - session.limits.seconds
        return late < session.limits.params.infeasible.late_seconds and not session.crew.stopped


def _without_clubs(model: Model) -> cp_model.CpModel | None:
    """Give the model with no section open; None where locks ask for some."""
    if any(lock.kind in ("section", "section_count", "seat") for lock in model.school.locks):
        return None
    attempt = model.cp.clone()
    for opened in model.opened:
        attempt.add(opened == 0)
    return attempt


def _pinned(model: Model, start: Plan) -> cp_model.CpModel | None:
    attempt = replace(model, cp=model.cp.clone())
    return attempt.cp if pin(attempt, start) else None
