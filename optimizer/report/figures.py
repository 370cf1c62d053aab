"""The figures of a school and of a plan, worked out once for screen, workbook and JSON."""

from collections import Counter
from dataclasses import dataclass

from models import Aim, BoundProof, Plan, PlanStatus, School, UnmetReason
from optimizer.ledger import pay_limit_fen
from optimizer.report.fairness import Granted, envied, first_choices
from optimizer.report.outside import Outside, outside_duties


@dataclass(frozen=True)
class SchoolFigures:
    """Size of a school, and what is asked of it against what it has.

    Demand counts what families want, supply what the menu could hold if every section opened and
    were full.
    """

    students: int
    wishing: int
    classes: int
    wishes: int
    courses: int
    slots: int
    rooms: int
    staff: int
    clubs_wanted: int
    club_seats: int
    """Seats of all sections that the menu allows."""
    section_periods: int
    """Staff periods a week that all those sections take."""
    care_periods: int
    """Staff periods a week of base care if nobody had a club."""
    staff_periods: int
    """Periods a week that cleared staff may work."""
    budget_fen: int | None


@dataclass(frozen=True)
class Summary:
    """Figures of a plan. Shares are of the students who wish for at least one club."""

    status: PlanStatus
    aim: Aim
    value: int
    bound: int | None
    bound_proof: BoundProof | None
    gap: float | None
    students: int
    """Students who take part: they stay, or would for a club, and the policy admits them."""
    wishing: int
    with_first_choice: int
    with_club: int
    """Students with a club they wished for."""
    moved: int
    """Students who have none and were moved to another activity, as the policy asks."""
    seats: int
    sections: int
    courses_open: int
    courses: int
    care_groups: int
    care_places: int
    care_own_room: int
    """Places in base care that are in the home room of the student's class."""
    care_classes: int
    """Classes with students in base care."""
    care_supervisors: int
    """Different supervisors whom a class has in a week, added up over these classes."""
    care_supervisors_most: int
    """Most different supervisors of one class in a week."""
    sections_out_of_place: int
    """Sections in a special room although their course asks for none."""
    pay_fen: int
    budget_fen: int | None
    first_clubs_bound: int | None
    """With a club are at most so many, in any plan."""
    first_points: int | None
    """Points of first clubs; None where the plan does not say."""
    first_points_bound: int | None
    """In no plan with as many first clubs have they more."""
    first_choices: tuple[Granted, ...]
    """First choices by the number of clubs asked for."""
    envied: int
    """Wishes refused while one of the same grade who wants it less holds more clubs."""
    outside: Outside | None
    """What people from outside do, where own staff come first."""
    unmet: tuple[tuple[UnmetReason, int], ...]
    """Unmet wishes by reason, in the order of the reasons, without those that never apply."""

    @property
    def with_nothing(self) -> int:
        """Students who wish for a club and have none, nor were moved to another activity."""
        return self.wishing - self.with_club - self.moved

    @property
    def care_supervisors_mean(self) -> float | None:
        """Different supervisors of a class in a week, on average; None without base care."""
        if not self.care_classes:
            return None
        return round(self.care_supervisors / self.care_classes, 2)

    @property
    def unmet_wishes(self) -> int:
        """Unmet wishes of all reasons."""
        return sum(count for _, count in self.unmet)


def _supervisors(school: School, plan: Plan) -> dict[str, set[str]]:
    """Give each class's supervisors of base care over the week."""
    found: dict[str, set[str]] = {}
    for group in plan.care_groups:
        for name in {school.student[s].home_class for s in group.students}:
            found.setdefault(name, set()).update(group.staff)
    return found


def _own_room(school: School, plan: Plan) -> int:
    """Count the places in base care that are in the room of the student's own class."""
    return sum(
        school.home_class[school.student[s].home_class].home_room == group.room
        for group in plan.care_groups
        for s in group.students
    )


def _taking_part(school: School) -> set[str]:
    return {
        s.id
        for s in school.students
        if (s.stay_slots or s.club_slots) and s.id not in school.excluded
    }


def wishing_students(school: School) -> set[str]:
    """Give the students who take part and wish for at least one club."""
    return {w.student for w in school.wishes} & _taking_part(school)


def moved_seats(school: School, plan: Plan) -> frozenset[tuple[str, str]]:
    """Give (student, section) for each seat that a student was moved to.

    He did not wish for it, or the section is there only for those who were moved: that brings no
    points, and counts as no club of his own.
    """
    wished = {(w.student, w.course) for w in school.wishes}
    return frozenset(
        (student, section.id)
        for section in plan.sections
        for student in section.students
        if (student, section.course) not in wished or section.id in plan.opened_for_unmet
    )


def school_figures(school: School) -> SchoolFigures:
    """Work out the figures of a school."""
    care = school.settings.base_care
    part = _taking_part(school)
    stays = Counter(slot for s in part for slot in school.student[s].stay_slots)
    wishing = wishing_students(school)
    return SchoolFigures(
        students=len(school.students),
        wishing=len(wishing),
        classes=len(school.classes),
        wishes=len(school.wishes),
        courses=len(school.courses),
        slots=len(school.slots),
        rooms=len(school.rooms),
        staff=len(school.teachers),
        clubs_wanted=sum(
            min(school.student[s].max_clubs, len(school.wishes_of[s])) for s in wishing
        ),
        club_seats=sum(c.max_size * c.max_sections for c in school.courses),
        section_periods=sum(
            c.periods_per_week * c.max_sections * c.staff_needed for c in school.courses
        ),
        care_periods=sum(-(-count // care.max_size) for count in stays.values())
        * care.staff_needed,
        staff_periods=sum(t.max_periods_week for t in school.teachers if t.cleared),
        budget_fen=pay_limit_fen(school),
    )


def _held(plan: Plan, moved: frozenset[tuple[str, str]]) -> dict[str, set[str]]:
    """Give by student the courses that he holds a seat in and wished for."""
    held: dict[str, set[str]] = {}
    for section in plan.sections:
        for student in section.students:
            if (student, section.id) not in moved:
                held.setdefault(student, set()).add(section.course)
    return held


def summary(school: School, plan: Plan) -> Summary:
    """Work out the figures of a plan."""
    wishing = wishing_students(school)
    moved = moved_seats(school, plan)
    held = _held(plan, moved)
    firsts = {s for s in wishing if school.wishes_of[s][0].course in held.get(s, ())}
    supervisors = [len(people) for people in _supervisors(school, plan).values()]
    return Summary(
        status=plan.status,
        aim=school.settings.weights.aim,
        value=plan.value,
        bound=plan.bound,
        bound_proof=plan.bound_proof,
        gap=plan.gap,
        students=len(_taking_part(school)),
        wishing=len(wishing),
        with_first_choice=len(firsts),
        with_club=len(wishing & held.keys()),
        moved=len(wishing & {student for student, _ in moved} - held.keys()),
        seats=sum(len(s.students) for s in plan.sections),
        sections=len(plan.sections),
        courses_open=len({s.course for s in plan.sections}),
        courses=len(school.courses),
        care_groups=len(plan.care_groups),
        care_places=sum(len(g.students) for g in plan.care_groups),
        care_own_room=_own_room(school, plan),
        care_classes=len(supervisors),
        care_supervisors=sum(supervisors),
        care_supervisors_most=max(supervisors, default=0),
        sections_out_of_place=sum(school.is_out_of_place(s) for s in plan.sections),
        pay_fen=plan.pay_fen,
        budget_fen=pay_limit_fen(school),
        first_clubs_bound=plan.first_clubs_bound,
        first_points=plan.first_points,
        first_points_bound=plan.first_points_bound,
        first_choices=first_choices(school, plan),
        envied=envied(school, plan),
        outside=outside_duties(school, plan),
        unmet=_reasons(plan),
    )


def _reasons(plan: Plan) -> tuple[tuple[UnmetReason, int], ...]:
    reasons = Counter(u.reason for u in plan.unmet)
    return tuple((reason, reasons[reason]) for reason in UnmetReason if reasons[reason])
