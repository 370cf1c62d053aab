"""Cleared and qualified people, within their limits.

Statement. A section has exactly ``staff_needed`` different staff, each among the course's
``leaders``; a care group has exactly ``base_care.staff_needed``, each of whom
``may_supervise``. All are cleared and available at every slot. A person's periods (section
slots and care groups) are at most ``max_periods_week`` a week and ``max_periods_day`` on one
weekday. A care group with a student of a grade in ``base_care.rota_grades``, or of one that a
clause ``rota`` of the policy concerns, is supervised only by homeroom teachers of classes of
the grades in the group.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from models import PolicyItem, School, Teacher
from optimizer.rules.context import Band, Model, total


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


def on_rota(school: School, band: Band) -> bool:
    """Tell whether groups of these grades are supervised by homeroom teachers only."""
    own = school.settings.base_care.rota_grades
    return any(grade in own or school.clauses(PolicyItem.ROTA, grade) for grade in band)


def homeroom_teachers(school: School, band: Band) -> set[str]:
    """Give the homeroom teachers of the classes of these grades."""
    return {
        c.homeroom_teacher
        for c in school.classes
        if c.grade in band and c.homeroom_teacher is not None
    }


def _rota(model: Model) -> None:
    """Add: supervisors of rota bands are named by band, from among their homeroom teachers.

    With rota[k, t, b] <= supervise[k, t] once over all b, and sum_t rota[k, t, b] =
    staff_needed * care_groups[k, b] for every band b on the rota.
    """
    needed = model.school.settings.base_care.staff_needed
    by_person: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
    by_band: dict[tuple[str, Band], list[cp_model.IntVar]] = defaultdict(list)
    for (slot, teacher, band), var in model.rota.items():
        by_person[slot, teacher].append(var)
        by_band[slot, band].append(var)
    for key, duties in by_person.items():
        model.cp.add(total(duties) <= model.supervise[key])
    for (slot, band), groups in model.care_groups.items():
        if on_rota(model.school, band):
            model.cp.add(total(by_band[slot, band]) == needed * groups)
