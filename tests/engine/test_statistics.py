"""What a search did is counted, kept in the plan and told to the log."""

import logging
import re
from pathlib import Path
from threading import Thread

import pytest

from instances import generate
from optimizer.cli.progress import STAGES
from optimizer.engine import Limits, session, solve
from optimizer.engine.limits import Clock
from optimizer.engine.secondary.targets import SECONDARY
from optimizer.engine.statistics import MOST_POINTS, Statistics


@pytest.fixture
def statistics() -> Statistics:
    return Statistics(Clock(60.0))


def test_a_stage_has_its_calls_and_improvements(statistics: Statistics) -> None:
    with statistics.timed("outer"):
        for _ in range(3):
            with statistics.timed("inner"):
                statistics.improved("elsewhere")
        statistics.improved("elsewhere")
    statistics.improved("elsewhere")
    found = {use.stage: (use.calls, use.improvements) for use in statistics.stages}
    assert found == {"inner": (3, 3), "outer": (1, 1), "elsewhere": (0, 1)}
    seconds = {use.stage: use.seconds for use in statistics.stages}
    assert 0 <= seconds["inner"] <= seconds["outer"]


def test_threads_do_not_take_each_others_improvements(statistics: Statistics) -> None:
    with statistics.timed("here"):
        thread = Thread(target=lambda: statistics.improved("another thread's"))
        thread.start()
        thread.join()
    assert {u.stage: u.improvements for u in statistics.stages} == {
        "another thread's": 1,
        "here": 0,
    }


def test_a_stage_that_fails_is_counted_and_left(statistics: Statistics) -> None:
    with pytest.raises(KeyError), statistics.timed("broken"):
        raise KeyError
    statistics.improved("after")
    assert [(u.stage, u.calls, u.improvements) for u in statistics.stages] == [
        ("broken", 1, 0),
        ("after", 0, 1),
    ]


def test_the_trace_notes_what_changed(statistics: Statistics) -> None:
    for value, bound in ((None, 100), (None, 100), (40, 100), (40, 90), (40, 90)):
        statistics.reached(value, bound)
    assert [(p.value, p.bound) for p in statistics.trace] == [(None, 100), (40, 100), (40, 90)]


def test_a_long_trace_keeps_its_ends(statistics: Statistics) -> None:
    for value in range(5 * MOST_POINTS):
        statistics.reached(value, None)
    values = [point.value or 0 for point in statistics.trace]
    assert len(values) <= MOST_POINTS
    assert values == sorted(values)
    assert (values[0], values[-1]) == (0, 5 * MOST_POINTS - 1)


@pytest.mark.parametrize("engine", ["whole", "large"])
def test_a_plan_says_how_it_was_found(engine: str, caplog: pytest.LogCaptureFixture) -> None:
    school = generate("clubhour", 60, 5, 0).school
    with caplog.at_level(logging.INFO, "zouban"):
        plan = solve(school, Limits(seconds=4, workers=1, engine=engine))
    made = plan.provenance
    assert made.trace[-1].value == plan.value
    assert made.trace[-1].bound == plan.bound
    values = [point.value for point in made.trace if point.value is not None]
    assert values == sorted(values)
    assert [p.seconds for p in made.trace] == sorted(p.seconds for p in made.trace)
    assert sum(use.improvements for use in made.stages) > 0
    assert "finish" in {use.stage for use in made.stages}
    said = [r.message for r in caplog.records if r.name == "zouban.engine"]
    assert school.digest in said[0]
    assert f"value {plan.value}" in said[-1]


def test_every_stage_has_its_name_in_both_languages() -> None:
    """Those that are timed or told of, and the aims after satisfaction."""
    folder = Path(session.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    named = {*re.findall(r"""(?:timed\(|tell\(|\.stage = )"(\w+)\"""", code)}
    named |= {stage for stage, _ in SECONDARY}
    assert len(named) >= 15
    assert named <= STAGES.keys()
    for text in STAGES.values():
        assert text.zh != text.en
