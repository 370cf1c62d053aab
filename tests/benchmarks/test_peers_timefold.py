"""What Timefold is asked, what is read from its answer, and that its score adds up."""

import subprocess
from pathlib import Path

import pytest

from benchmarks.peers.answer import Answer, Task
from benchmarks.peers.care import with_care
from benchmarks.peers.environment import MissingError, java_command
from benchmarks.peers.judge import judge
from benchmarks.peers.question import Question
from benchmarks.peers.today import draw_by_rank
from instances import generate
from tests.builders import with_course
from tests.tiny import tiny_plan, tiny_school


def asked() -> Question:
    school = tiny_school()
    plan = tiny_plan(school)
    return Question(school, plan.sections, plan.care_groups)


def start_as_answer(question: Question) -> list[str]:
    """Write an answer that leaves everything where the search starts."""
    lines = [
        f"{question.pattern[p.slots]} {question.room[p.room]} {question.teacher[p.teacher]}"
        for p in question.places
    ]
    seats = question.seats
    return lines + [str(seats.get((w.student, w.course), -1)) for w in question.wishes]


def test_the_start_is_the_plan_given() -> None:
    question = asked()
    plan = tiny_plan(question.school)
    found = question.sections(start_as_answer(question))
    for ours, theirs in zip(found, plan.sections, strict=True):
        assert (ours.course, ours.slots, ours.room, ours.staff) == (
            theirs.course,
            theirs.slots,
            theirs.room,
            theirs.staff,
        )
        assert set(ours.students) == set(theirs.students)


def test_a_section_below_its_minimum_is_not_held() -> None:
    question = asked()
    answer = start_as_answer(question)
    for n, wish in enumerate(question.wishes):
        if wish.course == "chess" and wish.student in {"s31", "s33"}:
            answer[len(question.places) + n] = "-1"
    assert [s.course for s in question.sections(answer)] == ["art", "choir"]


def test_duties_are_as_many_as_care_may_need() -> None:
    question = asked()  # twelve or ten at a slot, nine in a group
    assert [d.slot for d in question.duties] == [
        *("mon1", "mon1", "mon2", "mon2", "tue1", "tue1", "tue2", "tue2")
    ]
    assert [d.teacher for d in question.duties] == ["t5", None] * 4


def test_courses_that_cannot_be_held_are_left_out() -> None:
    school = with_course(tiny_school(), "art", max_sections=0)
    question = Question(school, (), ())
    assert [c.id for c in question.courses] == ["chess", "choir"]
    assert "art" not in {w.course for w in question.wishes}


@pytest.mark.slow
def test_the_score_is_right_after_every_move(tmp_path: Path) -> None:
    """Timefold itself compares each score with a fresh one, and its best plan passes our check."""
    try:
        java = java_command()
    except MissingError as error:
        pytest.skip(str(error))
    school = generate("mixed", 120, 12, 0).school
    start = draw_by_rank(Task(school, 30.0, 1, tmp_path))
    assert start.sections is not None
    question = Question(school, start.sections, start.care_groups)
    asking, answer = tmp_path / "question.txt", tmp_path / "answer.txt"
    asking.write_text("\n".join(map(str, question.numbers())), "ascii")
    files = [str(asking), str(answer), str(tmp_path / "mark")]
    subprocess.run([*java, "Main", *files, "8", "1", "1", "check"], check=True)
    score, *lines = answer.read_text("ascii").splitlines()
    whole = with_care(school, question.sections(lines), 10.0)
    assert whole is not None
    verdict = judge(school, Answer(**whole._asdict(), seconds=8), "timefold")
    assert verdict.status == "PLAN", verdict.first
    assert score.startswith("0hard/")
    points = int(score.removeprefix("0hard/").removesuffix("soft")) // 100
    # Sections that are nearly filled count in part, and finishing a plan grants what is free.
    assert verdict.value is not None
    assert verdict.value >= 0.95 * points
