"""Absurd and hostile input: one message that names it, and nothing hangs or dies."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models import Clause, School, Text, Wish
from optimizer.errors import InputError
from optimizer.files import (
    inspect_school,
    new_workbook,
    read_plan,
    read_policy,
    sheetchild,
    write_school,
)
from optimizer.files.sheetchild import ReaderGaveUpError, read_sheets
from tests.builders import tiny_plan, tiny_school
from tests.files.books import Book

DATA: dict[str, Any] = json.loads(tiny_school().model_dump_json())
FAR_TOO_MUCH = 10**18


def _messages(path: Path) -> tuple[str, ...]:
    found = inspect_school(path)
    assert found.school is None
    assert all(path.name in text.zh for text in found.errors)
    return tuple(text.en for text in found.errors)


def _changed(*way: str | int, value: object) -> dict[str, Any]:
    """Give the tiny school's data with one value changed."""
    data: dict[str, Any] = json.loads(json.dumps(DATA))
    place: Any = data
    for part in way[:-1]:
        place = place[part]
    place[way[-1]] = value
    return data


NUMBERS: list[tuple[tuple[str | int, ...], str]] = [
    (("settings", "lottery_seed"), "999999999999999 or less"),
    (("settings", "max_grade_span"), "100 or less"),
    (("settings", "session_break_minutes"), "10000 or less"),
    (("settings", "weights", "first_seat"), "1000 or less"),
    (("settings", "weights", "rank_points", 0), "1000 or less"),
    (("settings", "weights", "priority_factor"), "100 or less"),
    (("settings", "weights", "tolerance"), "1000000 or less"),
    (("settings", "base_care", "max_size"), "10000 or less"),
    (("settings", "base_care", "staff_needed"), "100 or less"),
    (("settings", "budget", "sum_fen"), "10000000000 yuan"),
    (("settings", "budget", "fee_fen"), "1000000 yuan"),
    (("settings", "budget", "subsidy_fen_per_student"), "1000000 yuan"),
    (("settings", "budget", "uplift_percent"), "100 or less"),
    (("teachers", 0, "pay_fen"), "1000000 yuan"),
    (("teachers", 0, "overtime_pay_fen"), "1000000 yuan"),
    (("teachers", 0, "max_periods_week"), "100 or less"),
    (("rooms", 0, "seats"), "10000 or less"),
    (("courses", 0, "max_sections"), "100 or less"),
    (("courses", 0, "max_size"), "10000 or less"),
    (("students", 0, "max_clubs"), "100 or less"),
    (("wishes", 0, "rank"), "100 or less"),
    (("slots", 0, "weekday"), "7 or less"),
    (("slots", 0, "end_minute"), "1440 or less"),
]


@pytest.mark.parametrize(("way", "most"), NUMBERS, ids=["-".join(map(str, w)) for w, _ in NUMBERS])
def test_a_number_beyond_all_schools(tmp_path: Path, way: tuple[str | int, ...], most: str) -> None:
    path = tmp_path / "school.json"
    path.write_text(json.dumps(_changed(*way, value=FAR_TOO_MUCH)), "utf-8")
    (said,) = _messages(path)
    assert str(way[-1] if isinstance(way[-1], str) else way[-2]) in said
    assert f"{FAR_TOO_MUCH}" in said
    assert most in said


@pytest.mark.parametrize("value", [True, "30", 30.0, [30], None, 30.5])
def test_what_is_no_whole_number(tmp_path: Path, value: object) -> None:
    path = tmp_path / "school.json"
    path.write_text(json.dumps(_changed("rooms", 0, "seats", value=value)), "utf-8")
    (said,) = _messages(path)
    assert "rooms[0].seats" in said
    assert "expected a whole number" in said


@pytest.mark.parametrize(
    ("seats", "said"),
    [
        ("9" * 4000, "expected 10000 or less"),
        ("9" * 5000, "a number is far too long"),
        ("NaN", "NaN is no number"),
        ("-Infinity", "-Infinity is no number"),
    ],
)
def test_numbers_that_json_lets_through(tmp_path: Path, seats: str, said: str) -> None:
    path = tmp_path / "school.json"
    text = json.dumps(_changed("rooms", 0, "seats", value="HERE"))
    path.write_text(text.replace('"HERE"', seats), "utf-8")
    (found,) = _messages(path)
    assert said in found
    assert len(found) < 500


@pytest.mark.parametrize("half", [r"\ud800", r"\uDFFF", r"a\ud83dz", r"\\\ud800"])
def test_half_a_character(tmp_path: Path, half: str) -> None:
    path = tmp_path / "school.json"
    text = json.dumps(_changed("courses", 0, "name", value="HERE"), indent=1)
    path.write_text(text.replace("HERE", half), "utf-8")
    (said,) = _messages(path)
    assert f"line {text[: text.index('HERE')].count(chr(10)) + 1}: half a character" in said


@pytest.mark.parametrize("whole", [r"\ud83d\ude00", r"\\ud800"])
def test_whole_characters_and_backslashes_are_none(tmp_path: Path, whole: str) -> None:
    path = tmp_path / "school.json"
    text = json.dumps(_changed("courses", 0, "name", value="HERE"))
    path.write_text(text.replace("HERE", whole), "utf-8")
    assert inspect_school(path).errors == ()


@pytest.mark.parametrize(
    ("way", "length", "most"),
    [
        (("courses", 0, "name"), 40_000, 200),
        (("students", 0, "name"), 201, 200),
        (("settings", "notice", "safety"), 40_000, 2000),
        (("rooms", 0, "id"), 65, 64),
    ],
)
def test_a_text_beyond_all_schools(
    tmp_path: Path, way: tuple[str | int, ...], length: int, most: int
) -> None:
    path = tmp_path / "school.json"
    path.write_text(json.dumps(_changed(*way, value="x" * length)), "utf-8")
    said = _messages(path)
    assert f"at most {most} characters" in said[0]
    assert len(said[0]) < 400


@pytest.mark.parametrize("value", ["a\0b", "a\x1b[2Jb"])
def test_control_characters_in_a_name(tmp_path: Path, value: str) -> None:
    path = tmp_path / "school.json"
    path.write_text(json.dumps(_changed("courses", 0, "name", value=value)), "utf-8")
    (said,) = _messages(path)
    assert "courses[0].name" in said
    assert "\0" not in said
    assert "\x1b" not in said


DEEP = 20_000


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_a_policy_nested_too_deeply(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"policy{suffix}"
    nest = "[" * DEEP + "]" * DEEP
    path.write_text(nest if suffix == ".json" else f"id = {nest}", "utf-8")
    with pytest.raises(InputError) as caught:
        read_policy(path)
    assert "nested too deeply" in str(caught.value)


@pytest.mark.parametrize("read", [inspect_school, read_plan])
def test_a_school_or_plan_nested_too_deeply(tmp_path: Path, read: Callable[[Path], object]) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"a":' * DEEP + "1" + "}" * DEEP, "utf-8")
    try:
        found: tuple[Text, ...] = getattr(read(path), "errors", ())
    except InputError as error:
        found = error.messages
    assert "nested too deeply" in found[0].en


@pytest.mark.parametrize("name", ["pipe.json", "pipe.xlsx", "pipe"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert _messages(tmp_path / name)[0].endswith("not read.")


def test_a_policy_that_is_a_device() -> None:
    with pytest.raises(InputError) as caught:
        read_policy(Path("/dev/zero"))
    assert "no ordinary file" in str(caught.value)


@pytest.mark.parametrize("text", ["id\0", "\0"])
def test_a_nul_in_a_csv_file(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "school"
    write_school(tiny_school(), folder, "en")
    file = folder / "Rooms.csv"
    content = file.read_text("utf-8-sig").splitlines()
    content[2] += text
    file.write_text("\n".join(content), "utf-8")
    said = [text.en for text in inspect_school(folder).errors]
    assert said == [
        f"{file}, line 3: a NUL character, which is no text: export it anew or delete it."
    ]


@pytest.mark.parametrize("digits", ["²", "³⁰", "①", "½", "٣", "十", "1e3", "0x1F", "1_000"])
def test_digits_that_are_none(book: Book, digits: str) -> None:
    (said,) = book.put("Rooms", 2, "Seats", digits).errors()
    assert f'value "{digits}"' in said
    assert "expected a whole number" in said


def _rewritten(path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """Write a workbook again with one member of its archive changed."""
    odd = path.with_name("odd.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(odd, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == member else content)
    return odd


def test_a_count_that_lies_kills_only_the_reader(tmp_path: Path) -> None:
    def lie(xml: bytes) -> bytes:
        return re.sub(rb'[cC]ount="\d+"', lambda m: m[0][:7] + b'4294967295"', xml)

    path = tmp_path / "school.xlsx"
    new_workbook(path, example=True)
    (said,) = _messages(_rewritten(path, "xl/sharedStrings.xml", lie))
    assert "a damaged workbook (" in said


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1"])
@pytest.mark.parametrize("more", [b"", b' t="n"'])
def test_a_cell_far_out(book: Book, cell: str, more: bytes) -> None:
    row = cell.lstrip("XFDA").encode()
    far = b'<row r="%s"><c r="%s"%s><v>1</v></c></row></sheetData>' % (row, cell.encode(), more)
    path = _rewritten(
        book.save(), "xl/worksheets/sheet4.xml", lambda x: x.replace(b"</sheetData>", far)
    )
    found = inspect_school(path)
    assert len(found.errors) <= 1
    if cell == "XFD1048576":
        assert "stands too far from the table" in found.errors[0].en


def test_a_reader_that_runs_out_of_memory_or_dies(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book.save()
    assert read_sheets(path, ["Rooms"])["Rooms"].rows
    for code in ("import os; os.abort()", "bytes(10**12)", "raise SystemExit(3)", ""):
        script = path.with_name("child.py")
        script.write_text(code, "utf-8")
        monkeypatch.setattr("optimizer.files.sheetchild.__file__", str(script))
        with pytest.raises(ReaderGaveUpError):
            read_sheets(path, ["Rooms"])
        (said,) = _messages(path)
        assert "far too much memory or time, or it contradicts itself" in said


@pytest.mark.skipif(sys.platform == "darwin", reason="the system does not keep the limit")
def test_the_reader_has_little_memory() -> None:
    code = (
        "from optimizer.files import sheetchild as c; c._limit()\n"
        "try: bytes(10**9)\n"
        "except MemoryError: raise SystemExit(7)"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=False)
    assert ran.returncode == 7


def test_thousands_of_overlapping_slots_do_not_make_megabytes_of_messages(tmp_path: Path) -> None:
    data = json.loads(json.dumps(DATA))
    slot, child = data["slots"][0], data["students"][0]
    data["slots"] += [slot | {"id": f"z{n}"} for n in range(1500)]
    child["stay_slots"] = [s["id"] for s in data["slots"] if s["weekday"] == slot["weekday"]]
    path = tmp_path / "school.json"
    path.write_text(json.dumps(data), "utf-8")
    assert sum(map(len, _messages(path))) < 2_000_000


def test_a_table_far_too_long(tmp_path: Path) -> None:
    slot = DATA["slots"][0]
    path = tmp_path / "school.json"
    path.write_text(json.dumps(_changed("slots", value=[slot] * 1001)), "utf-8")
    (said,) = _messages(path)
    assert "slots: the table has 1001 rows and may have at most 1000" in said


def test_a_plan_of_far_too_many_groups(tmp_path: Path) -> None:
    data = json.loads(tiny_plan(tiny_school()).model_dump_json())
    data["care_groups"] *= 20_000
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(InputError) as caught:
        read_plan(path)
    (said,) = caught.value.messages
    assert "care_groups" in said.en
    assert "at most 20000 entries" in said.en


def test_models_made_in_python_have_the_same_ceilings() -> None:
    with pytest.raises(ValueError, match="less than or equal to 100"):
        Wish(student="s", course="c", rank=101)
    with pytest.raises(ValueError, match="valid integer"):
        Clause(item="latest_end", value=True, source="x")  # type: ignore[arg-type]
    assert isinstance(tiny_school(), School)


def test_the_reader_finds_packages_where_its_parent_does(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "packages"
    elsewhere.mkdir()
    (elsewhere / "marker_of_ours.py").write_text("")
    monkeypatch.syspath_prepend(str(elsewhere))
    script = tmp_path / "child.py"
    code = Path(sheetchild.__file__).read_text("utf-8")
    script.write_text(code.replace("    _limit()\n", "    import marker_of_ours\n", 1))
    monkeypatch.setattr("optimizer.files.sheetchild.__file__", str(script))
    assert read_sheets(book.save(), ["Rooms"])["Rooms"].rows
