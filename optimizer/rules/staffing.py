"""Cleared and qualified people, within their limits.

Statement. A section has exactly ``staff_needed`` different staff, each among the course's
``leaders``; a care group has exactly ``base_care.staff_needed``, each of whom
``may_supervise``. All are cleared and available at every slot. A person's periods (section
slots and care groups) are at most ``max_periods_week`` a week and ``max_periods_day`` on one
weekday.

The homeroom rota binds a grade that is in ``base_care.rota_grades``, or that a clause ``rota`` of
the policy concerns. A care group with a student of such a grade is supervised only by homeroom
teachers of classes of the grades in the group, and among them is one at least of each of its
grades that the rota binds. That turns are even is seen to after the search, with all else as it
stands (``optimizer.checks``: ``Turns`` states how), so the model has nothing on that.

That own staff come first, where the policy has it so, is no matter of the model: any plan is made
so without losing points when it is finished. ``optimizer.checks._own_first`` has the statement.
"""

from collections import defaultdict
from collections.abc import Collection
from itertools import combinations_with_replacement

from ortools.sat.python import cp_model

from models import PolicyItem, School, Teacher
from optimizer.rules.context import Band, Model, total
from optimizer.rules.relaxation.relaxation import Relaxation

MOST_COUNTED = 2
"""Grades of a group on the rota up to which its people need only be counted."""


def available(slots: tuple[str, ...], teacher: Teacher) -> bool:
    """Tell whether the person may work with children and can come at all these slots."""
    return teacher.cleared and all(teacher.available(slot) for slot in slots)


def add(model: Model) -> None:
    """Add staff numbers, weekly and daily maxima, and the homeroom rota."""
    _numbers(model)
    _loads(model)
    _rota(model)


def _numbers(model: Model) -> None:
    """Add: sum_t lead[p, t] = staff_needed * opened[p]; the same for care at each slot."""
    leads: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for (index, _), var in model.lead.items():
        leads[index].append(var)
    for offer in model.offers:
        needed = model.school.course[offer.course].staff_needed
        model.cp.add(total(leads[offer.index]) == needed * model.opened[offer.index])
    supervisors: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    for (slot, _), var in model.supervise.items():
        supervisors[slot].append(var)
    groups: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    for (slot, _), count in model.care_groups.items():
        groups[slot].append(count)
    needed = model.school.settings.base_care.staff_needed
    for slot, counts in groups.items():
        model.cp.add(total(supervisors[slot]) == needed * total(counts))
    if not model.keeps("clash"):
        _once_a_group(model, groups)


def _once_a_group(model: Model, groups: dict[str, list[cp_model.IntVar]]) -> None:
    """Add: nobody is counted twice in one section or group, however many he has at once."""
    for (index, _), var in model.lead.items():
        model.cp.add(var <= model.opened[index])
    for (slot, _), var in model.supervise.items():
        model.cp.add(var <= total(groups[slot]))
    for (slot, _, band), var in model.rota.items():
        model.cp.add(var <= model.care_groups[slot, band])


def periods(model: Model) -> dict[tuple[str, int], list[cp_model.LinearExprT]]:
    """Give, by (teacher, weekday), the terms whose sum is the number of periods of work."""
    work: dict[tuple[str, int], list[cp_model.LinearExprT]] = defaultdict(list)
    for (offer, teacher), var in model.lead.items():
        for slot in model.offers[offer].slots:
            work[teacher, model.school.slot[slot].weekday].append(var)
    for (slot, teacher), var in model.supervise.items():
        work[teacher, model.school.slot[slot].weekday].append(var)
    return work


def _loads(model: Model) -> None:
    week: dict[str, list[cp_model.LinearExprT]] = defaultdict(list)
    for (name, _), terms in periods(model).items():
        model.cp.add(total(terms) <= model.school.teacher[name].max_periods_day)
        week[name] += terms
    for name, terms in week.items():
        model.cp.add(total(terms) <= model.school.teacher[name].max_periods_week)


def rota_grades(school: School, grades: Collection[int]) -> frozenset[int]:
    """Give those of some grades that the homeroom rota binds."""
    own = school.settings.base_care.rota_grades
    return frozenset(g for g in grades if g in own or school.clauses(PolicyItem.ROTA, g))


def homeroom_teachers(school: School, grades: Collection[int]) -> set[str]:
    """Give the homeroom teachers of the classes of these grades."""
    return {
        c.homeroom_teacher
        for c in school.classes
        if c.grade in grades and c.homeroom_teacher is not None
    }


def rota_people(school: School, band: Collection[int]) -> set[str] | None:
    """Give who may be among the staff of a group of just these grades; None without a rota."""
    bound = rota_grades(school, band)
    if not bound:
        return None
    if school.settings.base_care.staff_needed > 1:
        return homeroom_teachers(school, band)
    return set.intersection(*(homeroom_teachers(school, (grade,)) for grade in bound))


def suits_rota(school: School, band: Collection[int], staff: Collection[str]) -> bool:
    """Tell whether a group of just these grades has the staff that the rota asks for."""
    bound = rota_grades(school, band)
    return not bound or (
        homeroom_teachers(school, band).issuperset(staff)
        and all(not homeroom_teachers(school, (g,)).isdisjoint(staff) for g in bound)
    )


def _rota(model: Model) -> None:
    """Add: supervisors of rota bands are named by band, from among their homeroom teachers.

    With rota[k, t, b] <= supervise[k, t] once over all b, and for every band b on the rota
    sum_t rota[k, t, b] = staff_needed * care_groups[k, b], and care_groups[k, b] <= the sum over
    the homeroom teachers of each of its grades that the rota binds.
    """
    school = model.school
    needed = school.settings.base_care.staff_needed
    by_person: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
    by_band: dict[tuple[str, Band], dict[str, cp_model.IntVar]] = defaultdict(dict)
    for (slot, teacher, band), var in model.rota.items():
        by_person[slot, teacher].append(var)
        by_band[slot, band][teacher] = var
    for key, duties in by_person.items():
        model.cp.add(total(duties) <= model.supervise[key])
    for (slot, band), groups in model.care_groups.items():
        bound = rota_grades(school, band)
        if not bound:
            continue
        there = by_band[slot, band]
        model.cp.add(total(there.values()) == needed * groups)
        for grade in bound:
            own = homeroom_teachers(school, (grade,))
            model.cp.add(total(v for t, v in there.items() if t in own) >= groups)
        if len(bound) > MOST_COUNTED and needed > 1:
            _teams(model, groups, bound, there)


def _teams(
    model: Model, groups: cp_model.IntVar, bound: frozenset[int], there: dict[str, cp_model.IntVar]
) -> None:
    """Add: the people of so many grades can be put together so that each group has all of these.

    people[kind] = sum over the teams of this kind's number in a team * teams of that sort, where
    a person's kind is which of the grades he has a class of. With fewer grades, or one person
    a group, it is enough to count.
    """
    own = {grade: homeroom_teachers(model.school, (grade,)) for grade in bound}
    kinds: dict[frozenset[int], list[cp_model.IntVar]] = defaultdict(list)
    for teacher, var in there.items():
        kinds[frozenset(g for g in bound if teacher in own[g])].append(var)
    needed = model.school.settings.base_care.staff_needed
    teams = {
        team: model.cp.new_int_var(0, len(model.school.students), f"team[{team}]")
        for team in combinations_with_replacement(sorted(kinds, key=sorted), needed)
        if bound <= frozenset().union(*team)
    }
    model.cp.add(total(teams.values()) == groups)
    for kind, people in kinds.items():
        model.cp.add(total(people) == total(team.count(kind) * n for team, n in teams.items()))


def relax(r: Relaxation) -> None:
    """Add staff numbers, what one person can do at a moment, a day and a week, and the rota."""
    school, lp = r.school, r.lp
    staffed = {index: lp.row(0, 0) for index in r.opened}
    duties: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, opened in r.opened.items():
        lp.put(staffed[index], opened, -school.course[r.offers[index].course].staff_needed)
    for (index, leader), lead in r.lead.items():
        lp.put(staffed[index], lead)
        for meets in r.offers[index].slots:
            duties[leader, meets].append(lead)
    supervised = {slot: lp.row(0, 0) for slot in dict.fromkeys(slot for slot, _ in r.groups)}
    for (slot, _), groups in r.groups.items():
        lp.put(supervised[slot], groups, -school.settings.base_care.staff_needed)
    for (slot, teacher), duty in r.supervise.items():
        lp.put(supervised[slot], duty)
        duties[teacher, slot].append(duty)
    _most_duties(r, duties)
    if not r.keeps("clash"):  # nobody is counted twice in one section
        for (index, _), lead in r.lead.items():
            r.within(lead, r.opened[index])
    _relaxed_rota(r)


def _most_duties(r: Relaxation, duties: dict[tuple[str, str], list[int]]) -> None:
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
            row = r.at_most(most, [duty for _, duty in own])
            if row is not None:
                r.scarce.append(row)
                for slot_id in dict.fromkeys(slot_id for slot_id, _ in own):
                    r.staff_rows[teacher.id, slot_id].append(row)


def _relaxed_rota(r: Relaxation) -> None:
    """Add: groups on the homeroom rota have homeroom teachers, of each grade on it one at least."""
    school, lp = r.school, r.lp
    needed = school.settings.base_care.staff_needed
    duties: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (slot, band), groups in r.groups.items():
        bound = rota_grades(school, band)
        if not bound:
            continue
        row = lp.row(0, 0)
        lp.put(row, groups, -needed)
        own = {g: (lp.row(low=0), homeroom_teachers(school, (g,))) for g in sorted(bound)}
        for grade_row, _ in own.values():
            lp.put(grade_row, groups, -1)
        for teacher in sorted(rota_people(school, band) or ()):
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
