"""What fits on a page: the scale at which a sheet prints, and where its pages end.

Text is written in 10 points. Nothing that is printed is scaled below ``LEAST_SCALE``: a table that
is too wide goes on beside itself on a further page, with the columns that name its rows repeated.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

A4: Final = 9
MARGINS: Final = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}
"""In inches."""
LEAST_SCALE: Final = 90
"""Percent: what is written in 10 points has 9 on paper."""
LINE_POINTS: Final = 16
FITTED: Final = 0.93
"""Part of a page's width, at the least scale, that is planned for where whoever prints fits the
sheet to the page: his fonts may be wider than those planned with, and columns with them."""
SCALED: Final = 0.82
"""The same where the sheet itself gives the scale, and a column too many goes overleaf."""
TALL: Final = 0.97
"""Part of a page's height that is planned for."""


class Paper(NamedTuple):
    """What an A4 page holds between its margins: width in pixels (96 an inch), height in points."""

    width: int
    height: int


UPRIGHT: Final = Paper(717, 762)
ACROSS: Final = Paper(1045, 516)


def pixels(width: float) -> int:
    """Give a column's width on the screen; ``width`` is in digits of the standard font."""
    return int(width * 7 + 0.5) + 5


def total(widths: Iterable[float]) -> int:
    """Give the width of several columns in pixels."""
    return sum(pixels(width) for width in widths)


def room_for(paper: Paper, part: float = FITTED) -> int:
    """Give the pixels that are planned for the width of a page at the least scale."""
    return int(100 * part * paper.width / LEAST_SCALE)


def squeezed(widths: Sequence[float], least: Sequence[float], room: int) -> list[float]:
    """Make the widest columns narrower, all to one width, until they fit the room if they can."""

    def cut(level: float) -> list[float]:
        return [min(width, max(low, level)) for width, low in zip(widths, least, strict=True)]

    level = max(widths, default=0)
    while level > 0 and total(cut(level)) > room:
        level -= 0.1
    return cut(level)


class Spread(NamedTuple):
    """How a wide table is spread over pages side by side."""

    scale: int | None = None
    """In percent; None where the sheet is fitted to the width of one page."""
    breaks: tuple[int, ...] = ()
    """Columns with which a page begins, without the first."""


ONE_PAGE: Final = Spread()


def spread(
    fixed: Sequence[float],
    groups: Sequence[Sequence[float]],
    paper: Paper,
    stacked: bool = False,
) -> Spread:
    """Spread columns over as few pages as are readable, none much wider than another.

    Parameters
    ----------
    fixed
        Widths of the columns that are repeated on every page.
    groups
        Widths of the others; the columns of a group (a day, a month) stay together if they can.
    stacked
        Whether several tables stand on the sheet, a page each: Excel keeps no page break on a
        sheet that it fits to the page.
    """
    base = total(fixed)
    if not stacked and base + sum(map(total, groups)) <= room_for(paper):
        return ONE_PAGE
    room = room_for(paper, SCALED) - base
    best = _pages(groups, room)
    whole = max((total(group) for group in groups if total(group) <= room), default=0)
    for tenths in range(9, 0, -1):
        narrower = _pages(groups, max(room * tenths // 10, whole))
        if len(narrower) > len(best):
            break
        best = narrower
    widest = base + max(map(total, best), default=0)
    scale = int(100 * SCALED * paper.width / widest)
    breaks, column = [], len(fixed)
    for page in best[:-1]:
        column += len(page)
        breaks.append(column)
    return Spread(min(100, max(scale, LEAST_SCALE)), tuple(breaks))


def _pages(groups: Sequence[Sequence[float]], room: int) -> list[list[float]]:
    """Fill pages with whole groups; a group that no page can hold is taken apart."""
    pages: list[list[float]] = []
    for group in groups:
        whole = total(group) <= room
        for part in [group] if whole else [[width] for width in group]:
            if not pages or total([*pages[-1], *part]) > room:
                pages.append([])
            pages[-1] += part
    return pages


@dataclass
class Flow:
    """Fills a sheet from the top, page by page, and keeps together what belongs together."""

    paper: Paper
    scale: int = 100
    used: float = 0
    breaks: list[int] = field(default_factory=list)
    taken: list[tuple[int, float, float]] = field(default_factory=list)
    """Rows taken in, with height and what must stand together."""

    @property
    def height(self) -> float:
        """Points that a page holds."""
        return self.paper.height * TALL * 100 / self.scale

    def add(self, row: int, height: float, together: float = 0) -> bool:
        """Take one row in; tell whether a page begins with it.

        Parameters
        ----------
        height
            The row's height in points.
        together
            What must stand on one page from this row on, if more than the row.
        """
        self.taken.append((row, height, together))
        wanted = min(max(together, height), self.height)
        begins = self.used > 0 and self.used + wanted > self.height
        if begins:
            self.breaks.append(row)
            self.used = 0
        self.used += height
        return begins

    def rows(self, first: int, heights: Sequence[float], lead: int = 3) -> None:
        """Take rows in; the first ``lead`` of them stand on one page, as a head with its rows."""
        for number, height in enumerate(heights):
            self.add(first + number, height, 0 if number else sum(heights[:lead]))

    def shrunk(self, pages: int) -> "Flow":
        """Give the largest print, within what is readable, that needs no more than so many pages.

        Where none does it is the flow as it is.
        """
        for scale in range(self.scale, LEAST_SCALE - 1, -2):
            smaller = Flow(self.paper, scale)
            for row in self.taken:
                smaller.add(*row)
            if len(smaller.breaks) < pages:
                return smaller
        return self

    def lay_out(self, sheet: Any) -> None:
        """Set the scale and the page breaks."""
        sheet.set_print_scale(self.scale)
        sheet.set_h_pagebreaks(self.breaks)
