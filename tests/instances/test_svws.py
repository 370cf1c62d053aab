"""The SVWS cohorts: nothing got lost, and the school's rules are in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from instances.svws.convert import COHORTS, HERE, Cohort, convert, main
from models import School, SectionLock
from models.validation import find_problems

COUNTS = {"svws1": (137, 44, 69, 14, 1146), "svws2": (153, 23, 86, 12, 1798)}


@pytest.fixture(scope="module", params=COHORTS)
def named(request: pytest.FixtureRequest) -> tuple[str, School]:
    text = (HERE / f"{request.param}.json").read_text("utf-8")
    return request.param, School.model_validate_json(text)


def test_everything_is_there(named: tuple[str, School]) -> None:
    name, school = named
    sections = sum(course.max_sections for course in school.courses)
    assert COUNTS[name] == (
        len(school.students),
        len(school.courses),
        sections,
        len(school.slots),
        len(school.wishes),
    )
    assert sum(student.max_clubs for student in school.students) == len(school.wishes)
    assert not find_problems(school)


def test_nothing_but_time_and_seats_is_scarce(named: tuple[str, School]) -> None:
    name, school = named
    for course in school.courses:
        assert len(course.rooms) == len(course.leaders) == course.max_sections
        assert {school.room[r].seats for r in course.rooms} == {COHORTS[name].seats}
        assert course.max_size == COHORTS[name].seats
        wanted = len(school.wishes_for[course.id])
        assert wanted <= course.max_size * course.max_sections
    assert not any(teacher.pay_fen for teacher in school.teachers)
    assert not any(student.stay_slots for student in school.students)


def test_every_request_counts_the_same(named: tuple[str, School]) -> None:
    _, school = named
    assert {school.wish_points(wish) for wish in school.wishes} == {2}
    assert school.seat_bonus(school.students[0].id, 2) == 0


def test_tracks_do_not_overlap(named: tuple[str, School]) -> None:
    _, school = named
    slots = school.slots
    assert not any(a.overlaps(b) for a in slots for b in slots if a is not b)


def test_the_first_schools_rules() -> None:
    school = School.model_validate_json((HERE / "svws1.json").read_text("utf-8"))
    at: dict[str, set[str]] = {slot.id: set() for slot in school.slots}
    for course in school.courses:
        for slot in course.slots or at:
            at[slot].add(course.id)
    advanced = {course.id for course in school.courses if course.id.endswith("-LK")}
    assert at["T01"] == at["T02"] == advanced
    assert at["T12"] == {"SP-GK"}
    assert at["T13"] == {"PXSP-PJK"}
    assert at["T14"] == {"I0-GK", "S0-GK"}
    locks = {lock.course: lock.slots for lock in school.locks if isinstance(lock, SectionLock)}
    assert locks == {"I0-GK": ("T14",), "S0-GK": ("T14",)}
    # Nobody asks for more than fits: two advanced courses, nine tracks for the rest.
    for student in school.students:
        courses = [school.course[wish.course] for wish in school.wishes_of[student.id]]
        assert sum(course.id in advanced for course in courses) <= 2
        load = sum(course.sessions_per_week for course in courses)
        assert load <= len(school.slots)


def test_the_second_schools_rules() -> None:
    school = School.model_validate_json((HERE / "svws2.json").read_text("utf-8"))
    locks = {lock.course: lock.slots for lock in school.locks if isinstance(lock, SectionLock)}
    assert locks == dict.fromkeys(("BI-GK", "M-GK", "L-GK"), ("T01",))
    assert all(course.slots is None for course in school.courses)


def source() -> dict[str, Any]:
    def section(number: int, course: str, **more: object) -> dict[str, object]:
        return {"id": f"{course}{number}", "course": course, "len": 1, "allowed": None, **more}

    return {
        "name": "small",
        "rules": ["as told"],
        "slots": [1, 2, 3],
        "students": [{"id": "S0", "requests": [{"course": "M;GK"}, {"course": "E;LK"}]}],
        "sections": [
            section(1, "M;GK"),
            section(2, "M;GK", allowed=[3]),
            section(1, "E;LK"),
            section(1, "P;PJK", allowed=[2]),
            section(1, "I;GK", len=2, must_include=2),
        ],
    }


def test_convert_reads_tracks_locks_and_lengths() -> None:
    cohort = Cohort("small", 20, ("as told",), (((1,), ("LK",)),))
    school = convert(source(), cohort)
    assert {course.id: course.slots for course in school.courses} == {
        "M-GK": ("T02", "T03"),
        "E-LK": ("T01",),
        "P-PJK": ("T02",),
        "I-GK": ("T02", "T03"),
    }
    assert (school.course["I-GK"].sessions_per_week, school.course["I-GK"].min_gap_days) == (2, 0)
    assert school.locks == (
        SectionLock(course="M-GK", slots=("T03",)),
        SectionLock(course="I-GK", slots=("T02",)),
    )
    assert [(w.course, w.rank) for w in school.wishes] == [("M-GK", 1), ("E-LK", 2)]


def test_convert_refuses_rules_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="are not those of"):
        convert(source(), COHORTS["svws2"])


def test_main_writes_both(tmp_path: Path) -> None:
    for name, cohort in COHORTS.items():
        tracks = list(range(1, 15))
        text = json.dumps({**source(), "rules": cohort.rules, "slots": tracks})
        (tmp_path / f"{name}.json").write_text(text, "utf-8")
    target = tmp_path / "out"
    target.mkdir()
    main(tmp_path, target)
    assert sorted(path.name for path in target.iterdir()) == ["svws1.json", "svws2.json"]
