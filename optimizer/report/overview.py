"""The first sheet: what the plan achieves, how that is certified, where it came from."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from models import PolicyItem, Text
from models.labels import ITEM_NAMES
from optimizer.report.book import Book, internal_link
from optimizer.report.words import PROOFS, Line, plan_lines

OVERVIEW = Text("总览", "Overview")
TITLE = Text("{school} 课后服务方案", "{school}: after-school plan")
TERM = Text("学期 {first} 至 {last}", "Term {first} to {last}")
HOW_MADE = Text("方案来历", "How the plan was made")
CONTENTS = Text("目录", "Contents")
PROOF = Text("上界证明方式", "How the bound was certified")
LOTTERY = Text("抽签种子", "Lottery seed")
LOTTERY_RULE = Text(
    "抽签号 = SHA-256(“{seed}:学号”) 的前 8 字节，小者优先",
    "number = first 8 bytes of SHA-256 of '{seed}:student id'; lower goes first",
)
NO_PROOF = Text("-", "-")
RANDOM_SEED = Text("随机种子", "Random seed")
WORKERS = Text("并行数", "Workers")
TIME_TAKEN = Text("用时", "Time taken")
TIME_LIMIT = Text("时限", "Time limit")
WAIVED = Text("学校未采用的倡导性条款", "Advisory policy items waived")
NONE_WAIVED = Text("无", "none")
WIDTHS = (36, 14, 62, 3, 32)
"""Of labels, numbers, remarks, a gap, and the contents."""
CONTENTS_COLUMN = 4


def overview(book: Book, sheet: Any) -> None:
    """Write the overview; the sheets it lists must have been added before."""
    title = book.say(TITLE.fill(school=book.names.the_school))
    term = book.school.term
    sheet.write_string(0, 0, title, book.format["title"])
    period = TERM.fill(first=term.first_date.isoformat(), last=term.last_date.isoformat())
    sheet.write_string(1, 0, book.say(period), book.format["note"])
    row = _block(book, sheet, 3, plan_lines(book.figures), "figure")
    sheet.write_string(row + 1, 0, book.say(HOW_MADE), book.format["band"])
    for column in (1, 2):
        sheet.write_blank(row + 1, column, None, book.format["band"])
    row = _block(book, sheet, row + 2, _origin(book), "plain")
    sheet.write_string(2, CONTENTS_COLUMN, book.say(CONTENTS), book.format["band"])
    for number, name in enumerate(book.titles[1:], start=3):
        link = internal_link(name, 0)
        sheet.write_url(number, CONTENTS_COLUMN, link, book.format["link"], name)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    book.print_setup(sheet, title, row, 3)


def _block(book: Book, sheet: Any, row: int, lines: list[Line], counts: str) -> int:
    """Write lines of label, number and remark; a sentence takes the place of both.

    ``counts`` is the look of whole numbers.
    """
    for line in lines:
        book.write(sheet, row, 0, book.say(line.label), "label")
        if line.number is None:
            sheet.merge_range(row, 1, row, 2, book.say(line.said), book.format["cell"])
        else:
            look = counts if isinstance(line.number, int) else ""
            book.write(sheet, row, 1, line.number, look)
            _remark(book, sheet, row, line.remark)
        row += 1
    return row


def _remark(book: Book, sheet: Any, row: int, remark: Text | Fraction) -> None:
    if isinstance(remark, Fraction):
        book.write(sheet, row, 2, remark, "share")
    else:
        book.write(sheet, row, 2, book.say(remark))


def _origin(book: Book) -> list[Line]:
    made, plan = book.plan.provenance, book.plan
    proof = NO_PROOF if plan.bound_proof is None else PROOFS[plan.bound_proof]
    waived = book.names.join(_item(book, name) for name in plan.waived)
    seconds = Text("秒", "s")
    return [
        Line(PROOF, proof),
        Line(LOTTERY, LOTTERY, plan.lottery_seed, LOTTERY_RULE.fill(seed=plan.lottery_seed)),
        Line(WAIVED, _same(waived) if waived else NONE_WAIVED),
        Line(Text("程序版本", "Version"), _same(f"zouban {made.version}")),
        Line(Text("求解引擎", "Engine"), _same(made.engine)),
        Line(RANDOM_SEED, RANDOM_SEED, made.seed),
        Line(WORKERS, WORKERS, made.workers),
        Line(TIME_TAKEN, TIME_TAKEN, Decimal(str(made.seconds)), seconds),
        Line(TIME_LIMIT, TIME_LIMIT, Decimal(str(made.time_limit_seconds)), seconds),
        Line(Text("数据摘要", "Digest of the school's data"), _same(plan.school_digest)),
    ]


def _same(name: str) -> Text:
    return Text(name, name)


def _item(book: Book, name: str) -> str:
    return book.say(ITEM_NAMES[PolicyItem(name)]) if name in set(PolicyItem) else name
