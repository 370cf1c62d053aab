"""The decomposition: prices, annealing a timetable, rounding, base care."""

from typing import Annotated

from pydantic import Field

from optimizer.engine.params.base import Many, Params, Ratio, Seconds, Share, Some


class DualsParams(Params):
    """The guide: the linear program whose dual values are the prices of the annealing."""

    care_reserve: Share = 0.16
    """Share of a care group in places to spare at each slot and grade, for groups are whole: where
    they may join grades."""
    alone_reserve: Share = 0.4
    """The same where they may not: each grade rounds up by itself."""
    first_times: Some = 4
    """How often first clubs count at most: prices and temperatures are for points."""
    reserve_costs: Share = 0.01
    """Share of the points that places to spare may cost before timetables are also made at prices
    without any, and first at these."""
    fewer: tuple[Share, ...] = (0.5,)
    """What of the places to spare there are in these other prices, for which timetable is best
    shows only when it is seated."""
    fewer_students: Many = 500
    """Up to so many students there are such prices: with more a program takes too long."""
    thrift: Share = 0.02
    """Share of all points that a whole purse is worth at least: the program's own price of money
    is 0 where it comes by with its purse to the last fen, by the cheapest staff for everything."""


class AnnealingParams(Params):
    """Annealing a timetable at prices (``decomposition.annealing``)."""

    ascending = (("cold", "hot"), ("closes", "retimes"))

    moves_a_section: Some = 1000
    """Moves for each section that there may be."""
    most_moves: Some = 75_000
    """Moves at most, however many sections: others are worth more than longer ones."""
    settling_moves: Many = 40
    """Moves for each section, of which only improvements are kept, before losses are asked for."""
    samples: Some = 128
    """Moves tried from there: what the worth loses by them is the scale of temperatures, for points
    are the school's own, and sections may be of ten or of forty."""
    scale_share: Share = 0.1
    """Share of the losses that are below the scale: few moves decide, and those cost little."""
    hot: Ratio = 1.0
    """Temperature at first, in that scale. A tenth of it left 1.2 % of the points of a nine-year
    school of 1,000 students (3.0 against 4.2 % from the bound, one run of a minute each)."""
    cold: Annotated[float, Field(strict=True, gt=0, le=1e6)] = 0.05
    """Temperature at the end, in that scale."""
    closes: Share = 0.1
    """Chance that a move closes an open section."""
    retimes: Share = 0.6
    """Chance below which it else holds it in any other way; from there on it keeps its time and
    changes staff."""
    reprices: Share = 0.4
    """Chance that another section is priced anew after a move."""


class RoundingParams(Params):
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
    less_spare: Annotated[float, Field(strict=True, gt=0, le=1)] = 0.5
    """What of it is kept for the next timetable where the first try had places enough."""
    place_times: Ratio = 4.0
    """How many times as much as the best seat a place costs that settled groups do not have."""
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
    joint_seats: Many = 4000
    """Seats up to which whole groups and sections are first chosen together with the seats, by one
    mixed integer program: nothing is kept to spare then."""
    joint_seconds: Seconds = 8.0
    """Seconds of that program."""
    others_first: Many = 60
    """Students who are free besides the fractional ones, at the first try."""
    others_next: Many = 300
    """The same at the next."""
    seats_seconds: Seconds = 8.0
    """Seconds to decide these students' seats and base care."""


class ThriftParams(Params):
    """Where the purse is short: a plan that spends too much, brought within it."""

    ascending = (
        ("courses_fewest", "courses_most"),
        ("students_fewest", "most_seated"),
    )

    short: Share = 0.1
    """Share of what the program reaches that a plan lacks where money is thought to be short: a
    first timetable of any school lacks some per cent."""
    counted_share: Share = 0.25
    """Share of what is left that a timetable of whole groups may take."""
    counted_kept: Share = 0.01
    """Share of a purse that it leaves: students that are whole need more than continuous ones."""
    counted_around: Some = 2
    """How many times as many offers as the relaxation opens are looked at for it."""
    counted_price: Ratio = 10.0
    """What spending a whole purse beyond it costs there, as a multiple of all points."""
    dearer_seats: Ratio = 10.0
    """How many times as much it costs once the timetable is seated."""
    counted_seats: Many = 15_000
    """Pairs of a student and a course up to which one is made: with more none is found in time."""
    seated_share: Share = 0.25
    """Share of what is left that seating a timetable with whole groups may take."""
    spare_share: Share = 0.05
    """Places in base care to spare while money is no object, as a share of a group."""
    bringing_share: Share = 0.4
    """Share of what is left that bringing a plan within the purse may take where there is one."""
    dear: Ratio = 1.0
    """What spending a whole purse beyond it costs at first, as a multiple of all points."""
    dearer: Annotated[float, Field(strict=True, ge=1, le=100)] = 1.5
    """How many times as much once so many rounds brought the plan no nearer to the purse."""
    patience: Some = 3
    """How many these are."""
    courses_first: Ratio = 2.0
    """Courses that are free in the first neighbourhood with any."""
    courses_fewest: Annotated[float, Field(strict=True, ge=1, le=1e6)] = 1.0
    """At least so many."""
    courses_most: Ratio = 4.0
    """At most so many."""
    students_around: Some = 150
    """Students that are free then, of those who sit in these courses or wish for one."""
    students_fewest: Some = 60
    """At least so many are free where the timetable stands,"""
    most_seated: Some = 600
    """and at first so many: that is solved in a moment."""
