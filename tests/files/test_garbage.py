"""Whatever stands in the cells, reading ends in a school or in messages, never in a crash."""

import math
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.files import write_school
from optimizer.files.cells import Broken
from optimizer.files.csvfolder import read_folder
from optimizer.files.draft import assemble
from optimizer.files.example import example_school
from optimizer.files.headers import RawTable
from optimizer.files.reading import read_tables
from tests.files.strategies import ODD

CELLS = st.one_of(
    st.sampled_from(
        (*ODD, "", " ", "S01", "T03", "篮球", "周二1", "无、", "1-99", "-1", "{}", "{0}")
    ),
    st.text(max_size=8),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([Broken("#N/A"), math.inf, math.nan, 1e300, -0.0, 1e-300]),
    st.sampled_from([date.max, datetime(1, 1, 1), time.max, timedelta(days=-1)]),
)


@cache
def _tables() -> list[RawTable]:
    with TemporaryDirectory() as folder:
        write_school(example_school("zh"), Path(folder) / "school")
        return read_folder(Path(folder) / "school")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_garbage_in_any_cells(data: Any) -> None:
    tables = [raw._replace(rows=[(n, list(row)) for n, row in raw.rows]) for raw in _tables()]
    for _ in range(data.draw(st.integers(1, 6))):
        raw = data.draw(st.sampled_from(tables))
        _, row = data.draw(st.sampled_from(raw.rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
    found = assemble(read_tables("school", tables))
    assert (found.school is None) == bool(found.errors)
    for text in found.errors + found.warnings:
        assert all(text)
        assert "\n" not in text.zh + text.en
    assert len(set(found.errors)) == len(found.errors)
