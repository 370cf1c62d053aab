"""What a course contains, in the words of either language: a ban on it holds whatever the word."""

from pathlib import Path

import pytest

from models import Clause, Course, Lang, Policy, PolicyItem, School
from models.contents import CONTENT_NAMES
from optimizer.checks import foresee
from optimizer.files import read_school, write_school
from tests.builders import revised, with_clause, with_course
from tests.files.books import Book
from tests.tiny import tiny_school


def contents(book: Book, cell: str) -> tuple[str, ...]:
    """Write a cell of the first course, which is row 2, and read it."""
    book.put("Courses", 2, "Content", cell)
    return read_school(book.save()).courses[0].content


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("written_homework", ("written_homework",)),
        ("书面作业", ("written_homework",)),
        ("written homework", ("written_homework",)),
        ("Exam Training, 书面作业", ("exam_training", "written_homework")),
        ("上新课、集体补课", ("new_lessons", "group_tutoring")),
        ("activities that harm health", ("unhealthy",)),
    ],
)
def test_known_words_of_either_language(book: Book, cell: str, ids: tuple[str, ...]) -> None:
    assert contents(book, cell) == ids
    assert book.warnings() == []


@pytest.mark.parametrize("name", CONTENT_NAMES)
def test_every_name_is_read(name: str) -> None:
    for word in (name, *CONTENT_NAMES[name]):
        assert Course(id="c", name="", grades=(1,), leaders=("t",), content=(word,)).content == (
            name,
        )
        clause = Clause(item=PolicyItem.BARRED_CONTENT, subject=word, source="here")
        assert clause.subject == name


def test_a_word_that_nothing_knows_is_named(book: Book) -> None:
    assert contents(book, "书面作为") == ("书面作为",)
    (warning,) = book.warnings()
    assert warning.startswith('sheet "Courses", row 2, column "Content", value "书面作为": ')
    assert "no clause of the policy speaks of it" in warning
    assert "did you mean 'written homework'?" in warning


def test_a_word_of_the_schools_own_is_known_by_its_policy_row(book: Book) -> None:
    book.put("Courses", 2, "Content", "olympiad")
    assert len(book.warnings()) == 1
    book.add("Policy", Item="barred content", Subject="olympiad", Source="school board")
    assert book.warnings() == []


@pytest.mark.parametrize(
    ("subject", "near"),
    [
        ("homewrk", "written homework"),
        ("集体朴课", "集体补课"),
        ("作业", "书面作业"),
        ("olympaid", "olympiad"),
        ("olympiad", None),
        ("rafting", None),
        ("奥数", None),
        ("书面作业", None),
    ],
)
def test_a_ban_on_a_misspelt_content(book: Book, subject: str, near: str | None) -> None:
    book.put("Courses", 2, "Content", "olympiad")
    book.add("Policy", Item="barred content", Subject="olympiad", Source="school board")
    book.add("Policy", Item="barred content", Subject=subject, Source="school board")
    warnings = book.warnings()
    if near is None:
        assert warnings == []
    else:
        (warning,) = warnings
        assert f'column "Subject", value "{subject}": no course has content' in warning
        known = {text.zh: text.en for text in CONTENT_NAMES.values()}
        assert f"did you mean '{known.get(near, near)}'?" in warning


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["school", "school.xlsx", "school.json"])
def test_names_are_kept(tmp_path: Path, name: str, lang: Lang) -> None:
    school = with_course(tiny_school(), "art", content=("written_homework", "boards"))
    clause = Clause(item=PolicyItem.BARRED_CONTENT, subject="考试训练", source="here")
    school = revised(school, policy=Policy(clauses=(clause,)))
    write_school(school, tmp_path / name, lang)
    assert read_school(tmp_path / name) == school


def barred(word: str, subject: str) -> School:
    school = with_course(tiny_school(), "art", content=(word,))
    return with_clause(school, PolicyItem.BARRED_CONTENT, subject=subject)


@pytest.mark.parametrize("word", ["书面作业", "written_homework", "written homework"])
@pytest.mark.parametrize("subject", ["书面作业", "written_homework"])
def test_a_ban_holds_for_every_word(word: str, subject: str) -> None:
    school = barred(word, subject)
    number = [course.id for course in school.courses].index("art")
    assert [problem.row for problem in foresee(school).closed] == [number]
