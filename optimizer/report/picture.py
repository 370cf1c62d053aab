"""The week as a picture: days across, times down, a box for each section."""

from colorsys import hls_to_rgb
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import Lang, Plan, School, Section, Text, clock, weekday_text
from optimizer.report.columns import display_width
from optimizer.report.figures import summary
from optimizer.report.grid import (
    BOX_HEIGHT,
    CARE_HEIGHT,
    DAY_HEAD,
    FOOTER,
    GAP,
    HEADER,
    LEAST_HEIGHT,
    MARGIN,
    PAD,
    TIMES_WIDTH,
    Grid,
)
from optimizer.report.naming import Names
from optimizer.report.png import new_figure, write_png
from optimizer.report.words import STATUSES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = Text("{school} · 每周课表", "{school} · the week")
ABOUT = Text(
    "{sections} 个班，{seats} 人次，{first}/{wishing} 名学生录取第一志愿 · {status}",
    "{sections} groups, {seats} seats, {first} of {wishing} with their first choice · {status}",
)
LEGEND = Text(
    "每格：班组、人数/最多人数、教室与教师；色条为满员程度。",
    "Each box: group, students/most, room and staff; the bar shows how full it is.",
)
CARE = Text("托管 {groups} 组 · {students} 人", "care: {groups} groups, {students} students")

DPI = 150
INK, FAINT, DARK, LINE, PAPER = "#1B2430", "#5B6675", "#1F3864", "#D5DAE1", "#F5F7FA"


def plot_timetable(
    school: School, plan: Plan, path: Path, lang: Lang = "zh", force: bool = False
) -> None:
    """Write the picture of a plan's week as PNG, whole or not at all.

    Raises
    ------
    InputError
        If the file exists and ``force`` is not given.
    """
    grid = Grid(school, plan)
    figure = new_figure(grid.width, grid.height, DPI)
    _Painter(figure, grid, Names(school, plan, lang)).paint()
    write_png(figure, path, plan.provenance.run, force)


class _Painter:
    def __init__(self, figure: "Figure", grid: Grid, names: Names) -> None:
        from matplotlib.font_manager import FontProperties  # noqa: PLC0415

        self.grid, self.names = grid, names
        self.font = FontProperties(fname=str(font_path()))
        self.axes: Axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, grid.width)
        self.axes.set_ylim(grid.height, 0)
        courses = grid.school.courses
        # Hues a golden section apart: neighbours on the menu differ most.
        self.hue = {course.id: 0.58 + number * 0.618 for number, course in enumerate(courses)}

    def say(self, text: Text) -> str:
        return text.say(self.names.lang)

    def write(self, x: float, y: float, text: str, size: float, **look: Any) -> None:
        """Write text as it is: a dollar sign starts no formula."""
        look = {"color": INK, "va": "center", **look}
        self.axes.text(
            x, y, text, fontproperties=self.font, fontsize=size, parse_math=False, **look
        )

    def fill(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        from matplotlib.patches import Rectangle  # noqa: PLC0415

        look = {"linewidth": 0, **look}
        self.axes.add_patch(Rectangle((x, y), width, height, **look))

    def paint(self) -> None:
        self.heading()
        top = HEADER + DAY_HEAD
        for band, height in zip(self.grid.bands, self.grid.band_heights, strict=True):
            self.times(band, top, height)
            for number, day in enumerate(self.grid.days):
                left = MARGIN + TIMES_WIDTH + number * self.grid.day_width
                self.cell(day, band, (left, top, height))
            top += height
        self.write(MARGIN, top + FOOTER / 2, self.say(LEGEND), 7.5, color=FAINT)

    def heading(self) -> None:
        grid = self.grid
        figures = summary(grid.school, grid.plan)
        about = ABOUT.fill(
            sections=figures.sections,
            seats=figures.seats,
            first=figures.with_first_choice,
            wishing=figures.wishing,
            status=STATUSES[figures.status],
        )
        title = self.say(TITLE.fill(school=self.names.the_school))
        self.write(MARGIN, 0.32, title, 17, color=DARK)
        self.write(MARGIN, 0.64, self.say(about), 9.5, color=FAINT)
        for number, day in enumerate(grid.days):
            left = MARGIN + TIMES_WIDTH + number * grid.day_width
            self.fill(left, HEADER, grid.day_width, DAY_HEAD, facecolor=DARK)
            middle = (left + grid.day_width / 2, HEADER + DAY_HEAD / 2)
            label = self.say(weekday_text(day))
            self.write(*middle, label, 11, color="white", ha="center")

    def times(self, band: tuple[int, int], top: float, height: float) -> None:
        self.fill(MARGIN, top, TIMES_WIDTH, height, facecolor=PAPER, edgecolor=LINE, linewidth=0.8)
        middle = MARGIN + TIMES_WIDTH / 2
        for minute, shift in zip(band, (-0.1, 0.1), strict=True):
            self.write(middle, top + height / 2 + shift, clock(minute), 9.5, ha="center")

    def cell(self, day: int, band: tuple[int, int], place: tuple[float, float, float]) -> None:
        left, top, height = place
        grid = self.grid
        there = (day, band) in grid.cells
        face = "white" if there else PAPER
        self.fill(left, top, grid.day_width, height, facecolor=face, edgecolor=LINE, linewidth=0.8)
        for number, section in enumerate(grid.boxes(day, band)):
            row, column = divmod(number, grid.columns)
            x = left + PAD + column * (grid.box_width + GAP)
            self.box(section, x, top + PAD + row * (BOX_HEIGHT + GAP))
        groups = grid.care(day, band)
        if groups:
            students = sum(len(g.students) for g in groups)
            below = (height - CARE_HEIGHT) / 2 if height == LEAST_HEIGHT else PAD
            self.care(left, top + height - below - CARE_HEIGHT, len(groups), students)

    def care(self, left: float, y: float, groups: int, students: int) -> None:
        width = self.grid.day_width - 2 * PAD
        self.fill(left + PAD, y, width, CARE_HEIGHT, facecolor="#E9ECF0")
        text = self.say(CARE.fill(groups=groups, students=students))
        middle = left + self.grid.day_width / 2
        self.write(middle, y + CARE_HEIGHT / 2, text, 7.5, color=FAINT, ha="center")

    def box(self, section: Section, x: float, y: float) -> None:
        grid, width = self.grid, self.grid.box_width
        course = grid.school.course[section.course]
        most = min(course.max_size, grid.school.room[section.room].seats)
        pale, strong = (
            hls_to_rgb(self.hue[course.id] % 1, light, colour)
            for light, colour in ((0.925, 0.62), (0.48, 0.45))
        )
        self.fill(x, y, width, BOX_HEIGHT, facecolor=pale)
        self.fill(x, y, 0.05, BOX_HEIGHT, facecolor=strong)
        full = len(section.students) / most
        self.fill(x + 0.05, y + BOX_HEIGHT - 0.035, (width - 0.05) * full, 0.035, facecolor=strong)
        count = f"{len(section.students)}/{most}"
        name = fitted(self.names.section(section.id), 9, width - 0.25 - _inches(count, 7.5))
        below = f"{self.names.room(section.room)} · {self.names.staff(section.staff)}"
        self.write(x + 0.11, y + 0.145, name, 9)
        self.write(x + width - 0.05, y + 0.145, count, 7.5, ha="right")
        self.write(x + 0.11, y + 0.32, fitted(below, 7, width - 0.18), 7, color=FAINT)


def font_path() -> Path:
    """Find the font with Chinese characters; the package that ships it is not imported.

    Importing it would change matplotlib's settings for the whole process.
    """
    package = find_spec("zhplot")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("zhplot, which ships the font for Chinese, is not installed")
    return Path(package.origin).parent / "fonts" / "NotoSansSC-Regular.ttf"


def _inches(text: str, size: float) -> float:
    """Estimate the width of a text: a wide character is one em, any other a bit over half."""
    return display_width(text) * 0.53 * size / 72


def fitted(text: str, size: float, width: float) -> str:
    """Shorten a text so that it fits a width in inches."""
    if _inches(text, size) <= width:
        return text
    while text and _inches(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
