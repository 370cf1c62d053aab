"""One example of ordinary size for all tests of the reports."""

import pytest

from models import Plan, School
from tests.report.example import Shape, make_plan, make_school

SHAPE = Shape(periods=2)


@pytest.fixture(scope="session")
def school() -> School:
    return make_school(SHAPE)


@pytest.fixture(scope="session")
def plan(school: School) -> Plan:
    return make_plan(school, SHAPE)
