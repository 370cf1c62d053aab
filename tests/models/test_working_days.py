"""Working days that are called off where the policy wants a week's five served are told."""

from datetime import date

import pytest

from models import Clause, Policy, PolicyItem, School
from models.validation import find_problems
from tests.builders import SOURCE, revised, tiny_school

MONDAY, SATURDAY = date(2026, 3, 9), date(2026, 3, 14)


@pytest.mark.parametrize(
    ("value", "day", "told"), [(5, MONDAY, True), (4, MONDAY, False), (5, SATURDAY, False)]
)
def test_a_working_day_that_is_called_off(value: int, day: date, told: bool) -> None:
    term = revised(
        tiny_school().term,
        first_date=date(2026, 3, 2),
        last_date=date(2026, 3, 29),
        service_weekdays=(1, 2, 3, 4, 5, 6),
        cancelled_days=(day,),
    )
    fields = {name: getattr(tiny_school(), name) for name in School.model_fields}
    policy = Policy(clauses=(Clause(item=PolicyItem.MIN_WEEKDAYS, value=value, source=SOURCE),))
    problems = find_problems(School.model_construct(**fields | {"term": term, "policy": policy}))
    found = [problem for problem in problems if problem.code == "working-day-off"]
    assert bool(found) is told
    for problem in found:
        assert problem.severity == "warning"
        assert "2026-03-09" in problem.text.zh
        assert "停课" in problem.text.zh
        assert SOURCE in problem.text.en
        assert "called off: 2026-03-09 (Mon)" in problem.text.en
