"""A small school and a plan of it, made by hand, that holds.

Grades 3, 4 and 5, one class of four each (students s31-s34, s41-s44, s51-s54); two periods on
Monday (mon1, mon2) and on Tuesday (tue1, tue2); chess once a week, art in double periods, choir
twice a week. Its aim is points alone: in the plan s53 has no club, although s41 could leave him his
seat in art for one in the choir.
"""

from datetime import date
from typing import Any

from models import (
    Aim,
    BaseCare,
    CareGroup,
    Course,
    HomeClass,
    Plan,
    PlanStatus,
    Provenance,
    Room,
    School,
    Section,
    Settings,
    Slot,
    Student,
    StudentGroup,
    Teacher,
    Term,
    UnmetReason,
    UnmetWish,
    Weights,
    Wish,
)


def _slots() -> tuple[Slot, ...]:
    periods = ((1, 16 * 60, 16 * 60 + 40), (2, 16 * 60 + 50, 17 * 60 + 30))
    return tuple(
        Slot(id=f"{name}{number}", weekday=day, start_minute=start, end_minute=end)
        for day, name in ((1, "mon"), (2, "tue"))
        for number, start, end in periods
    )


def _students() -> tuple[Student, ...]:
    """Most stay both periods; s34 leaves after the first, s54 too unless a club keeps him."""
    always = ("mon1", "mon2", "tue1", "tue2")
    first = ("mon1", "tue1")
    stays = {"s34": first, "s54": first}
    return tuple(
        Student(
            id=f"s{grade}{number}",
            name=f"Pupil {grade}{number}",
            home_class=f"c{grade}",
            groups=("hardship",) if (grade, number) == (3, 3) else (),
            stay_slots=stays.get(f"s{grade}{number}", always),
            club_slots=("mon2", "tue2") if (grade, number) == (5, 4) else (),
            max_clubs=2 if f"s{grade}{number}" in {"s31", "s41", "s42"} else 1,
        )
        for grade in (3, 4, 5)
        for number in (1, 2, 3, 4)
    )


def _wishes() -> tuple[Wish, ...]:
    ranked = {
        "s31": ("chess", "choir"),
        "s32": ("choir",),
        "s33": ("chess",),
        "s34": ("chess",),
        "s41": ("art", "choir"),
        "s42": ("choir", "chess"),
        "s43": ("chess",),
        "s44": ("art",),
        "s51": ("art",),
        "s53": ("art",),
        "s54": ("chess",),
    }
    return tuple(
        Wish(student=s, course=c, rank=rank, teacher="t2" if s == "s43" else None)
        for s, courses in ranked.items()
        for rank, c in enumerate(courses, 1)
    )


def _courses() -> tuple[Course, ...]:
    chess = Course(
        id="chess", name="国际象棋", grades=(3, 4, 5), min_size=3, max_size=5, leaders=("t1", "t2")
    )
    art = Course(
        id="art",
        name="美术",
        grades=(4, 5),
        min_size=2,
        max_size=3,
        periods_per_session=2,
        leaders=("t3",),
        room_features=("easels",),
    )
    choir = Course(
        id="choir",
        name="合唱",
        grades=(3, 4),
        min_size=2,
        max_size=4,
        sessions_per_week=2,
        leaders=("t4",),
    )
    return chess, art, choir


def tiny_school(**changes: Any) -> School:
    """Make the small school; ``changes`` replace whole fields of School."""
    home_teachers = {3: "t1", 4: "t2", 5: "t5"}
    fields: dict[str, Any] = {
        "settings": Settings(
            id="tiny",
            name="小小学校",
            weights=Weights(aim=Aim.MOST_POINTS),
            base_care=BaseCare(max_size=9, grade_span=3),
        ),
        "term": Term(first_date=date(2026, 3, 2), last_date=date(2026, 3, 13)),
        "slots": _slots(),
        "rooms": (
            *(Room(id=f"r{g}", name=f"{g} 年级教室", seats=10) for g in (3, 4, 5)),
            Room(id="studio", name="画室", seats=4, features=("easels",)),
        ),
        "classes": tuple(
            HomeClass(id=f"c{g}", name=f"{g}(1)", grade=g, home_room=f"r{g}", homeroom_teacher=t)
            for g, t in home_teachers.items()
        ),
        "groups": (StudentGroup(id="hardship", name="困难家庭", priority=True),),
        "teachers": tuple(Teacher(id=f"t{n}", name=f"T{n}", pay_fen=5000) for n in range(1, 6)),
        "courses": _courses(),
        "students": _students(),
        "wishes": _wishes(),
    }
    return School(**(fields | changes))


def _care(slot: str, *students: str) -> CareGroup:
    return CareGroup(id=f"care-{slot}", slot=slot, room="r5", staff=("t5",), students=students)


def tiny_plan(school: School) -> Plan:
    """Give the plan of the unchanged small school, made by hand, with the digest of ``school``."""
    chess = Section(
        id="chess-1",
        course="chess",
        slots=("mon2",),
        room="r4",
        staff=("t1",),
        students=("s31", "s33", "s42", "s54"),
    )
    art = Section(
        id="art-1",
        course="art",
        slots=("tue1", "tue2"),
        room="studio",
        staff=("t3",),
        students=("s41", "s44", "s51"),
    )
    choir = Section(
        id="choir-1",
        course="choir",
        slots=("mon1", "tue1"),
        room="r4",
        staff=("t4",),
        students=("s31", "s32", "s42"),
    )
    care = (
        _care("mon1", "s33", "s34", "s41", "s43", "s44", "s51", "s52", "s53", "s54"),
        _care("mon2", "s32", "s41", "s43", "s44", "s51", "s52", "s53"),
        _care("tue1", "s33", "s34", "s43", "s52", "s53", "s54"),
        _care("tue2", "s31", "s32", "s33", "s42", "s43", "s52", "s53"),
    )
    return Plan(
        school="tiny",
        school_digest=school.digest,
        status=PlanStatus.FEASIBLE,
        sections=(chess, art, choir),
        care_groups=care,
        unmet=(
            UnmetWish(student="s34", course="chess", rank=1, reason=UnmetReason.OTHER_TIME),
            UnmetWish(
                student="s41", course="choir", rank=2, reason=UnmetReason.CLASH, because=("art",)
            ),
            UnmetWish(student="s43", course="chess", rank=1, reason=UnmetReason.TEACHER),
            UnmetWish(
                student="s53",
                course="art",
                rank=1,
                reason=UnmetReason.FULL_LOTTERY,
                alternative="chess-1",
            ),
        ),
        # Doubled: s31 and s42 (10+8+16) each, s33 thrice 22, six others 22 each.
        value=422,
        # Two weeks: chess 1, art 2, choir 2 and care 4 periods a week at 50 yuan.
        pay_fen=90_000,
        lottery_seed=1,
        provenance=Provenance(
            version="0", engine="hand", seed=0, workers=1, time_limit_seconds=0, seconds=0
        ),
    )
