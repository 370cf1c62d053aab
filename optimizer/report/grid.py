"""Which box of the week's picture goes where."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from models import CareGroup, Plan, School, Section, natural

# Inches.
MARGIN, TIMES_WIDTH, GAP = 0.3, 0.75, 0.05
HEADER, DAY_HEAD, FOOTER = 0.85, 0.34, 0.35
BOX_HEIGHT, CARE_HEIGHT, PAD = 0.46, 0.25, 0.07
LEAST_HEIGHT = 0.52
"""Of a row: the times beside it take two lines."""
BOX_WIDTHS = {1: 2.15, 2: 1.75, 3: 1.6, 4: 1.5}
MOST_BOXES = {1: 10, 2: 24, 3: 54}
"""Boxes in one cell, by the number of columns that suffices for them."""


@dataclass(frozen=True)
class Grid:
    """Which box goes where, in inches from the top left corner."""

    school: School
    plan: Plan

    @cached_property
    def days(self) -> list[int]:
        """Weekdays that have slots."""
        return sorted({slot.weekday for slot in self.school.slots})

    @cached_property
    def bands(self) -> list[tuple[int, int]]:
        """Start and end of each row of the picture."""
        return sorted({(slot.start_minute, slot.end_minute) for slot in self.school.slots})

    @cached_property
    def cells(self) -> dict[tuple[int, tuple[int, int]], list[str]]:
        """Slots by day and times: several where grades have slots of their own."""
        found: dict[tuple[int, tuple[int, int]], list[str]] = defaultdict(list)
        for slot in self.school.slots:
            found[slot.weekday, (slot.start_minute, slot.end_minute)].append(slot.id)
        return found

    @cached_property
    def sections(self) -> dict[str, list[Section]]:
        """Sections at each slot, in the order of the menu."""
        order = {course.id: number for number, course in enumerate(self.school.courses)}
        found: dict[str, list[Section]] = defaultdict(list)
        for section in sorted(self.plan.sections, key=lambda s: (order[s.course], natural(s.id))):
            for slot in section.slots:
                found[slot].append(section)
        return found

    def boxes(self, day: int, band: tuple[int, int]) -> list[Section]:
        """Give the sections that meet on a day at a time."""
        return [s for slot in self.cells.get((day, band), ()) for s in self.sections[slot]]

    @cached_property
    def _care(self) -> dict[str, list[CareGroup]]:
        found: dict[str, list[CareGroup]] = defaultdict(list)
        for group in self.plan.care_groups:
            found[group.slot].append(group)
        return found

    def care(self, day: int, band: tuple[int, int]) -> list[CareGroup]:
        """Give the care groups on a day at a time."""
        return [g for slot in self.cells.get((day, band), ()) for g in self._care[slot]]

    @cached_property
    def columns(self) -> int:
        """Boxes side by side in a cell."""
        most = max((len(self.boxes(d, b)) for d in self.days for b in self.bands), default=0)
        return next((k for k, limit in MOST_BOXES.items() if most <= limit), 4)

    @property
    def box_width(self) -> float:
        """Width of a section's box."""
        return BOX_WIDTHS[self.columns]

    @property
    def day_width(self) -> float:
        """Width of a day."""
        return self.columns * (self.box_width + GAP) - GAP + 2 * PAD

    @cached_property
    def band_heights(self) -> list[float]:
        """Heights of the rows."""
        heights = []
        for band in self.bands:
            most = max(len(self.boxes(day, band)) for day in self.days)
            rows = -(-most // self.columns)
            care = CARE_HEIGHT if any(self.care(day, band) for day in self.days) else 0
            heights.append(max(LEAST_HEIGHT, rows * (BOX_HEIGHT + GAP) + care + 2 * PAD))
        return heights

    @property
    def width(self) -> float:
        """Width of the picture."""
        return 2 * MARGIN + TIMES_WIDTH + len(self.days) * self.day_width

    @property
    def height(self) -> float:
        """Height of the picture."""
        return HEADER + DAY_HEAD + sum(self.band_heights) + FOOTER
