"""Schools and plans in files: an Excel workbook, a folder of CSV files, or JSON.

The three hold the same tables (see ``tables``) and are interchangeable without loss. Reading lists
every mistake with its place; writing is whole or not at all. Attendance comes in a file of its own.
"""

from optimizer.files.attendance import RowName, read_attendance
from optimizer.files.attendancewrite import Roster, write_attendance
from optimizer.files.draft import Inspection
from optimizer.files.guard import look_at
from optimizer.files.imports import Imported, Wanted
from optimizer.files.keeping import Pin, kept_school
from optimizer.files.plans import read_plan, read_price_list, write_plan, write_price_list
from optimizer.files.policies import read_policy
from optimizer.files.reasons import why
from optimizer.files.schools import (
    NOT_ACCEPTED,
    import_answers,
    inspect_school,
    new_workbook,
    read_school,
    write_imported,
    write_kept,
    write_school,
)
from optimizer.files.tomlfile import read_toml
from optimizer.writing import writing

__all__ = [
    "NOT_ACCEPTED",
    "Imported",
    "Inspection",
    "Pin",
    "Roster",
    "RowName",
    "Wanted",
    "import_answers",
    "inspect_school",
    "kept_school",
    "look_at",
    "new_workbook",
    "read_attendance",
    "read_plan",
    "read_policy",
    "read_price_list",
    "read_school",
    "read_toml",
    "why",
    "write_attendance",
    "write_imported",
    "write_kept",
    "write_plan",
    "write_price_list",
    "write_school",
    "writing",
]
