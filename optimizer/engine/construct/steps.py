"""The steps to a first plan with clubs."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice

from models import School, Section, Worth, total_worth
from optimizer.engine.construct.closing import closing_some, with_care
from optimizer.engine.construct.demand import Demand
from optimizer.engine.construct.greedy import Greedy
from optimizer.engine.construct.seats import reseat
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.finish.finish import fill_free_seats
from optimizer.engine.finish.opening import so_far
from optimizer.engine.params import DEFAULTS, ConstructParams
from optimizer.engine.solution import Candidate, Solution, solution_of
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import build_offers


def construct(
    school: School,
    crew: Crew,
    efforts: Sequence[Effort],
    base: Candidate | None = None,
    ended: Callable[[], bool] = lambda: False,
    params: ConstructParams = DEFAULTS.construction,
) -> Candidate | None:
    """Make a plan with clubs; None where base care around them was not found in time.

    Parameters
    ----------
    efforts
        Ways to look for base care, one after the other, and what each may cost.
    base
        A plan whose sections and seats stay.
    ended
        Whether no more sections are to be opened.
    """
    account = crew.account
    account.pay(account.rates.deal * len(school.wishes) * _tries(school, params))
    quick = [effort.cut_to(params.quick_share) for effort in efforts]
    tried: list[Solution] = []
    kept = () if base is None else base.found[0]
    for draft in islice(timetables(school, kept, ended, params), params.careful):
        solution = solution_of(school, build_offers(school), so_far(draft))
        if solution is None or (base is not None and not draft.sections):
            return None
        found = _first(with_care, solution, crew, quick)
        if found is not None:
            return found
        tried.append(solution)
        account.pay(account.rates.deal * len(school.wishes))
    # A quick run without base care has often only run out of time: that is no reason to close.
    for solution in tried[: params.again]:
        found = _first(with_care, solution, crew, efforts)
        if found is not None:
            return found
    return _first(closing_some, tried[0], crew, efforts) if tried else None


def _first(
    look: Callable[[Solution, Crew, Effort], Candidate | None],
    solution: Solution,
    crew: Crew,
    efforts: Sequence[Effort],
) -> Candidate | None:
    found = (look(solution, crew, effort) for effort in efforts)
    return next((candidate for candidate in found if candidate is not None), None)


def timetables(
    school: School,
    base: tuple[Section, ...],
    ended: Callable[[], bool] = lambda: False,
    params: ConstructParams = DEFAULTS.construction,
) -> Iterator[DraftPlan]:
    """Open sections beside those of a base and seat everybody, base care left out.

    Several timetables, the best one first: the fewer students there are, the more of them. Then
    others, as long as they are asked for and there is time.
    """
    empty = DraftPlan(school, {}, {})
    like = Demand(empty)
    start = empty.anew(s for s in base if s.students)
    tries = _tries(school, params)
    drafts = [_one_timetable(start, like, ended, 0, params)]
    for attempt in range(1, tries):
        if ended():
            break
        drafts.append(_one_timetable(start, like, ended, attempt, params))
    yield from sorted(drafts, key=_worth, reverse=True)
    for attempt in count(tries):
        if ended():
            break
        yield _one_timetable(start, like, ended, attempt, params)


def _tries(school: School, params: ConstructParams) -> int:
    return max(1, min(params.most_tries, params.tries_students // max(1, len(school.students))))


def _worth(draft: DraftPlan) -> Worth:
    return total_worth(draft.school, draft.seats)


def _one_timetable(
    start: DraftPlan,
    like: Demand,
    ended: Callable[[], bool],
    attempt: int,
    params: ConstructParams,
) -> DraftPlan:
    """Open greedily, then deal seats anew, once.

    What a second round could open, base care has not to spare. Of 1,000 and 5,000 students in three
    stages 974 and 4,776 got a first club with it, since base care was not found around the first
    timetable, and 996 and 4,958 without, in half the time; elsewhere it was worth up to 0.9 %.
    """
    draft = start.anew(start.sections.values())
    greedy = Greedy(draft, ended, attempt, params, like)
    greedy.open_all()
    if greedy.grades:
        draft = reseat(draft, greedy.grades, greedy.limits_days, ended, like, params)
    fill_free_seats(draft)
    return draft
