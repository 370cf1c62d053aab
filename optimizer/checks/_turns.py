"""Turns on the homeroom rota, as even as can be with all else as it stands.

The rule. A turn of a person's is a care group that he supervises in a week and in which there is a
child of a grade on the rota (``staffing``). Of two homeroom teachers of such a grade the one may
hand a turn to the other, if the plan then keeps every rule: the other may supervise, is cleared,
comes at that time, is nowhere else then, has not too many periods that day or week, and is of no
barred provider; the group still has whom the rota asks for; who is pinned to the slot is there; pay
keeps within its limits; and nobody from outside takes the place of one of the school's own. Turns
are even if no turn can be handed, be it directly or over others of the grade who each hand one on,
from a homeroom teacher to one of the same grade who has at least two fewer.

Groups that students were moved out of (``Plan.moved_from``) count as they are now; whoever had one
that is gone since is held to be there still, for the plan before must keep the rules too.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from typing import NamedTuple

from models import CareGroup, CareStaffLock, Plan, School, StaffKind, Text, listed
from models import rota_sources as sources_of
from optimizer.checks import budget, content, staffing
from optimizer.checks._moved import before_moves
from optimizer.checks._times import Times
from optimizer.checks.base import Finding, care_text, grades_in, join_texts

UNEVEN = Text(
    "{grade} 年级班主任轮值不均：教师 {giver} 每周 {most} 次，教师 {taker} 只有 {least} 次；"
    "其他不变，可以改派：{moves}（依据：{source}）。",
    "the homeroom teachers of grade {grade} don't take even turns: teacher {giver} has {most} a "
    "week, teacher {taker} only {least}; all else as it is, this could be changed: {moves} "
    "(source: {source}).",
)
MOVE = Text("{group}由教师 {giver} 改为教师 {taker}", "{group} from teacher {giver} to {taker}")


class Turn(NamedTuple):
    """A turn that one person hands to another."""

    group: str
    giver: str
    taker: str


class Uneven(NamedTuple):
    """Turns of a grade that are to be handed on, in the order in which each can be."""

    grade: int
    moves: tuple[Turn, ...]

    @property
    def giver(self) -> str:
        """Who has too many."""
        return self.moves[-1].giver

    @property
    def taker(self) -> str:
        """Who has too few."""
        return self.moves[0].taker


class Turns:
    """Who has which turns in a plan that keeps the rules, and what is to be handed on."""

    def __init__(self, school: School, plan: Plan) -> None:
        self.school, self.plan = school, plan
        self.groups: dict[str, CareGroup] = {}
        """Those with a child of a grade on the rota."""
        self.grades = staffing.on_rota(school, school.grades)
        self.own = {g: staffing.homeroom_teachers(school, (g,)) for g in self.grades}
        if not self.grades:
            return
        self._grades: dict[str, list[list[int]]] = defaultdict(list)
        """Of which grades each is now, and was before students were moved out of it."""
        for group in (*plan.care_groups, *plan.moved_from):
            self._grades[group.id].append(grades_in(school, group))
        for group in plan.care_groups:
            if staffing.on_rota(school, self._grades[group.id][0]):
                self.groups[group.id] = group
        self.count = Counter(t for g in self.groups.values() for t in {*g.staff})
        self._times = Times(school)
        self._at: dict[str, list[str]] = defaultdict(list)
        gone = {g.id: g for g in (*plan.moved_from, *plan.care_groups)}
        duties = [(t, slot) for s in plan.sections for t in {*s.staff} for slot in s.slots]
        duties += [(t, g.slot) for g in gone.values() for t in {*g.staff}]
        for teacher, slot in duties:
            self._at[teacher].append(slot)
        locks = (lock for lock in school.locks if isinstance(lock, CareStaffLock))
        self._pinned = {(lock.teacher, lock.slot) for lock in locks}

    def due(self) -> Uneven | None:
        """Find turns that are to be handed on."""
        for grade in self.grades:
            people = sorted(self.own[grade], key=lambda t: (self.count[t], t))
            for taker in people:
                if self.count[people[-1]] - self.count[taker] <= 1:
                    break
                moves = self._chain(grade, taker)
                if moves:
                    return Uneven(grade, moves)
        return None

    def hand(self, turn: Turn) -> None:
        """Hand a turn on."""
        group = self.groups[turn.group]
        staff = tuple(turn.taker if t == turn.giver else t for t in group.staff)
        self.groups[group.id] = group.model_copy(update={"staff": staff})
        self._at[turn.giver].remove(group.slot)
        self._at[turn.taker].append(group.slot)
        self.count[turn.giver] -= 1
        self.count[turn.taker] += 1

    def result(self) -> Plan:
        """Give the plan with the turns as they now are."""

        def now(groups: tuple[CareGroup, ...]) -> tuple[CareGroup, ...]:
            return tuple(
                group.model_copy(update={"staff": self.groups[group.id].staff})
                if group.id in self.groups and group.staff != self.groups[group.id].staff
                else group
                for group in groups
            )

        groups, left = now(self.plan.care_groups), now(self.plan.moved_from)
        return self.plan.model_copy(update={"care_groups": groups, "moved_from": left})

    def _chain(self, grade: int, taker: str) -> tuple[Turn, ...]:
        """Find the fewest turns by which somebody with two more than the taker has one fewer.

        From the taker back: he takes one from another, who may then take one himself.
        """
        least, seen = self.count[taker], {taker}
        paths: deque[tuple[Turn, ...]] = deque([()])
        while paths:
            path = paths.popleft()
            for turn in path:
                self.hand(turn)
            end = path[-1].giver if path else taker
            found = None
            for turn in self._turns_to(grade, end):
                if turn.giver in seen:
                    continue
                enough = self.count[turn.giver] - least > 1
                if enough and self._affords(turn):
                    found = (*path, turn)
                    break
                if turn.giver not in {t.giver for p in paths for t in p[-1:]}:
                    paths.append((*path, turn))
            for turn in reversed(path):
                self.hand(Turn(turn.group, turn.taker, turn.giver))
            if found:
                return found
            seen.add(end)
        return ()

    def _turns_to(self, grade: int, taker: str) -> Iterator[Turn]:
        """Give the turns that others of the grade could hand to one, who has most first."""
        for group in list(self.groups.values()):
            for giver in group.staff:
                if giver != taker and giver in self.own[grade]:
                    turn = Turn(group.id, giver, taker)
                    if self._can(group, turn):
                        yield turn

    def _can(self, group: CareGroup, turn: Turn) -> bool:
        """Tell whether the plan keeps every rule with the turn handed on, but for its pay."""
        school, slot = self.school, self.school.slot[group.slot]
        person, giver = school.teacher[turn.taker], school.teacher[turn.giver]
        staff = {turn.taker, *group.staff} - {turn.giver}
        there = self._at[turn.taker]
        day = sum(school.slot[s].weekday == slot.weekday for s in there)
        outside = giver.kind is StaffKind.OWN and person.kind is not StaffKind.OWN
        return (
            turn.taker not in group.staff
            and person.may_supervise
            and person.cleared
            and person.available(group.slot)
            and not content.provider_barred(school, person.provider)
            and not self._times.reach(there) & self._times.mask((group.slot,))
            and len(there) < person.max_periods_week
            and day < person.max_periods_day
            and (turn.giver, group.slot) not in self._pinned
            and all(staffing.rota_suits(school, g, staff) for g in self._grades[group.id])
            and not outside
        )

    def _affords(self, turn: Turn) -> bool:
        """Tell whether pay keeps within its limits once the turn is handed on."""
        self.hand(turn)
        after = self.result()
        self.hand(Turn(turn.group, turn.taker, turn.giver))
        plans = (after, before_moves(self.school, after))
        return not any(any(budget.check(self.school, plan)) for plan in plans)


def check_turns(school: School, plan: Plan) -> Iterator[Finding]:
    """Find grades whose homeroom teachers could take more even turns; the plan keeps all rules."""
    turns = Turns(school, plan)
    while uneven := turns.due():
        grade, moves = uneven
        facts = {"most": turns.count[uneven.giver], "least": turns.count[uneven.taker]}
        said = join_texts(
            MOVE.fill(group=care_text(school, turns.groups[m.group]), giver=m.giver, taker=m.taker)
            for m in moves
        )
        text = UNEVEN.fill(
            grade=grade,
            giver=uneven.giver,
            taker=uneven.taker,
            moves=said,
            source=listed(sources_of(school, grade)),
            **facts,
        )
        yield Finding("staffing", text)
        turns.grades = [g for g in turns.grades if g != grade]
