"""The first sheet: what the plan achieves, how that is certified, where it came from."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models import PolicyItem, Text
from models.labels import ITEM_NAMES
from optimizer.report.book import Book, internal_link
from optimizer.report.columns import lines_of
from optimizer.report.lottery import NUMBER_RULE
from optimizer.report.outcome import (
    GRADE,
    WHOLE_SCHOOL,
    Outcomes,
    demand_text,
    outcome_text,
)
from optimizer.report.paper import ACROSS, LINE_POINTS, Flow, spread
from optimizer.report.words import PROOFS, Line, plan_lines

OVERVIEW = Text("总览", "Overview")
TITLE = Text("{school} 课后服务方案", "{school}: after-school plan")
TERM = Text("学期 {first} 至 {last}", "Term {first} to {last}")
HOW_MADE = Text("方案来历", "How the plan was made")
CONTENTS = Text("目录", "Contents")
PROOF = Text("上界证明方式", "How the bound was certified")
LOTTERY = Text("抽签种子", "Lottery seed")
NO_PROOF = Text("-", "-")
RANDOM_SEED = Text("随机种子", "Random seed")
WORKERS = Text("并行数", "Workers")
TIME_TAKEN = Text("用时", "Time taken")
TIME_LIMIT = Text("时限", "Time limit")
WAIVED = Text("学校未采用的倡导性条款", "Advisory policy items waived")
NONE_WAIVED = Text("无", "none")
GRADES, COURSES = Text("各年级", "By grade"), Text("各课程", "By course")
ASKED = Text("想参加的学生", "Asked for by")
BECAME = Text("结果", "What became of it")
ARRANGED = Text("名额、空位和时间", "Places, what is still free, and when")
WIDTHS = (30, 14, 84, 3, 32)
"""Of labels, numbers, remarks, a gap, and the contents."""
PRINTED, CONTENTS_COLUMN = 3, 4
LEAD = 5 * LINE_POINTS
"""What stands on one page with a head."""


def overview(book: Book, sheet: Any) -> None:
    """Write the overview; the sheets it lists must have been added before."""
    title = book.say(TITLE.fill(school=book.names.the_school))
    term = book.school.term
    sheet.write_string(0, 0, title, book.format["title"])
    period = TERM.fill(first=term.first_date.isoformat(), last=term.last_date.isoformat())
    sheet.write_string(1, 0, book.say(period), book.format["note"])
    scale = spread(WIDTHS[:PRINTED], [], ACROSS, stacked=True).scale or 100
    writer = _Writer(book, sheet, Flow(ACROSS, scale, used=3 * LINE_POINTS))
    writer.lines(plan_lines(book.figures), "figure")
    outcomes = Outcomes(book.names)
    writer.table((GRADES, ASKED, BECAME), _by_grade(book, outcomes))
    writer.table((COURSES, ASKED, ARRANGED), _by_course(book, outcomes))
    writer.band(HOW_MADE)
    writer.lines(_origin(book), "plain")
    sheet.write_string(2, CONTENTS_COLUMN, book.say(CONTENTS), book.format["band"])
    for number, name in enumerate(book.titles[1:], start=3):
        link = internal_link(name, 0)
        sheet.write_url(number, CONTENTS_COLUMN, link, book.format["link"], name)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    book.print_setup(sheet, title, writer.row, PRINTED)
    writer.flow.lay_out(sheet)


def _by_grade(book: Book, outcomes: Outcomes) -> Iterator[tuple[str, int, str]]:
    for grade, outcome in outcomes.by_grade.items():
        yield book.say(GRADE.fill(grade=grade)), outcome.asked, book.say(outcome_text(outcome))
    whole = outcomes.of(outcomes.school.student)
    yield book.say(WHOLE_SCHOOL), whole.asked, book.say(outcome_text(whole))


def _by_course(book: Book, outcomes: Outcomes) -> Iterator[tuple[str, int, str]]:
    for course in book.school.courses:
        demand = outcomes.course(course.id)
        said = book.say(demand_text(demand, book.names))
        yield book.names.course(course.id), demand.asked, said


class _Writer:
    """Fills the sheet from the top; rows are as tall as their texts."""

    def __init__(self, book: Book, sheet: Any, flow: Flow) -> None:
        self.book, self.sheet, self.flow = book, sheet, flow
        self.row = 3

    def _close(self, label: str, said: str, wide: bool = False, together: float = 0) -> None:
        """Set the height of the row that was written and go on to the next."""
        height = _height(label, said, wide)
        self.sheet.set_row(self.row, height)
        self.flow.add(self.row, height, together)
        self.row += 1

    def lines(self, lines: list[Line], counts: str) -> None:
        """Write lines of label, number and remark; a sentence takes the place of both.

        ``counts`` is the look of whole numbers.
        """
        book, sheet = self.book, self.sheet
        for line in lines:
            label, said = book.say(line.label), book.say(line.said)
            book.write(sheet, self.row, 0, label, "label")
            if line.number is None:
                sheet.merge_range(self.row, 1, self.row, 2, said, book.format["cell"])
            else:
                look = counts if isinstance(line.number, int) else ""
                book.write(sheet, self.row, 1, line.number, look)
                said = _remark(book, sheet, self.row, line.remark)
            self._close(label, said, wide=line.number is None)

    def band(self, text: Text) -> None:
        """Write the heading of what follows, after an empty row."""
        self._close("", "")
        self.sheet.write_string(self.row, 0, self.book.say(text), self.book.format["band"])
        for column in (1, 2):
            self.sheet.write_blank(self.row, column, None, self.book.format["band"])
        self._close("", "", together=LEAD)

    def table(self, heads: tuple[Text, ...], rows: Iterable[tuple[str, int, str]]) -> None:
        """Write a table of names, counts and sentences, after an empty row."""
        self._close("", "")
        said = [self.book.say(head) for head in heads]
        for column, head in enumerate(said):
            self.book.write(self.sheet, self.row, column, head, "head")
        body = list(rows)
        heights = [_height(name, sentence) for name, _, sentence in body]
        # A short table stands on one page, of a longer one the head with its first two rows.
        whole, lead = sum(heights) + LINE_POINTS, sum(heights[:2]) + LINE_POINTS
        self._close(said[0], said[2], together=whole if whole < self.flow.height / 2 else lead)
        for name, count, sentence in body:
            self.book.write(self.sheet, self.row, 0, name, "label")
            self.book.write(self.sheet, self.row, 1, count)
            self.book.write(self.sheet, self.row, 2, sentence)
            self._close(name, sentence)


def _height(label: str, said: str, wide: bool = False) -> int:
    """Give a row's height in points; a ``wide`` sentence takes the place of the number, too."""
    width = WIDTHS[2] + (WIDTHS[1] if wide else 0)
    return LINE_POINTS * max(lines_of(label, WIDTHS[0]), lines_of(said, width))


def _remark(book: Book, sheet: Any, row: int, remark: Text | Fraction) -> str:
    """Write the remark on a number; give what of it may need several lines."""
    if isinstance(remark, Fraction):
        book.write(sheet, row, 2, remark, "share")
        return ""
    book.write(sheet, row, 2, book.say(remark))
    return book.say(remark)


def _origin(book: Book) -> list[Line]:
    made, plan = book.plan.provenance, book.plan
    proof = NO_PROOF if plan.bound_proof is None else PROOFS[plan.bound_proof]
    waived = book.names.join(_item(book, name) for name in plan.waived)
    seconds = Text("秒", "s")
    return [
        Line(PROOF, proof),
        Line(LOTTERY, LOTTERY, plan.lottery_seed, NUMBER_RULE.fill(seed=plan.lottery_seed)),
        Line(WAIVED, _same(waived) if waived else NONE_WAIVED),
        Line(Text("程序版本", "Version"), _same(f"zouban {made.version}")),
        Line(Text("求解引擎", "Engine"), _same(made.engine)),
        Line(RANDOM_SEED, RANDOM_SEED, made.seed),
        Line(WORKERS, WORKERS, made.workers),
        Line(TIME_TAKEN, TIME_TAKEN, Decimal(str(made.seconds)), seconds),
        Line(TIME_LIMIT, TIME_LIMIT, Decimal(str(made.time_limit_seconds)), seconds),
        Line(Text("数据摘要", "Digest of the school's data"), _same(plan.school_digest)),
        *([Line(Text("本次运行", "Run"), _same(made.run))] if made.run else []),
    ]


def _same(name: str) -> Text:
    return Text(name, name)


def _item(book: Book, name: str) -> str:
    return book.say(ITEM_NAMES[PolicyItem(name)]) if name in set(PolicyItem) else name
