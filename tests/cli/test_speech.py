"""Help and usage errors speak one language, and both languages are complete."""

import re

import pytest
import typer

from optimizer import __version__
from optimizer.cli import app
from optimizer.cli.speech import asked_for, one_language
from tests.cli.conftest import Run

CHINESE = re.compile("[\u4e00-\u9fff]")
WORDS = re.compile(r"[a-z]+ [a-z]+ [a-z]+ [a-z]+")
GROUP = typer.main.get_command(app)
VERBS = sorted(GROUP.commands)  # type: ignore[attr-defined]


def help_texts() -> list[str]:
    found = [GROUP.help or ""]
    for command in GROUP.commands.values():  # type: ignore[attr-defined]
        found += [command.help, *(p.help for p in command.params if getattr(p, "help", None))]
    return found


@pytest.mark.parametrize("text", help_texts(), ids=lambda text: text[:12])
def test_every_help_text_has_two_halves(text: str) -> None:
    zh, en = (one_language(text, lang) for lang in ("zh", "en"))
    told = re.sub(r"`[^`]*`", "", zh)
    assert CHINESE.search(told)
    assert not WORDS.search(told)
    assert re.search("[a-z]{3}", re.sub(r"`[^`]*`", "", en))
    assert not CHINESE.search(en)


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("verb", VERBS)
def test_help_has_examples_in_one_language(zouban: Run, verb: str, flag: str) -> None:
    english = zouban(verb, flag, "--lang", "en")
    assert english.code == 0
    assert "Examples:" in english.out
    assert f"zouban {verb}" in english.out
    assert "Usage:" in english.out
    assert not CHINESE.search(english.out)
    chinese = zouban(verb, flag, "--lang", "zh")
    for said in ("例：", "用法：", "选项", "显示这份说明"):
        assert said in chinese.out
    assert not re.search("Options|Usage|Examples|Show this", chinese.out)
    assert "…" not in chinese.out  # nothing is cut off


def test_help_lists_the_verbs_and_exit_codes(zouban: Run) -> None:
    ran = zouban("-h", LANG="en_GB.UTF-8")
    assert ran.code == 0
    assert all(verb in ran.out for verb in VERBS)
    assert "infeasible" in ran.out
    assert not CHINESE.search(ran.out)


WRONG = [
    (("fly",), "没有命令“fly”", "there is no command 'fly'"),
    (("check",), "缺少参数 SCHOOL", "argument SCHOOL is missing"),
    (("solve", "x.json"), "缺少选项 '-o'", "option '-o'"),
    (("check", "x.json", "--fast"), "没有选项 --fast", "there is no option --fast"),
    (("check", "x.json", "--json=1"), "--json 后面不带值", "--json takes no value"),
    (("check", "a", "b"), "多余的参数：b", "one argument too many: b"),
    (("solve", "x", "-o", "y", "--seed", "-1"), "应为 0 到", "a number from 0 to"),
    (("solve", "x", "-o", "y", "--seed", "2147483648"), "2147483647", "to 2147483647"),
    (("solve", "x", "-o", "y", "--seed", "1.5"), "应为整数", "expected a whole number"),
    (("solve", "x", "-o", "y", "--time-limit", "nan"), "1 到 604800", "from 1 to 604800"),
    (("solve", "x", "-o", "y", "--time-limit", "inf"), "1 到 604800", "from 1 to 604800"),
    (("solve", "x", "-o", "y", "--time-limit", "long"), "应为数", "expected a number"),
    (("solve", "x", "-o", "y", "--workers", "9999"), "1 到 256", "from 1 to 256"),
    (("solve", "x", "-o", "y", "--engine", "x"), "应为 'auto'", "expected one of 'auto'"),
    (("generate", "-o", "x", "--students", "999999"), "30 到 20000", "from 30 to 20000"),
    (("generate", "-o", "x", "--courses", "1001"), "3 到 1000", "from 3 to 1000"),
]


@pytest.mark.parametrize(("words", "zh", "en"), WRONG, ids=[" ".join(w) for w, _, _ in WRONG])
def test_wrong_usage_in_one_language(zouban: Run, words: tuple[str, ...], zh: str, en: str) -> None:
    for lang, said, other in (("zh", zh, "error"), ("en", en, "错误")):
        ran = zouban(*words, LANG="zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8")
        assert ran.code == 2
        assert ran.out == ""
        assert said in ran.err
        assert other not in ran.err


def test_nothing_asked_for_shows_the_help(zouban: Run) -> None:
    ran = zouban(LANG="en_GB.UTF-8")
    assert ran.code == 2
    assert "Commands" in ran.out + ran.err


def test_the_version(zouban: Run) -> None:
    ran = zouban("--version")
    assert (ran.code, ran.out) == (0, f"zouban {__version__}\n")


@pytest.mark.parametrize(
    ("args", "lang"),
    [
        (["check", "--lang", "en"], "en"),
        (["check", "--lang=en"], "en"),
        (["check", "--lang", "zh"], "zh"),
        (["check", "--lang"], "zh"),
        (["check", "--lang", "fr"], "zh"),
        ([], "zh"),
    ],
)
def test_the_language_of_a_command_line(
    args: list[str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert asked_for(args) == lang


@pytest.mark.parametrize(
    "args",
    [
        ("--lang", "en", "-h"),
        ("-h", "--lang", "en"),
        ("--lang=en", "--help"),
        ("--lang", "en", "check", "-h"),
        ("--lang=en", "check", "-h"),
        ("check", "-h", "--lang", "en"),
    ],
)
def test_the_language_stands_before_or_behind(zouban: Run, args: tuple[str, ...]) -> None:
    ran = zouban(*args)
    assert (ran.code, ran.err) == (0, "")
    assert "Usage:" in ran.out
    assert not CHINESE.search(ran.out)


def test_a_language_that_there_is_not_is_refused_before_a_verb_as_well(zouban: Run) -> None:
    for args in (("--lang", "fr", "policies"), ("policies", "--lang", "fr"), ("--lang", "fr")):
        assert zouban(*args).code == 2
    assert zouban("--lang", "en", "--version").out.startswith("zouban ")
