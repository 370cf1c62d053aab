"""Whatever is at fault in finishing, a plan that passes goes out, and the fault is told."""

import logging
from typing import Any

import pytest

from instances import generate
from models import Plan, School, plan_worth
from optimizer.checks import verify
from optimizer.engine import Limits
from optimizer.engine.finish import checked, finish
from optimizer.engine.finish.checked import checked_plan
from optimizer.engine.finish.draft import DraftPlan, Found
from optimizer.engine.finish.finish import finish_plan
from optimizer.engine.session import Session
from optimizer.errors import CheckError
from optimizer.files import read_plan, write_plan
from tests.checks.saying import names
from tests.engine.schools import whatever_found
from tests.rules.solving import ONE_RUN
from tests.tiny import tiny_plan, tiny_school

SCHOOL = tiny_school()
LIMITS = Limits(seconds=5, workers=1)


def after_a_search(school: School = SCHOOL) -> Session:
    """Give a session that has found the plan made by hand."""
    session, plan = Session(school, LIMITS), tiny_plan(school)
    session.engine = "test"
    session.keep((plan.sections, plan.care_groups), plan_worth(school, plan))
    return session


def breaks_down(*_: Any, **__: Any) -> Any:
    raise KeyError("a group that should be there is not")


def lets_somebody_go(draft: DraftPlan) -> tuple[str, ...]:
    """Let a student leave base care for nowhere: the check refuses that."""
    group = min(draft.in_care)
    draft.in_care[group].pop()
    return ()


def told(plan: Plan) -> None:
    assert verify(SCHOOL, plan) == ()
    assert plan.provenance.set_aside is not None
    names(plan.provenance.set_aside, str(plan.value), zh="请报告", en="please report")


def test_a_plan_that_passes_is_given_as_it_is() -> None:
    plan = checked_plan(after_a_search())
    assert plan.provenance.set_aside is None
    assert plan.value >= 422


STEPS = ("with_own_staff", "_seated", "move_unmet", "with_even_turns")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_breaks_down_is_left_out(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finish, step, breaks_down)
    plan = checked_plan(after_a_search())
    told(plan)
    assert plan.value == (422 if step == "_seated" else 462)


def test_on_the_way_seats_are_exchanged_for_points_however_late_it_is() -> None:
    """Without these exchanges, looking for those by the draw takes many times as long."""
    session = after_a_search()
    assert session.found is not None
    assert session.plan(session.found).value == 462
    settled = finish.with_seats_settled(SCHOOL, *session.found, late=lambda: True)
    assert finish_plan(SCHOOL, *settled, ONE_RUN, improving=False).value == 462
    assert finish_plan(SCHOOL, *session.found, ONE_RUN, improving=False).value == 422


def test_a_step_that_spoils_the_plan_is_left_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(finish, "move_unmet", lets_somebody_go)
    with caplog.at_level(logging.ERROR, "zouban.engine"):
        plan = checked_plan(after_a_search())
    told(plan)
    assert plan.value == 462
    assert "the finished plan is refused by the check: attendance" in caplog.text


def test_where_rooms_are_at_fault_they_stay_as_the_search_left_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Session, "arrange", breaks_down)
    told(checked_plan(after_a_search()))


def spoilt(found: Found) -> Found:
    """Give what a search that is at fault itself might find: a section without its leader."""
    sections, groups = found
    return (sections[0].model_copy(update={"staff": ()}), *sections[1:]), groups


def test_the_last_plan_that_passed_goes_out_where_the_search_is_at_fault() -> None:
    session = after_a_search()
    session.give_out()
    assert session.passed is not None
    assert session.found is not None
    session.found = spoilt(session.found)
    plan = checked_plan(session)
    told(plan)
    assert plan.value == session.passed.value


def test_what_was_found_before_goes_out_where_nothing_has_passed_yet() -> None:
    session = after_a_search()
    assert session.found is not None
    assert session.worth is not None
    more = plan_worth(SCHOOL, tiny_plan(SCHOOL)) + session.worth
    session.keep(spoilt(session.found), more)
    plan = checked_plan(session)
    told(plan)
    assert plan.value >= 422


def test_base_care_goes_out_where_nothing_else_passes() -> None:
    session = after_a_search()
    assert session.found is not None
    session.found = spoilt(session.found)
    plan = checked_plan(session)
    told(plan)
    assert not any(section.students for section in plan.sections)


def test_a_check_that_refuses_everything_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = verify(SCHOOL, tiny_plan(SCHOOL).model_copy(update={"value": 1}))
    monkeypatch.setattr(checked, "verify", lambda _school, _plan: broken)
    with pytest.raises(CheckError):
        checked_plan(after_a_search())


@pytest.fixture(scope="module")
def sixty() -> School:
    return generate("clubhour", 60, 6, 0).school


@pytest.mark.parametrize("engine", ["whole", "large"])
def test_both_strategies_give_a_plan_though_finishing_is_at_fault(
    engine: str, sixty: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finish, "move_unmet", breaks_down)
    plan = whatever_found(sixty, Limits(seconds=2, workers=1, engine=engine))
    assert verify(sixty, plan) == ()
    assert plan.provenance.set_aside is not None


def test_the_message_of_a_fault_is_told_nowhere(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It could quote a student's name."""

    def breaks(*_: object) -> None:
        raise KeyError("Zhao Xiaoming")

    monkeypatch.setattr("optimizer.engine.monolithic._Monolithic.clubs", breaks)
    plan = whatever_found(SCHOOL, LIMITS)
    assert plan.provenance.set_aside is not None
    assert "KeyError" in caplog.text
    assert "Zhao" not in caplog.text + plan.provenance.set_aside.en + plan.provenance.set_aside.zh


def test_a_search_that_breaks_down_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.engine.monolithic._Monolithic.clubs", breaks_down)
    plan = whatever_found(SCHOOL, LIMITS)
    assert verify(SCHOOL, plan) == ()
    assert plan.provenance.set_aside is not None
    names(plan.provenance.set_aside, "KeyError", zh="程序异常", en="broke down")


def test_what_was_set_aside_is_written_in_the_plan(tmp_path: Any) -> None:
    session = after_a_search()
    session.found = spoilt(session.found) if session.found else None
    plan = checked_plan(session)
    write_plan(plan, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json").provenance == plan.provenance
