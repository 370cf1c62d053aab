"""verify --bound: what a plan's bound rests on, and what is refused."""

import json
from pathlib import Path

import pytest

from models import UNIT, Aim, BoundProof, Plan, PlanStatus, PriceList, Prices, School, SeatPrice
from optimizer.checks import proved_bound
from optimizer.files import write_plan, write_price_list, write_school
from tests.builders import aiming, restated, revised, seat, unseat
from tests.cli.conftest import Run

SLOTS = ("mon1", "mon2", "tue1", "tue2")


@pytest.fixture(scope="module")
def prices(school: School) -> PriceList:
    seats = tuple(SeatPrice(slots=(s,), grades=(3, 4, 5), price=24 * UNIT) for s in SLOTS)
    proof = Prices(seats={"chess": seats})
    return PriceList(school=school.settings.id, school_digest=school.digest, proof=proof)


@pytest.fixture(scope="module")
def proved(school: School, prices: PriceList) -> int:
    return proved_bound(school, prices).bound


def claiming(plan: Plan, bound: int | None, proof: BoundProof | None) -> Plan:
    return revised(plan, bound=bound, bound_proof=proof)


def beside(folder: Path, plan: Plan, prices: PriceList | None = None) -> Path:
    write_plan(plan, folder / "plan.json", force=True)
    if prices is not None:
        write_price_list(prices, folder / "prices.json", force=True)
    return folder / "plan.json"


def test_a_bound_that_the_prices_prove_is_confirmed(
    zouban: Run, school_file: Path, tmp_path: Path, plan: Plan, prices: PriceList, proved: int
) -> None:
    for bound in (proved, proved + 1):
        path = beside(tmp_path, claiming(plan, bound, BoundProof.LINEAR_PROGRAM), prices)
        ran = zouban("verify", school_file, path, "--bound", "--lang", "en")
        assert ran.code == 0, ran.out
        assert "confirmed" in ran.out
        assert str(proved) in ran.out
        found = zouban("verify", school_file, path, "--bound", "--json").json
        assert (found["bound_proved"], found["bound_confirmed"]) == (proved, True)
        assert "bound_proved" not in zouban("verify", school_file, path, "--json").json


def test_a_better_bound_than_the_prices_prove_is_not(
    zouban: Run, school_file: Path, tmp_path: Path, plan: Plan, prices: PriceList, proved: int
) -> None:
    path = beside(tmp_path, claiming(plan, proved - 1, BoundProof.LINEAR_PROGRAM), prices)
    assert zouban("verify", school_file, path).code == 0
    ran = zouban("verify", school_file, path, "--bound", "--json")
    assert ran.code == 5
    assert (ran.json["status"], ran.json["bound_confirmed"]) == ("BOUND", False)
    said = zouban("verify", school_file, path, "--bound", "--lang", "zh").out
    assert str(proved) in said
    assert str(proved - 1) in said


def test_without_a_list_only_best_wishes_count(
    zouban: Run, school_file: Path, school: School, tmp_path: Path, plan: Plan, proved: int
) -> None:
    free = proved_bound(school, Prices()).bound
    for bound, code in ((free, 0), (proved, 5)):
        path = beside(tmp_path, claiming(plan, bound, BoundProof.BEST_WISHES))
        ran = zouban("verify", school_file, path, "--bound", "--lang", "en")
        assert ran.code == code, ran.out
        assert "prices.json" in ran.out


def test_an_exact_search_is_said_to_rest_on_the_solver(
    zouban: Run, school_file: Path, tmp_path: Path, plan: Plan, prices: PriceList, proved: int
) -> None:
    path = beside(tmp_path, claiming(plan, proved - 1, BoundProof.EXACT_SEARCH), prices)
    ran = zouban("verify", school_file, path, "--bound", "--lang", "en")
    assert ran.code == 0
    assert "CP-SAT" in ran.out
    assert str(proved) in ran.out
    assert "agrees" not in ran.out


def test_that_the_best_was_proved_once_or_twice_is_said(
    zouban: Run, school_file: Path, tmp_path: Path, plan: Plan, prices: PriceList
) -> None:
    best = claiming(plan, plan.value, BoundProof.EXACT_SEARCH)
    for confirmed, said in ((False, "proved once"), (True, "agrees")):
        provenance = plan.provenance.model_copy(update={"confirmed": confirmed})
        proved = revised(best, status=PlanStatus.OPTIMAL, provenance=provenance)
        ran = zouban(
            "verify", school_file, beside(tmp_path, proved, prices), "--bound", "--lang", "en"
        )
        assert ran.code == 0, ran.out
        assert said in ran.out


def test_no_bound_is_no_false_one(
    zouban: Run, school_file: Path, tmp_path: Path, plan: Plan, prices: PriceList, proved: int
) -> None:
    path = beside(tmp_path, claiming(plan, None, None), prices)
    ran = zouban("verify", school_file, path, "--bound", "--lang", "en")
    assert (ran.code, str(proved) in ran.out) == (0, True)


def test_where_first_clubs_come_first_it_is_said_what_is_bounded(
    zouban: Run, school: School, tmp_path: Path, plan: Plan, prices: PriceList, proved: int
) -> None:
    firsts = aiming(school, Aim.FIRST_CLUBS)
    write_school(firsts, tmp_path / "firsts.json")
    for student, group, change in (
        ("s41", "art-1", unseat),
        ("s41", "choir-1", seat),
        ("s53", "art-1", seat),
    ):
        plan = change(firsts, plan, student, group)
    stated = restated(firsts, plan).model_copy(update={"bound": proved})
    own = prices.model_copy(update={"school_digest": firsts.digest})
    said = []
    for clubs, points in ((11, 506), (10, 440)):
        named = {"first_clubs_bound": clubs, "first_points_bound": points}
        path = beside(tmp_path, stated.model_copy(update=named), own)
        ran = zouban("verify", tmp_path / "firsts.json", path, "--bound", "--lang", "en")
        assert ran.code == 0, ran.out
        assert "first clubs apart" in ran.out
        said.append("CP-SAT" in ran.out)
    assert said == [False, True]


def test_prices_of_other_data_prove_nothing(
    zouban: Run, school_file: Path, tmp_path: Path, plan: Plan, prices: PriceList
) -> None:
    other = prices.model_copy(update={"school_digest": "0" * 16})
    path = beside(tmp_path, plan, other)
    ran = zouban("verify", school_file, path, "--bound", "--lang", "en")
    assert (ran.code, "other data" in ran.err) == (2, True)


def test_what_is_no_price_list_is_bad_input(
    zouban: Run, school_file: Path, tmp_path: Path, plan: Plan, prices: PriceList
) -> None:
    path = beside(tmp_path, plan, prices)
    data = json.loads((tmp_path / "prices.json").read_text("utf-8"))
    for text in ("", "[]", json.dumps(data | {"proof": {"money": {"": float("nan")}}})):
        (tmp_path / "prices.json").write_text(text, "utf-8")
        ran = zouban("verify", school_file, path, "--bound", "--lang", "en")
        assert (ran.code, "prices.json" in ran.err) == (2, True), text
