"""What a policy asks of outside bodies and of people: which clauses speak of whom."""

from collections.abc import Iterator

from models.clauses import Clause
from models.items import ITEMS, PolicyItem, Subject
from models.people import Provider, StaffKind, Teacher
from models.school_data import SchoolData
from models.terms import Ban

_OF_OUTSIDERS = (
    PolicyItem.CONDUCT_REQUIRED,
    PolicyItem.VETTING_REQUIRED,
    PolicyItem.QUALIFICATION_REQUIRED,
)


def on_bodies(school: SchoolData) -> tuple[Clause, ...]:
    """Give the clauses in force for which one must know what sort of body a provider is."""
    return tuple(
        clause
        for clause in school.rules.clauses
        if ITEMS[clause.item].subject is Subject.PROVIDER
        or clause.item is PolicyItem.VETTING_REQUIRED
    )


def bans(school: SchoolData, provider: Provider) -> Iterator[tuple[Ban, Clause]]:
    """Give why the policy keeps a body out, each reason with its clause; nothing if it does not.

    A bad record stands against whoever has to be of good conduct, or is vetted; the clause on
    conduct is the one that says so where there is one.
    """
    for item, ban in (
        (PolicyItem.BARRED_PROVIDER, Ban.KIND),
        (PolicyItem.NO_PREMISES, Ban.PREMISES),
    ):
        for clause in school.in_force(item):
            if provider.kind is not None and clause.subject == provider.kind:
                yield ban, clause
    vetting = school.in_force(PolicyItem.VETTING_REQUIRED)
    if not provider.vetted:
        yield from ((Ban.NOT_VETTED, clause) for clause in vetting)
    if provider.bad_record:
        conduct = school.in_force(PolicyItem.CONDUCT_REQUIRED)
        yield from ((Ban.BAD_RECORD, clause) for clause in conduct or vetting)


def on_person(school: SchoolData, person: Teacher) -> tuple[Clause, ...]:
    """Give the clauses in force that a person who is not cleared fails.

    Of a school's own staff they ask for good conduct; where no clause does, those on vetting speak
    of everybody. Of others they ask for what there is.
    """
    if person.kind is StaffKind.OWN and person.provider is None:
        conduct = school.in_force(PolicyItem.CONDUCT_REQUIRED)
        return conduct or school.in_force(PolicyItem.VETTING_REQUIRED)
    return tuple(clause for item in _OF_OUTSIDERS for clause in school.in_force(item))


def may_work(school: SchoolData, person: Teacher) -> bool:
    """Tell whether a person may be with children here: cleared, and of no body that is barred."""
    body = school.provider.get(person.provider or "")
    return person.cleared and (body is None or not any(bans(school, body)))
