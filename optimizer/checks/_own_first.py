"""Own staff come first: nobody from outside has what own staff could do.

**The rule**, where a clause ``own_staff_first`` concerns a grade of the group. A *duty* is a
person's being with a section or a care group. No duty of one who is not of the school's own staff
(``StaffKind.OWN``) *can be taken over*, that is: there are no 1 to ``MOST`` different own staff of
whom the first takes the duty, and each but the last gives up one duty for it, which the next one
takes, so that the plan with these changes, all else as it stands, keeps every rule: who may lead or
supervise, clearance and providers, availability, times, most periods of a day and a week, pinned
staff, teachers named by students who are in the section, and every limit of the budget. Groups on
the homeroom rota have a rule of their own: nobody takes or gives them up.

So money is a reason to keep somebody from outside only where the budget would be broken, not where
own staff are merely dearer. Of a plan in which students were moved to another activity the rule is
asked as it was before: who is free only because a care group ended by that is not counted on. Of
sections opened for such students ``_opened_for`` asks as much.

It is tried: each own member that could be next, by pay, then load. What pay must rise by at the
least on the rest of the way cuts off ways that the budget does not allow.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from models import CareGroup, Clause, Plan, PolicyItem, School, Section, StaffKind, Text
from optimizer.checks._assigned import Duties
from optimizer.checks._moved import before_moves
from optimizer.checks.base import Finding, care_text, join_texts, section_text

MOST: Final = 4
"""Own staff in one chain: longer ones are nothing that a school could be asked to try."""

DIRECT = Text(
    "{group}由校外人员 {outsider} 承担，而本校教师 {own} 能够承担，也有时间；应先安排本校教师"
    "（依据：{source}）。",
    "{group} is given to {outsider} from outside, although {own} of the school's own staff may do "
    "it and has the time: own staff come first (source: {source}).",
)
CHAIN = Text(
    "{group}由校外人员 {outsider} 承担，而本校教师 {own} 能够承担，只要{rest}；应先安排本校教师"
    "（依据：{source}）。",
    "{group} is given to {outsider} from outside, although {own} of the school's own staff could "
    "do it if {rest}: own staff come first (source: {source}).",
)
HANDED_ON = Text("{person} 接过{group}", "{person} took over {group}")


class WhyOutside(StrEnum):
    """Why somebody from outside has a duty; the first that applies, in this order."""

    CRAFT = "craft"
    """Nobody of the own staff may lead or supervise it."""
    TIMES = "times"
    """Of those who may, nobody can come at all of its times."""
    ROTA = "rota"
    """The homeroom rota says who has it."""
    PINNED = "pinned"
    """The school pinned the person to it."""
    NAMED = "named"
    """A student in it asked for the person by name."""
    BUSY = "busy"
    """Those who may have other duties then, or as many as they may have."""
    MONEY = "money"
    """Own staff could take it, but the budget does not leave the pay."""
    OPEN = "open"
    """Own staff could take it, and no clause asks for that."""


class Step(NamedTuple):
    """A person takes a group, by its number, and gives another up for it, or none."""

    person: str
    takes: int
    gives: int | None


class Takeover(NamedTuple):
    """How own staff can take over a duty of somebody from outside."""

    outsider: str
    steps: tuple[Step, ...]


class OwnFirst:
    """Finds what own staff can take over, and makes it so."""

    def __init__(
        self, school: School, sections: Sequence[Section], care_groups: Sequence[CareGroup]
    ) -> None:
        self.school = school
        self.duties = Duties(school, sections, care_groups)
        self._least: dict[tuple[int, int], tuple[int, ...] | None] = {}

    def outside(self) -> Iterator[tuple[int, str]]:
        """Give the duties of people from outside: the group's number and the person."""
        for number, staff in enumerate(self.duties.staff):
            for person in tuple(staff):
                if self.school.teacher[person].kind is not StaffKind.OWN:
                    yield number, person

    def clause(self, number: int) -> Clause | None:
        """Give the clause that has own staff first in a group, if any."""
        grades = self.duties.grades[number]
        if not grades:
            return next(iter(self.school.in_force(PolicyItem.OWN_STAFF_FIRST)), None)
        found = (self.school.clauses(PolicyItem.OWN_STAFF_FIRST, grade) for grade in grades)
        return next((clause for clauses in found for clause in clauses), None)

    def takeover(
        self, number: int, outsider: str, most: int | None = None, paying: bool = True
    ) -> Takeover | None:
        """Give a way in which own staff can take over a duty.

        Parameters
        ----------
        most
            Own staff that it may take, ``MOST`` unless given.
        paying
            Whether the budget is to be kept.
        """
        if self.duties.stays(number, outsider):
            return None
        change = self.duties.pay.change(outsider, None, number)[1:]
        left = tuple(a - b for a, b in zip(self.duties.pay.left, change, strict=True))
        for length in range(1, (most or MOST) + 1):
            if self._least_for(number, length) is not None:
                start = Takeover(outsider, ())
                found = self._extended(start, number, length, left if paying else None)
                if found is not None:
                    return found
        return None

    def _extended(
        self, so_far: Takeover, number: int, length: int, left: tuple[int, ...] | None
    ) -> Takeover | None:
        """Go on with so many people, the first of whom takes a group."""
        people = {step.person for step in so_far.steps}
        for _, _, person, given in self._ways(number, last=length == 1):
            if person in people:
                continue
            rest = left and _less(left, self.duties.pay.change(person, number, given)[1:])
            if given is not None:
                least = self._least_for(given, length - 1)
                if least is None or (rest and not _covers(rest, least)):
                    continue
            elif rest and min(rest) < 0:
                continue
            found = Takeover(so_far.outsider, (*so_far.steps, Step(person, number, given)))
            if given is not None:
                longer = self._extended(found, given, length - 1, rest)
                if longer is not None:
                    return longer
            elif self._keeps_pins(found):
                return found
        return None

    def _ways(self, number: int, last: bool) -> list[tuple[int, int, str, int | None]]:
        """Give who could be next, the least paid first, then the least loaded."""
        duties = self.duties
        return sorted(
            (duties.pay.change(person, number, given)[0], duties.load(person), person, given)
            for person, given in duties.ways(number)
            if (given is None) == last
        )

    def _least_for(self, number: int, length: int) -> tuple[int, ...] | None:
        """Give by how much the pay that each limit is of rises at the least if so many take over.

        None where they cannot.
        """
        key = number, length
        if key not in self._least:
            found = self._rises(number, length)
            if self.duties.pay.limited:
                rises = [*found]
                least = tuple(map(min, zip(*rises, strict=True))) if rises else None
            else:
                least = next(found, None)
            self._least[key] = least
        return self._least[key]

    def _rises(self, number: int, length: int) -> Iterator[tuple[int, ...]]:
        """Give by how much that pay rises by each way to begin, at the least."""
        for person, given in self.duties.ways(number):
            if (given is None) != (length == 1):
                continue
            rest = None if given is None else self._least_for(given, length - 1)
            if given is None or rest is not None:
                change = self.duties.pay.change(person, number, given)[1:]
                yield _less(change, tuple(-more for more in rest)) if rest else change

    def _keeps_pins(self, takeover: Takeover) -> bool:
        """Tell whether what is pinned stays, which several changes together may break."""
        groups = [self.duties.groups[step.takes] for step in takeover.steps]
        courses = [group.course for group in groups if isinstance(group, Section)]
        if len(courses) < 2:
            return True
        self._apply(takeover)
        kept = self.duties.keeps_pins(courses)
        self._undo(takeover)
        return kept

    def make(self, takeover: Takeover) -> None:
        """Make a change that was found just now."""
        self._apply(takeover)
        self._least.clear()

    def _apply(self, takeover: Takeover) -> None:
        holder = takeover.outsider
        for person, takes, _ in takeover.steps:
            self.duties.move(takes, holder, person)
            holder = person

    def _undo(self, takeover: Takeover) -> None:
        holders = [takeover.outsider, *(step.person for step in takeover.steps)]
        for number, (person, takes, _) in reversed([*enumerate(takeover.steps)]):
            self.duties.move(takes, person, holders[number])

    def why(self, number: int, person: str) -> WhyOutside:
        """Tell why somebody from outside has a duty."""
        return next(why for why, applies in self._tried(number, person) if applies)

    def _tried(self, number: int, person: str) -> Iterator[tuple[WhyOutside, bool]]:
        duties = self.duties
        yield WhyOutside.CRAFT, not duties.could(number)
        yield WhyOutside.ROTA, duties.on_rota(number)
        yield WhyOutside.TIMES, not duties.able(number)
        yield WhyOutside.PINNED, duties.pinned(number, person)
        yield WhyOutside.NAMED, duties.named(number, person)
        yield WhyOutside.BUSY, self.takeover(number, person, paying=False) is None
        yield WhyOutside.MONEY, self.takeover(number, person) is None
        yield WhyOutside.OPEN, True


def _less(left: tuple[int, ...], change: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(left, change, strict=True))


def _covers(left: tuple[int, ...], least: tuple[int, ...]) -> bool:
    return all(a >= b for a, b in zip(left, least, strict=True))


def own_staff_first(school: School) -> bool:
    """Tell whether own staff come first in some of the school, and others than these are there."""
    return bool(school.in_force(PolicyItem.OWN_STAFF_FIRST)) and any(
        t.kind is not StaffKind.OWN for t in school.teachers
    )


def check_own_first(school: School, plan: Plan) -> Iterator[Finding]:
    """Find duties of people from outside that own staff could take over.

    It makes sense only for a plan that keeps every other rule.
    """
    if not own_staff_first(school):
        return
    before = before_moves(school, plan)
    own = OwnFirst(school, before.sections, before.care_groups)
    for number, outsider in own.outside():
        clause = own.clause(number)
        found = own.takeover(number, outsider) if clause is not None else None
        if clause is not None and found is not None:
            yield Finding("staffing", _said(own, found, number, clause.source))


def _said(own: OwnFirst, found: Takeover, number: int, source: str) -> Text:
    first, *others = found.steps
    rest = [
        HANDED_ON.fill(person=step.person, group=_group_text(own, step.takes)) for step in others
    ]
    facts = {"group": _group_text(own, number), "outsider": found.outsider, "own": first.person}
    if not rest:
        return DIRECT.fill(source=source, **facts)
    return CHAIN.fill(source=source, rest=join_texts(rest), **facts)


def _group_text(own: OwnFirst, number: int) -> Text:
    group = own.duties.groups[number]
    if isinstance(group, Section):
        return section_text(own.school, group)
    return care_text(own.school, group)
