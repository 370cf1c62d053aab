"""The topics of a public notice that are about money: fees with their basis, and the accounts."""

from collections.abc import Iterable

from models import FeeBasis, PartPeriod, PolicyItem, School, Text, called, yuan
from optimizer.ledger import INCOME, Entry, FeeTerms, OwnSource, fee_terms, own_budget_fen
from optimizer.ledger.tariffs import accounts as accounts_of
from optimizer.ledger.tariffs.accounts import OWN_MEANS
from optimizer.report.columns import Cell
from optimizer.report.ledger_accounts import account_facts
from optimizer.report.ledger_book import LedgerBook, money
from optimizer.report.ledger_figures import BILL, Months, Sums
from optimizer.report.ledger_words import ENTRIES
from optimizer.report.naming import spans
from optimizer.report.notice_parts import Blank, Block, Part, Table, place

FREE = Text("本学期课后服务不收费。", "The service is free of charge this term.")
FREE_UNTIL = Text(
    "收费标准出台前不收费。", "Nothing is charged until a standard of fees has been issued."
)
BASES = {
    FeeBasis.MONTH: Text("每生每月 {fee} 元", "{fee} yuan a student a month"),
    FeeBasis.PERIOD: Text("每生每节 {fee} 元", "{fee} yuan a student a period"),
    FeeBasis.TERM: Text("每生每学期 {fee} 元", "{fee} yuan a student a term"),
}
CHARGED = Text("收费标准", "Fee")
SINCE = Text("自 {day} 起收费，之前不收", "charged from {day} on, nothing before")
PERIODS_MAX = Text("每天最多收 {count} 节", "at most {count} periods of a day are charged")
DAY_MAX = Text("每天最多收 {fee} 元", "at most {fee} yuan a day")
PART = {
    PartPeriod.SHARE: Text(
        "中途加入或退出的，按实际在册的服务日折算",
        "who joins or leaves midway pays for his share of the days of service",
    ),
    PartPeriod.FULL: Text(
        "中途加入或退出的，按整期收取", "who joins or leaves midway pays the whole fee"
    ),
}
ACTUAL = Text("按实际参加的节数结算", "only periods really attended are charged")
GRADES, TERMS, SOURCE = Text("年级", "Grades"), Text("说明", "Terms"), Text("依据", "Source")
STANDARD = Text("收费批准文件", "Document by which the fee was approved")
GROUP, RELIEF, REMARK = Text("群体", "Group"), Text("减免", "Relief"), Text("说明", "Remark")
OWN_RULE = Text("学校规定", "the school's own rule")
NO_RELIEF = Text("没有减免。", "There is no relief.")
REIMBURSED = Text("减免部分由上级补给学校", "made good to the school")
PERCENT = Text("{percent}%", "{percent} %")

MONTH_OF = Text("{month} 收支（决算）：", "Income and spending of {month}, as settled:")
PLANNED = Text("本学期收支（预算）：", "Income and spending of the term, as planned:")
TO_COME = Text(
    "考勤记到 {until}，还没有结算完的月份；本学期收支（预算）：",
    "Attendance has been kept up to {until} and no month is settled yet. Income and spending of "
    "the term, as planned:",
)
SETTLED = Text(
    "{first} 至 {last} 收支（决算）：", "Income and spending from {first} to {last}, as settled:"
)
ITEM = Text("项目", "Item")
CAME_IN, WENT_OUT = Text("收入（元）", "In (yuan)"), Text("支出（元）", "Out (yuan)")
LEFT = Text("合计（结余 {sum} 元）", "Total ({sum} yuan left)")
OWN_MONEY = Text(
    "合计（由学校预算支付，全学期酬劳最多 {sum} 元）",
    "Total (met by the school's budget: {sum} yuan of pay a term at most)",
)
SHORT = Text("合计（不足 {sum} 元）", "Total ({sum} yuan short)")
BORNE = Text("合计（由学校承担 {sum} 元）", "Total ({sum} yuan borne by the school)")
AFTER_RELIEF = Text("{entry}（已减免 {sum} 元）", "{entry}, after relief of {sum} yuan")
NAME_AND_FACTS = Text("【{name}】{facts}。", "{name}. {facts}.")
ONLY_NAME = Text("【{name}】", "{name}")
NO_LINES = Text("没有收支。", "Nothing came in or went out.")
KEPT = Text(
    "不提取管理费，不作他用。", "No management fee is taken, and nothing is spent on anything else."
)
SURPLUS = Text(
    "课后服务不得营利（{source}）：结余只用于课后服务，或者退还。",
    "The service is not for profit ({source}): what is left goes to the service or is given back.",
)
BEFORE = Text("上月累计结余", "Balance brought forward")


def fees(of: LedgerBook, _month: str | None) -> Part:
    """Tell what is charged, by which document, and what is waived for whom."""
    terms: dict[FeeTerms | None, list[int]] = {}
    for grade in of.school.grades:
        terms.setdefault(fee_terms(of.school, grade), []).append(grade)
    if nothing_charged(of.school):
        return Part("", tuple(_free(of)))
    rows = tuple(_fee_row(of, term, grades) for term, grades in terms.items())
    heads = tuple(of.book.say(head) for head in (GRADES, CHARGED, TERMS, SOURCE))
    blocks: list[Block] = [Table(heads, rows, (3, 6, 8, 7))]
    standard = of.school.settings.budget.fee_standard
    if not standard and of.school.in_force(PolicyItem.FEE_APPROVED):
        blocks.append(Blank(of.book.say(STANDARD)))
    return Part("", (*blocks, *_relief(of)))


def is_free(school: School) -> bool:
    """Tell whether nobody is charged anything, by a clause or in the school's own words."""
    budget = school.settings.budget
    bans = (PolicyItem.NO_FEE, PolicyItem.NO_FEE_UNTIL_ISSUED)
    named = {clause.subject for clause in school.in_force(PolicyItem.FEE_BASIS)}
    said = FeeBasis.NONE in {budget.fee_basis, *named} or budget.fee_fen == 0
    free = said or any(school.in_force(item) for item in bans)
    return free and nothing_charged(school)


def nothing_charged(school: School) -> bool:
    """Tell whether there is no fee, whether or not anybody says so."""
    return all(fee_terms(school, grade) is None for grade in school.grades)


def free_text(school: School) -> Text:
    """Say that nothing is charged, for the term or until a standard is issued."""
    return FREE_UNTIL if school.in_force(PolicyItem.NO_FEE_UNTIL_ISSUED) else FREE


def _free(of: LedgerBook) -> Iterable[Block]:
    until = of.school.in_force(PolicyItem.NO_FEE_UNTIL_ISSUED)
    clauses = (*of.school.in_force(PolicyItem.NO_FEE), *until)
    if not is_free(of.school):
        # That the school has said nothing of a fee does not make the service free.
        yield Blank(of.book.say(CHARGED))
        return
    yield of.book.say(free_text(of.school))
    for source in dict.fromkeys(place(of.school, clause.source) for clause in clauses):
        yield f"{of.book.say(SOURCE)}{of.book.say(Text('：', ': '))}{source}"


def _fee_row(of: LedgerBook, terms: FeeTerms | None, grades: list[int]) -> tuple[Cell, ...]:
    names = of.book.names.join(spans(grades))
    if terms is None:
        return names, of.book.say(FREE), "", ""
    details = [PART[PartPeriod.SHARE if terms.share else PartPeriod.FULL]]
    if terms.basis is FeeBasis.PERIOD:
        details = [ACTUAL]
    if terms.since is not None:
        details.append(SINCE.fill(day=terms.since))
    if terms.periods_day_max is not None:
        details.append(PERIODS_MAX.fill(count=terms.periods_day_max))
    if terms.day_max_fen is not None:
        details.append(DAY_MAX.fill(fee=yuan(terms.day_max_fen)))
    charge = BASES[terms.basis].fill(fee=yuan(terms.fee_fen))
    said = Text("；", "; ").say(of.book.names.lang).join(of.book.say(text) for text in details)
    return names, of.book.say(charge), said, _source(of, terms.source)


def _source(of: LedgerBook, source: str) -> str:
    """Name a clause or document; that the school keeps it in some table says nothing outside."""
    if source in set(OwnSource):
        return of.book.say(OWN_RULE)
    return place(of.school, source)


def _relief(of: LedgerBook) -> Iterable[Block]:
    """List the groups that pay less, by the policy's clause or else by the school's own data."""
    rows: list[tuple[Cell, ...]] = []
    paid_by = of.school.in_force(PolicyItem.RELIEF_REIMBURSED)
    for group in of.school.groups:
        stated: list[tuple[int | None, str]] = [
            (clause.value, clause.source)
            for clause in of.school.in_force(PolicyItem.RELIEF)
            if group.goes_by(clause.subject) and clause.value is not None
        ]
        made_good = group.reimbursed or any(group.goes_by(clause.subject) for clause in paid_by)
        remark = of.book.say(REIMBURSED) if made_good else ""
        for percent, source in stated or [(group.relief_percent, OwnSource.RELIEF)]:
            if percent:
                said = of.book.say(PERCENT.fill(percent=percent))
                rows.append((called(group), said, remark, _source(of, source)))
    if rows:
        heads = tuple(of.book.say(head) for head in (GROUP, RELIEF, REMARK, SOURCE))
        yield Table(heads, tuple(dict.fromkeys(rows)), (6, 3, 8, 7))
    else:
        yield of.book.say(NO_RELIEF)


def accounts(of: LedgerBook, month: str | None) -> Part:
    """Give what each account took in and spent, and what is left: of months that are over.

    Before the first is over it is the term as planned.
    """
    months = month or of.ledger.settled_months or None
    blocks: list[Block] = [of.book.say(_when(of, month))]
    known = {account.id: account for account in accounts_of(of.school).listed}
    for total in of.ledger.accounts:
        sums = of.figures.accounts[total.id]
        if not sums.month and len(of.ledger.accounts) > 1:
            continue
        account = known.get(total.id)
        label = ONLY_NAME.fill(name=total.name)
        if account is not None and account.source:
            facts = account_facts(account, place(of.school, account.source))
            label = NAME_AND_FACTS.fill(name=total.name, facts=facts)
        blocks += [of.book.say(label), _account(of, total.id, sums, months)]
    clause = next(iter(of.school.in_force(PolicyItem.NOT_FOR_PROFIT)), None)
    if clause is not None and any(a.balance_fen > 0 for a in of.ledger.accounts):
        blocks.append(of.book.say(SURPLUS.fill(source=place(of.school, clause.source))))
    if of.school.in_force(PolicyItem.NO_MANAGEMENT_FEE):
        blocks.append(of.book.say(KEPT))
    return Part("", tuple(blocks))


def _when(of: LedgerBook, month: str | None) -> Text:
    """Say of which months the accounts are, and whether they are planned or settled."""
    if month is not None:
        return MONTH_OF.fill(month=month)
    if done := of.ledger.settled_months:
        if len(done) == 1:
            return MONTH_OF.fill(month=done[0])
        return SETTLED.fill(first=done[0], last=done[-1])
    return PLANNED if of.ledger.until is None else TO_COME.fill(until=of.ledger.until)


def _account(of: LedgerBook, account: str, sums: Sums, months: Months) -> Block:
    """Give the table of one account; a month's begins with what was left of those before."""
    rows: list[tuple[Cell, ...]] = []
    before = 0
    # Where nothing is to come in, it is spent out of the sum that the school has set.
    given = own_budget_fen(of.school, of.ledger.accounts)
    if isinstance(months, str) and given is None:
        earlier = of.ledger.months[: of.ledger.months.index(months)]
        before = sums.balance(earlier)
        rows.append((of.book.say(BEFORE), money(before), ""))
    rows += _entries(of, sums, months)
    came_in, went_out = sums.came_in(months) + before, sums.went_out(months)
    if not rows:
        return of.book.say(NO_LINES)
    left = came_in - went_out
    short = BORNE if account == OWN_MEANS.id else SHORT
    total = (LEFT if left >= 0 else short).fill(sum=yuan(abs(left)))
    if given is not None:
        total = OWN_MONEY.fill(sum=yuan(given))
    rows.append((of.book.say(total), money(came_in), money(went_out)))
    heads = tuple(of.book.say(head) for head in (ITEM, CAME_IN, WENT_OUT))
    return Table(heads, tuple(rows), (12, 6, 6), total=True)


def _entries(of: LedgerBook, sums: Sums, months: Months) -> Iterable[tuple[Cell, ...]]:
    """Give a row for each entry; what families pay is one, with what of it was waived."""
    for entry in Entry:
        fen = sums.of(BILL if entry is Entry.FEE else (entry,), months)
        label = ENTRIES[entry]
        if entry is Entry.FEE and (waived := -sums.of((Entry.RELIEF,), months)):
            label = AFTER_RELIEF.fill(entry=label, sum=yuan(waived))
        elif not fen or (entry in BILL and entry is not Entry.FEE):
            continue
        amounts: tuple[Cell, Cell] = (money(fen), "") if entry in INCOME else ("", money(-fen))
        yield (of.book.say(label), *amounts)
