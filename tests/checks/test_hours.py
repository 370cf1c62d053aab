import pytest

from models import (
    CareContent,
    CourseKind,
    Force,
    GroupKind,
    Level,
    PolicyItem,
    School,
    Slot,
    Stage,
    StudentGroup,
)
from tests.builders import (
    SOURCE,
    edit_care,
    revised,
    tiny_plan,
    tiny_school,
    unseat,
    with_care,
    with_clause,
    with_course,
    with_new,
    with_settings,
    with_slot,
    with_student,
)
from tests.checks.saying import broken, names, only, said

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)
END = 17 * 60 + 30


def in_the_evening() -> School:
    """Make the second periods evening study."""
    return with_slot(with_slot(SCHOOL, "mon2", evening_study=True), "tue2", evening_study=True)


def reading() -> School:
    """Let base care be reading everywhere."""
    school = SCHOOL
    for slot in SCHOOL.slots:
        school = with_slot(school, slot.id, care_content=CareContent.READING)
    return school


def with_lesson(school: School, minutes: int, most: int = 1) -> School:
    """Allow so many periods of learning on a day, and say how long one is."""
    school = with_clause(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, most)
    return with_clause(school, PolicyItem.LEARNING_PERIOD_MINUTES, minutes, source="Other")


@pytest.mark.parametrize(
    "school",
    [
        with_clause(SCHOOL, PolicyItem.LATEST_END, END),
        with_clause(in_the_evening(), PolicyItem.LATEST_END, END - 50),
        with_clause(in_the_evening(), PolicyItem.EVENING_LATEST_END, END),
        with_clause(SCHOOL, PolicyItem.EVENING_LATEST_END, END),
        with_clause(in_the_evening(), PolicyItem.EVENING_MAX_MINUTES, 40),
        with_clause(SCHOOL, PolicyItem.EVENING_MAX_MINUTES, 0),
        with_clause(SCHOOL, PolicyItem.MAX_MINUTES_DAY, 80),
        with_clause(in_the_evening(), PolicyItem.MAX_MINUTES_DAY, 40),
        with_clause(SCHOOL, PolicyItem.MAX_PERIODS_DAY, 2),
        with_clause(in_the_evening(), PolicyItem.MAX_PERIODS_DAY, 1),
        with_clause(SCHOOL, PolicyItem.MAX_LEARNING_PERIODS_DAY, 2),
        with_clause(in_the_evening(), PolicyItem.MAX_LEARNING_PERIODS_DAY, 1),
        with_clause(reading(), PolicyItem.MAX_LEARNING_PERIODS_DAY, 0),
        with_clause(SCHOOL, PolicyItem.EARLIEST_END, END),
        with_clause(SCHOOL, PolicyItem.LATEST_END, 0, force=Force.ADVISORY, waived=True),
        with_clause(SCHOOL, PolicyItem.LATEST_END, 0, grades=(6,)),
        with_clause(SCHOOL, PolicyItem.EXCLUDED_GROUP, subject="boarder"),
        with_clause(in_the_evening(), PolicyItem.EVENING_ALLOWED),
        with_clause(SCHOOL, PolicyItem.EVENING_ALLOWED, grades=(6,)),
        with_clause(SCHOOL, PolicyItem.ELIGIBLE),
        with_clause(SCHOOL, PolicyItem.ACTIVITIES_END, END),
        with_clause(SCHOOL, PolicyItem.EVENING_WEEKDAY, 3),
        with_lesson(SCHOOL, 40, most=2),
        with_lesson(in_the_evening(), 40, most=1),
    ],
)
def test_exactly_at_the_limit(school: School) -> None:
    assert broken(school, PLAN) == []


def test_a_minute_too_late() -> None:
    school = with_clause(SCHOOL, PolicyItem.LATEST_END, END - 1, grades=(5,))
    texts = said(school, PLAN, "hours")
    assert len(texts) == 4
    names(texts[0], "chess-1", "s54", "16:50-17:30", "17:29", SOURCE, zh="最晚", en="latest end")
    names(texts[1], "art-1", "s51", zh="周二", en="Tue")
    names(texts[2], "care-mon2", ["s51", "s52", "s53"][0], zh="5 年级", en="grade 5")
    assert "s42" not in texts[0].en


def test_a_minute_too_late_in_the_evening() -> None:
    school = with_clause(in_the_evening(), PolicyItem.EVENING_LATEST_END, END - 1, grades=(4,))
    texts = said(school, PLAN, "hours")
    assert len(texts) == 4
    names(texts[0], "chess-1", "s42", "17:30", "17:29", SOURCE, zh="晚自习", en="evening study")


def test_ordinary_slots_end_no_later_than_evening_study() -> None:
    item = PolicyItem.EVENING_LATEST_END
    texts = said(with_clause(SCHOOL, item, END - 1), PLAN, "hours")
    names(texts[0], "17:30", "17:29", SOURCE, zh="晚自习", en="later than evening study may")
    assert said(with_clause(SCHOOL, item, END - 1, grades=(4,)), PLAN, "hours") == texts
    later = with_clause(SCHOOL, item, END, grades=(5,))
    only_fourth = said(with_clause(later, item, END - 1, grades=(4,)), PLAN, "hours")
    assert only_fourth
    assert all("grade 4" in text.en for text in only_fourth)


def test_a_clause_for_one_stage() -> None:
    stages = (Stage(id="low", name="", grades=(3, 4)), Stage(id="high", name="", grades=(5,)))
    school = with_settings(SCHOOL, stages=stages)
    school = with_care(school, mix_stages=True)
    for course in ("chess", "art"):
        school = with_course(school, course, mix_stages=True)
    texts = said(with_clause(school, PolicyItem.LATEST_END, END - 1, stage="high"), PLAN, "hours")
    assert len(texts) == 4
    assert not any("s4" in text.en for text in texts)


def test_too_many_evening_minutes() -> None:
    school = with_clause(in_the_evening(), PolicyItem.EVENING_MAX_MINUTES, 39, grades=(3,))
    texts = said(school, PLAN, "hours")
    assert len(texts) == 6
    names(
        texts[0],
        "s31",
        SOURCE,
        zh="周一晚自习 40 分钟，最多 39 分钟",
        en="Mon: 40 minutes of evening",
    )


def test_too_many_minutes_a_day() -> None:
    school = with_clause(SCHOOL, PolicyItem.MAX_MINUTES_DAY, 79, grades=(3,))
    texts = said(school, PLAN, "hours")
    assert len(texts) == 6
    names(
        texts[0],
        "s31",
        SOURCE,
        zh="周一留校 80 分钟，最多 79 分钟",
        en="Mon: 80 minutes, at most 79",
    )
    school = with_clause(in_the_evening(), PolicyItem.MAX_MINUTES_DAY, 39, grades=(3,))
    assert len(said(school, PLAN, "hours")) == 8


def test_too_many_periods_a_day() -> None:
    school = with_clause(SCHOOL, PolicyItem.MAX_PERIODS_DAY, 1, grades=(3,))
    texts = said(school, PLAN, "hours")
    assert len(texts) == 6
    names(texts[1], "s31", SOURCE, zh="周二留校 2 节，最多 1 节", en="Tue: 2 periods, at most 1")


def test_homework_care_is_learning() -> None:
    school = with_clause(SCHOOL, PolicyItem.MAX_LEARNING_PERIODS_DAY, 1, grades=(4,))
    found = {text.en.split(":")[0] for text in said(school, PLAN, "hours")}
    # s42 is in clubs on Monday and in one on Tuesday; s41 and s44 are in art on Tuesday.
    assert found == {
        "student s41 on Mon",
        "student s43 on Mon",
        "student s43 on Tue",
        "student s44 on Mon",
    }


def test_a_learning_course_is_learning() -> None:
    school = with_course(reading(), "chess", kind=CourseKind.LEARNING)
    assert broken(with_clause(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, 1), PLAN) == []
    texts = said(with_clause(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, 0), PLAN, "hours")
    assert len(texts) == 4
    names(texts[0], "s31", SOURCE, zh="周一学习类 1 节，最多 0 节", en="Mon: 1 learning periods")
    both = with_clause(
        with_course(SCHOOL, "chess", kind=CourseKind.LEARNING),
        PolicyItem.MAX_LEARNING_PERIODS_DAY,
        1,
        grades=(3,),
    )
    assert {text.en.split(":")[0] for text in said(both, PLAN, "hours")} == {
        "student s33 on Mon",
        "student s33 on Tue",
    }


def test_a_period_of_learning_has_a_length() -> None:
    """Two periods of 39 minutes are 78, and who is in care at both slots of a day learns for 80."""
    texts = said(with_lesson(SCHOOL, 39, most=2), PLAN, "hours")
    assert len(texts) == 10
    names(
        texts[0],
        "s33",
        SOURCE,
        "Other",
        zh="周二学习类 2 节，最多 2 节、每节 39 分钟；共 80 分钟",
        en="Tue: 2 learning periods, at most 2 of 39 minutes; they are 80 minutes",
    )
    shorter = with_clause(with_lesson(SCHOOL, 45, most=2), PolicyItem.PERIOD_MINUTES, 39)
    assert "39 minutes" in said(shorter, PLAN, "hours")[0].en
    long = with_slot(SCHOOL, "mon1", start_minute=15 * 60)
    assert len(said(with_lesson(long, 60), PLAN, "hours")) > 10


def test_a_course_of_written_homework_is_learning_whatever_its_kind() -> None:
    school = with_course(reading(), "chess", content=("written_homework",))
    texts = said(with_clause(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, 0), PLAN, "hours")
    assert len(texts) == 4


def test_clubs_that_end_too_late() -> None:
    """Base care may go on: what ends is the clubs."""
    texts = said(
        with_clause(SCHOOL, PolicyItem.ACTIVITIES_END, END - 1, grades=(5,)), PLAN, "hours"
    )
    assert len(texts) == 2
    names(texts[0], "chess-1", "s54", "17:30", "17:29", SOURCE, zh="社团", en="latest end 17:29 of")
    assert broken(with_clause(SCHOOL, PolicyItem.ACTIVITIES_END, 0, grades=(6,)), PLAN) == []


def test_evening_study_that_starts_in_ordinary_hours() -> None:
    """It starts at 16:50."""
    school = with_clause(in_the_evening(), PolicyItem.LATEST_END, END - 39, grades=(5,))
    texts = said(school, PLAN, "hours")
    assert len(texts) == 4
    names(texts[0], "s54", "16:50", "16:51", SOURCE, zh="不是晚自习", en="no evening study but")


def test_evening_study_on_another_day() -> None:
    school = with_clause(in_the_evening(), PolicyItem.EVENING_WEEKDAY, 1, grades=(5,))
    texts = said(with_clause(school, PolicyItem.EVENING_WEEKDAY, 3, grades=(5,)), PLAN, "hours")
    names(texts[0], "art-1", SOURCE, zh="晚自习只在周一、周三", en="only on Mon, Wed")
    assert all("Tue" in text.en for text in texts)


def test_weekdays() -> None:
    monday = with_clause(SCHOOL, PolicyItem.SERVICE_WEEKDAY, 1)
    texts = said(monday, PLAN, "hours")
    names(texts[0], "art-1", SOURCE, zh="服务日只有周一", en="only Mon")
    assert all("Tue" in text.en for text in texts)
    both = with_clause(monday, PolicyItem.SERVICE_WEEKDAY, 2, source="Other")
    assert broken(both, PLAN) == []
    third = with_clause(
        with_clause(SCHOOL, PolicyItem.SERVICE_WEEKDAY, 2),
        PolicyItem.SERVICE_WEEKDAY,
        3,
        source="Other",
    )
    names(said(third, PLAN, "hours")[0], SOURCE, "Other", zh="周二、周三", en="Tue, Wed")


def test_an_excluded_student() -> None:
    school = with_clause(SCHOOL, PolicyItem.EXCLUDED_GROUP, subject="hardship")
    text = only(school, PLAN, "hours")
    names(text, "s33", "hardship", "chess-1", "care-mon1", SOURCE, zh="不在服务范围", en="excluded")
    care_only = unseat(SCHOOL, PLAN, "s33", "chess-1")
    names(only(school, care_only, "hours"), "s33", "care-mon2", zh="托管", en="care group")
    seat_only = PLAN
    for group in PLAN.care_groups:
        rest = tuple(s for s in group.students if s != "s33")
        seat_only = edit_care(seat_only, group.id, students=rest)
    assert broken(school, seat_only) == ["hours"]


def test_a_group_excluded_for_other_grades_only() -> None:
    school = with_clause(SCHOOL, PolicyItem.EXCLUDED_GROUP, subject="hardship", grades=(4, 5))
    assert broken(school, PLAN) == []
    assert broken(with_student(school, "s44", groups=("hardship",)), PLAN) == ["hours"]


def test_a_group_excluded_by_its_kind() -> None:
    groups = (revised(SCHOOL.groups[0], id="poor", kind=GroupKind.HARDSHIP),)
    students = [revised(s, groups=("poor",)) if s.groups else s for s in SCHOOL.students]
    school = revised(SCHOOL, groups=groups, students=students)
    assert broken(school, PLAN) == []
    text = only(with_clause(school, PolicyItem.EXCLUDED_GROUP, subject="hardship"), PLAN, "hours")
    names(text, "s33", "poor", "chess-1", SOURCE, zh="不在服务范围", en="excluded group poor")
    assert broken(with_clause(school, PolicyItem.EXCLUDED_GROUP, subject="bus"), PLAN) == []


def test_whoever_is_not_eligible() -> None:
    item = PolicyItem.ELIGIBLE
    school = with_clause(SCHOOL, item, grades=(3,))
    texts = said(with_clause(school, item, grades=(4,), source="Other"), PLAN, "hours")
    assert len(texts) == 4
    names(texts[0], "s51", "art-1", "care-mon1", SOURCE, "Other", zh="不是服务对象", en="eligible")
    names(texts[0], zh="5 年级学生 s51", en="grade 5 student s51")
    names(texts[0], zh="服务的年级：3、4", en="eligible grades: 3, 4")
    assert broken(with_clause(SCHOOL, item, level=Level.PRIMARY), PLAN) == []


def test_evening_study_for_other_grades_only() -> None:
    item = PolicyItem.EVENING_ALLOWED
    school = with_clause(in_the_evening(), item, grades=(3,))
    texts = said(with_clause(school, item, grades=(4,), source="Other"), PLAN, "hours")
    assert len(texts) == 4
    names(texts[0], "chess-1", "s54", "16:50-17:30", SOURCE, "Other", zh="晚自习", en="evening")
    names(texts[0], zh="可设的年级：3、4", en="only for grades: 3, 4")
    names(texts[3], "care-tue2", zh="5 年级学生", en="grade 5 students")
    assert broken(with_clause(SCHOOL, item, grades=(3,)), PLAN) == []
    nobody = with_clause(in_the_evening(), item, level=Level.JUNIOR)
    assert len(said(nobody, PLAN, "hours")) == 3 + 2 + 3 + 3
    assert broken(with_clause(nobody, item, level=Level.PRIMARY), PLAN) == []


def test_a_service_that_ends_too_early() -> None:
    texts = said(with_clause(SCHOOL, PolicyItem.EARLIEST_END, END + 1), PLAN, "hours")
    assert len(texts) == 2
    names(texts[1], "17:30", "17:31", SOURCE, zh="3、4、5 年级周二", en="grades 3, 4, 5")


def test_only_the_last_slot_of_a_day_ends_the_service() -> None:
    late = Slot(id="tue3", weekday=2, start_minute=END + 10, end_minute=END + 50, grades=(4, 5))
    school = with_clause(with_new(SCHOOL, "slots", late), PolicyItem.EARLIEST_END, END + 50)
    texts = said(school, PLAN, "hours")
    assert len(texts) == 2
    names(texts[0], "17:30", "18:20", zh="3、4、5 年级周一", en="on Mon")
    names(texts[1], "17:30", zh="3 年级周二", en="grades 3 ends")
    evening = with_slot(school, "tue3", evening_study=True)
    assert "4" in said(evening, PLAN, "hours")[1].en.split("ends")[0]


def test_late_care_after_the_latest_end() -> None:
    """Grade 5 may stay in base care where only children of the group do; a club is too late."""
    school = with_clause(SCHOOL, PolicyItem.LATEST_END, END - 1, grades=(5,))
    school = with_clause(school, PolicyItem.LATE_CARE, subject="special_needs")
    group = StudentGroup(id="g1", name="", kind=GroupKind.SPECIAL_NEEDS)
    school = revised(school, groups=(*school.groups, group))
    before = said(school, PLAN, "hours")
    assert any("care-mon2" in text.en for text in before)
    five = [s.id for s in school.students if s.home_class == "c5"]
    for name in five:
        school = with_student(school, name, groups=("g1",))
    after = [text.en for text in said(school, PLAN, "hours")]
    assert after
    assert not any("care-" in text for text in after)
    other = next(name for name in five if "mon2" in school.student[name].stay_slots)
    texts = said(with_student(school, other, groups=()), PLAN, "hours")
    assert any("care-mon2" in text.en for text in texts)
