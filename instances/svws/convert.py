"""Turns the plain JSON of the two SVWS cohorts into Schools.

Usage: ``python -m instances.svws.convert FOLDER`` writes ``svws1.json`` and ``svws2.json`` beside
this file, from the files of the same names in FOLDER.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from models import (
    Course,
    HomeClass,
    Room,
    School,
    SectionLock,
    Settings,
    Slot,
    SlotUse,
    Student,
    Teacher,
    Term,
    Weights,
    Wish,
)

HERE: Final = Path(__file__).parent
GRADE: Final = 11
SERVICE_DAYS: Final = 5
PERIOD_MINUTES, FIRST_START, PERIOD_EVERY = 45, 8 * 60, 60


class Cohort(NamedTuple):
    """What the source says in words: seats a section, and who has tracks to themselves."""

    name: str
    seats: int
    rules: tuple[str, ...]
    """The source's wording, so that other data are not converted under the wrong rules."""
    reserved: tuple[tuple[tuple[int, ...], tuple[str, ...]], ...] = ()
    """Tracks, and the kinds of course or courses that alone meet in them."""


COHORTS: Final = {
    "svws1": Cohort(
        name="SVWS Kursblockung 001",
        seats=29,
        rules=(
            "tracks 1, 2 only LK",
            "track 14 only I0-GK1 and S0-GK1",
            "track 13 only the PJK",
            "track 12 only the three SP courses",
        ),
        reserved=(
            ((1, 2), ("LK",)),
            ((14,), ("I0-GK", "S0-GK")),
            ((13,), ("PJK",)),
            ((12,), ("SP-GK",)),
        ),
    ),
    "svws2": Cohort(
        name="SVWS Kursblockung 002",
        seats=27,
        rules=(
            "BI-GK1, M-GK1, L-GK1 in track 1",
            "two sections of the same subject+type not in one track (wished)",
        ),
    ),
}

Source = dict[str, Any]


def track(number: int) -> str:
    """Name the slot that a track becomes."""
    return f"T{number:02d}"


def course_id(name: str) -> str:
    """Write ``BI;GK`` as ``BI-GK``: a semicolon separates ids in lists."""
    return name.replace(";", "-")


def convert(source: Source, cohort: Cohort) -> School:
    """Make a School of one cohort.

    Raises
    ------
    ValueError
        If the source asks for other rules than those that are honoured here.
    """
    if tuple(source["rules"]) != cohort.rules:
        raise ValueError(f"rules {source['rules']} are not those of {cohort.name}")
    sections: dict[str, list[Source]] = {}
    for section in source["sections"]:
        sections.setdefault(course_id(section["course"]), []).append(section)
    places = [(course, n) for course, own in sections.items() for n in range(1, len(own) + 1)]
    return School(
        settings=Settings(
            id=source["name"],
            name=cohort.name,
            weights=Weights(rank_points=(1,), first_seat=0, second_seat=0),
        ),
        term=Term(first_date=date(2026, 9, 1), last_date=date(2027, 1, 15)),
        slots=tuple(_slot(number) for number in source["slots"]),
        rooms=tuple(
            Room(id=f"R-{c}-{n}", name=f"R {c} {n}", seats=cohort.seats) for c, n in places
        ),
        classes=(HomeClass(id="Q1", name="Q1", grade=GRADE),),
        teachers=tuple(
            Teacher(id=f"L-{c}-{n}", name=f"L {c} {n}", max_periods_week=len(source["slots"]))
            for c, n in places
        ),
        courses=tuple(_course(source, cohort, c, own) for c, own in sections.items()),
        students=tuple(_student(source, student) for student in source["students"]),
        wishes=tuple(
            Wish(student=student["id"], course=course_id(request["course"]), rank=rank)
            for student in source["students"]
            for rank, request in enumerate(student["requests"], 1)
        ),
        locks=tuple(lock for c, own in sections.items() for lock in _locks(c, own)),
    )


def _slot(number: int) -> Slot:
    period, day = divmod(number - 1, SERVICE_DAYS)
    start = FIRST_START + PERIOD_EVERY * period
    return Slot(
        id=track(number),
        weekday=day + 1,
        start_minute=start,
        end_minute=start + PERIOD_MINUTES,
        use=SlotUse.CLUBS_ONLY,
    )


def _course(source: Source, cohort: Cohort, course: str, sections: list[Source]) -> Course:
    numbers = range(1, len(sections) + 1)
    tracks = _tracks(source, cohort, course, sections)
    return Course(
        id=course,
        name=course.replace("-", " "),
        grades=(GRADE,),
        min_size=1,
        max_size=cohort.seats,
        max_sections=len(sections),
        sessions_per_week=sections[0]["len"],
        min_gap_days=0 if sections[0]["len"] > 1 else 1,
        slots=None if tracks == source["slots"] else tuple(track(t) for t in tracks),
        leaders=tuple(f"L-{course}-{n}" for n in numbers),
        rooms=tuple(f"R-{course}-{n}" for n in numbers),
    )


def _tracks(source: Source, cohort: Cohort, course: str, sections: list[Source]) -> list[int]:
    """List the tracks that a course may meet in."""
    own = [t for tracks, courses in cohort.reserved for t in tracks if _among(course, courses)]
    others = [t for tracks, courses in cohort.reserved for t in tracks if t not in own]
    pinned = {section.get("must_include") for section in sections} - {None}
    if own and not pinned:
        return own
    allowed = [section["allowed"] for section in sections]
    if all(allowed):
        return sorted({t for tracks in allowed for t in tracks})
    return [t for t in source["slots"] if t not in others]


def _among(course: str, courses: tuple[str, ...]) -> bool:
    return course in courses or course.rpartition("-")[2] in courses


def _locks(course: str, sections: list[Source]) -> Iterator[SectionLock]:
    """Pin a section that must have one track, where its course does not have it anyway."""
    for section in sections:
        if section.get("must_include"):
            yield SectionLock(course=course, slots=(track(section["must_include"]),))
        elif section["allowed"] and len(sections) > 1:
            (only,) = section["allowed"]
            yield SectionLock(course=course, slots=(track(only),))


def _student(source: Source, student: Source) -> Student:
    return Student(
        id=student["id"],
        name=student["id"],
        home_class="Q1",
        club_slots=tuple(track(number) for number in source["slots"]),
        max_clubs=len(student["requests"]),
    )


def main(folder: Path, target: Path = HERE) -> None:
    """Convert both cohorts."""
    for name, cohort in COHORTS.items():
        source = json.loads((folder / f"{name}.json").read_text("utf-8"))
        school = convert(source, cohort)
        (target / f"{name}.json").write_text(school.model_dump_json(indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
