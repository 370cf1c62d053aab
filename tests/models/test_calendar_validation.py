"""Dates that contradict the calendar are found, each once, with the remedy, in both languages."""

from datetime import date, timedelta
from typing import Any

import pytest

from models import (
    BillingMonth,
    Calendar,
    Clause,
    Cost,
    MakeUpDay,
    PlannedCost,
    Policy,
    PolicyItem,
    Problem,
    School,
    SchoolError,
    Term,
)
from models.calendar import service_dates
from models.validation import find_nonsense, find_problems
from tests.ledger.making import SCHOOL as EVERY_DAY
from tests.tiny import tiny_school

SCHOOL = tiny_school()
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 30)
"""National Day is 1 to 7 October, worked for on Sunday 20 September and Saturday 10 October."""
TERM = Term(first_date=FIRST, last_date=LAST, calendar=Calendar.STATUTORY)
SUNDAY, SATURDAY = date(2026, 9, 20), date(2026, 10, 10)
NAMED = (MakeUpDay(date=SATURDAY, follows=5), MakeUpDay(date=SUNDAY, follows=3))
MAKE_UP = Policy(clauses=(Clause(item=PolicyItem.MAKE_UP_SERVICE, source="Circular 5"),))


def everything(term: Term | None = None, **parts: Any) -> list[Problem]:
    fields = {name: getattr(SCHOOL, name) for name in School.model_fields}
    return find_problems(School.model_construct(**(fields | {"term": term or TERM} | parts)))


def found(term: Term | None = None, **parts: Any) -> list[Problem]:
    """Give the problems but for those of which any bare term has one."""
    always = {"make-up-not-said", "day-without-slots"}
    return [problem for problem in everything(term, **parts) if problem.code not in always]


def own(**fields: Any) -> Term:
    return TERM.model_copy(update={"calendar": Calendar.OWN, **fields})


def statutory(**fields: Any) -> Term:
    return TERM.model_copy(update=fields)


def stays(**dates: date) -> dict[str, Any]:
    """Change the first student's dates."""
    first, *rest = SCHOOL.students
    return {"students": (first.model_copy(update=dates), *rest)}


def only(problems: list[Problem]) -> Problem:
    """Give the one problem, said in both languages."""
    assert len(problems) == 1, problems
    zh, en = problems[0].text
    assert zh.endswith("。")
    assert en.endswith(".")
    return problems[0]


def place(problem: Problem) -> tuple[str, str, int | None, str | None, str]:
    return problem.code, problem.table, problem.row, problem.field, problem.value


@pytest.mark.parametrize(
    "term", [TERM, own(), statutory(make_up_days=NAMED), statutory(holidays=(SUNDAY, SATURDAY))]
)
def test_sound_terms(term: Term) -> None:
    assert found(term) == []


@pytest.mark.parametrize(
    ("first", "last", "field", "years"),
    [
        (date(2026, 9, 1), date(2027, 1, 15), "last_date", "2027"),
        (date(2003, 9, 1), date(2004, 1, 15), "first_date", "2003"),
        (date(2027, 3, 1), date(2028, 1, 15), "first_date", "2027 to 2028"),
    ],
)
def test_a_year_without_decree_is_one_error(
    first: date, last: date, field: str, years: str
) -> None:
    term = statutory(first_date=first, last_date=last, cancelled_days=(date(2026, 9, 5),))
    problem = only(found(term, policy=MAKE_UP))
    assert place(problem)[:4] == ("unknown-year", "term", None, field)
    assert problem.severity == "error"
    assert f"known for 2004 to 2026 but not for {years}." in problem.text.en
    assert "'Calendar' to 'own list'" in problem.text.en
    assert "没有 20" in problem.text.zh
    assert "“本校列出”" in problem.text.zh


AUTUMN = statutory(last_date=date(2027, 1, 15), make_up_days=NAMED)
NEW_YEAR = date(2027, 1, 1)


def test_of_an_autumn_term_the_days_of_the_new_year_are_asked_for_by_date() -> None:
    problem = only(found(AUTUMN))
    assert place(problem)[:4] == ("unknown-year", "term", None, "last_date")
    assert "For 2027-01-01 to 2027-01-15" in problem.text.en
    assert "(New Year's Day 2027-01-01)" in problem.text.en
    assert "2027-01-01 至 2027-01-15" in problem.text.zh
    assert "元旦 2027-01-01" in problem.text.zh
    assert "春节" not in problem.text.zh
    longer = only(found(AUTUMN.model_copy(update={"last_date": date(2027, 1, 25)})))
    assert "春节，以通知为准" in longer.text.zh
    # A row on another day does not stand for the day that is a holiday by law.
    other = AUTUMN.model_copy(update={"holidays": (date(2027, 1, 4),)})
    assert "(New Year's Day 2027-01-01)" in only(found(other)).text.en


def test_an_autumn_term_goes_on_with_the_schools_own_rows() -> None:
    term = AUTUMN.model_copy(update={"holidays": (NEW_YEAR,)})
    problem = only(found(term))
    assert (problem.code, problem.severity) == ("taken-as-said", "warning")
    for said in problem.text:
        assert "2027-01-15" in said
        assert "2027-01-01 " in said.replace("（", " ")
    dates = service_dates(tiny_school(term=term).term)
    assert date(2026, 10, 1) not in dates  # by decree
    assert NEW_YEAR not in dates  # by the school's row
    assert {SUNDAY, SATURDAY, date(2026, 12, 31), date(2027, 1, 4)} <= dates.keys()


def test_make_up_days_of_which_nothing_is_said_are_named() -> None:
    def unsaid(term: Term) -> list[Problem]:
        return [p for p in everything(term) if p.code == "make-up-not-said"]

    problem = only(unsaid(TERM))
    assert problem.severity == "warning"
    for said in problem.text:
        assert said.index("2026-09-20") < said.index("2026-10-10")
    # Neither where the weekday is named nor where it is said that there is no service.
    assert unsaid(statutory(make_up_days=NAMED)) == []
    assert unsaid(statutory(make_up_days=NAMED[:1], holidays=(SUNDAY,))) == []


def test_service_weekdays_without_slots_are_named() -> None:
    days = [p for p in everything(own()) if p.code == "day-without-slots"]
    there = {slot.weekday for slot in SCHOOL.slots}
    problem = only(days)
    assert problem.severity == "warning"
    for day, word in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri"), start=1):
        assert (word in problem.text.en) == (day not in there)
    assert not [
        p
        for p in everything(own(service_weekdays=tuple(sorted(there))))
        if p.code == "day-without-slots"
    ]


def test_a_school_is_not_made_of_an_unknown_year() -> None:
    with pytest.raises(SchoolError, match="but not for 2027"):
        tiny_school(term=statutory(last_date=date(2027, 1, 15)))
    assert tiny_school(term=own(last_date=date(2027, 1, 15))).term.calendar is Calendar.OWN


def test_make_up_days_that_the_policy_asks_for_must_be_named() -> None:
    problem = only(found(policy=MAKE_UP))
    assert place(problem)[:4] == ("make-up-unnamed", "term", None, None)
    for said in problem.text:
        assert "Circular 5" in said
        assert said.index("2026-09-20") < said.index("2026-10-10")
    assert "(Sun)" in problem.text.en
    assert "（周日）" in problem.text.zh
    one = only(found(statutory(make_up_days=NAMED[:1]), policy=MAKE_UP))
    assert "2026-10-10" not in one.text.en
    assert found(statutory(make_up_days=NAMED), policy=MAKE_UP) == []
    assert found(own(), policy=MAKE_UP) == []
    # A term without make-up days within it needs no row.
    assert found(statutory(last_date=date(2026, 9, 18)), policy=MAKE_UP) == []


def test_unnamed_days_are_not_concluded_from_an_unread_policy() -> None:
    fields = {name: getattr(SCHOOL, name) for name in School.model_fields}
    term = statutory(service_weekdays=(1, 2))
    school = School.model_construct(**(fields | {"term": term, "policy": MAKE_UP}))
    assert find_nonsense(school, {"policy": frozenset()}) == []


def test_a_make_up_day_on_a_holiday_by_decree_is_doubtful() -> None:
    term = statutory(make_up_days=(MakeUpDay(date=date(2026, 10, 2), follows=1),))
    problem = only(found(term))
    value = "2026-10-02"
    assert place(problem) == ("make-up-holiday", "term", None, "make_up_days", value)
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    ("term", "day"),
    [
        (own(), date(2026, 9, 5)),
        (own(), date(2026, 8, 31)),
        (own(holidays=(date(2026, 9, 7),)), date(2026, 9, 7)),
        (statutory(), date(2026, 10, 1)),
        (statutory(service_weekdays=(1, 2, 3, 4, 5, 6)), SATURDAY),
    ],
)
def test_calling_off_what_would_not_be(term: Term, day: date) -> None:
    problem = only(found(term.model_copy(update={"cancelled_days": (day,)})))
    assert place(problem) == ("cancels-nothing", "term", None, "cancelled_days", str(day))
    assert f"{day} is called off but there would be no service on it" in problem.text.en


def test_calling_off_what_would_be() -> None:
    assert found(own(cancelled_days=(FIRST, LAST))) == []
    assert found(statutory(make_up_days=NAMED, cancelled_days=(SUNDAY,))) == []
    twice = only(found(own(cancelled_days=(FIRST, LAST, FIRST))))
    assert place(twice) == ("day-twice", "term", None, "cancelled_days", str(FIRST))


def months(*spans: tuple[str, date, date]) -> Term:
    made = (BillingMonth(id=name, first_date=a, last_date=b) for name, a, b in spans)
    return own(billing_months=tuple(made))


def test_billing_months_that_hold_the_term() -> None:
    middle = date(2026, 9, 26)  # A Saturday, which need not be billed.
    later = middle + timedelta(days=2)
    assert found(months(("b", later, LAST), ("a", FIRST, middle - timedelta(days=1)))) == []


@pytest.mark.parametrize(
    ("spans", "at", "said"),
    [
        (
            (("a", FIRST, date(2026, 9, 30)), ("b", date(2026, 9, 30), LAST)),
            "b",
            "'b' overlaps 'a' on 2026-09-30:",
        ),
        (
            (("b", date(2026, 9, 20), LAST), ("a", FIRST, date(2026, 9, 30))),
            "b",
            "'b' overlaps 'a' on 2026-09-20 to 2026-09-30:",
        ),
        (
            # Not a neighbour in the order of their first days.
            (
                ("a", FIRST, LAST),
                ("b", date(2026, 8, 1), date(2026, 8, 2)),
                ("c", date(2026, 10, 1), date(2026, 10, 2)),
            ),
            "c",
            "'c' overlaps 'a' on 2026-10-01 to 2026-10-02:",
        ),
    ],
)
def test_billing_months_that_overlap(
    spans: tuple[tuple[str, date, date], ...], at: str, said: str
) -> None:
    problem = only(found(months(*spans)))
    assert place(problem) == ("months-overlap", "term", None, "billing_months", at)
    assert said in problem.text.en


def test_a_long_month_that_holds_two_others_overlaps_both() -> None:
    spans = [("a", FIRST, LAST)]
    spans += [(f"x{n}", date(2026, 9, n), date(2026, 9, n + 1)) for n in (7, 14)]
    assert [p.value for p in found(months(*spans))] == ["x7", "x14"]


def test_billing_months_of_one_name() -> None:
    spans = (("a", FIRST, date(2026, 9, 30)), ("a", date(2026, 10, 1), LAST))
    assert place(only(found(months(*spans))))[:4] == (
        "duplicate-id", "term", None, "billing_months",
    )  # fmt: skip


def test_dates_of_service_in_no_billing_month_are_all_named() -> None:
    slots = EVERY_DAY.slots
    problem = only(found(months(("a", date(2026, 9, 2), date(2026, 10, 28))), slots=slots))
    assert place(problem) == ("unbilled", "term", None, None, str(FIRST))
    assert "2026-09-01 (Tue), 2026-10-29 (Thu), 2026-10-30 (Fri);" in problem.text.en
    assert "2026-09-01（周二）、2026-10-29（周四）、2026-10-30（周五）；" in problem.text.zh
    many = only(found(months(("a", FIRST, FIRST)), slots=slots))
    assert "(43 days)" in many.text.en
    assert "等 43 天" in many.text.zh
    # A day whose timetable has no slot is no day of service: here Mondays and Tuesdays alone are.
    assert found(months(("a", FIRST, date(2026, 10, 28)))) == []


def test_a_cost_that_no_billing_month_holds() -> None:
    costs = tuple(
        PlannedCost(id=f"k{day}", kind=Cost.CONSUMABLES, amount_fen=1, day=date(2026, 8, day))
        for day in (30, 31)
    )
    term = months(("autumn", date(2026, 8, 31), LAST))
    problem = only(found(term, costs=costs))
    assert place(problem) == ("unbilled", "costs", 0, "day", "2026-08-30")
    assert "autumn" in problem.text.en
    assert found(own(), costs=costs) == []


@pytest.mark.parametrize(
    ("dates", "code", "field", "said"),
    [
        ({"joins": date(2026, 8, 31)}, "outside-term", "joins", "2026-09-01 to 2026-10-30"),
        ({"leaves": date(2026, 10, 31)}, "outside-term", "leaves", "2026-09-01 to 2026-10-30"),
        ({"joins": date(2026, 11, 2)}, "outside-term", "joins", "2026-11-02"),
        (
            {"joins": date(2026, 9, 10), "leaves": date(2026, 9, 9)},
            "leaves-first",
            "leaves",
            "2026-09-09, before joining on 2026-09-10",
        ),
        (
            {"joins": date(2026, 10, 1), "leaves": date(2026, 10, 7)},
            "never-there",
            "leaves",
            "2026-10-01 to 2026-10-07",
        ),
    ],
)
def test_joining_and_leaving(dates: dict[str, date], code: str, field: str, said: str) -> None:
    problem = only(found(**stays(**dates)))
    assert place(problem) == (code, "students", 0, field, str(dates[field]))
    assert said in problem.text.en


def test_joining_when_all_is_over() -> None:
    term = own(cancelled_days=(LAST,))
    problem = only(found(term, **stays(joins=LAST)))
    assert place(problem) == ("never-there", "students", 0, "joins", str(LAST))
    assert place(only(found(own(), **stays(joins=LAST))))[0] == "never-there", "no slot that day"
    assert found(own(), slots=EVERY_DAY.slots, **stays(joins=LAST)) == []


def test_both_dates_outside_are_both_told() -> None:
    dates = {"joins": date(2026, 8, 1), "leaves": date(2026, 12, 1)}
    assert [p.field for p in found(**stays(**dates))] == ["joins", "leaves"]


def test_a_term_that_runs_backwards_is_told_once() -> None:
    dates = {"joins": date(2026, 9, 10)}
    assert place(only(found(own(last_date=date(2026, 8, 1)), **stays(**dates))))[0] == (
        "term-backwards"
    )


def test_a_term_to_the_end_of_the_calendar_does_not_break_the_arithmetic() -> None:
    found(Term(first_date=date(9999, 12, 1), last_date=date.max))
