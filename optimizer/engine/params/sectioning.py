"""Times and seats together, where each student takes many courses."""

from typing import Annotated

from pydantic import Field

from optimizer.engine.params.base import Many, Params, Ratio, Seconds, Share, Shares, Some


class SectioningParams(Params):
    """Annealing a timetable with all its seats (``sectioning``)."""

    ascending = (("cold", "hot"), ("valid_share", "valid_share_at_most"))

    hot: Ratio = 3.0
    """Temperature that the first cycle begins with, in median weights of a wish."""
    cold: Annotated[float, Field(strict=True, gt=0, le=1e6)] = 0.1
    """Temperature that every cycle ends with, in these."""
    cooler: Annotated[float, Field(strict=True, gt=0, le=1)] = 0.3
    """How much cooler all cycles but the first begin."""
    cycles: Shares = (0.1, 0.15, 0.25, 0.5)
    """Shares of the time that the cycles take."""
    group_moves: Share = 0.2
    """Chance that a move is one of groups, not of seats."""
    trades: Share = 0.5
    """Chance that such a move is a trade of two groups."""
    aimed: Share = 0.6
    """Chance that it is of a course that somebody waits for."""
    waiting: Share = 0.7
    """Chance that a move of seats is for somebody who waits."""
    patience: Some = 60
    """Groups that the search for one seat may look at."""
    deepest: Annotated[int, Field(strict=True, ge=1, le=1000)] = 12
    """Most moves in a chain of seats."""
    members: Some = 2
    """Members of a full group that are asked to move."""
    draws: Some = 8
    """Ways, or groups to trade with, that are drawn until one suits."""
    first_ways: Some = 200
    """Ways looked at, about, to hold a group for the first time."""
    first_block: Some = 200
    """Moves between two looks at what was reached, at first."""
    block_seconds: Seconds = 0.2
    """Seconds that they should take, by the clock."""
    most_moves: Some = 1_000_000
    """Moves at most, however quick they are."""
    wishes_given_out: Many = 3_000
    """Wishes up to which better plans are given out on the way."""
    between_checks: Ratio = 5.0
    """Time between two plans given out, and between two checks as long as none was passed, in times
    that one took."""
    valid_share: Share = 0.2
    """Share of the time after which so many checks without a plan that passes are enough."""
    checks_enough: Some = 8
    """How many: then a rule must be at work that is unknown here."""
    valid_share_at_most: Share = 0.5
    """Share of the time after which any number of them is."""
