"""Rooms for the sections of a timetable, against every way to give them."""

from itertools import product
from random import Random

from models import School
from optimizer.engine.decomposition.rooms import Placed, place
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import Held, Key, Offer, build_offers
from tests.rules.random_schools import random_school

EFFORT = Effort(20.0, seed=1, deterministic=5.0)
Rooms = dict[Key, Held]


def worth(school: School, found: Rooms, wanted: dict[Key, int]) -> int:
    """Add up: students who have a room count a hundred times, home rooms taken once."""
    return sum(
        100 * min(school.room[room].seats, school.course[key[0]].max_size, wanted[key] + 1)
        - (room in school.home_room_grades)
        for key, held in found.items()
        if key in wanted
        for room in held.rooms
    )


def suits(school: School, key: Key, room: str) -> bool:
    course, there = school.course[key[0]], school.room[room]
    return (
        there.seats >= course.min_size
        and (not course.rooms or room in course.rooms)
        and {*course.room_features} <= {*there.features}
        and all(there.available(slot) for slot in key[1])
    )


def apart(school: School, a: Key, b: Key) -> bool:
    return not any(school.slot[s].overlaps(school.slot[t]) for s in a[1] for t in b[1])


def legal(school: School, chosen: list[tuple[Key, str]]) -> bool:
    """Tell whether rooms suit and nothing else is in one then."""
    return all(suits(school, key, room) for key, room in chosen) and not any(
        room == other and not apart(school, a, b)
        for n, (a, room) in enumerate(chosen)
        for b, other in chosen[:n]
    )


def drawn(random: Random, school: School) -> list[Offer]:
    """Choose some offers of one section each."""
    offers = [o for o in build_offers(school) if not o.copy and o.limit == 1]
    return random.sample(offers, min(4, len(offers)))


def test_as_many_students_as_can_be_have_a_room() -> None:
    closed = given_rooms = compared = 0
    for number in range(120):
        random = Random(f"rooms {number}")
        school = random_school(random)
        offers = drawn(random, school)
        if not offers:
            continue
        *others, first = offers
        given: Rooms = {}
        room = random.choice(school.rooms).id
        if random.random() < 0.5 and others:
            given[first.key] = Held(1, 1, frozenset({room}), frozenset())
            given_rooms += 1
        else:
            others = offers
        wanted = {o.key: random.randint(0, 5) for o in others}
        sections = [Placed(o, ("t1",), wanted[o.key]) for o in others]
        found = place(school, sections, given, Crew(), EFFORT)
        assert found is not None
        assert all(found[key] == held for key, held in given.items())
        chosen = [(key, r) for key, held in found.items() if key in wanted for r in held.rooms]
        stand = [(key, r) for key, held in given.items() for r in held.rooms]
        assert legal(school, chosen)
        assert all(r != s or apart(school, a, b) for a, r in chosen for b, s in stand)
        own = [held for key, held in found.items() if key in wanted]
        assert all(h.least == 0 and h.most == len(h.rooms) == 1 for h in own)
        best = 0
        for rooms in product([None, *school.room], repeat=len(others)):
            pairs = [(o.key, r) for o, r in zip(others, rooms, strict=True) if r is not None]
            free = all(r != s or apart(school, a, b) for a, r in pairs for b, s in stand)
            if free and legal(school, pairs):
                made = {key: Held(0, 1, frozenset({r}), frozenset()) for key, r in pairs}
                best = max(best, worth(school, made, wanted))
        assert worth(school, found, wanted) == best
        compared += best > 0
        closed += len(chosen) < len(others)
    assert min(compared // 3, closed, given_rooms) >= 10, (compared, closed, given_rooms)


def test_sections_of_one_offer_have_rooms_of_their_own_and_staff_together() -> None:
    for number in range(200):
        school = random_school(Random(f"copies {number}"))
        offers = [o for o in build_offers(school) if o.limit > 1 and not o.copy]
        for offer in offers:
            sections = [Placed(offer, (f"x{n}",), 2) for n in range(offer.limit)]
            found = place(school, sections, {}, Crew(), EFFORT)
            assert found is not None
            able = [r.id for r in school.rooms if suits(school, offer.key, r.id)]
            held = found.get(offer.key)
            count = min(len(able), offer.limit)
            assert (0 if held is None else held.most) == count
            if held is not None:
                assert (held.least, len(held.rooms), len(held.staff)) == (0, count, count)
        if offers:
            return
    raise AssertionError("no school with two sections of an offer")
