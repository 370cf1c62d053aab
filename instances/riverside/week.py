"""When: the term, the periods of the week."""

from datetime import date
from typing import Final

from models import BillingMonth, CareContent, MakeUpDay, Slot, SlotUse, Term, weekday_text

LATE_DAYS: Final = (3, 5)
"""Weekdays with a third period."""
PERIODS: Final = (
    (15 * 60 + 50, 16 * 60 + 30),
    (16 * 60 + 40, 17 * 60 + 20),
    (17 * 60 + 20, 18 * 60),
)


def slot_id(weekday: int, period: int) -> str:
    """Name a slot, e.g. ``周二1``."""
    return f"{weekday_text(weekday).zh}{period}"


def slots() -> tuple[Slot, ...]:
    """Give base care every day, then clubs; on two days a third period for double lessons.

    In base care children read: grades 1 and 2, who sit with others, have no written homework.
    """
    uses = (SlotUse.CARE_ONLY, SlotUse.ANY, SlotUse.CLUBS_ONLY)
    return tuple(
        Slot(
            id=slot_id(day, period),
            weekday=day,
            start_minute=PERIODS[period - 1][0],
            end_minute=PERIODS[period - 1][1],
            use=uses[period - 1],
            care_content=CareContent.READING,
        )
        for day in range(1, 6)
        for period in ((1, 2, 3) if day in LATE_DAYS else (1, 2))
    )


def term() -> Term:
    """Give the autumn of 2026; the service starts in the second week."""
    months = ((9, 7, 30), (10, 1, 31), (11, 1, 30), (12, 1, 31))
    return Term(
        first_date=date(2026, 9, 7),
        last_date=date(2027, 1, 15),
        holidays=(
            date(2026, 9, 25),
            *(date(2026, 10, day) for day in range(1, 8)),
            date(2027, 1, 1),
        ),
        make_up_days=(
            MakeUpDay(date=date(2026, 9, 20), follows=2),
            MakeUpDay(date=date(2026, 10, 10), follows=3),
        ),
        billing_months=(
            *(
                BillingMonth(
                    id=f"{month}月",
                    first_date=date(2026, month, first),
                    last_date=date(2026, month, last),
                )
                for month, first, last in months
            ),
            BillingMonth(id="1月", first_date=date(2027, 1, 1), last_date=date(2027, 1, 15)),
        ),
    )
