"""Every line of a ledger against its tariff: rate, part and cap, each by its clause.

What is due is read here once more from the clauses in force and the school's own tables, a line at
a time; then the whole ledger is held against the one that plan and records come to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple

from models import Clause, FeeBasis, PartPeriod, PayUnit, PolicyItem, School, StaffKind, Text, yuan
from optimizer.ledger.lines import Entry, Ledger, Line, LineUnit, OwnSource, half_up, source_text
from optimizer.ledger.tariffs import term_days

_I = PolicyItem
RATE = Text(
    "单价 {found} 元，应为 {due} 元（依据：{source}）",
    "the rate is {found} yuan, by {source} it is {due}",
)
UNIT = Text(
    "按“{found}”计，应按“{due}”计（依据：{source}）",
    "it is by the {found}, by {source} by the {due}",
)
ABOVE = Text(
    "单价 {found} 元，高于上限 {due} 元（依据：{source}）",
    "the rate of {found} yuan is above the maximum of {due} ({source})",
)
BARRED = Text("不得有这一项（依据：{source}）", "there may be no such line ({source})")
NOT_DUE = Text("这个人没有这一项", "nothing of the kind is due here")
SHARE = Text(
    "只收了 {found}，应收全额（依据：{source}）",
    "only {found} is charged, by {source} it is the whole",
)
PERIODS = Text(
    "收了 {found} 节，当月最多可收 {due} 节（依据：{source}）",
    "{found} periods are charged, at most {due} of the month may be ({source})",
)
PERCENT = Text(
    "减免 {found}%，应为 {due}%（依据：{source}）", "{found} % is waived, by {source} it is {due} %"
)
DIFFERS = Text(
    "{what}为 {found}，按方案和记录应为 {due}（依据：{source}）",
    "{what} is {found}, by plan and records {due} ({source})",
)
EXTRA = Text(
    "按方案和记录没有这一行（所注依据：{source}）",
    "by plan and records there is no such line (it cites {source})",
)
MISSING = Text(
    "账本缺一行：{month} {who} {entry}，{amount} 元（依据：{source}）。",
    "a line is missing: {month} {who} {entry}, {amount} yuan ({source}).",
)
ACCOUNTS_OFF = Text(
    "账户或收费月与方案和记录所得的不同。", "accounts or months are not those of plan and records."
)
_PARTS: Final = {
    "rate_fen": Text("单价", "the rate"),
    "quantity": Text("数量", "the quantity"),
    "unit": Text("单位", "the unit"),
    "account": Text("账户", "the account"),
    "source": Text("依据", "the source"),
    "amount_fen": Text("金额", "the amount"),
}
_SUMS: Final = {
    Entry.SPECIAL: ("special_fund_fen", OwnSource.SPECIAL),
    Entry.YEARLY_BUDGET: ("yearly_budget_fen", OwnSource.YEARLY_BUDGET),
    Entry.DONATION: ("donation_fen", OwnSource.DONATION),
    Entry.COLLECTION: ("collection_fen", OwnSource.COLLECTION),
}
_BASES: Final = {
    LineUnit.MONTH: FeeBasis.MONTH,
    LineUnit.PERIOD: FeeBasis.PERIOD,
    LineUnit.TERM: FeeBasis.TERM,
}
_FIXED: Final = {LineUnit.MONTH: _I.FEE_MONTH, LineUnit.PERIOD: _I.FEE_PERIOD}
_MAY_DIFFER: Final = (
    (_I.FEE_APPROVED, Entry.FEE),
    (_I.PART_PERIOD, Entry.FEE),
    (_I.CHARGED_PERIODS_DAY_MAX, Entry.FEE),
    (_I.FEE_DAY_MAX, Entry.DAY_CAP),
    (_I.RELIEF, Entry.RELIEF),
    (_I.RELIEF_REIMBURSED, Entry.REIMBURSEMENT),
    (_I.SUBSIDY_YEAR_MAX, Entry.SUBSIDY),
    (_I.SPECIAL_FUND, Entry.SPECIAL),
    (_I.PAY_OWN, Entry.PAY_NORMAL),
    (_I.PAY_MAX, Entry.PAY_NORMAL),
    (_I.OVERTIME_FROM, Entry.PAY_OVERTIME),
    (_I.PAY_OVERTIME, Entry.PAY_OVERTIME),
    (_I.PAY_EXTERNAL, Entry.PAY_EXTERNAL),
)
"""Which clauses a line of a kind follows, beside its own source."""


class _Due(NamedTuple):
    fen: int
    source: str


def tariff_faults(school: School, line: Line) -> Iterator[Text]:
    """Find what of a line contradicts the clauses in force and the school's tables."""
    if line.entry is Entry.FEE:
        yield from _fee(school, line)
    elif line.entry in {Entry.RELIEF, Entry.REIMBURSEMENT}:
        yield from _relief(school, line)
    elif line.entry is Entry.SUBSIDY:
        yield from _subsidy(school, line)
    elif line.entry in _SUMS:
        field, source = _SUMS[line.entry]
        yield from _rate(line, _Due(getattr(school.settings.budget, field) or 0, source))
    elif line.entry in {Entry.PAY_NORMAL, Entry.PAY_OVERTIME, Entry.PAY_EXTERNAL}:
        yield from _pay(school, line)
    elif line.entry is Entry.MANAGEMENT:
        for clause in school.in_force(_I.NO_MANAGEMENT_FEE):
            yield BARRED.fill(source=clause.source)


def _rate(line: Line, due: _Due) -> Iterator[Text]:
    if line.rate_fen != due.fen:
        facts = {"found": yuan(line.rate_fen), "due": yuan(due.fen)}
        yield RATE.fill(source=source_text(due.source), **facts)


def _above(line: Line, most: int, clause: Clause) -> Iterator[Text]:
    if line.rate_fen > most:
        facts = {"found": yuan(line.rate_fen), "due": yuan(most)}
        yield ABOVE.fill(source=clause.source, **facts)


def _fee(school: School, line: Line) -> Iterator[Text]:
    grade, budget = school.grade_of.get(line.who, 0), school.settings.budget
    for clause in school.clauses(_I.NO_FEE, grade):
        yield BARRED.fill(source=clause.source)
    fixed = [(u, c) for u, item in _FIXED.items() for c in school.clauses(item, grade)]
    for unit, clause in fixed:
        yield from _rate(line, _Due(clause.value or 0, clause.source))
        if line.unit is not unit:
            facts = {"found": line.unit, "due": unit}
            yield UNIT.fill(source=clause.source, **facts)
    if not fixed:
        yield from _rate(line, _Due(budget.fee_fen or 0, budget.fee_standard or OwnSource.FEE))
        if budget.fee_basis not in {None, _BASES.get(line.unit)}:
            source = source_text(OwnSource.FEE)
            yield UNIT.fill(found=line.unit, due=budget.fee_basis, source=source)
    if line.unit is not LineUnit.PERIOD:
        whole = budget.part_period is not PartPeriod.SHARE and budget.fee_from is None
        if line.quantity != 1 and whole:
            named = [clause.source for clause in _about(school, _I.PART_PERIOD)]
            source = source_text((*named, OwnSource.FEE)[0])
            yield SHARE.fill(found=line.quantity, source=source)
        return
    for clause in school.clauses(_I.FEE_PERIOD_MAX, grade):
        yield from _above(line, clause.value or 0, clause)
    for clause in school.clauses(_I.CHARGED_PERIODS_DAY_MAX, grade):
        most = (clause.value or 0) * len(term_days(school).of_month.get(line.month, ()))
        if line.quantity > most:
            yield PERIODS.fill(found=line.quantity, due=most, source=clause.source)


def _relief(school: School, line: Line) -> Iterator[Text]:
    """Hold relief against the best that one of the student's groups has."""
    student = school.student.get(line.who)
    grounds: list[tuple[int, bool, str]] = []
    for group in (school.group[name] for name in (student.groups if student else ())):
        grade = school.grade_of[line.who]
        stated = [
            clause
            for clause in school.clauses(_I.RELIEF, grade)
            if group.goes_by(clause.subject) and clause.value is not None
        ]
        best = max(stated, key=lambda clause: clause.value or 0, default=None)
        percent = (best.value if best else group.relief_percent) or 0
        back = group.reimbursed or any(
            group.goes_by(clause.subject) for clause in school.clauses(_I.RELIEF_REIMBURSED, grade)
        )
        grounds.append((percent, back, best.source if best else OwnSource.RELIEF))
    percent, back, source = max(grounds, default=(0, False, ""))
    if not percent or (line.entry is Entry.REIMBURSEMENT and not back):
        yield NOT_DUE
    elif line.entry is Entry.RELIEF and line.quantity != Fraction(percent, 100):
        found = Fraction(100 * line.quantity)
        shown = found.numerator if found.denominator == 1 else f"{float(found):.2f}"
        yield PERCENT.fill(found=shown, due=percent, source=source_text(source))


def _subsidy(school: School, line: Line) -> Iterator[Text]:
    budget = school.settings.budget
    up = 100 + budget.uplift_percent
    for clause in school.in_force(_I.SUBSIDY_YEAR_MAX):
        most = half_up(max(0, (clause.value or 0) - budget.subsidy_earlier_fen) * up, 100)
        yield from _above(line, most, clause)
    due = half_up((budget.subsidy_fen_per_student or 0) * up, 100)
    yield from _rate(line, _Due(due, OwnSource.SUBSIDY))


def _pay(school: School, line: Line) -> Iterator[Text]:
    """Hold a rate against what was agreed, of which a part across the clock is less."""
    person = school.teacher.get(line.who)
    if person is None or person.kind is StaffKind.VOLUNTEER:
        yield NOT_DUE
        return
    own = person.kind is StaffKind.OWN
    if own == (line.entry is Entry.PAY_EXTERNAL):
        yield NOT_DUE
        return
    agreed, source = person.pay_fen, OwnSource.PAY
    if line.entry is Entry.PAY_OVERTIME and person.overtime_pay_fen is not None:
        agreed, source = person.overtime_pay_fen, OwnSource.OVERTIME_PAY
    periods = 1
    if person.pay_unit is PayUnit.SESSION:
        periods = max(Counter(s.weekday for s in school.slots).values(), default=1)
    above: list[Text] = []
    for clause in school.in_force(_I.PAY_MAX) if own else ():
        above += _above(line, periods * (clause.value or 0), clause)
    yield from above
    if not above and line.rate_fen > (agreed or 0):
        yield from _rate(line, _Due(agreed or 0, source))


def retraced(
    school: School, ledger: Ledger, due: Ledger, told: Iterable[int]
) -> Iterator[tuple[int | None, Text]]:
    """Find where a ledger is not the one that is due, by the number of the line, from 1.

    Parameters
    ----------
    told
        Numbers of lines of which something was said already.
    """
    left: dict[object, list[Line]] = {}
    for line in due.lines:
        left.setdefault(_key(line), []).append(line)
    numbered = list(enumerate(ledger.lines, start=1))
    # What is right finds its like first, so that only what differs is compared.
    wrong = []
    for number, line in numbered:
        like = left.get(_key(line), [])
        if line in like:
            like.remove(line)
        else:
            wrong.append((number, line))
    skip = set(told)
    for number, line in wrong:
        like = left.get(_key(line), [])
        other = like.pop(0) if like else None
        if number not in skip:
            extra = EXTRA.fill(source=source_text(line.source))
            yield number, extra if other is None else _difference(school, line, other)
    lacking = [line for lines in left.values() for line in lines]
    for line in lacking:
        facts = {"month": line.month, "who": line.who or line.party, "entry": line.entry}
        amount = yuan(line.amount_fen)
        yield None, MISSING.fill(amount=amount, source=_source(school, line), **facts)
    if not (wrong or lacking) and (ledger.months, ledger.accounts) != (due.months, due.accounts):
        yield None, ACCOUNTS_OFF


def _key(line: Line) -> object:
    return line.month, line.party, line.who, line.entry


def _difference(school: School, line: Line, due: Line) -> Text:
    field = next(name for name in _PARTS if getattr(line, name) != getattr(due, name))
    found, wanted = getattr(line, field), getattr(due, field)
    if field.endswith("_fen"):
        found, wanted = yuan(found), yuan(wanted)
    elif field == "source":
        found, wanted = source_text(found), source_text(wanted)
    facts = {"what": _PARTS[field], "found": found, "due": wanted}
    return DIFFERS.fill(source=_source(school, due), **facts)


def _source(school: School, line: Line) -> Text:
    """Name what a line follows from: its own source, and the clauses about lines of its kind."""
    texts = [source_text(line.source)]
    for item, entry in _MAY_DIFFER:
        if entry is line.entry:
            texts += [Text(clause.source, clause.source) for clause in _about(school, item)[:1]]
    told = list(dict.fromkeys(texts))
    return Text("、".join(text.zh for text in told), ", ".join(text.en for text in told))


def _about(school: School, item: PolicyItem) -> list[Clause]:
    """Give the clauses in force on an item, and what the document leaves to the school."""
    document = school.policy.regulation.clauses if school.policy.regulation else ()
    return [*school.in_force(item), *(clause for clause in document if clause.item is item)]
