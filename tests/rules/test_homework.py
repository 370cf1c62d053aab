"""Where homework is to be done at school, no plan helps a day without time for it."""

import pytest

from models import CareContent, PolicyItem
from tests.builders import with_clause, with_slot
from tests.rules.small import in_care_only
from tests.rules.solving import conflict, optimal


@pytest.mark.parametrize(
    ("item", "value"),
    [(PolicyItem.HOMEWORK_DONE, None), (PolicyItem.HOMEWORK_DONE_PERCENT, 80)],
)
def test_each_working_day_has_a_homework_period(item: PolicyItem, value: int | None) -> None:
    school = in_care_only()
    assert optimal(with_clause(school, item, value)).care_groups
    reading = with_slot(school, "tue1", care_content=CareContent.READING)
    assert conflict(with_clause(reading, item, value)) == {"hours"}
    assert optimal(with_clause(reading, item, value, grades=(4,))).care_groups
    one_of_two = with_slot(school, "mon1", care_content=CareContent.READING)
    assert optimal(with_clause(one_of_two, item, value)).care_groups
