"""Large schools are read in seconds, sound or not."""

from pathlib import Path

import pytest

from models import Course, HomeClass, Room, School, Settings, Slot, Student, Teacher, Term, Wish
from optimizer.files import inspect_school, write_school


def _school(students: int, wishes: int) -> School:
    slots = tuple(
        Slot(id=f"{day}-{period}", weekday=day, start_minute=start, end_minute=start + 40)
        for day in range(1, 6)
        for period, start in ((1, 970), (2, 1020))
    )
    ids = tuple(slot.id for slot in slots)
    return School(
        settings=Settings(id="large", name="Large"),
        term=Term(first_date="2026-09-01", last_date="2027-01-15"),  # type: ignore[arg-type]
        slots=slots,
        rooms=tuple(Room(id=f"R{n}", name=f"教室{n}", seats=45) for n in range(150)),
        classes=tuple(
            HomeClass(id=f"K{n}", name=f"{n}班", grade=1 + n % 6, home_room=f"R{n}")
            for n in range(120)
        ),
        teachers=tuple(Teacher(id=f"T{n}", name="李芳", pay_fen=5000) for n in range(300)),
        courses=tuple(
            Course(id=f"C{n}", name=f"课程{n}", grades=(1, 2, 3, 4, 5, 6), leaders=(f"T{n}",))
            for n in range(200)
        ),
        students=tuple(
            Student(id=f"S{n:05d}", name="王小明", home_class=f"K{n % 120}", stay_slots=ids)
            for n in range(students)
        ),
        wishes=tuple(
            Wish(student=f"S{n:05d}", course=f"C{(n * 7 + rank * 13) % 200}", rank=rank)
            for n in range(students)
            for rank in range(1, wishes + 1)
        ),
    )


@pytest.mark.slow
def test_five_thousand_students_and_fifty_thousand_wishes(tmp_path: Path) -> None:
    school = _school(5_000, 10)
    path = tmp_path / "large.xlsx"
    write_school(school, path)
    found = inspect_school(path)
    assert found.errors == ()
    assert found.school == school


@pytest.mark.slow
def test_fifty_thousand_wrong_rows_are_all_told(tmp_path: Path) -> None:
    path = tmp_path / "large"
    write_school(_school(5_000, 0), path, "en")
    rows = [f"X{n},C{n % 200},{'one' if n % 2 else 1}" for n in range(50_000)]
    (path / "Wishes.csv").write_text("\n".join(["Student id,Course id,Rank", *rows]), "utf-8")
    found = inspect_school(path)
    assert len(found.errors) == 75_000
    assert found.errors[-2].en == (
        f'{path}/Wishes.csv, row 50001, column "Rank", value "one": '
        "expected a whole number such as 30."
    )
    assert found.errors[-1].en == (
        f'{path}/Wishes.csv, row 50001, column "Student id", value "X49999": '
        "there is no student with id 'X49999'; check the id."
    )
