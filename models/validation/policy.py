"""The school keeps within its policy: no row, fee, rate or cost contradicts a hard rule."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from models.clauses import Clause
from models.items import ITEMS, PolicyItem, Sense
from models.labels import COSTS, FEE_BASES, INCOMES, subject_text
from models.money import PAY, Cost, FeeBasis, Income
from models.people import PayUnit, StaffKind, Teacher
from models.policy import Policy
from models.problems import Problem, nearest
from models.regimes import REGIMES
from models.school_data import SchoolData
from models.spelling import closest, nearness
from models.terms import Force
from models.text import Text, listed, yuan
from models.validation import missing

NO_SUCH_POLICY = Text(
    "没有名为“{name}”的政策，政策表也没有任何规定，因此没有规定起作用；{near}",
    "there is no policy '{name}', and the policy sheet has no rows, so that no rules are kept; "
    "{near}",
)
NEARLY_A_POLICY = Text(
    "只有政策表的规定起作用，因为没有名为“{name}”的政策；是否想写“{near}”？",
    "only the rows of the policy sheet are kept, for there is no policy '{name}'; did you mean "
    "'{near}'?",
)
NEARLY = 0.7
"""A school's own id this near to a regime's is likely to be meant as that."""
FIXED_FEE = Text(
    "政策规定收费为{policy}（{source}），学校填的是{own}；请删去或改正。",
    "the policy fixes the fee at {policy} ({source}), the school gives {own}: clear or correct it.",
)
FEE = Text("{basis} {amount} 元", "{amount} yuan, basis {basis}")
ADVISED_BASIS = Text(
    "政策原则上要求{policy}收费（{source}），学校填的是{own}；请改正，或在政策表加一行“收费方式”"
    "写明学校的做法。",
    "in principle the policy wants the fee by {policy} ({source}), the school gives {own}: correct "
    "it, or add a row 'fee basis' to the policy sheet that says what the school does.",
)
NO_FEE = Text(
    "政策规定不收费（{source}），学校却填了收费或代收费；请删去。",
    "the policy allows no fee ({source}), but the school charges or collects one: clear it.",
)
NO_REFERENCE = Text(
    "收费标准出台之前不得收费（{source}）；设置“收费文件”写的“{own}”看不出是哪个文件，请写明文号或《标题》。",
    "no fee may be charged before a standard is issued ({source}), and '{own}' in the setting 'Fee "
    "standard' tells no document: give its number or its title in 《》.",
)
NO_DATE = Text(
    "收费标准出台之前不得收费（{source}）；请在设置“收费起始日期”写明“{own}”从哪一天起执行，"
    "否则视为整个学期都可收费。",
    "no fee may be charged before a standard is issued ({source}): give in the setting 'Fee from' "
    "the day from which '{own}' holds; otherwise it is taken to hold all term.",
)
NOT_ISSUED = Text(
    "收费标准出台之前不得收费（{source}）；已出台的，请在设置“收费文件”写明文件，否则删去收费。",
    "no fee may be charged before a standard is issued ({source}): if one is, name it in the "
    "setting 'Fee standard'; otherwise clear the fee.",
)
OVER_MAX = Text(
    "{own} 元高于政策规定的上限 {limit} 元（{source}）。",
    "{own} yuan is above the policy's maximum of {limit} yuan ({source}).",
)
OVER_SESSION = Text(
    "每次 {own} 元，一天最多 {count} 节，高于政策规定的每节 {limit} 元，合 {most} 元（{source}）。",
    "{own} yuan for a session, of {count} periods at most, are above the policy's maximum of "
    "{limit} yuan a period, {most} a session ({source}).",
)
UPLIFT = Text(
    "上浮 {own}% 高于政策规定的上限 {limit}%（{source}）。",
    "an uplift of {own}% is above the policy's maximum of {limit}% ({source}).",
)
YEAR_MAX = Text(
    "每生补助本学期 {own} 元，加上本年已领 {earlier} 元，高于每年上限 {limit} 元（{source}）。",
    "{own} yuan per student this term and {earlier} earlier in the year are above the year's "
    "maximum of {limit} yuan ({source}).",
)
FIXED_RELIEF = Text(
    "政策规定该群体减免 {limit}%（{source}），学校填的是 {own}%；请删去或改正。",
    "the policy fixes this group's relief at {limit}% ({source}), the school gives {own}%: clear "
    "or correct it.",
)
MANAGEMENT = Text(
    "不得提取管理费（{source}）；请删去这笔开支。",
    "no management fee may be taken ({source}): delete this cost.",
)
NOT_A_USE = Text(
    "“{kind}”不是经费允许的用途（允许：{uses}）；请改正类别，或删去这笔开支。",
    "'{kind}' is no permitted use of the funds (permitted: {uses}): correct the kind or delete "
    "this cost.",
)
NO_ACCOUNT = Text(
    "政策的账户都不收“{kind}”（列明的有：{known}），这笔钱会单列在外，不能付任何开支；请向主管部门问明归入哪个账户。",
    "no account of the policy takes '{kind}' (they take {known}): it will stand apart and pay for "
    "nothing. Ask the authority which account it belongs to.",
)
REMITTED = Text(
    "上缴款由收费算出，不在此填写；请删去这一行。",
    "what is paid over is worked out from the fees and not given here: delete this row.",
)
PAY_ROW = Text(
    "酬劳由教师表算出，不在此填写；请删去这一行。",
    "pay is worked out from the teachers' table and not given here: delete this row.",
)


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find rows that contradict the policy's hard rules, and what has not been said."""
    for refused in school.rules.refused:
        value = school.policy.clauses[refused.row].item.value
        yield Problem("hard-rule", "policy", refused.row, refused.field, value, refused.text)
    if "policy" not in unread and "settings" not in unread:
        yield from _id(school)
    yield from _fee(school)
    yield from _rates(school)
    yield from _subsidy(school)
    yield from _costs(school)
    yield from _incomes(school)
    if unread.keys() <= missing.ANSWERS:
        yield from missing.find(school, unread)


def _id(school: SchoolData) -> Iterator[Problem]:
    """Find an id that is neither a regime's nor that of rules that the school has written down."""
    policy = school.policy
    if policy.regulation is not None or policy.id == Policy().id:
        return
    name = policy.id
    if not policy.clauses:
        text = NO_SUCH_POLICY.fill(name=name, near=nearest(name, REGIMES))
        yield Problem("no-such-policy", "settings", 0, "policy.id", name, text, "stop")
        return
    near = next(iter(closest(name, REGIMES)), None)
    if near is not None and nearness(name, near) >= NEARLY:
        text = NEARLY_A_POLICY.fill(name=name, near=near)
        yield Problem("no-such-policy", "settings", 0, "policy.id", name, text, "warning")


# What has nothing to do with the service; everything else no fund pays for, the school may.
_ALIEN: Final = frozenset({Cost.MANAGEMENT, Cost.OTHER})


def _first(school: SchoolData, item: PolicyItem) -> Clause | None:
    """Give the clause in force on an item; of several the strictest, where one is."""
    clauses = school.in_force(item)
    if ITEMS[item].sense is Sense.MOST:
        return min(clauses, key=lambda clause: clause.value or 0, default=None)
    return next(iter(clauses), None)


def _settings(code: str, field: str, value: object, text: Text) -> Problem:
    return Problem(code, "settings", 0, f"budget.{field}", str(value), text)


def _fee(school: SchoolData) -> Iterator[Problem]:
    budget = school.settings.budget
    ban = _first(school, PolicyItem.NO_FEE)
    if ban and _charges(school):
        text = NO_FEE.fill(source=ban.source)
        yield _settings("fee-barred", "fee_basis", budget.fee_basis, text)
    if ban and budget.collection_fen:
        text = NO_FEE.fill(source=ban.source)
        yield _settings("fee-barred", "collection_fen", yuan(budget.collection_fen), text)
    issued = _first(school, PolicyItem.NO_FEE_UNTIL_ISSUED)
    if issued and _charges(school):
        yield from _issued(school, issued)
    yield from _fixed_fee(school)
    most = _first(school, PolicyItem.FEE_PERIOD_MAX)
    by_period = budget.fee_basis in {None, FeeBasis.PERIOD}
    if most and most.value is not None and by_period and (budget.fee_fen or 0) > most.value:
        facts = {"own": yuan(budget.fee_fen or 0), "limit": yuan(most.value)}
        text = OVER_MAX.fill(source=most.source, **facts)
        yield _settings("fee-over-max", "fee_fen", budget.fee_fen, text)


def _issued(school: SchoolData, clause: Clause) -> Iterator[Problem]:
    """Find a fee without a standard that can be looked up, or that nobody knows the date of."""
    budget, facts = school.settings.budget, {"source": clause.source}
    own = budget.fee_standard.strip()
    if not own:
        yield _settings("fee-not-issued", "fee_basis", budget.fee_basis, NOT_ISSUED.fill(**facts))
    elif not _REFERENCE.search(own):
        text = NO_REFERENCE.fill(own=own, **facts)
        yield _settings("fee-not-issued", "fee_standard", own, text)
    elif budget.fee_from is None:
        text = NO_DATE.fill(own=own, **facts)
        yield _settings("fee-from", "fee_from", "", text)._replace(severity="stop")


_REFERENCE: Final = re.compile(r"\d|[一二三四五六七八九十百〇零]+号|《.{2,}》")
"""What a document can be looked up by: a number, or its title."""


def _charges(school: SchoolData) -> bool:
    budget = school.settings.budget
    return budget.fee_basis not in {None, FeeBasis.NONE} or bool(budget.fee_fen)


def _fixed_fee(school: SchoolData) -> Iterator[Problem]:
    """Find a fee or a basis that is another than the policy's."""
    budget = school.settings.budget
    own = FEE.fill(
        basis=FEE_BASES[budget.fee_basis] if budget.fee_basis else "-",
        amount=yuan(budget.fee_fen or 0),
    )
    for item, basis in (
        (PolicyItem.FEE_MONTH, FeeBasis.MONTH),
        (PolicyItem.FEE_PERIOD, FeeBasis.PERIOD),
    ):
        fixed = _first(school, item)
        if fixed is None or fixed.value is None:
            continue
        if budget.fee_basis not in {None, basis} or budget.fee_fen not in {None, fixed.value}:
            policy = FEE.fill(basis=FEE_BASES[basis], amount=yuan(fixed.value))
            text = FIXED_FEE.fill(policy=policy, source=fixed.source, own=own)
            yield _settings("fee-fixed", "fee_fen", budget.fee_fen, text)
    rule = _first(school, PolicyItem.FEE_BASIS)
    if rule and _charges(school) and budget.fee_basis not in {None, rule.subject}:
        said = FIXED_FEE if rule.force is Force.HARD else ADVISED_BASIS
        policy = subject_text(str(rule.subject), rule.item)
        text = said.fill(policy=policy, source=rule.source, own=own)
        yield _settings("fee-basis", "fee_basis", budget.fee_basis, text)


def _most_periods(school: SchoolData, teacher: Teacher) -> int:
    """Give the most periods that a session of a person can have: a session is one a day."""
    days = Counter(slot.weekday for slot in school.slots if teacher.available(slot.id))
    return max(1, min(max(days.values(), default=1), teacher.max_periods_day))


def _rates(school: SchoolData) -> Iterator[Problem]:
    cap = _first(school, PolicyItem.PAY_MAX)
    for number, teacher in enumerate(school.teachers):
        if cap is None or cap.value is None or teacher.kind is not StaffKind.OWN:
            continue
        periods = 1
        if teacher.pay_unit is PayUnit.SESSION:
            periods = _most_periods(school, teacher)
        for field in ("pay_fen", "overtime_pay_fen"):
            rate = getattr(teacher, field) or 0
            if rate > cap.value * periods:
                facts = {"own": yuan(rate), "limit": yuan(cap.value), "source": cap.source}
                said = OVER_MAX if periods == 1 else OVER_SESSION
                text = said.fill(count=periods, most=yuan(cap.value * periods), **facts)
                yield Problem("pay-over-max", "teachers", number, field, yuan(rate), text)
    for number, group in enumerate(school.groups):
        fixed = [c for c in school.in_force(PolicyItem.RELIEF) if group.goes_by(c.subject)]
        if not fixed or group.relief_percent is None:
            continue
        # Of several grounds for relief, the best for the family counts.
        rule = max(fixed, key=lambda clause: clause.value or 0)
        if group.relief_percent != rule.value:
            own = str(group.relief_percent)
            text = FIXED_RELIEF.fill(limit=rule.value, own=own, source=rule.source)
            yield Problem("relief-fixed", "groups", number, "relief_percent", own, text)


def _subsidy(school: SchoolData) -> Iterator[Problem]:
    budget = school.settings.budget
    own, earlier = budget.subsidy_fen_per_student or 0, budget.subsidy_earlier_fen
    most = _first(school, PolicyItem.SUBSIDY_YEAR_MAX)
    if most and most.value is not None and own + earlier > most.value:
        facts = {"own": yuan(own), "earlier": yuan(earlier), "limit": yuan(most.value)}
        text = YEAR_MAX.fill(source=most.source, **facts)
        yield _settings("subsidy-over-max", "subsidy_fen_per_student", yuan(own), text)
    uplift = _first(school, PolicyItem.SUBSIDY_UPLIFT_MAX)
    if uplift and uplift.value is not None and budget.uplift_percent > uplift.value:
        limit, source = uplift.value, uplift.source
        text = UPLIFT.fill(own=budget.uplift_percent, limit=limit, source=source)
        yield _settings("uplift-over-max", "uplift_percent", budget.uplift_percent, text)


_GIVEN: Final = {
    Income.SUBSIDY: "subsidy_fen_per_student",
    Income.SPECIAL: "special_fund_fen",
    Income.YEARLY_BUDGET: "yearly_budget_fen",
    Income.DONATION: "donation_fen",
    Income.COLLECTION: "collection_fen",
}


def _incomes(school: SchoolData) -> Iterator[Problem]:
    """Warn of income that the school gives and no account of its policy takes."""
    regulation, budget = school.policy.regulation, school.settings.budget
    accounts = regulation.accounts if regulation else ()
    taken = tuple(dict.fromkeys(kind for account in accounts for kind in account.income))
    for kind, field in _GIVEN.items():
        fen = getattr(budget, field)
        if fen and accounts and kind not in taken:
            known = listed(INCOMES[one] for one in taken)
            text = NO_ACCOUNT.fill(kind=INCOMES[kind], known=known)
            yield _settings("no-account", field, yuan(fen), text)._replace(severity="warning")


def _costs(school: SchoolData) -> Iterator[Problem]:
    ban = _first(school, PolicyItem.NO_MANAGEMENT_FEE)
    for number, cost in enumerate(school.costs):
        text = _why_not(school, cost.kind, ban)
        if text is not None:
            yield Problem("cost-barred", "costs", number, "kind", cost.kind.value, text)


def _why_not(school: SchoolData, kind: Cost, ban: Clause | None) -> Text | None:
    """Say why a cost of a kind has no place in the ledger; None where it has."""
    regulation = school.policy.regulation
    accounts = regulation.accounts if regulation else ()
    uses = tuple(dict.fromkeys(use for account in accounts for use in account.uses))
    if kind in PAY:
        return PAY_ROW
    if kind is Cost.REMITTANCE and kind in uses:
        return REMITTED
    if kind is Cost.MANAGEMENT and ban is not None:
        return MANAGEMENT.fill(source=ban.source)
    if accounts and kind in _ALIEN - set(uses):
        return NOT_A_USE.fill(kind=COSTS[kind], uses=listed(COSTS[use] for use in uses))
    return None
