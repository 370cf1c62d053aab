"""What is not read, and how bad that is: columns that no table knows."""

import re
from collections.abc import Iterable, Sequence

from models import Text
from models.problems import SUGGESTION, Severity, nearest_word
from models.spelling import likeness
from optimizer.files.cells import Cell, UnreadableError, fold, halfwidth, is_blank, number, plain
from optimizer.files.columns import Column, Table
from optimizer.files.moments import Clock, Date
from optimizer.files.scalars import Choice, Context, Kind, Money, Percent, YesNo

UNKNOWN_COLUMN = Text(
    "不认识这一列，未读取；{hint}请改正表头，不用的请删去。",
    "unknown column, not read; {hint} Correct the header, or delete the column.",
)
DECIDING = frozenset(
    (
        *("term", "groups", "teachers", "courses", "students", "wishes", "policy", "locks"),
        *("previous", "costs"),
    )
)
"""Tables about money, rules and what children get: what is not read there may change them."""
NUMBERINGS = frozenset(
    (
        "编号",
        "序号",
        "序",
        "行号",
        "流水号",
        "项次",
        "no",
        "nr",
        "#",
        "id",
        "num",
        "number",
        "index",
    )
)
_FOR_PEOPLE = re.compile(
    r"备注|备考|说明|附注|电话|手机|联系|微信|邮箱|qq|性别|生日|出生|年龄|身份证|证件|民族|籍贯|户籍|地址|住址|"
    r"家长|监护人|父亲|母亲|爸爸|妈妈|照片|签名|签字|拼音|英文名|曾用名|学籍|职务|职称|学科|任教|填表|提交|时间戳|"
    r"姓名|名称|班级|年级|班名"
)
_FOR_PEOPLE_EN = frozenset(
    (
        *("note", "notes", "remark", "remarks", "comment", "comments", "phone", "tel", "telephone"),
        *("mobile", "contact", "email", "mail", "sex", "gender", "birth", "birthday", "age"),
        *("address", "parent", "parents", "guardian", "mother", "father", "photo", "signature"),
        *("signed", "timestamp", "submitted", "name", "class", "grade", "subject"),
    )
)
# Cells of these kinds can be told from others without knowing the school.
_TELLING = (Percent, Money, Clock, Date, YesNo, Choice)
_CLOSE = 0.6
# Other words for what is money; they are no names, but say what is probably meant.
_ALSO_SAID: dict[str, re.Pattern[str]] = {
    field: re.compile(words, re.IGNORECASE)
    for field, words in {
        "budget.sum_fen": r"预算|经费|总额|上限|budget|limit|ceiling",
        "budget.fee_fen": r"收费|费用|学费|服务费|fee|tuition|charge|price",
        "budget.subsidy_fen_per_student": r"补助|补贴|生均|subsid|grant",
        "budget.special_fund_fen": r"专项|拨款|fund",
        "budget.donation_fen": r"捐|赞助|donat",
        "budget.collection_fen": r"代收|collect",
        "pay_fen": r"薪|酬|工资|报酬|课时|津贴|wage|salary|rate|remunerat|honorari",
        "relief_percent": r"减|免|优惠|折|discount|waive|reduc|exempt|relief",
        "amount_fen": r"金额|钱|费|price|sum|amount|cost",
        "lottery_seed": r"种子|抽签|摇号|seed|lottery",
    }.items()
}


def is_numbering(header: str, cells: Sequence[Cell | None]) -> bool:
    """Tell whether a column only counts the rows: 1, 2, 3, ..., under a header that says so."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return (
        fold(header) in NUMBERINGS
        and bool(filled)
        and all(_counts(cell, place) for place, cell in enumerate(filled, 1))
    )


def _counts(cell: Cell | None, place: int) -> bool:
    if isinstance(cell, str):
        return halfwidth(cell).lstrip("0") == str(place)
    return cell is not None and number(cell) == place


def judge(
    table: Table, header: str, cells: Sequence[Cell], missing: Sequence[Column]
) -> tuple[Severity, Text]:
    """Say of a column that nobody knows how bad it is that it is not read, and what it may be.

    Parameters
    ----------
    table
        The table that it stands in.
    header
        What it is called.
    cells
        What it holds.
    missing
        The columns that the sheet lacks.
    """
    meant, close = _meant(header, cells, missing)
    if meant is None:
        # What the sheet has already may be meant all the same, as by a key of another record.
        meant = next((c for c in table.columns if _likeness(header, c) >= _CLOSE), None)
    hint = nearest_word(header, [c.header for c in missing or table.columns])
    if meant is not None:
        hint = SUGGESTION.fill(name=_in_the_language_of(header, meant.header))
    text = UNKNOWN_COLUMN.fill(hint=hint)
    if not cells:
        return "warning", text
    deciding = table.name in DECIDING and not is_for_people(header)
    return "stop" if close or deciding else "warning", text


def setting_meant(key: str, value: Cell | None, items: Sequence[Column]) -> tuple[Text, str]:
    """Say which setting is probably meant, one that can have the value given, and give its field.

    Where none is near, the field is blank.
    """
    able = [c for c in items if is_blank(value) or value is None or _reads(c.kind, (value,))]
    said = [c for c in able if c.field in _ALSO_SAID and _ALSO_SAID[c.field].search(key)]
    near = max(able, key=lambda c: _likeness(key, c), default=None)
    if near is not None and _likeness(key, near) >= _CLOSE:
        said.insert(0, near)
    if said:
        return SUGGESTION.fill(name=_in_the_language_of(key, said[0].header)), said[0].field
    return nearest_word(key, [c.header for c in items]), ""


def meant(header: str, cells: Sequence[Cell], missing: Iterable[Column]) -> Column | None:
    """Give the column that a header probably means, if any."""
    return _meant(header, cells, missing)[0]


def is_for_people(header: str) -> bool:
    """Tell whether a column is there for people's eyes: remarks, telephones, names."""
    words = re.findall(r"[a-z]+", halfwidth(header).casefold())
    return bool(_FOR_PEOPLE.search(header) or _FOR_PEOPLE_EN & set(words))


def _meant(
    header: str, cells: Sequence[Cell], missing: Iterable[Column]
) -> tuple[Column | None, bool]:
    """Give the column that is probably meant: by its name, or else by what it holds."""
    rated = [(_likeness(header, column), column) for column in missing]
    best, column = max(rated, key=lambda one: one[0], default=(0.0, None))
    if best >= _CLOSE:
        return column, not is_for_people(header) or best >= 1
    said = [c for _, c in rated if c.field in _ALSO_SAID and _ALSO_SAID[c.field].search(header)]
    if said:
        return said[0], False
    fitting = [(rate, c) for rate, c in rated if _fits(c.kind, cells)]
    if not fitting:
        return None, False
    return max(fitting, key=lambda one: one[0])[1], False


def _likeness(header: str, column: Column) -> float:
    return max(likeness(fold(header), name) for name in column.names)


def _fits(kind: Kind, cells: Sequence[Cell]) -> bool:
    """Tell whether cells are of a kind that few others are."""
    if not cells or not isinstance(kind, _TELLING):
        return False
    if isinstance(kind, Percent) and not any("%" in halfwidth(plain(c)) for c in cells):
        return False
    return _reads(kind, cells)


def _reads(kind: Kind, cells: Sequence[Cell]) -> bool:
    try:
        for cell in cells:
            kind.parse(cell, Context())
    except UnreadableError:
        return False
    return True


def _in_the_language_of(header: str, words: Text) -> str:
    return words.en if header.isascii() else words.zh
