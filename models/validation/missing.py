"""The school has said what its policy leaves to it; one message lists all that it has not."""

from collections.abc import Callable, Collection, Iterator

from models.clauses import Clause
from models.items import PolicyItem
from models.labels import BANDS, ITEM_NAMES, subject_text
from models.money import FeeBasis
from models.people import Level, StaffKind, Teacher
from models.problems import Problem
from models.school_data import SchoolData
from models.terms import Band
from models.text import Text, listed

MISSING = Text(
    "政策“{policy}”把以下各项留给学校决定，还没有填：{missing}。",
    "policy '{policy}' leaves these to the school, and they are not given: {missing}.",
)
ITEM = Text(
    "{name}（填在{where}；依据：{source}）", "{name} (give it in {where}; source: {source})"
)
ROW = Text("政策表的“{name}”行", "a row '{name}' of the policy sheet")
SETTING = Text("设置“{zh}”", "setting '{en}'")
BOTH = Text("{first}和{second}", "{first} and {second}")
IF_CHARGED_SO = Text("{where}，按月或按学期收费时", "{where}, if fees are by month or term")
PAY_COLUMN = Text("教师表“酬劳（元）”列：{ids}", "column 'Pay (yuan)' of the teachers: {ids}")
OVERTIME_COLUMN = Text(
    "教师表“超时酬劳（元）”列：{ids}", "column 'Overtime pay (yuan)' of the teachers: {ids}"
)
RELIEF_COLUMN = Text(
    "学生群体表“减免比例”列：{ids}", "column 'Relief percent' of the groups: {ids}"
)


def find(school: SchoolData, unread: Collection[str] = ()) -> Iterator[Problem]:
    """List in one message all that the document leaves open and the school has not said.

    What belongs in a place that was not read, such as ``teachers.pay_fen``, may be said there.
    """
    parts = [
        ITEM.fill(name=_name(clause), where=where, source=clause.source)
        for clause in school.rules.open
        if not any(place in unread for place in _PLACES.get(clause.item, ()))
        if (where := _where(school, clause)) is not None
    ]
    parts += _bands(school, unread)
    parts += _lesson(school)
    if parts:
        regulation, own = school.policy.regulation, school.policy.id
        policy = Text(own, own)
        if regulation:
            policy = Text(regulation.name, regulation.name_en or regulation.name)
        text = MISSING.fill(policy=policy, missing=listed(dict.fromkeys(parts)))
        yield Problem("policy-missing", "settings", None, None, school.policy.id, text)


def _name(clause: Clause) -> Text:
    name = ITEM_NAMES[clause.item]
    if clause.subject is None:
        return name
    subject = subject_text(clause.subject, clause.item)
    return Text(f"{name.zh}·{subject.zh}", f"{name.en}, {subject.en}")


def _setting(zh: str, en: str) -> Text:
    return Text(SETTING.zh.format(zh=zh), SETTING.en.format(en=en))


def _where(school: SchoolData, clause: Clause) -> Text | None:
    """Say where the school gives what a clause leaves open; None if it has."""
    given = _GIVEN.get(clause.item)
    if given is None:
        return ROW.fill(name=ITEM_NAMES[clause.item])
    return given(school, clause)


def _basis(school: SchoolData) -> FeeBasis | None:
    """Tell what a fee is charged by; None where neither the school nor the policy has said."""
    own = school.settings.budget.fee_basis
    if own is not None:
        return own
    if school.in_force(PolicyItem.NO_FEE):
        return FeeBasis.NONE
    if school.in_force(PolicyItem.FEE_MONTH):
        return FeeBasis.MONTH
    if school.in_force(PolicyItem.FEE_PERIOD):
        return FeeBasis.PERIOD
    return next((FeeBasis(str(c.subject)) for c in school.in_force(PolicyItem.FEE_BASIS)), None)


def _fee_given(school: SchoolData, _: Clause) -> Text | None:
    basis = _setting("收费方式", "Fee basis")
    amount = _setting("收费标准（元）", "Fee (yuan)")
    no_amount = school.settings.budget.fee_fen is None
    if _basis(school) is None:
        return BOTH.fill(first=basis, second=amount) if no_amount else basis
    return amount if no_amount and _basis(school) is not FeeBasis.NONE else None


def _part_given(school: SchoolData, _: Clause) -> Text | None:
    if school.settings.budget.part_period:
        return None
    where, basis = _setting("中途加入退出收费", "Part periods"), _basis(school)
    if basis in {FeeBasis.MONTH, FeeBasis.TERM}:
        return where
    to_come = any(clause.item is PolicyItem.FEE_APPROVED for clause in school.rules.open)
    return IF_CHARGED_SO.fill(where=where) if basis is None and to_come else None


def _special_given(school: SchoolData, _: Clause) -> Text | None:
    given = school.settings.budget.special_fund_fen
    return None if given is not None else _setting("专项经费（元）", "Special fund (yuan)")


def _subsidy_given(school: SchoolData, _: Clause) -> Text | None:
    given = school.settings.budget.subsidy_fen_per_student
    name = ("生均补助（元）", "Subsidy per student (yuan)")
    return None if given is not None else _setting(*name)


def _pay_given(*kinds: StaffKind) -> Callable[[SchoolData, Clause], Text | None]:
    def where(school: SchoolData, _: Clause) -> Text | None:
        ids = [t.id for t in school.teachers if t.kind in kinds and t.pay_fen is None]
        return PAY_COLUMN.fill(ids=listed(ids)) if ids else None

    return where


def _overtime_given(school: SchoolData, _: Clause) -> Text | None:
    ids = [
        t.id
        for t in school.teachers
        if t.kind is StaffKind.OWN and t.overtime_pay_fen is None and _can_stay(school, t)
    ]
    return OVERTIME_COLUMN.fill(ids=listed(ids)) if ids else None


def _can_stay(school: SchoolData, teacher: Teacher) -> bool:
    """Tell whether a person may be at work when work is overtime."""
    ends = [clause.value or 0 for clause in school.in_force(PolicyItem.OVERTIME_FROM)]
    late = [slot.id for slot in school.slots if any(slot.end_minute > end for end in ends)]
    return any(teacher.available(slot) for slot in late)


def _relief_given(school: SchoolData, clause: Clause) -> Text | None:
    if _basis(school) is FeeBasis.NONE:
        return None
    # A percentage that the policy fixes for a group needs no other.
    fixed = [c.subject for c in school.in_force(PolicyItem.RELIEF)]
    ids = [
        g.id
        for g in school.groups
        if g.goes_by(clause.subject)
        and g.relief_percent is None
        and not any(g.goes_by(subject) for subject in fixed)
    ]
    return RELIEF_COLUMN.fill(ids=listed(ids)) if ids else None


_GIVEN: dict[PolicyItem, Callable[[SchoolData, Clause], Text | None]] = {
    PolicyItem.FEE_APPROVED: _fee_given,
    PolicyItem.PART_PERIOD: _part_given,
    PolicyItem.SPECIAL_FUND: _special_given,
    PolicyItem.SUBSIDY: _subsidy_given,
    PolicyItem.PAY_OWN: _pay_given(StaffKind.OWN),
    PolicyItem.PAY_EXTERNAL: _pay_given(
        StaffKind.OTHER_SCHOOL, StaffKind.EXTERNAL, StaffKind.PROVIDER
    ),
    PolicyItem.PAY_OVERTIME: _overtime_given,
    PolicyItem.RELIEF: _relief_given,
}
"""What is given elsewhere than in a row of the policy sheet."""


_PLACES: dict[PolicyItem, tuple[str, ...]] = {
    PolicyItem.FEE_APPROVED: ("settings.budget.fee_basis", "settings.budget.fee_fen"),
    PolicyItem.PART_PERIOD: ("settings.budget.part_period",),
    PolicyItem.SPECIAL_FUND: ("settings.budget.special_fund_fen",),
    PolicyItem.SUBSIDY: ("settings.budget.subsidy_fen_per_student",),
    PolicyItem.PAY_OWN: ("teachers.pay_fen",),
    PolicyItem.PAY_EXTERNAL: ("teachers.pay_fen",),
    PolicyItem.PAY_OVERTIME: ("teachers.overtime_pay_fen",),
    PolicyItem.RELIEF: ("groups.relief_percent",),
}
_LOWER, _MIDDLE = "settings.lower_grades", "settings.middle_grades"
ANSWERS = frozenset((*(p for places in _PLACES.values() for p in places), _LOWER, _MIDDLE))
"""Where a school says what its policy leaves to it, beside rows of the policy: table and field."""


def _lesson(school: SchoolData) -> Iterator[Text]:
    """Ask how long a period of learning is, where the document limits these and does not say."""
    lengths = (PolicyItem.LEARNING_PERIOD_MINUTES, PolicyItem.PERIOD_MINUTES)
    of_document = school.policy.regulation.clauses if school.policy.regulation else ()
    for clause in of_document:
        if clause.item is PolicyItem.MAX_LEARNING_PERIODS_DAY and any(
            not any(school.clauses(item, grade) for item in lengths)
            for grade in school.scope(clause)
        ):
            name = ITEM_NAMES[PolicyItem.LEARNING_PERIOD_MINUTES]
            yield ITEM.fill(name=name, where=ROW.fill(name=name), source=clause.source)


def _bands(school: SchoolData, unread: Collection[str]) -> Iterator[Text]:
    """Say which grades are lower and middle, where the document speaks of these."""
    if not any(school.level_of(grade) is Level.PRIMARY for grade in school.grades):
        return
    settings, regulation = school.settings, school.policy.regulation
    used = {c.band: c for c in (regulation.clauses if regulation else ())}
    lower = used.get(Band.LOWER) or used.get(Band.UPPER)
    if lower and not settings.lower_grades and _LOWER not in unread:
        where = _setting("低年级", "Lower grades")
        yield ITEM.fill(name=BANDS[Band.LOWER], where=where, source=lower.source)
    middle = used.get(Band.MIDDLE)
    if middle and not settings.middle_grades and _MIDDLE not in unread:
        where = _setting("中年级", "Middle grades")
        yield ITEM.fill(name=BANDS[Band.MIDDLE], where=where, source=middle.source)
