"""CSV folders and JSON: their own odd forms, and places in their own terms."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.files import inspect_school, read_school, write_school
from optimizer.files.csvfolder import disarm, rearm
from optimizer.files.example import example_school

SCHOOL = example_school("zh")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_school(SCHOOL, tmp_path / "school")
    return tmp_path / "school"


def _errors(path: Path) -> list[str]:
    return [text.en.removeprefix(f"{path}/") for text in inspect_school(path).errors]


def test_files_carry_the_tables_names(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert {"设置.csv", "学期.csv", "学生.csv", "志愿.csv"} <= names
    assert "原方案.csv" not in names


def test_a_place_in_a_csv_file(folder: Path) -> None:
    path = folder / "教室.csv"
    text = path.read_text("utf-8-sig").replace("45", "many", 1)
    path.write_text(text, "utf-8")
    assert _errors(folder) == [
        '教室.csv, row 2, column "座位数", value "many": expected a whole number such as 30.'
    ]
    (zh,) = (text.zh for text in inspect_school(folder).errors)
    assert zh == f"{path}，第 2 行，“座位数”列，值“many”：应为整数，如 30。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(folder: Path, encoding: str, delimiter: str) -> None:
    for path in folder.iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
    assert read_school(folder) == SCHOOL


def test_blank_lines_trailing_commas_and_other_files_do_not_matter(folder: Path) -> None:
    path = folder / "教室.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join(["", *(f"{line},," for line in lines), ",,,", ""]), "utf-8")
    (folder / "readme.txt").write_text("x")
    (folder / ".~lock.学生.csv").write_text("x")
    (folder / "extra.csv").write_text("a,b\n1,2\n")
    found = inspect_school(folder)
    assert found.school == SCHOOL
    assert [text.en for text in found.warnings] == [
        f"{folder}: unknown table 'extra', not read; {found.warnings[0].en.split('read; ')[1]}"
    ]


def test_files_that_are_no_csv_are_all_told(folder: Path) -> None:
    (folder / "教室.csv").write_bytes(b"\xff\xff\xff")
    (folder / "班级.csv").write_text('a,"b\n', "utf-8")
    (folder / "学生.csv").write_bytes(b"")
    assert sorted(_errors(folder)) == [
        "学生.csv: the file is empty.",
        "教室.csv: text in neither UTF-8 nor GB18030: save it in Excel as 'CSV UTF-8'.",
        "班级.csv, line 1: not CSV: unexpected end of data.",
    ]


def test_formulas_in_names_are_written_as_text(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x")'
    students = (SCHOOL.students[0].model_copy(update={"name": evil}), *SCHOOL.students[1:])
    school = SCHOOL.replaced(students=students)
    write_school(school, tmp_path / "csv")
    assert f"'{evil}".replace('"', '""') in (tmp_path / "csv" / "学生.csv").read_text("utf-8-sig")
    assert read_school(tmp_path / "csv") == school
    write_school(school, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    assert read_school(tmp_path / "a.xlsx") == school


@given(st.text(st.sampled_from("'=+-@\t\r＝a1 "), max_size=6))
def test_disarming_loses_nothing(text: str) -> None:
    armed = disarm(text)
    assert rearm(armed) == text
    assert not armed.startswith(tuple("=+-@\t\r＝"))


def _json(tmp_path: Path, change: Any) -> Path:
    data = json.loads(SCHOOL.model_dump_json())
    change(data)
    path = tmp_path / "school.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_every_mistake_in_json_with_its_path(tmp_path: Path) -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["settings"]["weights"]["tolerance"] = "x"
        data["settings"]["stages"][0]["grades"] = [3, 44]
        data["term"]["first_date"] = "soon"
        data["policy"]["clauses"][0]["value"] = None
        data["slots"][0]["use"] = "fun"
        data["rooms"][1]["seats"] = 2.5
        data["teachers"].append("T09")
        data["courses"][0]["leaders"] = "T03"
        data["courses"][2]["min_size"] = 90
        data["students"][0]["home_class"] = "三2班"
        data["students"].append(data["students"][4])
        del data["students"][1]["name"]
        data["rooms"][2]["id"] = "a b"
        data["wishes"][0]["rank"] = 0
        data["wishes"][3]["course"] = "x"
        data["locks"][0]["kind"] = "spell"
        data["locks"].append({"kind": "seat", "student": "S01", "course": 3})
        data["locks"].append({"student": "S01"})
        data["groups"][0]["priority"] = "perhaps"

    assert [text.split(".json, ")[1] for text in _errors(_json(tmp_path, spoil))] == [
        'settings.weights.tolerance, value "x": expected a whole number.',
        'term.first_date, value "soon": expected a date such as 2026-09-01.',
        'settings.stages[0].grades[1], value "44": expected 13 or less.',
        'slots[0].use, value "fun": expected one of \'any\', \'care_only\' or \'clubs_only\'.',
        'rooms[1].seats, value "2.5": expected a whole number.',
        'rooms[2].id, value "a b": expected an id: letters or digits without spaces, commas or '
        "semicolons.",
        'groups[0].priority, value "perhaps": expected true or false.',
        'teachers[5], value "T09": expected an object { }.',
        'courses[0].leaders, value "T03": expected a list [ ].',
        'courses[2].min_size, value "90": the minimum size 90 is above the maximum size 16: '
        "correct one of them.",
        "students[0].home_class, value \"三2班\": there is no class with id '三2班'; "
        "did you mean '三1班'?",
        "students[1].name: this is missing: add it.",
        "students[24].id, value \"S05\": id 'S05' is used twice; ids must be unique: rename or "
        "delete one. (first in students[4])",
        'wishes[0].rank, value "0": expected 1 or more.',
        "wishes[3].course, value \"x\": there is no course with id 'x'; known: "
        "书法, 围棋, 篮球, 编程.",
        "policy.clauses[0].value: 'latest end' needs a value.",
        "locks[0]: expected one of 'section', 'section_count', 'seat', 'care_staff' as its kind.",
        'locks[1].course, value "3": expected text.',
        "locks[2]: its kind is missing.",
    ]  # fmt: skip


def test_chinese_messages_list_choices_the_chinese_way(tmp_path: Path) -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["slots"][0]["use"] = "fun"
        data["locks"][0]["kind"] = "spell"
        data["wishes"][3]["course"] = "x"

    errors = [text.zh for text in inspect_school(_json(tmp_path, spoil)).errors]
    assert [error.rsplit("：", 1)[1] for error in errors] == [
        "any、care_only、clubs_only。",
        "书法、围棋、篮球、编程。",
        "section、section_count、seat、care_staff。",
    ]


def test_unknown_keys_in_json_are_warned_of(tmp_path: Path) -> None:
    def extend(data: dict[str, Any]) -> None:
        data["colour"] = 1
        data["rooms"][0]["seets"] = 1
        data["settings"]["weights"]["tolerence"] = 1
        data["locks"][0]["rooom"] = 1

    path = _json(tmp_path, extend)
    found = inspect_school(path)
    assert found.school == SCHOOL
    assert [text.en.split("not read; ")[0].removeprefix(str(path)) for text in found.warnings] == [
        ": unknown key 'colour', ",
        ", settings.weights: unknown key 'tolerence', ",
        ", rooms[0]: unknown key 'seets', ",
        ", locks[0]: unknown key 'rooom', ",
    ]
    assert found.warnings[2].en.endswith("did you mean 'seats'?")


def test_parts_of_json_that_are_missing_or_no_lists(tmp_path: Path) -> None:
    def take(data: dict[str, Any]) -> None:
        del data["settings"], data["rooms"], data["policy"], data["previous"]
        data["wishes"] = {}

    assert [text.split(".json, ")[1] for text in _errors(_json(tmp_path, take))] == [
        "settings: this is missing: add it.",
        "rooms: this is missing: add it.",
        "wishes: expected a list [ ].",
    ]
    assert _errors(_json(tmp_path, lambda data: data["courses"].__setitem__(0, 5)))[0].endswith(
        'courses[0], value "5": expected an object { }.'
    )


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize(("delimiter", "suffix"), [(",", ".CSV"), (";", ".csv"), ("\t", ".tsv")])
def test_csv_as_other_programs_write_it(
    tmp_path: Path, encoding: str, delimiter: str, suffix: str
) -> None:
    """In any case of letters, with any delimiter and encoding, and with a title."""
    write_school(SCHOOL, tmp_path / "csv", "zh")
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    for file in list((tmp_path / "csv").iterdir()):
        rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows([["河滨小学名单"], [], *rows])
        file.unlink()
        content = marks.get(encoding, b"") + out.getvalue().encode(encoding)
        file.with_suffix(suffix).write_bytes(content)
    found = inspect_school(tmp_path / "csv")
    assert (found.errors, found.warnings) == ((), ())
    assert found.school == SCHOOL


@pytest.mark.parametrize("name", ["学生.xlsx", "Students.xls", "wishes.ods", "志愿.et"])
def test_tables_in_another_format_are_not_passed_over(tmp_path: Path, name: str) -> None:
    write_school(SCHOOL, tmp_path / "csv", "zh")
    (tmp_path / "csv" / name).write_bytes(b"PK")
    (error,) = inspect_school(tmp_path / "csv").errors
    assert "no CSV file, though it stands among them under the name of the table" in error.en
    (tmp_path / "csv" / name).rename(tmp_path / "csv" / f"x{name}")
    assert inspect_school(tmp_path / "csv").school == SCHOOL
