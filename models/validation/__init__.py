"""What must hold across the tables of a school; every problem is found in one go."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.problems import Problem
from models.validation import menu, people, references, time

if TYPE_CHECKING:
    from models.school import School

Known = dict[str, frozenset[str]]


def find_problems(school: "School", also_known: Known | None = None) -> list[Problem]:
    """List every problem, errors and warnings, in the order of the tables.

    Parameters
    ----------
    school
        May be one made with ``model_construct``, i.e. not yet validated.
    also_known
        Ids by table that exist although their rows could not be read, so that one bad row does not
        make every reference to it look wrong.
    """
    problems = list(references.find(school, also_known or {}))
    if not any(p.severity == "error" for p in problems):
        return problems + list(_sense(school))
    # The other rules look things up by id: they run on the rows that can be looked up.
    sound, numbers = references.without_broken(school, problems)
    for problem in _sense(sound):
        row = problem.row
        if row is not None and problem.table in numbers:
            row = numbers[problem.table][row]
        problems.append(problem._replace(row=row))
    return problems


def _sense(school: "School") -> Iterator[Problem]:
    yield from time.find(school)
    yield from people.find(school)
    yield from menu.find(school)


__all__ = ["Known", "find_problems"]
