"""What is no workbook, or no sane one, is refused before it is read."""

import io
import json
import os
import random
import struct
import zipfile
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from optimizer.errors import InputError
from optimizer.files import inspect_school, new_workbook, read_school

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _said(path: Path) -> str:
    found = inspect_school(path)
    assert found.school is None
    assert len(found.errors) == 1
    assert str(path) in found.errors[0].zh
    return found.errors[0].en.removeprefix(f"{path}: ")


REFUSED = [
    (b"", "the file is empty."),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password: open it in Excel"),
    (
        OLE + "Workbook".encode("utf-16-le"),
        "not an .xlsx workbook but an old .xls workbook: open it",
    ),
    (OLE, "not an .xlsx workbook but another Office file"),
    (b"<html><table><tr><td>x</td></tr></table>", "not an .xlsx workbook but a web page (HTML)"),
    (b"\xef\xbb\xbf <!DOCTYPE html>", "not an .xlsx workbook but a web page (HTML)"),
    (b"<?xml version='1.0'?><Workbook/>", "not an .xlsx workbook but an XML file"),
    (b"%PDF-1.7", "not an .xlsx workbook but a PDF file: check which file it is."),
    (
        "学号,姓名\n1,王\n".encode(),
        "not an .xlsx workbook but a text file (such as CSV): save it as",
    ),
    ("学号,姓名\n1,王\n".encode("utf-16"), "not an .xlsx workbook but a text file (such as CSV)"),
    (bytes(range(256)), "not an .xlsx workbook but a file of unknown format"),
    (b"PK\x03\x04 and then nothing of the kind", "a damaged workbook (File is not a zip file)"),
]


@pytest.mark.parametrize(("content", "said"), REFUSED)
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "school.xlsx"
    path.write_bytes(content)
    assert _said(path).startswith(said)
    with pytest.raises(InputError):
        read_school(path)


def _archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_another_archive(tmp_path: Path) -> None:
    path = _archive(tmp_path / "school.xlsx", {"word/document.xml": b"<x/>"})
    assert _said(path).startswith("not an .xlsx workbook but some other zip archive: open it")


@pytest.mark.parametrize("megabytes", [20, 201])
def test_a_workbook_that_inflates(tmp_path: Path, megabytes: int) -> None:
    path = _archive(
        tmp_path / "bomb.xlsx",
        {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(megabytes << 20)},
    )
    assert _said(path) == (
        "inflates beyond 100 MB, or absurdly, and is not read: check where it comes from."
    )


def test_a_workbook_whose_directory_lies(tmp_path: Path) -> None:
    path = _archive(tmp_path / "bomb.xlsx", {"xl/workbook.xml": bytes(50 << 20)})
    content = path.read_bytes()
    size, lie = struct.pack("<L", 50 << 20), struct.pack("<L", 1000)
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, lie))
    assert _said(path).startswith("inflates beyond")


def test_a_member_cut_short(tmp_path: Path) -> None:
    path = _archive(tmp_path / "cut.xlsx", {"xl/workbook.xml": random.Random(0).randbytes(5000)})
    content = bytearray(path.read_bytes())
    content[2000:2100] = bytes(100)
    path.write_bytes(content)
    assert _said(path).startswith("a damaged workbook (")


def test_a_protected_member(tmp_path: Path) -> None:
    path = _archive(tmp_path / "school.xlsx", {"xl/workbook.xml": b"<workbook/>"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert _said(path).startswith("protected by a password")


def test_a_workbook_without_its_parts(tmp_path: Path) -> None:
    path = _archive(tmp_path / "school.xlsx", {"xl/workbook.xml": b"<workbook/>"})
    assert _said(path).startswith("a damaged workbook (")


def test_damage_anywhere_is_an_error_and_never_a_crash(tmp_path: Path) -> None:
    new_workbook(tmp_path / "good.xlsx", example=True)
    with zipfile.ZipFile(tmp_path / "good.xlsx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    rng = random.Random(0)
    parts = [
        n for n in members if "sheet" in n or "Strings" in n or "workbook" in n or "styles" in n
    ]
    for _ in range(60):
        name = rng.choice(sorted(parts))
        spoilt = bytearray(members[name])
        for _ in range(rng.randint(1, 20)):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        if rng.random() < 0.3:
            del spoilt[rng.randrange(len(spoilt)) :]
        path = _archive(tmp_path / "bad.xlsx", {**members, name: bytes(spoilt)})
        found = inspect_school(path)
        assert (found.school is None) == bool(found.errors)


def test_missing_files_and_unknown_kinds(tmp_path: Path) -> None:
    assert _said(tmp_path / "school.xlsx") == "there is no such file or folder."
    assert _said(tmp_path / "school") == "there is no such file or folder."
    assert _said(tmp_path / "school.json") == "there is no such file or folder."
    for suffix, said in (
        (".csv", "one table only"),
        (".ods", "unknown format"),
        (".xls", "not an"),
    ):
        path = tmp_path / f"data{suffix}"
        path.write_text("x")
        assert _said(path).startswith(said)
    assert _said(tmp_path).startswith("the folder holds no known table")


def test_what_the_disk_does_not_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "school.xlsx"
    path.write_text("x")

    def refuse(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert _said(tmp_path) == "cannot be read: Permission denied."
    monkeypatch.setattr(Path, "open", refuse)
    assert _said(path) == "cannot be read: Permission denied."


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    path = folder / "school.xlsx"
    path.write_text("x")
    path.chmod(0)
    assert _said(path) == "cannot be read: Permission denied."
    folder.chmod(0)
    assert _said(path) == "cannot be read: Permission denied."
    assert _said(folder) == "cannot be read: Permission denied."
    folder.chmod(0o700)


def test_a_name_too_long_for_the_disk(tmp_path: Path) -> None:
    assert _said(tmp_path / ("x" * 300 + ".xlsx")).startswith("cannot be read: File name too long")


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    with path.open("wb") as file:
        file.truncate((50 << 20) + 1)
    assert _said(path) == "larger than 50 MB and not read."


def test_chart_sheets_are_passed_over(tmp_path: Path) -> None:
    content = io.BytesIO()
    with Workbook(content) as workbook:
        workbook.add_worksheet("Rooms").write_row(0, 0, ["Room id", "Seats"])
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=Rooms!$B$1:$B$1"})
        workbook.add_chartsheet("Students").set_chart(chart)
    path = tmp_path / "chart.xlsx"
    path.write_bytes(content.getvalue())
    said = [text.en for text in inspect_school(path).errors]
    assert any("'Students' (in Chinese 学生) is missing" in text for text in said)


def test_json_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    for content, said in (
        (b'{"a": 1,\n "b" 2}', "not valid JSON: line 2, column 6: Expecting ':' delimiter."),
        (b"\xff\xfe{}", "not text in UTF-8."),
        (b"[" * 100_000, "nested too deeply, or a number is far too long."),
        (b"1" * 10_000, "nested too deeply, or a number is far too long."),
        (b'{"a": 1, "a": 2}', "the key 'a' stands twice in one object: delete one."),
        (b"[]", "expected an object { } on the outside."),
        (json.dumps("x").encode(), "expected an object { } on the outside."),
    ):
        path.write_bytes(content)
        assert _said(path) == said
