"""Which stages a school goes through: a list of them, chosen by what the school is like.

Every stage begins with the best plan that the ones before it found, and leaves a better one, or
none: then the next one goes on from what there was.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from models import Plan, School
from optimizer.engine import monolithic
from optimizer.engine.params import DEFAULTS, StrategyParams
from optimizer.engine.secondary import improve
from optimizer.engine.sectioning.suits import suits
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate, count_seats
from optimizer.engine.stages import first_with_clubs, plan_of
from optimizer.rules import build_offers

CONSTRUCTED = "construct"
"""What a plan is said to be by that no search has improved on."""


@dataclass
class Search:
    """One search on its way through the stages."""

    session: Session
    start: Plan | None
    """The plan to go on from, where there is one: that given, or the best so far."""
    first: Candidate | None = None
    """What was constructed, where that is the best so far."""


Stage = Callable[[Search], None]


def search(session: Session, start: Plan | None) -> None:
    """Go through the stages of the school's strategy; what was found is in the session.

    Raises
    ------
    InfeasibleError
        Proved: no plan keeps all rules.
    """
    way = Search(session, start)
    for stage in stages_for(session.school, session.limits.engine, session.limits.params.strategy):
        if session.crew.stopped:
            break
        stage(way)


def stages_for(
    school: School, wanted: str | None = None, params: StrategyParams = DEFAULTS.strategy
) -> tuple[Stage, ...]:
    """Give the stages for a school, one after the other."""
    engine = engine_for(school, wanted, params)
    if engine == "sectioning":
        rest = whole_rest if _is_small(school, params) else decompose_rest
        return decide_together, construct, rest, secondary
    if engine == "both":
        return construct, decompose_first, whole_model, secondary
    if engine == "whole":
        return construct, whole_model, secondary
    return construct, decompose, hand_on, secondary


def engine_for(
    school: School, wanted: str | None = None, params: StrategyParams = DEFAULTS.strategy
) -> str:
    """Name the strategy for a school: the one wanted where it can be used, or what suits it."""
    if wanted in {"whole", "large"}:
        return str(wanted)
    if suits(school, params.many_courses):
        return "sectioning"
    if len(school.students) > params.whole_students:
        return "whole" if _times_are_fixed(school, params) else "large"
    return "both" if len(school.students) >= params.priced_students else "whole"


def construct(way: Search) -> None:
    """Make a plan with clubs, unless there is one that was searched for."""
    session = way.session
    if session.engine and session.found is not None:
        return
    way.first = first_with_clubs(session)
    if way.first is not None:
        session.engine = CONSTRUCTED
        way.start = plan_of(session.school, way.first.found)


def whole_model(way: Search) -> None:
    """Search the model of the whole school."""
    way.session.engine = monolithic.NAME
    monolithic.search(way.session, way.start)


def decompose(way: Search) -> None:
    """Search at prices: a timetable, then seats, then what is left."""
    # Compiled loops take long to load: only those who need them do.
    from optimizer.engine import decomposition  # noqa: PLC0415

    way.session.engine = decomposition.NAME
    decomposition.search(way.session, way.start, way.first)


def decompose_first(way: Search) -> None:
    """Search at prices for a while, for a plan to go on from."""
    from optimizer.engine import decomposition  # noqa: PLC0415

    session, before = way.session, way.session.found
    decomposition.search(session, way.start, way.first, session.limits.params.strategy.priced_share)
    if session.found is not None and session.found is not before:
        way.start, way.first = plan_of(session.school, session.found), None


def hand_on(way: Search) -> None:
    """Go on with the whole model where there is no plan, or base care alone.

    It may find one, or prove that there is none.
    """
    session = way.session
    if not session.value and _can_be_built(session):
        session.closed = False
        whole_model(way)


def secondary(way: Search) -> None:
    """Improve what comes after satisfaction."""
    improve(way.session)


def decide_together(way: Search) -> None:
    """Decide times and seats together, where each student takes many courses."""
    from optimizer.engine.sectioning import search as sectioning  # noqa: PLC0415

    session, school = way.session, way.session.school
    params = session.limits.params.strategy
    session.engine, small = sectioning.NAME, _is_small(school, params)
    sectioning.search(session, params.sectioning_share if small else 1.0)
    if session.found is not None and not session.done and small:
        way.start = plan_of(school, session.found)


def whole_rest(way: Search) -> None:
    """Search the model of the whole school where something may be left to find."""
    if _can_be_built(way.session):
        whole_model(way)


def decompose_rest(way: Search) -> None:
    """Search at prices where nothing was found so far."""
    if way.session.found is None or way.first is not None:
        decompose(way)
        hand_on(way)


def _can_be_built(session: Session) -> bool:
    """Tell whether the whole model may yet find something: no deadline cuts its building short."""
    building = session.limits.params.strategy.building * count_seats(session.school)
    return not session.done and session.allowance.left > building


def _is_small(school: School, params: StrategyParams) -> bool:
    """Tell whether a school of many courses a student is small enough for the whole model.

    The model has about as many variables as there are pairs of a wish and a way, however many
    students they are of: 700 with their times fixed have fewer than 150 with theirs free.
    """
    return count_seats(school) <= params.whole_seats


def _times_are_fixed(school: School, params: StrategyParams) -> bool:
    """Tell whether only seats are to be given, in a model of the whole school that is small.

    Nobody is in base care, and no course can be held in more ways than one.
    """
    if any(s.stay_slots for s in school.students if s.id not in school.excluded):
        return False
    ways = Counter(offer.course for offer in build_offers(school))
    return max(ways.values(), default=1) == 1 and count_seats(school) <= params.whole_seats
