from models import PolicyItem, School, SlotUse
from optimizer.checks import CHECKS
from tests.builders import (
    edit_care,
    edit_section,
    rest_in_care,
    revised,
    seat,
    tiny_plan,
    tiny_school,
    unseat,
    with_clause,
    with_slot,
    with_student,
)
from tests.checks.saying import broken, names, only, said

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def care_students(group: str) -> tuple[str, ...]:
    return next(g.students for g in PLAN.care_groups if g.id == group)


def test_everybody_who_asked_to_stay_is_somewhere() -> None:
    assert broken(SCHOOL, PLAN) == []


def test_nowhere() -> None:
    plan = edit_care(PLAN, "care-mon1", students=care_students("care-mon1")[:-1])
    text = only(SCHOOL, plan, "attendance")
    names(text, "s54", "16:00-16:40", zh="周一", en="Mon")


def test_in_a_section_and_in_care() -> None:
    plan = edit_care(PLAN, "care-tue2", students=(*care_students("care-tue2"), "s41"))
    # He cannot be in both because of the clock either.
    assert broken(SCHOOL, plan) == ["attendance", "clash"]
    (finding,) = CHECKS["attendance"](SCHOOL, plan)
    names(finding.text, "s41", "art-1", "care-tue2", "16:50-17:30", zh="只能在一处", en="both")


def test_a_seat_at_a_slot_not_offered() -> None:
    text = only(SCHOOL, seat(SCHOOL, PLAN, "s34", "chess-1"), "attendance")
    names(text, "s34", "chess-1", "国际象棋", "16:50-17:30", zh="周一", en="did not offer Mon")


def test_care_at_a_slot_not_offered() -> None:
    plan = edit_care(PLAN, "care-mon2", students=(*care_students("care-mon2"), "s34"))
    names(only(SCHOOL, plan, "attendance"), "s34", "care-mon2", zh="没有要求", en="did not ask")


def test_care_at_a_slot_offered_only_for_a_club() -> None:
    plan = unseat(SCHOOL, PLAN, "s54", "chess-1")
    assert broken(SCHOOL, plan) == []
    plan = edit_care(plan, "care-mon2", students=(*care_students("care-mon2"), "s54"))
    names(only(SCHOOL, plan, "attendance"), "s54", "care-mon2", zh="托管", en="care group")


def clubs_only_on_monday() -> School:
    school = SCHOOL
    for student in school.students:
        if "mon2" in student.stay_slots:
            kept = tuple(s for s in student.stay_slots if s != "mon2")
            school = with_student(school, student.id, stay_slots=kept, club_slots=("mon2",))
    return with_slot(school, "mon2", use=SlotUse.CLUBS_ONLY)


def test_care_at_a_slot_for_clubs_only() -> None:
    school = clubs_only_on_monday()
    texts = said(school, PLAN, "attendance")
    assert len(texts) == 1 + len(care_students("care-mon2"))
    names(texts[-1], "care-mon2", "16:50-17:30", zh="只开社团", en="clubs only")


def test_no_care_needed_at_a_slot_for_clubs_only() -> None:
    others = tuple(g for g in PLAN.care_groups if g.id != "care-mon2")
    assert broken(clubs_only_on_monday(), revised(PLAN, care_groups=others)) == []


def test_the_excluded_need_no_place() -> None:
    school = with_clause(SCHOOL, PolicyItem.EXCLUDED_GROUP, subject="hardship")
    plan = edit_section(PLAN, "chess-1", students=("s31", "s42", "s54"))
    assert broken(school, rest_in_care(school, plan)) == []
