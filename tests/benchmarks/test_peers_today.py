"""What schools do today: the rule of thumb, the two ways to seat, and base care around sections."""

from pathlib import Path

import pytest

from benchmarks.peers.answer import STARTED, Answer, Task
from benchmarks.peers.bookings import Bookings
from benchmarks.peers.care import with_care
from benchmarks.peers.judge import judge
from benchmarks.peers.reserve import Reserve
from benchmarks.peers.timetable import rule_of_thumb
from benchmarks.peers.today import draw_by_rank, first_come
from instances import StyleName, generate
from models import School
from tests.builders import edit_section, with_budget, with_course, with_teacher
from tests.tiny import tiny_plan, tiny_school


def reserve(school: School) -> Reserve:
    return Reserve(school, Bookings(school))


def test_care_is_dealt_around_sections() -> None:
    school = tiny_school()
    whole = with_care(school, tiny_plan(school).sections, 10)
    assert whole is not None
    assert {s.students for s in whole.sections} == {s.students for s in tiny_plan(school).sections}
    verdict = judge(school, Answer(**whole._asdict(), seconds=0), "test")
    # s53 may join chess no more than before, so the value is the plan's.
    assert (verdict.status, verdict.value, verdict.findings) == ("PLAN", 422, 0)


def test_no_care_where_money_is_short() -> None:
    school = with_budget(tiny_school(), sum_fen=80_000)
    assert with_care(school, tiny_plan(school).sections, 10) is None


def test_no_care_around_sections_that_break_rules() -> None:
    school = tiny_school()
    crowded = edit_section(tiny_plan(school), "chess-1", students=("s31", "s32", "s33", "s42"))
    assert with_care(school, crowded.sections, 10) is None  # s32 did not wish for chess


def test_an_answer_that_breaks_rules_has_no_value() -> None:
    school = tiny_school()
    plan = tiny_plan(school)
    answer = Answer(sections=plan.sections, care_groups=plan.care_groups[1:], seconds=0)
    verdict = judge(school, answer, "test")
    assert (verdict.status, verdict.value) == ("INVALID", None)
    assert verdict.findings == 9  # everybody who stays on Monday's first period and is in no club
    assert judge(school, Answer(seconds=1), "test").status == "NONE"


def test_groups_are_reckoned_with_neighbours_together() -> None:
    school = tiny_school()  # groups of 9, three grades together; 12 stay at first, 10 at second
    assert reserve(school).groups("mon1") == 2
    other = reserve(school)
    other.expected["mon1"][4] -= 3
    assert other.groups("mon1") == 1


def test_reserve_asks_for_people_rooms_and_money() -> None:
    school = tiny_school()
    # Each of four slots needs two groups at 2 x 50 yuan over the term.
    assert reserve(school).suffices(("mon1",), 0)
    purse = with_budget(school, sum_fen=80_000)
    assert reserve(purse).suffices(("mon1",), 0)
    assert not reserve(purse).suffices(("mon1",), 1)
    alone = school
    for person in ("t1", "t2", "t3", "t4"):
        alone = with_teacher(alone, person, may_supervise=False)
    assert not reserve(alone).suffices(("mon1",), 0)


def test_the_most_wanted_course_is_opened_first() -> None:
    school = tiny_school()
    sections = rule_of_thumb(school)
    assert sections[0].course == "chess"
    # Nine wish for choir or art, too; the next section begins after the slots of the one before.
    assert sections[0].slots != sections[1].slots
    assert not any(s.students for s in sections)


def test_courses_that_too_few_want_stay_closed() -> None:
    school = with_course(tiny_school(), "choir", min_size=5, max_size=9)
    assert "choir" not in {s.course for s in rule_of_thumb(school)}


@pytest.mark.parametrize("style", ["clubhour", "mixed", "nine-year"])
@pytest.mark.parametrize("seat", [first_come, draw_by_rank])
def test_their_plans_hold(style: StyleName, seat: object, tmp_path: Path) -> None:
    school = generate(style, 120, 12, 1).school
    assert callable(seat)
    answer = seat(Task(school, 30.0, 5, tmp_path))
    assert (tmp_path / STARTED).exists()
    verdict = judge(school, answer, "test")
    assert (verdict.status, verdict.findings) == ("PLAN", 0), verdict.first
    again = seat(Task(school, 30.0, 5, tmp_path))
    assert again.sections == answer.sections


def test_first_come_takes_all_and_the_draw_goes_by_rank(tmp_path: Path) -> None:
    school = generate("clubhour", 120, 12, 1).school
    firsts = {(w.student, w.course) for w in school.wishes if w.rank == 1}

    def granted(answer: Answer) -> int:
        assert answer.sections is not None
        seats = {(s, x.course) for x in answer.sections for s in x.students}
        return len(seats & firsts)

    drawn = sum(granted(draw_by_rank(Task(school, 30.0, seed, tmp_path))) for seed in range(3))
    came = sum(granted(first_come(Task(school, 30.0, seed, tmp_path))) for seed in range(3))
    assert drawn > came
