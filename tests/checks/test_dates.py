"""Days of the week are held all term, and weekends worked by decree are days of service."""

from datetime import date, timedelta
from typing import Any

from models import MakeUpDay, PolicyItem, School, Text
from optimizer.checks._week import check_slots
from tests.builders import SOURCE, revised, tiny_plan, tiny_school, with_clause
from tests.checks.saying import broken, names
from tests.checks.test_week import and_weekend

MON, LAST = date(2026, 9, 14), date(2026, 10, 18)
"""Five weeks. 20 September and 10 October are worked; 25 to 27 September and 1 to 7 October off."""
OFF = (date(2026, 9, 25), *(date(2026, 10, day) for day in range(1, 8)))
TUESDAYS = [MON + timedelta(days=1 + 7 * week) for week in range(5)]
SATURDAYS = [MON + timedelta(days=5 + 7 * week) for week in range(5)]


def termed(school: School, **fields: Any) -> School:
    own = {"first_date": MON, "last_date": LAST, "holidays": OFF} | fields
    return revised(school, term=revised(school.term, **own))


def texts(school: School, item: PolicyItem, value: int | None = None) -> list[Text]:
    return list(check_slots(with_clause(school, item, value)))


def test_a_weekday_that_is_called_off_again_and_again() -> None:
    """There are slots on Monday and Tuesday; of the five Tuesdays one is a holiday."""
    school = termed(tiny_school(), cancelled_days=[TUESDAYS[0], TUESDAYS[1]])
    (text,) = texts(school, PolicyItem.MIN_WEEKDAYS, 2)
    names(
        text, "2026-09-15", "2026-09-22", SOURCE, zh="只有 2 周的周二有服务，2 周没有", en="on Tue"
    )
    assert "in 2 weeks of the term and missed in 2" in text.en
    assert not texts(school, PolicyItem.MIN_WEEKDAYS, 1)
    once = termed(tiny_school(), cancelled_days=[TUESDAYS[0]])
    assert not texts(once, PolicyItem.MIN_WEEKDAYS, 2)
    holidays = termed(tiny_school(), holidays=(*OFF, TUESDAYS[0], TUESDAYS[1]))
    assert len(texts(holidays, PolicyItem.MIN_WEEKDAYS, 2)) == 1


def test_holidays_by_decree_and_weeks_without_service_do_not_count() -> None:
    assert not texts(termed(tiny_school()), PolicyItem.MIN_WEEKDAYS, 2)
    shut = [day for day in TUESDAYS if day not in OFF][:3]
    closed = termed(tiny_school(), cancelled_days=[*shut, *(d - timedelta(days=1) for d in shut)])
    assert not texts(closed, PolicyItem.MIN_WEEKDAYS, 2)


def test_a_day_of_the_weekend_that_is_never_held() -> None:
    """3 October is a holiday and 10 October is worked: three Saturdays are left."""
    left = [SATURDAYS[0], SATURDAYS[1], SATURDAYS[4]]
    school = termed(and_weekend(), cancelled_days=[SATURDAYS[0], SATURDAYS[4]])
    assert SATURDAYS[1] == date(2026, 9, 26)
    (text,) = texts(school, PolicyItem.WEEKEND_DAYS, 1)
    names(text, "2026-09-19", SOURCE, zh="周六", en="on Sat")
    assert not texts(termed(and_weekend()), PolicyItem.WEEKEND_DAYS, 1)
    moved = [MakeUpDay(date=day + timedelta(days=1), follows=6) for day in left]
    held = termed(and_weekend(), cancelled_days=school.term.cancelled_days, make_up_days=moved)
    assert not texts(held, PolicyItem.WEEKEND_DAYS, 1)


def test_worked_weekends_are_served() -> None:
    item = PolicyItem.MAKE_UP_SERVICE
    (text,) = texts(termed(tiny_school()), item)
    names(text, "2026-09-20", "2026-10-10", SOURCE, zh="调休上班日", en="worked by decree")
    days = [
        MakeUpDay(date=date(2026, 9, 20), follows=1),
        MakeUpDay(date=date(2026, 10, 10), follows=2),
    ]
    school = termed(tiny_school(), make_up_days=days)
    assert not texts(school, item)
    (text,) = texts(termed(school, cancelled_days=[date(2026, 10, 10)]), item)
    assert "2026-09-20" not in text.en
    follows = [days[0], MakeUpDay(date=date(2026, 10, 10), follows=3)]
    assert "2026-10-10" in texts(termed(school, make_up_days=follows), item)[0].en


def test_a_plan_is_not_sound_without_its_dates() -> None:
    school = termed(tiny_school())
    assert broken(school, tiny_plan(school)) == []
    asked = with_clause(school, PolicyItem.MAKE_UP_SERVICE)
    assert broken(asked, tiny_plan(asked)) == ["hours"]
