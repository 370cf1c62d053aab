"""A peer runs in a process of its own that is watched, measured and ended when it must be."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import watched
from benchmarks.best_known import Which, update
from benchmarks.peers import run as running
from benchmarks.peers.answer import STARTED
from benchmarks.peers.entries import PEERS, peer
from benchmarks.peers.judge import judge
from benchmarks.peers.table import share, table
from instances import generate


def started(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code], start_new_session=True)


def test_every_peer_is_there() -> None:
    assert all(callable(peer(name)) for name in PEERS)


def test_a_peer_answers_from_its_own_process() -> None:
    school = generate("clubhour", 60, 5, 0).school
    ran = running.run("lottery", school, 30.0, 1)
    assert judge(school, ran.answer, "lottery").status == "PLAN", ran.answer.note
    assert ran.peak_mb > 10
    assert 0 < ran.answer.seconds < ran.seconds


def test_a_peer_that_fails_has_no_plan_and_says_why() -> None:
    school = generate("clubhour", 60, 5, 0).school
    ran = running.run("nobody", school, 5.0, 1)
    assert ran.answer.sections is None
    assert ran.answer.note == "KeyError: 'nobody'"
    assert judge(school, ran.answer, "nobody").status == "FAULT"  # ours: there is no such peer


@pytest.mark.parametrize("begun", [True, False])
def test_a_process_that_does_not_end_is_ended(
    begun: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "GRACE", 0.2)
    monkeypatch.setattr(running, "BUILDING", 600.0 if begun else 0.2)
    if begun:
        (tmp_path / STARTED).touch()
    process = started("import time; time.sleep(600)")
    _, note = watched.watch(process, running._overdue(tmp_path, 0.1))
    assert note.startswith("ended: 0 s over the limit" if begun else "ended: not started")
    assert process.returncode == -9


def test_memory_is_that_of_children_too(tmp_path: Path) -> None:
    inner = "import time; x = bytearray(80_000_000); time.sleep(600)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    process = started(outer)
    try:
        while (held := watched.memory_mb(process.pid)) < 80:
            assert process.poll() is None
    finally:
        watched.end(process)
    assert held < 400
    assert watched.memory_mb(process.pid) == 0


HEAD = "peer,school,digest,limit,seed,status,value\n"


def test_the_table_takes_the_last_row_and_the_best_bound(tmp_path: Path) -> None:
    best, rows = tmp_path / "best.csv", tmp_path / "rows.csv"
    for seed, bound in ((0, 1000), (1, 2000), (2, 1000)):
        update(Which("mixed", 300, 24, seed), "d", bound=bound, table=best)
    rows.write_text(
        HEAD
        + "whole,mixed-300-24-0,d,60.0,1,PLAN,100\n"
        + "whole,mixed-300-24-0,d,60.0,1,PLAN,500\n"
        + "whole,mixed-300-24-1,d,60.0,1,NONE,\n"
        + "whole,mixed-300-24-2,d,60.0,1,PLAN,700\n"
        + "whole,mixed-300-24-3,d,60.0,1,PLAN,700\n"  # nothing known of this one
        + "lottery,mixed-300-24-0,d,60.0,1,PLAN,900\n"
        + "lottery,mixed-300-24-0,d,60.0,1,FAULT,\n",
        "utf-8",
    )
    assert table(rows, best).splitlines()[2:] == [
        "| mixed S | 60.0 | 3 | 50.0 % (0.0-70.0) | 90.0 % |"
    ]


def test_share() -> None:
    assert share(None, 100) == 0
    assert share(75, 100) == 0.75
    assert share(75, None) is None
