"""The lottery: its rule as families read it, and every student's number beside it."""

from typing import Any

from models import Text
from optimizer.report.book import Book
from optimizer.report.columns import Cell, Layout
from optimizer.report.sheets import HOME, ID, NAME

LOTTERY = Text("抽签", "Lottery")
NUMBER_RULE = Text(
    "抽签号 = SHA-256(“{seed}:学号”) 的前 8 字节，小者优先",
    "number = first 8 bytes of SHA-256 of '{seed}:student id'; lower goes first",
)
RULE = Text(
    "志愿满足得同样好时，原来就在这门课的先于抽签，其余抽签次序在前的优先。谁更想要的名额在次序靠后、"
    "条件不优于他的人手里，只要换座（几个人依次换也算）不违反规则、总体不变差、不让次序在前的人吃亏，"
    "就归他。",
    "Where wishes are met equally well, who was in a course before goes first, then who goes first "
    "in the draw. A seat that somebody would rather have than one who goes later and has no better "
    "claim is his if seats can change hands (among several students in turn, too) with all rules "
    "kept, wishes met no worse in all, and nobody who goes first losing by it.",
)
ORDER, NUMBER = Text("抽签次序", "Place in the draw"), Text("抽签号", "Lottery number")


def lottery(book: Book, sheet: Any) -> None:
    """Write one line a student: his place in the draw and his number, which is text for Excel."""
    names, numbers = book.names, book.school.lottery_numbers
    place = {s: n for n, s in enumerate(sorted(numbers, key=numbers.__getitem__), start=1)}
    rows: list[list[Cell]] = [
        [names.home(s), s, names.student(s), place[s], str(numbers[s])]
        for s in names.by_class(book.school.student)
    ]
    heads = [book.say(head) for head in (HOME, ID, NAME, ORDER, NUMBER)]
    rule = NUMBER_RULE.fill(seed=book.school.settings.lottery_seed)
    note = f"{book.say(RULE)} {book.say(rule)}"
    book.table(sheet, book.say(LOTTERY), heads, rows, note, Layout(frozen=3))
