"""No table is longer than the largest school has it: all else takes its time with each row."""

from collections.abc import Iterator

from models.problems import Problem
from models.school_data import SchoolData
from models.text import Text

MOST_ROWS = {
    "slots": 1_000,
    "rooms": 5_000,
    "classes": 5_000,
    "groups": 1_000,
    "providers": 1_000,
    "teachers": 5_000,
    "courses": 5_000,
    "students": 50_000,
    "wishes": 500_000,
    "locks": 100_000,
    "previous": 20_000,
    "costs": 10_000,
}
TOO_LONG = Text(
    "这张表有 {count} 行，最多 {most} 行；请检查是否放错了数据。",
    "the table has {count} rows and may have at most {most}: check whether these are the right "
    "data.",
)


def find(school: SchoolData) -> Iterator[Problem]:
    """Find tables that are too long."""
    for table, most in MOST_ROWS.items():
        count = len(getattr(school, table))
        if count > most:
            text = TOO_LONG.fill(count=count, most=most)
            yield Problem("table-too-long", table, None, None, "", text)
