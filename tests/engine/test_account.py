"""The one account of work: everything that takes time pays into it, and it says when to stop."""

import pytest

from instances import generate
from models import School
from optimizer.engine import Limits
from optimizer.engine.account import MOST_STEPS, Account
from optimizer.engine.allowance import Allowance
from optimizer.engine.decomposition.arrays import make_arrays
from optimizer.engine.decomposition.timetable import Annealer, Market, no_prices
from optimizer.engine.finish.arrange import Work
from optimizer.engine.limits import Clock
from optimizer.engine.lp.highs import BARRIER, SIMPLEX, LpProcess
from optimizer.engine.params import DEFAULTS
from optimizer.engine.session import Session
from optimizer.engine.solver import Crew, Effort
from optimizer.engine.stages import first_with_clubs
from optimizer.rules import build, relax
from tests.builders import tiny_school

RATES, PER_SECOND = DEFAULTS.work, DEFAULTS.session.work_per_second


@pytest.fixture(scope="module")
def school() -> School:
    return generate("mixed", 60, 8, 3).school


def test_steps_of_a_program_are_what_the_work_left_pays_for() -> None:
    account = Account()
    for barrier in (True, False):
        steps = account.steps(1.0, 2000, barrier)
        before = account.spent
        account.pay_program(2000, 0 if barrier else steps, steps if barrier else 0, 0)
        assert account.spent - before == pytest.approx(1.0, rel=0.01)
    assert account.steps(None, 2000, True) == MOST_STEPS
    assert account.steps(0.0, 2000, True) == account.steps(-1.0, 2000, False) == 0


def test_what_a_program_is_costs_as_well_as_what_is_done_with_it() -> None:
    """Of work that pays for little more than its size, hardly a step is left."""
    size = 2000 * RATES.entry
    account = Account()
    account.pay_program(2000, 0, 0, 0)
    assert account.spent == pytest.approx(size)
    account.pay_program(2000, 0, 0, 3)
    assert account.spent == pytest.approx(2 * size + 3 * 2000 * RATES.branch)
    for barrier, rate in ((True, RATES.barrier), (False, RATES.simplex)):
        assert account.steps(size, 2000, barrier) == 0
        assert account.steps(size + 5.5 * rate * 2000, 2000, barrier) == 5


def test_with_one_worker_the_account_says_what_is_left() -> None:
    account = Account()
    own = Allowance(Limits(seconds=100, workers=1), Clock(100), account)
    own.keep(10)
    account.pay(30 * PER_SECOND)
    assert own.elapsed == pytest.approx(30)
    assert own.left == pytest.approx(60)
    assert own.effort(5).deterministic == pytest.approx(5 * PER_SECOND)
    assert own.effort(5).seconds > 80
    account.pay(70 * PER_SECOND)
    assert own.left == 0
    assert not account.cut


def test_several_workers_go_by_the_clock() -> None:
    account = Account()
    clocked = Allowance(Limits(seconds=100, workers=2), Clock(100), account)
    clocked.keep(10)
    account.pay(1e6)
    assert 80 < clocked.left <= 90
    assert clocked.effort(5).deterministic is None


def test_the_clock_stays_the_safety_net_and_that_is_noted() -> None:
    account = Account()
    late = Allowance(Limits(seconds=100, workers=1), Clock(0.0), account)
    assert late.left == 0
    assert account.cut


def test_a_run_that_the_clock_ends_is_noted(school: School) -> None:
    crew, model = Crew(), build(school)
    crew.solve(model.cp, Effort(0.01, 1, deterministic=100.0))
    assert crew.account.cut


def test_linear_programs_pay_by_their_steps(school: School) -> None:
    crew, lp = Crew(), relax(school).lp
    with LpProcess(crew) as process:
        for method, started in ((BARRIER, RATES.process), (SIMPLEX, 0.0)):
            before = crew.account.spent
            assert process.solve(lp, Effort(60.0, 1, 100.0), method) is not None
            paid = crew.account.spent - before - started
            assert paid > len(lp.rows) * RATES.entry
        before = crew.account.spent
        assert process.solve(lp, Effort(60.0, 1, 1e-6)) is None
    assert crew.account.spent == before


def test_annealing_pays_by_whom_it_asks(school: School) -> None:
    guide, account = relax(school), Account()
    arrays = make_arrays(guide)
    annealer = Annealer(Market(guide, arrays, no_prices(guide, arrays)), 1, account=account)
    annealer.run(0, 1.0, 1.0)
    once = account.spent
    assert once == pytest.approx(RATES.ask * len(school.wishes))
    annealer.run(5000, 1.0, 1.0)
    sections = sum(course.max_sections for course in school.courses)
    asked = sum(len(school.wishes_for[c.id]) * c.max_sections for c in school.courses) / sections
    assert account.spent - 2 * once == pytest.approx(5000 * RATES.ask * asked)


def test_a_first_plan_pays_by_wishes(school: School) -> None:
    session = Session(school, Limits(seconds=60, workers=1))
    assert first_with_clubs(session) is not None
    tries = DEFAULTS.construction.most_tries
    assert session.account.spent > tries * RATES.deal * len(school.wishes)


def test_what_follows_has_what_is_left_and_not_all_of_it_again() -> None:
    session = Session(tiny_school(), Limits(seconds=100, workers=1))
    whole = session.effort(1.0).deterministic
    assert whole is not None
    session.crew.account.pay(0.75 * whole)
    assert session.effort(1.0).deterministic == pytest.approx(0.25 * whole)
    session.crew.account.pay(whole)
    assert session.effort(1.0).deterministic == 0


def test_the_last_stage_counts_what_it_does_itself() -> None:
    crew = Crew()
    crew.account.pay(5.0)
    work = Work(crew, 60.0, lambda: 0.0, deterministic=1.0)
    assert (work.spent, work.done) == (0.0, False)
    crew.account.pay(1.0)
    assert (work.spent, work.done) == (1.0, True)


def test_only_what_counts_ended_is_said_to_be_repeatable() -> None:
    session = Session(tiny_school(), Limits(seconds=60, workers=1))
    assert first_with_clubs(session) is not None
    assert session.found is not None
    assert session.plan(session.found).provenance.repeatable
    session.account.cut = True
    assert not session.plan(session.found).provenance.repeatable
    other = Session(tiny_school(), Limits(seconds=60, workers=2))
    assert not other.plan(session.found).provenance.repeatable
