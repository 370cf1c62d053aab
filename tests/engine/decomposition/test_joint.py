"""Whole groups chosen together with the seats, and prices of several kinds."""

from collections.abc import Iterator
from random import Random
from types import SimpleNamespace

import pytest

from instances import generate
from models import Aim, School, Worth
from optimizer.engine import Limits
from optimizer.engine.decomposition import duals
from optimizer.engine.decomposition.duals import Programs
from optimizer.engine.decomposition.rooms import place
from optimizer.engine.decomposition.rounding import Rounding, Spare
from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.decomposition.timetable import Annealer
from optimizer.engine.decomposition.worker import Worker
from optimizer.engine.lp.highs import WHOLE, LpProcess, LpSolution, solve_here
from optimizer.engine.params import DEFAULTS, RoundingParams
from optimizer.engine.session import Session
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import Held, Key, reserve_of
from optimizer.rules.relaxation import Lp
from tests.builders import aiming, with_budget

EFFORT = Effort(20.0, seed=1, deterministic=5.0)
SPARE = 0.11


class Here(LpProcess):
    """Solves in this process: another takes longer to start than programs of prices do."""

    def solve(self, lp: Lp, effort: Effort, *_: object) -> LpSolution | None:
        return solve_here(lp, effort.seconds)


@pytest.fixture(autouse=True, scope="module")
def _no_child() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duals, "LpProcess", Here)
        yield


@pytest.fixture(scope="module")
def school() -> School:
    made = generate("nine-year", students=60, courses=8, seed=1).school
    return aiming(made, Aim.MOST_POINTS)


def programs_of(school: School) -> Programs:
    session = Session(school, Limits(seconds=30, workers=1))
    programs = Programs(session)
    programs.arrange()
    programs.price(Effort(20.0, 1))
    return programs


@pytest.fixture(scope="module")
def held(school: School) -> dict[Key, Held]:
    annealer = Annealer(programs_of(school).markets()[0], 1, DEFAULTS.annealing)
    annealer.cycle()
    found = place(school, annealer.sections(), {}, Crew(), EFFORT)
    assert found
    return found


def seated(school: School, held: dict[Key, Held], joint_seats: int) -> tuple[Worth, list[str]]:
    """Seat everyone; give what the plan is worth, and the methods of the programs on the way."""
    asked: list[str] = []

    class Process(LpProcess):
        def solve(self, *given: object, **named: object) -> LpSolution | None:
            asked.append(str(given[2]))
            return super().solve(*given, **named)  # type: ignore[arg-type]

    params = RoundingParams(joint_seats=joint_seats)
    with Process(Crew()) as process:
        spare = Spare(reserve_of(school, SPARE))
        rounding = Rounding(
            school, held, process, lambda _: EFFORT, Random(1), spare, params=params
        )
        found = rounding.seat(Worth())
    assert found is not None
    return found.worth, asked


def test_groups_chosen_with_the_seats_leave_more_for_clubs(
    school: School, held: dict[Key, Held]
) -> None:
    """Nothing is to spare then; what the one program chooses is a plan at once."""
    jointly, asked = seated(school, held, 10**6)
    apart, others = seated(school, held, 0)
    assert jointly > apart
    assert asked[1] == WHOLE
    assert len(asked) == 2
    assert len(others) > 2


def test_what_cannot_be_better_is_given_up(school: School, held: dict[Key, Held]) -> None:
    best, _ = seated(school, held, 10**6)
    with LpProcess(Crew()) as process:
        rounding = Rounding(school, held, process, lambda _: EFFORT, Random(1), Spare(0))
        assert rounding.seat(Worth(points=2 * best.points)) is None


def test_few_students_have_prices_with_fewer_places_to_spare(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[float] = []
    relaxed = Programs._relaxed

    def counted(self: Programs, reserve: float) -> object:
        shares.append(reserve / self.reserve)
        return relaxed(self, reserve)

    monkeypatch.setattr(Programs, "_relaxed", counted)
    assert len(programs_of(school).markets()) > len(DEFAULTS.duals.fewer)
    assert shares[: 1 + len(DEFAULTS.duals.fewer)] == [1.0, *DEFAULTS.duals.fewer]
    duals_params = DEFAULTS.duals.model_copy(update={"fewer_students": 0})
    params = DEFAULTS.model_copy(update={"duals": duals_params})
    shares.clear()
    programs = Programs(Session(school, Limits(seconds=30, workers=1, params=params)))
    programs.arrange()
    programs.price(Effort(20.0, 1))
    assert DEFAULTS.duals.fewer[0] not in shares


def test_where_places_to_spare_are_too_dear_the_prices_without_any_come_first(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    tight = with_budget(school, sum_fen=10**6)

    def solved(_: object, lp: object, __: float) -> object:
        asked.append(lp)
        bare = len(asked) == 2 + len(DEFAULTS.duals.fewer)
        return SimpleNamespace(objective=100.0 if bare else 50.0, duals=[1.0] * 10**5)

    asked: list[object] = []
    monkeypatch.setattr(Here, "solve", solved)
    monkeypatch.setattr(duals, "read_prices", lambda *_: None)
    reached = [market.reached for market in programs_of(tight).markets()]
    assert reached == [100.0, *[50.0] * (1 + len(DEFAULTS.duals.fewer))]


def test_workers_take_turns_with_the_prices_from_others_on(school: School) -> None:
    programs = programs_of(school)
    shared = Shared(programs.session)
    markets = programs.markets()
    first, second = (Worker(shared, markets, number) for number in (0, 1))
    assert [a.market for a in first.annealers] == markets
    assert [a.market for a in second.annealers] == [*markets[1:], markets[0]]
