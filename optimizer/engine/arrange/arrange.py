"""The steps of the last stage, and what it may cost."""

from random import Random

from models import CareGroup, School
from optimizer.engine.arrange.duties import Duties, Groups
from optimizer.engine.arrange.groups import Seats, regroup
from optimizer.engine.arrange.rooms import assign_rooms
from optimizer.engine.arrange.score import class_order, faults
from optimizer.engine.arrange.work import Work
from optimizer.engine.finish import Found

ROUNDS = 2
"""Times that rooms and groups are gone through, each in view of the other."""
ROOMS_SHARE, GROUPS_SHARE, STAFF_SHARE, PIECE_SHARE = 0.15, 0.35, 0.02, 0.06
"""Shares of the stage that may be taken by the rooms and by the groups of all slots together, in a
round, by the staff of one slot's groups, and by one piece of the duties."""
PIECE = 1000
"""Groups times people that may be decided at once."""
GIVE_UP = 12
"""Pieces without anything better after which duties are left as they are."""
SHARE, SECONDS, SECONDS_A_STUDENT = 0.1, 0.5, 0.004
"""Share of the limit that the stage may take, and what it needs."""


def seconds_for(school: School, limit: float) -> float:
    """Give the seconds that are to be kept for the stage."""
    return min(SHARE * limit, SECONDS + SECONDS_A_STUDENT * len(school.students))


def arrange(school: School, found: Found, work: Work) -> Found:
    """Arrange rooms and base care; give what was there before where nothing better is found."""
    best, least = found, faults(school, found)
    duties = Duties(school, found[0])
    looked_at: dict[str, tuple[str, ...]] = {}
    for _ in range(ROUNDS):
        if work.done:
            break
        placed = assign_rooms(school, best, work, ROOMS_SHARE)
        attempt = _regroup(duties, placed or best, looked_at, work)
        if faults(school, attempt) >= least:
            break
        best, least = attempt, faults(school, attempt)
    attempt = _share_out(duties, best, work)
    return attempt if faults(school, attempt) < least else best


def _regroup(
    duties: Duties, found: Found, looked_at: dict[str, tuple[str, ...]], work: Work
) -> Found:
    """Group the children of each slot anew; a slot without a better answer stays as it is.

    A slot is not looked at again with the same rooms free.
    """
    school, (sections, groups) = duties.school, found
    by_slot: dict[str, list[CareGroup]] = {s.id: [] for s in school.slots}
    for group in groups:
        by_slot[group.slot].append(group)
    slots = [slot for slot, here in by_slot.items() if here]
    for slot in slots:
        if work.done:
            break
        now = by_slot[slot]
        at_once = duties.at_once[slot]
        taken = {s.room for s in sections if not at_once.isdisjoint(s.slots)}
        taken |= {g.room for other in at_once - {slot} for g in by_slot[other]}
        free = [room for room in school.rooms if room.id not in taken]
        ids = tuple(room.id for room in free)
        if looked_at.get(slot) == ids:
            continue
        looked_at[slot] = ids
        others = [g for other, here in by_slot.items() if other != slot for g in here]
        usual = {(name, group.room) for group in others for name in duties.classes(group)}
        seats = regroup(school, now, free, usual, work, GROUPS_SHARE / len(slots))
        new = None if seats is None else _with_staff(duties, others, now, seats, work)
        if new is not None and faults(school, ((), new)) < faults(school, ((), tuple(now))):
            by_slot[slot] = list(new)
    return sections, tuple(g for here in by_slot.values() for g in here)


def _with_staff(
    duties: Duties, others: list[CareGroup], now: list[CareGroup], seats: Seats, work: Work
) -> tuple[CareGroup, ...] | None:
    """Make the groups of a slot with those who are there already; None if that cannot be."""
    before = [(group.slot, person) for group in now for person in group.staff]
    new = {g.id: g for g in _named(duties.school, now[0].slot, seats)}
    groups = {g.id: g for g in others} | new
    people = {person for _, person in before}
    decided = duties.decide(groups, new, before, people, work, STAFF_SHARE)
    return None if decided is None else tuple(decided[name] for name in new)


def _named(school: School, slot: str, seats: Seats) -> list[CareGroup]:
    """Name the groups of a slot in the order of their classes."""
    order = {s.id: n for n, s in enumerate(school.students)}
    rooms = sorted(seats, key=lambda r: min(class_order(school, name) for name in seats[r]))
    return [
        CareGroup(
            id=f"{slot}-care-{number}",
            slot=slot,
            room=room,
            staff=(),
            students=tuple(
                sorted((s for mates in seats[room].values() for s in mates), key=order.__getitem__)
            ),
        )
        for number, room in enumerate(rooms, start=1)
    ]


def _share_out(duties: Duties, found: Found, work: Work) -> Found:
    """Share the duties out anew, some classes' at a time, the others as they are."""
    school, sections = duties.school, found[0]
    groups: Groups = {g.id: g for g in found[1]}
    random, failures = Random(work.seed), 0
    least = faults(school, found)
    while groups and not work.done and failures < GIVE_UP:
        free, people = _piece(duties, groups, random)
        before = [(groups[g].slot, person) for g in free for person in groups[g].staff]
        attempt = duties.decide(groups, free, before, people, work, PIECE_SHARE)
        failures += 1
        if attempt is not None:
            count = faults(school, (sections, tuple(attempt.values())))
            if count < least:
                groups, least, failures = attempt, count, 0
        if len(free) == len(groups) and failures:
            break
    return sections, tuple(groups.values())


def _piece(duties: Duties, groups: Groups, random: Random) -> tuple[list[str], set[str]]:
    """Take the groups of some classes, as many as can be decided at once, and who may have them.

    These are whoever has them now and the classes' homeroom teachers.
    """
    home = duties.school.home_class
    of_class: dict[str, list[str]] = {}
    for group in groups.values():
        for name in duties.classes(group):
            of_class.setdefault(name, []).append(group.id)
    chosen: set[str] = set()
    people: set[str] = set()
    for name in random.sample(list(of_class), len(of_class)):
        more = {person for group in of_class[name] for person in groups[group].staff}
        more |= {t for t in (home[name].homeroom_teacher,) if t is not None}
        if chosen and len(chosen | {*of_class[name]}) * len(people | more) > PIECE:
            break
        chosen |= {*of_class[name]}
        people |= more
    return [group for group in groups if group in chosen], people
