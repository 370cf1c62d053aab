# ruff: noqa: E501 (one case a line)
"""Every contradiction in a school is found, once, in its place, in both languages."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models import (
    BillingMonth,
    Clause,
    Course,
    Force,
    HomeClass,
    MakeUpDay,
    Policy,
    PolicyItem,
    Problem,
    Room,
    School,
    SchoolError,
    SeatLock,
    Settings,
    Slot,
    SlotUse,
    Stage,
    Student,
    StudentGroup,
    Teacher,
    Term,
    Weights,
    Wish,
)
from models.problems import nearest
from models.validation import find_broken_references, find_nonsense, find_problems
from tests.tiny import tiny_school

TERM = Term(first_date=date(2026, 9, 1), last_date=date(2027, 1, 15))
MON = Slot(id="mon", weekday=1, start_minute=990, end_minute=1030)
TUE = Slot(id="tue", weekday=2, start_minute=990, end_minute=1030)
LATE = Slot(id="late", weekday=2, start_minute=1000, end_minute=1040)
BASE: dict[str, Any] = {
    "settings": Settings(id="s", name="S"),
    "term": TERM,
    "slots": (MON, TUE, LATE),
    "rooms": (Room(id="r", name="", seats=20, features=("piano",)), Room(id="q", name="", seats=9)),
    "classes": (HomeClass(id="1a", name="", grade=1), HomeClass(id="2a", name="", grade=2)),
    "groups": (StudentGroup(id="g", name=""),),
    "teachers": (Teacher(id="t", name=""), Teacher(id="u", name="", cleared=False)),
    "courses": (Course(id="c", name="", grades=(1, 2), leaders=("t",), min_size=2),),
    "students": (
        Student(id="x", name="", home_class="1a", stay_slots=("mon", "tue")),
        Student(id="y", name="", home_class="2a", stay_slots=("mon",)),
    ),
    "wishes": (Wish(student="x", course="c", rank=1),),
}


def problems(**changes: Any) -> list[Problem]:
    """Give the problems, but for the weekdays on which so small a school has no slot."""
    found = find_problems(School.model_construct(**{**BASE, **changes}))
    return [problem for problem in found if problem.code != "day-without-slots"]


def test_a_sound_school_has_no_problems() -> None:
    assert problems() == []


def slots(**changes: Any) -> dict[str, Any]:
    return {"slots": (MON.model_copy(update=changes), TUE, LATE)}


def course(**changes: Any) -> dict[str, Any]:
    return {"courses": (BASE["courses"][0].model_copy(update=changes),)}


def student(**changes: Any) -> dict[str, Any]:
    return {"students": (BASE["students"][0].model_copy(update=changes), BASE["students"][1])}


def term(**changes: Any) -> dict[str, Any]:
    return {"term": TERM.model_copy(update=changes)}


def stages(*stages: Stage) -> dict[str, Any]:
    return {"settings": BASE["settings"].model_copy(update={"stages": stages})}


def clause(**fields: Any) -> dict[str, Any]:
    return {"policy": Policy(clauses=(Clause(source="", **fields),))}


def wishes(*wishes: tuple[str, str, int] | tuple[str, str, int, str]) -> dict[str, Any]:
    names = ("student", "course", "rank", "teacher")
    return {"wishes": tuple(Wish(**dict(zip(names, w, strict=False))) for w in wishes)}  # type: ignore[arg-type]


BOARDERS = {"item": PolicyItem.EXCLUDED_GROUP, "subject": "g"}
FOUND: list[tuple[dict[str, Any], list[tuple[str, str, int | None, str | None]]]] = [
    ({"rooms": ()}, [("empty-table", "rooms", None, None)]),
    ({"rooms": (*BASE["rooms"], BASE["rooms"][0])}, [("duplicate-id", "rooms", 2, "id")]),
    (student(home_class="1b"), [("unknown-reference", "students", 0, "home_class")]),
    (student(stay_slots=("mon", "mon")), [("listed-twice", "students", 0, "stay_slots")]),
    ({"locks": (SeatLock(student="z", course="c"),)}, [("unknown-reference", "locks", 0, "student")]),
    (term(last_date=date(2026, 8, 1)), [("term-backwards", "term", None, "last_date")]),
    (term(holidays=(date(2025, 10, 1),)), [("outside-term", "term", None, "holidays")]),
    (term(holidays=(date(2026, 10, 1),) * 2), [("day-twice", "term", None, "holidays")]),
    (
        term(make_up_days=(MakeUpDay(date=date(2026, 10, 10), follows=6),)),
        [("follows-no-service-day", "term", None, "make_up_days")],
    ),
    (
        term(
            billing_months=(
                BillingMonth(id="m", first_date=date(2026, 9, 2), last_date=date(2026, 9, 1)),
            )
        ),
        [("month-backwards", "term", None, "billing_months")],
    ),
    (slots(weekday=6), [("no-service-day", "slots", 0, "weekday")]),
    (slots(end_minute=990), [("slot-backwards", "slots", 0, "end_minute")]),
    (
        stages(Stage(id="a", name="", grades=(1, 2)), Stage(id="b", name="", grades=(2,))),
        [("stage-overlap", "stages", 1, "grades")],
    ),
    (
        stages(Stage(id="a", name="", grades=(1,)), Stage(id="a", name="", grades=(2,))),
        [("duplicate-id", "stages", 1, "id")],
    ),
    (stages(Stage(id="a", name="", grades=(1,))), [("grade-without-stage", "classes", 1, "grade")]),
    (clause(item="latest_end", value=1080, stage="a"), [("unknown-stage", "policy", 0, "stage")]),
    (
        {**clause(**{**BOARDERS, "subject": "h"})},
        [("empty-group", "policy", 0, "subject")],
    ),
    ({**clause(**BOARDERS), **student(groups=("g",))}, [("excluded", "students", 0, "groups")]),
    ({**clause(**BOARDERS, grades=(2,)), **student(groups=("g",))}, []),
    (course(min_size=9, max_size=8), [("size-backwards", "courses", 0, "min_size")]),
    (course(leaders=()), [("no-leader", "courses", 0, "leaders")]),
    (course(leaders=("u",)), [("few-leaders", "courses", 0, "leaders")]),
    (course(room_features=("pool",)), [("no-room", "courses", 0, "room_features")]),
    (course(rooms=("q",), room_features=("piano",)), [("no-room", "courses", 0, "room_features")]),
    (course(min_size=21), [("rooms-too-small", "courses", 0, "min_size")]),
    (course(min_size=10, rooms=("q",)), [("rooms-too-small", "courses", 0, "min_size")]),
    (course(grades=(7,)), [("wrong-grade", "wishes", 0, "course"), ("unknown-grades", "courses", 0, "grades")]),
    (course(grades=()), [("no-grades", "courses", 0, "grades")]),
    (course(grades=(2,)), [("wrong-grade", "wishes", 0, "course")]),
    (course(slots=()), [("too-few-slots", "courses", 0, "slots")]),
    (student(stay_slots=("tue", "late")), [("stay-clash", "students", 0, "stay_slots")]),
    (student(stay_slots=("mon",), club_slots=("mon",)), [("stay-twice", "students", 0, "club_slots")]),
    (student(stay_slots=()), [("stays-nowhere", "wishes", 0, "student")]),
    (student(max_clubs=0), [("wants-none", "wishes", 0, "student")]),
    (
        {**slots(use=SlotUse.CLUBS_ONLY), "students": BASE["students"][1:], "wishes": ()},
        [("stay-clubs-only", "students", 0, "stay_slots")],
    ),
    ({**slots(grades=(2,))}, [("slot-grade", "students", 0, "stay_slots")]),
    (wishes(("x", "c", 1), ("x", "c", 2)), [("wish-twice", "wishes", 1, "course")]),
    (wishes(("x", "c", 2)), [("rank-gap", "wishes", 0, "rank")]),
    (wishes(("x", "c", 1, "u")), [("not-a-leader", "wishes", 0, "teacher")]),
    (
        {
            **wishes(("x", "c", 1), ("x", "d", 1)),
            "courses": (*BASE["courses"], BASE["courses"][0].model_copy(update={"id": "d"})),
        },
        [("rank-tie", "wishes", 1, "rank")],
    ),
    # What is known to be broken is not concluded from.
    (course(leaders=("v",)), [("unknown-reference", "courses", 0, "leaders")]),
    (course(rooms=("p",)), [("unknown-reference", "courses", 0, "rooms")]),
    (wishes(("z", "c", 1)), [("unknown-reference", "wishes", 0, "student")]),
    (wishes(("x", "d", 1)), [("unknown-reference", "wishes", 0, "course")]),
    (wishes(("x", "c", 1, "v")), [("unknown-reference", "wishes", 0, "teacher")]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), FOUND)
def test_found(changes: dict[str, Any], expected: list[Any]) -> None:
    found = problems(**changes)
    assert [(p.code, p.table, p.row, p.field) for p in found] == expected
    for problem in found:
        assert problem.text.zh != problem.text.en
        assert problem.say("zh") == problem.text.zh
        assert "{" not in problem.text.zh + problem.text.en
    if any(problem.severity == "error" for problem in found):
        with pytest.raises(SchoolError) as raised:
            School(**{**BASE, **changes})
        assert raised.value.problems == tuple(p for p in found if p.severity == "error")
        assert f"{expected[-1][1]}[" in str(raised.value)
    else:
        School(**{**BASE, **changes})


def test_all_at_once() -> None:
    found = problems(
        **slots(end_minute=990), **course(min_size=99), **student(home_class="1b"), **wishes(("x", "d", 2))
    )  # fmt: skip
    assert [problem.code for problem in found] == [
        "unknown-reference",
        "unknown-reference",
        "slot-backwards",
        "rank-gap",
        "size-backwards",
        "rooms-too-small",
    ]


def test_what_repeats_names_what_it_repeats() -> None:
    (found,) = problems(**wishes(("x", "c", 1), ("y", "c", 1), ("x", "c", 2)))
    assert (found.row, found.earlier) == (2, 0)


def test_rows_that_could_not_be_read_are_known_and_nothing_is_concluded_from_them() -> None:
    changes = {
        **student(home_class="1b", groups=("h",), club_slots=("wed",)),
        **course(leaders=("v",), rooms=("p",), slots=("wed",), sessions_per_week=2, grades=(7,)),
        **stages(Stage(id="a", name="", grades=(1,))),
        **clause(item="latest_end", value=1080, stage="b"),
        **wishes(("x", "c", 2), ("y", "c", 2)),
    }
    unread = {
        "classes": frozenset({"1b"}),
        "groups": frozenset({"h"}),
        "slots": frozenset({"wed"}),
        "teachers": frozenset({"v"}),
        "rooms": frozenset({"p"}),
        "stages": frozenset({"b"}),
        "wishes": frozenset({"x"}),
    }
    school = School.model_construct(**{**BASE, **changes})
    found = find_problems(school, unread)
    assert [(p.code, p.row) for p in found] == [("rank-gap", 1), ("wrong-grade", 1)]
    assert find_broken_references(school, unread) == []
    assert find_nonsense(school, unread) == found


def test_only_so_many_hints_are_looked_for() -> None:
    many = tuple(Wish(student=f"z{n}", course="c", rank=1) for n in range(500))
    found = problems(wishes=many)
    assert len(found) == 500
    assert found[0].text.en.endswith("known: x, y.")
    assert found[-1].text.en.endswith("check the id.")


def test_nearest() -> None:
    assert nearest("basketbal", ["basketball", "go"]).en == "did you mean 'basketball'?"
    assert nearest("x", []).en == "that table is empty."
    assert nearest("x", [f"id{n}" for n in range(9)]).en.endswith("id7, ....")


@pytest.mark.parametrize(
    "fields",
    [
        {"item": "latest_end"},
        {"item": "latest_end", "value": 1441},
        {"item": "service_weekday", "value": 0},
        {"item": "vetting_required", "value": 1},
        {"item": "barred_content"},
        {"item": "barred_provider", "subject": "acme"},
    ],
)
def test_clauses_that_contradict_themselves(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Clause(source="", **fields)


def test_an_advisory_clause_can_be_waived() -> None:
    clause = Clause(
        item=PolicyItem.LATEST_END, value=0, source="", force=Force.ADVISORY, waived=True
    )
    school = tiny_school(policy=Policy(clauses=(clause,)))
    assert school.rules.set_aside == (clause,)
    assert not school.rules.clauses


def test_a_hard_clause_cannot_be_waived() -> None:
    clause = Clause(item=PolicyItem.LATEST_END, value=1080, source="", waived=True)
    with pytest.raises(SchoolError, match="is hard and cannot be waived"):
        tiny_school(policy=Policy(clauses=(clause,)))


@pytest.mark.parametrize("name", ["a b", "a,b", "a、b", "a；b", "a|b", "a\x00b", "", "x" * 65])
def test_ids_that_could_not_stand_in_a_list(name: str) -> None:
    with pytest.raises(ValidationError):
        Room(id=name, name="", seats=1)


def test_names_hold_no_control_characters() -> None:
    with pytest.raises(ValidationError):
        Room(id="r", name="a\x1b[31mb", seats=1)


def test_one_wrong_slot_is_not_told_for_each_who_stays_at_it() -> None:
    school = tiny_school()
    first, second, *others = school.slots
    assert first.weekday == second.weekday
    moved = second.model_copy(update={"start_minute": first.start_minute})
    rows = tuple(
        s.model_copy(update={"stay_slots": (first.id, second.id), "club_slots": ()})
        for s in school.students
    )
    spoilt = {**dict(school), "slots": (first, moved, *others), "students": rows}
    found = [p for p in find_problems(School.model_construct(**spoilt)) if p.code == "stay-clash"]
    assert len(found) == 1
    assert f"The same for {len(rows) - 1} more students" in found[0].text.en


def test_points_that_rise_with_the_rank_are_told() -> None:
    """1, 2, 3 would grant third wishes first: many forms count that way."""
    school = tiny_school()

    def rising(*points: int) -> list[Problem]:
        settings = school.settings.model_copy(update={"weights": Weights(rank_points=points)})
        changed = school.replaced(settings=settings)
        return [p for p in find_problems(changed) if p.code == "rising-points"]

    assert rising(3, 3, 1) == []
    (problem,) = rising(1, 2, 3)
    assert (problem.severity, problem.field) == ("stop", "weights.rank_points")
    assert "of the rank points 1, 2, 3 a later wish has more" in problem.say("en")
    assert "志愿得分 1、2、3 中后面的志愿分更高" in problem.say("zh")
