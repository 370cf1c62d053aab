"""The search of schools where each student takes many courses: its workers and its plans."""

import threading
from collections import defaultdict
from functools import partial

import numpy as np

from models import Section, total_worth
from optimizer.engine.sectioning.anneal import anneal, close_small, first_timetable
from optimizer.engine.sectioning.problem import Sectioning, make_problem, no_problem
from optimizer.engine.sectioning.state import LOOKS, UNMET, VALUE, State, copy_state, new_state
from optimizer.engine.session import Session
from optimizer.engine.stages import keeps_all_rules

NAME = "sectioning"


def compile_ahead(slots: int) -> None:
    """Compile the loops for weeks like one of so many slots, or load what was compiled before.

    It takes a while the first time.
    """
    problem = no_problem(slots)
    state = new_state(problem)
    first_timetable(problem, state, 0)
    close_small(problem, state)
    anneal(problem, state, 0, 1.0, 0)


def search(session: Session, share: float = 1.0) -> None:
    """Search for a share of the time, or until all wishes are met; the session has what was found.

    Where a plan of it breaks a rule that it does not know, nothing is kept.
    """
    work = _Work(session, share)
    session.stage = "clubs"
    jobs = [partial(work.anneal, n) for n in range(session.limits.workers)]
    # Finishing a plan to be given out on the way takes longer than the search where it is large.
    few = len(session.school.wishes) <= work.params.wishes_given_out
    hear = session.poll if few else session.tell
    session.crew.wait(jobs, hear, lambda: session.crew.stopped)
    work.give(last=True)


class _Work:
    """What the workers share."""

    def __init__(self, session: Session, share: float) -> None:
        self.session, self.school = session, session.school
        self.params = session.limits.params.sectioning
        self.sectioning: Sectioning = make_problem(self.school, self.params)
        weights = self.sectioning.problem.wish["weight"]
        # Of a wish; locks count for more than any.
        self._usual = max(1.0, float(np.median(weights)) if len(weights) else 1.0)
        self._next_give = 0.0
        self._best: State | None = None
        self._given: State | None = None
        self._valid = False
        self._next_check, self._checks = 0.0, 0
        self._lock = threading.Lock()
        self._share = share
        ending = session.limits.params.finish
        self._finish = ending.seconds + ending.seconds_a_student * len(self.school.students)
        self._began = session.allowance.elapsed
        self._seconds = max(0.01, share * (session.allowance.left - self._finish))

    def anneal(self, number: int) -> None:
        """Anneal a timetable of one's own in cycles, each from the best one of this worker."""
        p, session, params = self.sectioning.problem, self.session, self.params
        seed = 1009 * session.limits.seed + number
        state = new_state(p)
        first_timetable(p, state, seed)
        close_small(p, state)
        self._looked(int(state.numbers[LOOKS]))
        best = copy_state(state)
        self._take(best)
        if not len(p.group) or not len(p.wish):
            return  # nothing that could be moved: too few wish for any course
        share, hot = 0.0, params.hot
        for part in params.cycles:
            block, done, until = params.first_block, 0.0, share + part
            while not self._over and done < 1.0:
                heat = self._usual * hot * (params.cold / hot) ** done
                seed += 7919
                began, looks = session.allowance.elapsed, int(state.numbers[LOOKS])
                with session.crew.timed("sectioning"):
                    anneal(p, state, block, heat, seed)
                self._looked(int(state.numbers[LOOKS]) - looks)
                took = max(1e-6, session.allowance.elapsed - began)
                if state.numbers[VALUE] > best.numbers[VALUE]:
                    best = copy_state(state)
                    self._take(best)
                grown = block * min(4.0, params.block_seconds / took)
                block = min(params.most_moves, max(1, int(grown)))
                done = (self._share_gone - share) / part
            share, hot = until, params.hot * params.cooler
            state = copy_state(best)

    def _looked(self, looks: int) -> None:
        """Pay for looks at groups."""
        account = self.session.account
        account.pay(account.rates.look * looks)

    @property
    def _over(self) -> bool:
        session = self.session
        late = self._share_gone >= 1.0 or not session.allowance.left
        return session.crew.stopped or session.done or late or self._refused

    @property
    def _refused(self) -> bool:
        """Whether no plan was accepted for so long that a rule must be at work unknown here."""
        gone, params = self._share_gone, self.params
        enough = gone > params.valid_share and self._checks >= params.checks_enough
        return not self._valid and (enough or gone > params.valid_share_at_most)

    @property
    def _share_gone(self) -> float:
        return (self.session.allowance.elapsed - self._began) / self._seconds

    def _take(self, state: State) -> None:
        """Keep a state if it is the best of all workers, and give it out as a plan."""
        with self._lock:
            if self._best is None or state.numbers[VALUE] > self._best.numbers[VALUE]:
                self._best = state
        if not state.numbers[UNMET] or self.session.allowance.elapsed >= self._next_give:
            self.give()

    def give(self, last: bool = False) -> None:
        """Give the best state to the session as a plan, unless it has it."""
        with self._lock:
            best = self._best
            if best is None or best is self._given:
                return
            account, allowance = self.session.account, self.session.allowance
            started = allowance.elapsed
            sections = sections_of(self.sectioning, best)
            account.pay(account.rates.give * len(self.school.wishes))
            if not self._valid and (last or allowance.elapsed >= self._next_check):
                began = allowance.elapsed
                self._checks += 1
                self._valid = keeps_all_rules(self.school, (sections, ()))
                account.pay(account.rates.check * len(self.school.wishes))
                now = allowance.elapsed
                self._next_check = now + self.params.between_checks * (now - began)
            if self._valid:
                self._given = best
                courses: dict[str, list[str]] = defaultdict(list)
                for section in sections:
                    for student in section.students:
                        courses[student].append(section.course)
                self.session.keep((sections, ()), total_worth(self.school, courses))
            now = allowance.elapsed
            self._next_give = now + self.params.between_checks * (now - started)


def sections_of(sectioning: Sectioning, x: State) -> tuple[Section, ...]:
    """Name the sections of a state, course after course."""
    school, p = sectioning.school, sectioning.problem
    numbers: dict[str, int] = defaultdict(int)
    found = []
    for g, (way, leader, room, count, *_) in enumerate(x.group.tolist()):
        members = x.members[g, :count].tolist()
        if way < 0 or not members:
            continue
        course = school.courses[int(p.group["course"][g])].id
        numbers[course] += 1
        found.append(
            Section(
                id=f"{course}-{numbers[course]}",
                course=course,
                slots=sectioning.offers[way].slots,
                room=school.rooms[room].id,
                staff=(school.teachers[leader].id,),
                students=tuple(sectioning.wishes[u][0] for u in sorted(members)),
            )
        )
    return tuple(found)
