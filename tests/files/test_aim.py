"""What a file that says nothing of its aim means."""

import pytest

from models import Aim
from optimizer.files import read_school
from tests.files.books import Book


@pytest.mark.parametrize(
    ("said", "aim"),
    [
        ("most points", Aim.MOST_POINTS),
        ("总分最高", Aim.MOST_POINTS),
        ("first clubs", Aim.FIRST_CLUBS),
        (None, Aim.FIRST_CLUBS),
    ],
)
def test_first_clubs_come_first_unless_the_school_says_otherwise(
    book: Book, said: str | None, aim: Aim
) -> None:
    assert read_school(book.set("Aim", said).save()).settings.weights.aim is aim


def test_a_file_without_the_row_puts_first_clubs_first(book: Book) -> None:
    sheet = book.sheet("Settings")
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "Aim")
    sheet.delete_rows(row)
    assert book.warnings() == []
    assert read_school(book.save()).settings.weights.aim is Aim.FIRST_CLUBS
