"""Where homework is to be done at school each working day has time for it."""

from itertools import product

import pytest

from models import CareContent, PolicyItem, School, Slot, SlotUse
from optimizer.checks._week import check_slots
from optimizer.rules._week import week_fits
from tests.builders import SOURCE, revised, tiny_plan, tiny_school, with_clause, with_slot
from tests.checks.saying import broken, names, only

SCHOOL = tiny_school()
ITEMS = [(PolicyItem.HOMEWORK_DONE, None), (PolicyItem.HOMEWORK_DONE_PERCENT, 80)]
READING = {"care_content": CareContent.READING}


def reading(*slots: str, **fields: object) -> School:
    school = SCHOOL
    for slot in slots:
        school = with_slot(school, slot, **(READING | fields))
    return school


@pytest.mark.parametrize(("item", "value"), ITEMS)
def test_a_day_without_homework(item: PolicyItem, value: int | None) -> None:
    school = with_clause(reading("mon1", "mon2"), item, value, grades=(4, 5))
    text = only(school, tiny_plan(school), "hours")
    names(text, SOURCE, zh="4、5 年级的书面作业应在校完成，周一", en="grades 4, 5 do their written")
    names(text, zh="内容为“作业”", en="homework as its content")


@pytest.mark.parametrize(("item", "value"), ITEMS)
def test_one_homework_period_a_day_will_do(item: PolicyItem, value: int | None) -> None:
    for school in (SCHOOL, reading("mon1", "tue2")):
        assert broken(with_clause(school, item, value), tiny_plan(school)) == []
    other_grade = with_clause(reading("mon1", "mon2"), item, value, grades=(6,))
    assert broken(other_grade, tiny_plan(SCHOOL)) == []


def test_both_sides_say_the_same_of_every_sort_of_slot() -> None:
    """Of each sort two slots, on a working day or not, for the grade or not."""
    sorts = [
        {"use": use, "care_content": content, "evening_study": evening, "grades": grades}
        for use, content in product(SlotUse, CareContent)
        for evening, grades in ((False, ()), (True, ()), (False, (4, 5)))
    ]
    base = with_clause(
        tiny_school(students=(), wishes=(), courses=()), PolicyItem.HOMEWORK_DONE, grades=(3,)
    )
    base = revised(base, term=revised(base.term, service_weekdays=(1, 2, 6)))
    found = set()
    for one, two in product(sorts, sorts):
        for day in (1, 6):
            slots = tuple(
                Slot.model_validate(
                    {"id": f"s{n}", "weekday": day, "start_minute": 960 + 50 * n}
                    | fields
                    | {"end_minute": 1000 + 50 * n}
                )
                for n, fields in enumerate((one, two))
            )
            school = revised(base, slots=slots)
            wrong = [*check_slots(school)]
            assert week_fits(school) == (not wrong), slots
            found.add(bool(wrong))
    assert found == {True, False}
