"""The whole question: a school whose parts fit together."""

from functools import cached_property

from pydantic import model_validator

from models.digests import Digests, digests_of
from models.problems import SchoolError
from models.school_data import SchoolData
from models.validation import find_problems


class School(SchoolData):
    """The whole question: data of a school that do not contradict each other.

    Raises
    ------
    SchoolError
        With every contradiction at once (unknown ids, duplicates, impossible values); see
        ``models.validation``. Not a ValueError, so that pydantic lets it through as it is.
    """

    @model_validator(mode="after")
    def _consistent(self) -> "School":
        errors = [p for p in find_problems(self) if p.severity == "error"]
        if errors:
            raise SchoolError(errors)
        return self

    def replaced(self, **parts: object) -> "School":
        """Give this school with some parts replaced, validated and worked out anew.

        ``model_copy`` does neither: its copy keeps the lookups of the old school.

        Parameters
        ----------
        parts
            New values by field, e.g. ``courses=...`` or ``settings=...``.

        Raises
        ------
        SchoolError
            With every contradiction between the new parts and the rest.
        pydantic.ValidationError
            For a field that a school does not have, or a value that does not fit it.
        """
        return School.model_validate(
            {name: getattr(self, name) for name in School.model_fields} | parts
        )

    @cached_property
    def digests(self) -> Digests:
        """Digests of what a plan rests on, of what only books and prints use, and of the whole."""
        return digests_of(self)

    @property
    def digest(self) -> str:
        """Digest of what a plan rests on: a plan of this school names it."""
        return self.digests.plan
