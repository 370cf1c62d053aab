"""Reading a school from JSON, as ``School.model_dump_json`` writes it."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from models import Clause, Policy, School, Settings, Stage, Term, Text
from models.problems import nearest
from optimizer.errors import InputError
from optimizer.files.draft import DraftSchool
from optimizer.files.explain import NOT_THERE, Refusal, refusals
from optimizer.files.guard import look_at, refusal
from optimizer.files.place import JsonOrigin, Located
from optimizer.files.reasons import why
from optimizer.files.tablerows import Rows
from optimizer.files.tables import BY_NAME, LISTS, ORDER

NOT_JSON = Text(
    "“{file}”不是正确的 JSON：第 {line} 行第 {column} 列，{reason}。",
    "{file}: not valid JSON: line {line}, column {column}: {reason}.",
)
NOT_TEXT = Text("“{file}”不是 UTF-8 编码的文字。", "{file}: not text in UTF-8.")
NOT_AN_OBJECT = Text("最外层应为对象 {{ }}。", "expected an object {{ }} on the outside.").fill()
NOT_A_LIST = Text("应为列表 [ ]。", "expected a list [ ].")
UNKNOWN_KEY = Text("不认识“{key}”，未读取；{hint}", "unknown key '{key}', not read; {hint}")
KEY_TWICE = Text(
    "“{file}”：同一对象中“{key}”出现两次；请删去一个。",
    "{file}: the key '{key}' stands twice in one object: delete one.",
)
TOO_DEEP = Text(
    "“{file}”嵌套过深，或有过长的数。", "{file}: nested too deeply, or a number is far too long."
)

NO_NUMBER = Text(
    "“{file}”中有 {value}，不是数；请改成数。", "{file}: {value} is no number: write a number."
)
HALF_CHARACTER = Text(
    "“{file}”第 {line} 行有半个字符（{value}），不是文字；请重新导出或改正。",
    "{file}, line {line}: half a character ({value}), which is no text: export it anew or correct "
    "it.",
)

_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPES = re.compile(rf"\\\\|({_HIGH}{_LOW})|({_HIGH}|{_LOW})")
"""Escaped backslashes and whole characters are passed over; what is left is half a character."""
_Model = TypeVar("_Model")


class _RepeatedKeyError(Exception):
    """A key that stands twice in one object; JSON itself would silently take the second."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _RepeatedKeyError(next(key for key in keys if keys.count(key) > 1))
    return made


class _NoNumberError(Exception):
    """NaN or an infinity, which JSON does not have."""


def _no_number(word: str) -> object:
    raise _NoNumberError(word)


def load_json(path: Path) -> Any:  # noqa: ANN401, RUF100
    """Parse a JSON file.

    Raises
    ------
    InputError
        If it is not JSON, with line and column.
    """
    look_at(path)
    try:
        text = path.read_text("utf-8-sig")
        _refuse_halves(path, text)
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except _NoNumberError as error:
        raise refusal(NO_NUMBER, path, value=error) from None
    except _RepeatedKeyError as error:
        raise refusal(KEY_TWICE, path, key=error) from None
    except UnicodeDecodeError:
        raise refusal(NOT_TEXT, path) from None
    except json.JSONDecodeError as error:
        facts = {"line": error.lineno, "column": error.colno, "reason": why(error)}
        raise refusal(NOT_JSON, path, **facts) from None
    except (RecursionError, ValueError):
        raise refusal(TOO_DEEP, path) from None


def _refuse_halves(path: Path, text: str) -> None:
    for match in _ESCAPES.finditer(text):
        if match[2]:
            line = text.count("\n", 0, match.start()) + 1
            raise refusal(HALF_CHARACTER, path, line=line, value=match[2])


def read_json(path: Path) -> DraftSchool:
    """Read a draft of the school.

    Raises
    ------
    InputError
        If the file is not JSON or holds no object.
    """
    data = load_json(path)
    if not isinstance(data, dict):
        raise InputError([Located(NOT_AN_OBJECT, str(path)).message()])
    return _Reader(str(path), dict(data)).read()


class _Reader:
    """Validates one JSON object piece by piece, so that one bad piece hides no other."""

    def __init__(self, file: str, data: dict[str, Any]) -> None:
        self.data = data
        self.draft = DraftSchool(file, {})

    def read(self) -> DraftSchool:
        """Read all there is."""
        data, draft = self.data, self.draft
        self._unknown_keys()
        settings = data.get("settings")
        stages = settings.pop("stages", []) if isinstance(settings, dict) else []
        policy = data.get("policy", {})
        clauses = policy.pop("clauses", []) if isinstance(policy, dict) else []
        draft.settings = self._object("settings", Settings, settings)
        draft.term = self._object("term", Term, data.get("term"))
        draft.policy = self._object("policy", Policy, policy)
        self._list("stages", "settings.stages", TypeAdapter(Stage), stages)
        self._list("policy", "policy.clauses", TypeAdapter(Clause), clauses)
        for name in LISTS:
            field = School.model_fields[name]
            row: TypeAdapter[Any] = TypeAdapter(get_args(field.annotation)[0])
            self._list(name, name, row, data.get(name, None if field.is_required() else []))
        return draft

    def _unknown_keys(self) -> None:
        for key in self.data.keys() - School.model_fields.keys():
            text = UNKNOWN_KEY.fill(key=key, hint=nearest(key, School.model_fields))
            self.draft.found.append(Located(text, self.draft.file, severity="stop"))

    def _object(self, name: str, model: type[_Model], value: object) -> _Model | None:
        origin = JsonOrigin(self.draft.file, name, ORDER[name])
        self.draft.rows.setdefault(name, Rows(origin))
        if value is None:
            self.draft.found.append(origin.at(NOT_THERE))
            return None
        return self._validate(TypeAdapter(model), value, origin, None, set())

    def _list(self, name: str, path: str, row: TypeAdapter[Any], values: object) -> None:
        origin = JsonOrigin(self.draft.file, path, ORDER[name])
        rows = self.draft.rows[name] = Rows(origin)
        if not isinstance(values, list):
            rows.lost = True
            self.draft.found.append(origin.at(NOT_THERE if values is None else NOT_A_LIST))
            return
        for number, value in enumerate(values):
            bad: set[str] = set()
            made = self._validate(row, value, origin, number, bad)
            parts = value.items() if isinstance(value, dict) else ()
            part = SimpleNamespace(**{k: v for k, v in parts if k not in bad})
            rows.add(number, part if made is None else made, made is not None)

    def _validate(
        self,
        adapter: TypeAdapter[_Model],
        value: object,
        origin: JsonOrigin,
        row: int | None,
        bad: set[str],
    ) -> _Model | None:
        """Make a model; None if it refuses, with the fields to blame added to ``bad``."""
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            refused = list(refusals(error))
        unknown = [one for one in refused if one.kind == "extra_forbidden"]
        for one in unknown:
            self._drop(value, one, origin, row)
        if unknown:
            return self._validate(adapter, value, origin, row, bad)
        for one in refused:
            loc = _plain_loc(one.loc, value)
            bad.update(str(part) for part in loc[:1])
            shown = one.value if isinstance(one.value, str | int | float) else None
            self.draft.found.append(origin.at(one.text, row, json_path(loc), shown))
        return None

    def _drop(self, value: Any, one: Refusal, origin: JsonOrigin, row: int | None) -> None:  # noqa: ANN401, RUF100
        """Take out a key that no model knows, with a warning."""
        *way, key = _plain_loc(one.loc, value)
        for part in way:
            value = value[part]
        del value[key]
        columns = BY_NAME[_table(origin.path)].columns
        hint = nearest(str(key), [column.field.split(".")[-1] for column in columns])
        text = UNKNOWN_KEY.fill(key=key, hint=hint)
        self.draft.found.append(origin.at(text, row, json_path(way), severity="stop"))


def _plain_loc(loc: tuple[int | str, ...], value: Any) -> tuple[int | str, ...]:  # noqa: ANN401, RUF100
    """Leave out what pydantic adds to the place inside a union: the kind of lock."""
    kind = value.get("kind") if isinstance(value, dict) else None
    return loc[1:] if loc and loc[0] == kind and kind not in value else loc


def json_path(loc: Sequence[int | str]) -> str:
    """Write a place as ``term.make_up_days[2].date``."""
    words = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return "".join(words).removeprefix(".")


def _table(path: str) -> str:
    return {"settings.stages": "stages", "policy.clauses": "policy"}.get(path, path)
