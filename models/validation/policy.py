"""The school keeps within its policy, and has said what the policy leaves to it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from models.items import PolicyItem
from models.labels import BANDS, COSTS, FEE_BASES, ITEM_NAMES, subject_text
from models.money import PAY, Cost, FeeBasis
from models.people import StaffKind
from models.policy import Band, Clause
from models.problems import Problem
from models.text import Text, listed, yuan

if TYPE_CHECKING:
    from models.school import School

MISSING = Text(
    "政策“{policy}”把以下各项留给学校决定，还没有填：{missing}。",
    "policy '{policy}' leaves these to the school, and they are not given: {missing}.",
)
ITEM = Text(
    "{name}（填在{where}；依据：{source}）", "{name} (give it in {where}; source: {source})"
)
ROW = Text("政策表的“{name}”行", "a row '{name}' of the policy sheet")
SETTING = Text("设置“{zh}”", "setting '{en}'")
PAY_COLUMN = Text("教师表“酬劳”列：{ids}", "column 'Pay (yuan)' of the teachers: {ids}")
OVERTIME_COLUMN = Text(
    "教师表“超时酬劳”列：{ids}", "column 'Overtime pay (yuan)' of the teachers: {ids}"
)
RELIEF_COLUMN = Text(
    "学生群体表“减免比例”列：{ids}", "column 'Relief percent' of the groups: {ids}"
)
FIXED_FEE = Text(
    "政策规定收费为{policy}（{source}），学校填的是{own}；请删去或改正。",
    "the policy fixes the fee at {policy} ({source}), the school gives {own}: clear or correct it.",
)
FEE = Text("{basis} {amount} 元", "{amount} yuan, basis {basis}")
NO_FEE = Text(
    "政策规定不收费（{source}），学校却填了收费；请删去。",
    "the policy allows no fee ({source}), but the school charges one: clear it.",
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
PAY_ROW = Text(
    "酬劳由教师表算出，不在此填写；请删去这一行。",
    "pay is worked out from the teachers' table and not given here: delete this row.",
)


def find(school: "School", unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find rows that contradict the policy's hard rules, and what has not been said."""
    for refused in school.rules.refused:
        value = school.policy.clauses[refused.row].item.value
        yield Problem("hard-rule", "policy", refused.row, refused.field, value, refused.text)
    yield from _fee(school)
    yield from _rates(school)
    yield from _subsidy(school)
    yield from _costs(school)
    if not unread:
        yield from _missing(school)


def _first(school: "School", item: PolicyItem) -> Clause | None:
    return next(iter(school.in_force(item)), None)


def _settings(code: str, field: str, value: object, text: Text) -> Problem:
    return Problem(code, "settings", 0, f"budget.{field}", str(value), text)


def _fee(school: "School") -> Iterator[Problem]:
    budget = school.settings.budget
    charged = budget.fee_basis not in {None, FeeBasis.NONE} or bool(budget.fee_fen)
    own = FEE.fill(
        basis=FEE_BASES[budget.fee_basis] if budget.fee_basis else "-",
        amount=yuan(budget.fee_fen or 0),
    )
    ban = _first(school, PolicyItem.NO_FEE)
    if ban and charged:
        text = NO_FEE.fill(source=ban.source)
        yield _settings("fee-barred", "fee_basis", budget.fee_basis, text)
    issued = _first(school, PolicyItem.NO_FEE_UNTIL_ISSUED)
    if issued and charged and not budget.fee_standard:
        text = NOT_ISSUED.fill(source=issued.source)
        yield _settings("fee-not-issued", "fee_basis", budget.fee_basis, text)
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
    basis_rule = _first(school, PolicyItem.FEE_BASIS)
    if basis_rule and charged and budget.fee_basis not in {None, basis_rule.subject}:
        policy = subject_text(str(basis_rule.subject))
        text = FIXED_FEE.fill(policy=policy, source=basis_rule.source, own=own)
        yield _settings("fee-basis", "fee_basis", budget.fee_basis, text)
    most = _first(school, PolicyItem.FEE_PERIOD_MAX)
    if most and most.value is not None and (budget.fee_fen or 0) > most.value:
        facts = {"own": yuan(budget.fee_fen or 0), "limit": yuan(most.value)}
        text = OVER_MAX.fill(source=most.source, **facts)
        yield _settings("fee-over-max", "fee_fen", budget.fee_fen, text)


def _rates(school: "School") -> Iterator[Problem]:
    cap = _first(school, PolicyItem.PAY_MAX)
    for number, teacher in enumerate(school.teachers):
        if cap is None or cap.value is None or teacher.kind is not StaffKind.OWN:
            continue
        for field in ("pay_fen", "overtime_pay_fen"):
            rate = getattr(teacher, field) or 0
            if rate > cap.value:
                facts = {"own": yuan(rate), "limit": yuan(cap.value), "source": cap.source}
                text = OVER_MAX.fill(**facts)
                yield Problem("pay-over-max", "teachers", number, field, yuan(rate), text)
    for number, group in enumerate(school.groups):
        for clause in school.in_force(PolicyItem.RELIEF):
            own = group.relief_percent
            if group.goes_by(clause.subject) and own not in {None, clause.value}:
                text = FIXED_RELIEF.fill(limit=clause.value, own=own, source=clause.source)
                yield Problem("relief-fixed", "groups", number, "relief_percent", str(own), text)


def _subsidy(school: "School") -> Iterator[Problem]:
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


def _costs(school: "School") -> Iterator[Problem]:
    regulation = school.policy.regulation
    accounts = regulation.accounts if regulation else ()
    uses = tuple(dict.fromkeys(use for account in accounts for use in account.uses))
    ban = _first(school, PolicyItem.NO_MANAGEMENT_FEE)
    for number, cost in enumerate(school.costs):
        text = None
        if cost.kind in PAY:
            text = PAY_ROW
        elif cost.kind is Cost.MANAGEMENT and ban is not None:
            text = MANAGEMENT.fill(source=ban.source)
        elif accounts and cost.kind not in uses:
            shown = listed(COSTS[use] for use in uses)
            text = NOT_A_USE.fill(kind=COSTS[cost.kind], uses=shown)
        if text is not None:
            yield Problem("cost-barred", "costs", number, "kind", cost.kind.value, text)


def _missing(school: "School") -> Iterator[Problem]:
    """List in one message all that the document leaves open and the school has not said."""
    parts = [
        ITEM.fill(name=_name(clause), where=where, source=clause.source)
        for clause in school.rules.open
        if (where := _where(school, clause)) is not None
    ]
    parts += _bands(school)
    if parts:
        policy = school.policy.regulation.name if school.policy.regulation else school.policy.id
        text = MISSING.fill(policy=policy, missing=listed(dict.fromkeys(parts)))
        yield Problem("policy-missing", "settings", None, None, school.policy.id, text)


def _name(clause: Clause) -> Text:
    name = ITEM_NAMES[clause.item]
    if clause.subject is None:
        return name
    subject = subject_text(clause.subject)
    return Text(f"{name.zh}·{subject.zh}", f"{name.en}, {subject.en}")


def _setting(zh: str, en: str) -> Text:
    return Text(SETTING.zh.format(zh=zh), SETTING.en.format(en=en))


def _where(school: "School", clause: Clause) -> Text | None:
    """Say where the school gives what a clause leaves open; None if it has."""
    given = _GIVEN.get(clause.item)
    if given is None:
        return ROW.fill(name=ITEM_NAMES[clause.item])
    return given(school, clause)


def _fee_given(school: "School", _: Clause) -> Text | None:
    budget = school.settings.budget
    if budget.fee_basis is None:
        return _setting("收费方式", "Fee basis")
    if budget.fee_basis is not FeeBasis.NONE and budget.fee_fen is None:
        return _setting("收费标准（元）", "Fee (yuan)")
    return None


def _part_given(school: "School", _: Clause) -> Text | None:
    given = school.settings.budget.part_period
    return None if given else _setting("中途加入退出收费", "Part periods")


def _special_given(school: "School", _: Clause) -> Text | None:
    given = school.settings.budget.special_fund_fen
    return None if given is not None else _setting("专项经费（元）", "Special fund (yuan)")


def _subsidy_given(school: "School", _: Clause) -> Text | None:
    given = school.settings.budget.subsidy_fen_per_student
    name = ("生均补助（元）", "Subsidy per student (yuan)")
    return None if given is not None else _setting(*name)


def _pay_given(*kinds: StaffKind) -> Callable[["School", Clause], Text | None]:
    def where(school: "School", _: Clause) -> Text | None:
        ids = [t.id for t in school.teachers if t.kind in kinds and t.pay_fen is None]
        return PAY_COLUMN.fill(ids=listed(ids)) if ids else None

    return where


def _overtime_given(school: "School", _: Clause) -> Text | None:
    ids = [t.id for t in school.teachers if t.kind is StaffKind.OWN and t.overtime_pay_fen is None]
    return OVERTIME_COLUMN.fill(ids=listed(ids)) if ids else None


def _relief_given(school: "School", clause: Clause) -> Text | None:
    ids = [g.id for g in school.groups if g.goes_by(clause.subject) and g.relief_percent is None]
    return RELIEF_COLUMN.fill(ids=listed(ids)) if ids else None


_GIVEN: dict[PolicyItem, Callable[["School", Clause], Text | None]] = {
    PolicyItem.FEE_APPROVED: _fee_given,
    PolicyItem.PART_PERIOD: _part_given,
    PolicyItem.SPECIAL_FUND: _special_given,
    PolicyItem.SUBSIDY: _subsidy_given,
    PolicyItem.PAY_OWN: _pay_given(StaffKind.OWN),
    PolicyItem.PAY_EXTERNAL: _pay_given(StaffKind.EXTERNAL, StaffKind.PROVIDER),
    PolicyItem.PAY_OVERTIME: _overtime_given,
    PolicyItem.RELIEF: _relief_given,
}
"""What is given elsewhere than in a row of the policy sheet."""


def _bands(school: "School") -> Iterator[Text]:
    """Say which grades are lower and middle, where the document speaks of these."""
    settings, regulation = school.settings, school.policy.regulation
    used = {c.band: c for c in (regulation.clauses if regulation else ())}
    lower = _setting("低年级", "Lower grades")
    if (used.keys() & {Band.LOWER, Band.UPPER}) and not settings.lower_grades:
        clause = used.get(Band.LOWER) or used[Band.UPPER]
        yield ITEM.fill(name=BANDS[Band.LOWER], where=lower, source=clause.source)
    if Band.MIDDLE in used and not settings.middle_grades:
        where = _setting("中年级", "Middle grades")
        source = used[Band.MIDDLE].source
        yield ITEM.fill(name=BANDS[Band.MIDDLE], where=where, source=source)
