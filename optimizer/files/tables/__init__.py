"""Every sheet and column, declared once: reading, writing, templates and notes all follow it."""

from optimizer.files.columns import Column, Table
from optimizer.files.tables.calendar import SLOTS, TERM, TermItem
from optimizer.files.tables.menu import COURSES, WISHES
from optimizer.files.tables.money import OTHER_COSTS
from optimizer.files.tables.people import CLASSES, GROUPS, STAGES, STUDENTS
from optimizer.files.tables.pins import LOCKS, POLICY, PREVIOUS
from optimizer.files.tables.resources import PROVIDERS, ROOMS, TEACHERS
from optimizer.files.tables.settings import SETTINGS

# In the order of the sheets: what others refer to comes first.
TABLES: tuple[Table, ...] = (
    SETTINGS,
    TERM,
    STAGES,
    SLOTS,
    ROOMS,
    CLASSES,
    GROUPS,
    PROVIDERS,
    TEACHERS,
    COURSES,
    STUDENTS,
    WISHES,
    POLICY,
    LOCKS,
    PREVIOUS,
    OTHER_COSTS,
)
BY_NAME = {table.name: table for table in TABLES}
ORDER = {table.name: place for place, table in enumerate(TABLES)}
# Those whose rows make up the school as they are; the others need some assembly.
LISTS = tuple(name for name in ORDER if name not in {"settings", "term", "stages", "policy"})

__all__ = ["BY_NAME", "LISTS", "ORDER", "TABLES", "Column", "Table", "TermItem"]
