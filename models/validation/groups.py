"""Student groups are told apart where a policy speaks of them, and have the relief it grants."""

from collections.abc import Collection, Iterator, Mapping

from models.clauses import Clause
from models.items import ITEMS, PolicyItem, Subject
from models.labels import GROUP_KINDS, ITEM_NAMES, subject_text
from models.money import FeeBasis
from models.people import GroupKind, StudentGroup
from models.problems import Problem, Severity
from models.school_data import SchoolData
from models.text import Text, listed

NO_KIND = Text(
    "群体“{group}”没有写明类别，政策对以下群体有规定：{asked}。请填类别，都不是的填“{other}”。"
    "按现在的数据，这些规定对该群体不起作用。",
    "group '{group}' has no kind, and the policy speaks of groups by kind: {asked}. Give its kind, "
    "or '{other}' if it is none of these. As it stands none of this holds for the group.",
)
ASKED = Text("{item}：{subjects}（{source}）", "{item}: {subjects} ({source})")
NO_RELIEF = Text(
    "政策规定对该群体（{subject}）减或免（{source}），减免比例应为 1% 到 100%，不能是 0%。",
    "the policy grants this group ({subject}) relief ({source}): from 1% to 100%, never 0%.",
)
FACTORS = Text(
    "优先系数 {priority} 应大于普通系数 {ordinary}，优先的学生才会先得名额（{asked}）。",
    "the priority factor {priority} must be above the ordinary one, {ordinary}, or priority is not "
    "first ({asked}).",
)
OWN_PRIORITY = Text("学生群体表的“优先”", "column 'Priority' of the groups")
BY = Text("{item}，{source}", "{item}, {source}")


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find groups without a kind, relief of nothing, and priority that puts nobody first."""
    if "policy" in unread or "settings" in unread:
        return
    yield from _kinds(school)
    yield from _relief(school)
    yield from _factors(school)


def _kinds(school: SchoolData) -> Iterator[Problem]:
    """Find groups that the policy may speak of and cannot know; by their ids it knows some."""
    rules = school.rules
    clauses = [c for c in (*rules.clauses, *rules.open) if ITEMS[c.item].subject is Subject.GROUP]
    kinds = {kind.value for kind in GroupKind}
    by_kind = [c for c in clauses if c.subject in kinds and c.subject not in school.group]
    named = {c.subject for c in clauses}
    for number, group in enumerate(school.groups):
        if by_kind and group.kind is None and group.id not in named:
            other = GROUP_KINDS[GroupKind.OTHER]
            text = NO_KIND.fill(group=group.id, asked=_asked(by_kind), other=other)
            yield Problem("group-kind", "groups", number, "kind", group.id, text, "stop")


def _asked(clauses: Collection[Clause]) -> Text:
    """Name the clauses, those of one item and source together."""
    found: dict[tuple[PolicyItem, str], list[str]] = {}
    for clause in clauses:
        found.setdefault((clause.item, clause.source), []).append(str(clause.subject))
    parts = [
        ASKED.fill(
            item=ITEM_NAMES[item],
            subjects=listed(subject_text(name, item) for name in dict.fromkeys(subjects)),
            source=source,
        )
        for (item, source), subjects in found.items()
    ]
    return Text("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def _factors(school: SchoolData) -> Iterator[Problem]:
    """Find factors by which those who come first do not."""
    weights = school.settings.weights
    if weights.priority_factor > weights.ordinary_factor:
        return
    items = (PolicyItem.PRIORITY_GROUP, PolicyItem.PRIORITY_GRADES)
    clauses = [clause for item in items for clause in school.in_force(item)]
    asked = [BY.fill(item=ITEM_NAMES[c.item], source=c.source) for c in clauses]
    if not asked and any(group.priority for group in school.groups):
        asked = [OWN_PRIORITY]
    if asked:
        facts = {"priority": weights.priority_factor, "ordinary": weights.ordinary_factor}
        text = FACTORS.fill(asked=listed(dict.fromkeys(asked)), **facts)
        severity: Severity = "error" if clauses else "warning"
        field, value = "weights.priority_factor", str(weights.priority_factor)
        yield Problem("priority-last", "settings", 0, field, value, text, severity)


def _relief(school: SchoolData) -> Iterator[Problem]:
    """Find relief of 0 % where the document says that there is some, and leaves open how much."""
    regulation = school.policy.regulation
    if school.settings.budget.fee_basis is FeeBasis.NONE or regulation is None:
        return
    granted = [c for c in regulation.clauses if c.item is PolicyItem.RELIEF and c.open]
    for number, group in enumerate(school.groups):
        about = [c for c in granted if group.goes_by(c.subject) and school.scope(c)]
        if about and group.relief_percent == 0:
            text = _no_relief(about[0])
            yield Problem("relief-nothing", "groups", number, "relief_percent", "0%", text)
    for row, clause in enumerate(school.policy.clauses):
        if clause.item is not PolicyItem.RELIEF or clause.waived or clause.value != 0:
            continue
        about = [c for c in granted if _speaks_of(school, clause, c)]
        if about:
            text = _no_relief(about[0])
            yield Problem("relief-nothing", "policy", row, "value", "0%", text)


def _speaks_of(school: SchoolData, own: Clause, clause: Clause) -> bool:
    """Tell whether a row of the school's own is about a group that a clause grants relief."""
    group = school.group.get(own.subject or "")
    named = [group] if group else [StudentGroup(id="-", name="", kind=k) for k in _kind(own)]
    return any(one.goes_by(clause.subject) for one in named)


def _kind(own: Clause) -> list[GroupKind]:
    return [kind for kind in GroupKind if kind == own.subject]


def _no_relief(clause: Clause) -> Text:
    subject = subject_text(str(clause.subject), clause.item)
    return NO_RELIEF.fill(subject=subject, source=clause.source)
