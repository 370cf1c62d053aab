"""What a ledger must come to, worked out a second time: by the documents, by days, in fractions.

Written apart from ``optimizer.ledger`` and sharing nothing with it but the names of the kinds of
line. Which accounts there are is read from the regulation. Slow and plain: every date is walked,
for every person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from models import Account as RegimeAccount
from models import (
    CareGroup,
    FeeBasis,
    PartPeriod,
    PayUnit,
    Plan,
    PolicyItem,
    School,
    Section,
    Slot,
    StaffKind,
    Student,
    Teacher,
)
from models.attendance import Attendance
from tests.ledger.documents import (
    DOCUMENTS,
    TAKEN,
    Document,
    half_up,
    least,
    month_of,
    names_of,
    service_days,
    slots_of,
)

Key = tuple[str, str, str]
"""Who (empty for authority and school), billing month, kind of line."""


class Account(NamedTuple):
    """What came into an account and went out of it, in fen."""

    came: int
    went: int


class Result(NamedTuple):
    """Amounts by who, month and kind of line (+ in, − out), and by account; nothing that is 0."""

    amounts: dict[Key, int]
    accounts: dict[str, Account]


def recompute(school: School, plan: Plan, attendance: Attendance | None = None) -> Result:
    """Work out what the planned ledger comes to, or with records of attendance the settled one."""
    return _Term(school, plan, attendance).result()


class _Term:
    def __init__(self, school: School, plan: Plan, attendance: Attendance | None) -> None:
        self.school, self.plan, self.attendance = school, plan, attendance
        self.document = DOCUMENTS.get(school.policy.id, Document())
        self.groups: tuple[Section | CareGroup, ...] = (*plan.sections, *plan.care_groups)
        self.called_off = self._called_off()
        weekdays = {slot.weekday for slot in school.slots}
        days = {day: as_on for day, as_on in service_days(school.term) if as_on in weekdays}
        self.first = self._first_month(days)
        self.days = {day: as_on for day, as_on in days.items() if not self._nothing_on(day, as_on)}
        self.months = {day: month_of(school.term, day) for day in self.days}
        self.away = self._away()
        self.amounts: Counter[Key] = Counter()

    def result(self) -> Result:
        first = self.first
        present = 0
        for student, places in self._places().items():
            present += self._student(self.school.student[student], places)
        self._staff()
        budget = self.school.settings.budget
        if budget.subsidy_fen_per_student is not None:
            up = Fraction(budget.subsidy_fen_per_student * (100 + budget.uplift_percent), 100)
            self.amounts["", first, "subsidy"] += present * half_up(up)
        for kind, fen in (
            ("special", budget.special_fund_fen),
            ("yearly_budget", budget.yearly_budget_fen),
            ("donation", budget.donation_fen),
            ("collection", budget.collection_fen),
        ):
            self.amounts["", first, kind] += fen or 0
        for cost in self.school.costs:
            month = month_of(self.school.term, cost.day)
            self.amounts["", month, cost.kind.value] -= cost.amount_fen
        self._pay_over()
        amounts = {key: fen for key, fen in self.amounts.items() if fen}
        return Result(amounts, self._accounts(amounts))

    def _first_month(self, days: dict[date, int]) -> str:
        """Name the first billing month, be there service in it or not."""
        term = self.school.term
        own = [month.first_date for month in term.billing_months]
        return month_of(term, min(own) if own else next(iter(days), term.first_date))

    def _nothing_on(self, day: date, weekday: int) -> bool:
        """Tell whether all that was to meet on a day was called off."""
        meet = [
            self._is_off(day, slot, group.id)
            for group in self.groups
            for slot in slots_of(group)
            if self.school.slot[slot].weekday == weekday
        ]
        return bool(meet) and all(meet)

    # Students

    def _places(self) -> dict[str, list[tuple[Slot, str]]]:
        """Give each participant's week: the slots he is at, and with which group."""
        week: dict[str, list[tuple[Slot, str]]] = defaultdict(list)
        for group in self.groups:
            for slot in slots_of(group):
                for student in group.students:
                    week[student].append((self.school.slot[slot], group.id))
        return week

    def _student(self, student: Student, places: list[tuple[Slot, str]]) -> bool:
        """Charge one student; tell whether he counts as a participant."""
        joins, leaves = self._stays(student)
        since = self.school.settings.budget.fee_from or date.min
        whole_stay = [day for day in self.days if joins <= day <= leaves]
        came = any(self._periods(student.id, day, places) for day in whole_stay)
        enrolled = [day for day in whole_stay if day >= since]
        periods = {day: self._periods(student.id, day, places) for day in enrolled}
        there = Counter(self.months[day] for day, count in periods.items() if count)
        offered = {day for day in enrolled if self._offered(day, places)}
        his_months = dict.fromkeys(self.months[day] for day in offered)
        basis, fee = self._fee()
        if basis is FeeBasis.PERIOD:
            self._by_period(student, fee, periods)
        elif basis is FeeBasis.MONTH:
            for month in his_months:
                mine = sum(self.months[day] == month for day in enrolled)
                whole = [day for day, other in self.months.items() if other == month]
                amount = self._part(fee, mine, whole)
                over = self._over(student, places, amount, [d for d in offered if d in whole])
                self._charge(student, month, amount, over, bool(there[month]))
        elif basis is FeeBasis.TERM and offered:
            amount = self._part(fee, len(enrolled), list(self.days))
            over = self._over(student, places, amount, offered)
            self._charge(student, self.months[enrolled[0]], amount, over, any(there.values()))
        return came

    def _stays(self, student: Student) -> tuple[date, date]:
        joins = student.joins or date.min
        leaves = student.leaves or date.max
        return self.joined.get(student.id, joins), self.left.get(student.id, leaves)

    def _offered(self, day: date, places: list[tuple[Slot, str]]) -> bool:
        """Tell whether anything that he is expected at took place on a day."""
        return any(
            slot.weekday == self.days[day] and not self._is_off(day, slot.id, group)
            for slot, group in places
        )

    def _periods(self, student: str, day: date, places: list[tuple[Slot, str]]) -> int:
        """Count the slots of a day at which he is expected, or was present."""
        if (student, day, None) in self.away:
            return 0
        return sum(
            slot.weekday == self.days[day]
            and not self._is_off(day, slot.id, group)
            and (student, day, slot.id) not in self.away
            for slot, group in places
        )

    def _by_period(self, student: Student, fee: int, periods: dict[date, int]) -> None:
        most, day_max = self._caps(student)
        charged: Counter[str] = Counter()
        over: Counter[str] = Counter()
        for day, count in periods.items():
            paid = count if most is None else min(count, most)
            charged[self.months[day]] += paid
            if day_max is not None:
                over[self.months[day]] += max(0, paid * fee - day_max)
        for month, count in charged.items():
            self._charge(student, month, count * fee, over[month], present=count > 0)

    def _over(
        self, student: Student, places: list[tuple[Slot, str]], amount: int, dates: Iterable[date]
    ) -> int:
        """Give what a fee by month or term is above what its days may cost."""
        periods, day_max = self._caps(student)
        rows = self._own_rows(PolicyItem.FEE_PERIOD_MAX, student)
        period_max = least(self.document.period_max_fen, *(value for _, value in rows))
        if day_max is None and period_max is None:
            return 0
        most = 0
        for day in dates:
            count = sum(
                slot.weekday == self.days[day] and not self._is_off(day, slot.id, group)
                for slot, group in places
            )
            by_period = None
            if period_max is not None:
                by_period = period_max * (count if periods is None else min(count, periods))
            most += least(day_max, by_period) or 0
        return max(0, amount - most)

    def _charge(self, student: Student, month: str, fee: int, over: int, present: bool) -> None:
        """Enter a fee, what a day's cap takes off, what is waived, and who pays that."""
        percent, paid_back = self._relief(student)
        left = half_up(Fraction((fee - over) * (100 - percent), 100))
        waived = fee - over - left
        self.amounts[student.id, month, "fee"] += fee
        self.amounts[student.id, month, "day_cap"] -= over
        self.amounts[student.id, month, "relief"] -= waived
        if paid_back and (present or self.attendance is None):
            self.amounts[student.id, month, "reimbursement"] += waived

    def _part(self, fee: int, mine: int, whole: list[date]) -> int:
        """Charge for his days, or else for all on which a fee may be charged."""
        budget = self.school.settings.budget
        if budget.part_period is not PartPeriod.SHARE:
            mine = sum(day >= (budget.fee_from or date.min) for day in whole)
        return half_up(Fraction(fee * mine, len(whole)))

    def _fee(self) -> tuple[FeeBasis, int]:
        document, budget = self.document, self.school.settings.budget
        if document.month_fen is not None:
            return FeeBasis.MONTH, document.month_fen
        if document.period_fen is not None:
            return FeeBasis.PERIOD, document.period_fen
        barred = document.free or (document.needs_standard and not budget.fee_standard)
        basis = budget.fee_basis or document.basis
        if barred or basis is None or budget.fee_fen is None:
            return FeeBasis.NONE, 0
        return basis, budget.fee_fen

    def _own_rows(self, item: PolicyItem, student: Student) -> list[tuple[str | None, int]]:
        """Give subject and value of the school's own rows on an item that concern a student."""
        grade = self.school.home_class[student.home_class].grade
        return [
            (row.subject, row.value or 0)
            for row in self.school.policy.clauses
            if row.item is item and not row.waived and (not row.grades or grade in row.grades)
        ]

    def _caps(self, student: Student) -> tuple[int | None, int | None]:
        """Give the most periods and the most fen that a day is charged."""
        periods = self._own_rows(PolicyItem.CHARGED_PERIODS_DAY_MAX, student)
        fen = self._own_rows(PolicyItem.FEE_DAY_MAX, student)
        return (
            least(self.document.charged_a_day, *(value for _, value in periods)),
            least(self.document.day_max_fen, *(value for _, value in fen)),
        )

    def _relief(self, student: Student) -> tuple[int, bool]:
        """Give the percentage that is waived, and whether somebody pays the school for it."""
        percents, paid_back = {}, set()
        rows = self._own_rows(PolicyItem.RELIEF, student)
        back = {subject for subject, _ in self._own_rows(PolicyItem.RELIEF_REIMBURSED, student)}
        for group in (self.school.group[name] for name in student.groups):
            fixed = [value for subject, value in rows if subject in names_of(group)]
            if group.kind in self.document.free_kinds:
                fixed.append(100)
            percents[group.id] = max(fixed) if fixed else group.relief_percent or 0
            named = group.kind in self.document.paid_back_kinds or back & names_of(group)
            if group.reimbursed or named:
                paid_back.add(group.id)
        best = max(percents.values(), default=0)
        return best, any(percents[name] == best for name in paid_back)

    # What really happened

    def _called_off(self) -> frozenset[tuple[date, str | None, str | None]]:
        records = self.attendance.cancelled if self.attendance else ()
        return frozenset((record.day, record.slot, record.group) for record in records)

    def _is_off(self, day: date, slot: str, group: str) -> bool:
        if not self.called_off:
            return False
        shapes = ((slot, group), (slot, None), (None, group), (None, None))
        return any((day, *shape) in self.called_off for shape in shapes)

    def _away(self) -> frozenset[tuple[str, date, str | None]]:
        self.joined: dict[str, date] = {}
        self.left: dict[str, date] = {}
        if self.attendance is None:
            return frozenset()
        self.joined = {record.student: record.day for record in self.attendance.joinings}
        self.left = {record.student: record.day for record in self.attendance.leavings}
        return frozenset((r.student, r.day, r.slot) for r in self.attendance.absences)

    # Staff

    def _staff(self) -> None:
        """Pay everybody, date by date, for all that he did on it."""
        records = self.attendance.substitutes if self.attendance else ()
        stands_in = {(r.day, r.slot, r.absent): r.substitute for r in records}
        for day, weekday in self.days.items():
            work: dict[str, list[Slot]] = defaultdict(list)
            for group in self.groups:
                for slot in (self.school.slot[name] for name in slots_of(group)):
                    if slot.weekday == weekday and not self._is_off(day, slot.id, group.id):
                        for teacher in group.staff:
                            work[stands_in.get((day, slot.id, teacher), teacher)].append(slot)
            for teacher, held in work.items():
                self._pay(self.school.teacher[teacher], self.months[day], held)

    def _pay(self, teacher: Teacher, month: str, held: list[Slot]) -> None:
        """Pay one person for the slots of one date: each of them, or one session for all."""
        if teacher.kind is StaffKind.VOLUNTEER:
            return
        for slots in [held] if teacher.pay_unit is PayUnit.SESSION else [[slot] for slot in held]:
            if teacher.kind is not StaffKind.OWN:
                self.amounts[teacher.id, month, "pay_external"] -= teacher.pay_fen or 0
                continue
            whole = sum(slot.minutes for slot in slots)
            late = sum(self._late(slot) for slot in slots)
            extra = teacher.overtime_pay_fen
            extra = teacher.pay_fen if extra is None else extra
            most = self._most_for(len(slots))
            normal = Fraction(min(teacher.pay_fen or 0, most) * (whole - late), whole)
            overtime = Fraction(min(extra or 0, most) * late, whole)
            self.amounts[teacher.id, month, "pay_normal"] -= half_up(normal)
            self.amounts[teacher.id, month, "pay_overtime"] -= half_up(overtime)

    def _most_for(self, periods: int) -> int:
        """Give the most that own staff may be paid for so many periods."""
        rows = [r.value for r in self.school.policy.clauses if r.item is PolicyItem.PAY_MAX]
        cap = least(self.document.pay_max_fen, *rows)
        return 10**9 if cap is None else cap * periods

    def _late(self, slot: Slot) -> int:
        """Count the minutes of a slot that are overtime."""
        rows = [row for row in self.school.policy.clauses if row.item is PolicyItem.OVERTIME_FROM]
        start = rows[0].value if rows else self.document.overtime_from
        return 0 if start is None else max(0, slot.end_minute - max(start, slot.start_minute))

    # Accounts

    def _listed(self) -> tuple[RegimeAccount, ...]:
        """Give the document's accounts, but none that lives on grants of which none is said."""
        regulation, budget = self.school.policy.regulation, self.school.settings.budget
        none = {
            "subsidy": budget.subsidy_fen_per_student is None,
            "special": budget.special_fund_fen is None,
            "yearly_budget": budget.yearly_budget_fen is None,
            "donation": budget.donation_fen is None,
            "collection": budget.collection_fen is None,
            "reimbursement": not any(group.reimbursed for group in self.school.groups)
            and not self.document.paid_back_kinds
            and not any(
                row.item is PolicyItem.RELIEF_REIMBURSED for row in self.school.policy.clauses
            ),
        }
        return tuple(
            account
            for account in (regulation.accounts if regulation else ())
            if not all(none.get(kind, False) for kind in account.income)
        )

    def _account(self, kind: str) -> str:
        """Give the first account that lists a kind of line, or what is there for the rest."""
        accounts = self._listed()
        for account in accounts:
            listed = account.income if kind in TAKEN else account.uses
            if TAKEN.get(kind, kind) in listed:
                return account.id
        if not accounts:
            return "service"
        return "unassigned" if kind in TAKEN else "school"

    def _pay_over(self) -> None:
        """Hand over, each month, all that came into an account that is there for nothing else."""
        for account in self._listed():
            if account.uses == ("remittance",):
                for (_, month, kind), fen in list(self.amounts.items()):
                    if kind in TAKEN and self._account(kind) == account.id:
                        self.amounts["", month, "remittance"] -= fen

    def _accounts(self, amounts: dict[Key, int]) -> dict[str, Account]:
        came: Counter[str] = Counter()
        went: Counter[str] = Counter()
        for (_, _, kind), fen in amounts.items():
            if kind in TAKEN:
                came[self._account(kind)] += fen
            else:
                went[self._account(kind)] -= fen
        self._make_up(came, went)
        names = {name for name in (*came, *went) if came[name] or went[name]}
        return {name: Account(came[name], went[name]) for name in names}

    def _make_up(self, came: Counter[str], went: Counter[str]) -> None:
        """Let an account's fees bear what the pay of an earlier one lacks, where both list pay."""
        listed = self._listed()
        for number, account in enumerate(listed):
            for later in listed[number + 1 :]:
                if not {"pay_normal", "pay_external"} & {*account.uses} & {*later.uses}:
                    continue
                lacks = max(0, went[account.id] - came[account.id])
                fen = min(lacks, max(0, came[later.id] - went[later.id]))
                came[account.id] += fen
                came[later.id] -= fen
