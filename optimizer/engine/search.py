"""The staged search: care first, then clubs, then pay, loads and changes."""

from dataclasses import replace

from ortools.sat.python import cp_model

from models import BoundProof, CareGroup, Plan, Provenance, School, Section, Text
from optimizer import __version__
from optimizer.checks import before_moves, check_slots, require_valid, verify
from optimizer.engine.conflict import conflicting_families
from optimizer.engine.extract import extract
from optimizer.engine.finish import finish_plan
from optimizer.engine.improve import WORK_PER_SECOND, Improver
from optimizer.engine.limits import Clock, Limits, OnProgress, Progress
from optimizer.engine.objective import objective_at, simple_bound, value
from optimizer.engine.pin import pin
from optimizer.engine.secondary import SECONDARY
from optimizer.engine.solver import Crew, Effort, Run, Status, hint
from optimizer.errors import InfeasibleError, NoPlanError
from optimizer.rules import Model, build

ENGINE = "cpsat-whole"
FIRST_SHARE, CLUBS_SHARE, SECONDARY_SHARE = 0.5, 0.87, 0.5
"""Shares of the time left that a first plan, satisfaction, and each later aim may take."""
PROOF_SECONDS = 1.0
"""What a proof of conflict may take at the deadline, and how far beyond it one may start."""
NO_PLAN = Text(
    "{seconds:.0f} 秒内没有找到方案，也没有证明无解；请延长时间（--time-limit）再试。",
    "no plan found in {seconds:.0f} s, and none ruled out: try again with a longer --time-limit.",
)


STOPPED = Text(
    "在找到第一个方案之前已按要求停止；没有写出任何方案。",
    "stopped as asked, before a first plan was found: there is none to write.",
)


def solve(
    school: School,
    limits: Limits | None = None,
    start: Plan | None = None,
    on_progress: OnProgress | None = None,
) -> Plan:
    """Plan the term: the best plan found, checked, with a proved bound.

    Stages, each handing its whole solution on as a hint: (1) base care for everyone with as few
    clubs as the locks allow, so that there is a plan early; (2) most satisfaction; (3) less pay,
    then evener loads, then fewer changes, at that satisfaction (less the school's tolerance).
    Ctrl-C and the time limit end the search, not the plan.

    Parameters
    ----------
    start
        A plan of this or nearly this school to start from, where it fits. One that holds as it is
        is not lost: nothing worse comes back.
    on_progress
        Called from the calling thread whenever value, bound or stage changes.

    Raises
    ------
    InfeasibleError
        Proved: no plan keeps all rules; names the families in conflict.
    NoPlanError
        The limit came before a plan and before a proof.
    CheckError
        The independent check refuses the plan: a fault of ours, and no plan is given out.
    """
    return _Search(school, limits or Limits(), on_progress).plan(start)


class _Search:
    def __init__(self, school: School, limits: Limits, on_progress: OnProgress | None) -> None:
        self.school = school
        self.limits = limits
        self.clock = Clock(limits.seconds)
        self.on_progress = on_progress
        self.crew = Crew()
        self.work = 0.0
        self.solution: tuple[int, ...] | None = None
        self.value: int | None = None
        self.bound = simple_bound(school)
        self.proof = BoundProof.BEST_WISHES

    def plan(self, start: Plan | None) -> Plan:
        with self.crew.stopping_on_interrupt():
            holds = start is not None and not verify(self.school, start)
            # Who was moved to another activity is settled anew at the end, not by the model.
            start = None if start is None else before_moves(self.school, start)
            given = start if holds else None
            try:
                sections, groups = self.search(start)
            except NoPlanError:
                if given is None:
                    raise
            if given is not None and (self.value is None or self.value < given.value):
                sections, groups = given.sections, given.care_groups
            plan = self.finished(sections, groups)
            require_valid(self.school, plan)
        return plan

    def search(self, start: Plan | None) -> tuple[tuple[Section, ...], tuple[CareGroup, ...]]:
        """Go through the stages and name what was found."""
        model = build(self.school)
        objective = value(model)
        self.solution = self.first_solution(model, start)
        self.value = objective_at(objective, self.solution)
        self.clubs(model, objective)
        self.secondary(model, objective)
        return extract(model, self.solution)

    def first_solution(self, model: Model, start: Plan | None) -> tuple[int, ...]:
        """Find any plan: the given one, or base care alone, or else whatever keeps the rules."""
        attempts = [] if start is None else [_pinned(model, start)]
        attempts += [_without_clubs(model), model.cp]
        for attempt in attempts:
            if attempt is None:
                continue
            found = self.run("care", attempt, FIRST_SHARE if attempt is not model.cp else 1.0)
            if found.solution is not None:
                return found.solution
            if found.status is Status.INFEASIBLE and attempt is model.cp:
                families = conflicting_families(self.school, self.prove, self.may_prove)
                because = check_slots(self.school) if "hours" in families else ()
                raise InfeasibleError(families, tuple(because))
        why = STOPPED if self.crew.stopped else NO_PLAN.fill(seconds=self.limits.seconds)
        raise NoPlanError(why)

    def clubs(self, model: Model, objective: cp_model.LinearExpr) -> None:
        """Maximise satisfaction from the first solution."""
        if self.crew.stopped or self.solution is None or self.value is None:
            return
        self.tell("clubs", self.value, self.bound)
        model.cp.maximize(objective)
        improver = Improver(
            model, self.limits, self.clock, self.crew, self.solution, self.value, self.bound
        )
        time = self.work_left / WORK_PER_SECOND if self.limits.workers == 1 else self.clock.left
        improver.improve(time * CLUBS_SHARE, lambda *best: self.tell("clubs", *best))
        self.solution, self.value, self.bound = improver.solution, improver.value, improver.bound
        self.work += improver.work
        if improver.bound_is_searched:
            self.proof = BoundProof.EXACT_SEARCH

    def secondary(self, model: Model, objective: cp_model.LinearExpr) -> None:
        """Improve pay, loads and changes one after the other without losing satisfaction."""
        floor = (self.value or 0) - self.school.settings.weights.tolerance
        model.cp.add(objective >= floor)
        for stage, make in SECONDARY:
            target = make(model)
            if target is None or self.crew.stopped:
                continue
            model.cp.minimize(target)
            found = self.run(stage, model.cp, SECONDARY_SHARE)
            if found.solution is None or found.objective is None:
                return
            self.solution = found.solution
            model.cp.add(target <= found.objective)

    def run(self, stage: str, cp: cp_model.CpModel, share: float) -> Run:
        """Run a stage on its share of the time left, from the best solution so far."""
        if self.solution is not None:
            hint(cp, self.solution)
        self.tell(stage, self.value, self.bound)
        found = self.crew.run(cp, self.effort(share))
        self.work += found.work
        return found

    def effort(self, share: float) -> Effort:
        """Say what a stage may cost: a share of the time or, with one worker, of the work left."""
        limits = self.limits
        if limits.workers == 1:
            return Effort(self.clock.left, limits.seed, self.work_left * share)
        return Effort(self.clock.left * share, limits.seed)

    @property
    def work_left(self) -> float:
        """What is left of the deterministic time that stands for the limit with one worker."""
        return max(0.0, WORK_PER_SECOND * self.limits.seconds - self.work)

    def prove(self, cp: cp_model.CpModel) -> Run:
        """Run a proof of conflict; at the deadline it is kept short."""
        effort = replace(self.effort(1.0), seconds=max(PROOF_SECONDS, self.clock.left / 4))
        return self.crew.run(cp, effort)

    def may_prove(self) -> bool:
        """Tell whether there is time for one more proof of conflict, or nearly."""
        late = self.clock.elapsed - self.limits.seconds
        return late < PROOF_SECONDS and not self.crew.stopped

    def tell(self, stage: str, best: int | None, bound: int | None) -> None:
        if self.on_progress is not None:
            clock = self.clock
            self.on_progress(Progress(stage, clock.elapsed, clock.left, best, bound))

    def finished(self, sections: tuple[Section, ...], groups: tuple[CareGroup, ...]) -> Plan:
        provenance = Provenance(
            version=__version__,
            engine=ENGINE,
            seed=self.limits.seed,
            workers=self.limits.workers,
            time_limit_seconds=self.limits.seconds,
            seconds=round(self.clock.elapsed, 3),
        )
        return finish_plan(self.school, sections, groups, provenance, self.bound, self.proof)


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
