"""Search parameters: every number that steers the search, with its unit and its reason.

None of them says what a plan must be (that is the rules) or what it is worth (that is the school's
settings): with any values that are allowed here the plans keep all rules and the bounds hold. What
is measured in ``share`` is a share of something said there, from 0 to 1; ``seconds`` are of the
clock or, with one worker, of the deterministic time that stands for it.
"""

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from models import Text
from models.base import Frozen
from models.problems import FieldError

TOO_LARGE = Text("应不大于 {other}（{most}）。", "expected no more than {other} ({most}).")
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Seconds = Annotated[float, Field(strict=True, ge=0, le=1e6)]
Ratio = Annotated[float, Field(strict=True, ge=0, le=1e6)]
"""Something against something else; 1 where both are alike."""
Many = Annotated[int, Field(strict=True, ge=0, le=10**9)]
Some = Annotated[int, Field(strict=True, ge=1, le=10**9)]


class _Params(Frozen):
    ascending: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Names of numbers of which the first is no more than the second."""

    @model_validator(mode="after")
    def _in_order(self) -> "_Params":
        for low, high in self.ascending:
            most = getattr(self, high)
            if getattr(self, low) > most:
                raise FieldError(low, TOO_LARGE.fill(other=high, most=most))
        return self


class StrategyParams(_Params):
    """Which strategy a school is given to."""

    most_students_whole: Many = 250
    """Students up to which the model of the whole school finds the better plans."""
    building: Seconds = 0.03
    """Seconds a student: more than that model takes to be built, which no deadline cuts short."""


class SessionParams(_Params):
    """Time and work of one search, and what is kept of them for what comes after it."""

    work_per_second: Ratio = 0.4
    """Deterministic time that stands for a second with one worker; the clock stays behind it."""
    run_work: Ratio = 4e-3
    """Deterministic time that a run counts for beside the solver's own: copying model and hint."""
    variable_work: Ratio = 4e-6
    """The same, for each variable of the model that is run."""
    between_plans: Seconds = 3.0
    """Least seconds between two plans given out on the way."""
    plan_cost: Ratio = 10.0
    """Times what the last one took: giving plans out must not eat the search."""
    earlier: Some = 4
    """Earlier bests that are remembered, in case that the check refuses the last one."""
    finishing_least: Seconds = 0.4
    """Seconds that finishing, checking and writing a plan takes at the least."""
    finishing: Seconds = 0.002
    """The same, for each student, until it was measured on a plan on the way; so is the next."""
    finishing_a_wish: Seconds = 0.0004
    """The same, for each wish: each that is not met has its reason."""
    finishing_share: Share = 0.5
    """Share of the limit that is kept for it at most: what is left is searched in."""
    finishing_again: Ratio = 2.5
    """How many times one on the way the last plan takes: it is settled and checked twice."""


class FirstPlanParams(_Params):
    """A first plan."""

    seconds: Seconds = 25.0
    """Seconds for base care with the fewest clubs; it rarely takes a tenth of them."""
    threads: Some = 4
    """Threads of CP-SAT's portfolio, where the clock cuts: all or nothing is what it is good at."""


class MonolithicParams(_Params):
    """The model of the whole school, stage by stage: shares of the time that is left then."""

    first_share: Share = 0.5
    """Of base care alone, so that other ways to a first plan are left where it yields none."""
    clubs_share: Share = 0.87
    """Of satisfaction, where points alone count."""
    secondary_share: Share = 0.5
    """Of each aim among plans of equal satisfaction."""
    weighted_share: Share = 0.7
    """Where first clubs come first: of the sum in which they weigh most."""
    firsts_share: Share = 0.3
    """Of first clubs and their points alone."""
    points_share: Share = 0.65
    """Of points with these."""
    relaxed_share: Share = 0.2
    """Of the linear program that bounds the points there."""


class LnsParams(_Params):
    """Large-neighbourhood search: what is set free, and how long a round may take."""

    ascending = (
        ("bound_slices", "slices"),
        ("first_share_alone", "rounds_share_alone"),
        ("students_fewest", "students_most"),
    )

    threads_per_worker: Some = 4
    """Threads of a portfolio for each worker (``benchmarks/README.md``)."""
    slices: Some = 10
    """Slices of the time, each given to rounds or the portfolio, whichever gained more before."""
    bound_slices: Many = 2
    """How many of them, the last, one worker spends on the bound."""
    first_share_alone: Share = 0.1
    """With one worker: share for the whole model first, which settles small schools."""
    rounds_share_alone: Share = 0.6
    """With one worker: share after which rounds give way to the bound."""
    seats_free: Many = 8000
    """Seats of a model above which a round frees only those of students whom it concerns."""
    round_seconds: Seconds = 2.0
    """Seconds of a round of offers, by the clock."""
    round_work: Ratio = 1.0
    """Deterministic time of one, with one worker."""
    smallest: Ratio = 2.0
    """Courses or slots that a neighbourhood has at least."""
    step_up: Ratio = 0.25
    """How many more it has the next time, where a round was solved to the end."""
    step_down: Ratio = 0.25
    """How many fewer, where it yielded nothing."""
    stall_rounds: Some = 8
    """Rounds without a better plan after which they get longer."""
    patience_step: Annotated[float, Field(strict=True, gt=1, le=100)] = 1.5
    """How many times as long."""
    students_seconds: Seconds = 4.0
    """Seconds of a round that decides students' seats and base care anew."""
    students_first: Some = 150
    """Students that are free in the first of these."""
    students_fewest: Some = 40
    """At least so many, however long rounds take."""
    students_most: Some = 600
    """At most so many: with more a round returns nothing in time."""
    students_more: Ratio = 1.3
    """How many times as many there are next where a round found a plan."""
    students_fewer: Share = 0.7
    """How many times as many where it found none."""
    students_give_up: Some = 12
    """Rounds without a better plan after which these neighbourhoods are exhausted."""


class BoundParams(_Params):
    """The linear programs that bound all plans."""

    timed_share: Share = 0.3
    """Share of the time left, with many students, for the one in which seats have a time."""
    most_timed: Many = 40_000
    """Seats with a time that it may have: with more it takes minutes, and says hardly more."""


class DualsParams(_Params):
    """The guide: the linear program whose dual values are the prices of the annealing."""

    care_reserve: Share = 0.16
    """Share of a care group in places to spare at each slot and grade, for groups are whole: where
    they may join grades."""
    alone_reserve: Share = 0.4
    """The same where they may not: each grade rounds up by itself."""
    first_times: Some = 4
    """How often first clubs count at most: prices and temperatures are for points."""
    thrift: Share = 0.02
    """Share of all points that a whole purse is worth at least: the program's own price of money
    is 0 where it comes by with its purse to the last fen, by the cheapest staff for everything."""


class AnnealingParams(_Params):
    """Annealing a timetable at prices (``decomposition.annealing``)."""

    ascending = (("cold", "hot"), ("close", "retime"))

    moves_a_section: Some = 1000
    """Moves for each section that there may be."""
    most_moves: Some = 75_000
    """Moves at most, however many sections: others are worth more than longer ones."""
    hot: Ratio = 40.0
    """Temperature at first, in points."""
    cold: Annotated[float, Field(strict=True, gt=0, le=1e6)] = 2.0
    """Temperature at the end, in points."""
    cooler: Share = 0.4
    """How hot each further annealing begins against the one before: it starts from a timetable."""
    coolest: Share = 0.15
    """The same against the first, at least."""
    close: Share = 0.1
    """Chance that an open section closes, where it is moved."""
    retime: Share = 0.6
    """Chance below which it closes or moves to any other way; else it only gets other staff."""
    reprice: Share = 0.4
    """Chance that an open section is priced anew instead of moved."""


class RoundingParams(_Params):
    """From a timetable to a plan: rooms, care groups, seats (``decomposition.rounding``)."""

    ascending = (("others_first", "others_next"),)

    rooms_seconds: Seconds = 5.0
    """Seconds to give sections their rooms."""
    spare_share: Share = 0.11
    """Places in base care to spare at first, as a share of a group: with fewer, whole groups are
    rarely found at once; with more, seats are lost."""
    more_spare: Ratio = 0.6
    """So much more of it for every second worker: where time is short one of the two is likely to
    find a plan at its first try."""
    least_spare: Many = 1
    """Places to spare at each slot and grade once the groups are settled."""
    saved_share: Share = 0.003
    """Share of each purse that the relaxation leaves: sections half open are paid in full."""
    more_saved: Share = 0.001
    """So much more of it with each further try."""
    tries: Some = 5
    """Times that the relaxation is solved with more to spare."""
    many_seats: Many = 25_000
    """Seats from which on the simplex method falls behind the interior-point method."""
    groups_seconds: Seconds = 6.0
    """Seconds to choose whole care groups."""
    groups_nodes: Some = 200
    """Branches of that search, so that it ends alike wherever it runs."""
    groups_gap: Share = 0.5
    """How far from the best, as a share, it may end: what falls short is sought anew."""
    others_first: Many = 60
    """Students who are free besides the fractional ones, at the first try."""
    others_next: Many = 300
    """The same at the next."""
    seats_seconds: Seconds = 8.0
    """Seconds to decide these students' seats and base care."""


class SupervisionParams(_Params):
    """Pay, loads and own staff in base care, after the search of a large school."""

    share: Share = 0.06
    """Share of the limit that is kept for it."""
    most_seconds: Seconds = 4.0
    """Seconds at most."""
    aim_share: Share = 0.5
    """Share of what is left that each aim may take."""


class FinishParams(_Params):
    """From sections and care groups to a plan."""

    seconds: Seconds = 0.7
    """Seconds that finishing and checking a plan takes, however small the school."""
    seconds_a_student: Seconds = 0.003
    """So many more for each student."""
    most_opened: Many = 40
    """Sections opened at the end at most, all else as it stands: looking for one takes long."""


class ArrangeParams(_Params):
    """Rooms, care groups and supervisors, last of all: shares of the time kept for it."""

    share: Share = 0.1
    """Share of the limit that may be kept for it."""
    seconds: Seconds = 0.5
    """Seconds that it needs, however small the school."""
    seconds_a_student: Seconds = 0.004
    """So many more for each student."""
    stopped_seconds: Seconds = 1.0
    """Seconds at most where the search was stopped: somebody waits."""
    least_seconds: Seconds = 0.5
    """Seconds that it may take however late it is."""
    run_seconds: Seconds = 0.1
    """Seconds below which a run is of no use, whatever its share."""
    rounds: Some = 2
    """Times that rooms and groups are gone through, each in view of the other."""
    rooms_share: Share = 0.3
    """Of the rooms in a round."""
    groups_share: Share = 0.35
    """Of the groups of all slots."""
    staff_share: Share = 0.02
    """Of the staff of some groups while these are formed."""
    slot_share: Share = 0.02
    """Of the duties of one slot."""
    piece_share: Share = 0.06
    """Of the duties of some classes."""
    piece: Some = 1000
    """Groups times people whose duties are decided at once."""
    neighbours: Some = 8
    """Groups of a slot that are formed at once; where there are more, neighbouring ones are."""
    give_up: Some = 12
    """Pieces without anything better after which duties are left as they are."""


class InfeasibleParams(_Params):
    """Proofs that there is no plan, and the families in conflict."""

    program_seconds: Seconds = 10.0
    """Seconds of the linear program that tells what is short."""
    run_seconds: Seconds = 5.0
    """Seconds of one proof by numbers of students."""
    fewer_seconds: Seconds = 12.0
    """Seconds to look for fewer families in a conflict."""
    late_seconds: Seconds = 1.0
    """What a proof may take at the deadline, and how far beyond it one may start."""
    most_seats: Many = 50_000
    """Pairs of a student and a course that a model without ``wishes`` may have at most."""


class SearchParams(Frozen):
    """All of them, by what they steer."""

    strategy: StrategyParams = StrategyParams()
    session: SessionParams = SessionParams()
    first_plan: FirstPlanParams = FirstPlanParams()
    monolithic: MonolithicParams = MonolithicParams()
    lns: LnsParams = LnsParams()
    bound: BoundParams = BoundParams()
    duals: DualsParams = DualsParams()
    annealing: AnnealingParams = AnnealingParams()
    rounding: RoundingParams = RoundingParams()
    supervision: SupervisionParams = SupervisionParams()
    finish: FinishParams = FinishParams()
    arrange: ArrangeParams = ArrangeParams()
    infeasible: InfeasibleParams = InfeasibleParams()


DEFAULTS = SearchParams()
