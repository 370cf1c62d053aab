"""What a regulation's clauses can be about, with the unit and the sense of each item's value."""

from enum import StrEnum
from typing import NamedTuple


class Unit(StrEnum):
    """Units of policy values."""

    CLOCK = "clock"
    """Minutes after midnight."""
    MINUTES = "minutes"
    PERIODS = "periods"
    DAYS = "days"
    WEEKS = "weeks"
    WEEKDAY = "weekday"
    """1 Monday to 7 Sunday."""
    FEN = "fen"
    PERCENT = "percent"
    NONE = "none"
    """The clause states something, or names a subject, without a number."""


class Sense(StrEnum):
    """How values of one item compare: which of two is the stricter, if either."""

    MOST = "most"
    """At most the value: a lower one is stricter."""
    LEAST = "least"
    """At least the value: a higher one is stricter."""
    EXACT = "exact"
    """Just the value: any other contradicts it."""
    EACH = "each"
    """Clauses of this item stand side by side; a further one only adds to them."""


class Subject(StrEnum):
    """What the subject of a clause is, for items that have one."""

    NOTHING = "nothing"
    GROUP = "group"
    """A student group: its id in the school, or its kind."""
    CONTENT = "content"
    """A word of the courses' content."""
    PROVIDER = "provider"
    """A kind of provider."""
    BASIS = "basis"
    """What a fee is charged by."""
    TOPIC = "topic"
    """What is published, or how often."""
    SEASON = "season"


class PolicyItem(StrEnum):
    """What a clause is about. Unit, sense and subject of an item stand in ``ITEMS``."""

    # When: limits on what a student is given.
    LATEST_END = "latest_end"
    EVENING_LATEST_END = "evening_latest_end"
    EVENING_MAX_MINUTES = "evening_max_minutes"
    MAX_MINUTES_DAY = "max_minutes_day"
    MAX_PERIODS_DAY = "max_periods_day"
    MAX_LEARNING_PERIODS_DAY = "max_learning_periods_day"
    SERVICE_WEEKDAY = "service_weekday"
    EVENING_ALLOWED = "evening_allowed"
    ACTIVITIES_END = "activities_end"
    EVENING_WEEKDAY = "evening_weekday"
    LEARNING_PERIOD_MINUTES = "learning_period_minutes"
    # When: what the school's slots must be like.
    EARLIEST_END = "earliest_end"
    MIN_MINUTES_DAY = "min_minutes_day"
    MINUTES_DAY = "minutes_day"
    PERIODS_DAY = "periods_day"
    PERIOD_MINUTES = "period_minutes"
    MIN_WEEKDAYS = "min_weekdays"
    WEEKEND_DAYS = "weekend_days"
    HOMEWORK_START = "homework_start"
    HOMEWORK_END = "homework_end"
    MAKE_UP_SERVICE = "make_up_service"
    OPEN_CAMPUS_WEEKS = "open_campus_weeks"
    ONE_TERM = "one_term"
    SEASONAL_HOURS = "seasonal_hours"
    LATE_CARE = "late_care"
    # Who.
    ELIGIBLE = "eligible"
    EXCLUDED_GROUP = "excluded_group"
    PRIORITY_GROUP = "priority_group"
    PRIORITY_GRADES = "priority_grades"
    VOLUNTARY = "voluntary"
    NO_REFUSAL = "no_refusal"
    MOVE_UNMET = "move_unmet"
    JOIN_MID_TERM = "join_mid_term"
    LEAVE_NOTE = "leave_note"
    APPLICATION = "application"
    PARENTS_HEARD = "parents_heard"
    FREE_HELP = "free_help"
    # What.
    BARRED_CONTENT = "barred_content"
    EVENING_BARRED_CONTENT = "evening_barred_content"
    PROVIDER_BARRED_CONTENT = "provider_barred_content"
    """Barred where a provider gives the course, or its staff may lead it."""
    CONTENT_START = "content_start"
    CONTENT_END = "content_end"
    BARRED_PROVIDER = "barred_provider"
    VETTING_REQUIRED = "vetting_required"
    CONDUCT_REQUIRED = "conduct_required"
    QUALIFICATION_REQUIRED = "qualification_required"
    OWN_STAFF_FIRST = "own_staff_first"
    TEACHER_CHOICE = "teacher_choice"
    ROTA = "rota"
    HOMEWORK_DONE_PERCENT = "homework_done_percent"
    HOMEWORK_DONE = "homework_done"
    HOMEWORK_CHECKED = "homework_checked"
    NO_ADDED_LOAD = "no_added_load"
    NO_PREMISES = "no_premises"
    CONTRACT_REQUIRED = "contract_required"
    LENT_TEACHERS = "lent_teachers"
    OWN_PLACES_USED = "own_places_used"
    # How the service is run.
    ORGANISED = "organised"
    SAFETY_RULES = "safety_rules"
    ENOUGH_STAFF = "enough_staff"
    AGREEMENT = "agreement"
    FILED = "filed"
    # Fees and relief.
    NO_FEE = "no_fee"
    NO_FEE_UNTIL_ISSUED = "no_fee_until_issued"
    FEE_APPROVED = "fee_approved"
    FEE_BASIS = "fee_basis"
    FEE_MONTH = "fee_month"
    FEE_PERIOD = "fee_period"
    FEE_PERIOD_MAX = "fee_period_max"
    CHARGED_PERIODS_DAY_MAX = "charged_periods_day_max"
    FEE_DAY_MAX = "fee_day_max"
    SETTLE_ACTUAL = "settle_actual"
    PART_PERIOD = "part_period"
    RELIEF = "relief"
    RELIEF_REIMBURSED = "relief_reimbursed"
    FEE_PUBLISHED_FIRST = "fee_published_first"
    FEE_WITHIN_TERM = "fee_within_term"
    NO_OTHER_FEES = "no_other_fees"
    # Pay and funds.
    PAY_OWN = "pay_own"
    PAY_MAX = "pay_max"
    OVERTIME_FROM = "overtime_from"
    PAY_OVERTIME = "pay_overtime"
    PAY_EXTERNAL = "pay_external"
    SPECIAL_FUND = "special_fund"
    SUBSIDY = "subsidy"
    SUBSIDY_YEAR_MAX = "subsidy_year_max"
    SUBSIDY_UPLIFT_MAX = "subsidy_uplift_max"
    NOT_FOR_PROFIT = "not_for_profit"
    NO_MANAGEMENT_FEE = "no_management_fee"
    NO_OTHER_PAY = "no_other_pay"
    DONATIONS = "donations"
    COLLECTED_FOR_OTHERS = "collected_for_others"
    WORKLOAD_COUNTED = "workload_counted"
    YEARLY_BUDGET = "yearly_budget"
    # What is made public.
    PUBLISH = "publish"
    PUBLISH_EVERY = "publish_every"
    PUBLISH_BEFORE = "publish_before"


class Facts(NamedTuple):
    """Unit and sense of an item's value, and what its subject is."""

    unit: Unit = Unit.NONE
    sense: Sense = Sense.EACH
    subject: Subject = Subject.NOTHING


_I, _U, _S, _O = PolicyItem, Unit, Sense, Subject

ITEMS: dict[PolicyItem, Facts] = {
    _I.LATEST_END: Facts(_U.CLOCK, _S.MOST),
    _I.EVENING_LATEST_END: Facts(_U.CLOCK, _S.MOST),
    _I.EVENING_MAX_MINUTES: Facts(_U.MINUTES, _S.MOST),
    _I.MAX_MINUTES_DAY: Facts(_U.MINUTES, _S.MOST),
    _I.MAX_PERIODS_DAY: Facts(_U.PERIODS, _S.MOST),
    _I.MAX_LEARNING_PERIODS_DAY: Facts(_U.PERIODS, _S.MOST),
    _I.SERVICE_WEEKDAY: Facts(_U.WEEKDAY),
    _I.EVENING_ALLOWED: Facts(),
    _I.ACTIVITIES_END: Facts(_U.CLOCK, _S.MOST),
    _I.EVENING_WEEKDAY: Facts(_U.WEEKDAY),
    _I.LEARNING_PERIOD_MINUTES: Facts(_U.MINUTES, _S.MOST),
    _I.EARLIEST_END: Facts(_U.CLOCK, _S.LEAST),
    _I.MIN_MINUTES_DAY: Facts(_U.MINUTES, _S.LEAST),
    _I.MINUTES_DAY: Facts(_U.MINUTES, _S.EXACT),
    _I.PERIODS_DAY: Facts(_U.PERIODS, _S.EXACT),
    _I.PERIOD_MINUTES: Facts(_U.MINUTES, _S.EXACT),
    _I.MIN_WEEKDAYS: Facts(_U.DAYS, _S.LEAST),
    _I.WEEKEND_DAYS: Facts(_U.DAYS, _S.EXACT),
    _I.HOMEWORK_START: Facts(_U.CLOCK, _S.EXACT),
    _I.HOMEWORK_END: Facts(_U.CLOCK, _S.EXACT),
    _I.MAKE_UP_SERVICE: Facts(),
    _I.OPEN_CAMPUS_WEEKS: Facts(_U.WEEKS, _S.EXACT, _O.SEASON),
    _I.ONE_TERM: Facts(),
    _I.SEASONAL_HOURS: Facts(),
    _I.LATE_CARE: Facts(subject=_O.GROUP),
    _I.ELIGIBLE: Facts(),
    _I.EXCLUDED_GROUP: Facts(subject=_O.GROUP),
    _I.PRIORITY_GROUP: Facts(subject=_O.GROUP),
    _I.PRIORITY_GRADES: Facts(),
    _I.VOLUNTARY: Facts(),
    _I.NO_REFUSAL: Facts(),
    _I.MOVE_UNMET: Facts(),
    _I.JOIN_MID_TERM: Facts(),
    _I.LEAVE_NOTE: Facts(),
    _I.APPLICATION: Facts(),
    _I.PARENTS_HEARD: Facts(),
    _I.FREE_HELP: Facts(),
    _I.BARRED_CONTENT: Facts(subject=_O.CONTENT),
    _I.EVENING_BARRED_CONTENT: Facts(subject=_O.CONTENT),
    _I.PROVIDER_BARRED_CONTENT: Facts(subject=_O.CONTENT),
    _I.CONTENT_START: Facts(_U.CLOCK, _S.LEAST, _O.CONTENT),
    _I.CONTENT_END: Facts(_U.CLOCK, _S.MOST, _O.CONTENT),
    _I.BARRED_PROVIDER: Facts(subject=_O.PROVIDER),
    _I.VETTING_REQUIRED: Facts(),
    _I.CONDUCT_REQUIRED: Facts(),
    _I.QUALIFICATION_REQUIRED: Facts(),
    _I.OWN_STAFF_FIRST: Facts(),
    _I.TEACHER_CHOICE: Facts(),
    _I.ROTA: Facts(),
    _I.HOMEWORK_DONE_PERCENT: Facts(_U.PERCENT, _S.LEAST),
    _I.HOMEWORK_DONE: Facts(),
    _I.HOMEWORK_CHECKED: Facts(),
    _I.NO_ADDED_LOAD: Facts(),
    _I.NO_PREMISES: Facts(subject=_O.PROVIDER),
    _I.CONTRACT_REQUIRED: Facts(),
    _I.LENT_TEACHERS: Facts(),
    _I.OWN_PLACES_USED: Facts(),
    _I.ORGANISED: Facts(),
    _I.SAFETY_RULES: Facts(),
    _I.ENOUGH_STAFF: Facts(),
    _I.AGREEMENT: Facts(),
    _I.FILED: Facts(),
    _I.NO_FEE: Facts(),
    _I.NO_FEE_UNTIL_ISSUED: Facts(),
    _I.FEE_APPROVED: Facts(),
    _I.FEE_BASIS: Facts(sense=_S.EXACT, subject=_O.BASIS),
    _I.FEE_MONTH: Facts(_U.FEN, _S.EXACT),
    _I.FEE_PERIOD: Facts(_U.FEN, _S.EXACT),
    _I.FEE_PERIOD_MAX: Facts(_U.FEN, _S.MOST),
    _I.CHARGED_PERIODS_DAY_MAX: Facts(_U.PERIODS, _S.MOST),
    _I.FEE_DAY_MAX: Facts(_U.FEN, _S.MOST),
    _I.SETTLE_ACTUAL: Facts(),
    _I.PART_PERIOD: Facts(),
    _I.RELIEF: Facts(_U.PERCENT, _S.EXACT, _O.GROUP),
    _I.RELIEF_REIMBURSED: Facts(subject=_O.GROUP),
    _I.FEE_PUBLISHED_FIRST: Facts(),
    _I.FEE_WITHIN_TERM: Facts(),
    _I.NO_OTHER_FEES: Facts(),
    _I.PAY_OWN: Facts(),
    _I.PAY_MAX: Facts(_U.FEN, _S.MOST),
    _I.OVERTIME_FROM: Facts(_U.CLOCK, _S.EXACT),
    _I.PAY_OVERTIME: Facts(),
    _I.PAY_EXTERNAL: Facts(),
    _I.SPECIAL_FUND: Facts(),
    _I.SUBSIDY: Facts(),
    _I.SUBSIDY_YEAR_MAX: Facts(_U.FEN, _S.MOST),
    _I.SUBSIDY_UPLIFT_MAX: Facts(_U.PERCENT, _S.MOST),
    _I.NOT_FOR_PROFIT: Facts(),
    _I.NO_MANAGEMENT_FEE: Facts(),
    _I.NO_OTHER_PAY: Facts(),
    _I.DONATIONS: Facts(),
    _I.COLLECTED_FOR_OTHERS: Facts(),
    _I.WORKLOAD_COUNTED: Facts(),
    _I.YEARLY_BUDGET: Facts(),
    _I.PUBLISH: Facts(subject=_O.TOPIC),
    _I.PUBLISH_EVERY: Facts(subject=_O.TOPIC),
    _I.PUBLISH_BEFORE: Facts(subject=_O.TOPIC),
}
UNITS: dict[PolicyItem, Unit] = {item: facts.unit for item, facts in ITEMS.items()}
NAMES_A_SUBJECT = frozenset(
    item for item, facts in ITEMS.items() if facts.subject is not Subject.NOTHING
)
MOST = {
    Unit.CLOCK: 24 * 60,
    Unit.MINUTES: 24 * 60,
    Unit.PERIODS: 100,
    Unit.DAYS: 7,
    Unit.WEEKS: 53,
    Unit.WEEKDAY: 7,
    Unit.FEN: 10**9,
    Unit.PERCENT: 100,
}
"""What is no slip of the pen: the most that a value in a unit can be."""
LONGEST_LESSON = 60
"""No school calls a longer time one period of lessons: more is a slip, or a way round the limit."""


def most_of(item: PolicyItem) -> int:
    """Give the highest value that an item can sensibly have."""
    if item is PolicyItem.LEARNING_PERIOD_MINUTES:
        return LONGEST_LESSON
    return MOST[UNITS[item]]
