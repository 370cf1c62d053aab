"""Ways to break one clause of a regime in its school and plan, and what is said of each.

A mutant is a school and a plan in which one thing was changed so that one clause is broken. The
generators make them out of the clauses themselves, for every clause in force and every place of
the plan where it can be broken; what refuses them is whatever a user would meet: the school's
validation or ``verify`` of the plan.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from models import Clause, Plan, PolicyItem, School, SchoolError, Text
from optimizer.checks import verify
from tests.builders import restated

State = tuple[School, Plan]


class Mutant(NamedTuple):
    """One way to break a clause."""

    item: PolicyItem
    name: str
    """What was changed, in words that find the place."""
    clauses: tuple[Clause, ...]
    """What it breaks; any of them may be named. Empty where the document merely permits nothing."""
    make: Callable[[], State]
    """Makes the changed school and plan; raises SchoolError where no such school can be."""


Generator = Callable[[School, Plan], Iterator[Mutant]]


class Refusal(NamedTuple):
    """Who refuses a mutant, and in which words."""

    families: frozenset[str]
    """Families of the checks that find something; ``school`` where validation does."""
    texts: tuple[Text, ...]

    def names(self, clauses: tuple[Clause, ...]) -> bool:
        """Tell whether a broken clause is named by its source, in both languages."""
        sources = {clause.source for clause in clauses}
        return not clauses or any(s in t.zh and s in t.en for s in sources for t in self.texts)

    def only(self, school: School, clauses: tuple[Clause, ...]) -> bool:
        """Tell whether nothing else is said to be broken: no other family, no other source."""
        sources = {clause.source for clause in clauses}
        others = {clause.source for clause in school.rules.clauses} - sources
        said = [text.en for text in self.texts]
        return len(self.families) == 1 and not any(other in t for other in others for t in said)


def refusal(mutant: Mutant) -> Refusal:
    """Say what a user is told of a mutant; no texts where it passes."""
    try:
        school, plan = mutant.make()
    except SchoolError as error:
        wrong = [problem.text for problem in error.problems if problem.severity == "error"]
        return Refusal(frozenset({"school"}), tuple(wrong))
    found = [f for f in verify(school, restated(school, plan)) if f.family != "claims"]
    return Refusal(frozenset(f.family for f in found), tuple(f.text for f in found))


def slots_by_day(school: School, grade: int, *, evening: bool = False) -> dict[int, list[str]]:
    """Give the ids of a grade's slots by weekday, in the order of the clock."""
    days: dict[int, list[str]] = {}
    for slot in sorted(school.slots, key=lambda s: (s.weekday, s.start_minute)):
        if slot.admits_grade(grade) and slot.evening_study == evening:
            days.setdefault(slot.weekday, []).append(slot.id)
    return days


def present(school: School, plan: Plan, grade: int) -> frozenset[str]:
    """Give the slots at which children of a grade are in the plan."""
    groups = [*((s.slots, s.students) for s in plan.sections)]
    groups += [((g.slot,), g.students) for g in plan.care_groups]
    return frozenset(
        slot
        for slots, students in groups
        for slot in slots
        if any(school.grade_of[s] == grade for s in students)
    )
