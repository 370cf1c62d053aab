"""The overview says what became of each grade's wishes and of each course, in plain words."""

from io import BytesIO

import openpyxl
import pytest

from models import Lang, Plan, School, UnmetReason, Wish
from optimizer.report.naming import Names
from optimizer.report.outcome import Outcomes, demand_text, outcome_text
from optimizer.report.workbook import workbook_bytes
from tests.report.example import Shape, make_plan, make_school

SHAPE = Shape(days=1, sections=2, students=9, class_size=3)


def wishes(student: int, *courses: str) -> list[Wish]:
    return [
        Wish(student=f"S{student:04d}", course=course, rank=rank)
        for rank, course in enumerate(courses, start=1)
    ]


@pytest.fixture(scope="module")
def case() -> tuple[School, Plan]:
    """Give nine students in three grades; of each grade two ask for a club.

    Students 0, 3 and 6 have C0-0 and 1 and 7 have C0-1; 0 would rather be there, and 4 has nothing.
    Nobody but student 8 asks for C9, which is not opened.
    """
    made = make_school(SHAPE)
    closed = made.courses[0].model_copy(update={"id": "C9", "name": "陶艺"})
    asked = [
        *wishes(0, "C0-1", "C0-0"),
        *wishes(1, "C0-1", "C0-0"),
        *wishes(3, "C0-0", "C0-1"),
        *wishes(4, "C0-1", "C0-0"),
        *wishes(6, "C0-0", "C0-1"),
        *wishes(7, "C0-1", "C0-0"),
    ]
    school = made.replaced(courses=(*made.courses, closed), wishes=tuple(asked))
    plan = make_plan(school, SHAPE)
    first, second = plan.sections
    second = second.model_copy(update={"students": ("S0001", "S0007")})
    return school, plan.model_copy(update={"sections": (first, second)})


def outcomes(case: tuple[School, Plan], lang: Lang = "zh") -> Outcomes:
    return Outcomes(Names(*case, lang))


def test_each_grade(case: tuple[School, Plan]) -> None:
    found = outcomes(case)
    said = {
        grade: (o.asked, o.first, o.later, o.moved, o.none) for grade, o in found.by_grade.items()
    }
    assert said == {1: (2, 1, 1, 0, 0), 2: (2, 1, 0, 0, 1), 3: (2, 2, 0, 0, 0)}
    texts = {grade: outcome_text(o) for grade, o in found.by_grade.items()}
    assert texts[1].zh == "1 名得到第一志愿；1 名得到后面的志愿；没有人落空。"
    assert texts[2].zh == "1 名得到第一志愿；1 名一个社团也没有。"
    assert texts[2].en == "1 have their first choice; 1 have no club."
    assert outcome_text(found.of(())).zh == "没有学生填报社团。"


def test_each_course(case: tuple[School, Plan]) -> None:
    found, names = outcomes(case), Names(*case, "zh")
    texts = {c.id: demand_text(found.course(c.id), names) for c in case[0].courses}
    assert found.course("C0-0").asked == 6
    assert texts["C0-0"].zh == (
        "2 名放在第一志愿，其中 2 名录取；1 个班，5 个名额，录取 3 名，还空 2 个；"
        "时间：周一 16:10-16:50。"
    )
    assert texts["C0-1"].en.startswith(
        "First choice of 4, of whom 2 are in; groups: 1; places: 5, taken: 2, still free: 3"
    )
    assert texts["C9"] == ("未开班。", "Not opened.")


def test_a_full_course_and_one_of_two_groups(case: tuple[School, Plan]) -> None:
    school, plan = case
    first, second = plan.sections
    other = second.model_copy(update={"id": "C0-0.2", "course": "C0-0", "students": ()})
    two = plan.model_copy(update={"sections": (first, other)})
    text = demand_text(outcomes((school, two)).course("C0-0"), Names(school, two, "zh"))
    assert "2 个班，10 个名额，录取 3 名，还空 7 个" in text.zh
    assert "时间：1组 周一 16:10-16:50、2组 周一 16:10-16:50" in text.zh
    full = tuple(f"S{n:04d}" for n in range(5))
    crowded = plan.model_copy(
        update={"sections": (first.model_copy(update={"students": full}), second)}
    )
    text = demand_text(outcomes((school, crowded)).course("C0-0"), Names(school, crowded, "zh"))
    assert "1 个班，5 个名额，已满" in text.zh


def test_why_a_course_was_not_opened(case: tuple[School, Plan]) -> None:
    school, plan = case
    unmet = plan.unmet[0].model_copy(update={"course": "C9", "reason": UnmetReason.TOO_FEW})
    other = unmet.model_copy(update={"reason": UnmetReason.NOT_ELIGIBLE})
    shut = plan.model_copy(update={"unmet": (other, other, unmet)})
    text = demand_text(outcomes((school, shut)).course("C9"), Names(school, shut, "zh"))
    assert text.zh == "未开班：能参加的人数不足最少人数。"


def test_it_stands_on_the_overview(case: tuple[School, Plan]) -> None:
    sheet = openpyxl.load_workbook(BytesIO(workbook_bytes(*case, "zh")))["总览"]
    rows = {row[0]: row[1:3] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert rows["各年级"] == ("想参加的学生", "结果")
    assert rows["2 年级"] == (2, "1 名得到第一志愿；1 名一个社团也没有。")
    assert rows["全校"][0] == 6
    assert rows["各课程"][0] == "想参加的学生"
    assert rows["书法"][0] == 6
    assert "还空 3 个" in str(rows["书法"][1])
