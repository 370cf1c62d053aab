"""What a search tells while it runs: a live line on a terminal, plain lines when piped."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text as RichText

from models import Lang, Text
from optimizer.report import gap_percent

if TYPE_CHECKING:
    from optimizer.engine import Progress

LINE_SECONDS = 2.0
"""Least time between two plain lines of the same stage."""

STAGES = {
    "loops": Text("编译求解循环（不计入时限）", "compiling loops (not part of the limit)"),
    "construct": Text("构造初始方案", "a first plan"),
    "care": Text("基础托管", "base care"),
    "prices": Text("上界与价格", "bound and prices"),
    "clubs": Text("社团", "clubs"),
    "pay": Text("节省课酬", "less pay"),
    "own": Text("本校教师优先", "own staff first"),
    "loads": Text("均衡工作量", "even loads"),
    "settling": Text("确定最终名额", "settling seats"),
    "rooms": Text("安排教室与托管", "rooms and care groups"),
    "changes": Text("减少变动", "fewest changes"),
    "bound": Text("线性规划上界", "bounds by linear programs"),
    "annealing": Text("按价格编排时间表", "annealing timetables"),
    "timetable_rooms": Text("时间表的教室", "rooms of timetables"),
    "rounding": Text("按时间表分配名额", "seating timetables"),
    "relaxation": Text("名额的线性松弛", "seats relaxed"),
    "care_groups": Text("整组托管", "whole care groups"),
    "seats": Text("确定名额", "seats made whole"),
    "whole_groups": Text("以整组编排时间表", "timetables with whole groups"),
    "purse": Text("控制在预算内", "keeping within the purse"),
    "neighbourhoods": Text("邻域改进", "neighbourhoods"),
    "whole": Text("整体模型", "the whole model"),
    "again": Text("再次证明最优", "proving the best again"),
    "sectioning": Text("时间与名额同排", "times and seats together"),
    "finish": Text("收尾", "finishing"),
}
"""The engine's stages; one without a name here is shown as it is."""

VALUE = Text("最好 {value}", "best {value}")
BOUND = Text("上界 {bound}", "bound {bound}")
GAP = Text("差距 {percent}%", "gap {percent} %")
GAP_IN_POINTS = Text("分值差距 {percent}%", "gap in points {percent} %")
WITH_CLUB = Text("有社团 {clubs}/{most} 人", "with a club {clubs}/{most}")
LEFT = Text("剩余 {left} 秒", "{left} s left")
ELAPSED = Text("{seconds} 秒", "{seconds} s")
START = Text("准备", "starting")

OnProgress = Callable[["Progress"], None]
Known = tuple[str, int | None, int | None, int | None, int | None]


class _Board:
    """What was told last; the clock goes on between two reports."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._last: Progress | None = None
        self._at = monotonic()
        self._spinner = Spinner("dots")

    def tell(self, progress: "Progress") -> None:
        self._last, self._at = progress, monotonic()

    def __rich__(self) -> Spinner:
        self._spinner.update(text=RichText(self.line()))
        return self._spinner

    def line(self) -> str:
        """Put the state of the search in one line."""
        since = monotonic() - self._at
        if self._last is None:
            parts = [ELAPSED.fill(seconds=f"{since:.0f}"), START]
        else:
            parts = _parts(self._last, since)
        return "  ".join(part.say(self._lang) for part in parts)


def _parts(last: "Progress", since: float) -> list[Text]:
    parts = [
        ELAPSED.fill(seconds=f"{last.seconds + since:.0f}"),
        STAGES.get(last.stage, Text(last.stage, last.stage)),
    ]
    if last.first_clubs is not None:
        parts.append(WITH_CLUB.fill(clubs=last.first_clubs, most=last.first_clubs_bound))
    if last.value is not None:
        parts.append(VALUE.fill(value=last.value))
    if last.bound is not None:
        parts.append(BOUND.fill(bound=last.bound))
        if last.value:
            said = GAP if last.first_clubs is None else GAP_IN_POINTS
            parts.append(said.fill(percent=_percent(last.value, last.bound)))
    parts.append(LEFT.fill(left=f"{max(0.0, last.time_left - since):.0f}"))
    return parts


def _percent(value: int, bound: int) -> str:
    """Give the gap; the first plans are so far off that the figure tells nothing."""
    return "> 100" if bound > 2 * value else gap_percent(value, bound)


@contextmanager
def shown(lang: Lang) -> Iterator[OnProgress]:
    """Show on stderr what the search reports.

    Yields
    ------
    OnProgress
        To be called with each report.
    """
    board = _Board(lang)
    if sys.stderr.isatty():
        with Live(board, console=Console(stderr=True), refresh_per_second=4, transient=True):
            yield board.tell
        return
    lines = _Lines(board)
    yield lines.tell
    lines.close()


class _Lines:
    """One line when something changes, not too many a second; the last change is never lost."""

    def __init__(self, board: _Board) -> None:
        self._board = board
        self._printed: Known | None = None
        self._pending: Known | None = None
        self._next = 0.0

    def tell(self, progress: "Progress") -> None:
        reached = progress.first_clubs, progress.first_clubs_bound
        known = (progress.stage, progress.value, progress.bound, *reached)
        self._board.tell(progress)
        if known == self._printed:
            return
        self._pending = known
        new_stage = self._printed is None or self._printed[0] != progress.stage
        if new_stage or monotonic() >= self._next:
            self._print()

    def close(self) -> None:
        if self._pending is not None:
            self._print()

    def _print(self) -> None:
        typer.echo(self._board.line(), err=True)
        self._printed, self._pending = self._pending, None
        self._next = monotonic() + LINE_SECONDS
