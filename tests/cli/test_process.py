"""The command as people run it: in a process of its own, with pipes, terminals and Ctrl-C."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models import School
from optimizer.checks import verify
from optimizer.files import read_plan, read_school

ROOT = Path(__file__).resolve().parents[2]
ZOUBAN = [sys.executable, "-c", "from optimizer.cli import main; main()"]
FILES = {"plan.json", "plan.xlsx", "prices.json", "timetable.png"}


def run(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ZOUBAN, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | (env or {}),
        cwd=ROOT,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("verb", ["--help", "new", "check"])
def test_starting_loads_neither_solver_nor_plots(
    verb: str, school_file: Path, tmp_path: Path
) -> None:
    arguments = {"--help": [], "new": [str(tmp_path / "new.xlsx")], "check": [str(school_file)]}
    script = (
        "import sys\nfrom optimizer.cli import main\n"
        f"sys.argv = ['zouban', {verb!r}, *{arguments[verb]!r}]\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code\n"
        "heavy = {'ortools', 'matplotlib', 'pandas'} & {m.split('.')[0] for m in sys.modules}\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("arguments", [("--version",), ("no-such-verb",)])
@pytest.mark.parametrize("left_behind", [False, True])
def test_no_thread_that_is_left_behind_ends_the_process_with_a_crash(
    arguments: tuple[str, ...], left_behind: bool
) -> None:
    """What interpreters do at their end, and solvers cannot bear, is left out then."""
    script = (
        "import atexit, sys, threading, time\nfrom optimizer.cli import main\n"
        "atexit.register(print, 'torn down')\n"
        f"sys.argv = ['zouban', *{arguments!r}]\n"
        f"if {left_behind}:\n"
        "    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "main()"
    )
    began = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert time.monotonic() - began < 30
    assert ran.returncode == (0 if arguments == ("--version",) else 2)
    assert ("torn down" in ran.stdout) is not left_behind
    assert "zouban 0" in ran.stdout or "no-such-verb" in ran.stderr


def test_a_piped_solve(school_file: Path, school: School, tmp_path: Path) -> None:
    out = tmp_path / "out"
    limits = ("--time-limit", 20, "--workers", 1)
    ran = run("solve", school_file, "-o", out, *limits, "--lang", "en")
    assert ran.returncode == 0, ran.stderr
    assert "proved best" in ran.stdout
    assert "base care" in ran.stderr
    assert "\x1b" not in ran.stdout + ran.stderr
    assert {path.name for path in out.iterdir()} == FILES
    assert verify(school, read_plan(out / "plan.json")) == ()
    assert run("verify", school_file, out / "plan.json").returncode == 0


def test_a_live_line_on_a_terminal(school_file: Path, tmp_path: Path) -> None:
    parent, child = pty.openpty()
    command = [*ZOUBAN, "solve", str(school_file), "-o", str(tmp_path / "out"), "--lang", "en"]
    limits = ["--time-limit", "20", "--workers", "1"]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(
        command + limits, stderr=child, stdout=subprocess.PIPE, cwd=ROOT, env=environment
    ) as process:
        os.close(child)
        shown = b""
        # Reading a terminal whose other side has closed is an error on Linux.
        while chunk := _read(parent):
            shown += chunk
        process.communicate(timeout=60)
    os.close(parent)
    assert process.returncode == 0
    assert b"\x1b[" in shown
    assert b"s left" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def interrupted(*arguments: object, after: bytes) -> tuple[int, str, str]:
    """Press Ctrl-C once the command has written a line with these words to stderr."""
    with subprocess.Popen(
        [*ZOUBAN, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stderr is not None
        said = b""
        while after not in said and (line := process.stderr.readline()):
            said += line
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, rest = process.communicate(timeout=60)
    return process.returncode, out.decode(), (said + rest).decode()


@pytest.mark.slow
def test_ctrl_c_keeps_the_best_plan(tmp_path: Path) -> None:
    path, out = tmp_path / "school.json", tmp_path / "out"
    size = ("--style", "mixed", "--students", 120, "--courses", 12)
    assert run("generate", *size, "-o", path).returncode == 0
    start = time.monotonic()
    limits = ("--time-limit", 300, "--lang", "en")
    code, said, errors = interrupted("solve", path, "-o", out, *limits, after=b"gap ")
    assert time.monotonic() - start < 60
    assert code == 0, errors
    assert "Independent check: passed" in said
    assert {file.name for file in out.iterdir()} == FILES
    assert verify(read_school(path), read_plan(out / "plan.json")) == ()


def test_ctrl_c_elsewhere_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    script = (
        "import os, signal, sys, instances\n"
        "def generate(*arguments):\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "instances.generate = generate\n"
        f"sys.argv = ['zouban', 'generate', '-o', {str(path)!r}, '--lang', 'en']\n"
        "from optimizer.cli import main\nmain()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert ran.returncode == 130
    assert "interrupted" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not path.exists()


def test_mistakes_are_said_once_and_nothing_of_the_log(tmp_path: Path) -> None:
    ran = run("check", tmp_path / "none.xlsx", "--lang", "en")
    assert ran.returncode == 2
    solved = run("solve", tmp_path / "none.xlsx", "-o", tmp_path / "out", "--lang", "en")
    assert solved.returncode == 2
    assert len(solved.stderr.splitlines()) == 1
    assert "none.xlsx" in solved.stderr
    assert "Error" not in ran.stderr + solved.stderr
