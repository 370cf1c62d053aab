"""From income and pay to the whole ledger: other costs, what is paid over, totals, notes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from models import Cost, Income, PayUnit, PolicyItem, School, StaffKind, Text, listed, yuan
from models.labels import INCOMES
from optimizer.ledger.calendar import month_of
from optimizer.ledger.lines import (
    INCOME,
    AccountTotal,
    Entry,
    Ledger,
    Line,
    LineUnit,
    OwnSource,
    Party,
)
from optimizer.ledger.pay_tally import PayTally, pay_lines
from optimizer.ledger.tariffs import Accounts, Presence, accounts, income_lines
from optimizer.ledger.tariffs.accounts import (
    OWN_MEANS,
    UNASSIGNED,
    account_text,
    pays_over,
)
from optimizer.ledger.tariffs.pay import cap_a_period

SHORT = Text(
    "账户“{account}”收入 {came} 元，支出 {went} 元，不足 {short} 元；请减少支出，或说明由谁补足。",
    "account '{account}' takes in {came} yuan and spends {went}, {short} yuan too much: spend "
    "less, or settle who makes up for it.",
)
MET = Text(
    "账户“{account}”没有收入，支出 {went} 元由学校预算支付（全学期酬劳最多 {sum} 元）。",
    "nothing comes into account '{account}': the {went} yuan it spends are met by the school's "
    "budget ({sum} yuan of pay a term at most).",
)
OWN = Text(
    "有 {short} 元支出没有账户可列支，由“{account}”承担。",
    "{short} yuan of costs may be paid from no account; {account} bear them.",
)


SURPLUS = Text(
    "账户“{account}”收入 {came} 元，结余 {left} 元，占 {percent}%；课后服务不得营利（{source}），"
    "结余只能继续用于课后服务，或者退还，请写明怎样处理。",
    "account '{account}' takes in {came} yuan and has {left} left, {percent} % of it. The service "
    "is not for profit ({source}): what is left may only go to the service or be given back. "
    "Settle which.",
)
CAPPED = Text(
    "教师 {staff} 按次计酬，有的日子节数少，只按每节 {most} 元的上限支付（{source}）。",
    "staff {staff} are paid by the session; on days with few periods no more than {most} yuan a "
    "period is paid ({source}).",
)
UNTAKEN = Text(
    "收入 {came} 元（{kinds}）没有账户列明接收，单列在外；请向主管部门问明归入哪个账户。",
    "income of {came} yuan ({kinds}) is taken by no account of the document: it stands apart and "
    "pays for nothing. Ask the authority which account it belongs to.",
)


def close(
    school: School,
    presence: Presence,
    tally: PayTally,
    notes: Iterable[Text] = (),
    until: date | None = None,
) -> Ledger:
    """Put a ledger together; ``until`` is the last day that records tell of, if any."""
    books = accounts(school)
    lines = [
        *income_lines(school, presence, books.of_income),
        *pay_lines(school, tally),
        *_cost_lines(school, books),
    ]
    months = tuple(sorted({*presence.days.months, *(line.month for line in lines)}))
    if school.term.billing_months:
        months = presence.days.months
    lines += _paid_over(books, months, lines)
    lines += _made_up(books, months, lines)
    totals = _totals(books, lines)
    return Ledger(
        school=school.settings.id,
        school_digest=school.digests.whole,
        settled=presence.settled,
        months=months,
        service_days=presence.days.dates,
        lines=tuple(lines),
        accounts=totals,
        until=until,
        settled_months=tuple(m for m in months if until and _is_over(presence, m, until)),
        notes=(
            *notes,
            *_capped(school, tally),
            *_untaken(lines),
            *_short(school, totals),
            *_left(school, totals),
        ),
    )


def _is_over(presence: Presence, month: str, until: date) -> bool:
    """Tell whether the last day of service of a month has come; one without any never does."""
    there = [day for day, name in presence.days.month.items() if name == month]
    return bool(there) and max(there) <= until


def _cost_lines(school: School, books: Accounts) -> Iterator[Line]:
    """Give a line for each cost beside pay, in the order of the school's table."""
    for cost in school.costs:
        yield Line(
            month=month_of(school.term, cost.day),
            party=Party.SCHOOL,
            who="",
            entry=Entry(cost.kind.value),
            account=books.of_cost[cost.kind].id,
            quantity=1,
            unit=LineUnit.SUM,
            rate_fen=cost.amount_fen,
            amount_fen=-cost.amount_fen,
            source=f"{OwnSource.COST}:{cost.id}",
        )


def _paid_over(books: Accounts, months: Sequence[str], lines: Sequence[Line]) -> Iterator[Line]:
    """Give what is paid over to the treasury: each month, all that such an account took in."""
    for account in books.listed:
        if not pays_over(account):
            continue
        taken: Counter[str] = Counter()
        for line in lines:
            if line.account == account.id and line.entry in INCOME:
                taken[line.month] += line.amount_fen
        for month in months:
            if taken[month] > 0:
                yield Line(
                    month=month,
                    party=Party.AUTHORITY,
                    who="",
                    entry=Entry.REMITTANCE,
                    account=books.of_cost[Cost.REMITTANCE].id,
                    quantity=1,
                    unit=LineUnit.SUM,
                    rate_fen=taken[month],
                    amount_fen=-taken[month],
                    source=account.source,
                )


def _made_up(books: Accounts, months: Sequence[str], lines: Sequence[Line]) -> Iterator[Line]:
    """Give what accounts pay for earlier ones that are short of what both may be used for.

    No more than is left to them in the end, in the months in which it is wanted.
    """
    sums: dict[str, Counter[str]] = {account.id: Counter() for account in books.all}
    for line in lines:
        sums[line.account][line.month] += line.amount_fen
    for account in books.listed:
        for backer in books.backers(account):
            shared = {Entry(use.value) for use in account.uses if use in backer.uses}
            own = [line for line in lines if line.account == account.id and line.entry in shared]
            short = min(-sums[account.id].total(), -sum(line.amount_fen for line in own))
            due = min(short, sums[backer.id].total())
            balance = 0
            for month in months:
                balance += sums[account.id][month]
                fen = min(due, -balance)
                if fen > 0:
                    due, balance = due - fen, balance + fen
                    for at, amount in ((account, fen), (backer, -fen)):
                        sums[at.id][month] += amount
                        yield _made_up_line(month, at.id, amount, backer.source)


def _made_up_line(month: str, account: str, fen: int, source: str) -> Line:
    return Line(
        month=month,
        party=Party.SCHOOL,
        who="",
        entry=Entry.MADE_UP,
        account=account,
        quantity=1,
        unit=LineUnit.SUM,
        rate_fen=abs(fen),
        amount_fen=fen,
        source=source,
    )


def _capped(school: School, tally: PayTally) -> Iterator[Text]:
    """Say whose sessions are paid less than was agreed, because of the cap a period."""
    cap, found = cap_a_period(school), dict[str, None]()
    for (who, _, cost, rate_fen), count in tally.items():
        person = school.teacher[who]
        agreed = person.overtime_pay_fen if cost is Cost.PAY_OVERTIME else person.pay_fen
        by_session = person.kind is StaffKind.OWN and person.pay_unit is PayUnit.SESSION
        if by_session and cap and count and rate_fen % cap == 0 and rate_fen < (agreed or 0):
            found[who] = None
    if found:
        source = min(school.in_force(PolicyItem.PAY_MAX), key=lambda c: c.value or 0).source
        yield CAPPED.fill(staff=listed(found), most=yuan(cap or 0), source=source)


def _untaken(lines: Iterable[Line]) -> Iterator[Text]:
    """Say which income no account takes."""
    sums: Counter[Income] = Counter()
    for line in lines:
        if line.account == UNASSIGNED.id:
            sums[INCOME[line.entry]] += line.amount_fen
    if kinds := [INCOMES[kind] for kind in Income if sums[kind]]:
        yield UNTAKEN.fill(came=yuan(sums.total()), kinds=listed(kinds))


def _totals(books: Accounts, lines: Iterable[Line]) -> tuple[AccountTotal, ...]:
    """Add up each account; the school's own means only where they are drawn on."""
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    for line in lines:
        if line.entry in INCOME:
            came[line.account] += line.amount_fen
        else:
            went[line.account] -= line.amount_fen
    listed = {account.id for account in books.listed}
    used = came.keys() | went.keys()
    return tuple(
        AccountTotal(account.id, account_text(account), came[account.id], went[account.id])
        for account in books.all
        if account.id in listed or account.id in used
    )


def own_budget_fen(school: School, totals: Sequence[AccountTotal]) -> int | None:
    """Give the sum that the school has set, where its only account has no income to spend."""
    alone = len(totals) == 1 and not totals[0].in_fen
    return school.settings.budget.sum_fen if alone else None


def _short(school: School, totals: Sequence[AccountTotal]) -> Iterator[Text]:
    """Say which accounts are short, or who pays where nothing is to come in."""
    given = own_budget_fen(school, totals)
    for account in totals:
        if account.balance_fen < 0:
            facts = {"came": yuan(account.in_fen), "went": yuan(account.out_fen)}
            text = OWN if account.id == OWN_MEANS.id else SHORT
            if given is not None and account.out_fen <= given:
                text = MET
                facts["sum"] = yuan(given)
            yield text.fill(account=account.name, short=yuan(-account.balance_fen), **facts)


def _left(school: School, totals: Iterable[AccountTotal]) -> Iterator[Text]:
    """Say what accounts have left where the service is not for profit.

    The documents name no surplus that would be small enough to pass: every one is said.
    """
    clause = next(iter(school.in_force(PolicyItem.NOT_FOR_PROFIT)), None)
    for account in totals:
        kept = account.id not in {OWN_MEANS.id, UNASSIGNED.id}
        if clause is not None and kept and account.balance_fen > 0:
            facts = {"came": yuan(account.in_fen), "left": yuan(account.balance_fen)}
            share = f"{100 * account.balance_fen / account.in_fen:.1f}"
            facts |= {"percent": share, "source": clause.source}
            yield SURPLUS.fill(account=account.name, **facts)
