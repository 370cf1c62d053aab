"""Hand-worked cases as a clerk writes them (``cases/*.toml``), turned into school, plan, records.

What a file may hold is said by ``case_rows``, and by ``cases/README.md`` for people. Whatever
the money does not depend on (rooms, wishes) is filled in so that the plan is one that holds.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Field

from models import (
    BaseCare,
    Budget,
    CareGroup,
    Clause,
    Course,
    CourseKind,
    Force,
    HomeClass,
    Notice,
    Plan,
    PlannedCost,
    Policy,
    Provider,
    ProviderKind,
    Room,
    School,
    Section,
    Settings,
    StaffKind,
    Student,
    StudentGroup,
    Teacher,
    Term,
    Wish,
)
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from models.base import Frozen
from tests.builders import restated
from tests.ledger.case_rows import (
    CareRow,
    CostRow,
    GroupRow,
    PolicyRow,
    RecordRow,
    SectionRow,
    SettingsRow,
    SlotRow,
    StaffRow,
    StudentRow,
    TermRow,
    Worked,
    slots_of,
)
from tests.rules.random_plans import bare_plan

FOLDER = Path(__file__).parent / "cases"


BODY = Provider(id="body", name="", kind=ProviderKind.PUBLIC)
"""Whoever is sent by a provider is sent by this one."""


class CaseFile(Frozen):
    """One hand-worked case."""

    regime: str
    title: str = Field(min_length=4)
    title_en: str = Field(min_length=4)
    rule: str = Field(min_length=20)
    term: TermRow
    settings: SettingsRow = SettingsRow()
    policy: tuple[PolicyRow, ...] = ()
    slots: tuple[SlotRow, ...]
    groups: tuple[GroupRow, ...] = ()
    staff: tuple[StaffRow, ...]
    students: tuple[StudentRow, ...]
    care: tuple[CareRow, ...] = ()
    sections: tuple[SectionRow, ...] = ()
    costs: tuple[CostRow, ...] = ()
    attendance: tuple[RecordRow, ...] = ()
    steps: str
    expect: Worked

    def school(self) -> School:
        """Make the school; raises SchoolError where the case is one of refusal."""
        used = [g.id for g in self.care_groups()] + [s.id for s in self.plan_sections()]
        grades = sorted({student.grade for student in self.students})
        homeroom = {row.homeroom: row.id for row in self.staff if row.homeroom is not None}
        return School(
            settings=self._settings(),
            term=self._term(),
            policy=Policy(id=self.regime, clauses=tuple(self._clauses())),
            slots=tuple(slot for row in self.slots for slot in slots_of(row)),
            rooms=tuple(Room(id=f"r-{group}", name="", seats=60, care_room=True) for group in used),
            classes=tuple(
                HomeClass(id=f"c{g}", name=f"{g}(1)", grade=g, homeroom_teacher=homeroom.get(g))
                for g in grades
            ),
            groups=tuple(
                StudentGroup(
                    id=g.id, name="", kind=g.kind, relief_percent=g.relief, reimbursed=g.reimbursed
                )
                for g in self.groups
            ),
            providers=(BODY,),
            teachers=tuple(self._teachers()),
            courses=tuple(self._courses(tuple(grades))),
            students=tuple(self._students()),
            wishes=tuple(self._wishes()),
            costs=tuple(
                PlannedCost(id=c.id, kind=c.kind, amount_fen=c.amount, day=c.day)
                for c in self.costs
            ),
        )

    def plan(self, school: School) -> Plan:
        """Make the plan, with its value, pay and unmet wishes as the school has them."""
        return restated(school, bare_plan(school, self.plan_sections(), self.care_groups()))

    def records(self) -> Attendance:
        """Make the attendance records, numbered as the rows of a sheet below its header."""
        rows = list(enumerate(self.attendance, 2))
        return Attendance(
            absences=tuple(
                Absence(n, r.student, r.date, r.slot, r.note)
                for n, r in rows
                if r.kind == "absence"
            ),
            joinings=tuple(Joining(n, r.student, r.date) for n, r in rows if r.kind == "join"),
            leavings=tuple(Leaving(n, r.student, r.date) for n, r in rows if r.kind == "exit"),
            substitutes=tuple(
                Substitute(n, r.date, r.slot or "", r.teacher, r.substitute)
                for n, r in rows
                if r.kind == "substitute"
            ),
            cancelled=tuple(
                Cancelled(n, r.date, r.slot, r.group) for n, r in rows if r.kind == "cancelled"
            ),
        )

    def plan_sections(self) -> tuple[Section, ...]:
        return tuple(
            Section(
                id=row.id,
                course=f"course-{row.id}",
                slots=self._ids(row.slots),
                room=f"r-{row.id}",
                staff=row.staff,
                students=row.students,
            )
            for row in self.sections
        )

    def care_groups(self) -> tuple[CareGroup, ...]:
        return tuple(
            group for number, row in enumerate(self.care) for group in self._care(row, number)
        )

    def _care(self, row: CareRow, number: int) -> Iterator[CareGroup]:
        several = sum(other.slot == row.slot for other in self.care) > 1
        for slot in self._ids((row.slot,)):
            name = f"care-{slot}-{number + 1}" if several else f"care-{slot}"
            busy = {
                s for other in self.plan_sections() if slot in other.slots for s in other.students
            }
            stays = (s.id for s in self.students if slot in self._ids(s.stays) and s.id not in busy)
            students = tuple(stays) if row.students is None else row.students
            yield CareGroup(
                id=name, slot=slot, room=f"r-{name}", staff=row.staff, students=students
            )

    def _ids(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Give the ids of slots for the names of periods; what is an id already stays."""
        periods = {row.id: [slot.id for slot in slots_of(row)] for row in self.slots}
        return tuple(slot for name in names for slot in periods.get(name, [name]))

    def _settings(self) -> Settings:
        given = self.settings
        return Settings(
            id="case",
            name="",
            lower_grades=given.lower_grades,
            middle_grades=given.middle_grades,
            max_grade_span=9,
            base_care=BaseCare(max_size=60, grade_span=9, mix_stages=True),
            notice=Notice(complaints="x"),
            budget=Budget(
                fee_basis=given.fee_basis,
                fee_fen=given.fee,
                fee_standard=given.fee_standard,
                fee_from=given.fee_from,
                part_period=given.part_period,
                subsidy_fen_per_student=given.subsidy,
                subsidy_earlier_fen=given.subsidy_earlier,
                uplift_percent=given.uplift,
                special_fund_fen=given.special_fund,
                yearly_budget_fen=given.yearly_budget,
                donation_fen=given.donation,
                collection_fen=given.collection,
            ),
        )

    def _term(self) -> Term:
        term = self.term
        return Term(
            first_date=term.first,
            last_date=term.last,
            service_weekdays=term.weekdays,
            holidays=term.holidays,
            make_up_days=term.make_up,
            cancelled_days=term.cancelled,
            calendar=term.calendar,
            billing_months=term.months,
        )

    def _clauses(self) -> Iterator[Clause]:
        for row in self.policy:
            force = Force.ADVISORY if row.waived else Force.HARD
            yield Clause(**dict(row), force=force, source="school")

    def _teachers(self) -> Iterator[Teacher]:
        for row in self.staff:
            yield Teacher(
                id=row.id,
                name="",
                kind=row.kind,
                provider=BODY.id if row.kind is StaffKind.PROVIDER else None,
                available_slots=None if row.slots is None else self._ids(row.slots),
                max_periods_week=40,
                max_periods_day=8,
                pay_fen=row.pay,
                pay_unit=row.unit,
                overtime_pay_fen=row.overtime,
            )

    def _students(self) -> Iterator[Student]:
        seats = Counter(student for row in self.sections for student in row.students)
        for row in self.students:
            yield Student(
                id=row.id,
                name="",
                home_class=f"c{row.grade}",
                groups=row.groups,
                stay_slots=self._ids(row.stays),
                club_slots=self._ids(row.clubs),
                max_clubs=max(1, seats[row.id]),
                joins=row.joins,
                leaves=row.leaves,
            )

    def _courses(self, grades: tuple[int, ...]) -> Iterator[Course]:
        """Give each section a course that meets just when the section does."""
        for row in self.sections:
            days = [self.day_of(slot) for slot in self._ids(row.slots)]
            yield Course(
                id=f"course-{row.id}",
                name="",
                grades=grades,
                min_size=1,
                max_size=60,
                max_sections=1,
                sessions_per_week=len(set(days)),
                periods_per_session=days.count(days[0]),
                slots=self._ids(row.slots),
                leaders=row.staff,
                staff_needed=len(row.staff),
                mix_stages=True,
                kind=CourseKind.ACTIVITY,
            )

    def day_of(self, slot: str) -> int:
        """Give the weekday of a slot."""
        return next(s.weekday for row in self.slots for s in slots_of(row) if s.id == slot)

    def _wishes(self) -> Iterator[Wish]:
        ranks: Counter[str] = Counter()
        for row in self.sections:
            for student in row.students:
                ranks[student] += 1
                yield Wish(student=student, course=f"course-{row.id}", rank=ranks[student])


def read_case(path: Path) -> CaseFile:
    """Read a case; whatever is written wrongly in it raises."""
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return CaseFile.model_validate(data)


def case_paths() -> list[Path]:
    """List the cases."""
    return sorted(FOLDER.glob("*.toml"))
