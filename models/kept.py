"""How each item of a regulation is kept, and so what a school may claim of it in public.

``models/policies/README.md`` names the modules that keep and check each; a test keeps the two, the
clauses and the code together.
"""

from enum import StrEnum
from typing import Final

from models.items import PolicyItem


class Kept(StrEnum):
    """By what an item is kept."""

    PLAN = "plan"
    """Every plan keeps it, and the check proves that."""
    ALWAYS = "always"
    """Plans or ledgers keep it whatever the policy says: they cannot be otherwise."""
    DATA = "data"
    """A school whose data go against it, or do not say what it leaves open, is refused."""
    LEDGER = "ledger"
    """Fees, pay and accounts are worked out by it."""
    PART = "part"
    """What of it data can tell is kept and checked; whether it is kept whole they do not tell."""
    NOTICE = "notice"
    """The public notice has a part that it asks for."""
    SAID = "said"
    """No data tell whether it is kept, so nothing here may claim that it is."""


_I, _K = PolicyItem, Kept

KEPT: Final[dict[PolicyItem, Kept]] = {
    _I.LATEST_END: _K.PLAN,
    _I.EVENING_LATEST_END: _K.PLAN,
    _I.EVENING_MAX_MINUTES: _K.PLAN,
    _I.MAX_MINUTES_DAY: _K.PLAN,
    _I.MAX_PERIODS_DAY: _K.PLAN,
    _I.MAX_LEARNING_PERIODS_DAY: _K.PLAN,
    _I.SERVICE_WEEKDAY: _K.PLAN,
    _I.EVENING_ALLOWED: _K.PLAN,
    _I.ACTIVITIES_END: _K.PLAN,
    _I.EVENING_WEEKDAY: _K.PLAN,
    _I.LEARNING_PERIOD_MINUTES: _K.PLAN,
    _I.EARLIEST_END: _K.PLAN,
    _I.MIN_MINUTES_DAY: _K.PLAN,
    _I.MINUTES_DAY: _K.PLAN,
    _I.PERIODS_DAY: _K.PLAN,
    _I.PERIOD_MINUTES: _K.PLAN,
    _I.MIN_WEEKDAYS: _K.PLAN,
    _I.WEEKEND_DAYS: _K.PLAN,
    _I.HOMEWORK_START: _K.PLAN,
    _I.HOMEWORK_END: _K.PLAN,
    _I.MAKE_UP_SERVICE: _K.PLAN,
    _I.OPEN_CAMPUS_WEEKS: _K.SAID,
    _I.ONE_TERM: _K.ALWAYS,
    _I.SEASONAL_HOURS: _K.SAID,
    _I.LATE_CARE: _K.PART,
    _I.ELIGIBLE: _K.PLAN,
    _I.EXCLUDED_GROUP: _K.PLAN,
    _I.PRIORITY_GROUP: _K.PLAN,
    _I.PRIORITY_GRADES: _K.PLAN,
    _I.VOLUNTARY: _K.ALWAYS,
    _I.NO_REFUSAL: _K.ALWAYS,
    _I.MOVE_UNMET: _K.PLAN,
    _I.JOIN_MID_TERM: _K.SAID,
    _I.LEAVE_NOTE: _K.LEDGER,
    _I.APPLICATION: _K.SAID,
    _I.PARENTS_HEARD: _K.SAID,
    _I.FREE_HELP: _K.SAID,
    _I.BARRED_CONTENT: _K.PLAN,
    _I.EVENING_BARRED_CONTENT: _K.PLAN,
    _I.PROVIDER_BARRED_CONTENT: _K.PLAN,
    _I.CONTENT_START: _K.PLAN,
    _I.CONTENT_END: _K.PLAN,
    _I.BARRED_PROVIDER: _K.PLAN,
    _I.VETTING_REQUIRED: _K.PLAN,
    _I.CONDUCT_REQUIRED: _K.PLAN,
    _I.QUALIFICATION_REQUIRED: _K.ALWAYS,
    _I.OWN_STAFF_FIRST: _K.PLAN,
    _I.TEACHER_CHOICE: _K.ALWAYS,
    _I.ROTA: _K.PLAN,
    _I.HOMEWORK_DONE_PERCENT: _K.PART,
    _I.HOMEWORK_DONE: _K.PART,
    _I.HOMEWORK_CHECKED: _K.SAID,
    _I.NO_ADDED_LOAD: _K.SAID,
    _I.NO_PREMISES: _K.PLAN,
    _I.CONTRACT_REQUIRED: _K.SAID,
    _I.LENT_TEACHERS: _K.SAID,
    _I.OWN_PLACES_USED: _K.SAID,
    _I.ORGANISED: _K.SAID,
    _I.SAFETY_RULES: _K.SAID,
    _I.ENOUGH_STAFF: _K.ALWAYS,
    _I.AGREEMENT: _K.SAID,
    _I.FILED: _K.SAID,
    _I.NO_FEE: _K.LEDGER,
    _I.NO_FEE_UNTIL_ISSUED: _K.LEDGER,
    _I.FEE_APPROVED: _K.DATA,
    _I.FEE_BASIS: _K.LEDGER,
    _I.FEE_MONTH: _K.LEDGER,
    _I.FEE_PERIOD: _K.LEDGER,
    _I.FEE_PERIOD_MAX: _K.LEDGER,
    _I.CHARGED_PERIODS_DAY_MAX: _K.LEDGER,
    _I.FEE_DAY_MAX: _K.LEDGER,
    _I.SETTLE_ACTUAL: _K.ALWAYS,
    _I.PART_PERIOD: _K.DATA,
    _I.RELIEF: _K.LEDGER,
    _I.RELIEF_REIMBURSED: _K.LEDGER,
    _I.FEE_PUBLISHED_FIRST: _K.PART,
    _I.FEE_WITHIN_TERM: _K.ALWAYS,
    _I.NO_OTHER_FEES: _K.ALWAYS,
    _I.PAY_OWN: _K.DATA,
    _I.PAY_MAX: _K.LEDGER,
    _I.OVERTIME_FROM: _K.LEDGER,
    _I.PAY_OVERTIME: _K.DATA,
    _I.PAY_EXTERNAL: _K.DATA,
    _I.SPECIAL_FUND: _K.DATA,
    _I.SUBSIDY: _K.DATA,
    _I.SUBSIDY_YEAR_MAX: _K.DATA,
    _I.SUBSIDY_UPLIFT_MAX: _K.DATA,
    _I.NOT_FOR_PROFIT: _K.PART,
    _I.NO_MANAGEMENT_FEE: _K.DATA,
    _I.NO_OTHER_PAY: _K.ALWAYS,
    _I.DONATIONS: _K.ALWAYS,
    _I.COLLECTED_FOR_OTHERS: _K.ALWAYS,
    _I.WORKLOAD_COUNTED: _K.SAID,
    _I.YEARLY_BUDGET: _K.SAID,
    _I.PUBLISH: _K.NOTICE,
    _I.PUBLISH_EVERY: _K.NOTICE,
    _I.PUBLISH_BEFORE: _K.SAID,
}


def said_only(item: PolicyItem) -> bool:
    """Tell whether an item is said only: nothing here keeps or checks it."""
    return KEPT[item] is Kept.SAID


def may_be_claimed(item: PolicyItem) -> bool:
    """Tell whether a public notice may claim that an item is kept, as far as we can tell."""
    return KEPT[item] not in {Kept.SAID, Kept.PART}
