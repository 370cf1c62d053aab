import importlib

import pytest

from models import FAMILIES, Plan, School, UnmetReason, UnmetWish
from optimizer.checks import CHECKS, plan_value, require_valid, verify
from optimizer.checks._standing import Standing
from optimizer.errors import CheckError
from tests.builders import (
    add_groups,
    edit_care,
    edit_section,
    restated,
    revised,
    tiny_plan,
    tiny_school,
    with_room,
    with_settings,
    with_teacher,
)
from tests.checks.saying import broken, names, only

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def test_the_plan_made_by_hand_holds() -> None:
    assert verify(SCHOOL, PLAN) == ()
    require_valid(SCHOOL, PLAN)
    assert plan_value(SCHOOL, PLAN) == 422


def test_where_everyone_stands_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Plan] = []

    def init(self: Standing, school: School, plan: Plan) -> None:
        built.append(plan)
        plain(self, school, plan)

    plain = Standing.__init__
    monkeypatch.setattr(Standing, "__init__", init)
    assert verify(SCHOOL, PLAN) == ()
    assert built == [PLAN]


def test_what_passed_last_passes_at_once_and_nothing_else_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert verify(SCHOOL, PLAN) == ()
    asked: list[Plan] = []
    module = importlib.import_module("optimizer.checks")
    plain = module.verify

    def counted(school: School, plan: Plan) -> object:
        asked.append(plan)
        return plain(school, plan)

    monkeypatch.setattr(module, "verify", counted)
    run = PLAN.provenance.model_copy(update={"run": "1234abcd"})
    require_valid(SCHOOL, PLAN.model_copy(update={"provenance": run}))
    assert asked == []
    other = PLAN.model_copy(update={"value": 421})
    with pytest.raises(CheckError):
        require_valid(SCHOOL, other)
    assert asked == [other]
    with pytest.raises(CheckError):  # another school, though the plan is the same
        require_valid(with_room(SCHOOL, "studio", seats=2), PLAN)
    require_valid(SCHOOL, PLAN)
    assert len(asked) == 2


def test_one_check_a_family_under_its_name() -> None:
    assert tuple(CHECKS) == FAMILIES
    for family, check in CHECKS.items():
        assert check.__module__ == f"optimizer.checks.{family}"


def test_a_plan_that_does_not_hold_does_not_pass() -> None:
    school = with_room(with_room(SCHOOL, "r5", seats=8), "studio", seats=2)
    with pytest.raises(CheckError) as caught:
        require_valid(school, restated(school, PLAN))
    assert len(caught.value.findings) == 2
    assert "art-1" in caught.value.say("zh")


def test_a_finding_in_either_language() -> None:
    school = with_room(SCHOOL, "studio", seats=2)
    (finding,) = verify(school, restated(school, PLAN))
    assert finding.say("zh") == (
        "社团班 art-1（art 美术，周二 16:00-16:40、周二 16:50-17:30）有 3 人，"
        "教室 studio 画室 只有 2 个座位。"
    )
    assert finding.say("en") == (
        "section art-1 (art 美术, Tue 16:00-16:40, Tue 16:50-17:30) has 3 students "
        "but room studio 画室 has 2 seats."
    )


def test_no_student_name_in_any_finding() -> None:
    plan = edit_section(PLAN, "chess-1", slots=("mon1",), students=("s31", "s52", "s34"))
    found = verify(SCHOOL, restated(SCHOOL, plan))
    assert len(found) > 3
    assert not any("Pupil" in f.text.zh + f.text.en for f in found)


def test_a_plan_for_another_school() -> None:
    other = revised(PLAN, school="other")
    (finding,) = verify(SCHOOL, other)
    assert finding.family == "form"
    names(finding.text, "other", "tiny", zh="这里是学校", en="this is school")


def test_a_plan_for_other_data_of_the_school() -> None:
    changed = with_settings(SCHOOL, max_grade_span=5)
    (finding,) = verify(changed, PLAN)
    assert finding.family == "form"
    names(finding.text, SCHOOL.digest, changed.digest, zh="摘要", en="digest")


def test_a_plan_made_with_another_policy_is_told_how_to_be_checked() -> None:
    (finding, *_) = verify(with_settings(SCHOOL, lottery_seed=8), PLAN)
    names(finding.text, "--policy", "--changed", zh="政策", en="policy")


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"school": "other"}, "属于学校 other", "is for school other"),
        ({"school_digest": "0123456789abcdef"}, "摘要", "digest"),
    ],
)
def test_why_ids_are_unknown_is_said_once(changes: dict[str, str], zh: str, en: str) -> None:
    strange = edit_section(PLAN, "art-1", room="x9", staff=("t8", "t9"), students=("s98", "s99"))
    assert len(verify(SCHOOL, strange)) == 5
    (finding,) = verify(SCHOOL, revised(strange, **changes))
    names(finding.text, zh=zh, en=en)


def test_other_data_do_not_hide_what_else_is_wrong() -> None:
    found = verify(with_room(SCHOOL, "studio", seats=2), PLAN)
    assert [f.family for f in found] == ["form", "group_size"]


@pytest.mark.parametrize(
    ("plan", "facts", "zh", "en"),
    [
        (edit_section(PLAN, "art-1", course="Art"), ("art-1", "Art"), "课程", "course"),
        (edit_section(PLAN, "art-1", slots=("tue1", "wed")), ("art-1", "wed"), "时段", "slot"),
        (edit_section(PLAN, "art-1", room="x9"), ("art-1", "x9"), "教室", "room"),
        (edit_section(PLAN, "art-1", staff=("t3", "t9")), ("art-1", "t9"), "教师", "teacher"),
        (edit_section(PLAN, "art-1", students=("s41", "s99")), ("s99",), "学生", "student"),
        (edit_care(PLAN, "care-mon1", slot="wed"), ("care-mon1", "wed"), "时段", "slot"),
        (edit_care(PLAN, "care-mon1", room="x9"), ("care-mon1", "x9"), "教室", "room"),
        (edit_care(PLAN, "care-mon1", staff=("t9",)), ("care-mon1", "t9"), "教师", "teacher"),
        (edit_care(PLAN, "care-mon1", students=("s99",)), ("s99",), "学生", "student"),
    ],
)
def test_an_unknown_id(plan: Plan, facts: tuple[str, ...], zh: str, en: str) -> None:
    (finding,) = verify(SCHOOL, plan)
    assert finding.family == "form"
    names(finding.text, *facts, zh=zh, en=en)


@pytest.mark.parametrize(
    ("field", "name", "zh"),
    [("student", "s99", "学生"), ("course", "Art", "课程"), ("alternative", "art-9", "社团班")],
)
def test_an_unknown_id_among_unmet_wishes(field: str, name: str, zh: str) -> None:
    wish = UnmetWish(student="s53", course="art", rank=1, reason=UnmetReason.FULL)
    plan = revised(PLAN, unmet=(*PLAN.unmet[:3], revised(wish, **{field: name})))
    (finding,) = verify(SCHOOL, plan)
    assert finding.family == "form"
    names(finding.text, name, zh=f"未满足志愿表提到{zh}", en="the list of unmet wishes names")


def test_an_id_used_twice() -> None:
    plan = edit_care(PLAN, "care-tue2", id="care-tue1")
    names(only(SCHOOL, plan, "form"), "care-tue1", "2", zh="托管组编号", en="care group id")
    second = PLAN.sections[0].model_copy(update={"slots": ("tue1",), "students": ()})
    texts = [f.text for f in verify(SCHOOL, add_groups(PLAN, second)) if f.family == "form"]
    names(texts[0], "chess-1", "2", zh="社团班编号", en="section id")


def test_somebody_twice_in_one_group() -> None:
    students = (*PLAN.care_groups[2].students, "s52")
    text = only(SCHOOL, edit_care(PLAN, "care-tue1", students=students), "form")
    names(text, "care-tue1", "s52", "2", zh="每人只能出现一次", en="each person once")
    plan = edit_section(PLAN, "chess-1", staff=("t1", "t1"))
    busy = with_teacher(SCHOOL, "t1", max_periods_week=1)
    names(only(busy, plan, "form"), "chess-1", "t1", zh="教师", en="teacher")
    plan = edit_care(PLAN, "care-tue1", staff=("t5", "t5"))
    names(only(SCHOOL, plan, "form"), "care-tue1", "t5", zh="教师", en="teacher")
    students = (*PLAN.sections[0].students, "s54")
    plan = edit_section(PLAN, "chess-1", students=students)
    assert broken(SCHOOL, plan) == ["form", "wishes"]
