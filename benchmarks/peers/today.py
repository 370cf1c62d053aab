"""What schools do today: a timetable by rule of thumb, then first come first served, or by lot.

Sections that stay below their minimum do not open, and everybody chooses again among the others, as
schools do after the first round. If there is then no base care for those left over, the sections
with the fewest students are given up, a few at a time, until there is.
"""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from time import monotonic

from benchmarks.peers.answer import Answer, Task
from benchmarks.peers.care import with_care
from benchmarks.peers.timetable import rule_of_thumb
from models import School, Section, Wish
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.finish.finish import can_take

CARE_SECONDS = 10.0
ROUNDS = 50
"""Sections are given up in at most about so many rounds."""

Order = Callable[[School, Random], Iterable[Wish]]
"""In which order wishes are looked at; each is granted if it can be."""


def first_come(task: Task) -> Answer:
    """Seat whoever comes first with all he wishes for, as far as there is room."""

    def order(school: School, random: Random) -> Iterator[Wish]:
        for student in random.sample(school.students, len(school.students)):
            yield from school.wishes_of[student.id]

    return _plan(task, order)


def draw_by_rank(task: Task) -> Answer:
    """Draw lots among all first choices, then among all second choices, and so on."""

    def order(school: School, random: Random) -> Iterator[Wish]:
        lots = random.sample(school.wishes, len(school.wishes))
        yield from sorted(lots, key=lambda wish: wish.rank)

    return _plan(task, order)


def _plan(task: Task, order: Order) -> Answer:
    start = task.start()
    school = task.school
    sections, given_up = rule_of_thumb(school), 0
    batch = 1 + len(sections) // ROUNDS
    while True:
        sections = _seated(school, sections, order(school, Random(task.seed)))
        whole = with_care(school, sections, CARE_SECONDS)
        late = monotonic() - start > task.seconds
        if whole is not None or not sections or late:
            break
        sections.sort(key=lambda section: -len(section.students))
        sections = sections[:-batch]
        given_up += batch
    note = f"{len(sections)} sections, {given_up} given up for base care"
    if whole is None:
        return Answer(seconds=monotonic() - start, note=f"no base care: {note}")
    return Answer(
        sections=whole.sections,
        care_groups=whole.care_groups,
        seconds=monotonic() - start,
        note=note,
    )


def _seated(school: School, sections: list[Section], wishes: Iterable[Wish]) -> list[Section]:
    """Grant wishes in this order; close what stays too small and begin again."""
    wishes = list(wishes)
    while True:
        draft = DraftPlan(
            school, {s.id: s.model_copy(update={"students": ()}) for s in sections}, {}
        )
        own: dict[str, list[str]] = {c.id: [] for c in school.courses}
        for section in sections:
            own[section.course].append(section.id)
        for wish in wishes:
            if not draft.locked(wish.student, wish.course):
                fitting = (s for s in own[wish.course] if can_take(draft, wish, s))
                section_id = next(fitting, None)
                if section_id is not None:
                    draft.join(wish.student, section_id)
        seated, _ = draft.result()
        kept = [s for s in seated if len(s.students) >= school.course[s.course].min_size]
        if len(kept) == len(sections):
            return kept
        sections = kept
