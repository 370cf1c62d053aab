"""Everything the program raises on purpose, and what may be said of what it does not.

- ZoubanError
    - InputError: a file or a school that cannot be used (exit code 2)
        - LimitsError: limits of a search that make no sense (exit code 2)
    - InfeasibleError: proved that no plan keeps all rules (exit code 3)
    - NoPlanError: no plan found in time, and none ruled out (exit code 4)
        - NoClubsError: base care alone was found, and clubs not ruled out (exit code 4)
    - CheckError: a plan that the independent check refuses (exit code 5)
"""

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from models import Asked, Family, Lang, Plan, Text, listed
from models.labels import FAMILY_NAMES


class ZoubanError(Exception):
    """Base of all: carries a message in both languages and the command's exit code."""

    exit_code: ClassVar[int] = 1

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)

    def say(self, lang: Lang) -> str:
        """Give the message in one language."""
        return self.text.say(lang)


class InputError(ZoubanError):
    """Input that cannot be used. ``messages`` holds every mistake found, one text each."""

    exit_code: ClassVar[int] = 2

    def __init__(self, messages: Sequence[Text]) -> None:
        self.messages = tuple(messages)
        zh, en = ("\n".join(lines) for lines in zip(*self.messages, strict=True))
        super().__init__(Text(zh, en))


class LimitsError(InputError):
    """Limits of a search that make no sense: seconds, seed, workers or engine."""


class InfeasibleError(ZoubanError):
    """Proved: these rule families cannot be kept together."""

    exit_code: ClassVar[int] = 3

    def __init__(
        self,
        families: Sequence[Family],
        because: Sequence[Text] = (),
        asked: Sequence[Asked] = (),
    ) -> None:
        self.families = tuple(families)
        self.because = tuple(because)
        """What is short, as far as counts show it: slot, person or sum."""
        self.asked = tuple(asked)
        """Who comes first where not all who asked to stay can be looked after."""
        super().__init__(
            Text(
                "无可行方案（已证明）：以下规则不能同时满足：{families}。",
                "infeasible (proved): these rules cannot be kept together: {families}.",
            ).fill(families=listed(FAMILY_NAMES[name] for name in self.families))
        )


class NoPlanError(ZoubanError):
    """The time ran out before a plan was found; whether there is one stays open."""

    exit_code: ClassVar[int] = 4


class NoClubsError(NoPlanError):
    """The time ran out with base care for everyone and no club, which may well be possible.

    Such a plan is not to go out unnoticed. ``plan`` holds it, checked: a start to go on from.
    """

    def __init__(self, text: Text, plan: Plan) -> None:
        self.plan = plan
        super().__init__(text)


class CheckError(ZoubanError):
    """A plan that breaks rules. ``findings`` says which."""

    exit_code: ClassVar[int] = 5

    def __init__(self, findings: Sequence[Text]) -> None:
        self.findings = tuple(findings)
        zh, en = ("\n".join(lines) for lines in zip(*self.findings, strict=True))
        super().__init__(Text(zh, en))


def fault(error: BaseException) -> tuple[str, str]:
    """Give the kind of an exception, and the place in the code where it was raised.

    Not its message: that could quote a student's name.
    """
    return type(error).__name__, next(iter(_places(error)), "")


def said(error: BaseException) -> str:
    """Give kind and all places for the log, the innermost first, without the message."""
    return f"{type(error).__name__} at {' < '.join(_places(error))}"


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno}" for f in reversed(frames)]
