"""Who supervises which care group, sections and groups as they are.

on[g, t] = 1 if person t supervises group g; sees[c, t] = 1 if class c has t at any slot. Everybody
is where he may be and within his limits; pay of base care does not rise, nor any limit of the
budget, nor the unevenness of the loads of own staff, nor, where own staff come first, what others
do. Turns on the homeroom rota are as even as can be; then as few different people as can be see a
class, then as many children as can be have their homeroom teacher.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from ortools.sat.python import cp_model

from models import PAY, CareGroup, Cost, PayUnit, School, Section, StaffKind
from optimizer.checks import own_staff_first
from optimizer.engine.finish.arrange.even import square, turn_terms
from optimizer.engine.finish.arrange.score import by_class
from optimizer.engine.finish.arrange.work import Work
from optimizer.ledger.tariffs import budget_limits, pay_costs
from optimizer.rules._sessions import Priced, priced
from optimizer.rules.budget import spent as spending
from optimizer.rules.content import provider_barred
from optimizer.rules.context import slot_cliques
from optimizer.rules.staffing import available, homeroom_teachers, rota_grades, rota_people

Groups = Mapping[str, CareGroup]
"""Care groups by id."""


class Duties:
    """What does not change while duties do, worked out once."""

    def __init__(self, school: School, sections: tuple[Section, ...]) -> None:
        self.school = school
        self.cliques = slot_cliques(school)
        self.at_once = {
            slot: frozenset().union(*(c for c in self.cliques if slot in c)) for slot in school.slot
        }
        self.led: Counter[tuple[str, int]] = Counter()
        """Periods of sections, by person and weekday."""
        self.leads: set[tuple[str, str]] = set()
        """People who lead a section at a time that overlaps the slot."""
        self.sessions: list[tuple[str, str]] = []
        """People who lead a section at a slot and are paid by the session."""
        spent: Counter[Cost] = Counter()
        for section in sections:
            for person in section.staff:
                if self.by_session(person):
                    self.sessions += [(person, slot) for slot in section.slots]
                else:
                    spent.update(pay_costs(school, section.slots, school.teacher[person]))
                for slot in section.slots:
                    self.leads.update((person, other) for other in self.at_once[slot])
                    self.led[person, school.slot[slot].weekday] += 1
        self.limits = [
            (limit.costs, limit.limit_fen - sum(spent[cost] for cost in limit.costs))
            for limit in budget_limits(school)
        ]
        """Kinds of pay, and what base care and all sessions may cost in them together."""
        self._allowed: dict[tuple[str, tuple[int, ...]], tuple[str, ...]] = {}
        self._classes: dict[tuple[str, ...], dict[str, int]] = {}
        self._costs: dict[tuple[str, str], dict[Cost, int]] = {}

    def classes(self, group: CareGroup) -> dict[str, int]:
        """Count a group's children by class."""
        if group.students not in self._classes:
            self._classes[group.students] = by_class(self.school, group.students)
        return self._classes[group.students]

    def allowed(self, group: CareGroup) -> tuple[str, ...]:
        """Give whom the group may be given to, whatever else they do."""
        school = self.school
        band = self._band(group)
        if (group.slot, band) not in self._allowed:
            rota = rota_people(school, band)
            self._allowed[group.slot, band] = tuple(
                t.id
                for t in school.teachers
                if t.may_supervise
                and available((group.slot,), t)
                and not provider_barred(school, t.provider)
                and (rota is None or t.id in rota)
                and (t.id, group.slot) not in self.leads
            )
        return self._allowed[group.slot, band]

    def _band(self, group: CareGroup) -> tuple[int, ...]:
        return tuple(sorted({self.school.home_class[c].grade for c in self.classes(group)}))

    def own(self, group: CareGroup) -> list[set[str]]:
        """Give the homeroom teachers of each of the group's grades that the rota binds."""
        school, bound = self.school, rota_grades(self.school, self._band(group))
        return [homeroom_teachers(school, (grade,)) for grade in sorted(bound)]

    def by_session(self, person: str) -> bool:
        """Tell whether what a duty costs depends on what else the person does that day."""
        return self.school.teacher[person].pay_unit is PayUnit.SESSION

    def costs(self, slot: str, person: str) -> dict[Cost, int]:
        """Give what one duty at the slot costs over the term, in fen by kind of pay.

        Of whoever is paid by the session: if it is all that he does that day.
        """
        if (slot, person) not in self._costs:
            found = pay_costs(self.school, (slot,), self.school.teacher[person])
            self._costs[slot, person] = found
        return self._costs[slot, person]

    def decide(
        self,
        groups: Groups,
        free: Collection[str],
        before: Collection[tuple[str, str]],
        people: Collection[str],
        work: Work,
        share: float,
    ) -> Groups | None:
        """Decide the duties of some groups anew, those of the others as they stand.

        Parameters
        ----------
        before
            Slots and people of the duties that are replaced: pay and loads are held against these.
        people
            Who may be given a duty, beside those who have it.
        """
        program = _Program(self, groups, tuple(free), before, people)
        run = work.run(program.cp, share)
        if run.solution is None:
            return None
        found: dict[str, list[str]] = {group: [] for group in free}
        for (group, person), var in program.on.items():
            if run.solution[var.index]:
                found[group].append(person)
        return {
            name: group.model_copy(update={"staff": tuple(found[name])}) if name in found else group
            for name, group in groups.items()
        }


class _Program:
    """The model of some groups' duties."""

    def __init__(
        self,
        about: Duties,
        groups: Groups,
        free: tuple[str, ...],
        before: Collection[tuple[str, str]],
        people: Collection[str],
    ) -> None:
        self.about, self.school = about, about.school
        self.groups, self.free, self.before = groups, [groups[g] for g in free], before
        self.fixed = [(g, p) for name, g in groups.items() if name not in {*free} for p in g.staff]
        self.held = Counter(person for group in self.free for person in group.staff)
        self.cp = cp_model.CpModel()
        self.on: dict[tuple[str, str], cp_model.IntVar] = {}
        self._variables(people)
        self._numbers()
        self._limits()
        self._pay()
        self._own_first()
        self._even()
        self._objective()

    def _variables(self, people: Collection[str]) -> None:
        about = self.about
        busy = {(p, s) for g, p in self.fixed for s in about.at_once[g.slot]}
        for group in self.free:
            for person in about.allowed(group):
                held = person in group.staff
                if (person in people or held) and (person, group.slot) not in busy:
                    var = self.cp.new_bool_var(f"on[{group.id},{person}]")
                    self.on[group.id, person] = var
                    self.cp.add_hint(var, held)

    def _of(self, group: CareGroup) -> list[tuple[str, cp_model.IntVar]]:
        on = self.on
        return [
            (person, on[group.id, person])
            for person in self.about.allowed(group)
            if (group.id, person) in on
        ]

    def _numbers(self) -> None:
        """Add: each group has its people, nobody is in two places, who is pinned is there."""
        needed = self.school.settings.base_care.staff_needed
        for group in self.free:
            self.cp.add(_sum(var for _, var in self._of(group)) == needed)
            for own in self.about.own(group):
                self.cp.add_bool_or(var for person, var in self._of(group) if person in own)
        for clique in self.about.cliques:
            here: dict[str, list[cp_model.IntVar]] = defaultdict(list)
            for group in self.free:
                if group.slot in clique:
                    for person, var in self._of(group):
                        here[person].append(var)
            for alternatives in here.values():
                self.cp.add_at_most_one(alternatives)
        fixed = {(group.slot, person) for group, person in self.fixed}
        slots = {group.slot for group in self.free}
        for lock in self.school.locks:
            if lock.kind != "care_staff" or (lock.slot, lock.teacher) in fixed:
                continue
            if lock.slot in slots:
                there = (g for g in self.free if g.slot == lock.slot)
                duties = (self.on.get((g.id, lock.teacher)) for g in there)
                self.cp.add_bool_or(duty for duty in duties if duty is not None)

    def _limits(self) -> None:
        """Add: nobody has more periods of a day or week than he may."""
        days: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
        for (group, person), var in self.on.items():
            days[person, self._weekday(self.groups[group])].append(var)
        held = Counter(self.about.led)
        held.update((person, self._weekday(group)) for group, person in self.fixed)
        self.base: Counter[str] = Counter()
        for (person, _), count in held.items():
            self.base[person] += count
        self.week: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for (person, day), duties in days.items():
            most = self.school.teacher[person].max_periods_day
            self.cp.add(_sum(duties) <= most - held[person, day])
            self.week[person] += duties
        for person, duties in self.week.items():
            most = self.school.teacher[person].max_periods_week
            self.cp.add(_sum(duties) <= most - self.base[person])

    def _weekday(self, group: CareGroup) -> int:
        return self.school.slot[group.slot].weekday

    def _pay(self) -> None:
        """Add: these duties cost no more than they did, each limit of the budget is kept."""
        about = self.about
        now: Counter[Cost] = Counter()
        spent: Counter[Cost] = Counter()
        for slot, person in self.before:
            now.update({} if about.by_session(person) else about.costs(slot, person))
        for group, person in self.fixed:
            spent.update({} if about.by_session(person) else about.costs(group.slot, person))
        prices = [*self._sessions(now, spent)]
        for (name, person), var in self.on.items():
            if not about.by_session(person):
                prices.append((var, about.costs(self.groups[name].slot, person)))
        self.cp.add(spending(prices, PAY) <= now.total())
        for kinds, limit_fen in about.limits:
            fixed = sum(spent[kind] for kind in kinds)
            self.cp.add(spending(prices, kinds) <= limit_fen - fixed)

    def _sessions(self, now: Counter[Cost], spent: Counter[Cost]) -> Iterable[Priced]:
        """Price the days of whoever is paid by the session, and count what was and what stays.

        Of a day on which such a person may have other duties, all that he does is decided on anew.
        """
        school, sessions = self.school, self.about.by_session
        stay = [*self.about.sessions, *((p, g.slot) for g, p in self.fixed if sessions(p))]
        were = [(person, slot) for slot, person in self.before if sessions(person)]
        may = [(p, self.groups[g].slot, var) for (g, p), var in self.on.items() if sessions(p)]
        day = {slot.id: slot.weekday for slot in school.slots}
        open_days = {(p, day[slot]) for p, slot in (*were, *((p, slot) for p, slot, _ in may))}
        for counted, held in ((now, [*stay, *were]), (spent, stay)):
            work: dict[tuple[str, int], list[str]] = defaultdict(list)
            for person, slot in held:
                work[person, day[slot]].append(slot)
            for key, slots in work.items():
                if (key in open_days) == (counted is now):
                    counted.update(pay_costs(school, slots, school.teacher[key[0]]))
        kept = [(person, (slot,), 1) for person, slot in stay if (person, day[slot]) in open_days]
        return priced(self.cp, school, [*kept, *((p, (slot,), var) for p, slot, var in may)])

    def _own_first(self) -> None:
        """Add: where own staff come first, no more duties go outside than did."""
        if not own_staff_first(self.school):
            return
        teacher = self.school.teacher
        now = sum(teacher[person].kind is not StaffKind.OWN for _, person in self.before)
        outside = [v for (_, p), v in self.on.items() if teacher[p].kind is not StaffKind.OWN]
        self.cp.add(_sum(outside) <= now)

    def _even(self) -> None:
        """Add: the squares of own staff's weekly periods sum up to no more than before.

        The square of a load n is 1 + 3 + ... + (2n - 1), as in ``secondary.even_loads``.
        """
        were = Counter(person for _, person in self.before)
        steps: list[cp_model.LinearExprT] = []
        now = 0
        for person in dict.fromkeys([*self.week, *were]):
            if self.school.teacher[person].kind is not StaffKind.OWN:
                continue
            base = self.base[person]
            now += (base + were[person]) ** 2 - base**2
            duties, held = self.week.get(person, []), self.held[person]
            steps += square(self.cp, f"load[{person}]", base, duties, held)
        self.cp.add(_sum(steps) <= now)

    def _objective(self) -> None:
        about, home = self.about, self.school.home_class
        known = {(c, p) for g, p in self.fixed for c in about.classes(g)}
        now = {(c, p) for g in self.free for c in about.classes(g) for p in g.staff}
        seen: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
        reward: list[cp_model.LinearExprT] = []
        for (group, person), var in self.on.items():
            for name, mates in about.classes(self.groups[group]).items():
                if (name, person) not in known:
                    seen[name, person].append(var)
                if home[name].homeroom_teacher == person:
                    reward.append(mates * var)
        whole = 1 + sum(len(group.students) for group in self.free)
        terms = []
        for (name, person), duties in seen.items():
            sees = self.cp.new_bool_var(f"sees[{name},{person}]")
            self.cp.add_hint(sees, (name, person) in now)
            for var in duties:
                self.cp.add_implication(var, sees)
            terms.append(whole * sees)
        turns = turn_terms(self.cp, self.fixed, self.free, self.on, about.own)
        above = whole * (1 + len(terms))
        self.cp.minimize(_sum(terms) - _sum(reward) + above * _sum(turns))


def _sum(terms: Iterable[cp_model.LinearExprT]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.sum(list(terms))
