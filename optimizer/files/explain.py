"""What pydantic refuses, said in the planner's languages."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from models import Text, listed
from models.problems import FieldError
from optimizer.files.scalars import Ident

NOT_THERE = Text("缺少此项，请补上。", "this is missing: add it.")
# Facts in braces are those of pydantic's error of that type.
_SAYINGS = {
    "missing": NOT_THERE,
    "extra_forbidden": Text("没有这样的项目。", "there is no such item."),
    "greater_than_equal": Text("应不小于 {ge}。", "expected {ge} or more."),
    "less_than_equal": Text("应不大于 {le}。", "expected {le} or less."),
    "greater_than": Text("应大于 {gt}。", "expected more than {gt}."),
    "less_than": Text("应小于 {lt}。", "expected less than {lt}."),
    "too_short": Text("至少 {min_length} 项。", "expected at least {min_length} entries."),
    "too_long": Text("最多 {max_length} 项。", "expected at most {max_length} entries."),
    "string_pattern_mismatch": Text("应为{id}。", "expected {id}.").fill(id=Ident.expected),
    "string_too_short": Text("不能空白。", "this cannot be blank."),
    "string_too_long": Text(
        "最多 {max_length} 个字。", "expected at most {max_length} characters."
    ),
    "enum": Text("应为以下之一：{expected}。", "expected one of {expected}."),
    "literal_error": Text("应为以下之一：{expected}。", "expected one of {expected}."),
    "union_tag_invalid": Text(
        "类别应为以下之一：{expected_tags}。", "expected one of {expected_tags} as its kind."
    ),
    "union_tag_not_found": Text("缺少类别 kind。", "its kind is missing."),
}
_WHOLE = Text("应为整数。", "expected a whole number.")
_BY_PREFIX = {
    "int": _WHOLE,
    "bool": Text("应为 true 或 false。", "expected true or false."),
    "string": Text("应为文字。", "expected text."),
    "date": Text("应为日期，如 2026-09-01。", "expected a date such as 2026-09-01."),
    "tuple": Text("应为列表 [ ]。", "expected a list [ ]."),
    "list": Text("应为列表 [ ]。", "expected a list [ ]."),
    "model": Text("应为对象 {{ }}。", "expected an object {{ }}."),
    "dict": Text("应为对象 {{ }}。", "expected an object {{ }}."),
    "float": Text("应为数。", "expected a number."),
}
_AT_MOST_YUAN = Text("最多 {most} 元（{le} 分）。", "expected {most} yuan ({le} fen) or less.")
_QUOTED = re.compile(r"'([^']*)'")
_OTHER = Text("不合要求。", "not accepted ({message}).")


class Refusal(NamedTuple):
    """One value that a model refuses."""

    loc: tuple[int | str, ...]
    text: Text
    value: Any
    kind: str
    """Type of pydantic's error, such as ``extra_forbidden``."""


def _choices(facts: Mapping[str, Any]) -> dict[str, Text]:
    """Turn pydantic's lists of choices, such as ``'a', 'b' or 'c'``, into each language's."""
    named = {key: str(facts[key]) for key in ("expected", "expected_tags") if key in facts}
    return {key: Text(listed(_QUOTED.findall(en)).zh, en) for key, en in named.items()}


def refusals(error: ValidationError) -> Iterator[Refusal]:
    """List what a model refuses, with place, wording and value."""
    for found in error.errors(include_url=False):
        facts = found.get("ctx", {})
        cause, kind, loc = facts.get("error"), found["type"], found["loc"]
        if isinstance(cause, FieldError):
            yield Refusal((*loc, cause.field), cause.text, None, kind)
            continue
        if kind == "less_than_equal" and loc and "_fen" in str(loc[-1]):
            yield Refusal(
                loc,
                _AT_MOST_YUAN.fill(most=facts["le"] // 100, le=facts["le"]),
                found["input"],
                kind,
            )
            continue
        prefix = kind.split("_")[0]
        saying = _SAYINGS.get(kind) or _BY_PREFIX.get(prefix) or _OTHER
        text = saying.fill(**{"message": found["msg"], **facts, **_choices(facts)})
        yield Refusal(loc, text, None if kind == "missing" else found["input"], kind)
