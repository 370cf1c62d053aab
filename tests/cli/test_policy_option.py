"""--policy: a shipped policy, or a regulation in a file, in the place of the school's."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from models import Clause, Plan, Policy, PolicyItem, School, StudentGroup, regime
from optimizer.files import read_school, write_school
from tests.builders import revised, tiny_school
from tests.cli.conftest import FakeEngine, Ran, Run

Solve = Callable[..., Ran]
REGULATION = """
id = "county"
name = "某县"
name_en = "A county"

[documents]
plan = "某教发〔2026〕1号"

[[clauses]]
item = "latest_end"
value = "17:30"
unit = "clock"
force = "advisory"
source = { document = "plan", clause = "二" }

[[clauses]]
item = "fee_period_max"
value = "2.50"
unit = "yuan"
force = "hard"
source = { document = "plan", clause = "三" }
"""
OWN = Clause(item=PolicyItem.LATEST_END, value=17 * 60 + 30, source="board")


def small_school(*rows: Clause) -> School:
    """The small school with rows of its own and a percentage for its poor."""
    school = tiny_school()
    school = revised(school, term=revised(school.term, service_weekdays=(1, 2)))
    groups = tuple(revised(group, relief_percent=50) for group in school.groups)
    return revised(school, policy=Policy(clauses=rows), groups=groups)


@pytest.fixture
def own_rows(tmp_path: Path) -> Path:
    school = small_school(OWN)
    path = tmp_path / "own.json"
    write_school(school, path)
    return path


@pytest.fixture
def solve(zouban: Run, own_rows: Path, tmp_path: Path) -> Solve:
    """Run solve with a policy on the small school, or on that of another file."""

    def run(policy: object, school: Path = own_rows, lang: str = "en") -> Ran:
        return zouban("solve", school, "-o", tmp_path / "out", "--policy", policy, "--lang", lang)

    return run


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A file with a regulation."""
    path = tmp_path / "county.toml"
    path.write_text(REGULATION, "utf-8")
    return path


def test_a_shipped_policy_takes_the_place_of_the_regulation(
    solve: Solve, engine: FakeEngine, own_rows: Path
) -> None:
    school = read_school(own_rows)
    solve("zhanggong-2021")
    asked = engine.asked[0][0]
    assert asked.policy.regulation == regime("zhanggong-2021")
    assert asked.policy.id == "zhanggong-2021"
    assert asked.policy.clauses == school.policy.clauses
    assert asked.students == school.students


def test_what_the_shipped_policy_leaves_open_must_be_given(
    solve: Solve, engine: FakeEngine, own_rows: Path
) -> None:
    ran = solve("hebi")
    assert ran.code == 2
    assert "policy 'hebi' does not fit the school: policy 'Hebi, Henan' leaves these" in ran.err
    assert "groups, entry 1: the policy fixes this group's relief at 100%" in ran.err
    assert "'Fee basis'" in ran.err
    assert engine.asked == []


def test_an_own_row_against_the_shipped_policy_is_named(
    solve: Solve, engine: FakeEngine, tmp_path: Path
) -> None:
    rows = (
        Clause(item=PolicyItem.MAX_PERIODS_DAY, value=2, source="board"),
        Clause(item=PolicyItem.PERIOD_MINUTES, value=45, source="board"),
    )
    school = small_school(*rows)
    path = tmp_path / "other.json"
    write_school(school, path)
    ran = solve("zhanggong-2021", path)
    assert ran.code == 2
    assert "policy sheet, entry 2: 'minutes a period' is hard" in ran.err
    assert engine.asked == []


def test_what_is_odd_only_under_the_other_policy_stops(
    zouban: Run, engine: FakeEngine, tmp_path: Path
) -> None:
    """Under no policy a group needs no kind; under this one relief would be lost without a word."""
    school = small_school(OWN)
    school = revised(school, students=tuple(revised(s, groups=()) for s in school.students))
    school = revised(school, groups=(StudentGroup(id="g1", name="", relief_percent=50),))
    path = tmp_path / "other.json"
    write_school(school, path)
    run = ("solve", path, "-o", tmp_path / "out", "--lang", "en")
    assert "has no kind" not in zouban(*run).err
    ran = zouban(*run, "--policy", "zhanggong-2021")
    assert (ran.code, len(engine.asked)) == (2, 1)
    assert "group 'g1' has no kind" in ran.err
    assert "--accept-warnings" in ran.err
    ran = zouban(*run, "--policy", "zhanggong-2021", "--accept-warnings")
    assert len(engine.asked) == 2
    assert "group 'g1' has no kind" in ran.err


@pytest.mark.parametrize(("name", "hint"), [("banan2020", "banan-2020"), ("own-x", "own")])
def test_neither_a_file_nor_a_policy(solve: Solve, name: str, hint: str) -> None:
    ran = solve(name)
    assert ran.code == 2
    assert f"there is no policy '{name}'" in ran.err
    assert f"did you mean '{hint}'?" in ran.err


def test_the_plan_of_another_policy_is_verified_with_it(
    zouban: Run, solve: Solve, engine: FakeEngine, own_rows: Path, tmp_path: Path, plan: Plan
) -> None:
    school = read_school(own_rows)
    swapped = school.replaced(
        policy=Policy(
            id="zhanggong-2021",
            regulation=regime("zhanggong-2021"),
            clauses=school.policy.clauses,
        )
    )
    engine.answer = revised(plan, school_digest=swapped.digest)
    assert solve("zhanggong-2021").code == 0
    file = tmp_path / "out" / "plan.json"
    with_it = zouban("verify", own_rows, file, "--policy", "zhanggong-2021", "--lang", "en")
    assert (with_it.code, "digest" in with_it.out) == (0, False)
    assert "digest" in zouban("verify", own_rows, file, "--lang", "en").out


def test_a_regulation_in_a_file(
    solve: Solve, engine: FakeEngine, county: Path, tmp_path: Path
) -> None:
    solve(county)
    policy = engine.asked[0][0].policy
    assert policy.regulation is not None
    assert (policy.id, policy.regulation.name_en) == ("county", "A county")
    assert [c.value for c in policy.regulation.clauses] == [1050, 250]
    assert [c.source for c in policy.clauses] == ["board"]
    as_json = tmp_path / "county.json"
    data = {
        "id": "county",
        "name": "某县",
        "name_en": "A county",
        "documents": {"plan": "某教发〔2026〕1号"},
        "clauses": [
            {
                "item": "no_fee",
                "force": "hard",
                "source": {"document": "plan", "clause": "三"},
            }
        ],
    }
    as_json.write_text(json.dumps(data), "utf-8")
    solve(as_json)
    assert engine.asked[1][0].in_force(PolicyItem.NO_FEE)


def test_a_file_may_name_a_shipped_policy_and_rows_of_its_own(
    solve: Solve, engine: FakeEngine, county: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'id = "zhanggong-2021"\n[[clauses]]\nitem = "latest_end"\nwaived = true\nsource = "us"\n',
        "utf-8",
    )
    solve(path)
    school = engine.asked[0][0]
    assert school.policy.regulation == regime("zhanggong-2021")
    assert [clause.item for clause in school.rules.set_aside] == [PolicyItem.LATEST_END]


WRONG = [
    ("2.50", "2.5", "clauses.1.value (max fee a period): '2.5' is no value in yuan"),
    ('unit = "yuan"\n', "", "clauses.1.unit (max fee a period): 'fee_period_max' is given in"),
    ('force = "hard"\n', "", "clauses.1.force (max fee a period): this is missing: add it."),
    ("fee_period_max", "fee_colour", "clauses.1.item: expected one of 'latest_end'"),
    ('"三" }', '"三", page = 3 }', "clauses.1.source.page (max fee a period): there is no such"),
    (
        '"plan", clause = "三"',
        '"b", clause = "三"',
        "there is no document 'b'; [documents] has plan",
    ),
    ('"三" }', '" " }', "clauses.1.source.clause (max fee a period): this cannot be blank."),
    ('id = "county"\n', "", "county.toml', id: this is missing: add it."),
    ("[documents]\n", "[documents\n", "no valid TOML"),
]


@pytest.mark.parametrize(("old", "new", "expected"), WRONG)
def test_a_mistake_in_a_regulation_is_placed(
    solve: Solve,
    engine: FakeEngine,
    county: Path,
    old: str,
    new: str,
    expected: str,
) -> None:
    assert old in REGULATION
    county.write_text(REGULATION.replace(old, new), "utf-8")
    ran = solve(county)
    assert ran.code == 2
    assert expected in ran.err
    assert len(ran.err.splitlines()) == 1
    assert engine.asked == []


def test_all_mistakes_in_a_regulation_at_once(
    solve: Solve, engine: FakeEngine, county: Path, tmp_path: Path
) -> None:
    text = REGULATION.replace('unit = "clock"\n', "").replace('"2.50"', "2.5") + "colour = 3\n"
    county.write_text(text, "utf-8")
    ran = solve(county, lang="zh")
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert len(lines) == 2
    assert "clauses.0.unit（最晚结束时间）：“latest_end”的单位应为“clock”" in lines[0]
    assert "clauses.1.value（每节收费上限）：“2.5”不是以“yuan”为单位的数" in lines[1]


def test_the_schools_own_policy_by_its_id(solve: Solve, engine: FakeEngine, own_rows: Path) -> None:
    school: School = read_school(own_rows)
    solve("own")
    assert engine.asked[0][0] == school
