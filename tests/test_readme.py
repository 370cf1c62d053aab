"""Both READMEs say what the program does: sheets and columns, verbs and options, code, links.

The tables of sheets and columns are made from ``optimizer.files``; after a change there,
``python -m tests.test_readme`` writes them anew.
"""

import re
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import typer

from models import FAMILIES, Lang, Text
from optimizer.checks import CHECKS
from optimizer.cli import app
from optimizer.files import new_workbook
from optimizer.files.columns import Column, Row, Table
from optimizer.files.scalars import Ident, Integer, Kind, Label, Money
from optimizer.files.slotrefs import SlotRefs
from optimizer.files.tables import TABLES
from optimizer.files.tables.settings import KEY, REMARK, SETTINGS, VALUE, defaults
from optimizer.rules import RULES, Model
from tests.tiny import tiny_plan, tiny_school

ROOT = Path(__file__).resolve().parents[1]
READMES: dict[Lang, Path] = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
PAGES = (*READMES.values(), ROOT / "CONTRIBUTING.md")
BEGIN, END = "<!-- sheets: made by python -m tests.test_readme -->\n", "<!-- end of sheets -->"
EXAMPLE_RULE = "first_aid"
each_language = pytest.mark.parametrize("lang", READMES)
each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)

SHEET = Text("{title}，{need}：{note}", "{title}, {need}: {note}")
REQUIRED, OPTIONAL = Text("必需", "required"), Text("选用", "optional")
HEADERS = Text(
    "| 列 | 英文表头 | 必填 | 填什么 | 说明 |", "| Column | In Chinese | Needed | Write | Meaning |"
)
SETTING_HEADERS = Text(
    "| 项目 | 英文 | 缺省值 | 填什么 | 说明 |",
    "| Setting | In Chinese | Default | Write | Meaning |",
)
ITEMS = Text("列：{columns}。一行一项：", "Columns: {columns}. One setting a row:")
ROWS_OF_A_KIND = Text("“{kind}”行：须填 {needs}{may}。", "A row '{kind}' needs {needs}{may}.")
ALSO = Text("，可填 {columns}", " and may have {columns}")
YES, NEEDED = Text("是", "yes"), Text("必填", "needed")
SHORT: dict[type[Kind], Text] = {
    Ident: Text("编号", "id"),
    Integer: Text("整数", "whole number"),
    Label: Text("文字", "text"),
    Money: Text("金额（元）", "yuan"),
    SlotRefs: Text("时段，可多个", "list of slots"),
}
"""Kinds of which a page has many; the text above the tables describes them."""
LIST_MARK: dict[Lang, str] = {"zh": "、", "en": ", "}


def sheets_section(lang: Lang) -> str:
    """Describe every sheet and column as Markdown."""
    return "\n".join(line for table in TABLES for line in [*_sheet(table, lang), ""])


def _sheet(table: Table, lang: Lang) -> Iterator[str]:
    need = REQUIRED if table.required else OPTIONAL
    summary = SHEET.fill(title=_both(table.title, lang), need=need, note=table.note).say(lang)
    yield f"<details><summary>{summary}</summary>"
    yield ""
    if table is SETTINGS:
        columns = LIST_MARK[lang].join(_both(c.header, lang) for c in (KEY, VALUE, REMARK))
        yield from [ITEMS.fill(columns=columns).say(lang), "", SETTING_HEADERS.say(lang)]
        given = defaults()
        facts = [_default(column, given, lang) for column in table.columns]
    else:
        yield HEADERS.say(lang)
        facts = [YES.say(lang) if column.required else "" for column in table.columns]
    yield "|---|---|---|---|---|"
    for column, fact in zip(table.columns, facts, strict=True):
        own, other = _in_order(column.header, lang)
        cells = (own, other, fact, _expected(column, lang), column.note.say(lang))
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
    if table.variants:
        yield ""
        yield " ".join(_variants(table, lang))
    yield ""
    yield "</details>"


def _default(column: Column, given: Row, lang: Lang) -> str:
    if column.required:
        return NEEDED.say(lang)
    value = given[column.field]
    if value in (None, (), ""):
        return ""
    shown = column.kind.show(value, lang)
    return f"{shown:g}" if isinstance(shown, float) else str(shown)


def _expected(column: Column, lang: Lang) -> str:
    return SHORT.get(type(column.kind), column.kind.expected).say(lang)


def _variants(table: Table, lang: Lang) -> Iterator[str]:
    for kind, variant in table.variants.items():
        needs, may = (
            LIST_MARK[lang].join(table.column[field].header.say(lang) for field in fields)
            for fields in (variant.needs, variant.may)
        )
        name = table.columns[0].kind.show(kind, lang)
        more = ALSO.fill(columns=may).say(lang) if may else ""
        yield ROWS_OF_A_KIND.fill(kind=name, needs=needs, may=more).say(lang)


def _in_order(text: Text, lang: Lang) -> tuple[str, str]:
    return (text.zh, text.en) if lang == "zh" else (text.en, text.zh)


def _both(text: Text, lang: Lang) -> str:
    own, other = _in_order(text, lang)
    return f"{own}（{other}）" if lang == "zh" else f"{own} ({other})"


def rewrite() -> None:
    """Write the tables of sheets and columns into both READMEs."""
    for lang, path in READMES.items():
        before, rest = path.read_text("utf-8").split(BEGIN)
        after = rest.split(END)[1]
        path.write_text(f"{before}{BEGIN}\n{sheets_section(lang)}\n{END}{after}", "utf-8")


@each_language
def test_it_describes_every_sheet_and_column(lang: Lang) -> None:
    text = READMES[lang].read_text("utf-8")
    assert sheets_section(lang) in text, "run python -m tests.test_readme"
    for table in TABLES:
        for word in (*table.title, *(word for c in table.columns for word in c.header)):
            assert word in text


def commands() -> dict[str, Any]:
    """Give the commands, of a kind that typer keeps to itself, by verb."""
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def options_of(command: Any) -> set[str]:
    found = {o for p in command.params for o in p.opts if o.startswith("-")}
    return found | {"-h", "--help"}


@each_language
def test_it_describes_every_verb_and_option(lang: Lang) -> None:
    text = READMES[lang].read_text("utf-8")
    for verb, command in commands().items():
        assert f"`zouban {verb}" in text
        for option in options_of(command):
            assert f"`{option}" in text, (verb, option)


def shown_commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give the verb and the options of each zouban command line in a page's code blocks."""
    for block in re.findall(r"```(?:console|sh)\n(.*?)```", text, re.DOTALL):
        for line in re.findall(r"^\$ zouban (.+)$", block, re.MULTILINE):
            verb, *rest = line.split()
            yield verb, [word for word in rest if re.fullmatch(r"--?[a-z][a-z-]*", word)]


@each_page
def test_the_commands_shown_exist(path: Path) -> None:
    known = commands()
    for verb, used in shown_commands(path.read_text("utf-8")):
        assert set(used) <= options_of(known[verb]), verb


@each_page
def test_the_make_targets_exist(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`make ([a-z]+)", path.read_text("utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@each_language
def test_it_names_every_rule_and_exit_code(lang: Lang) -> None:
    text = READMES[lang].read_text("utf-8")
    for family in FAMILIES:
        assert f"`{family}`" in text
    for code in (0, 1, 2, 3, 4, 5, 130):
        assert f"| {code} |" in text


def anchors(text: str) -> set[str]:
    """Give the anchors of a page's headings, as they are made from them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@each_page
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert targets
    for target in targets:
        file, _, anchor = target.partition("#")
        assert file or anchor in anchors(text), target
        assert re.match(r"https?:", file) or (path.parent / file).exists(), target


@each_page
def test_the_files_named_exist(path: Path) -> None:
    named = r"`((?:models|optimizer|instances|tests|benchmarks|docs|notebooks)/[\w./-]*)`"
    targets = re.findall(named, path.read_text("utf-8"))
    assert targets
    for target in targets:
        assert Path(target).stem == EXAMPLE_RULE or (ROOT / target).exists(), target


def test_the_example_of_a_rule_fits_the_code() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    blocks = re.findall(r"^ *```python\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    model_side, check_side = (dedent(b) for b in blocks if "def " in b)
    model, check = (_module(side) for side in (model_side, check_side))
    school = tiny_school().model_copy(update={"teachers": (), "slots": (), "courses": ()})
    assert model["add"](Model(school)) is None
    assert list(check["check"](school, tiny_plan(school))) == []
    assert signature(check["check"]) == signature(CHECKS["pattern"])
    assert signature(model["add"]) == signature(RULES[0].add)


def _module(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(source, "CONTRIBUTING.md", "exec"), names)  # noqa: S102
    return names


@each_language
def test_its_code_runs(lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    new_workbook("school.xlsx", example=True, lang=lang)
    blocks = re.findall(r"```python\n(.*?)```", READMES[lang].read_text("utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, str(READMES[lang]), "exec"), {})  # noqa: S102
    assert (tmp_path / "plan.json").is_file()


if __name__ == "__main__":
    rewrite()
