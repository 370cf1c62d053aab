"""The verb import: what it shows, writes and refuses."""

import os
from pathlib import Path

import pytest

from models import School
from optimizer.files import read_school, write_school
from tests.cli.conftest import Run

HEADER = "学生姓名,班级,最爱,第二志愿\n"
GIVEN = ("--column", "志愿1=最爱")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text(f"{HEADER}Pupil 31,3(1),美术,合唱\nPupil 41,4(1),无,\n", "gbk")
    return path


def test_a_new_workbook(
    zouban: Run, school: School, school_file: Path, export: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "school.xlsx"
    ran = zouban("import", export, school_file, "-o", target, *GIVEN, "--lang", "en")
    assert ran.code == 0, ran.err
    assert "C  最爱      choice1" in ran.out
    assert (
        "2 rows, 2 students, 2 wishes; rows replaced by a later one of the same student: 0; "
        "students who choose nothing: 1."
    ) in ran.out
    made = read_school(target)
    assert [wish.course for wish in made.wishes_of["s31"]] == ["art", "choir"]
    assert made.wishes_of["s41"] == ()
    assert made.replaced(wishes=school.wishes) == school
    # The same once more changes nothing; an existing file is not overwritten unasked.
    before = target.read_bytes()
    assert zouban("import", export, target, "-o", target, *GIVEN).code == 2
    assert target.read_bytes() == before
    assert zouban("import", export, target, "--force", *GIVEN).code == 0
    assert read_school(target) == made


def test_json(zouban: Run, school_file: Path, export: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    found = zouban("import", export, school_file, "-o", target, *GIVEN, "--json").json
    assert found["status"] == "OK"
    assert found["paths"] == [str(target)]
    assert found["counts"]["wishes"] == 2
    assert [c["meaning"] for c in found["columns"]] == ["姓名", "班级", "志愿1", "志愿2"]
    assert found["unmatched"] == []


def test_what_cannot_be_matched(zouban: Run, school_file: Path, tmp_path: Path) -> None:
    export, target = tmp_path / "a.csv", tmp_path / "b.xlsx"
    export.write_text(f"{HEADER}Pupil 3l,3(1),美术,\nPupil 41,4(1),马术,合唱\n", "utf-8")
    ran = zouban("import", export, school_file, "-o", target, *GIVEN, "--lang", "en")
    assert ran.code == 2
    assert not target.exists()
    lines = [line for line in ran.err.splitlines() if not line.startswith("warning: ")]
    assert len(lines) == 3
    assert f'{export}, row 2, column "学生姓名", value "Pupil 3l"' in lines[0]
    assert f'{export}, row 3, column "最爱", value "马术"' in lines[1]
    assert "--partial" in lines[2]
    ran = zouban("import", export, school_file, "-o", target, *GIVEN, "--partial", "--lang", "en")
    assert ran.code == 0
    assert ran.err.count("left out:") == 2
    assert [w.course for w in read_school(target).wishes_of["s41"]] == ["choir"]
    found = zouban("import", export, school_file, "-o", target, *GIVEN, "--json").json
    assert found["status"] == "INVALID"
    assert [(one["row"], one["value"]) for one in found["unmatched"]] == [
        (2, "Pupil 3l"),
        (3, "马术"),
    ]


def test_without_a_target_nothing_is_written(zouban: Run, school_file: Path, export: Path) -> None:
    before = school_file.read_bytes()
    ran = zouban("import", export, school_file, *GIVEN)
    assert (ran.code, school_file.read_bytes()) == (2, before)
    assert "--force" in ran.err
    assert "志愿1" in ran.out


def test_a_file_of_corrections(
    zouban: Run, school: School, school_file: Path, export: Path, tmp_path: Path
) -> None:
    file, target = tmp_path / "列.txt", tmp_path / "folder"
    file.write_text("# 各列\n  # 志愿2=最爱\n\u3000志愿1=最爱\n不读=第二志愿\n", "gbk")
    ran = zouban("import", export, school_file, "-o", target, "--map", file)
    assert ran.code == 0, ran.err
    assert [wish.course for wish in read_school(target).wishes_of["s31"]] == ["art"]


@pytest.mark.parametrize(
    ("name", "said"), [("none.txt", "no such file"), ("pipe", "no ordinary file")]
)
def test_a_file_of_corrections_that_is_none(
    name: str, said: str, zouban: Run, school_file: Path, export: Path, tmp_path: Path
) -> None:
    """A pipe is not waited for; nor is a device read, which never ends."""
    os.mkfifo(tmp_path / "pipe")
    given = ("--map", tmp_path / name, "--lang", "en")
    ran = zouban("import", export, school_file, "-o", tmp_path / "x.xlsx", *given)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert str(tmp_path / name) in ran.err
    assert said in ran.err


@pytest.mark.parametrize("name", ["none.csv", "a.pdf", "empty.csv", "bad.xlsx"])
def test_files_that_are_no_export(
    name: str, zouban: Run, school_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    if name != "none.csv":
        path.write_bytes(b"" if "empty" in name else b"%PDF-1.7")
    ran = zouban("import", path, school_file, "-o", tmp_path / "x.xlsx")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert str(path) in ran.err


def test_a_school_with_mistakes(zouban: Run, school: School, export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "school"
    write_school(school, folder)
    (folder / "课程.csv").unlink()
    ran = zouban("import", export, folder, "-o", tmp_path / "x.xlsx", "--lang", "en")
    assert ran.code == 2
    assert "'Courses'" in ran.err
