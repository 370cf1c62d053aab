"""The live line on a terminal, and the entry that the command is installed with."""

import io
import sys

import pytest

from optimizer.cli import main
from optimizer.cli.progress import shown
from optimizer.engine import Progress


class Terminal(io.StringIO):
    """A stderr that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("lang", "stage", "left"), [("zh", "社团", "剩余"), ("en", "clubs", "left")]
)
def test_a_terminal_shows_one_live_line(
    lang: str, stage: str, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    with shown("zh" if lang == "zh" else "en") as tell:
        tell(Progress("care", 1, 59, None, None))
        tell(Progress("clubs", 2, 58, 400, 480))
    text = terminal.getvalue()
    assert stage in text
    assert left in text
    assert "20.00" in text
    # What is shown live is wiped away at the end.
    assert text.rstrip("\r").endswith("\x1b[2K")


def test_where_first_clubs_come_first_they_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """More of them may have fewer points; the gap is one of points alone."""
    with shown("en") as tell:
        tell(Progress("care", 1, 59, None, 480, None, 12))
        tell(Progress("clubs", 2, 58, 400, 480, 10, 12))
        tell(Progress("pay", 3, 57, 390, 480, 11, 12))
    lines = capsys.readouterr().err.splitlines()
    assert "with a club" not in lines[0]
    assert "with a club 10/12  best 400  bound 480  gap in points 20.00 %" in lines[1]
    assert "with a club 11/12  best 390" in lines[2]


def test_before_the_first_report_the_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with shown("en"):
        pass
    assert "starting" in terminal.getvalue()


def test_the_entry_runs_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["zouban", "--help"])
    with pytest.raises(SystemExit) as done:
        main()
    assert not done.value.code
    assert "zouban" in capsys.readouterr().out


def test_ctrl_c_before_a_verb_runs_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("optimizer.cli.entry.app", interrupt)
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 130
