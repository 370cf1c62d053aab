"""keep: a plan becomes the earlier plan and the locks of its own school, and the way back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from models import CareStaffLock, Plan, School, SeatLock, SectionLock
from optimizer.checks import foresee, verify
from optimizer.files import Pin, kept_school, read_school, write_plan, write_school
from tests.builders import tiny_plan, tiny_school, with_course, with_locks
from tests.cli.conftest import Run

OWN = SeatLock(student="s44", course="art")


@pytest.fixture(scope="module")
def pinned() -> School:
    return with_locks(tiny_school(), OWN)


@pytest.fixture
def files(pinned: School, tmp_path: Path) -> tuple[Path, Path]:
    """Write the school as a workbook and its plan."""
    write_school(pinned, tmp_path / "school.xlsx", "en")
    write_plan(tiny_plan(pinned), tmp_path / "plan.json")
    return tmp_path / "school.xlsx", tmp_path / "plan.json"


def kept_by(zouban: Run, files: tuple[Path, Path], *options: str) -> School:
    target = files[0].with_name("kept.xlsx")
    ran = zouban("keep", *files, "-o", target, "--lang", "en", *options)
    assert ran.code == 0, ran
    assert "written anew" not in ran.err
    return read_school(target)


def test_a_plan_goes_into_the_sheets_and_comes_back(
    zouban: Run, files: tuple[Path, Path], pinned: School
) -> None:
    plan = tiny_plan(pinned)
    kept = kept_by(zouban, files)
    assert kept == kept_school(pinned, plan)
    assert kept.previous == plan.sections
    assert kept.locks[0] == OWN
    assert kept.locks.count(OWN) == 1
    for section in plan.sections:
        lock = SectionLock(
            course=section.course, slots=section.slots, room=section.room, staff=section.staff
        )
        assert lock in kept.locks
        for student in section.students:
            assert SeatLock(student=student, course=section.course) in kept.locks
    for group in plan.care_groups:
        for person in group.staff:
            assert CareStaffLock(teacher=person, slot=group.slot) in kept.locks
    # The plan keeps its own locks, and nothing about them is impossible.
    assert foresee(kept).because == ()
    assert not [f for f in verify(kept, plan) if f.family == "locks"]


def test_what_is_pinned_can_be_chosen(
    zouban: Run, files: tuple[Path, Path], pinned: School
) -> None:
    kinds = {lock.kind for lock in kept_by(zouban, files, "--lock", "sections").locks[1:]}
    assert kinds == {"section"}
    two = kept_by(zouban, files, "--lock", "seats", "--lock", "care", "--force")
    assert {lock.kind for lock in two.locks[1:]} == {"seat", "care_staff"}
    none = kept_by(zouban, files, "--no-locks", "--force")
    assert (none.locks, bool(none.previous)) == ((OWN,), True)
    locks = kept_by(zouban, files, "--no-previous", "--force")
    assert (locks.previous, len(locks.locks) > 1) == ((), True)


def test_twice_is_once(zouban: Run, files: tuple[Path, Path]) -> None:
    once = kept_by(zouban, files)
    again = files[0].with_name("again.xlsx")
    source = files[0].with_name("kept.xlsx")
    assert zouban("keep", source, files[1], "-o", again).code == 0
    assert read_school(again) == once


def test_the_rest_of_the_workbook_stays(zouban: Run, files: tuple[Path, Path]) -> None:
    book = load_workbook(files[0])
    book["Locks"]["J1"] = "Remark"
    book["Locks"]["J2"] = "asked for by the parents"
    book.create_sheet("Telephones")["A1"] = "room 12: 555"
    book.save(files[0])
    target = files[0].with_name("kept.xlsx")
    ran = zouban("keep", *files, "-o", target, "--accept-warnings", "--lang", "en")
    assert ran.code == 0, ran
    book = load_workbook(target)
    assert book["Telephones"]["A1"].value == "room 12: 555"
    assert book["Locks"]["J2"].value == "asked for by the parents"
    assert book["Locks"].max_row > 10


@pytest.mark.parametrize("name", ["school.json", "school"])
def test_other_formats(zouban: Run, tmp_path: Path, pinned: School, name: str) -> None:
    write_school(pinned, tmp_path / name)
    write_plan(tiny_plan(pinned), tmp_path / "plan.json")
    target = tmp_path / f"kept{Path(name).suffix}"
    assert zouban("keep", tmp_path / name, tmp_path / "plan.json", "-o", target).code == 0
    assert read_school(target) == kept_school(pinned, tiny_plan(pinned))


def test_what_the_school_no_longer_has_is_said_and_left_out(
    zouban: Run, files: tuple[Path, Path], pinned: School
) -> None:
    plan = tiny_plan(pinned)
    gone = plan.sections[0].students[0]
    smaller = pinned.replaced(
        students=tuple(s for s in pinned.students if s.id != gone),
        wishes=tuple(w for w in pinned.wishes if w.student != gone),
        locks=tuple(x for x in pinned.locks if getattr(x, "student", None) != gone),
    )
    write_school(smaller, files[0], "en", force=True)
    target = files[0].with_name("kept.xlsx")
    ran = zouban("keep", *files, "-o", target, "--lang", "en")
    assert ran.code == 0
    assert gone in ran.err
    kept = read_school(target)
    assert all(gone not in section.students for section in kept.previous)


def test_two_groups_of_a_course_are_told_apart_by_their_slots() -> None:
    school = tiny_school()
    plan = two_groups(tiny_plan(school))
    kept = kept_school(school, plan, pins=[Pin.SEATS])
    first, second = (s for s in plan.sections if s.course == "choir")
    for section in (first, second):
        for student in section.students:
            assert SeatLock(student=student, course="choir", slots=section.slots) in kept.locks


@pytest.mark.parametrize("slotted", [False, True])
def test_a_seat_that_is_pinned_is_not_pinned_again(slotted: bool) -> None:
    """Nor one that is pinned to the slots of the only group."""
    plan = tiny_plan(tiny_school())
    choir = next(s for s in plan.sections if s.course == "choir")
    own, other = choir.students[:2]
    lock = SeatLock(student=own, course="choir", slots=choir.slots if slotted else ())
    kept = kept_school(with_locks(tiny_school(), lock), plan, pins=[Pin.SEATS])
    seats = [x for x in kept.locks if isinstance(x, SeatLock) and x.course == "choir"]
    assert [x for x in seats if x.student == own] == [lock]
    assert [x for x in seats if x.student == other] == [SeatLock(student=other, course="choir")]


def two_groups(plan: Plan) -> Plan:
    """Split the choir over two times, whatever the rules say of that."""
    choir = next(s for s in plan.sections if s.course == "choir")
    parts = (
        choir.model_copy(update={"students": choir.students[:1]}),
        choir.model_copy(
            update={"id": "choir-2", "slots": ("mon1",), "students": choir.students[1:]}
        ),
    )
    others = tuple(s for s in plan.sections if s.course != "choir")
    return plan.model_copy(update={"sections": (*others, *parts)})


def test_a_file_that_is_there_is_not_overwritten(zouban: Run, files: tuple[Path, Path]) -> None:
    ran = zouban("keep", *files, "-o", files[0])
    assert ran.code == 2
    assert read_school(files[0]).previous == ()


def test_a_plan_of_other_data_is_named_as_such(
    zouban: Run, files: tuple[Path, Path], pinned: School
) -> None:
    """The groups go into the sheets all the same: that is what they are kept for."""
    options = ("-o", files[0].with_name("kept.xlsx"), "--lang", "en", "--force")
    said = "data that the plan rests on have changed"
    assert said not in zouban("keep", *files, *options).err
    write_school(with_course(pinned, "art", max_size=9), files[0], "en", force=True)
    ran = zouban("keep", *files, *options)
    assert (ran.code, said in ran.err) == (0, True)
