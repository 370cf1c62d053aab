"""The first sheet: what the plan achieves, how that is certified, where it came from."""

from typing import Any

from models import PolicyItem, Text
from optimizer.report.book import Book, internal_link
from optimizer.report.words import PROOFS, Row, plan_rows

OVERVIEW = Text("总览", "Overview")
TITLE = Text("{school} 课后服务方案", "{school}: after-school plan")
TERM = Text("学期 {first} 至 {last}", "Term {first} to {last}")
HOW_MADE = Text("方案来历", "How the plan was made")
CONTENTS = Text("目录", "Contents")
PROOF = Text("上界证明方式", "How the bound was certified")
LOTTERY = Text("抽签种子", "Lottery seed")
LOTTERY_RULE = Text(
    "{seed}（抽签号 = SHA-256(“{seed}:学号”) 的前 8 字节，小者优先）",
    "{seed} (number = first 8 bytes of SHA-256 of '{seed}:student id'; lower goes first)",
)
WAIVED = Text("学校未采用的倡导性条款", "Advisory policy items waived")
NONE_WAIVED = Text("无", "none")
ITEMS = {
    PolicyItem.LATEST_END: Text("最晚结束时间", "latest end"),
    PolicyItem.EARLIEST_END: Text("最早结束时间", "earliest end"),
    PolicyItem.EVENING_LATEST_END: Text("晚自习最晚结束时间", "latest end of evening study"),
    PolicyItem.EVENING_MAX_MINUTES: Text("晚自习时长", "minutes of evening study"),
    PolicyItem.MAX_MINUTES_DAY: Text("每天分钟数", "minutes a day"),
    PolicyItem.MAX_PERIODS_DAY: Text("每天课时数", "periods a day"),
    PolicyItem.MAX_LEARNING_PERIODS_DAY: Text("每天学习类课时数", "learning periods a day"),
    PolicyItem.SERVICE_WEEKDAY: Text("服务日", "service weekdays"),
    PolicyItem.EXCLUDED_GROUP: Text("不参加的群体", "groups kept out"),
    PolicyItem.BARRED_CONTENT: Text("禁止的内容", "barred content"),
    PolicyItem.BARRED_PROVIDER: Text("禁止的机构", "barred providers"),
    PolicyItem.VETTING_REQUIRED: Text("人员与机构审核", "vetting"),
}
CONTENTS_COLUMN = 3


def overview(book: Book, sheet: Any) -> None:
    """Write the overview; the sheets it lists must have been added before."""
    title = book.say(TITLE.fill(school=book.school.settings.name))
    term = book.school.term
    sheet.write_string(0, 0, title, book.format["title"])
    period = TERM.fill(first=term.first_date.isoformat(), last=term.last_date.isoformat())
    sheet.write_string(1, 0, book.say(period), book.format["note"])
    row = _block(book, sheet, 3, plan_rows(book.figures, book.names.lang))
    sheet.write_string(row + 1, 0, book.say(HOW_MADE), book.format["band"])
    sheet.write_blank(row + 1, 1, None, book.format["band"])
    row = _block(book, sheet, row + 2, _origin(book))
    sheet.write_string(2, CONTENTS_COLUMN, book.say(CONTENTS), book.format["band"])
    for number, name in enumerate(book.titles[1:], start=3):
        link = internal_link(name, 0)
        sheet.write_url(number, CONTENTS_COLUMN, link, book.format["link"], name)
    for column, width in ((0, 44), (1, 64), (2, 3), (3, 32)):
        sheet.set_column(column, column, width)
    book.print_setup(sheet, title, row, 2)


def _block(book: Book, sheet: Any, row: int, rows: list[Row]) -> int:
    for label, value in rows:
        book.write(sheet, row, 0, label, "label")
        book.write(sheet, row, 1, value)
        row += 1
    return row


def _origin(book: Book) -> list[Row]:
    made, plan = book.plan.provenance, book.plan
    proof = "-" if plan.bound_proof is None else book.say(PROOFS[plan.bound_proof])
    waived = book.names.join(_item(book, name) for name in plan.waived)
    rows = [
        (PROOF, proof),
        (LOTTERY, book.say(LOTTERY_RULE.fill(seed=plan.lottery_seed))),
        (WAIVED, waived or book.say(NONE_WAIVED)),
        (Text("程序版本", "Version"), f"zouban {made.version}"),
        (Text("求解引擎", "Engine"), made.engine),
        (Text("随机种子", "Random seed"), str(made.seed)),
        (Text("并行数", "Workers"), str(made.workers)),
        (
            Text("用时 / 时限（秒）", "Time taken / limit (s)"),
            f"{made.seconds:.1f} / {made.time_limit_seconds:g}",
        ),
        (Text("数据摘要", "Digest of the school's data"), plan.school_digest),
    ]
    return [(book.say(label), value) for label, value in rows]


def _item(book: Book, name: str) -> str:
    return book.say(ITEMS[PolicyItem(name)]) if name in set(PolicyItem) else name
