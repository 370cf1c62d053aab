"""What a school sets once: weights, base care, budget, limits."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.base import (
    Count,
    Fen,
    FewPositive,
    Frozen,
    Grade,
    Id,
    Name,
    Points,
    Positive,
    Prose,
    RateFen,
    Seed,
)
from models.money import FeeBasis
from models.people import Stage


class Aim(StrEnum):
    """Which of two plans is the better one (``models.worth``)."""

    MOST_POINTS = "most_points"
    FIRST_CLUBS = "first_clubs"
    """Everybody's first club before anybody's second or third."""


class Weights(Frozen):
    """Points of satisfaction, before the factor that keeps them whole, and what they serve."""

    aim: Aim = Aim.FIRST_CLUBS
    """First clubs before points cost about 1.3 % of the points on generated schools; of those who
    ask for one club 85 % got their first choice there instead of 73 %."""
    rank_points: Annotated[tuple[Points, ...], Field(max_length=100)] = (10, 8, 6, 5, 4, 3, 2)
    """Points of rank 1, 2, ...; the last holds for all ranks after it."""
    first_seat: Points = 12
    second_seat: Points = 4
    ordinary_factor: FewPositive = 2
    """All points are kept doubled, so that the priority factor 3/2 stays whole."""
    priority_factor: FewPositive = 3
    tolerance: Annotated[int, Field(strict=True, ge=0, le=10**6)] = 0
    """Points that may be given up for own staff where these come first, less pay,
    evener loads or fewer changes."""


class CareRooms(StrEnum):
    """Which home rooms a care group may use."""

    OWN_GRADE_FIRST = "own_grade_first"
    """Any, but one of its own grades where that can be had."""
    OWN_GRADE = "own_grade"
    ANY_HOME = "any_home"


class BaseCare(Frozen):
    """How base care is organised."""

    max_size: Positive = 45
    grade_span: FewPositive = 1
    """How many neighbouring grades may share a group."""
    mix_stages: bool = False
    staff_needed: FewPositive = 1
    rooms: CareRooms = CareRooms.OWN_GRADE_FIRST
    rota_grades: tuple[Grade, ...] = ()
    """Grades whose care groups are supervised by homeroom teachers of the group's grades."""


class PartPeriod(StrEnum):
    """What a month or term is charged that a student joins or leaves in the middle of."""

    FULL = "full"
    SHARE = "share"
    """The share of its service dates that he belongs to it."""


class Budget(Frozen):
    """What pay may cost over the whole term.

    A given sum limits all pay; ``from_income`` limits the pay of each account to what it is certain
    to take in; with neither, pay is not limited, but for what comes out of a special fund.
    """

    sum_fen: Fen | None = None
    from_income: bool = False
    fee_basis: FeeBasis | None = None
    """None: not said; the policy's, or no fee."""
    fee_fen: RateFen | None = None
    fee_standard: Prose = ""
    """The document by which the fee was approved or issued: its title or number."""
    fee_from: date | None = None
    """The first day on which the fee may be charged; None: not said, all term."""
    part_period: PartPeriod | None = None
    """None: not said; the whole fee."""
    subsidy_fen_per_student: RateFen | None = None
    """Per participant and term, before the uplift."""
    subsidy_earlier_fen: RateFen = 0
    """What was drawn per participant for earlier terms of the same year."""
    uplift_percent: Annotated[int, Field(strict=True, ge=0, le=100)] = 0
    """Uplift on the subsidy for remote areas."""
    special_fund_fen: Fen | None = None
    """What the authority grants for the service this term."""
    yearly_budget_fen: Fen | None = None
    """What the authority's yearly budget gives the service this term."""
    donation_fen: Fen | None = None
    """What is given to the service this term."""
    collection_fen: Fen | None = None
    """What is collected on behalf of others this term, besides the fee."""


class Notice(Frozen):
    """What only the school can say on its public notice."""

    method: Prose = ""
    safety: Prose = ""
    complaints: Prose = ""
    """Where to complain: office and telephone."""


class Settings(Frozen):
    """The school's own choices."""

    id: Id
    name: Name
    stages: tuple[Stage, ...] = ()
    """Empty means one stage."""
    lower_grades: tuple[Grade, ...] = ()
    """Which grades are the lower ones of which the policy speaks; the rest of primary, less the
    middle ones, are the upper."""
    middle_grades: tuple[Grade, ...] = ()
    max_grade_span: FewPositive = 6
    """Most grades in one section, unless the course says otherwise."""
    session_break_minutes: Count = 20
    """Longest break between two periods that still count as back to back."""
    lottery_seed: Seed = 1
    weights: Weights = Weights()
    base_care: BaseCare = BaseCare()
    budget: Budget = Budget()
    notice: Notice = Notice()
