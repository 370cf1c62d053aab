"""The school that a verb works on: its warnings are said, and some of them stop the verb."""

from collections.abc import Callable
from pathlib import Path

from models import Plan, Problem, School, Text
from models.validation import find_problems
from optimizer.checks import Foreseen, foresee
from optimizer.cli import folder
from optimizer.cli.common import Output, capped
from optimizer.cli.policy import with_policy
from optimizer.errors import InputError
from optimizer.files import NOT_ACCEPTED, Inspection, inspect_school, read_plan


def read_question(
    out: Output, path: Path, accept_warnings: bool, policy: str | None = None
) -> School:
    """Read a school, say what is odd about it, and put another policy in its place.

    Raises
    ------
    InputError
        With every mistake; or with the warnings that have to be accepted and are not.
    """
    return _read(out, inspect_school(path), accept_warnings, policy)


def read_to_plan(
    out: Output, path: Path, accept_warnings: bool, policy: str | None = None
) -> School:
    """Read a school that is to be planned: what no plan can have is said, or refused, too.

    Raises
    ------
    InputError
        As in ``read_question``; or with the locks that no plan can keep.
    """
    found = inspect_school(path)
    school = _read(out, found, accept_warnings, policy)
    foreseen = foresee(school)
    if foreseen.pins:
        raise InputError([found.locate(problem) for problem in foreseen.pins])
    for text in capped(doubts(found.locate, foreseen)):
        out.warn(text)
    return school


def doubts(locate: Callable[[Problem], Text], foreseen: Foreseen) -> list[Text]:
    """Give what is to be said of a school although there may be a plan."""
    return [*map(locate, foreseen.closed), *foreseen.doubtful]


def _read(out: Output, found: Inspection, accept_warnings: bool, policy: str | None) -> School:
    stops = () if found.school is None or accept_warnings else found.stops
    for text in capped([text for text in found.warnings if text not in stops]):
        out.warn(text)
    if found.school is None:
        raise InputError(found.errors)
    if stops:
        raise InputError([*stops, NOT_ACCEPTED])
    school = with_policy(found.school, policy)
    if school is not found.school:
        _ask_anew(out, found, school, accept_warnings)
    return school


def _ask_anew(out: Output, found: Inspection, school: School, accept_warnings: bool) -> None:
    """Say what is odd about a school under its other policy, and was not under its own."""
    before = {*find_problems(found.school)} if found.school else set()
    new = [problem for problem in find_problems(school) if problem not in before]
    stops = () if accept_warnings else [one for one in new if one.severity == "stop"]
    for text in capped([found.locate(one) for one in new if one not in stops]):
        out.warn(text)
    if stops:
        raise InputError([*map(found.locate, stops), NOT_ACCEPTED])


def read_answer(path: Path) -> Plan:
    """Read a plan, once whatever was being written beside it is in its place.

    Raises
    ------
    InputError
        With every mistake in the file.
    """
    folder.settle(path.parent)
    return read_plan(path)
