"""What people cost who are paid by the session: one a date, whatever they do on it.

A person's duties of one weekday are paid together, so that what they cost is no sum over them. The
variables here say which of his slots a person is at: one of them, whichever, where all cost the
same; else (a session of own staff straddles the clock from which work is overtime, or is capped by
its periods) just which. Only
linear constraints are added: the relaxation of the model then bounds pay as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from models import Cost, PayUnit, School, Teacher
from optimizer.ledger.tariffs import pay_costs
from optimizer.rules.context import total

Priced = tuple[cp_model.LinearExprT, dict[Cost, int]]
"""Something that is 0 or more, and what each unit of it costs over the term, in fen by kind."""
Duty = tuple[str, Sequence[str], cp_model.LinearExprT]
"""A person, the slots of a duty, and how often he has it: a variable or a number."""


def priced(
    cp: cp_model.CpModel, school: School, duties: Iterable[Duty], at_once: int = 1
) -> Iterator[Priced]:
    """Give what duties cost together, making variables for who is paid by the session.

    Parameters
    ----------
    at_once
        How many duties a person may have at one slot; of more than one the relaxation says little.
    """
    days: dict[tuple[str, int], dict[str, list[cp_model.LinearExprT]]] = {}
    for who, slots, duty in duties:
        person = school.teacher[who]
        if person.pay_unit is not PayUnit.SESSION:
            yield duty, pay_costs(school, slots, person)
        elif person.pay_fen or person.overtime_pay_fen:
            for slot in slots:
                day = days.setdefault((who, school.slot[slot].weekday), {})
                day.setdefault(slot, []).append(duty)
    for (who, weekday), there in days.items():
        name = f"session[{who},{weekday}"
        yield from _Day(cp, school, school.teacher[who], name, at_once).priced(there)


class _Day:
    """What one person does on one weekday."""

    def __init__(
        self, cp: cp_model.CpModel, school: School, person: Teacher, name: str, at_once: int
    ) -> None:
        self.cp, self.school, self.person = cp, school, person
        self.name, self.at_once = name, at_once

    def priced(self, there: Mapping[str, Sequence[cp_model.LinearExprT]]) -> Iterator[Priced]:
        costs = {slot: pay_costs(self.school, (slot,), self.person) for slot in there}
        first = next(iter(costs.values()))
        together = pay_costs(self.school, tuple(there), self.person)
        if all(cost == first for cost in (*costs.values(), together)):
            yield self._any(list(there.values()), f"{self.name}]"), first
            return
        busy = {slot: self._any([at], f"{self.name},{slot}]") for slot, at in there.items()}
        just: dict[str, list[cp_model.LinearExprT]] = {slot: [] for slot in busy}
        every = []
        for slots in self._sets(sorted(busy)):
            var = self.cp.new_bool_var(f"{self.name},{'+'.join(slots)}]")
            every.append(var)
            for slot in slots:
                just[slot].append(var)
            yield var, pay_costs(self.school, slots, self.person)
        self.cp.add(total(every) <= 1)
        for slot, at in just.items():
            self.cp.add(total(at) == busy[slot])

    def _any(self, at: Sequence[Sequence[cp_model.LinearExprT]], name: str) -> cp_model.LinearExpr:
        """Give what is 1 if he has any of the duties, which are sorted by slot."""
        every = total(duty for duties in at for duty in duties)
        if len(at) == 1 and self.at_once == 1:
            return every
        some = self.cp.new_bool_var(name)
        for duties in at:
            self.cp.add(total(duties) <= self.at_once * some)
        self.cp.add(some <= every)
        return some

    def _sets(self, slots: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Give the sets of slots at which one person can be on a date."""
        for size in range(1, len(slots) + 1):
            for chosen in combinations(slots, size):
                times = [self.school.slot[slot] for slot in chosen]
                if self.at_once > 1 or not any(a.overlaps(b) for a, b in combinations(times, 2)):
                    yield chosen
