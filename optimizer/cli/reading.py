"""The school that a verb works on: its warnings are said, and some of them stop the verb."""

from pathlib import Path

from models import School
from optimizer.cli.common import Output, capped
from optimizer.cli.policy import with_policy
from optimizer.errors import InputError
from optimizer.files import NOT_ACCEPTED, inspect_school


def read_question(
    out: Output, path: Path, accept_warnings: bool, policy: str | None = None
) -> School:
    """Read a school, say what is odd about it, and put another policy in its place.

    Raises
    ------
    InputError
        With every mistake; or with the warnings that have to be accepted and are not.
    """
    found = inspect_school(path)
    stops = () if found.school is None or accept_warnings else found.stops
    for text in capped([text for text in found.warnings if text not in stops]):
        out.warn(text)
    if found.school is None:
        raise InputError(found.errors)
    if stops:
        raise InputError([*stops, NOT_ACCEPTED])
    return with_policy(found.school, policy)
