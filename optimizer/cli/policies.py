"""``zouban policies``: the shipped policies, every clause with its source."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer
from rich.cells import cell_len

from models import (
    KEPT,
    REGIMES,
    Account,
    DocumentClause,
    Force,
    Kept,
    Regulation,
    Text,
    listed,
    regime,
    said_only,
)
from models.contents import CONTENT_NAMES, known_contents
from models.labels import COSTS, FORCES, INCOMES, ITEM_NAMES, KEPTS
from models.problems import nearest
from optimizer.cli.common import JsonOption, LangOption, Output, session
from optimizer.errors import InputError
from optimizer.report import (
    clause_text,
    matter_text,
    scope_text,
    value_text,
)

TITLE = Text("内置的政策", "The shipped policies")
HEADS = (
    Text("编号", "Id"),
    Text("名称", "Name"),
    FORCES[Force.HARD],
    FORCES[Force.ADVISORY],
    Text("由学校确定", "left to school"),
    KEPTS[Kept.SAID],
    Text("文件", "Document"),
)
HOW = Text(
    "查看一份政策的全部条款：zouban policies 编号",
    "to see every clause of one: zouban policies ID",
)
UNKNOWN = Text("没有编号为“{name}”的政策。{hint}", "there is no policy '{name}'; {hint}")
NAMED = Text("{id}　{name}", "{id}  {name}")
DOCUMENT = Text("文件：{title}", "Document: {title}")
COUNTS = Text(
    "硬性 {hard} 条，原则上 {advisory} 条，由学校确定 {open} 条；"
    "其中 {said} 条只列明，没有数据可供核查，由学校自行落实",
    "clauses: hard {hard}, advisory {advisory}, left to the school {open}; {said} of them said "
    "only: no data tell whether they are kept, which is the school's to see to",
)
CLAUSE_HEADS = (
    Text("项目", "Item"),
    Text("数值", "Value"),
    Text("范围", "For"),
    Text("效力", "Force"),
    Text("落实", "Kept"),
    Text("依据", "Source"),
)
CONTENTS = Text(
    "课程“内容标签”可写（中文或括号中的编号均可）：{known}；"
    "学校自己的词要在政策表的“对象”中出现才起作用。",
    "words for the courses' Content, in English or Chinese: {known}; a school's own words matter "
    "where a row of its policy sheet has them as subject.",
)
NOTE = Text("说明：{note}", "note: {note}")
ACCOUNTS = Text("经费", "Funds")
ACCOUNT = Text(
    "{name}：收入 {income}；依次用于 {uses}（{force}；{source}）",
    "{name}: takes in {income}; pays for {uses}, in this order ({force}; {source})",
)


def policies(
    policy: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="只看这一份，列出全部条款。 Show this one, with every clause.",
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出内置的政策，或一份政策的全部条款和依据。 List the shipped policies, or one's clauses.

    例： Examples:

    - `zouban policies`
    - `zouban policies banan-2020`
    - `zouban policies hebi --lang en --json`
    """
    with session(lang, as_json) as out:
        if policy is None:
            _list(out)
        elif policy not in REGIMES:
            raise InputError([UNKNOWN.fill(name=policy, hint=nearest(policy, REGIMES))])
        else:
            _show(out, regime(policy))


def _counts(regulation: Regulation) -> dict[str, int]:
    left = sum(clause.open for clause in regulation.clauses)
    hard = sum(not c.open and c.force is Force.HARD for c in regulation.clauses)
    said = sum(said_only(clause.item) for clause in regulation.clauses)
    rest = len(regulation.clauses) - left - hard
    return {"hard": hard, "advisory": rest, "open": left, "said": said}


def _name(of: Regulation | Account) -> Text:
    return Text(of.name or of.id, of.name_en or of.name or of.id)


def _list(out: Output) -> None:
    shipped = [regime(name) for name in REGIMES]
    rows = [[head.say(out.lang) for head in HEADS]]
    for one in shipped:
        counts = map(str, _counts(one).values())
        rows.append([one.id, _name(one).say(out.lang), *counts, one.title])
    if not out.as_json:
        out.line(TITLE)
        _print(out, rows)
        out.line(HOW)
        out.line(CONTENTS.fill(known=known_contents()))
    facts = [
        {"id": one.id, "name": _name(one).say(out.lang), "document": one.title, **_counts(one)}
        for one in shipped
    ]
    out.result("OK", counts={"policies": len(shipped)}, policies=facts, contents=_contents(out))


def _show(out: Output, regulation: Regulation) -> None:
    counts = _counts(regulation)
    if not out.as_json:
        out.line(NAMED.fill(id=regulation.id, name=_name(regulation)))
        out.line(DOCUMENT.fill(title=regulation.title))
        out.line(COUNTS.fill(**counts))
        _print(out, list(_clause_rows(out, regulation)))
        if regulation.accounts:
            out.line(ACCOUNTS)
        for account in regulation.accounts:
            out.line(Text("  {text}", "  {text}").fill(text=_account_text(account)))
            if note := _note(account):
                text = NOTE.fill(note=note)
                out.line(Text(f"    {text.zh}", f"    {text.en}"))
        out.line(CONTENTS.fill(known=known_contents()))
    facts = {
        "id": regulation.id,
        "name": _name(regulation).say(out.lang),
        "document": regulation.title,
        "clauses": [_clause_facts(out, clause) for clause in regulation.clauses],
        "accounts": [
            account.model_dump(mode="json", exclude={"name", "name_en", "note", "note_en"})
            | {"name": _name(account).say(out.lang)}
            | {"note": note.say(out.lang) if (note := _note(account)) else None}
            for account in regulation.accounts
        ],
    }
    out.result("OK", counts=counts, policy=facts, contents=_contents(out))


def _contents(out: Output) -> dict[str, str]:
    return {name: text.say(out.lang) for name, text in CONTENT_NAMES.items()}


def _clause_rows(out: Output, regulation: Regulation) -> Iterator[list[str]]:
    yield [head.say(out.lang) for head in CLAUSE_HEADS]
    for clause in regulation.clauses:
        said = (
            matter_text(clause),
            value_text(clause),
            scope_text(clause),
            FORCES[clause.force],
            KEPTS[KEPT[clause.item]],
        )
        yield [*(text.say(out.lang) if text else "" for text in said), clause.source]
        note = _note(clause)
        if note is not None:
            yield [f"    {NOTE.fill(note=note).say(out.lang)}"]


def _note(of: DocumentClause | Account) -> Text | None:
    return Text(of.note, of.note_en or of.note) if of.note else None


def _clause_facts(out: Output, clause: DocumentClause) -> dict[str, Any]:
    note = _note(clause)
    return clause.model_dump(mode="json", exclude={"waived", "stage", "note", "note_en"}) | {
        "name": ITEM_NAMES[clause.item].say(out.lang),
        "unit": clause.unit.value,
        "text": clause_text(clause).say(out.lang),
        "kept": KEPT[clause.item].value,
        "note": note.say(out.lang) if note else None,
    }


def _account_text(account: Account) -> Text:
    return ACCOUNT.fill(
        name=_name(account),
        income=listed(INCOMES[income] for income in account.income),
        uses=listed(COSTS[use] for use in account.uses),
        force=FORCES[account.force],
        source=account.source,
    )


def _print(out: Output, rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns; a row of one cell, such as a note, stands as it is."""
    tabled = [row for row in rows if len(row) > 1]
    widths = [max(map(cell_len, column)) for column in zip(*tabled, strict=True)]
    for row in rows:
        cells = [
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=False)
        ]
        line = "  " + "  ".join(cells if len(row) > 1 else row).rstrip()
        out.line(Text(line, line))
