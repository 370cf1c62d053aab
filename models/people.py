"""Students, the groups they belong to, their classes, and staff."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.base import Few, Frozen, Grade, Id, Name, RateFen


class Level(StrEnum):
    """What a stage is in the words of the law, whatever the school calls it."""

    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"

    @property
    def grades(self) -> range:
        """Grades that can be of it; the sixth is primary in most places and junior in some."""
        return {"primary": range(1, 7), "junior": range(6, 10), "senior": range(10, 14)}[self]


class GroupKind(StrEnum):
    """Groups of which regulations speak."""

    DISABLED = "disabled"
    LEFT_BEHIND = "left_behind"
    MIGRANT = "migrant"
    """Children of migrant workers."""
    HARDSHIP = "hardship"
    """Recognised as poor, on whatever ground."""
    REGISTERED_POOR = "registered_poor"
    MINIMUM_INCOME = "minimum_income"
    HARDSHIP_WORKER = "hardship_worker"
    """Children of workers recognised as in hardship."""
    BOARDER = "boarder"
    BUS = "bus"
    """Goes home by school bus."""
    SPECIAL_NEEDS = "special_needs"
    OTHER = "other"
    """None of these: a group of the school's own."""


POOR = frozenset({GroupKind.REGISTERED_POOR, GroupKind.MINIMUM_INCOME, GroupKind.HARDSHIP_WORKER})
"""Kinds of hardship: what a regulation says of hardship goes for them, too."""


class StudentGroup(Frozen):
    """A group with a claim of its own, e.g. left-behind, hardship, boarder."""

    id: Id
    name: Name
    kind: GroupKind | None = None
    """By this a policy knows the group; its id is the school's own."""
    priority: bool = False
    relief_percent: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None
    """Share of the fee that is waived; None: not said, and nothing unless the policy says."""
    reimbursed: bool = False
    """Whether somebody pays the school what is waived; a policy may say so, too."""

    def goes_by(self, subject: str | None) -> bool:
        """Tell whether a policy that names the subject speaks of this group."""
        if subject is None:
            return False
        if subject == self.id:
            return True
        return self.kind is not GroupKind.OTHER and (
            subject == self.kind or (subject == GroupKind.HARDSHIP and self.kind in POOR)
        )


class HomeClass(Frozen):
    """A class that pupils leave for their clubs and return to."""

    id: Id
    name: Name
    grade: Grade
    home_room: Id | None = None
    homeroom_teacher: Id | None = None


class Student(Frozen):
    """One pupil: where he belongs, when he stays, how many clubs he wants."""

    id: Id
    name: Name
    home_class: Id
    groups: tuple[Id, ...] = ()
    stay_slots: tuple[Id, ...] = ()
    """He asked to stay at these and must be looked after at each."""
    club_slots: tuple[Id, ...] = ()
    """He stays at these only for a club and goes home otherwise."""
    max_clubs: Few = 1
    joins: date | None = None
    """First day in the service; None: from the start of the term."""
    leaves: date | None = None
    """Last day in the service; None: to the end of the term."""


class StaffKind(StrEnum):
    """Who employs a person, in the order in which schools call on them."""

    OWN = "own"
    OTHER_SCHOOL = "other_school"
    """Teaches at another school, and is sent by the education authority."""
    EXTERNAL = "external"
    VOLUNTEER = "volunteer"
    PROVIDER = "provider"


class PayUnit(StrEnum):
    """What a rate is paid for."""

    PERIOD = "period"
    SESSION = "session"


class Teacher(Frozen):
    """Anyone who leads a section or supervises base care."""

    id: Id
    name: Name
    kind: StaffKind = StaffKind.OWN
    cleared: bool = True
    """Vetted, with no finding that bars the person from work with children."""
    may_supervise: bool = True
    """Whether base care may be given to this person."""
    available_slots: tuple[Id, ...] | None = None
    """None means every slot."""
    max_periods_week: Few = 10
    max_periods_day: Few = 4
    pay_fen: RateFen | None = None
    """Rate; None: not said, and nothing is paid."""
    pay_unit: PayUnit = PayUnit.PERIOD
    overtime_pay_fen: RateFen | None = None
    """Rate after the policy's end of normal work; None means the same rate."""
    provider: Id | None = None
    """The body that sends the person; whoever is of the kind ``provider`` has one."""

    def available(self, slot_id: str) -> bool:
        """Tell whether the person can come at the slot."""
        return self.available_slots is None or slot_id in self.available_slots


class ProviderKind(StrEnum):
    """What sort of outside body provides a course or its staff."""

    PUBLIC = "public"
    """Youth palaces, museums, communities and the like, not for profit."""
    NON_SUBJECT = "non_subject"
    """Trains children in what is no school subject: sports, arts, technology."""
    TRAINING_FIRM = "training_firm"
    """Any other firm that trains children, above all in school subjects."""
    OTHER = "other_body"
    """Trains nobody: a works, a farm, a troupe."""


class Provider(Frozen):
    """An outside body that provides a course or staff."""

    id: Id
    name: Name
    kind: ProviderKind | None = None
    """None: not said, which a policy that speaks of providers does not allow."""
    vetted: bool = True
    bad_record: bool = False


class Stage(Frozen):
    """A school stage, e.g. primary (grades 1-6) or junior (7-9)."""

    id: Id
    name: Name
    grades: tuple[Grade, ...]
    level: Level | None = None
    """None: by its grades, of which 1-6 are primary, 7-9 junior and the rest senior."""
