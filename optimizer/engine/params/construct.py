"""A first plan: base care with as few clubs as have to be, then one with clubs."""

from optimizer.engine.params.base import Many, Params, Ratio, Seconds, Share, Shares, Some


class FirstPlanParams(Params):
    """A first plan without clubs, but for those that have to be."""

    seconds: Seconds = 25.0
    """Seconds for base care with the fewest clubs; it rarely takes a tenth of them."""
    threads: Some = 4
    """Threads of CP-SAT's portfolio, where the clock cuts: all or nothing is what it is good at."""
    dear_times: Ratio = 1.05
    """How many times what base care costs at the least a purse has to hold for a plan without clubs
    to be looked for in earnest."""
    dear_seconds: Seconds = 4.0
    """Where it holds less: seconds for one that may spend too much."""


class ConstructParams(Params):
    """A first plan with clubs: opening greedily, seats by auction, base care (``construct``)."""

    most_tries: Some = 8
    """Timetables that are tried at most."""
    tries_students: Many = 1500
    """Students that there are in all of them together."""
    passes: Some = 3
    """How often courses that could not open are looked at: a section that opens may make room."""
    near: Shares = (0.85, 1.0, 0.7)
    """Ways that bring so much of what the best one does are taken for as good: the least crowded
    one goes first. The tries take turns with these."""
    fill: Shares = (1.0, 0.7, 0.85)
    """Up to which share of its places a section is filled when it opens: with less, more of them
    can, and the auction fills them, which leaves base care to spare. The tries take turns with
    these, too."""
    careful: Some = 3
    """Timetables around which base care is looked for, before sections are closed for it. Where all
    that were tried failed, more are made."""
    noise: Share = 0.3
    """From the second try on, by how much at most each course is taken for more or less than it
    is."""
    hopeless: Some = 6
    """Ways to open a section that base care may refuse before the course has to wait."""
    bid_share: Share = 0.12
    """Least that a bid is raised by, as a share of the points of the best wish: with a third of it
    the auction took twice as long at 1,000 students, and left 15 of them without a club."""
    bids_a_student: Some = 12
    """Bids made on average until the auction is called off."""
    sets: Some = 300
    """Sets of clubs looked at before the best so far is taken for a student's best."""
    few_clubs: Some = 3
    """Up to so many clubs a student all that would be without one of them is searched for; with
    more, another section of the same course takes its place, if any does."""
    many_sets: Some = 3
    """Sets looked at for each club then."""
    care_seconds: Seconds = 1.0
    """Seconds that one run for base care may take, whatever the limit is, where sections may close
    for it."""
    care_seconds_a_student: Seconds = 0.0015
    """So many more for each student."""
    quick_share: Share = 0.4
    """Share of that for a run around sections as they are: where it takes longer another timetable
    is often the better way. With a quarter, runs on a busy machine ended in vain at 300 students
    where base care was there, and to close sections for it cost a fourth of all first clubs."""
    again: Some = 2
    """Of the timetables whose quick runs were in vain, so many get the whole of that time before
    sections close: the best may have no base care and the next one some."""
    care_threads: Some = 4
    """Threads of such a run, where the clock cuts."""
    care_most_seconds: Seconds = 30.0
    """What it may take where deterministic time is counted, on however slow a machine."""
    base_times: Ratio = 4.0
    """How many times as long the least plan may take that keeps locks."""
