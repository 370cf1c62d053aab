"""solve from end to end: the same plan each time, on time, from a start, told of as it goes."""

import os
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from instances import Generated, generate
from models import Aim, BoundProof, Plan, PlanStatus, School, plan_worth
from optimizer.checks import plan_value, verify
from optimizer.engine import Limits, Progress, solve
from optimizer.engine.session import Session
from optimizer.engine.solve import _taken_up
from optimizer.errors import NoPlanError
from tests.builders import aiming, revised, tiny_plan, tiny_school, with_settings
from tests.engine.schools import counted, whatever_found, without_construction
from tests.rules.solving import optimal

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 10.0


def content(plan: Plan) -> dict[str, Any]:
    """Give all of a plan but how long it took, and what of it: that is the clock's."""
    found = plan.model_dump(mode="json")
    for timed in ("seconds", "stages", "trace"):
        del found["provenance"][timed]
    return found


@cache
def large() -> Generated:
    """Make a school far too large for a few seconds."""
    return generate("clubhour", 300, 24, 0)


@cache
def large_school() -> School:
    """Give it with points alone as its aim: where first clubs come first, points may fall."""
    return aiming(large().school, Aim.MOST_POINTS)


@cache
def quicker() -> School:
    """Make a school that takes long, but soon has some plan with clubs."""
    return generate("clubhour", 200, 16, 0).school


@cache
def run_on_large() -> tuple[Plan, float, list[Progress]]:
    told: list[Progress] = []
    started = monotonic()
    plan = solve(large_school(), Limits(seconds=LIMIT, workers=2), on_progress=told.append)
    return plan, monotonic() - started, told


def test_the_time_limit_is_kept() -> None:
    plan, seconds, _ = run_on_large()
    assert seconds < LIMIT + 2
    assert plan.provenance.seconds <= seconds


def test_what_there_is_at_the_limit_is_a_checked_plan() -> None:
    plan, _, _ = run_on_large()
    assert verify(large_school(), plan) == ()
    assert plan.status is PlanStatus.FEASIBLE
    assert plan.bound is not None
    assert plan.value == plan_value(large_school(), plan) < plan.bound


def test_progress_only_gets_better() -> None:
    plan, _, told = run_on_large()
    stages = list(dict.fromkeys(p.stage for p in told))
    assert stages[0] == "loops"  # compiled before the time begins
    assert "prices" in stages  # the large engine
    values = [p.value for p in told if p.value is not None]
    bounds = [p.bound for p in told if p.bound is not None]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    assert values[-1] <= bounds[-1] == plan.bound
    assert values[-1] <= plan.value


def test_progress_tells_the_time() -> None:
    _, _, told = run_on_large()
    times = [p.seconds for p in told]
    assert times == sorted(times)
    for progress in told:
        assert progress.seconds + progress.time_left == pytest.approx(LIMIT, abs=2)


def test_the_gap_that_progress_tells() -> None:
    assert Progress("clubs", 1.0, 2.0, 80, 100).gap == 0.25
    for value, bound in ((None, 100), (80, None), (0, 100)):
        assert Progress("clubs", 1.0, 2.0, value, bound).gap is None


def test_a_start_is_never_lost() -> None:
    """The witness is better than what could be found in so short a time."""
    made = generate("clubhour", 120, 12, 0)
    witness, school = made.witness, made.school
    plan = solve(school, Limits(seconds=3, workers=2), start=witness)
    assert plan_worth(school, plan) >= plan_worth(school, witness)
    assert verify(school, plan) == ()


def test_a_start_of_the_school_before_a_change_is_not_lost_where_it_keeps_the_rules() -> None:
    """Twice the budget takes nothing from it, though its digest is another; none at all does."""
    made = generate("clubhour", 120, 12, 0)
    witness, school = made.witness, made.school
    assert school.settings.budget.sum_fen

    def with_budget(sum_fen: int) -> Session:
        budget = revised(school.settings.budget, sum_fen=sum_fen)
        session = Session(with_settings(school, budget=budget), Limits())
        _taken_up(session, witness)
        return session

    assert with_budget(2 * school.settings.budget.sum_fen).worth == plan_worth(school, witness)
    assert with_budget(1).worth is None


def test_a_start_that_does_not_fit_is_left_aside() -> None:
    school = tiny_school()
    assert solve(school, Limits(seconds=2), start=large().witness).value == best_of_tiny()
    other = tiny_school(students=school.students[1:], wishes=school.wishes[2:])
    assert verify(other, solve(other, Limits(seconds=2), start=tiny_plan(school))) == ()


@cache
def best_of_tiny() -> int:
    return optimal(tiny_school()).value


def test_a_small_school_is_settled_long_before_the_limit() -> None:
    started = monotonic()
    plan = solve(tiny_school(), Limits(seconds=60, workers=2))
    assert monotonic() - started < 15
    assert (plan.status, plan.value) == (PlanStatus.OPTIMAL, best_of_tiny())
    assert plan.bound_proof in (BoundProof.EXACT_SEARCH, BoundProof.LINEAR_PROGRAM)


def test_where_the_plan_comes_from() -> None:
    plan = solve(tiny_school(), Limits(seconds=7, workers=2, seed=3))
    provenance = plan.provenance
    assert (provenance.seed, provenance.workers, provenance.time_limit_seconds) == (3, 2, 7)
    assert plan.school_digest == tiny_school().digest
    assert plan.lottery_seed == tiny_school().settings.lottery_seed


@cache
def middling() -> School:
    return generate("mixed", 40, 5, 1).school


TWO_SCHOOLS = """
from tests.engine.test_solve import alone, middling
from optimizer.engine import solve
for engine in ("whole", "large"):
    print(solve(middling(), alone(engine)).model_dump_json())
"""


def alone(engine: str) -> Limits:
    """Give limits that the clock has no part in, however slow the machine is."""
    return counted(1.5, engine, seed=5)


def python(script: str, **env: str) -> str:
    """Run a script in a process of its own and give what it prints."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_one_worker_and_a_seed_give_the_same_plan() -> None:
    """Run after run, and in another process with another seed for Python's own hashes."""
    others = python(TWO_SCHOOLS, PYTHONHASHSEED="4711").splitlines()
    for engine, line in zip(("whole", "large"), others, strict=True):
        here, there = solve(middling(), alone(engine)), Plan.model_validate_json(line)
        assert content(here) == content(there)
        assert here.provenance.repeatable
        assert there.provenance.repeatable


def test_another_seed_gives_a_plan_too() -> None:
    plans = [whatever_found(middling(), Limits(seconds=1, workers=1, seed=seed)) for seed in (6, 7)]
    for plan in plans:
        assert verify(middling(), plan) == ()
    assert max(p.value for p in plans) <= min(p.bound or 0 for p in plans)


def test_no_plan_and_no_proof_in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of a second is not enough to look at the model."""
    without_construction(monkeypatch)
    for workers in (1, 2):
        with pytest.raises(NoPlanError) as caught:
            solve(large_school(), Limits(seconds=0.001, workers=workers))
        assert caught.value.exit_code == 4
        assert "--time-limit" in caught.value.say("zh")
        assert "none ruled out" in caught.value.say("en")


def test_solve_works_in_any_thread() -> None:
    found: list[Plan] = []
    thread = threading.Thread(target=lambda: found.append(solve(tiny_school(), Limits(seconds=5))))
    thread.start()
    thread.join()
    assert found[0].value == best_of_tiny()


INTERRUPTED = """
import os, signal, threading
from time import monotonic
from optimizer.checks import verify
from optimizer.engine import Limits, solve
from tests.engine.test_solve import quicker

began = []
def told(progress):
    if progress.value and not began:
        began.append(monotonic())
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()

usual = signal.getsignal(signal.SIGINT)
plan = solve(quicker(), Limits(seconds=60, workers=WORKERS), on_progress=told)
assert began, "never told of a value"
assert signal.getsignal(signal.SIGINT) is usual
assert verify(quicker(), plan) == ()
assert 0 < plan.value <= plan.bound
print(monotonic() - began[0])
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_ends_the_search_and_not_the_plan(workers: int) -> None:
    seconds = float(python(INTERRUPTED.replace("WORKERS", str(workers))))
    assert seconds < 10


STOPPED = """
import os, signal
from optimizer.engine import Limits, solve
from optimizer.errors import NoPlanError
from tests.engine.test_solve import quicker

told_of = []
def told(progress):
    if not told_of:
        os.kill(os.getpid(), signal.SIGINT)
    told_of.append(progress)

try:
    solve(
        quicker(),
        Limits(seconds=60),
        on_progress=told,
    )
except NoPlanError as error:
    print(error.say("en"))
"""


def test_an_interrupt_before_there_is_a_plan() -> None:
    assert python(STOPPED).startswith("stopped as asked, before a first plan")


TWICE = """
import os, signal
from optimizer.engine import Limits, solve
from tests.engine.test_solve import quicker

def told(_):
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGINT)

try:
    solve(quicker(), Limits(seconds=60), on_progress=told)
except KeyboardInterrupt:
    print("at once")
os._exit(0)  # without waiting for the solver's threads
"""


def test_a_second_interrupt_is_obeyed_at_once() -> None:
    assert python(TWICE.replace('print("at once")', 'print("at once", flush=True)')) == "at once\n"
