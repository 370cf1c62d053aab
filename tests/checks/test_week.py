import pytest

from models import CareContent, PolicyItem, School, Slot, SlotUse
from optimizer.checks._week import check_slots
from tests.builders import (
    SOURCE,
    revised,
    tiny_plan,
    tiny_school,
    with_clause,
    with_new,
    with_slot,
)
from tests.checks.saying import broken, names, only, said

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)
FIRST, LAST = 16 * 60, 17 * 60 + 30
"""Both days: 16:00-16:40 and 16:50-17:30."""
LATE = Slot(id="tue3", weekday=2, start_minute=17 * 60 + 40, end_minute=18 * 60 + 10, grades=(5,))
"""Half an hour more for grade 5."""


def and_weekend(**fields: object) -> School:
    """Add an hour on Saturday morning."""
    saturday = Slot(id="sat1", weekday=6, start_minute=9 * 60, end_minute=10 * 60)
    term = revised(SCHOOL.term, service_weekdays=(1, 2, 3, 4, 5, 6))
    return revised(SCHOOL, term=term, slots=(*SCHOOL.slots, revised(saturday, **fields)))


@pytest.mark.parametrize(
    "school",
    [
        with_clause(SCHOOL, PolicyItem.EARLIEST_END, LAST),
        with_clause(SCHOOL, PolicyItem.MIN_MINUTES_DAY, 80),
        with_clause(SCHOOL, PolicyItem.MINUTES_DAY, 80),
        with_clause(SCHOOL, PolicyItem.PERIODS_DAY, 2),
        with_clause(SCHOOL, PolicyItem.PERIOD_MINUTES, 40),
        with_clause(SCHOOL, PolicyItem.MIN_WEEKDAYS, 2),
        with_clause(SCHOOL, PolicyItem.WEEKEND_DAYS, 0),
        with_clause(and_weekend(), PolicyItem.WEEKEND_DAYS, 1),
        with_clause(and_weekend(), PolicyItem.MIN_WEEKDAYS, 2),
        with_clause(and_weekend(), PolicyItem.EARLIEST_END, LAST),
        with_clause(and_weekend(), PolicyItem.MINUTES_DAY, 80),
        with_clause(and_weekend(), PolicyItem.PERIODS_DAY, 2),
        with_clause(and_weekend(evening_study=True), PolicyItem.WEEKEND_DAYS, 0),
        with_clause(SCHOOL, PolicyItem.PERIODS_DAY, 3, grades=(6,)),
    ],
)
def test_exactly_as_the_policy_wants_it(school: School) -> None:
    assert broken(school, PLAN) == []


def with_late(item: PolicyItem, value: int) -> School:
    """Add the half hour for grade 5 on Tuesday, and a clause."""
    return with_clause(with_new(SCHOOL, "slots", LATE), item, value)


def test_a_day_that_is_too_short() -> None:
    texts = said(with_late(PolicyItem.MIN_MINUTES_DAY, 81), PLAN, "hours")
    assert len(texts) == 2
    names(texts[0], "81", SOURCE, zh="3、4、5 年级周一的服务共 80 分钟", en="3, 4, 5 on Mon has 80")
    names(texts[1], "81", zh="3、4 年级周二的服务共 80 分钟", en="grades 3, 4 on Tue has 80")
    third = said(with_late(PolicyItem.MIN_MINUTES_DAY, 111), PLAN, "hours")[2]
    names(third, "111", zh="5 年级周二的服务共 110 分钟", en="grades 5 on Tue has 110")


def test_a_day_of_other_minutes() -> None:
    text = only(with_late(PolicyItem.MINUTES_DAY, 80), PLAN, "hours")
    names(text, "80", SOURCE, zh="5 年级周二的服务共 110 分钟，应为", en="110 minutes, just 80")
    assert len(said(with_late(PolicyItem.MINUTES_DAY, 79), PLAN, "hours")) == 3
    evening = with_slot(with_late(PolicyItem.MINUTES_DAY, 80), "tue3", evening_study=True)
    assert broken(evening, PLAN) == []


def test_of_slots_that_overlap_a_child_can_have_one() -> None:
    """The third starts within the second: 16:00-16:40 and 17:20-18:10 are an hour and a half."""
    over = with_slot(with_late(PolicyItem.MINUTES_DAY, 80), "tue3", start_minute=LAST - 10)
    text = only(over, PLAN, "hours")
    names(text, "90", zh="5 年级周二", en="grades 5 on Tue")
    periods = revised(over, policy=with_late(PolicyItem.PERIODS_DAY, 2).policy)
    assert broken(periods, PLAN) == []
    least = revised(over, policy=with_late(PolicyItem.MIN_MINUTES_DAY, 91).policy)
    assert "grades 5 on Tue has 90" in said(least, PLAN, "hours")[2].en
    inside = with_slot(over, "tue3", start_minute=LAST - 20, end_minute=LAST - 10)
    assert broken(inside, PLAN) == []


CLUBS = {"use": SlotUse.CLUBS_ONLY}


@pytest.mark.parametrize(
    ("item", "value", "words"),
    [
        (PolicyItem.MIN_MINUTES_DAY, 80, "on Tue has 40 minutes"),
        (PolicyItem.MINUTES_DAY, 80, "on Tue has 40 minutes, just 80"),
        (PolicyItem.PERIODS_DAY, 2, "on Tue has 1 periods, just 2"),
        (PolicyItem.EARLIEST_END, LAST, "ends at 16:40 on Tue"),
    ],
)
def test_slots_for_clubs_only_are_no_service_for_all(
    item: PolicyItem, value: int, words: str
) -> None:
    """Whoever has no club then goes home: he is not served for so long."""
    school = with_clause(tiny_school(students=(), wishes=()), item, value)
    assert not list(check_slots(school))
    (text,) = check_slots(with_slot(school, "tue2", **CLUBS))
    names(text, SOURCE, zh="“仅社团”的时段不计", en=words)
    assert "clubs only are not counted" in text.en


def test_no_more_periods_with_clubs_either() -> None:
    school = with_new(tiny_school(), "slots", revised(LATE, **CLUBS))
    text = only(with_clause(school, PolicyItem.PERIODS_DAY, 2), PLAN, "hours")
    names(text, SOURCE, zh="5 年级周二的服务有 3 节", en="3 periods")


def test_a_day_for_clubs_only_is_no_day_of_service() -> None:
    school = with_clause(tiny_school(students=(), wishes=()), PolicyItem.MIN_WEEKDAYS, 2)
    for slot in ("tue1", "tue2"):
        school = with_slot(school, slot, **CLUBS)
    (text,) = check_slots(school)
    names(text, SOURCE, zh="1 天服务（周一）", en="on 1 days from Mon to Fri (Mon)")


def test_homework_slots_that_overlap_leave_a_gap() -> None:
    """No child can have both 16:00-16:25 and 16:20-16:40, though the clock is covered."""
    school = with_slot(first_periods(), "tue1", end_minute=FIRST + 25)
    second = revised(
        school.slot["tue1"], id="tue1b", start_minute=FIRST + 20, end_minute=FIRST + 40
    )
    (text,) = check_slots(homework(with_new(school, "slots", second), FIRST, FIRST + 40))
    assert "covers 16:25-16:40" in text.en
    second = revised(second, start_minute=FIRST + 25)
    assert not list(check_slots(homework(with_new(school, "slots", second), FIRST, FIRST + 40)))


def test_a_day_of_other_periods() -> None:
    text = only(with_late(PolicyItem.PERIODS_DAY, 2), PLAN, "hours")
    names(text, SOURCE, zh="5 年级周二的服务有 3 节，应为 2 节", en="on Tue has 3 periods, just 2")
    texts = said(with_late(PolicyItem.PERIODS_DAY, 3), PLAN, "hours")
    assert len(texts) == 2
    names(texts[1], zh="3、4 年级周二", en="grades 3, 4 on Tue")


def test_a_period_of_another_length() -> None:
    text = only(with_late(PolicyItem.PERIOD_MINUTES, 40), PLAN, "hours")
    names(text, "tue3", "17:40-18:10", "30", "40", SOURCE, zh="长 30 分钟，5 年级", en="grades 5")
    text = only(with_clause(and_weekend(), PolicyItem.PERIOD_MINUTES, 40), PLAN, "hours")
    names(text, "sat1", zh="3、4、5 年级", en="grades 3, 4, 5")


def test_too_few_days() -> None:
    text = only(with_clause(SCHOOL, PolicyItem.MIN_WEEKDAYS, 3), PLAN, "hours")
    names(
        text, "2", "3", SOURCE, zh="2 天服务（周一、周二）", en="2 days from Mon to Fri (Mon, Tue)"
    )
    saturday = with_clause(and_weekend(), PolicyItem.MIN_WEEKDAYS, 3)
    assert "Sat" not in only(saturday, PLAN, "hours").en


def test_other_days_of_the_weekend() -> None:
    text = only(with_clause(SCHOOL, PolicyItem.WEEKEND_DAYS, 1), PLAN, "hours")
    names(text, SOURCE, zh="有 0 天服务（-），应为 1 天", en="0 days of the weekend (-), just 1")
    text = only(with_clause(and_weekend(grades=(4,)), PolicyItem.WEEKEND_DAYS, 0), PLAN, "hours")
    names(text, zh="4 年级周六、周日有 1 天服务（周六）", en="grades 4 have the service on 1 days")


def test_a_weekend_may_end_early_and_a_working_day_not() -> None:
    school = with_clause(and_weekend(), PolicyItem.EARLIEST_END, LAST)
    assert broken(school, PLAN) == []
    friday = with_slot(school, "sat1", weekday=5)
    names(only(friday, PLAN, "hours"), "10:00", "17:30", zh="周五", en="on Fri")


def test_a_grade_that_is_not_eligible_needs_no_slots() -> None:
    school = with_clause(SCHOOL, PolicyItem.PERIODS_DAY, 3, grades=(3, 4))
    assert len(list(check_slots(school))) == 2
    text = next(check_slots(with_clause(school, PolicyItem.ELIGIBLE, grades=(4, 5))))
    names(text, zh="4 年级周一", en="grades 4 on Mon")
    assert not list(check_slots(with_clause(school, PolicyItem.ELIGIBLE, grades=(5,))))


# --- homework ------------------------------------------------------------------------------

HOMEWORK_THEN = {"use": SlotUse.CARE_ONLY, "care_content": CareContent.HOMEWORK}


def homework(school: School, start: int, end: int, **fields: object) -> School:
    school = with_clause(school, PolicyItem.HOMEWORK_START, start, **fields)
    return with_clause(school, PolicyItem.HOMEWORK_END, end, **({"source": "Other"} | fields))


def first_periods(**fields: object) -> School:
    """Let the first periods be homework for all; nobody is there yet."""
    school = tiny_school(students=(), wishes=())
    for slot in ("mon1", "tue1"):
        school = with_slot(school, slot, **(HOMEWORK_THEN | fields))
    return school


def about_homework(school: School) -> list[str]:
    return [text.en for text in check_slots(school)]


@pytest.mark.parametrize(
    ("start", "end", "gaps"),
    [
        (FIRST, FIRST + 40, ""),
        (FIRST + 5, FIRST + 35, ""),
        (FIRST - 1, FIRST + 40, "covers 15:59-16:00 ("),
        (FIRST, FIRST + 41, "covers 16:40-16:41 ("),
        (FIRST - 5, FIRST + 45, "covers 15:55-16:00, 16:40-16:45 ("),
        (LAST - 10, LAST, "covers 17:20-17:30 ("),
        (FIRST - 5, FIRST - 5, ""),
        (FIRST, FIRST - 5, ""),
    ],
)
def test_minutes_without_homework(start: int, end: int, gaps: str) -> None:
    texts = about_homework(homework(first_periods(), start, end))
    assert len(texts) == (2 if gaps else 0)
    assert all(gaps in text for text in texts)
    assert not about_homework(homework(first_periods(), start, end, grades=(6,)))


def test_what_is_said_about_homework() -> None:
    school = with_slot(first_periods(), "tue1", care_content=CareContent.READING)
    (text,) = check_slots(homework(school, FIRST, FIRST + 40))
    names(
        text,
        "16:00-16:40",
        SOURCE,
        "Other",
        zh="3、4、5 年级周二 16:00-16:40 应做作业",
        en="grades 3, 4, 5 do homework on Tue",
    )
    names(text, zh="仅托管", en="care only")


@pytest.mark.parametrize(
    "fields",
    [
        {"use": SlotUse.ANY},
        {"use": SlotUse.CLUBS_ONLY},
        {"care_content": CareContent.READING},
        {"grades": (3, 4)},
    ],
)
def test_slots_that_are_no_homework(fields: dict[str, object]) -> None:
    texts = about_homework(homework(first_periods(**fields), FIRST, FIRST + 40))
    assert len(texts) == 2
    assert ("grades 5 do" if "grades" in fields else "grades 3, 4, 5 do") in texts[0]


@pytest.mark.parametrize("window", [PolicyItem.CONTENT_START, PolicyItem.CONTENT_END])
def test_clubs_beside_homework_where_a_content_has_its_own_time(window: PolicyItem) -> None:
    fields = {"use": SlotUse.ANY, "care_content": CareContent.READING}
    school = homework(first_periods(**fields), FIRST, FIRST + 40)
    school = with_clause(school, window, FIRST, subject="enrichment", grades=(3, 5))
    texts = about_homework(school)
    assert len(texts) == 2
    assert all("grades 4 do" in text for text in texts)
