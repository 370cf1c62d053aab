"""What the policy wants of the school's slots; where they are otherwise, no plan helps."""

import pytest

from models import CareContent, Family, HomeClass, PolicyItem, School, SlotUse
from tests.builders import revised, with_clause, with_new, with_slot, with_student
from tests.rules.small import MON1, MON2, TUE1, in_care_only, slot, student
from tests.rules.solving import conflict, optimal

HOURS: set[Family] = {"hours"}
MONDAY = in_care_only(slots=(MON1, MON2), students=(student("a", club_slots=()),))
"""One student, who stays for the first of two periods of 40 minutes."""
BOTH_DAYS = in_care_only()
"""Two periods on Monday, one on Tuesday."""
EVERY_DAY = tuple(range(1, 8))


def and_saturday(school: School, **fields: object) -> School:
    """Add an hour on Saturday morning."""
    term = revised(school.term, service_weekdays=EVERY_DAY)
    saturday = slot("sat1", 6, 9 * 60, 10 * 60, **fields)
    return revised(school, term=term, slots=(*school.slots, saturday))


def evening(school: School, name: str) -> School:
    return with_slot(school, name, evening_study=True)


@pytest.mark.parametrize(
    ("school", "item", "fitting", "others"),
    [
        (BOTH_DAYS, PolicyItem.EARLIEST_END, TUE1.end_minute, [TUE1.end_minute + 1]),
        (BOTH_DAYS, PolicyItem.MIN_MINUTES_DAY, 40, [41]),
        (MONDAY, PolicyItem.MIN_MINUTES_DAY, 80, [81]),
        (MONDAY, PolicyItem.MINUTES_DAY, 80, [79, 81]),
        (MONDAY, PolicyItem.PERIODS_DAY, 2, [1, 3]),
        (MONDAY, PolicyItem.PERIOD_MINUTES, 40, [39, 41]),
        (BOTH_DAYS, PolicyItem.MIN_WEEKDAYS, 2, [3]),
        (MONDAY, PolicyItem.MIN_WEEKDAYS, 1, [2]),
        (and_saturday(MONDAY), PolicyItem.MIN_WEEKDAYS, 1, [2]),
        (MONDAY, PolicyItem.WEEKEND_DAYS, 0, [1]),
        (and_saturday(MONDAY), PolicyItem.WEEKEND_DAYS, 1, [0, 2]),
    ],
)
def test_slots_as_the_policy_wants_them(
    school: School, item: PolicyItem, fitting: int, others: list[int]
) -> None:
    assert optimal(with_clause(school, item, fitting)).care_groups
    for value in others:
        ruled = with_clause(school, item, value)
        assert conflict(ruled) == HOURS
        elsewhere = with_clause(school, item, value, grades=(4,))
        assert optimal(elsewhere).care_groups


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (PolicyItem.MINUTES_DAY, 80),
        (PolicyItem.PERIODS_DAY, 2),
        (PolicyItem.MIN_MINUTES_DAY, 80),
    ],
)
def test_every_working_day_counts(item: PolicyItem, value: int) -> None:
    assert conflict(with_clause(BOTH_DAYS, item, value)) == HOURS
    alike = with_new(BOTH_DAYS, "slots", slot("tue2", 2, 17 * 60, 17 * 60 + 40))
    assert optimal(with_clause(alike, item, value)).care_groups


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (PolicyItem.EARLIEST_END, MON2.end_minute),
        (PolicyItem.MIN_MINUTES_DAY, 80),
        (PolicyItem.MINUTES_DAY, 80),
        (PolicyItem.PERIODS_DAY, 2),
    ],
)
def test_a_day_of_the_weekend_is_its_own(item: PolicyItem, value: int) -> None:
    assert optimal(with_clause(and_saturday(MONDAY), item, value)).care_groups
    friday = with_slot(and_saturday(MONDAY), "sat1", weekday=5)
    assert conflict(with_clause(friday, item, value)) == HOURS


def test_periods_are_as_long_on_every_day() -> None:
    item = PolicyItem.PERIOD_MINUTES
    assert conflict(with_clause(and_saturday(MONDAY), item, 40)) == HOURS
    shorter = with_slot(and_saturday(MONDAY), "sat1", end_minute=9 * 60 + 40)
    assert optimal(with_clause(shorter, item, 40)).care_groups


@pytest.mark.parametrize(
    ("item", "fitting"),
    [
        (PolicyItem.MIN_MINUTES_DAY, 40),
        (PolicyItem.MINUTES_DAY, 40),
        (PolicyItem.PERIODS_DAY, 1),
    ],
)
def test_evening_study_is_apart(item: PolicyItem, fitting: int) -> None:
    """An hour of evening study beside one period."""
    longer = with_slot(MONDAY, "mon2", end_minute=MON2.start_minute + 60)
    ruled = with_clause(longer, item, fitting)
    assert optimal(evening(ruled, "mon2")).care_groups
    if item is not PolicyItem.MIN_MINUTES_DAY:
        assert conflict(ruled) == HOURS
    else:
        assert conflict(evening(with_clause(longer, item, fitting + 1), "mon2")) == HOURS


def test_an_evening_is_no_longer_than_a_period_where_these_have_a_length() -> None:
    longer = with_slot(MONDAY, "mon2", end_minute=MON2.start_minute + 60)
    assert conflict(with_clause(evening(longer, "mon2"), PolicyItem.PERIOD_MINUTES, 40)) == HOURS
    assert optimal(with_clause(evening(MONDAY, "mon2"), PolicyItem.PERIOD_MINUTES, 40)).care_groups


def test_days_of_evening_study_only_are_none() -> None:
    tuesday = evening(BOTH_DAYS, "tue1")
    assert optimal(with_clause(tuesday, PolicyItem.MIN_WEEKDAYS, 1)).care_groups
    assert conflict(with_clause(tuesday, PolicyItem.MIN_WEEKDAYS, 2)) == HOURS
    assert optimal(with_clause(tuesday, PolicyItem.PERIODS_DAY, 2)).care_groups
    saturday = and_saturday(MONDAY, evening_study=True)
    assert optimal(with_clause(saturday, PolicyItem.WEEKEND_DAYS, 0)).care_groups
    assert conflict(with_clause(saturday, PolicyItem.WEEKEND_DAYS, 1)) == HOURS


def test_of_slots_that_overlap_a_child_can_have_one() -> None:
    """16:00 to 16:40 and 16:20 to 17:05 are three quarters of an hour, in one period."""
    half_past = slot("mon1b", 1, 16 * 60 + 20, 17 * 60 + 5)
    school = revised(MONDAY, slots=(MON1, half_past))
    assert optimal(with_clause(school, PolicyItem.MINUTES_DAY, 45)).care_groups
    assert conflict(with_clause(school, PolicyItem.MINUTES_DAY, 65)) == HOURS
    assert conflict(with_clause(school, PolicyItem.MIN_MINUTES_DAY, 46)) == HOURS
    assert optimal(with_clause(school, PolicyItem.PERIODS_DAY, 1)).care_groups
    assert conflict(with_clause(school, PolicyItem.PERIODS_DAY, 2)) == HOURS
    inside = with_slot(school, "mon1b", end_minute=16 * 60 + 30)
    assert optimal(with_clause(inside, PolicyItem.MINUTES_DAY, 40)).care_groups
    assert conflict(with_clause(inside, PolicyItem.MINUTES_DAY, 30)) == HOURS


def test_slots_for_another_grade_do_not_count() -> None:
    item = PolicyItem.PERIODS_DAY
    school = with_new(MONDAY, "classes", HomeClass(id="c4", name="", grade=4))
    ours = with_slot(school, "mon2", grades=(3,))
    assert optimal(with_clause(ours, item, 2, grades=(3,))).care_groups
    assert optimal(with_clause(ours, item, 1, grades=(4,))).care_groups
    assert conflict(with_clause(ours, item, 2)) == HOURS
    assert conflict(with_clause(ours, item, 1)) == HOURS


def test_a_grade_that_is_not_eligible_needs_no_slots() -> None:
    school = with_new(MONDAY, "classes", HomeClass(id="c4", name="", grade=4))
    for name in ("mon1", "mon2"):
        school = with_slot(school, name, grades=(3,))
    ruled = with_clause(school, PolicyItem.MIN_WEEKDAYS, 1)
    assert conflict(ruled) == HOURS
    assert optimal(with_clause(ruled, PolicyItem.ELIGIBLE, grades=(3,))).care_groups


# --- homework ------------------------------------------------------------------------------

HOMEWORK_THEN = {"use": SlotUse.CARE_ONLY, "care_content": CareContent.HOMEWORK}


def homework(school: School, start: int, end: int, **fields: object) -> School:
    school = with_clause(school, PolicyItem.HOMEWORK_START, start, **fields)
    return with_clause(school, PolicyItem.HOMEWORK_END, end, **fields)


def first_period() -> School:
    """Homework in the first period of Monday, 16:00 to 16:40."""
    return with_slot(MONDAY, "mon1", **HOMEWORK_THEN)


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [
        (MON1.start_minute, MON1.end_minute, True),
        (MON1.start_minute - 1, MON1.end_minute, False),
        (MON1.start_minute, MON1.end_minute + 1, False),
        (MON1.start_minute + 10, MON1.end_minute - 10, True),
        (MON2.start_minute, MON2.end_minute, False),
        (MON1.end_minute + 5, MON1.end_minute + 5, True),
        (MON1.end_minute + 5, MON1.end_minute, True),
    ],
)
def test_homework_covers_its_time(start: int, end: int, covered: bool) -> None:
    school = homework(first_period(), start, end)
    if covered:
        assert optimal(school).care_groups
    else:
        assert conflict(school) == HOURS
    assert optimal(homework(first_period(), start, end, grades=(4,))).care_groups


def test_homework_without_a_gap() -> None:
    school = with_slot(first_period(), "mon2", **HOMEWORK_THEN)
    when = (MON1.start_minute, MON2.end_minute)
    assert conflict(homework(school, *when)) == HOURS
    at_once = with_slot(school, "mon2", start_minute=MON1.end_minute)
    assert optimal(homework(at_once, *when)).care_groups
    overlapping = with_slot(school, "mon2", start_minute=MON1.end_minute - 10)
    assert conflict(homework(overlapping, *when)) == HOURS


@pytest.mark.parametrize(
    "fields",
    [
        {"use": SlotUse.ANY},
        {"use": SlotUse.CLUBS_ONLY},
        {"care_content": CareContent.READING},
        {"evening_study": True},
    ],
)
def test_only_base_care_with_homework_is_homework_for_all(fields: dict[str, object]) -> None:
    """Nobody stays then: what the slot is for is wrong all the same."""
    later = with_student(MONDAY, "a", stay_slots=("mon2",))
    school = with_slot(later, "mon1", **(HOMEWORK_THEN | fields))
    assert conflict(homework(school, MON1.start_minute, MON1.end_minute)) == HOURS


def test_homework_on_every_working_day() -> None:
    when = (MON1.start_minute, MON1.end_minute)
    school = with_slot(BOTH_DAYS, "mon1", **HOMEWORK_THEN)
    assert conflict(homework(school, *when)) == HOURS
    assert optimal(homework(with_slot(school, "tue1", **HOMEWORK_THEN), *when)).care_groups
    assert optimal(homework(and_saturday(first_period()), *when)).care_groups


@pytest.mark.parametrize("window", [PolicyItem.CONTENT_START, PolicyItem.CONTENT_END])
def test_clubs_beside_homework_where_a_content_has_its_own_time(window: PolicyItem) -> None:
    school = homework(MONDAY, MON1.start_minute, MON1.end_minute)
    assert conflict(school) == HOURS
    fields = {"subject": "enrichment", "grades": (3,)}
    assert optimal(with_clause(school, window, MON1.start_minute, **fields)).care_groups
    fields["grades"] = (4,)
    assert conflict(with_clause(school, window, MON1.start_minute, **fields)) == HOURS
    clubs_only = with_student(school, "a", stay_slots=("mon2",))
    clubs_only = with_slot(clubs_only, "mon1", use=SlotUse.CLUBS_ONLY)
    fields["grades"] = (3,)
    assert conflict(with_clause(clubs_only, window, MON1.start_minute, **fields)) == HOURS


def test_a_start_of_homework_without_an_end_binds_nobody() -> None:
    for item in (PolicyItem.HOMEWORK_START, PolicyItem.HOMEWORK_END):
        assert optimal(with_clause(MONDAY, item, MON1.start_minute)).care_groups
    other_end = with_clause(MONDAY, PolicyItem.HOMEWORK_START, MON1.start_minute)
    other_end = with_clause(other_end, PolicyItem.HOMEWORK_END, MON1.end_minute, grades=(4,))
    assert optimal(other_end).care_groups
