"""Words in which policies and notices speak: what a clause binds, whom, when, and why not."""

from enum import StrEnum


class Force(StrEnum):
    """Hard: the text says must or may not. Advisory: in principle, generally."""

    HARD = "hard"
    ADVISORY = "advisory"


class Band(StrEnum):
    """Grades of a primary school as documents speak of them; the school says which these are."""

    LOWER = "lower"
    MIDDLE = "middle"
    UPPER = "upper"


class Topic(StrEnum):
    """What a document wants published."""

    SERVICE_TIME = "service_time"
    MENU = "menu"
    METHOD = "method"
    STAFF = "staff"
    PLACES = "places"
    SAFETY = "safety"
    FEES = "fees"
    COMPLAINTS = "complaints"
    ACCOUNTS = "accounts"
    ATTENDANCE = "attendance"
    HOMEWORK_CHECKS = "homework_checks"
    """How homework is set and checked."""


class Every(StrEnum):
    """How often a document wants its accounts published."""

    MONTH = "month"
    TERM = "term"
    REGULARLY = "regularly"


class Season(StrEnum):
    """Holidays in which a campus stays open."""

    WINTER = "winter"
    SUMMER = "summer"


class Ban(StrEnum):
    """Why a policy keeps an outside body out, with its courses and its people."""

    KIND = "kind"
    PREMISES = "premises"
    NOT_VETTED = "not_vetted"
    BAD_RECORD = "bad_record"
