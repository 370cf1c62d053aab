"""The whole answer."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.base import Frozen, GroupId, Id, Seed, Total
from models.text import Text


class Section(Frozen):
    """One group of a course, with the same slots, room and staff every week."""

    id: GroupId
    course: Id
    slots: tuple[Id, ...]
    room: Id
    staff: tuple[Id, ...]
    students: tuple[Id, ...] = ()


class CareGroup(Frozen):
    """One base-care group at one slot."""

    id: GroupId
    slot: Id
    room: Id
    staff: tuple[Id, ...]
    students: tuple[Id, ...] = ()


class UnmetReason(StrEnum):
    """Why a wish was not granted; the first that applies, in this order.

    Each is what stands in the way with all else as it stands; ``optimizer.checks`` says exactly
    when it applies, and tries it.
    """

    NOT_ELIGIBLE = "not_eligible"
    """The grade, the policy or a lock keeps the student out of the course."""
    CLOSED = "closed"
    """Not opened: the school allows no section, or locked their number to none."""
    NO_TIMES = "no_times"
    """Not opened: the school's slots admit no way to hold the course."""
    TIME = "time"
    """No way to hold the course fits the slots the student offers."""
    TOO_FEW = "too_few"
    """Not opened: fewer students could come than the minimum size."""
    TOO_FEW_AT_ONCE = "too_few_at_once"
    """Not opened: at no time could so many come that may share a section."""
    NO_STAFF = "no_staff"
    """Not opened: at those times nobody may lead it, or too few may."""
    NO_ROOM = "no_room"
    """Not opened: at those times there is no room that suits it."""
    STAFF_BUSY = "staff_busy"
    """Not opened: whoever may lead it has other duties then, or as many as he may have."""
    ROOM_BUSY = "room_busy"
    """Not opened: every room that suits it is in use then."""
    TOO_FEW_LEFT = "too_few_left"
    """Not opened: of those who could come, too few have not got a better wish then."""
    TOO_LONG_DAY = "too_long_day"
    """Not opened: with it, too many of them would exceed what the policy allows on a day."""
    BUDGET = "budget"
    """Not opened: the budget does not leave the pay for it."""
    COULD_OPEN = "could_open"
    """Not opened in the time of the search, although as things stand it could be."""
    NOT_OPENED = "not_opened"
    """Not opened: it could be only with changes to other sections or to base care."""
    TEACHER = "teacher"
    """No open section is led by the teacher the wish names."""
    OTHER_TIME = "other_time"
    """Every open section meets when the student is not there."""
    CLASH = "clash"
    """Every open section he could attend meets at the time of a seat that he holds and does not
    give up for it: of a better wish, a pinned one, or more than one."""
    WANTED = "wanted"
    """He holds as many clubs as he wanted, pinned ones among them that he cannot give up."""
    FULL = "full"
    """Every open section he could attend is full."""
    FULL_PINNED = "full_pinned"
    """Full, of students whom the school pinned to it."""
    FULL_HELD = "full_held"
    """Full, of students who held their seats before, or are pinned to them."""
    FULL_STRONGER = "full_stronger"
    """Full, of students with stronger claims (or seats pinned or held before)."""
    FULL_LOTTERY = "full_lottery"
    """Full, and he lost the draw: some hold their seats by equal claims and better numbers."""
    GRADES = "grades"
    """The open sections with room left hold grades too far from his."""
    NEEDED = "needed"
    """The group that he would give up for it would be too small without him."""
    DAY_LIMIT = "day_limit"
    """He would exceed what the policy allows on a day."""
    CARE = "care"
    """Base care could not be kept in order without him."""
    CARE_FULL = "care_full"
    """Base care has no place for him at the time of the club that he would give up for it."""

    @property
    def is_full(self) -> bool:
        """Tell whether every open section he could attend is full, by whomever."""
        return self in {
            UnmetReason.FULL,
            UnmetReason.FULL_PINNED,
            UnmetReason.FULL_HELD,
            UnmetReason.FULL_STRONGER,
            UnmetReason.FULL_LOTTERY,
        }


class UnmetWish(Frozen):
    """A wish that was not granted although the student would have taken it."""

    student: Id
    course: Id
    rank: int
    reason: UnmetReason
    because: tuple[Id, ...] = ()
    """What the reason is about: for ``clash``, ``wanted`` and ``needed`` the courses of the seats
    he holds, for ``staff_busy`` the only people and for ``room_busy`` the only rooms there are."""
    also: tuple[UnmetReason, ...] = ()
    """What else would be in the way of the same seat."""
    alternative: GroupId | None = None
    """A section with a free seat that the student could attend, kept for him alone; for one who was
    moved to another activity, the section he was moved to."""


class PlanStatus(StrEnum):
    """Proved best, or the best found so far. Without a plan an error says why."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"


class BoundProof(StrEnum):
    """How a plan's bound was certified."""

    BEST_WISHES = "best_wishes"
    """By counting: everyone gets his best wishes, as many clubs as he wants, as if there were room
    for all."""
    EXACT_SEARCH = "exact_search"
    """By exact integer search over the whole model: nothing better is left in it."""
    LINEAR_PROGRAM = "linear_program"
    """By prices, which come of a linear program: what everybody does best at them bounds all plans
    (``optimizer.checks.proved_bound``)."""


class StageUse(Frozen):
    """What one stage of a search did."""

    stage: str
    calls: int = 0
    seconds: float = 0.0
    """Of all threads that were in it; stages may hold others."""
    improvements: int = 0
    """Better plans that were found in it."""


class TracePoint(Frozen):
    """Where a search stood at a moment; the point holds until the next one."""

    seconds: float
    """Since the start of the search."""
    value: int | None = None
    bound: int | None = None
    first_clubs: int | None = None
    """Where first clubs come before points."""


class Provenance(Frozen):
    """How a plan came about."""

    version: str
    engine: str
    seed: int
    workers: int
    time_limit_seconds: float
    seconds: float
    run: str = ""
    """Names the run: all files that it wrote carry it. Empty: not written by the command."""
    set_aside: Text | None = None
    """Where the check refused the finished plan, a fault of the program: what was refused. This is
    then another plan, which it passed."""
    params: Annotated[str, Field(max_length=10_000)] = ""
    """Search parameters that were not as usual, as TOML; empty where all were."""
    params_digest: str = ""
    """Digest of all search parameters: plans of one digest were sought alike."""
    stages: tuple[StageUse, ...] = ()
    """What each stage of the search did."""
    trace: Annotated[tuple[TracePoint, ...], Field(max_length=10_000)] = ()
    """Value and bound over time."""
    repeatable: bool = False
    """Whether the search was ended by counts of its work alone, which is so with one worker as long
    as the clock did not cut in: the same school, seed, limit and version then give this plan."""
    confirmed: bool = False
    """Where exact search proved the plan best: whether a second search, of another kind, agreed."""


MANY = Field(max_length=20_000)
"""More groups than the largest school has, and as many as can be looked at in time."""


class Plan(Frozen):
    """Sections, seats, care groups, unmet wishes, value, bound and provenance."""

    school: Id
    school_digest: str
    """Digest of what the plan rests on (see ``models.digests``): it is for these data only."""
    books_digest: str = ""
    """Digest of what only ledger and prints use, as it stood; empty: not known."""
    whole_digest: str = ""
    """Digest of all the school's data, as they stood; empty: not known."""
    status: PlanStatus
    sections: Annotated[tuple[Section, ...], MANY]
    care_groups: Annotated[tuple[CareGroup, ...], MANY]
    unmet: Annotated[tuple[UnmetWish, ...], Field(max_length=500_000)] = ()
    moved_from: Annotated[tuple[CareGroup, ...], MANY] = ()
    """The care groups that students left when they were moved to another activity (policy item
    ``move_unmet``), as they were before. With these back, and those seats and the sections below
    gone, the plan is again the one that value, bound and reasons speak of."""
    opened_for_unmet: Annotated[tuple[GroupId, ...], MANY] = ()
    """Sections that were opened for students moved to another activity, so that without them they
    would not be; whoever is in one is there because of that, had he wished for it or not."""
    value: Total
    """Points of satisfaction, doubled (see Weights)."""
    bound: Total | None = None
    """No plan of this school has more points; None when none was proved. Where first clubs come
    before points (``Aim``): none that is as good in these."""
    bound_proof: BoundProof | None = None
    """How the bound was certified; None without a bound."""
    first_clubs: Total | None = None
    """Students with a club they wished for; None: not said, which an older plan does not."""
    first_clubs_bound: Total | None = None
    """In no plan of this school are there more."""
    first_points: Total | None = None
    """Points of their first clubs: his club of the most points, and those for having one."""
    first_points_bound: Total | None = None
    """No plan with as many first clubs has more."""
    pay_fen: Total
    """Pay over the whole term."""
    lottery_seed: Seed
    waived: tuple[str, ...] = ()
    """Advisory policy items that the school waived."""
    provenance: Provenance

    @property
    def gap(self) -> float | None:
        """(bound - value) / value; None without a bound or with nothing to divide by."""
        if self.bound is None:
            return None
        if self.bound == self.value:
            return 0.0
        return (self.bound - self.value) / self.value if self.value else None
