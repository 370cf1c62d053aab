from optimizer.checks.base import join_ids, section_text, slot_text, slots_text, students_text
from tests.builders import tiny_plan, tiny_school

SCHOOL = tiny_school()


def test_times_as_people_write_them() -> None:
    assert slot_text(SCHOOL.slot["tue2"]) == ("周二 16:50-17:30", "Tue 16:50-17:30")
    assert slots_text(SCHOOL, ("tue1", "mon2", "mon1")).en == (
        "Mon 16:00-16:40, Mon 16:50-17:30, Tue 16:00-16:40"
    )


def test_many_students_are_counted_instead_of_listed() -> None:
    five = ["s1", "s2", "s3", "s4", "s5"]
    assert students_text(five) == ("s1、s2、s3、s4、s5", "s1, s2, s3, s4, s5")
    assert students_text([*five, "s6"]) == (
        "s1、s2、s3、s4、s5 等 6 人",
        "s1, s2, s3, s4, s5 and others, 6 in all",
    )


def test_nothing_to_list_is_a_dash() -> None:
    assert join_ids(()) == ("-", "-")


def test_a_section_with_its_course_and_times() -> None:
    assert section_text(SCHOOL, tiny_plan(SCHOOL).sections[0]) == (
        "社团班 chess-1（chess 国际象棋，周一 16:50-17:30）",
        "section chess-1 (chess 国际象棋, Mon 16:50-17:30)",
    )
