"""A price list: what the things that a school is short of are worth, and so the proof of a bound.

At any prices of this kind no plan has more points than everyone's best dealings at them come to
(``optimizer.checks.bound`` adds up, ``docs/engine.md`` has the proof). Good prices give a low
bound, bad ones a high one, and none a false one. All prices are whole numbers of billionths of a
point (``UNIT``), points being those of a plan's ``value``. What is not listed is free.
"""

from typing import Annotated

from pydantic import Field

from models.base import Frozen, Grade, Id, Total, Weekday
from models.locks import SectionLock

UNIT = 1_000_000_000
"""How many units of a price list are one point."""

_MOST = 10**15
"""A million points: more than anything can be worth."""
Price = Annotated[int, Field(strict=True, ge=0, le=_MOST)]
SignedPrice = Annotated[int, Field(strict=True, ge=-_MOST, le=_MOST)]


class SeatPrice(Frozen):
    """What a seat costs in any section of a course that meets at these slots for these grades.

    Whoever has the seat pays it, and the section takes it in. Below zero the section pays: it needs
    students to open at all.
    """

    slots: tuple[Id, ...]
    grades: tuple[Grade, ...]
    price: SignedPrice = 0
    openings: dict[Id, Price] = Field(default={})
    """By student: what he pays besides for a seat in just these. Each of them takes it in, be he in
    it or not: without one he has no seat there."""


class CarePrice(Frozen):
    """What a place in base care costs each student of the grade who stays and is in no section."""

    slot: Id
    grade: Grade
    price: Price


class GroupPrice(Frozen):
    """What is paid for care groups at a slot with any of the grades, as far as they must be."""

    slot: Id
    grades: tuple[Grade, ...]
    price: Price


class LearningPrice(Frozen):
    """What it is worth that a student learns less in base care on a weekday, by unit of his limit.

    Only those are paid who would learn too long if they were in no section.
    """

    grade: Grade
    weekday: Weekday
    price: Price


class LockPrice(Frozen):
    """What each section that keeps a lock takes in for it."""

    lock: SectionLock
    price: Price


class Prices(Frozen):
    """One price for each thing that is scarce."""

    seats: dict[Id, tuple[SeatPrice, ...]] = Field(default={})
    """By course."""
    openings: dict[Id, dict[Id, Price]] = Field(default={})
    """By course and student: what he pays for his seat besides. Each section of the course that he
    could attend takes it in, be he in it or not: without one he has no seat."""
    care: tuple[CarePrice, ...] = ()
    groups: tuple[GroupPrice, ...] = ()
    """Those whom no section could have then need so and so many groups for certain: each group
    takes the price in, and for so many it is paid."""
    savings: tuple[GroupPrice, ...] = ()
    """It takes so many seats in sections to save the first group. Each group takes in so many times
    the price, each student in a section then the price itself, and it is paid as often as without
    any section."""
    waits: dict[Id, dict[Id, Price]] = Field(default={})
    """By slot and student: what he pays if he is in no section then, besides his place. Each care
    group with his grade takes it in: without one he is nowhere."""
    learning: tuple[LearningPrice, ...] = ()
    locks: tuple[LockPrice, ...] = ()
    staff: dict[Id, dict[Id, Price]] = Field(default={})
    """By person and slot: what a section or care group pays to have him then, his pay included."""
    rooms: dict[Id, dict[Id, Price]] = Field(default={})
    """By room and slot: what a section or care group pays to be in it then."""
    money: dict[Annotated[str, Field(max_length=64)], Price] = Field(default={})
    """By account, "" being a sum for all pay: the price of a fen of pay out of it."""


class Split(Frozen):
    """Two proofs for two kinds of plans: with few sections of some kind, and with more of them."""

    course: Id
    slots: tuple[Id, ...]
    grades: tuple[Grade, ...]
    most: Annotated[int, Field(strict=True, ge=0, le=100)]
    """Most sections in plans of the first kind; all others are of the second."""
    fewer: "Prices | Split"
    more: "Prices | Split"


class PriceList(Frozen):
    """The proof of a plan's bound, for anyone to check."""

    school: Id
    school_digest: str
    """Digest of what plan and bound rest on, as in the plan."""
    run: str = ""
    """Names the run that wrote it, as in the plan's provenance."""
    unit: Annotated[int, Field(strict=True, ge=UNIT, le=UNIT)] = UNIT
    bound: Total | None = None
    """What it is said to prove; whoever checks it works it out anew."""
    proof: Prices | Split = Prices()
