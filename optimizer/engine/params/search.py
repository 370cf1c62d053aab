"""Which strategy, what it may spend, the whole model, neighbourhoods, bounds."""

from typing import Annotated

from pydantic import Field

from optimizer.engine.params.base import Many, Params, Ratio, Seconds, Share, Some


class StrategyParams(Params):
    """Which strategy, and going over from one to the next."""

    whole_students: Many = 200
    """Up to so many students the model of the whole school finds better plans, unless times are
    fixed. In 60 s it gained 0.1 to 0.2 % at 120 students and up to 0.4 % at 200; at 300 it lost
    1.1 to 1.8 % in every style, at 500 0.4 %, against the search at prices alone. That follows the
    students, not the pairs of a wish and a way: 6,700 pairs of 300 students are too many, 14,600 of
    200 are not."""
    priced_students: Many = 60
    """From so many on it goes on from a plan made at prices: it improves a good plan quickly, and
    takes long to come by one."""
    priced_share: Annotated[float, Field(strict=True, ge=0, lt=1)] = 0.15
    """Share of the time for that plan."""
    many_courses: Some = 4
    """Times and seats are decided together if half of the students want so many courses or more."""
    whole_seats: Many = 30_000
    """There the whole model goes on up to so many pairs of a wish and a way to hold its course, and
    takes every school whose times are fixed. With 700 students who want six of ten wishes each, at
    fixed times (7,000 pairs), it proved the best plan in 4 s; the search of times and seats
    together did not in 12."""
    sectioning_share: Share = 0.5
    """Share of the time before it does."""
    building: Seconds = 5e-5
    """Seconds for each such pair: more than that model takes to be built, which no deadline cuts
    short (measured on an idle core: 2.1 to 2.5e-5, with 6,800 to 420,000 pairs)."""


class SessionParams(Params):
    """Time and work of one search, and what is kept of them for what comes after it."""

    work_per_second: Ratio = 0.4
    """Deterministic time that stands for a second with one worker; the clock stays behind it."""
    between_plans: Seconds = 3.0
    """Least seconds between two plans given out on the way."""
    plan_cost: Ratio = 10.0
    """Times what the last one took: giving plans out must not eat the search."""
    earlier: Some = 4
    """Earlier bests that are remembered, in case that the check refuses the last one."""
    finishing_least: Seconds = 0.4
    """Seconds that finishing, checking and writing a plan takes at the least."""
    finishing: Seconds = 0.0015
    """The same, for each student, until it was measured on a plan on the way; so is the next."""
    finishing_a_wish: Seconds = 0.00015
    """The same, for each wish: each that is not met has its reason."""
    finishing_a_swap: Seconds = 0.0001
    """The same, for each pair of a club that a student wants and a wish of his beyond these: so
    many ways there are in which seats may change hands. On an idle core finishing took 12 s with
    700 students and 135,000 such pairs, 7.5 s with 410 and 79,000, 4 s with 700 and 17,000; 1.2 to
    2.7 s with 1,000 students who want a club or two, 3 to 4 s with 2,000, 11 s with 5,000."""
    finishing_settling: Seconds = 1.2e-10
    """The same, times the cube of the number of students: settling seats took up to 3 s at 2,000
    students, and 9 to 42 s at 5,000, by the plan."""
    settling_share: Share = 0.03
    """Share of the limit up to which that time allows plans to be finished on the way: beside the
    search it takes some times as long."""
    finishing_share: Share = 0.75
    """Share of the limit that is kept for it at most: what is left is searched in. With half of it,
    700 students with 21,000 wishes at fixed times would end 4 s after 20 s, so it is 1.4; with 0.65
    2,000 students all day ended 3.2 s after 10 s."""
    finishing_checks: Ratio = 5.0
    """How many times the check of a plan on the way finishing the last one takes: it is settled
    twice, and checked."""
    loading_share: Share = 0.1
    """Share of the limit that loading compiled loops counts for at most."""
    spent_share: Share = 0.5
    """Share of the limit that may be gone before the search at most."""


class MonolithicParams(Params):
    """The model of the whole school, stage by stage: shares of the time that is left then."""

    first_share: Share = 0.5
    """Of base care alone, so that other ways to a first plan are left where it yields none."""
    clubs_share: Share = 1.0
    """Of satisfaction, where points alone count."""
    weighted_share: Share = 0.7
    """Where first clubs come first: of the sum in which they weigh most."""
    firsts_share: Share = 0.3
    """Of first clubs and their points alone."""
    points_share: Share = 0.65
    """Of points with these."""
    again_share: Share = 0.3
    """Of a second search for something better than what exact search calls best."""
    relaxed_share: Share = 0.5
    """Of the linear program that bounds the points there: it takes what it takes, mostly little."""
    timed_share: Share = 0.2
    """Of the one in which seats have a time."""


class LnsParams(Params):
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
    """Courses that a neighbourhood in the model of the whole school has at least."""
    small: Ratio = 3.0
    """Courses that it has at first."""
    larger: Ratio = 1.1
    """How many times as large the next one of a kind is, where one was solved to the end."""
    smaller: Share = 0.9
    """How many times as large where it yielded nothing."""
    stall_rounds: Some = 8
    """Rounds without a better plan after which they get longer."""
    patience_step: Annotated[float, Field(strict=True, gt=1, le=100)] = 1.5
    """How many times as long."""
    repair_seconds: Seconds = 4.0
    """Seconds of a round by a model of what is free alone."""
    students_first: Some = 150
    """Students that are free in the first of these that leaves the timetable as it is."""
    students_fewest: Some = 40
    """At least so many, however long rounds take."""
    students_most: Some = 600
    """At most so many: with more a round returns nothing in time."""
    students_give_up: Some = 12
    """Rounds without a better plan after which these neighbourhoods are exhausted."""
    courses_first: Ratio = 2.0
    """Courses that are free in the first part of a school of a kind that frees courses."""
    courses_most: Ratio = 8.0
    """At most so many."""
    near: Some = 2
    """Among how many times as many of the nearest courses the other ones of a part are drawn."""
    weight_better: Ratio = 8.0
    """What counts for a kind of parts, and so how often it is taken, when a round ends with a
    better plan."""
    weight_found: Ratio = 1.0
    """The same where it ends with another plan."""
    weight_nothing: Annotated[float, Field(strict=True, gt=0, le=1e6)] = 0.1
    """The same where it ends with none."""
    memory: Share = 0.8
    """Share of a kind's weight that it keeps from round to round."""


class BoundParams(Params):
    """The linear programs that bound all plans."""

    timed_share: Share = 0.3
    """Share of the time left, with many students, for the one in which seats have a time."""
    most_timed: Many = 40_000
    """Seats with a time that it may have: with more it takes minutes, and says hardly more."""
