"""What people from outside do, in figures and with the reason, where own staff come first."""

import json

import pytest

from models import (
    CareGroup,
    Lang,
    Plan,
    PolicyItem,
    School,
    SectionLock,
    StaffKind,
    Topic,
)
from models.labels import TOPICS
from optimizer.checks import WhyOutside
from optimizer.cli.solve import _counts
from optimizer.report import plan_rows, summary
from optimizer.report.outside import REASONS, Outside, outside_duties
from tests.builders import (
    revised,
    tiny_plan,
    tiny_school,
    with_clause,
    with_locks,
    with_teacher,
)
from tests.report.test_notice import made, under_heading
from tests.report.test_workbook import lines

ITEM = PolicyItem.OWN_STAFF_FIRST
EXTERNAL = StaffKind.EXTERNAL


def guests() -> School:
    """t1 is pinned to chess, and nobody else has the craft of t3; both are from outside."""
    school = with_teacher(with_teacher(tiny_school(), "t1", kind=EXTERNAL), "t3", kind=EXTERNAL)
    return with_locks(with_clause(school, ITEM), SectionLock(course="chess", staff=("t1",)))


SCHOOL = guests()
PLAN = tiny_plan(SCHOOL)


def outside(school: School, plan: Plan) -> Outside:
    found = outside_duties(school, plan)
    assert found is not None
    return found


def test_duties_are_counted_by_reason() -> None:
    # chess, art, choir and four care groups, a person each.
    assert outside(SCHOOL, PLAN) == (7, ((WhyOutside.CRAFT, 1), (WhyOutside.PINNED, 1)))
    assert outside(SCHOOL, PLAN).outside == 2
    assert set(REASONS) == set(WhyOutside)


def test_only_groups_that_the_clause_concerns_count() -> None:
    school = with_clause(with_teacher(tiny_school(), "t3", kind=EXTERNAL), ITEM, grades=(3,))
    # Art has nobody of grade 3; all the others have.
    assert outside(school, PLAN) == (6, ())


@pytest.mark.parametrize(
    ("lang", "label", "share", "why"),
    [
        ("zh", "校外人员承担的任务", "2 / 7（28.6%）", "1 项：学校锁定由其承担"),
        ("en", "Groups led or supervised from outside", "2 of 7 (28.6 %)", "1 because the school"),
    ],
)
def test_the_overview_and_the_screen_say_so(lang: Lang, label: str, share: str, why: str) -> None:
    rows = plan_rows(summary(SCHOOL, PLAN), lang)
    start = next(n for n, (name, _) in enumerate(rows) if name.strip().startswith(label))
    assert rows[start][1] == share
    assert any(said.startswith(why) for _, said in rows[start + 1 : start + 3])


def test_json_has_it() -> None:
    counts = json.loads(json.dumps(_counts(summary(SCHOOL, PLAN))))
    assert counts["outside"] == {"duties": 7, "why": {"craft": 1, "pinned": 1}}
    free = tiny_school()
    assert _counts(summary(free, tiny_plan(free)))["outside"] is None


@pytest.mark.parametrize(
    ("lang", "sheet", "said"),
    [
        ("zh", "公示", "7 项任务中，校外人员承担 2 项"),
        ("en", "Public notice", "have 2 of the 7 duties"),
    ],
)
def test_the_notice_says_so(lang: Lang, sheet: str, said: str) -> None:
    topic = TOPICS[Topic.STAFF].say(lang)
    rows = under_heading(made(SCHOOL, PLAN, lang)[sheet], topic[:1].upper() + topic[1:])
    assert any(said in str(row[0]) for row in rows)
    assert any(REASONS[WhyOutside.CRAFT].say(lang) in str(row[0]) for row in rows)


def test_a_notice_of_own_staff_alone() -> None:
    def last(school: School) -> str:
        rows = under_heading(made(school, PLAN)["公示"], TOPICS[Topic.STAFF].zh)
        return str(rows[-1][0])

    # t2 is from outside and has nothing to do.
    school = with_clause(with_teacher(tiny_school(), "t2", kind=EXTERNAL), ITEM)
    assert last(school) == "按本学期方案，社团班和托管组都由本校教师承担。"
    assert last(tiny_school()) == "合计"


def test_a_notice_without_a_part_on_staff_says_it_with_the_clause() -> None:
    school = with_clause(SCHOOL, PolicyItem.PUBLISH, subject=Topic.MENU)
    sheet = made(school, PLAN)["公示"]
    said = [str(cell) for row in lines(sheet) for cell in row if cell]
    assert sum("校外人员承担 2 项" in text for text in said) == 1


def test_a_section_opened_for_the_unmet_counts() -> None:
    plan = revised(PLAN, opened_for_unmet=("chess-1",))
    assert outside(SCHOOL, plan) == outside(SCHOOL, PLAN)


def test_groups_that_ended_when_students_were_moved_do_not_count() -> None:
    gone = CareGroup(id="gone", slot="mon2", room="r3", staff=("t2",), students=())
    plan = revised(PLAN, moved_from=(gone,))
    assert outside(SCHOOL, plan).duties == 7
