"""Among plans of equal satisfaction, within the school's tolerance: the aims that come after it.

Own staff first where the policy has them so, less pay, evener loads, fewest changes against an
earlier plan. In a school that is small enough everything is decided anew for these; in a larger one
who is in base care and who supervises, and the seats of those who lost one that they had before.
"""

from models import total_worth
from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.objective import counts_firsts, objective
from optimizer.engine.params import SupervisionParams
from optimizer.engine.secondary import SECONDARY, STAFF
from optimizer.engine.solution import Candidate, Solution, count_seats
from optimizer.rules import Key, Model, build


def improve_supervision(shared: Shared) -> None:
    """Improve the best plan in these aims, one after the other."""
    best, session = shared.best, shared.session
    if best is None:
        return
    params = session.limits.params.supervision
    solution = best.solution
    courses, students = _free(solution, params)
    model = build(shared.school, subproblem=solution.subproblem(courses, students))
    _as_satisfying(model, solution, students)
    for stage, make in SECONDARY if students else STAFF:
        target = make(model)
        if target is None or session.crew.stopped or not shared.left:
            continue
        session.stage = stage
        model.cp.minimize(target)
        solution.hint(model)
        run = session.crew.solve(model.cp, shared.effort(params.aim_share * shared.left))
        if run.solution is None or run.objective is None:
            return
        solution = solution.after(model, run.solution)
        shared.best = Candidate(solution, solution.found(model, run.solution), best.worth)
        if session.worth == best.worth:
            session.replace(shared.best.found, best.worth)
        model.cp.add(target <= run.objective)


def _free(solution: Solution, params: SupervisionParams) -> tuple[frozenset[str], frozenset[str]]:
    """Choose the courses and the students that are decided anew."""
    school = solution.school
    if count_seats(school) <= params.all_seats:
        courses = frozenset(course.id for course in school.courses)
        return courses, frozenset(student.id for student in school.students)
    return frozenset(), frozenset(_lost_seats(solution)[: params.most_students])


def _lost_seats(solution: Solution) -> list[str]:
    """Give who has not a seat any more that he had in the earlier plan, nor wishes it away."""
    school = solution.school
    had = {(s, p.course, frozenset(p.slots)) for p in school.previous for s in p.students}
    now = {(s, k[0], frozenset(k[1])) for s, keys in solution.seats.items() for k in keys}
    wished = {(wish.student, wish.course) for wish in school.wishes}
    lost = {s for s, course, _ in had - now if (s, course) in wished}
    return [student.id for student in school.students if student.id in lost]


def _as_satisfying(model: Model, solution: Solution, students: frozenset[str]) -> None:
    """Add: whoever is free has together as much as now, less the tolerance; first clubs stay."""
    if not students:
        return
    school = solution.school
    seats: dict[str, frozenset[Key]] = {s: solution.seats.get(s, frozenset()) for s in students}
    now = total_worth(school, {s: {key[0] for key in keys} for s, keys in seats.items()})
    aims = objective(model)
    model.cp.add(aims.points >= now.points - school.settings.weights.tolerance)
    if counts_firsts(school):
        model.cp.add(aims.firsts >= aims.radix * now.first_clubs + now.first_points)
