"""From a regulation and a school's own rows to the clauses in force.

The school may set what the document leaves open, and waive or change what it only advises; it
may be stricter than a hard rule, never looser. Whatever it waives or changes of the document's
advice is set aside, and the plan says so.
"""

from collections.abc import Callable
from typing import NamedTuple

from models.clauses import Clause, DocumentClause
from models.items import ITEMS, UNITS, PolicyItem, Sense, Unit
from models.labels import ITEM_NAMES
from models.policy import Policy
from models.terms import Force
from models.text import Text

HARD_WAIVED = Text(
    "“{item}”是硬性要求，不能放宽{source}。", "'{item}' is hard and cannot be waived{source}."
)
HARD_CHANGED = Text(
    "“{item}”是硬性要求（{source}），学校不能改动；请删去这一行，或填不更宽的数值。",
    "'{item}' is hard ({source}) and no school may change it: delete this row, or give a value "
    "that is no looser.",
)
NOTHING_TO_WAIVE = Text(
    "政策里没有可放宽的“{item}”；请删去这一行。",
    "the policy has no '{item}' here that could be waived: delete this row.",
)
BY = Text("（依据：{source}）", " (source: {source})")
NOT_PERMITTED = Text(
    "文件没有允许“{item}”，学校不能自行增加；请删去这一行。",
    "the document does not allow '{item}', and no school can by itself: delete this row.",
)
# Where any clause of these stands, nothing but what is named is allowed: a row more is looser.
PERMITS = frozenset(
    {
        PolicyItem.SERVICE_WEEKDAY,
        PolicyItem.ELIGIBLE,
        PolicyItem.EVENING_ALLOWED,
        PolicyItem.EVENING_WEEKDAY,
    }
)
# What no document speaks of is not allowed under any, and the school cannot allow it itself.
_ONLY_BY_DOCUMENT = frozenset({PolicyItem.EVENING_ALLOWED})

Scope = Callable[[Clause], frozenset[int]]


class Refused(NamedTuple):
    """A row of the school's that the regulation does not allow; counted from 0."""

    row: int
    field: str
    text: Text


class Rules(NamedTuple):
    """The clauses in force, what was set aside, and the school's rows that were refused."""

    clauses: tuple[Clause, ...]
    set_aside: tuple[Clause, ...]
    open: tuple[DocumentClause, ...]
    """What the document leaves open and no row of the school's has set."""
    refused: tuple[Refused, ...]


def resolve(policy: Policy, scope: Scope) -> Rules:
    """Put the regulation and the school's own rows together.

    Parameters
    ----------
    policy
        The regulation, or none, and the school's rows.
    scope
        Gives the grades of the school that a clause concerns.
    """
    work = _Work(policy.regulation.clauses if policy.regulation else (), scope)
    for row, clause in enumerate(policy.clauses):
        work.take(row, clause)
    # A permit that concerns no grade of this school still says that nobody else is permitted.
    rest = [
        clause
        for clause, grades in work.left.values()
        if grades or (clause.item in PERMITS and not clause.open and not scope(clause))
    ]
    return Rules(
        (*(clause for clause in rest if not clause.open), *work.own),
        tuple(dict.fromkeys(work.set_aside)),
        tuple(clause for clause in rest if clause.open),
        tuple(work.refused),
    )


class _Work:
    """The document's clauses with the grades they still hold for, and what became of the rows."""

    def __init__(self, document: tuple[DocumentClause, ...], scope: Scope) -> None:
        self.scope = scope
        self.document = document
        self.left = {n: (clause, scope(clause)) for n, clause in enumerate(document)}
        self.own: list[Clause] = []
        self.set_aside: list[Clause] = []
        self.refused: list[Refused] = []

    def take(self, row: int, own: Clause) -> None:
        """Fit one row of the school's in, or refuse it."""
        grades, name = self.scope(own), ITEM_NAMES[own.item]
        if own.item in _ONLY_BY_DOCUMENT and self._unheard_of(own):
            self.refused.append(Refused(row, "item", NOT_PERMITTED.fill(item=name)))
            return
        rivals = self._rivals(own, grades)
        yields = [n for n in rivals if self._gives_way(own, n)]
        hard = [self.left[n][0] for n in yields if self.left[n][0].force is Force.HARD]
        if hard:
            field = "waived" if own.waived else "value"
            text = HARD_WAIVED if own.waived else HARD_CHANGED
            source = BY.fill(source=hard[0].source) if own.waived else hard[0].source
            self.refused.append(Refused(row, field, text.fill(item=name, source=source)))
            return
        if own.waived and not any(_same_matter(own, clause) for clause in self.document):
            if own.force is Force.HARD:
                text = NOTHING_TO_WAIVE if self.document else HARD_WAIVED
                self.refused.append(Refused(row, "waived", text.fill(item=name, source="")))
                return
            self.set_aside.append(own)
        self.set_aside += [_within(*self.left[n], grades) for n in yields]
        # Days and grades that are allowed stay allowed beside those the school adds.
        replaced = [] if own.item in PERMITS and not own.waived else yields
        # A row without a number says nothing of a rate or a sum: that is given elsewhere.
        fills = UNITS[own.item] is not Unit.NONE and not own.waived
        for n in {*replaced, *(n for n in rivals if fills and self.left[n][0].open)}:
            self.left[n] = _without(*self.left[n], grades)
        if not own.waived:
            self.own.append(own)

    def _unheard_of(self, own: Clause) -> bool:
        """Tell whether there is a document, and it has nothing of a row's kind."""
        return bool(self.document) and all(c.item is not own.item for c in self.document)

    def _rivals(self, own: Clause, grades: frozenset[int]) -> list[int]:
        """List the document's clauses that speak of the same as the row."""
        permits = own.item in PERMITS
        return [
            n
            for n, (clause, theirs) in self.left.items()
            if _same_matter(own, clause) and (permits or not theirs.isdisjoint(grades))
        ]

    def _gives_way(self, own: Clause, n: int) -> bool:
        """Tell whether a clause of the document cannot stand beside the row."""
        clause, theirs = self.left[n]
        if own.waived:
            return not theirs.isdisjoint(self.scope(own))
        if clause.open:
            return False
        if own.item in PERMITS:
            return not self._permitted(own)
        sense = ITEMS[own.item].sense
        if sense is Sense.EACH:
            return False
        if own.value is None or clause.value is None:
            return own.subject != clause.subject
        return {
            Sense.MOST: own.value > clause.value,
            Sense.LEAST: own.value < clause.value,
            Sense.EXACT: own.value != clause.value,
        }[sense]

    def _permitted(self, own: Clause) -> bool:
        alike = [
            grades
            for clause, grades in self.left.values()
            if clause.item is own.item and clause.value == own.value and not clause.open
        ]
        return frozenset().union(*alike) >= self.scope(own)


def _same_matter(own: Clause, clause: DocumentClause) -> bool:
    """Tell whether a row speaks of what a clause speaks of, for whatever grades."""
    # A fee has one basis: there the subject takes the place of a value.
    any_subject = own.subject is None or own.item is PolicyItem.FEE_BASIS
    return clause.item is own.item and (any_subject or clause.subject == own.subject)


def _without(
    clause: DocumentClause, theirs: frozenset[int], grades: frozenset[int]
) -> tuple[DocumentClause, frozenset[int]]:
    """Take grades out of a clause's scope."""
    kept = theirs - grades
    return _within(clause, theirs, kept), kept


def _within(
    clause: DocumentClause, theirs: frozenset[int], grades: frozenset[int]
) -> DocumentClause:
    """Give a clause for some of its grades only; as it is where that leaves all or none."""
    kept = theirs & grades
    if kept == theirs or not kept:
        return clause
    scope = {"stage": None, "level": None, "band": None, "grades": tuple(sorted(kept))}
    return clause.model_copy(update=scope)
