"""What the system and the parsers say comes in the reader's language."""

import csv
import errno
import json
import os
import re
import tomllib
from pathlib import Path

import pytest

from models import Text
from optimizer.errors import InputError
from optimizer.files import inspect_school, read_policy, read_school
from optimizer.files.reasons import why

CHINESE = re.compile("[\u4e00-\u9fff]")


def in_chinese(text: str) -> bool:
    """Tell whether a text holds no English words; formats and file names do not count."""
    return bool(CHINESE.search(text)) and not re.search(r"[a-z]{3,}", text)


@pytest.mark.parametrize("number", [*errno.errorcode])
def test_every_error_of_the_system(number: int) -> None:
    said = why(OSError(number, os.strerror(number)))
    assert in_chinese(said.zh)
    assert said.en == os.strerror(number)


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"a" 1}', '{"a":1 "b"}', "[1,", '"a', '"\n"', '"\\x"', "{} x", "[1 2]", "nul"],
)
def test_every_error_of_json(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as raised:
        json.loads(text)
    said = why(raised.value)
    assert in_chinese(said.zh)
    assert said.en == raised.value.msg


@pytest.mark.parametrize(
    "text", ["a =", "[a", "a = 1\na = 2", 'a = "x', "= 1", "a = 1x", "a = \x01"]
)
def test_every_error_of_toml(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    said = why(raised.value)
    assert in_chinese(said.zh)
    assert said.en == str(raised.value)


@pytest.mark.parametrize("rows", [['"a'], ['"a"b'], ["a\rb"]])
def test_every_error_of_csv(rows: list[str]) -> None:
    with pytest.raises(csv.Error) as raised:
        list(csv.reader(rows, strict=True))
    assert in_chinese(why(raised.value).zh)


def _messages(path: Path) -> tuple[Text, ...]:
    return inspect_school(path).errors


def test_files_that_cannot_be_read_are_named_in_one_language(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"a": }', "utf-8")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "学生.csv").write_text('学号,"班级\nx,"y', "utf-8")
    for path in (tmp_path / "a.json", tmp_path / "b.xlsx", tmp_path / "c", tmp_path / ("x" * 300)):
        (message,) = _messages(path)
        assert in_chinese(re.sub(r"“[^”]*”|xlsx|Excel|JSON|CSV", "", message.zh)), message.zh
        assert not CHINESE.search(message.en.replace("学生", ""))


def test_a_policy_that_is_no_toml_is_named_in_one_language(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text("[a", "utf-8")
    with pytest.raises(InputError) as raised:
        read_policy(tmp_path / "p.toml")
    (message,) = raised.value.messages
    assert in_chinese(re.sub(r"“[^”]*”|TOML|JSON", "", message.zh)), message.zh


def test_what_must_be_accepted_is_said_in_one_language(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", "utf-8")
    with pytest.raises(InputError) as raised:
        read_school(tmp_path / "a.json")
    assert all(CHINESE.search(message.zh) for message in raised.value.messages)
