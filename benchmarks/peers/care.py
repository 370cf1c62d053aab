"""Base care for sections that somebody else made: dealt by a small model, all else pinned."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ortools.sat.python import cp_model

from models import CareGroup, School, Section
from optimizer.engine.finish.extract import extract
from optimizer.rules import Held, Key, Offer, Subproblem, build, build_offers

WORKERS = 2


class Whole(NamedTuple):
    """Sections with the care groups for whoever is in none."""

    sections: tuple[Section, ...]
    care_groups: tuple[CareGroup, ...]


def with_care(school: School, sections: Sequence[Section], seconds: float) -> Whole | None:
    """Deal base care around the sections, by all our rules.

    None where that cannot be done: too few staff or rooms or too little money is left for it, or
    the sections break a rule themselves. Sections that differ in room and staff only may exchange
    students.
    """
    granted = {(student, s.course) for s in sections for student in s.students}
    small = _with_wishes(school, granted)
    held = _held(small, sections)
    if held is None or len(small.wishes) < len(granted):
        return None
    everybody = frozenset(s.id for s in school.students)
    model = build(small, subproblem=Subproblem(frozenset(), everybody, held.offers))
    for (student, index), var in model.seat.items():
        seated = held.seats.get((student, model.offers[index].course))
        model.cp.add(var == (model.offers[index].key == seated))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    made, groups = extract(model, tuple(solver.response_proto.solution))
    if sum(len(s.students) for s in made) < len(granted):
        return None  # some seat is forbidden outright: there was no variable to pin
    return Whole(made, tuple(groups))


def _with_wishes(school: School, granted: set[tuple[str, str]]) -> School:
    """Keep the wishes that were granted; their ranks, which no rule looks at, close up."""
    kept = [
        wish.model_copy(update={"rank": rank})
        for wishes in school.wishes_of.values()
        for rank, wish in enumerate((w for w in wishes if (w.student, w.course) in granted), 1)
    ]
    return school.replaced(wishes=tuple(kept))


@dataclass
class _Pinned:
    """Sections in the model's words."""

    offers: dict[Key, Held]
    seats: dict[tuple[str, str], Key] = field(default_factory=dict)
    """By (student, course): the offer he sits in."""


def _held(school: School, sections: Iterable[Section]) -> _Pinned | None:
    """Find the offer of each section; None where there is none."""
    offers: dict[tuple[str, frozenset[str]], list[Offer]] = defaultdict(list)
    for offer in build_offers(school):
        offers[offer.course, frozenset(offer.slots)].append(offer)
    counts: Counter[Key] = Counter()
    rooms: dict[Key, set[str]] = defaultdict(set)
    staff: dict[Key, set[str]] = defaultdict(set)
    seats: dict[tuple[str, str], Key] = {}
    for section in sections:
        grades = {school.grade_of[s] for s in section.students}
        fitting = [
            o.key
            for o in offers[section.course, frozenset(section.slots)]
            if o.grades.issuperset(grades) and counts[o.key] < o.limit
        ]
        if not fitting:
            return None
        key = fitting[0]
        counts[key] += 1
        rooms[key].add(section.room)
        staff[key] |= set(section.staff)
        seats |= {(student, section.course): key for student in section.students}
    held = {
        key: Held(n, n, frozenset(rooms[key]), frozenset(staff[key])) for key, n in counts.items()
    }
    return _Pinned(held, seats)
