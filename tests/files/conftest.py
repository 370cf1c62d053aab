"""The example workbook, to be spoilt."""

from pathlib import Path

import pytest

from tests.files.books import Book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "school.xlsx")
