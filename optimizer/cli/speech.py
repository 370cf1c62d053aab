"""Help and usage errors in one language: that of ``--lang``, or else of the system.

Help texts are written in both languages side by side, a line as ``中文。 English.``; of each line
the reader sees one half. What the library that parses the command line says is said anew here.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import zip_longest
from typing import Any, NoReturn, cast, get_args
from unittest.mock import patch

import typer
from rich.console import Group
from rich.table import Table
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from models import Lang, Text
from optimizer.cli.common import default_lang, printable

_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_HALVES = re.compile(r"^(?P<mark>\s*(?:- (?:\d+ )?)?)(?P<zh>.*[。：]) (?P<en>\S.*)$")
_CODE = re.compile(r"^\s*-? ?`")

_USAGE_ERROR = cast("type[Exception]", typer.BadParameter.__mro__[1])
"""Every error in a command line; the parser gives it no public name."""

PANELS = {
    "ARGUMENTS_PANEL_TITLE": Text("参数", "Arguments"),
    "OPTIONS_PANEL_TITLE": Text("选项", "Options"),
    "COMMANDS_PANEL_TITLE": Text("命令", "Commands"),
    "DEFAULT_STRING": Text("[缺省：{}]", "[default: {}]"),
    "REQUIRED_LONG_STRING": Text("[必填]", "[required]"),
}
USAGE = (
    ("Usage:", Text("用法：", "Usage:")),
    ("[OPTIONS]", Text("[选项]", "[OPTIONS]")),
    ("COMMAND [ARGS]...", Text("命令 [参数]...", "COMMAND [ARGS]...")),
)
SHOW_HELP = Text("显示这份说明。", "Show this message and exit.")
WRONG = Text("错误：{text}", "error: {text}")
SEE = Text("说明见：{path} -h", "For help: {path} -h")
NOT_ACCEPTED = Text("“{name}”的值不能用：{why}", "the value of {name} cannot be used: {why}")
_SAID = (
    (r"No such command '(?P<it>.*)'\.", Text("没有命令“{it}”。", "there is no command '{it}'.")),
    (r"Missing command\.", Text("缺少命令。", "the command is missing.")),
    (r"No such option: (?P<it>\S+).*", Text("没有选项 {it}。", "there is no option {it}.")),
    (r"Missing argument '(?P<it>.*)'\.?.*", Text("缺少参数 {it}。", "argument {it} is missing.")),
    (r"Missing option '(?P<it>.*)'\.?.*", Text("缺少选项 '{it}'。", "option '{it}' is missing.")),
    (
        r"Option '(?P<it>.*)' does not take a value\.",
        Text("选项 {it} 后面不带值。", "option {it} takes no value."),
    ),
    (
        r"Option '(?P<it>.*)' requires an argument\.",
        Text("选项 {it} 后面应有值。", "option {it} needs a value."),
    ),
    (
        r"Got unexpected extra argument(?:\(s\)|s)? \((?P<it>.*)\)",
        Text("多余的参数：{it}。", "one argument too many: {it}."),
    ),
)
_WHY = (
    (
        r".*'(?P<it>.*)' is not one of (?P<of>.*?)\.?",
        Text("应为 {of} 之一。", "expected one of {of}."),
    ),
    (r".*valid integer.*", Text("应为整数。", "expected a whole number.")),
    (r".*valid number.*", Text("应为数。", "expected a number.")),
)
FROM_TO = Text("应为 {low} 到 {most} 的数。", "expected a number from {low} to {most}.")
FROM = Text("应为不小于 {low} 的数。", "expected a number of {low} or more.")


def one_language(text: str, lang: Lang) -> str:
    """Give one language's half of a help text, line by line."""
    return "\n".join(line for line in _halves(text, lang) if line is not None)


def _halves(text: str, lang: Lang) -> Iterator[str | None]:
    for line in text.splitlines():
        found = _HALVES.match(line)
        if found and _CHINESE.search(found["zh"]) and not _CHINESE.search(found["en"]):
            yield f"{found['mark']}{found[lang]}"
        elif not line.strip() or _CODE.match(line) or bool(_CHINESE.search(line)) == (lang == "zh"):
            yield line


def asked_for(args: Sequence[str]) -> Lang:
    """Give the language that a command line asks for, as far as it can be told before parsing."""
    for name, value in zip_longest(args, args[1:], fillvalue=""):
        wanted = name.partition("=")[2] if name.startswith("--lang=") else value
        if name.split("=")[0] == "--lang":
            if wanted == "zh":
                return "zh"
            if wanted == "en":
                return "en"
    return default_lang()


@contextmanager
def _speaking(command: Any, lang: Lang) -> Iterator[None]:
    """Have a command's help, and that of what belongs to it, in one language for a while."""
    with ExitStack() as stack:
        for name, text in PANELS.items():
            stack.enter_context(patch.object(rich_utils, name, text.say(lang)))
        stack.enter_context(patch.object(rich_utils, "Table", _Folding))
        stack.enter_context(patch.object(rich_utils, "Columns", lambda parts: Group(*parts)))
        for one in (command, *command.params, *getattr(command, "commands", {}).values()):
            if getattr(one, "help", None):
                stack.enter_context(patch.object(one, "help", one_language(one.help, lang)))
        yield


class _Folding(Table):
    """A table that folds long words: Chinese has no blanks to break a line at."""

    def add_row(self, *cells: Any, **looks: Any) -> None:
        """Add a row."""
        super().add_row(*cells, **looks)
        for column in self.columns:
            column.overflow = "fold"


class _OneLanguage:
    """What commands and their group have in common."""

    def get_usage(self, ctx: Any) -> str:
        """Say how the command is used."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        for said, text in USAGE:
            usage = usage.replace(said, text.say(_lang_of(ctx)))
        return usage

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option that shows the help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = SHOW_HELP.say(_lang_of(ctx))
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help."""
        with _speaking(self, _lang_of(ctx)):
            super().format_help(ctx, formatter)  # type: ignore[misc]


def _lang_of(ctx: Any) -> Lang:
    found: Lang = ctx.find_root().obj or default_lang()
    return found


class OneLanguageCommand(_OneLanguage, TyperCommand):
    """A verb that speaks one language."""


class OneLanguageGroup(_OneLanguage, TyperGroup):
    """All verbs: parses the command line and says what is wrong with it."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        *_rest: Any,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line and, unless told otherwise, leave with its exit code."""
        words = list(sys.argv[1:] if args is None else args)
        lang = asked_for(words)
        words = _language_last(words)
        extra["obj"] = lang
        try:
            code = super().main(words, prog_name, standalone_mode=False, **extra)
        except _USAGE_ERROR as error:
            _leave(error, lang)
        if standalone_mode:
            sys.exit(code or 0)
        return code


def _language_last(words: Sequence[str]) -> list[str]:
    """Take the language from before the verb, where people write it, to behind it."""
    before, rest, taken = [], list(words), list[str]()
    while rest and rest[0].startswith("-"):
        one = rest.pop(0)
        if one == "--lang" and rest:
            taken += [one, rest.pop(0)]
        elif one.startswith("--lang="):
            taken.append(one)
        else:
            before.append(one)
    known = {"--lang", *get_args(Lang)}
    if not rest and {word.removeprefix("--lang=") for word in taken} <= known:
        # Without a verb it is about the help, which has the language already.
        return before
    return [*before, *rest[:1], *taken, *rest[1:]]


def _leave(error: Any, lang: Lang) -> NoReturn:
    if not error.format_message():  # Called without anything; the help is shown already.
        sys.exit(error.exit_code)
    typer.echo(printable(WRONG.fill(text=usage_text(error)).say(lang)), err=True)
    if error.ctx is not None:
        typer.echo(error.ctx.get_usage(), err=True)
        typer.echo(SEE.fill(path=error.ctx.command_path).say(lang), err=True)
    sys.exit(error.exit_code)


def usage_text(error: Any) -> Text:
    """Say in both languages what is wrong with a command line."""
    said = error.format_message()
    for pattern, text in _SAID:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return text.fill(**found.groupdict())
    param = getattr(error, "param", None)
    if param is None:
        return Text(said, said)
    return NOT_ACCEPTED.fill(name=max(param.opts, key=len), why=_why(param, error.message))


def _why(param: Any, said: str) -> Text:
    for pattern, text in _WHY:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return text.fill(**found.groupdict())
    low, most = getattr(param, "min", None), getattr(param, "max", None)
    if low is not None:
        return FROM.fill(low=low) if most is None else FROM_TO.fill(low=low, most=most)
    return Text(said, said)
