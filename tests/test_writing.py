"""Outputs appear whole or not at all."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models import Plan, Provenance, Section
from models.plan import PlanStatus
from optimizer.errors import InputError
from optimizer.files import new_workbook, read_plan, read_school, write_plan, write_school, writing
from optimizer.files.example import example_school

SCHOOL = example_school("en")
PLAN = Plan(
    school="example",
    school_digest=SCHOOL.digest,
    status=PlanStatus.FEASIBLE,
    sections=(Section(id="a", course="go", slots=("Tue2",), room="301", staff=("T02",)),),
    care_groups=(),
    value=3,
    pay_fen=5,
    lottery_seed=1,
    provenance=Provenance(
        version="0", engine="x", seed=1, workers=1, time_limit_seconds=1.5, seconds=0.25
    ),
)


def test_a_file_appears_with_its_content_and_usual_rights(tmp_path: Path) -> None:
    with writing(tmp_path / "a.txt") as temporary:
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".txt"
        temporary.write_text("whole")
        assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "a.txt").read_text() == "whole"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o666 & ~umask
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_nothing_is_left_behind(tmp_path: Path, fault: type[BaseException]) -> None:
    (tmp_path / "a.txt").write_text("old")

    def write() -> None:
        with writing(tmp_path / "a.txt", force=True) as temporary:
            temporary.write_text("half")
            raise fault

    with pytest.raises(fault):
        write()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    def write() -> None:
        with writing(tmp_path / "a") as temporary:
            temporary.write_text("half")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(InputError, match="the disk is full") as raised:
        write()
    assert raised.value.messages[0].zh.endswith("磁盘已满。")
    assert list(tmp_path.iterdir()) == []


def test_folders_that_are_not_there_or_closed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its folder does not exist"):
        write_school(SCHOOL, tmp_path / "no" / "a.json")
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="its folder does not exist"):
        write_school(SCHOOL, tmp_path / "file" / "a.json")
    with pytest.raises(InputError, match="is a folder, not a file to write"):
        write_plan(PLAN, tmp_path, force=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="no permission to write there"):
        write_school(SCHOOL, tmp_path / "a.xlsx")
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("name", ["a.xlsx", "a.json", "folder", "a.plan.json"])
def test_nothing_is_overwritten_without_force(tmp_path: Path, name: str) -> None:
    path = tmp_path / name

    def write(force: bool = False) -> None:
        if "plan" in name:
            write_plan(PLAN, path, force)
        else:
            write_school(SCHOOL, path, "en", force)

    write()
    with pytest.raises(InputError, match="exists already: give --force to overwrite it") as raised:
        write()
    assert str(path) in raised.value.messages[0].zh
    write(force=True)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_target_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    def write() -> None:
        with writing(tmp_path / "a") as temporary:
            temporary.write_text("ours")
            (tmp_path / "a").write_text("theirs")

    with pytest.raises(InputError, match="exists already"):
        write()
    assert (tmp_path / "a").read_text() == "theirs"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("old")
    (tmp_path / "a").symlink_to(tmp_path / "b")
    with writing(tmp_path / "a", force=True) as temporary:
        temporary.write_text("new")
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "b").read_text() == "new"


def test_a_folder_is_replaced_but_for_the_files_of_others(tmp_path: Path) -> None:
    folder = tmp_path / "school"
    folder.mkdir()
    write_school(SCHOOL, folder, "en")
    (folder / "photo.jpg").write_text("x")
    (folder / "notes.csv").write_text("x")
    with pytest.raises(InputError, match="--force"):
        write_school(SCHOOL, folder, "zh")
    write_school(SCHOOL, folder, "zh", force=True)
    names = {path.name for path in folder.iterdir()}
    assert {"photo.jpg", "notes.csv", "学生.csv"} <= names
    assert "Students.csv" not in names
    assert [path.name for path in tmp_path.iterdir()] == ["school"]
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is a file, not a folder"):
        write_school(SCHOOL, tmp_path / "file", force=True)


def test_a_folder_that_cannot_be_replaced_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "school"
    write_school(SCHOOL, folder, "en")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if target == folder and ".old" not in self.name:
            raise OSError(errno.EACCES, "denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(InputError, match="no permission"):
        write_school(SCHOOL, folder, "zh", force=True)
    assert read_school(folder) == SCHOOL
    assert [path.name for path in tmp_path.iterdir()] == ["school"]


def test_an_interrupted_process_leaves_nothing(tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        "from optimizer.files import writing\n"
        "with writing(sys.argv[1]) as temporary:\n"
        "    temporary.write_text('half')\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "a.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) != 0
    assert list(tmp_path.iterdir()) == []


def test_names_say_the_format(tmp_path: Path) -> None:
    for name in ("a.ods", "a.csv", "a.txt"):
        with pytest.raises(InputError, match="unknown format"):
            write_school(SCHOOL, tmp_path / name)
    with pytest.raises(InputError, match=r"must end in \.xlsx"):
        new_workbook(tmp_path / "a.json")


def test_what_no_excel_cell_can_hold(tmp_path: Path) -> None:
    rooms = (SCHOOL.rooms[0].model_copy(update={"name": "\uffff"}), *SCHOOL.rooms[1:])
    school = SCHOOL.replaced(rooms=rooms)
    with pytest.raises(InputError) as raised:
        write_school(school, tmp_path / "a.xlsx", "en")
    assert raised.value.messages[0].en == (
        'sheet "Rooms", row 2, column "Name": more than an Excel cell can hold: write a folder of '
        "CSV files or JSON instead."
    )
    assert list(tmp_path.iterdir()) == []
    for path in (tmp_path / "folder", tmp_path / "a.json"):
        write_school(school, path)
        assert read_school(path) == school


def test_plans_come_back(tmp_path: Path) -> None:
    write_plan(PLAN, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json") == PLAN


def test_a_spoilt_plan_is_told_with_every_path(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(PLAN, path)
    text = path.read_text("utf-8").replace('"value": 3', '"value": "x"').replace('"go"', "[]")
    path.write_text(text.replace('"seed": 1', '"sed": 1'), "utf-8")
    with pytest.raises(InputError) as raised:
        read_plan(path)
    assert [text.en.removeprefix(f"{path}, ") for text in raised.value.messages] == [
        "sections[0].course: expected text.",
        'value, value "x": expected a whole number.',
        "provenance.seed: this is missing: add it.",
        'provenance.sed, value "1": there is no such item.',
    ]
    with pytest.raises(InputError, match="no such file"):
        read_plan(tmp_path / "other.json")
