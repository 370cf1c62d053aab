"""Exchanges of seats found by trying them all: slow, and written from the rule alone."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from models import CareGroup, Plan, School, Worth, total_worth, worth
from optimizer.checks import CHECKS
from tests.builders import revised

Moves = tuple[tuple[str, str | None, str | None], ...]
"""Of each student: the section that he leaves, and the one that he comes to."""


def rules_kept(school: School, plan: Plan) -> bool:
    return not any(any(check(school, plan)) for check in CHECKS.values())


def held(school: School, plan: Plan) -> dict[str, dict[str, str]]:
    """Give by student his sections by course."""
    seats: dict[str, dict[str, str]] = {s.id: {} for s in school.students}
    for section in plan.sections:
        for student in section.students:
            seats[student][section.course] = section.id
    return seats


def single_moves(school: School, plan: Plan) -> list[tuple[str, str | None, str | None]]:
    """List everything a student could do with one seat, whatever the rules say."""
    found: list[tuple[str, str | None, str | None]] = []
    pinned = {(x.student, x.course) for x in school.locks if x.kind == "seat" and x.granted}
    for student, seats in held(school, plan).items():
        wished = {w.course for w in school.wishes_of[student]}
        goals = [s.id for s in plan.sections if s.course in wished and s.id not in seats.values()]
        for leaves in (None, *(s for c, s in seats.items() if (student, c) not in pinned)):
            found += [(student, leaves, takes) for takes in goals]
            if leaves is not None:
                found.append((student, leaves, None))
    return found


def chains(school: School, plan: Plan) -> Iterator[Moves]:
    """Give all rings and chains in which nobody and no section is twice."""
    moves = single_moves(school, plan)

    def longer(path: Moves) -> Iterator[Moves]:
        first, end = path[0][1], path[-1][2]
        ring = end is not None and end == first
        if not ring or path[0][0] == min(move[0] for move in path):  # a ring has many beginnings
            yield path
        if end is None or ring:
            return
        for move in moves:
            met = {m[0] for m in path}
            ends = {m[2] for m in path}
            if move[1] == end and move[0] not in met and (move[2] is None or move[2] not in ends):
                yield from longer((*path, move))

    for move in moves:
        yield from longer((move,))


def is_due(school: School, plan: Plan, moves: Moves) -> set[tuple[str, str]]:
    """Give why, and for whose sake, an exchange is due if the rules allow it."""
    before, after = held(school, plan), held(school, plan)
    course = {s.id: s.course for s in plan.sections}
    for student, leaves, takes in moves:
        if leaves is not None:
            del after[student][course[leaves]]
        if takes is not None:
            after[student][course[takes]] = takes
    gain = total_worth(school, after) - total_worth(school, before)
    fewer = lost(school, before) - lost(school, after)
    found = set()
    if gain > Worth():
        found.add(("worth", ""))
        if len(moves) <= 2:
            found.add(("pair", ""))
    if (gain, fewer) < (Worth(), 0):
        return found
    taker = {takes: student for student, _, takes in moves if takes}
    for student, _, takes in moves:
        if not better(school, student, before, after):
            continue
        for why in ("held", "draw"):
            fair = all(
                not better(school, other, after, before)
                or may_lose(school, why, student, (other, leaves), (before, after), course, taker)
                for other, leaves, _ in moves
            )
            mine = lost_by(school, student, before) > lost_by(school, student, after)
            again = mine and takes and (student, course[takes]) in school.held_before
            if fair and (why == "draw" or (again and (gain, fewer) > (Worth(), 0))):
                found.add((why, student))
    return found


def may_lose(
    school: School,
    why: str,
    student: str,
    seat: tuple[str, str | None],
    states: tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]],
    course: dict[str, str],
    taker: dict[str, str],
) -> bool:
    """Tell whether another may be worse off by giving up a seat for the student's sake."""
    other, leaves = seat
    before, after = states
    own = leaves is not None and (other, course[leaves]) in school.held_before
    misses = own and lost_by(school, other, after) > lost_by(school, other, before)
    if misses and leaves is not None:
        heir = taker.get(leaves)
        if heir is None or (heir, course[leaves]) not in school.held_before:
            return False
    numbers = school.lottery_numbers
    later = numbers[other] > numbers[student] or (why == "held" and not misses)
    return later and school.factor(other) <= school.factor(student)


def better(
    school: School,
    student: str,
    before: dict[str, dict[str, str]],
    after: dict[str, dict[str, str]],
) -> bool:
    """Tell whether a student would rather have what he has after than what he had before."""
    rank = {w.course: w.rank for w in school.wishes_of[student]}

    def key(seats: dict[str, str]) -> tuple[Worth, int, int]:
        return worth(school, student, seats), len(seats), -sum(rank[c] for c in seats)

    return key(after[student]) > key(before[student])


def lost(school: School, seats: dict[str, dict[str, str]]) -> int:
    return sum(lost_by(school, student, seats) for student in seats)


def lost_by(school: School, student: str, seats: dict[str, dict[str, str]]) -> int:
    """Count the courses of before that a student wants and has to do without."""
    own, count = seats[student], 0
    for wish in school.wishes_of[student]:
        if (student, wish.course) in school.held_before and wish.course not in own:
            ranked = [w for w in school.wishes_of[student] if w.course in own]
            better_ranked = [w for w in ranked if w.rank < wish.rank]
            count += len(better_ranked) < school.student[student].max_clubs
    return count


def made(school: School, plan: Plan, moves: Moves) -> Iterator[Plan]:
    """Give the plan after an exchange; who comes back to care is wherever he could be."""
    changed = {s.id: list(s.students) for s in plan.sections}
    for student, leaves, takes in moves:
        if leaves is not None:
            changed[leaves].remove(student)
        if takes is not None:
            changed[takes].append(student)
    sections = [revised(s, students=tuple(changed[s.id])) for s in plan.sections]
    busy = {(s, slot) for group in sections for s in group.students for slot in group.slots}
    groups = [
        revised(g, students=tuple(s for s in g.students if (s, g.slot) not in busy))
        for g in plan.care_groups
    ]
    placed = {(s, g.slot) for g in groups for s in g.students} | busy
    at: dict[str, list[CareGroup]] = defaultdict(list)
    for group in groups:
        at[group.slot].append(group)
    homeless = [
        (s.id, slot) for s in school.students for slot in s.stay_slots if (s.id, slot) not in placed
    ]
    for places in product(*(at[slot] for _, slot in homeless)):
        joins: dict[str, list[str]] = defaultdict(list)
        for (student, _), group in zip(homeless, places, strict=True):
            joins[group.id].append(student)
        final = [revised(g, students=(*g.students, *joins[g.id])) for g in groups]
        kept = tuple(g for g in final if g.students)
        yield revised(plan, sections=tuple(sections), care_groups=kept)


def all_due(school: School, plan: Plan) -> set[tuple[str, str]]:
    """Give why and for whose sake exchanges are due, by trying every one of them."""
    found: set[tuple[str, str]] = set()
    for moves in chains(school, plan):
        new = is_due(school, plan, moves) - found
        if new and any(rules_kept(school, after) for after in made(school, plan, moves)):
            found |= new
    return found
