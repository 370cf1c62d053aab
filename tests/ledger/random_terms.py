"""Random small terms under a regime: a school, a plan of it, and what really happened.

The plans need keep no rule that money does not depend on; nobody is in two places at once.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from chinese_calendar import get_holiday_detail

from models import (
    BillingMonth,
    Calendar,
    CareGroup,
    Clause,
    Course,
    GroupKind,
    HomeClass,
    MakeUpDay,
    PayUnit,
    Plan,
    PlannedCost,
    Policy,
    PolicyItem,
    Room,
    School,
    SchoolError,
    Section,
    Settings,
    Slot,
    StaffKind,
    Student,
    StudentGroup,
    Teacher,
    Term,
)
from models.attendance import Attendance
from models.money import Cost
from tests.ledger.documents import POOR, service_days
from tests.ledger.random_money import budget, own_rows
from tests.ledger.random_records import records
from tests.rules.random_plans import bare_plan

FIXED_RELIEF = frozenset({"banan-2020", "hebi"})
MAY_GO_UNPAID = frozenset({"putuo-2021"})
PAY_MAX = {"banan-2020": 5000}
RELIEFS = (0, 10, 25, 33, 50, 75, 100)


class Made(NamedTuple):
    """A term that contradicts itself nowhere."""

    school: School
    plan: Plan
    attendance: Attendance


def random_term(random: Random, regime: str) -> Made:
    """Make a school under a regime, a plan and records of attendance."""
    for _ in range(50):
        try:
            school = _School(random, regime).make()
        except SchoolError as error:
            last = error
            continue
        plan = _Plan(random, school).make()
        return Made(school, plan, records(random, school, plan))
    raise AssertionError(f"no valid school in fifty tries: {last}")


class _School:
    def __init__(self, random: Random, regime: str) -> None:
        self.random, self.regime = random, regime
        self.rows = tuple(own_rows(random, regime))
        self.grades = random.choice([(2,), (2, 5), (1, 4, 6), (3, 6)])
        if regime != "putuo-2021" and self.sometimes(0.3):
            self.grades = (*self.grades, 8)
        self.term = self.make_term()
        self.days: dict[date, int] = {}
        while not self.days:
            self.slots = tuple(self.make_slots())
            weekdays = {slot.weekday for slot in self.slots}
            self.days = {day: as_on for day, as_on in service_days(self.term) if as_on in weekdays}

    def sometimes(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, items: list[str], share: float) -> tuple[str, ...]:
        return tuple(item for item in items if self.sometimes(share))

    def make(self) -> School:
        school = School(
            settings=Settings(
                id="random",
                name="",
                lower_grades=tuple(g for g in self.grades if g <= 2) or (1,),
                middle_grades=tuple(g for g in self.grades if 3 <= g <= 4) or (3,),
                budget=budget(self.random, self.regime),
            ),
            term=self.term,
            policy=Policy(id=self.regime, clauses=self.rows),
            slots=self.slots,
            rooms=(Room(id="r", name="", seats=99, care_room=True),),
            classes=tuple(HomeClass(id=f"c{g}", name="", grade=g) for g in self.grades),
            groups=tuple(self.groups()),
            teachers=tuple(self.teachers()),
            courses=(Course(id="go", name="", grades=self.grades, min_size=1, leaders=("t1",)),),
            students=tuple(self.students()),
            costs=tuple(self.costs()),
        )
        return self.with_fee(school)

    def with_fee(self, school: School) -> School:
        """Charge by another basis than the policy advises only where a row says so."""
        basis = school.settings.budget.fee_basis
        if self.regime != "per-head-subsidy" or basis in {None, "term", "none"}:
            return school
        row = Clause(item=PolicyItem.FEE_BASIS, subject=basis, source="school")
        rows = (*school.policy.clauses, row)
        return school.replaced(policy=Policy(id=self.regime, clauses=rows))

    def make_term(self) -> Term:
        random = self.random
        first = date(2026, 2, 1) + timedelta(days=random.randrange(260))
        last = first + timedelta(days=random.randint(13, 70))
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        calendar = random.choice(list(Calendar))
        holidays = random.sample(days, random.choice([0, 0, 1, 3]))
        weekdays = (1, 2, 3, 4, 5) if self.sometimes(0.6) else (1, 2, 3, 4, 5, 6)
        make_up = {day for day in days if day.isoweekday() > 5 and self.sometimes(0.1)}
        if calendar is Calendar.STATUTORY:
            make_up = {day for day in days if _worked_by_decree(day) or day in make_up}
        make_up -= set(holidays)
        months = list(self.months(days))
        term = Term(
            first_date=first,
            last_date=last,
            service_weekdays=weekdays,
            holidays=tuple(holidays),
            make_up_days=tuple(
                MakeUpDay(date=day, follows=random.choice(weekdays)) for day in sorted(make_up)
            ),
            calendar=calendar,
            billing_months=tuple(random.sample(months, len(months))),
        )
        served = [day for day, _ in service_days(term)]
        off = tuple(random.sample(served, random.choice([0, 0, 1, 2]))) if len(served) > 5 else ()
        return term.model_copy(update={"cancelled_days": off})

    def months(self, days: list[date]) -> Iterator[BillingMonth]:
        if self.sometimes(0.6):
            return
        cuts = sorted(self.random.sample(range(1, len(days)), self.random.choice([0, 1, 2])))
        for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(days)], strict=True), 1):
            first, last = days[start], days[end - 1]
            yield BillingMonth(id=f"m{number}", first_date=first, last_date=last)

    def make_slots(self) -> Iterator[Slot]:
        """Give periods of all lengths, many of them across the half hour."""
        weekdays = self.term.service_weekdays
        for day in sorted(self.random.sample(weekdays, self.random.randint(1, 3))):
            minute = self.random.randrange(15 * 60, 17 * 60, 5)
            for number in range(self.random.randint(1, 4)):
                end = minute + self.random.choice([30, 35, 40, 45, 55, 60, 75, 90])
                yield Slot(
                    id=f"d{day}p{number}",
                    weekday=day,
                    start_minute=minute,
                    end_minute=end,
                    evening_study=minute >= 18 * 60 and self.sometimes(0.7),
                )
                minute = end + self.random.choice([0, 0, 5, 10])

    def groups(self) -> Iterator[StudentGroup]:
        own = any(row.item is PolicyItem.RELIEF and row.subject == "hardship" for row in self.rows)
        for kind in (*sorted(POOR), "disabled", "left_behind", "boarder"):
            relief: int | None = self.random.choice(RELIEFS)
            fixed = (own or self.regime in FIXED_RELIEF) and kind in POOR
            if fixed or (kind not in POOR and kind != "disabled" and self.sometimes(0.3)):
                relief = None
            yield StudentGroup(
                id=f"g-{kind}",
                name="",
                kind=GroupKind(kind),
                relief_percent=relief,
                reimbursed=self.sometimes(0.3),
            )
        yield StudentGroup(id="choir", name="", reimbursed=self.sometimes(0.3))

    def teachers(self) -> Iterator[Teacher]:
        for number in range(1, self.random.randint(4, 8)):
            kinds = [StaffKind.OWN] * 4 + list(StaffKind)
            kind = self.random.choice(kinds)
            most = PAY_MAX.get(self.regime, 12_000) if kind is StaffKind.OWN else 12_000
            unpaid = self.regime in MAY_GO_UNPAID and self.sometimes(0.3)
            late = self.regime == "putuo-2021" or self.sometimes(0.5)
            yield Teacher(
                id=f"t{number}",
                name="",
                kind=kind,
                pay_fen=None if unpaid else self.random.choice([0, self.rate(most), most]),
                pay_unit=self.random.choice(list(PayUnit)),
                overtime_pay_fen=self.rate(most) if late else None,
            )

    def rate(self, most: int) -> int:
        return self.random.randint(1, most)

    def students(self) -> Iterator[Student]:
        groups = [f"g-{kind}" for kind in (*sorted(POOR), "disabled", "left_behind", "boarder")]
        served = list(self.days)
        for number in range(self.random.randint(2, 10)):
            names = [slot.id for slot in self.slots]
            stays = self.some(names, 0.6)
            clubs = self.some([name for name in names if name not in stays], 0.5)
            span: dict[str, Any] = {}
            if self.sometimes(0.4):
                there = self.random.choice(served)
                before = (
                    self.term.first_date + (there - self.term.first_date) * self.random.random()
                )
                after = there + (self.term.last_date - there) * self.random.random()
                span = {"joins": before, "leaves": after}
                span = {key: day for key, day in span.items() if self.sometimes(0.7)}
            yield Student(
                id=f"s{number}",
                name="",
                home_class=f"c{self.random.choice(self.grades)}",
                groups=self.some([*groups, "choir"], 0.12),
                stay_slots=stays,
                club_slots=clubs,
                **span,
            )

    def costs(self) -> Iterator[PlannedCost]:
        kinds = (Cost.UTILITIES, Cost.CONSUMABLES, Cost.UPKEEP, Cost.RUNNING)
        for number in range(self.random.choice([0, 1, 2, 3])):
            yield PlannedCost(
                id=f"k{number}",
                kind=self.random.choice(kinds),
                amount_fen=self.random.randint(0, 30_000),
                day=self.random.choice(list(self.days)),
            )


def _worked_by_decree(day: date) -> bool:
    off, name = get_holiday_detail(day)
    return not off and name is not None


class _Plan:
    """Sections first, then care for whoever stays; staff are at one place at a time."""

    def __init__(self, random: Random, school: School) -> None:
        self.random, self.school = random, school
        self.busy: set[tuple[str, str]] = set()
        self.sections: list[Section] = []
        self.care: list[CareGroup] = []

    def make(self) -> Plan:
        for number in range(self.random.choice([0, 1, 2, 3])):
            self.section(number)
        for slot in self.school.slots:
            self.care_at(slot.id)
        return bare_plan(self.school, tuple(self.sections), tuple(self.care))

    def section(self, number: int) -> None:
        names = [slot.id for slot in self.school.slots]
        slots = tuple(self.random.sample(names, min(len(names), self.random.choice([1, 2, 2, 3]))))
        able = [s for s in self.school.students if {*slots} <= {*s.stay_slots, *s.club_slots}]
        students = self.free([s.id for s in able], slots)[: self.random.randint(1, 4)]
        staff = self.staff(slots)
        if students and staff:
            self.take((*students, *staff), slots)
            name = f"go-{number}"
            self.sections.append(
                Section(id=name, course="go", slots=slots, room="r", staff=staff, students=students)
            )

    def care_at(self, slot: str) -> None:
        waiting = self.free([s.id for s in self.school.students if slot in s.stay_slots], (slot,))
        cut = self.random.randint(0, len(waiting)) if self.random.random() < 0.3 else len(waiting)
        for number, members in enumerate((waiting[:cut], waiting[cut:])):
            staff = self.staff((slot,))
            if staff and (members or self.random.random() < 0.1):
                self.take((*members, *staff), (slot,))
                name = f"care-{slot}-{number}"
                self.care.append(
                    CareGroup(id=name, slot=slot, room="r", staff=staff, students=members)
                )

    def staff(self, slots: tuple[str, ...]) -> tuple[str, ...]:
        free = self.free([t.id for t in self.school.teachers], slots)
        return tuple(self.random.sample(free, min(len(free), self.random.choice([1, 1, 1, 2]))))

    def free(self, people: list[str], slots: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            who
            for who in people
            if who not in self.school.excluded
            and not any((who, slot) in self.busy for slot in slots)
        )

    def take(self, people: tuple[str, ...], slots: tuple[str, ...]) -> None:
        self.busy |= {(who, slot) for who in people for slot in slots}
