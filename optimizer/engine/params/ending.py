"""What comes after the search: finishing, arranging; and proofs that there is no plan."""

from optimizer.engine.params.base import Many, Params, Seconds, Share, Some


class SecondaryParams(Params):
    """The aims after satisfaction, between the search and finishing (``engine.secondary``)."""

    share: Share = 0.06
    """Share of the limit that is kept for them: the same whether points may be given up or not, so
    that what is searched for them is not what the plan loses."""
    aim_share: Share = 0.5
    """Share of what is left that each aim may take; the last one may have all of it."""
    whole_seats: Many = 3000
    """Pairs of a wish and a way to hold its course up to which all is decided anew at once."""
    whole_share: Share = 0.5
    """Share of an aim's time that that may take."""
    duties_share: Share = 0.6
    """Share of an aim's time for who leads and who supervises."""
    closing_share: Share = 0.6
    """The same where it is decided besides which sections close."""
    students_around: Some = 80
    """Students whose seats are free, of those who sit in courses that are or wish for one."""
    closing_tries: Many = 3
    """Times that sections to close are chosen, where the first plan loses more points than may be.
    """


class FinishParams(Params):
    """From sections and care groups to a plan."""

    seconds: Seconds = 0.6
    """Seconds that workers take to come to an end; for finishing the session keeps its own."""
    seconds_a_student: Seconds = 0.001
    """So many more for each student."""
    rounds: Many = 10
    """Times that turns may be handed on and all else be looked at once more; two are enough."""
    most_opened: Many = 40
    """Sections opened in one go: a plan that lacks more was cut off long before it was one."""
    late_seconds: Seconds = 1.0
    """Past the deadline, a plan that passed on the way goes out rather than another trial."""
    base_care_seconds: Seconds = 5.0
    """Seconds that planning base care anew may take, however late it is."""
    base_care_seconds_a_student: Seconds = 0.005
    """So many more for each student."""


class ArrangeParams(Params):
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


class InfeasibleParams(Params):
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
