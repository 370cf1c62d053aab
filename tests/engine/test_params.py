"""Search parameters: named, explained, refused where they make no sense, told by the plan."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from optimizer.engine import Limits, SearchParams, params, solve
from optimizer.engine.params import DEFAULTS, AnnealingParams, LnsParams, SectioningParams
from optimizer.engine.params.as_toml import changed, digest, to_toml
from optimizer.errors import InputError
from optimizer.files import read_toml
from tests.checks.saying import names
from tests.engine.schools import small_school

ENGINE = Path(params.__file__).parents[1]

NO_PARAMETERS = {
    "NEVER": "a gain that no seat has",
    "_FAR": "no side of a row",
    "BITS": "of a word",
    "WORD": "bits of a word",
    "loop": "how loops are compiled",
    "LOOKED_AT": "loops that are written out one inside the other",
    "PLACE_TIMES": "places come before money, whatever the parts of a purse",
    "MOST_TOLD": "how much is told",
    "ANY_LOSS": "a temperature at which every move is made",
    "NO_LOSS": "a temperature at which none is that costs anything",
    "INTEGRALITY": "what rounding may be off by",
    "NEARLY": "what rounding may be off by",
    "LOCKED": "the weight of what is not decided",
    "NOBODY": "no section",
    "PART": "the unit that pay is counted in where it is made least",
    "CHANGES": "which of the aims",
    "MOST_STEPS": "as many as can be said",
    "AT_ONCE": "moves between two looks at the time",
    **dict.fromkeys(("LOG", "UNMET", "STAMP", "VALUE", "LOOKS"), "a place in an array"),
    **dict.fromkeys(("PUT", "DROP", "MOVE", "LOG_LENGTH"), "what is noted to be taken back"),
}
"""Numbers at the head of a module that steer nothing, and what they are."""
ELSEWHERE = {
    "finish/arrange/groups.py": "what is out of place counts so much: an aim, no matter of search",
    "finish/arrange/rooms.py": "the same",
    "finish/arrange/score.py": "the same",
    "limits.py": "what may be asked for, and what is told of it",
    "lp/highs.py": "how the child process is spoken to",
    "statistics.py": "how much of a trace is kept",
}


def numbers(path: Path) -> Iterator[str]:
    """Give the names at the head of a module that stand for numbers."""
    for node in ast.parse(path.read_text("utf-8")).body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if value is None or not any(
            isinstance(part, ast.Constant) and isinstance(part.value, int | float)
            for part in ast.walk(value)
        ):
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                yield part.id


def test_every_number_that_steers_the_search_is_a_parameter() -> None:
    files = {p.relative_to(ENGINE).as_posix(): p for p in ENGINE.rglob("*.py")}
    assert ELSEWHERE.keys() <= files.keys()
    found = {
        f"{name}: {number}"
        for name, path in files.items()
        if name not in ELSEWHERE and not name.startswith("params/")
        for number in numbers(path)
        if number not in NO_PARAMETERS
    }
    assert found == set()


def test_every_parameter_is_explained() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in (ENGINE / "params").glob("*.py")]
    tables = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    assert len(tables) >= len(SearchParams.model_fields)
    for table in tables:
        assert ast.get_docstring(table)
        for node, after in zip(table.body, [*table.body[1:], None], strict=True):
            number = isinstance(node, ast.AnnAssign) and isinstance(
                node.value, ast.Constant | ast.Tuple
            )
            said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            assert not number or said, ast.unparse(node)


def test_every_parameter_is_read_by_the_engine() -> None:
    code = "\n".join(
        path.read_text("utf-8") for path in ENGINE.rglob("*.py") if path.parent.name != "params"
    )
    names_of = {n for table in DEFAULTS.model_dump().values() for n in table}
    assert {name for name in names_of if f".{name}" not in code} == set()


def test_as_toml_and_back() -> None:
    own = DEFAULTS.model_copy(
        update={
            "annealing": AnnealingParams(reprices=0.2, moves_a_section=7),
            "lns": LnsParams(slices=12),
            "sectioning": SectioningParams(cycles=(0.5, 0.25)),
        }
    )
    assert to_toml(changed(own)) == (
        "[sectioning]\ncycles = [0.5, 0.25]\n\n[lns]\nslices = 12\n\n"
        "[annealing]\nmoves_a_section = 7\nreprices = 0.2"
    )
    for tables in (changed(own), own.model_dump()):
        assert SearchParams.model_validate(tomllib.loads(to_toml(tables))) == own
    assert to_toml(changed(DEFAULTS)) == ""
    assert digest(own) != digest(DEFAULTS) == digest(SearchParams())


@pytest.mark.parametrize(
    ("text", "place", "zh", "en"),
    [
        ("[annealing]\nreprice = 0.2", "annealing.reprice", "没有这一项", "mean 'reprices'"),
        ("[annealling]\nreprices = 0.2", "annealling", "没有这一项", "did you mean 'annealing'"),
        ("[annealing]\nreprices = 1.5", "annealing.reprices", "应不大于 1", "1.0 or less"),
        ("[annealing]\nreprices = nan", "annealing.reprices", "应不大于 1", "1.0 or less"),
        ("[session]\nplan_cost = inf", "session.plan_cost", "应不大于", "or less"),
        ("[lns]\nslices = 2.5", "lns.slices", "应为整数", "expected a whole number"),
        ("[lns]\nslices = '3'", "lns.slices", "应为整数", "expected a whole number"),
        ("[lns]\nslices = true", "lns.slices", "应为整数", "expected a whole number"),
        ("[lns]\nslices = 0", "lns.slices", "应不小于 1", "expected 1 or more"),
        ("[annealing]\nreprices = '0.1'", "annealing.reprices", "应为数", "expected a number"),
        ("[sectioning]\ncycles = []", "sectioning.cycles", "至少 1 项", "at least 1 entries"),
        ("[sectioning]\ncycles = [0.5, 0]", "sectioning.cycles.1", "应大于 0", "more than 0"),
        ("[sectioning]\ncycles = 0.5", "sectioning.cycles", "应为", "expected a list"),
        (
            "[annealing]\ncloses = 0.7",
            "annealing.closes",
            "应不大于 retimes（0.6）",
            "retimes (0.6)",
        ),
        ("lns = 3", "lns", "应为一段 [lns]", "expected a table [lns]"),
        ("[lns]\nslices = 1", "lns.bound_slices", "应不大于 slices（1）", "slices (1)"),
        ("[lns", "", "不是有效的 TOML", "no valid TOML"),
    ],
)
def test_what_makes_no_sense_is_refused(
    text: str, place: str, zh: str, en: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_toml(path, SearchParams)
    assert len(caught.value.messages) == 1
    names(caught.value.text, str(path), place, zh=zh, en=en)


def test_every_mistake_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[lns]\nslices = 0\nslice = 3\n[annealing]\nreprices = 2\n")
    with pytest.raises(InputError) as caught:
        read_toml(path, SearchParams)
    assert len(caught.value.messages) == 3


def test_in_python_they_are_refused_as_well() -> None:
    with pytest.raises(ValidationError, match="less than or equal to 1"):
        AnnealingParams(reprices=1.5)
    with pytest.raises(ValidationError, match="slice"):
        SearchParams.model_validate({"lns": {"slice": 1}})


def test_a_plan_tells_what_was_not_as_usual() -> None:
    usual = solve(small_school(), Limits(seconds=5, workers=1)).provenance
    assert (usual.params, usual.params_digest) == ("", digest(DEFAULTS))
    own = DEFAULTS.model_copy(update={"lns": LnsParams(slices=12)})
    told = solve(small_school(), Limits(seconds=5, workers=1, params=own)).provenance
    assert (told.params, told.params_digest) == ("[lns]\nslices = 12", digest(own))
