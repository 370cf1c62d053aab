"""What must hold across the tables of a school; every problem is found in one go."""

from models.problems import Problem
from models.school_data import SchoolData
from models.validation import (
    calendar,
    groups,
    late,
    menu,
    outsiders,
    people,
    policy,
    provided,
    published,
    references,
    rota,
    size,
    time,
)
from models.validation.outsiders import find_blanks

Known = dict[str, frozenset[str]]


def find_problems(school: SchoolData, also_known: Known | None = None) -> list[Problem]:
    """List every problem, errors and warnings, in the order of the tables.

    Parameters
    ----------
    school
        May be one made with ``model_construct``, i.e. not yet validated.
    also_known
        Ids by table that exist although their rows could not be read, so that one bad row does not
        make every reference to it look wrong. A table named here is incomplete, and nothing is
        concluded from what it lacks. Under ``wishes`` stand the students whose lists of wishes are
        incomplete.
    """
    return [*find_broken_references(school, also_known), *find_nonsense(school, also_known)]


def find_broken_references(school: SchoolData, also_known: Known | None = None) -> list[Problem]:
    """List duplicate ids and references to nothing; rows may lack fields.

    Where a table is far too long, that alone is said.
    """
    return list(size.find(school)) or list(references.find(school, also_known or {}))


def find_nonsense(school: SchoolData, also_known: Known | None = None) -> list[Problem]:
    """List what makes no sense although every field can be read.

    References to nothing are left aside, and so is what only they might contradict.
    """
    unread = also_known or {}
    if any(size.find(school)):
        return []
    return [
        *time.find(school, unread),
        *calendar.find(school, unread),
        *people.find(school, unread),
        *groups.find(school, unread),
        *late.find(school, unread),
        *outsiders.find(school, unread),
        *menu.find(school, unread),
        *provided.find(school, unread),
        *published.find(school, unread),
        *policy.find(school, unread),
        *rota.find(school, unread),
    ]


__all__ = ["Known", "find_blanks", "find_broken_references", "find_nonsense", "find_problems"]
