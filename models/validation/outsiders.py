"""Outside bodies and their people are told apart, where a policy speaks of them."""

from collections.abc import Collection, Iterator, Mapping

from models.bodies import on_bodies, on_person
from models.clauses import Clause, DocumentClause
from models.items import PolicyItem
from models.labels import ITEM_NAMES, PROVIDER_KINDS
from models.people import StaffKind
from models.problems import MOST_LISTED, Problem, Severity, some_of
from models.school_data import SchoolData
from models.text import Text, listed

NO_KIND = Text(
    "机构“{provider}”没有写明类别，而政策对机构有规定（{asked}）；请填以下之一：{kinds}。",
    "provider '{provider}' has no kind, and the policy speaks of providers ({asked}): give one of "
    "{kinds}.",
)
NO_PROVIDER = Text(
    "教师“{teacher}”由机构派遣，却没有写明机构，{asked}；请在“机构”列填写机构编号。{known}",
    "'{teacher}' is sent by a provider, but no provider is named, {asked}: give its id under "
    "'Provider'. {known}",
)
NO_BODIES = Text("机构表是空的，请先添加该机构。", "There are no providers yet: add a row for it.")
ASKED_BY = Text(
    "因此无从核对政策对机构的规定（{asked}）",
    "so that nothing the policy asks of providers can be checked ({asked})",
)
FOR_NOW = Text("以后政策对机构有规定时便无从核对", "which any rule on providers would need")
NOT_OWN = Text(
    "教师“{teacher}”写作本校，却由机构“{provider}”派出；请改“类别”或清空“机构”，否则按本校教师计算。",
    "'{teacher}' is entered as the school's own but sent by provider '{provider}': correct the "
    "kind or clear the provider; as it stands the person counts as own staff.",
)
UNSAID = Text(
    "“{column}”空白按“是”计：{ids}；政策对此有要求（{asked}），请核实后填写。",
    "'{column}' is blank and counts as yes for {ids}; the policy asks for it ({asked}): look into "
    "it and fill it in.",
)
VETTED, CLEARED = Text("已审核", "Vetted"), Text("已审查", "Cleared")
ASKED = Text("{items}：{source}", "{items}: {source}")


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find bodies of no kind, people of no body, and own staff whom a body sends."""
    known = "policy" not in unread and "settings" not in unread
    clauses = on_bodies(school) if known else ()
    # What only rows of the school's own ask for, the school may set aside.
    hard = any(isinstance(clause, DocumentClause) for clause in clauses)
    severity: Severity = "error" if hard else "stop" if clauses else "warning"
    if clauses:
        yield from _bodies(school, clauses, severity)
    yield from _people(school, clauses, severity)


def _bodies(
    school: SchoolData, clauses: Collection[Clause], severity: Severity
) -> Iterator[Problem]:
    kinds = listed(PROVIDER_KINDS.values())
    for number, body in enumerate(school.providers):
        if body.kind is None:
            text = NO_KIND.fill(provider=body.id, asked=_asked(clauses), kinds=kinds)
            yield Problem("provider-kind", "providers", number, "kind", body.id, text, severity)


def _people(
    school: SchoolData, clauses: Collection[Clause], severity: Severity
) -> Iterator[Problem]:
    for number, person in enumerate(school.teachers):
        if person.kind is StaffKind.PROVIDER and person.provider is None:
            asked = ASKED_BY.fill(asked=_asked(clauses)) if clauses else FOR_NOW
            ids = [Text(body.id, body.id) for body in school.providers]
            text = NO_PROVIDER.fill(
                teacher=person.id, asked=asked, known=some_of(ids) if ids else NO_BODIES
            )
            yield Problem("no-provider", "teachers", number, "provider", person.id, text, severity)
        elif person.kind is StaffKind.OWN and person.provider in school.provider:
            text = NOT_OWN.fill(teacher=person.id, provider=person.provider)
            yield Problem("own-sent", "teachers", number, "kind", person.id, text, severity)


def find_blanks(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find outsiders whom the policy wants looked into, and of whom a blank says that they were.

    For schools as they were read from a file: what is made in Python leaves out what is usual.
    """
    if "policy" in unread or "settings" in unread:
        return
    vetting = school.in_force(PolicyItem.VETTING_REQUIRED)
    bodies = [b.id for b in school.providers if "vetted" not in b.model_fields_set]
    asked = [
        (person.id, on_person(school, person))
        for person in school.teachers
        if person.kind is not StaffKind.OWN and "cleared" not in person.model_fields_set
    ]
    people = [name for name, clauses in asked if clauses]
    clauses = dict.fromkeys(clause for _, own in asked for clause in own)
    for table, field, ids, said, about in (
        ("providers", "vetted", bodies if vetting else [], VETTED, vetting),
        ("teachers", "cleared", people, CLEARED, (*clauses,)),
    ):
        if ids:
            more = ["…"] * (len(ids) > MOST_LISTED)
            facts = {"ids": listed([*ids[:MOST_LISTED], *more]), "asked": _asked(about)}
            text = UNSAID.fill(column=said, **facts)
            yield Problem("blank-is-yes", table, None, field, ids[0], text, "warning")


def _asked(clauses: Collection[Clause]) -> Text:
    """Name the clauses, those of one source together."""
    found: dict[str, dict[Text, None]] = {}
    for clause in clauses:
        found.setdefault(clause.source, {})[ITEM_NAMES[clause.item]] = None
    return listed(ASKED.fill(items=listed(items), source=source) for source, items in found.items())
