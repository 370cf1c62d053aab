"""What every check shares: the finding, and how people, places and times are written in it."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from models import (
    CareGroup,
    Course,
    Family,
    Lang,
    Plan,
    PolicyItem,
    Room,
    School,
    Section,
    Slot,
    Text,
    called,
    clock,
    listed,
    weekday_text,
)

FindingFamily = Literal[Family, "form", "claims"]

_SLOT = Text("{day} {start}-{end}", "{day} {start}-{end}")
_NAMED = Text("{id} {name}", "{id} {name}")
_SECTION = Text("社团班 {id}（{course}，{slots}）", "section {id} ({course}, {slots})")
_CARE = Text("托管组 {id}（{slot}）", "care group {id} ({slot})")
_AND_MORE = Text("{ids} 等 {count} 人", "{ids} and others, {count} in all")
BY_POLICY = Text("（依据：{source}）", " (source: {source})")
_MOST_IDS = 5


class Finding(NamedTuple):
    """One thing wrong with a plan: the rule family it breaks, and a sentence about it.

    Students appear in it by id only: findings end up in logs.
    """

    family: FindingFamily
    text: Text

    def say(self, lang: Lang) -> str:
        """Give the sentence in one language."""
        return self.text.say(lang)


def slot_text(slot: Slot) -> Text:
    """Write a slot as people do, e.g. ``Tue 16:30-17:10``."""
    return _SLOT.fill(
        day=weekday_text(slot.weekday),
        start=clock(slot.start_minute),
        end=clock(slot.end_minute),
    )


def join_texts(parts: Iterable[Text]) -> Text:
    """Join texts to a list; an empty one is a dash."""
    joined = listed(parts)
    return joined if joined.en else Text("-", "-")


def join_ids(ids: Iterable[object]) -> Text:
    """Join ids or numbers to a list."""
    return join_texts(Text(str(i), str(i)) for i in ids)


def slots_text(school: School, ids: Iterable[str]) -> Text:
    """Write several slots in the order of the week."""
    slots = sorted((school.slot[i] for i in ids), key=lambda s: (s.weekday, s.start_minute, s.id))
    return join_texts(slot_text(slot) for slot in slots)


def named(thing: Course | Room) -> Text:
    """Write a course or room with id and name; the id alone where it has no name of its own."""
    name = called(thing)
    return Text(name, name) if name == thing.id else _NAMED.fill(id=thing.id, name=name)


def section_text(school: School, section: Section) -> Text:
    """Write a section with its course and its times."""
    return _SECTION.fill(
        id=section.id,
        course=named(school.course[section.course]),
        slots=slots_text(school, section.slots),
    )


def care_text(school: School, group: CareGroup) -> Text:
    """Write a care group with its time."""
    return _CARE.fill(id=group.id, slot=slot_text(school.slot[group.slot]))


def students_text(ids: Sequence[str]) -> Text:
    """List student ids, the first few of them where they are many."""
    if len(ids) <= _MOST_IDS:
        return join_ids(ids)
    return _AND_MORE.fill(ids=join_ids(ids[:_MOST_IDS]), count=len(ids))


def seats_of(school: School, plan: Plan) -> dict[str, list[Section]]:
    """Give each student's sections; every student has an entry."""
    seats: dict[str, list[Section]] = {s.id: [] for s in school.students}
    for section in plan.sections:
        for student in section.students:
            seats[student].append(section)
    return seats


def care_of(school: School, plan: Plan) -> dict[str, list[CareGroup]]:
    """Give each student's care groups; every student has an entry."""
    care: dict[str, list[CareGroup]] = {s.id: [] for s in school.students}
    for group in plan.care_groups:
        for student in group.students:
            care[student].append(group)
    return care


def grades_in(school: School, group: Section | CareGroup) -> list[int]:
    """Give the grades of the students in a group, in order, each once."""
    return sorted({school.grade_of[s] for s in group.students})


def by_policy(school: School, item: PolicyItem, student: str) -> Text:
    """Name the clauses that ask a student for what is broken; nothing where none does."""
    clauses = school.clauses(item, school.grade_of[student])
    sources = dict.fromkeys(clause.source for clause in clauses)
    return BY_POLICY.fill(source=join_ids(sources)) if sources else Text("", "")
