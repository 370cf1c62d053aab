"""Seats, care groups and supervisors on a given timetable.

The model of the school with just these sections is nearly a linear program. (1) Its relaxation says
how many wait in base care at each slot and grade; (2) whole groups for about so many are chosen
(``care``), and where places are missing the relaxation is solved anew with just these groups, or
where that cannot be with more places to spare; (3) whoever has whole seats in the relaxation keeps
them, and what is left, some dozens of students with all of base care, is solved exactly by CP-SAT.
Sections that the relaxation leaves half open may close.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from math import ceil, floor
from random import Random
from typing import NamedTuple

import numpy as np

from models import School, Worth
from optimizer.engine.decomposition.care_groups import Groups, whole_groups, with_whole_groups
from optimizer.engine.lns.repair import Terms, less_overspent, repair
from optimizer.engine.lp.from_cpsat import relaxation
from optimizer.engine.lp.highs import BARRIER, SIMPLEX, WHOLE, Floats, LpProcess, LpSolution
from optimizer.engine.objective import objective, weighed
from optimizer.engine.params import DEFAULTS, RoundingParams
from optimizer.engine.solution import Candidate, CareName, Solution
from optimizer.engine.solver import Effort
from optimizer.rules import Held, Key, Subproblem, build
from optimizer.rules.relaxation import Lp

INTEGRALITY = 1e-5
"""How near to a whole number counts as whole."""


class Spare(NamedTuple):
    """Places in base care beyond those needed: everywhere, and where more, by slot and grade."""

    usual: int
    more: Mapping[tuple[str, int], int] = {}


class Rounding:
    """Seats students on one timetable.

    Parameters
    ----------
    held
        The sections that may open.
    effort
        What a CP-SAT run of at most so many seconds may cost.
    spare
        Places in base care to have at first beyond those needed.
    penalty
        Points for each part of a purse that is spent beyond it; None: nothing may be.
    """

    def __init__(  # noqa: PLR0913 -- what is given, and how it is searched
        self,
        school: School,
        held: Mapping[Key, Held],
        process: LpProcess,
        effort: Callable[[float], Effort],
        random: Random,
        spare: Spare,
        *,
        penalty: int | None = None,
        params: RoundingParams = DEFAULTS.rounding,
    ) -> None:
        self.params = params
        self.school, self.held, self.process = school, held, process
        self.crew = process.crew
        self.effort, self.random = effort, random
        self.penalty = penalty
        everyone = frozenset(s.id for s in school.students)
        self.model = build(
            school,
            subproblem=Subproblem(students=everyone, held=held, may_overspend=penalty is not None),
        )
        points = objective(self.model).weighted
        self.model.cp.maximize(less_overspent(self.model, points, penalty or 0))
        self.lp, self.rows = relaxation(self.model.cp)
        self.spared = Counter[tuple[str, int]]()
        self.busy = {
            (slot, school.grade_of[student])
            for student, index in self.model.seat
            for slot in self.model.offers[index].slots
        }.intersection(self.model.care_row)
        is_small = len(self.model.seat) <= params.joint_seats
        self.bare = self._with_whole_groups() if is_small and penalty is None else None
        """With nothing to spare, for whole groups to be chosen together with the seats."""
        for key in self.busy:
            self._spare(key, max(spare.usual, spare.more.get(key, 0)))

    def _with_whole_groups(self) -> Lp:
        """Give the relaxation with what follows of groups being whole."""
        return with_whole_groups(self.lp, self.model, self.school, self.spared)

    def seat(self, best: Worth) -> Candidate | None:
        """Give a whole plan; None where none was found in time or none is likely to be better."""
        beat = weighed(self.school, best)
        found = None if self.bare is None else self._jointly(self.bare, best)
        if found is not None or self.crew.stopped:
            return found
        if self.penalty is None:
            self._save(self.params.saved_share)
        for attempt in range(self.params.tries):
            solution = self._solve(self._with_whole_groups())
            if solution is None and not attempt and any(self.spared.values()):
                for key in self.busy:  # not even relaxed is there so much to spare
                    self._spare(key, -self.spared[key])
                solution = self._solve(self._with_whole_groups())
            if solution is None or solution.objective <= beat:
                return None
            with self.crew.timed("care_groups"):
                groups = self._whole_groups(solution)
            if groups is None:  # no time: perhaps all at once
                return self._round(solution.values, {})
            short = Counter[tuple[str, int]]()
            if any(groups.missing.values()):
                solution, short = self._fitted(groups)
            if solution is not None and not short and self._points(solution.values) > beat:
                found = self._round(solution.values, groups.care)
                if found is not None or self.crew.stopped:
                    return found
            self._keep_more(attempt, short or groups.missing, only=bool(short))
        return None

    def _keep_more(
        self, attempt: int, missing: Mapping[tuple[str, int], int], *, only: bool
    ) -> None:
        """Have more to spare with the next try: of the purse, and of places, perhaps only there."""
        size = self.school.settings.base_care.max_size
        if self.penalty is None:
            self._save(self.params.more_saved, ceil(sum(missing.values()) / size))
        for key in self.busy:
            if not only or missing.get(key, 0):
                self._spare(key, 1 + attempt + missing.get(key, 0))

    def _fitted(self, groups: Groups) -> tuple[LpSolution | None, Counter[tuple[str, int]]]:
        """Seat anew with just these groups; give also for how many they have no place even so.

        Whoever lacks a place costs more than any seat is worth; what is to spare may be used up.
        """
        lp, columns, dear = self._within(groups), {}, self.params.place_times * max(self.lp.gain)
        for key in self.busy:
            row = self.rows[self.model.care_row[key]]
            columns[key] = lp.column(lp.high[row] or 0, -round(dear))
            lp.put(row, columns[key])
        solution = self._solve(lp)
        short = Counter[tuple[str, int]]()
        if solution is not None:
            for key, column in columns.items():
                spare = min(self.spared[key], self.params.least_spare)
                short[key] = ceil(solution.values[column] - spare - INTEGRALITY)
        return solution, +short

    def _jointly(self, lp: Lp, best: Worth) -> Candidate | None:
        """Choose groups and sections with the seats, where these relaxed are better than a plan."""
        relaxed = self._solve(lp)
        if relaxed is None or relaxed.objective <= weighed(self.school, best):
            return None
        return self.seat_whole(best, self.params.joint_seconds, lp, staff=False)

    def seat_whole(
        self, best: Worth, seconds: float, lp: Lp | None = None, *, staff: bool = True
    ) -> Candidate | None:
        """Give a whole plan: groups and sections in whole numbers at once, perhaps staff as well.

        Nothing is kept to spare then. What a fraction of a group would save buys nothing, and the
        purse is used to the last fen. None where nothing was found in so many seconds, or nothing
        better.
        """
        model = self.model
        whole = [*model.care_groups.values(), *model.opened]
        if staff:
            whole += model.lead.values()
        solution = self.process.solve(
            self._with_whole_groups() if lp is None else lp,
            self.effort(seconds),
            WHOLE,
            [var.index for var in whole],
        )
        if solution is None:
            return None
        if self.penalty is None and solution.objective <= weighed(self.school, best):
            return None
        care: dict[CareName, int] = {
            ("groups", *name): round(solution.values[var.index])
            for name, var in model.care_groups.items()
        }
        return self._round(solution.values, care)

    def _points(self, values: Floats) -> float:
        """Give what relaxed seats are worth."""
        gain = np.array(self.lp.gain, float)
        return float(gain @ values[: len(gain)])

    def _solve(self, lp: Lp) -> LpSolution | None:
        method = SIMPLEX if len(self.model.seat) < self.params.many_seats else BARRIER
        with self.crew.timed("relaxation"):
            return self.process.solve(lp, self.effort(1e9), method)

    def _within(self, groups: Groups) -> Lp:
        """Give the relaxation with just these groups: whoever lacks a place there takes seats."""
        lp = self.lp.copy()
        for name, var in self.model.care_groups.items():
            lp.lower[var.index] = lp.upper[var.index] = groups.care.get(("groups", *name), 0)
        for key in self.busy:
            row = self.rows[self.model.care_row[key]]
            fewer = self.spared[key] - min(self.spared[key], self.params.least_spare)
            lp.low[row] = lp.high[row] = (lp.high[row] or 0) - fewer
        return lp

    def _save(self, share: float, groups: int = 0) -> None:
        """Leave so much more of each purse, as a share and as the usual pay for so many groups.

        Sections half open are paid in full in the end.
        """
        duties = {var.index for var in self.model.supervise.values()}
        staff = groups * self.school.settings.base_care.staff_needed
        for constraint in self.model.budget_rows:
            row = self.rows[constraint]
            pay = [
                self.lp.coefficients[n] for n in self._entries(row) if self.lp.columns[n] in duties
            ]
            usual = sum(pay) / max(1, len(pay))
            high = self.lp.high[row] or 0
            self.lp.high[row] = high - round(share * max(0, high) + staff * usual)

    def _entries(self, row: int) -> list[int]:
        return [n for n, other in enumerate(self.lp.rows) if other == row]

    def _spare(self, key: tuple[str, int], places: int) -> None:
        """Have so many more places in base care at a slot and grade than are needed."""
        self.spared[key] += places
        row = self.rows[self.model.care_row[key]]
        self.lp.low[row] = self.lp.high[row] = (self.lp.high[row] or 0) + places
        for (slot, grade, _), share in self.model.care_share.items():
            if (slot, grade) == key:
                self.lp.upper[share.index] += places

    def _whole_groups(self, solution: LpSolution) -> Groups | None:
        """Choose whole care groups for about so many as wait in the relaxation."""
        school, model, values = self.school, self.model, solution.values
        takers = Counter[Key]()
        waiting = Counter[tuple[str, int]](
            (slot, school.grade_of[student.id]) for student, slot in model.stays()
        )
        inside: dict[tuple[str, int], float] = {}
        for (student, index), var in model.seat.items():
            share, offer = values[var.index], model.offers[index]
            if share > INTEGRALITY:
                takers[offer.key] += share
                grade = school.grade_of[student]
                for slot in offer.slots:
                    if slot in school.student[student].stay_slots:
                        inside[slot, grade] = inside.get((slot, grade), 0) + share
        taken, seats = self._as_taken(takers)
        left = {
            key: ceil(count - inside.get(key, 0.0) - INTEGRALITY) for key, count in waiting.items()
        }
        subproblem = replace(taken.subproblem((), ()), seats=seats, waiting=left, may_miss=True)
        price = {
            key: max(0.0, -float(solution.duals[self.rows[row]]))
            for key, row in model.care_row.items()
        }
        return whole_groups(
            school,
            subproblem,
            price,
            self.process,
            self.effort(self.params.groups_seconds),
            may_overspend=self.penalty is not None,
        )

    def _as_taken(self, takers: Mapping[Key, float]) -> tuple[Solution, dict[Key, int]]:
        """Give the sections that so many takers need, and seats in them, in whole numbers."""
        school, solution = self.school, Solution(self.school)
        seats: dict[Key, int] = {}
        for key, held in self.held.items():
            course, takes = school.course[key[0]], takers.get(key, 0.0)
            count = min(held.most, ceil(takes / course.max_size - 0.01))
            if takes > 0.5 and count:
                solution.held[key] = replace(held, least=count, most=count)
                there = sorted(min(course.max_size, school.room[r].seats) for r in held.rooms)
                least, most = course.min_size * count, sum(there[-count:])
                seats[key] = min(most, max(least, round(takes)))
        return solution, seats

    def _round(self, values: Floats, care: dict[CareName, int]) -> Candidate | None:
        """Round relaxed seats to a whole plan."""
        solution, loose = self._rounded(values)
        others = [s.id for s in self.school.students if s.id not in loose]
        self.random.shuffle(others)
        seconds = self.params.seats_seconds
        for count in (self.params.others_first, self.params.others_next):
            free, effort = loose.union(others[:count]), partial(self.effort, seconds)
            terms = Terms(care, self.penalty)
            with self.crew.timed("seats"):
                found = repair(solution, (), free, self.crew, effort, terms=terms)
            if found is not None or self.crew.stopped:
                return found
        return None

    def _rounded(self, values: Floats) -> tuple[Solution, set[str]]:
        """Give what is whole in the relaxation as a plan, and the students who are not."""
        model = self.model
        held: dict[Key, Held] = {}
        for offer, var in zip(model.offers, model.opened, strict=True):
            stands, count = self.held[offer.key], values[var.index]
            most = ceil(count - INTEGRALITY)
            if most:
                held[offer.key] = replace(stands, least=floor(count + INTEGRALITY), most=most)
        seats: dict[str, set[Key]] = {}
        loose: set[str] = set()
        for (student, index), var in model.seat.items():
            share, key = values[var.index], model.offers[index].key
            if share > 1 - INTEGRALITY:
                seats.setdefault(student, set()).add(key)
                if held[key].least < held[key].most:
                    loose.add(student)
            elif share > INTEGRALITY:
                loose.add(student)
        for student in loose:
            seats.pop(student, None)
        whole = {student: frozenset(keys) for student, keys in seats.items()}
        return Solution(self.school, held, whole), loose
