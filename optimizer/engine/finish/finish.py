"""From sections and care groups to a whole plan.

Free seats, exchanges that are due, reasons, who is moved to another activity, figures.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from models import (
    BoundProof,
    CareGroup,
    Plan,
    PlanStatus,
    PolicyItem,
    Provenance,
    School,
    Section,
    Wish,
    draw_order,
    first_points,
)
from optimizer.checks import Exchanges, Turns, Why, before_moves, unmet_wishes
from optimizer.engine.finish.alternatives import could_join, move_unmet
from optimizer.engine.finish.draft import DraftPlan, Found
from optimizer.engine.finish.opening import open_one, so_far
from optimizer.engine.finish.own_staff import with_own_staff
from optimizer.engine.objective import counts_firsts
from optimizer.engine.params import DEFAULTS, FinishParams
from optimizer.ledger.tariffs import plan_pay_fen

Late = Callable[[], bool]
"""Whether what is left to do is to be done as fast as can be."""


def never() -> bool:
    """Tell that there is time for everything."""
    return False


class Step(StrEnum):
    """A step of finishing that a plan may do without, though the check asks for what it brings."""

    OWN_STAFF = "own staff"
    SEATS = "seats"
    MOVES = "moves"
    TURNS = "turns"


ASKED_FOR = Why.HELD, Why.DRAW
"""Reasons for exchanges that the check asks for; where first clubs come first, pairs as well."""


def finish_plan(  # noqa: PLR0913 -- what is found, and what is known of it
    school: School,
    sections: Iterable[Section],
    care_groups: Iterable[CareGroup],
    provenance: Provenance,
    bound: int | None = None,
    bound_proof: BoundProof | None = None,
    first_bounds: tuple[int, int] | None = None,
    *,
    improving: bool = True,
    opening: bool = True,
    without: frozenset[Step] = frozenset(),
    params: FinishParams = DEFAULTS.finish,
) -> Plan:
    """Make the plan of these sections and care groups.

    Own staff take over what they are to (``with_own_staff``), free seats go to wishes that can take
    them, sections that can be opened with all else as it stands are opened, exchanges of seats that
    are due are made until there is none left (``optimizer.checks.Exchanges``), every wish left over
    gets its reason, where the policy says so, who has no seat is moved to another activity, and
    turns on the homeroom rota are made even (``optimizer.checks.Turns``). None of this breaks a
    rule that was kept or lowers the value. The sections hold no seats that nobody wished for: a
    plan in which students were moved is first taken back to what it was (``before_moves``).
    ``first_bounds`` are those of first clubs and their points. Without ``opening`` no section is
    opened, for plans to be there soon, nor without ``improving``, for others', seats exchanged for
    points alone.
    """
    most = (params.most_opened if opening else 0) if improving else None
    found, value, firsts = _completed(school, sections, care_groups, most, without, params.rounds)
    proved = value == bound and (not counts_firsts(school) or firsts == first_bounds)
    plan = Plan(
        school=school.settings.id,
        school_digest=school.digests.plan,
        books_digest=school.digests.books,
        whole_digest=school.digests.whole,
        status=PlanStatus.OPTIMAL if proved else PlanStatus.FEASIBLE,
        sections=found.sections,
        care_groups=found.care_groups,
        moved_from=found.moved_from,
        opened_for_unmet=found.opened_for_unmet,
        value=value,
        bound=bound,
        bound_proof=bound_proof,
        pay_fen=0,
        lottery_seed=school.settings.lottery_seed,
        waived=tuple(sorted({clause.item.value for clause in school.rules.set_aside})),
        provenance=provenance,
    )
    said = {"unmet": unmet_wishes(school, plan), "pay_fen": plan_pay_fen(school, plan)}
    return plan.model_copy(update=said | _first_claims(firsts, first_bounds))


def _completed(
    school: School,
    sections: Iterable[Section],
    care_groups: Iterable[CareGroup],
    most_opened: int | None,
    without: frozenset[Step],
    rounds: int,
) -> tuple[Plan, int, tuple[int, int]]:
    """Settle seats, move the unmet, make turns even; give points and first clubs as well.

    Who is homeroom teacher of two grades may let others into a care group, or out of it: where
    turns of such people were handed on, seats are looked at once more; and so is who comes from
    outside, for now others are free, and what can be opened for the unmet.
    """
    draft = _settled(school, sections, care_groups, most_opened, without)
    worth = satisfaction(school, draft), first_clubs(school, draft)
    _, before = draft.result()
    opened = () if Step.MOVES in without else move_unmet(draft)
    plan = so_far(draft)
    left = _left(before, plan.care_groups)
    plan = plan.model_copy(update={"moved_from": left, "opened_for_unmet": opened})
    even = plan if Step.TURNS in without else with_even_turns(school, plan)
    if even != plan:
        again = before_moves(school, even)
        own = Step.OWN_STAFF not in without
        now = with_own_staff(school, again.sections, again.care_groups) if own else None
        opening = bool(school.in_force(PolicyItem.MOVE_UNMET))
        if rounds and (now is not None or opening or _has_classes_of_two_grades(school)):
            found = now or (again.sections, again.care_groups)
            return _completed(school, *found, most_opened, without, rounds - 1)
    return even, *worth


def with_even_turns(school: School, plan: Plan) -> Plan:
    """Hand on every turn on the homeroom rota that is to be handed on; the plan keeps the rules."""
    turns = Turns(school, plan)
    while uneven := turns.due():
        for turn in uneven.moves:
            turns.hand(turn)
    return turns.result()


def _has_classes_of_two_grades(school: School) -> bool:
    """Tell whether somebody is homeroom teacher of two grades."""
    grades: dict[str | None, set[int]] = defaultdict(set)
    for home in school.classes:
        grades[home.homeroom_teacher].add(home.grade)
    return any(name and len(some) > 1 for name, some in grades.items())


def with_seats_settled(
    school: School,
    sections: Iterable[Section],
    care_groups: Iterable[CareGroup],
    late: Late = never,
    params: FinishParams = DEFAULTS.finish,
) -> Found:
    """Give sections and care groups with seats nearly as they will be in the finished plan.

    Free seats are taken, sections opened, and every exchange made that the plan is worth more for,
    and in bulk those by the draw; longer ones by the draw are left to the end, for they change
    neither how many sit in a section nor who is in base care but for a few. Once it is ``late``
    nothing is begun that would only make the plan better.
    """
    most = params.most_opened
    return _settled(school, sections, care_groups, most, late=late, drawn=False).result()


def _settled(
    school: School,
    sections: Iterable[Section],
    care_groups: Iterable[CareGroup],
    most_opened: int | None,
    without: frozenset[Step] = frozenset(),
    late: Late = never,
    drawn: bool = True,
) -> DraftPlan:
    """Settle staff and seats: neither leaves anything to do for the other."""
    found: Found = tuple(sections), tuple(care_groups)
    if Step.OWN_STAFF not in without:
        found = with_own_staff(school, *found) or found
    draft = DraftPlan.of(school, found)
    if Step.SEATS in without:
        return draft
    draft = _seated(draft, most_opened, late, drawn)
    if Step.OWN_STAFF in without:
        return draft
    named = any(wish.teacher is not None for wish in school.wishes)
    # Seats that changed may leave somebody free to pass on what he had, or a group without one
    # who asked for its teacher; and other staff may be just whom somebody waits for.
    while (found_now := with_own_staff(school, *draft.result())) is not None:
        draft = DraftPlan.of(school, found_now)
        if named:
            draft = _seated(draft, None if most_opened is None else 0, drawn=drawn)
    return draft


def _seated(
    draft: DraftPlan, most_opened: int | None, late: Late = never, drawn: bool = True
) -> DraftPlan:
    """Fill free seats, open what can be opened, make every exchange of seats that is due.

    No section is opened once it is late; without a number of sections that may open at most, no
    seat is exchanged for points alone. Where they may be, these exchanges are made however late it
    is: the looking for others is quick only where none is left (``Reach``). At 5,000 students it
    took 32 s without them and 6 s with them, of which they took 1 s.
    """
    school = draft.school
    fill_free_seats(draft)
    # Where points may be given up for less pay, what is not open may be so on purpose.
    most = 0 if school.settings.weights.tolerance else most_opened or 0
    opened, more = 0, True
    while more:
        failed = set[str]()
        while opened < most and not late() and open_one(draft, failed):
            opened += 1
            fill_free_seats(draft)
        asked = ASKED_FOR if drawn else ()
        reasons = (Why.PAIR, *asked) if counts_firsts(school) else asked
        draft = _exchanged(draft, reasons if most_opened is None else (Why.WORTH, *reasons))
        # With other seats free or given up, there may be enough for one more section.
        more = opened < most and not late() and open_one(draft, set())
        opened += more
        fill_free_seats(draft)
    return draft


def _exchanged(draft: DraftPlan, reasons: Sequence[Why]) -> DraftPlan:
    """Make every exchange of seats that is due for some reasons, whatever the search left."""
    exchanges = Exchanges(draft.school, so_far(draft), swapped=True)
    for due in exchanges.due(reasons):
        exchanges.make(due)
    return DraftPlan.of(draft.school, exchanges.result())


def satisfaction(school: School, draft: DraftPlan) -> int:
    """Give the points of the wishes granted, bonuses included."""
    granted = [w for w in school.wishes if w.course in draft.seats[w.student]]
    counts = Counter(w.student for w in granted)
    points = sum(school.wish_points(w) for w in granted)
    return points + sum(school.seat_bonus(s, seats) for s, seats in counts.items())


def first_clubs(school: School, draft: DraftPlan) -> tuple[int, int]:
    """Give the number of students with a club they wished for, and the points of the best ones."""
    found = (first_points(school, student, seats) for student, seats in draft.seats.items())
    points = [p for p in found if p is not None]
    return len(points), sum(points)


def _first_claims(firsts: tuple[int, int], bounds: tuple[int, int] | None) -> dict[str, int | None]:
    """Give what a plan says of first clubs."""
    clubs, points = bounds or (None, None)
    return {
        "first_clubs": firsts[0],
        "first_clubs_bound": clubs,
        "first_points": firsts[1],
        "first_points_bound": points,
    }


def _left(before: Sequence[CareGroup], after: Sequence[CareGroup]) -> tuple[CareGroup, ...]:
    """Give the groups that somebody left meanwhile, as they were before."""
    now = {group.id: group for group in after}
    return tuple(group for group in before if now.get(group.id) != group)


def fill_free_seats(draft: DraftPlan) -> int:
    """Grant every wish that a free seat can meet as things stand; give their number.

    Best points first, then who had a seat in the course before, then the lottery.
    """
    school = draft.school
    free = _open_with_room(draft)
    waiting = [
        w for w in school.wishes if w.course in free and w.course not in draft.seats[w.student]
    ]
    waiting.sort(
        key=lambda w: (-school.wish_points(w), *draw_order(school, w.student, w.course), w.rank)
    )
    granted = 0
    for wish in waiting:
        for section in free[wish.course]:
            if can_take(draft, wish, section):
                draft.join(wish.student, section)
                granted += 1
                break
    return granted


def _open_with_room(draft: DraftPlan) -> dict[str, list[str]]:
    free: dict[str, list[str]] = defaultdict(list)
    for section in draft.sections:
        if len(draft.members[section]) < draft.capacity(section):
            free[draft.sections[section].course].append(section)
    return free


def can_take(draft: DraftPlan, wish: Wish, section: str) -> bool:
    """Tell whether the student can join the section with everything else as it is."""
    student = wish.student
    return (
        len(draft.seats[student]) < draft.school.student[student].max_clubs
        and (wish.teacher is None or wish.teacher in draft.sections[section].staff)
        and could_join(draft, student, section)
    )
