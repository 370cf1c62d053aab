"""Which edits of the data touch what a plan rests on, and which only books and prints."""

from collections.abc import Callable
from datetime import date

import pytest

from models import Clause, Cost, PlannedCost, Policy, PolicyItem, School, Stage
from tests.builders import (
    revised,
    tiny_school,
    with_budget,
    with_class,
    with_course,
    with_new,
    with_room,
    with_settings,
    with_student,
    with_teacher,
    with_wishes,
)

SCHOOL = tiny_school()
STUDENT, OTHER = SCHOOL.students[0].id, SCHOOL.students[1].id
TEACHER, ROOM = SCHOOL.teachers[0].id, SCHOOL.rooms[0].id
COST = PlannedCost(id="k1", kind=Cost.UTILITIES, amount_fen=1, day=SCHOOL.term.first_date)

Edit = Callable[[School], School]
BOOKS_ONLY: dict[str, Edit] = {
    "school name": lambda s: with_settings(s, name="New name"),
    "telephone": lambda s: with_settings(s, notice=revised(s.settings.notice, complaints="2")),
    "student name": lambda s: with_student(s, STUDENT, name="New"),
    "teacher name": lambda s: with_teacher(s, TEACHER, name="New"),
    "room name": lambda s: with_room(s, ROOM, name="New"),
    "class name": lambda s: with_class(s, s.classes[0].id, name="New"),
    "course name": lambda s: with_course(s, s.courses[0].id, name="New"),
    "first day": lambda s: with_student(s, STUDENT, joins=s.term.first_date),
    "leaving date": lambda s: with_student(s, STUDENT, leaves=s.term.last_date),
    "cost": lambda s: with_new(s, "costs", COST),
    "fee": lambda s: with_budget(s, fee_basis="month", fee_fen=100),
    "policy name": lambda s: revised(s, policy=revised(s.policy, name="New")),
}
PLAN_RESTS_ON: dict[str, Edit] = {
    "class of a student": lambda s: with_student(s, STUDENT, home_class=s.classes[-1].id),
    "clubs wanted": lambda s: with_student(s, STUDENT, max_clubs=5),
    "seats": lambda s: with_room(s, ROOM, seats=7),
    "pay": lambda s: with_teacher(s, TEACHER, pay_fen=9_999),
    "budget": lambda s: with_budget(s, sum_fen=10**7),
    "lottery seed": lambda s: with_settings(s, lottery_seed=99),
    "wish": lambda s: with_wishes(s, STUDENT),
    "holiday": lambda s: revised(s, term=revised(s.term, holidays=(date(2026, 9, 29),))),
}


@pytest.mark.parametrize("edit", BOOKS_ONLY.values(), ids=BOOKS_ONLY)
def test_what_only_books_and_prints_use(edit: Edit) -> None:
    before, after = SCHOOL.digests, edit(SCHOOL).digests
    assert before.plan == after.plan
    assert before.books != after.books
    assert before.whole != after.whole


@pytest.mark.parametrize("edit", PLAN_RESTS_ON.values(), ids=PLAN_RESTS_ON)
def test_what_a_plan_rests_on(edit: Edit) -> None:
    before, after = SCHOOL.digests, edit(SCHOOL).digests
    assert before.plan != after.plan
    assert before.whole != after.whole


@pytest.mark.parametrize("name", ["fee", "leaving date", "cost"])
def test_where_pay_is_limited_by_income_a_plan_rests_on_the_money(name: str) -> None:
    budget = revised(SCHOOL.settings.budget, from_income=True)
    earned = with_settings(SCHOOL, budget=budget)
    edited = BOOKS_ONLY[name](earned)
    edited = with_settings(edited, budget=revised(edited.settings.budget, from_income=True))
    assert edited.digests.plan != earned.digests.plan


def test_rows_in_another_order_are_the_same_school_to_a_plan() -> None:
    turned = revised(SCHOOL, students=SCHOOL.students[::-1], wishes=SCHOOL.wishes[::-1])
    assert turned.digests.plan == SCHOOL.digests.plan
    assert turned.digests.books == SCHOOL.digests.books
    assert turned.digests.whole != SCHOOL.digests.whole


def test_two_names_exchanged_are_seen() -> None:
    one, two = SCHOOL.students[0].name, SCHOOL.students[1].name
    swapped = with_student(with_student(SCHOOL, STUDENT, name=two), OTHER, name=one)
    assert swapped.digests.books != SCHOOL.digests.books


def test_rows_of_tables_inside_others_in_another_order() -> None:
    stages = (Stage(id="a", name="", grades=(3, 4)), Stage(id="b", name="", grades=(5,)))
    clauses = tuple(
        Clause(item=PolicyItem.BARRED_CONTENT, subject=word, source="x") for word in ("one", "two")
    )
    holidays = (date(2026, 3, 2), date(2026, 3, 3))

    def school(step: int) -> School:
        made = with_settings(SCHOOL, stages=stages[::step])
        term = revised(made.term, holidays=holidays[::step])
        return revised(made, term=term, policy=Policy(clauses=clauses[::step]))

    assert school(1).digests.plan == school(-1).digests.plan
