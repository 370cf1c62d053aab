"""Staff, rooms and money in the linear program."""

from collections import defaultdict
from collections.abc import Iterator

from models import Cost, PayUnit
from optimizer.ledger.tariffs import budget_limits, least_session, pay_costs
from optimizer.rules import rooms, staffing
from optimizer.rules.content import provider_barred
from optimizer.rules.relaxation.relaxation import Relaxation


def add_staff(r: Relaxation) -> None:
    """Add supervisors, and what one person can do at a moment, a day and a week."""
    if not r.keeps("staffing"):
        return
    school, lp = r.school, r.lp
    needed = school.settings.base_care.staff_needed
    duties: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (index, leader), lead in r.lead.items():
        for meets in r.offers[index].slots:
            duties[leader, meets].append(lead)
    for slot in dict.fromkeys(slot for slot, _ in r.groups):
        supervised = lp.row(0, 0)
        for (other, _), groups in r.groups.items():
            if other == slot:
                lp.put(supervised, groups, -needed)
        for teacher in school.teachers:
            barred = r.keeps("content") and provider_barred(school, teacher.provider)
            if teacher.may_supervise and staffing.available((slot,), teacher) and not barred:
                most = 1 if r.keeps("clash") else len(school.students)
                duty = r.supervise[slot, teacher.id] = lp.column(most)
                lp.put(supervised, duty)
                duties[teacher.id, slot].append(duty)
    _moments_days_weeks(r, duties)
    if not r.keeps("clash"):
        _once_a_section(r)
    _rota(r)


def _once_a_section(r: Relaxation) -> None:
    """Add: nobody is counted twice in one section."""
    for (index, _), lead in r.lead.items():
        r.within(lead, r.opened[index])


def _moments_days_weeks(r: Relaxation, duties: dict[tuple[str, str], list[int]]) -> None:
    """Add: of a person's duties one at a moment, and no more a day and a week than he may do."""
    school = r.school
    cliques = r.cliques if r.keeps("clash") else []
    for teacher in school.teachers:
        mine = {slot.id: duties.get((teacher.id, slot.id), []) for slot in school.slots}
        days: dict[int, set[str]] = defaultdict(set)
        for slot in school.slots:
            days[slot.weekday].add(slot.id)
        limits = [(1, clique) for clique in cliques]
        limits += [(teacher.max_periods_day, frozenset(day)) for day in days.values()]
        limits.append((teacher.max_periods_week, frozenset(mine)))
        for most, slots in limits:
            own = [(slot.id, d) for slot in school.slots if slot.id in slots for d in mine[slot.id]]
            row = _scarce(r, most, [duty for _, duty in own])
            for slot_id in dict.fromkeys(slot_id for slot_id, _ in own):
                assert row is not None
                r.staff_rows[teacher.id, slot_id].append(row)


def _scarce(r: Relaxation, high: int, columns: list[int]) -> int | None:
    row = r.at_most(high, columns)
    if row is not None:
        r.scarce.append(row)
    return row


def _rota(r: Relaxation) -> None:
    """Add: groups on the homeroom rota have homeroom teachers, of each grade on it one at least."""
    school, lp = r.school, r.lp
    needed = school.settings.base_care.staff_needed
    duties: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (slot, band), groups in r.groups.items():
        bound = staffing.rota_grades(school, band)
        if not bound:
            continue
        row = lp.row(0, 0)
        lp.put(row, groups, -needed)
        own = {g: (lp.row(low=0), staffing.homeroom_teachers(school, (g,))) for g in sorted(bound)}
        for grade_row, _ in own.values():
            lp.put(grade_row, groups, -1)
        for teacher in sorted(staffing.rota_people(school, band) or ()):
            if (slot, teacher) in r.supervise:
                duty = lp.column(lp.upper[r.supervise[slot, teacher]])
                lp.put(row, duty)
                duties[slot, teacher].append(duty)
                for grade_row, people in own.values():
                    if teacher in people:
                        lp.put(grade_row, duty)
    for key, chosen in duties.items():
        row = lp.row(high=0)
        lp.put(row, r.supervise[key], -1)
        for duty in chosen:
            lp.put(row, duty)


def add_rooms(r: Relaxation) -> None:
    """Add for each set of rooms that something needs: no more at a moment than there are."""
    if not r.keeps("rooms", "clash"):
        return
    school = r.school
    everything = frozenset(room.id for room in school.rooms)
    care = {
        (slot, band): frozenset(
            room.id for room in school.rooms if rooms.suits_care(school, slot, room, band)
        )
        for slot, band in r.groups
    }
    for clique in r.cliques:
        opened = [i for i in r.opened if not clique.isdisjoint(r.offers[i].slots)]
        groups = [key for key in r.groups if key[0] in clique]
        sets = {everything, *(r.suits[i] for i in opened), *(care[key] for key in groups)}
        there = frozenset(
            room.id for room in school.rooms if any(room.available(slot) for slot in clique)
        )
        by_room = _care_by_room(r, clique)
        for chosen in sorted(sets, key=sorted):
            needs = [r.opened[i] for i in opened if r.suits[i] <= chosen]
            if r.by_number:
                needs += [column for room in sorted(chosen) for column in by_room.get(room, ())]
            else:
                needs += [r.groups[key] for key in groups if care[key] <= chosen]
            row = _scarce(r, len(there & chosen), needs)
            if row is not None:
                r.room_rows.append((clique, chosen, row))
        _one_by_one(r, clique, by_room)


def _care_by_room(r: Relaxation, clique: frozenset[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for (slot, room, _), column in r.care_room.items():
        if slot in clique:
            found[room].append(column)
    return found


def _one_by_one(r: Relaxation, clique: frozenset[str], uses: dict[str, list[int]]) -> None:
    """Add: of what is known to be in a kind of room, no more at a moment than there are."""
    uses = {room: list(columns) for room, columns in uses.items()}
    for (index, room), column in r.pinned_room.items():
        if not clique.isdisjoint(r.offers[index].slots):
            uses.setdefault(room, []).append(column)
    for room, columns in uses.items():
        row = r.at_most(r.alike[room], columns)
        if row is not None:
            r.room_rows.append((clique, frozenset({room}), row))


def add_budget(r: Relaxation) -> None:
    """Add: pay at most each limit.

    Whoever is paid by the session costs at the least what any one of his slots of a day does.
    """
    limits = budget_limits(r.school)
    rows = [r.lp.row(high=limit.limit_fen) for limit in limits]
    r.scarce += rows
    r.money_rows = {limit.account: row for limit, row in zip(limits, rows, strict=True)}
    for column, costs in _priced(r, [limit.costs for limit in limits]) if limits else ():
        for row, amount in zip(rows, costs, strict=True):
            if amount:
                r.lp.put(row, column, amount)


def _priced(r: Relaxation, limits: list[frozenset[Cost]]) -> Iterator[tuple[int, list[int]]]:
    """Give columns, and what each costs at the least of the kinds of pay of each limit."""
    school, lp = r.school, r.lp
    paid = [(r.offers[i].slots, t, column) for (i, t), column in r.lead.items()]
    paid += [((slot,), t, column) for (slot, t), column in r.supervise.items()]
    days: dict[tuple[str, int], dict[str, list[int]]] = {}
    for slots, who, column in paid:
        person = school.teacher[who]
        if person.pay_unit is PayUnit.PERIOD:
            costs = pay_costs(school, slots, person)
            yield column, [sum(costs.get(kind, 0) for kind in kinds) for kinds in limits]
            continue
        for slot in slots:
            day = days.setdefault((who, school.slot[slot].weekday), {})
            day.setdefault(slot, []).append(column)
    for (who, _), there in days.items():
        least = [least_session(school, there, school.teacher[who], kinds) for kinds in limits]
        if any(least):
            session = lp.column(1)
            for slot, columns in there.items():
                rows = list(_sessions(r, session, columns))
                r.scarce += rows
                r.staff_rows[who, slot] += rows
            yield session, least


def _sessions(r: Relaxation, session: int, columns: list[int]) -> Iterator[int]:
    """Add: whoever has duties at a slot has the day's session; give the rows."""
    together = r.keeps("clash")
    for group in [columns] if together else [[column] for column in columns]:
        row = r.lp.row(high=0)
        for column in group:
            r.lp.put(row, column)
        r.lp.put(row, session, -1 if together else -max(r.lp.upper[column] for column in group))
        yield row
