"""What models know about themselves."""

import pickle
from datetime import date

import pytest
from pydantic import ValidationError

from models import (
    Clause,
    Course,
    HomeClass,
    Plan,
    PlanStatus,
    Policy,
    PolicyItem,
    Provenance,
    Room,
    School,
    SchoolError,
    Settings,
    Slot,
    Stage,
    Student,
    StudentGroup,
    Teacher,
    Term,
    Weights,
    Wish,
    clock,
    listed,
    lottery_number,
    weekday_text,
    yuan,
)
from models.problems import nearest
from optimizer.errors import InfeasibleError


def _clause(**fields: object) -> Clause:
    return Clause(source="", **fields)  # type: ignore[arg-type]


WAIVED = {"force": "advisory", "waived": True}
SCHOOL = School(
    settings=Settings(
        id="s",
        name="S",
        stages=(Stage(id="low", name="", grades=(1, 2)), Stage(id="high", name="", grades=(3,))),
    ),
    term=Term(first_date=date(2026, 9, 1), last_date=date(2027, 1, 15)),
    policy=Policy(
        clauses=(
            _clause(item=PolicyItem.LATEST_END, value=1050, stage="low"),
            _clause(item=PolicyItem.LATEST_END, value=1080),
            _clause(item=PolicyItem.LATEST_END, value=1000, grades=(2,), **WAIVED),
            _clause(item=PolicyItem.EXCLUDED_GROUP, subject="boarder", grades=(1,)),
        )
    ),
    slots=(Slot(id="m", weekday=1, start_minute=990, end_minute=1030, grades=(1, 2)),),
    rooms=(Room(id="r", name="", seats=20, available_slots=()), Room(id="q", name="", seats=9)),
    classes=(
        HomeClass(id="1a", name="", grade=1, home_room="r"),
        HomeClass(id="2a", name="", grade=2, home_room="r"),
        HomeClass(id="3a", name="", grade=3),
    ),
    groups=(StudentGroup(id="first", name="", priority=True), StudentGroup(id="boarder", name="")),
    teachers=(Teacher(id="t", name="", available_slots=("m",)), Teacher(id="u", name="")),
    courses=(
        Course(
            id="c", name="", grades=(1, 2), leaders=("t",), min_size=2,
            periods_per_session=1, sessions_per_week=1,
        ),
        Course(id="d", name="", grades=(1,), leaders=("u",)),
    ),
    students=(
        Student(id="x", name="", home_class="1a", stay_slots=("m",), groups=("first",)),
        Student(id="y", name="", home_class="2a", stay_slots=("m",), groups=("boarder",)),
        Student(id="z", name="", home_class="1a", groups=("boarder",)),
    ),
    wishes=(
        Wish(student="x", course="d", rank=2),
        Wish(student="x", course="c", rank=1),
        Wish(student="y", course="c", rank=1),
    ),
)  # fmt: skip


def test_by_id() -> None:
    assert SCHOOL.slot["m"].minutes == 40
    assert SCHOOL.room["r"].seats == 20
    assert SCHOOL.home_class["2a"].grade == 2
    assert SCHOOL.teacher["t"].id == "t"
    assert SCHOOL.course["c"].periods_per_week == 1
    assert SCHOOL.student["x"].home_class == "1a"
    assert SCHOOL.group["first"].priority
    assert SCHOOL.provider == {}


def test_wishes_by_student_and_course() -> None:
    assert [w.course for w in SCHOOL.wishes_of["x"]] == ["c", "d"]
    assert SCHOOL.wishes_of["z"] == ()
    assert [w.student for w in SCHOOL.wishes_for["c"]] == ["x", "y"]
    assert len(SCHOOL.wishes_for["d"]) == 1


def test_grades_and_stages() -> None:
    assert SCHOOL.grade_of == {"x": 1, "y": 2, "z": 1}
    assert SCHOOL.grades == (1, 2, 3)
    assert (SCHOOL.stage_of(2).id, SCHOOL.stage_of(3).id, SCHOOL.stage_of(9).id) == (
        "low",
        "high",
        "school",
    )
    assert SCHOOL.home_room_grades == {"r": frozenset({1, 2})}
    slot = SCHOOL.slots[0]
    assert (slot.admits_grade(1), slot.admits_grade(3)) == (True, False)


def test_clauses_in_force_for_a_grade() -> None:
    item = PolicyItem.LATEST_END
    assert [c.value for c in SCHOOL.clauses(item, 2)] == [1050, 1080]
    assert [c.value for c in SCHOOL.clauses(item, 3)] == [1080]
    assert [c.value for c in SCHOOL.rules.set_aside] == [1000]
    assert SCHOOL.excluded == frozenset({"z"})


def test_availability() -> None:
    assert [room.available("m") for room in SCHOOL.rooms] == [False, True]
    assert [teacher.available("n") for teacher in SCHOOL.teachers] == [False, True]


def test_points() -> None:
    assert (SCHOOL.factor("x"), SCHOOL.factor("y")) == (3, 2)
    assert [SCHOOL.wish_points(w) for w in SCHOOL.wishes] == [24, 30, 20]
    assert SCHOOL.wish_points(Wish(student="y", course="c", rank=99)) == 4
    assert [SCHOOL.seat_bonus("x", n) for n in range(4)] == [0, 36, 48, 48]
    poor = SCHOOL.settings.model_copy(update={"weights": Weights(rank_points=())})
    assert SCHOOL.replaced(settings=poor).wish_points(SCHOOL.wishes[0]) == 0


def test_the_digest_follows_the_content() -> None:
    assert pickle.loads(pickle.dumps(SCHOOL)).digest == SCHOOL.digest  # noqa: S301
    assert School.model_validate_json(SCHOOL.model_dump_json()).digest == SCHOOL.digest
    assert SCHOOL.replaced(wishes=()).digest != SCHOOL.digest
    assert SCHOOL.replaced().digest == SCHOOL.digest
    assert len(SCHOOL.digest) == 16


def test_a_school_with_parts_replaced_is_worked_out_and_validated_anew() -> None:
    assert SCHOOL.wishes_for["c"]
    changed = SCHOOL.replaced(wishes=(), groups=SCHOOL.groups)
    assert changed.wishes_for["c"] == ()
    assert changed.students == SCHOOL.students
    assert SCHOOL.wishes
    with pytest.raises(SchoolError, match="there is no course with id 'c'"):
        SCHOOL.replaced(courses=())
    with pytest.raises(ValidationError, match="colour"):
        SCHOOL.replaced(colour="red")
    with pytest.raises(ValidationError, match="term"):
        SCHOOL.replaced(term="autumn")


def test_the_lottery_can_be_recomputed() -> None:
    # printf '7:S01' | sha256sum | cut -c1-16
    assert lottery_number(7, "S01") == int(LOTTERY_7_S01, 16)
    assert lottery_number(7, "S01") != lottery_number(8, "S01")


LOTTERY_7_S01 = "6d038cfd8fd7be30"


def test_lists_are_written_as_each_language_writes_them() -> None:
    assert listed([1, "a", weekday_text(2)]) == ("1、a、周二", "1, a, Tue")
    assert listed([]) == ("", "")
    hint = nearest("x", [f"name{n}" for n in range(9)])
    assert hint.zh == f"可用的有：{'、'.join(f'name{n}' for n in range(8))}……。"
    assert hint.en == f"known: {', '.join(f'name{n}' for n in range(8))}, ...."
    assert "愿留尽留、预算。" in InfeasibleError(["attendance", "budget"]).say("zh")


def test_words() -> None:
    assert (clock(990), yuan(375), yuan(-5), weekday_text(7).en) == (
        "16:30",
        "3.75",
        "-0.05",
        "Sun",
    )


@pytest.mark.parametrize(
    ("value", "bound", "gap"),
    [(100, 120, 0.2), (100, 100, 0.0), (0, 0, 0.0), (0, 5, None), (5, None, None)],
)
def test_the_gap_of_a_plan(value: int, bound: int | None, gap: float | None) -> None:
    plan = Plan(
        school="s",
        school_digest="",
        status=PlanStatus.FEASIBLE,
        sections=(),
        care_groups=(),
        value=value,
        bound=bound,
        pay_fen=0,
        lottery_seed=1,
        provenance=Provenance(
            version="", engine="", seed=1, workers=1, time_limit_seconds=1, seconds=1
        ),
    )
    assert plan.gap == gap
