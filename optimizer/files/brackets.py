"""Brackets in headers: a unit, a format, a remark. Which one a column may carry, and which not.

A bracket that is known for its very column is dropped. Any other is not read over: it may say that
the amounts are in fen, that a fee is for a term, or that the answers are another person's.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from models import FeeBasis, PayUnit, Text
from optimizer.files.cells import fold, halfwidth
from optimizer.files.columns import Column
from optimizer.files.lists import Grades, Integers
from optimizer.files.moments import Clock, Date
from optimizer.files.scalars import Choice, Integer, Money, Percent, YesNo

_OPENING = str.maketrans("【〔［[{〈《｛", "((((((((")
_CLOSING = str.maketrans("】〕］]}〉》｝", "))))))))")
_BRACKET = re.compile(r"\(([^()]*)\)")
# These may stand behind the header of any column.
_REMARKS = frozenset(
    (
        *("必填", "选填", "可填", "可选", "可空", "可空白", "可不填", "必填项", "选填项", "可为空"),
        *("多选", "单选", "可多选", "下拉选择", "请选择", "文本", "文字", "文本格式", "程序不读"),
        *("required", "optional", "maybeblank", "text", "notread", "唯一", "不重复", "unique"),
    )
)
_EXAMPLES = ("如", "例如", "例", "比如", "空白", "eg", "suchas", "forexample", "blank", "默认")
_PEOPLE = frozenset(
    ("人", "名", "位", "人数", "个", "座", "students", "people", "seats", "persons")
)
_PERIODS = frozenset(("节", "课时", "节数", "periods", "lessons"))
_THINGS = frozenset(("个", "门", "班", "组", "项", "clubs", "groups", "number"))
_POINTS = frozenset(("分", "points"))
_GRADES = frozenset(("年级", "级", "个年级", "grades", "grade"))
_COUNTED: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("min_size", "max_size", "seats", "staff_needed", "base_care.max_size"), _PEOPLE
    ),
    "base_care.staff_needed": _PEOPLE,
    **dict.fromkeys(("max_periods_week", "max_periods_day", "periods_per_session"), _PERIODS),
    **dict.fromkeys(("max_sections", "max_clubs", "count"), _THINGS),
    "sessions_per_week": frozenset(("次", "次/周", "每周", "times", "times/week")),
    "min_gap_days": frozenset(("天", "日", "days")),
    "session_break_minutes": frozenset(("分钟", "分", "minutes", "min", "mins")),
    **dict.fromkeys(("grade", "max_grade_span", "base_care.grade_span"), _GRADES),
    **dict.fromkeys(("weights.rank_points", "weights.first_seat", "weights.second_seat"), _POINTS),
    "weights.tolerance": _POINTS,
}
_OF_KIND: dict[type, frozenset[str]] = {
    Percent: frozenset(("%", "百分比", "百分数", "百分之", "percent", "percentage")),
    Clock: frozenset(("24小时制", "时分", "hhmm", "24hour", "24hourclock", "24h", "时间")),
    Date: frozenset(("年月日", "年/月/日", "yyyymmdd", "yyyy/mm/dd", "yyyy/m/d", "公历")),
    YesNo: frozenset(
        ("是/否", "是否", "是或否", "yes/no", "y/n", "yesno", "yesorno", "√", "打√", "打勾")
    ),
    Grades: _GRADES,
    Integers: _POINTS,
}
_WORD_OF_MONEY = {
    **dict.fromkeys(("元", "人民币", "人民币元", "yuan", "rmb", "cny", "¥"), "yuan"),
    **dict.fromkeys(("生", "人", "学生", "student", "head", "child"), "head"),
    **dict.fromkeys(("月", "个月", "month"), "month"),
    **dict.fromkeys(("学期", "期", "term", "semester"), "term"),
    **dict.fromkeys(("节", "课时", "period", "lesson"), "period"),
    **dict.fromkeys(("次", "session"), "session"),
}
_FEE = {"month": FeeBasis.MONTH, "term": FeeBasis.TERM, "period": FeeBasis.PERIOD}
_PAY = {"period": PayUnit.PERIOD, "session": PayUnit.SESSION}
# What an amount may be said to be for, beside yuan; and the column or setting that decides it.
_MAY_SAY: dict[str, frozenset[str]] = {
    "budget.fee_fen": frozenset(("head", *_FEE)),
    "pay_fen": frozenset(_PAY),
    "overtime_pay_fen": frozenset(_PAY),
    "budget.sum_fen": frozenset(("term",)),
    **dict.fromkeys(
        (
            "budget.special_fund_fen",
            "budget.yearly_budget_fen",
            "budget.donation_fen",
            "budget.collection_fen",
        ),
        frozenset(("term",)),
    ),
    "budget.subsidy_fen_per_student": frozenset(("head", "term")),
    "budget.subsidy_earlier_fen": frozenset(("head",)),
}
DECIDED_BY: dict[str, tuple[str, dict[str, StrEnum]]] = {
    "budget.fee_fen": ("budget.fee_basis", {**_FEE}),
    "pay_fen": ("pay_unit", {**_PAY}),
    "overtime_pay_fen": ("pay_unit", {**_PAY}),
}

OTHER_BRACKET = Text(
    "括号里的“{bracket}”不是这一列认识的单位或说明，所以没有当作“{header}”读取；"
    "可用的有：{known}。请按它改写表头和内容，或删去括号。",
    "'{bracket}' in brackets is no unit or remark that is known for this column, so it was not "
    "read as '{header}'; known: {known}. Change header and content to it, or drop the bracket.",
)
OTHER_BASIS = Text(
    "表头写的是“{bracket}”，但“{decider}”是“{given}”；请改成一致的。",
    "the header says '{bracket}', but '{decider}' is '{given}': make the two agree.",
)


class Header(NamedTuple):
    """A header without its brackets, which stand by themselves."""

    base: str
    """Folded, to be compared."""
    whole: str
    """The same with the brackets."""
    brackets: tuple[str, ...]


def header_of(text: str) -> Header:
    """Take a header apart."""
    text = halfwidth(text).translate(_OPENING).translate(_CLOSING)
    found = tuple(part.strip() for part in _BRACKET.findall(text))
    return Header(fold(_BRACKET.sub("", text)), fold(text), tuple(filter(None, found)))


def unknown_bracket(column: Column, header: Header) -> str | None:
    """Give the first bracket of a header that its column may not carry."""
    return next((b for b in header.brackets if not _suits(column, b)), None)


def _suits(column: Column, bracket: str) -> bool:
    word = fold(bracket)
    own = {fold(b) for name in column.header for b in header_of(name).brackets}
    known = _REMARKS | own | column.names | _COUNTED.get(column.field, frozenset())
    if word in known or word.startswith(_EXAMPLES) or word in _of_kind(column):
        return True
    if isinstance(column.kind, Money):
        words = _money_words(bracket)
        return words is not None and words <= _MAY_SAY.get(column.field, frozenset()) | {"yuan"}
    if isinstance(column.kind, Choice):
        return all(column.kind.knows(part) for part in re.split(r"[/、,;|]|或|\bor\b", bracket))
    return isinstance(column.kind, Grades | Integer) and bool(re.fullmatch(r"[\d\-~、,]+", bracket))


def _of_kind(column: Column) -> frozenset[str]:
    return frozenset().union(*(w for kind, w in _OF_KIND.items() if isinstance(column.kind, kind)))


def _money_words(bracket: str) -> frozenset[str] | None:
    """Take 元/学期, yuan per student and month, 每月 apart; None if a word is none of them."""
    text = re.sub(r"单位|[:：]|\b(in|a|an|and)\b", " ", halfwidth(bracket).casefold())
    words = re.split(r"[/·\s]|每|\bper\b", text)
    named = {_WORD_OF_MONEY.get(word) for word in words if word}
    return None if None in named else frozenset(w for w in named if w)


def basis_in(column: Column, header: Header) -> tuple[str, StrEnum] | None:
    """Give what a header says that its amounts are for, in its words and as the choice it is."""
    if column.field in DECIDED_BY:
        choices = DECIDED_BY[column.field][1]
        for bracket in header.brackets:
            said = [choices[w] for w in _money_words(bracket) or () if w in choices]
            if said:
                return bracket, said[0]
    return None


def known_for(column: Column) -> Text:
    """List some of what a column's header may carry in brackets."""
    own = Text(*("、".join(header_of(name).brackets) for name in column.header))
    if own.zh:
        return own
    words = sorted(_COUNTED.get(column.field, frozenset()) | _of_kind(column))
    zh = [word for word in words if not word.isascii() or word == "%"]
    return Text(
        "、".join([*zh, "必填", "选填"]),
        ", ".join([*(word for word in words if word.isascii()), "required", "optional"]),
    )
