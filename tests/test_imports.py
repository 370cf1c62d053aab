"""The layout keeps its promises: imports go one way, files and functions stay small."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("models", "optimizer", "instances")
FACE = "optimizer"
ERRORS = "optimizer.errors"

# Who may import whom; a unit may always import itself, `models`, and in optimizer
# the package's own face and `optimizer.errors`. "everything" is through public names.
EVERYTHING = frozenset({"everything"})
MAY_IMPORT: dict[str, frozenset[str]] = {
    "models": frozenset(),
    FACE: frozenset(),
    ERRORS: frozenset(),
    "optimizer.rules": frozenset({"optimizer.ledger.tariffs"}),
    "optimizer.checks": frozenset({"optimizer.ledger"}),
    "optimizer.engine": frozenset(
        {"optimizer.rules", "optimizer.checks", "optimizer.ledger.tariffs"}
    ),
    "optimizer.ledger": frozenset(),
    "optimizer.explain": frozenset({"optimizer.engine", "optimizer.checks", "optimizer.ledger"}),
    "optimizer.scenarios": frozenset({"optimizer.engine", "optimizer.checks", "optimizer.ledger"}),
    "optimizer.writing": frozenset(),
    "optimizer.files": frozenset({"optimizer.writing"}),
    "optimizer.report": frozenset({"optimizer.ledger", "optimizer.checks", "optimizer.writing"}),
    "optimizer.cli": EVERYTHING,
    "instances": EVERYTHING,
}
MAY_IMPORT_INSTANCES = frozenset({"optimizer.cli", "instances"})
MAY_IMPORT_ORTOOLS = frozenset({"optimizer.rules", "optimizer.engine", "optimizer.explain"})
HELPERS = frozenset(
    {"base", "common", "context", "registry", "relaxation", "form", "claims", "bound", "plan_index"}
)

FILE_LINES, FILE_LINES_HARD = 300, 330
FUNCTION_LINES, FUNCTION_LINES_HARD = 40, 50


class Import(NamedTuple):
    """One imported module: who, where, what, and whether importing the file loads it."""

    unit: str
    path: Path
    line: int
    target: str
    name: str
    eager: bool

    @property
    def where(self) -> str:
        """The place as a person looks it up."""
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.unit} imports {self.target}"


def sources(*packages: str) -> list[Path]:
    """Return the Python files of some top-level packages."""
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def module_of(path: Path) -> str:
    """Return the dotted import name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_module(dotted: str) -> bool:
    """Tell whether one of our files or folders carries this import name."""
    base = ROOT.joinpath(*dotted.split("."))
    return base.with_suffix(".py").is_file() or base.is_dir()


@cache
def public_names(package: str) -> frozenset[str]:
    """Return what a package gives out: a function may carry the name of its module."""
    face = ROOT.joinpath(*package.split("."), "__init__.py")
    for node in ast.parse(face.read_text("utf-8")).body if face.is_file() else ():
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def unit_of(module: str) -> str:
    """Return the row of the table a module belongs to."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == FACE else parts[0]


def nodes_with_eagerness(node: ast.AST, eager: bool = True) -> Iterator[tuple[ast.AST, bool]]:
    """Walk a tree; what stands in a function or under TYPE_CHECKING is not eager."""
    yield node, eager
    lazy = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or (
        isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    )
    for child in ast.iter_child_nodes(node):
        yield from nodes_with_eagerness(child, eager and not lazy)


def absolute(module: str, path: Path, node: ast.ImportFrom) -> str:
    """Return the module that a from-import names, relative dots resolved."""
    if node.level == 0:
        return node.module or ""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    package = package[: len(package) - node.level + 1]
    return ".".join([*package, *([node.module] if node.module else [])])


def imports_of(path: Path) -> Iterator[Import]:
    """Yield every import statement's targets, lazy ones too."""
    module = module_of(path)
    unit = unit_of(module)
    for node, eager in nodes_with_eagerness(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(unit, path, node.lineno, alias.name, "", eager)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(module, path, node)
            for alias in node.names:
                deeper = f"{source}.{alias.name}"
                inside = source.split(".")[0] in OURS and is_module(deeper)
                inside = inside and alias.name not in public_names(source)
                target, name = (deeper, "") if inside else (source, alias.name)
                yield Import(unit, path, node.lineno, target, name, eager)


def all_imports(*packages: str) -> list[Import]:
    """Return the imports of every file of some packages."""
    return [found for path in sources(*packages) for found in imports_of(path)]


def within(target: str, allowed: str) -> bool:
    """Tell whether a module is the allowed one or lies in it."""
    return target == allowed or target.startswith(f"{allowed}.")


def is_public(found: Import) -> bool:
    """Tell whether an import uses optimizer through a package's own face."""
    parts = found.target.split(".")
    shallow = parts[0] != FACE or len(parts) <= 2
    names = [part for part in [*parts, found.name] if part != "__version__"]
    return shallow and not any(part.startswith("_") for part in names)


def is_allowed(found: Import) -> bool:
    """Look one import of ours up in the table."""
    unit, target = found.unit, found.target
    if within(target, "instances"):
        return unit in MAY_IMPORT_INSTANCES
    if within(target, "models") or (unit not in {FACE, "models"} and within(target, unit)):
        return True
    if unit == FACE and not found.eager:
        return True
    allowed = MAY_IMPORT[unit]
    if allowed == EVERYTHING:
        return is_public(found)
    if unit.startswith(FACE) and target in {FACE, ERRORS}:
        return True
    return any(within(target, other) for other in allowed)


def test_every_unit_stands_in_the_table() -> None:
    units = {unit_of(module_of(path)) for path in sources(*OURS)}
    assert units <= MAY_IMPORT.keys(), f"not in the table: {sorted(units - MAY_IMPORT.keys())}"


def test_imports_go_one_way() -> None:
    ours = [found for found in all_imports(*OURS) if found.target.split(".")[0] in OURS]
    wrong = [found.where for found in ours if found.unit in MAY_IMPORT and not is_allowed(found)]
    assert not wrong, "\n".join(wrong)


def test_only_the_model_side_imports_ortools() -> None:
    wrong = [
        found.where
        for found in all_imports(*OURS)
        if within(found.target, "ortools") and found.unit not in MAY_IMPORT_ORTOOLS
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("unit", "target", "eager", "allowed"),
    [
        ("models", "optimizer.errors", True, False),
        ("models", "models.school", True, True),
        ("optimizer.rules", "optimizer.ledger.tariffs", True, True),
        ("optimizer.rules", "optimizer.ledger.pay", True, False),
        ("optimizer.rules", "optimizer.ledger", True, False),
        ("optimizer.checks", "optimizer.ledger.pay", True, True),
        ("optimizer.checks", "optimizer.rules", False, False),
        ("optimizer.checks", "optimizer.engine.build", True, False),
        ("optimizer.ledger", "optimizer.errors", True, True),
        ("optimizer.ledger", "optimizer.checks", True, False),
        ("optimizer.errors", "optimizer.files", True, False),
        ("optimizer", "optimizer.engine", True, False),
        ("optimizer", "optimizer.engine", False, True),
        ("optimizer.cli", "optimizer.engine", True, True),
        ("optimizer.cli", "optimizer.engine.build", True, False),
        ("optimizer.cli", "instances", True, True),
        ("optimizer.engine", "instances", True, False),
        ("instances", "optimizer.files", True, True),
        ("instances", "optimizer.files.workbook", True, False),
    ],
)
def test_the_table_is_read_as_meant(unit: str, target: str, eager: bool, allowed: bool) -> None:
    assert is_allowed(Import(unit, ROOT / "x.py", 1, target, "", eager)) is allowed


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the sets of modules that import each other round about (Tarjan's components)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        number[module] = lowest[module] = len(number)
        path.append(module)
        for other in sorted(imports.get(module, ())):
            if other not in number:
                visit(other)
            if other in path:
                lowest[module] = min(lowest[module], lowest[other])
        if lowest[module] == number[module]:
            own = path[path.index(module) :]
            del path[path.index(module) :]
            if len(own) > 1 or module in imports.get(module, ()):
                found.append(sorted(own))

    for module in sorted(imports):
        if module not in number:
            visit(module)
    return found


def test_no_module_imports_itself_round_about() -> None:
    """Not in a function and not for types alone either: each file can be read after its imports."""
    imports: dict[str, set[str]] = {}
    for found in all_imports(*OURS, "benchmarks", "tests"):
        imports.setdefault(module_of(found.path), set()).add(found.target)
    assert len(imports) > 500
    assert circles(imports) == []


def test_circles_are_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"d", "a"}, "d": {"e"}, "e": set()}) == [
        ["a", "b", "c"]
    ]
    assert circles({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": {"e"}}) == []
    assert circles({"a": {"a"}}) == [["a"]]
    assert circles({"a": {"b"}, "b": {"a"}, "c": {"b", "d"}, "d": {"c"}}) == [
        ["a", "b"],
        ["c", "d"],
    ]


def test_importing_does_not_load_the_solver() -> None:
    if not sources("models") or not sources("optimizer"):
        pytest.skip("the packages are not there yet")
    script = (
        "import sys, models, optimizer\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'ortools'])"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "[]"), ran.stderr


def family_modules(package: str) -> set[str]:
    """Return the modules of a package that are not its helpers."""
    folder = ROOT / "optimizer" / package
    names = {path.stem for path in folder.glob("*.py")}
    names |= {path.parent.name for path in folder.glob("*/__init__.py")}
    return {name for name in names if not name.startswith("_")} - HELPERS


def test_rules_and_checks_carry_the_same_twelve_names() -> None:
    rules, checks = family_modules("rules"), family_modules("checks")
    if not rules or not checks:
        pytest.skip("one side is not there yet")
    families = pytest.importorskip("models.families").FAMILIES
    assert len(families) == len(set(families)) == 12
    assert rules == set(families)
    assert checks == set(families)


def test_files_are_short() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in sources(*OURS)}
    long = {str(path.relative_to(ROOT)): n for path, n in lines.items() if n > FILE_LINES}
    assert all(count <= FILE_LINES_HARD for count in long.values()), long
    # About 300 means that a few may be a little over.
    assert len(long) <= 1 + len(lines) // 10, long


def function_lengths(path: Path) -> Iterator[tuple[str, int, int]]:
    """Yield place, lines from def to end, and those lines without the docstring."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        whole = (node.end_lineno or node.lineno) - node.lineno + 1
        first = node.body[0]
        has_docstring = ast.get_docstring(node, clean=False) is not None
        docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
        yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", whole, whole - docstring


def test_functions_are_short() -> None:
    long = {
        place: (whole, code)
        for path in sources(*OURS)
        for place, whole, code in function_lengths(path)
        if whole > FUNCTION_LINES_HARD or code > FUNCTION_LINES
    }
    assert not long, f"lines as a whole, and without the docstring: {long}"
