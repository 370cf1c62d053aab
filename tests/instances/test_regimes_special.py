"""What is special about the four regulations of districts and cities: breaking it is caught."""

from datetime import date

from models import Cost, PlannedCost, ProviderKind
from models.calendar import service_dates
from optimizer.checks import CHECKS, hours, verify
from optimizer.checks._week import check_slots
from tests.builders import add_groups, restated, with_course, with_slot, with_teacher
from tests.instances.regime_plans import (
    both,
    broken,
    clocks,
    moved_slots,
    placed,
    section_of,
    with_money,
    with_provider,
    without_slots,
)


class TestBanan:
    regime = "banan-2020"

    def test_two_periods_on_a_day(self) -> None:
        school, plan = without_slots(*both(self.regime), {"周五3"})
        broken(school, plan, "hours", "on Fri has 2 periods, just 3 expected")
        broken(school, plan, "hours", "80 minutes, just 120 expected")

    def test_a_period_of_45_minutes(self) -> None:
        school, plan = both(self.regime)
        longer = with_slot(school, "周一1", **clocks("15:45", "16:30"))
        broken(longer, plan, "hours", "周一1", "45 minutes long, just 40 expected")

    def test_the_end_that_the_school_itself_set(self) -> None:
        school, plan = both(self.regime)
        later = moved_slots(school, "3", **clocks("17:25", "18:05"))
        broken(later, plan, "hours", "18:05, later than the latest end 18:00")

    def test_pay_beyond_what_fees_and_reimbursement_leave(self) -> None:
        school, plan = both(self.regime)
        cost = PlannedCost(id="K9", kind=Cost.RUNNING, amount_fen=5_000_000, day=date(2026, 11, 2))
        broken(school.replaced(costs=(*school.costs, cost)), plan, "budget")

    def test_nobody_with_a_conduct_finding_and_no_body_unvetted(self) -> None:
        school, plan = both(self.regime)
        broken(with_teacher(school, "T01", cleared=False), plan, "staffing", "T01", "not cleared")
        broken(with_provider(school, "文化馆", vetted=False), plan, "content", "not vetted")
        firm = with_provider(school, "文化馆", kind=ProviderKind.TRAINING_FIRM)
        broken(firm, plan, "content", "premises are not for", "四（五）")

    def test_whose_wishes_come_first(self) -> None:
        school, _ = both(self.regime)
        first = {s.id for s in school.students if school.grade_of[s.id] <= 4 or s.groups}
        assert school.priority == first
        assert first < {s.id for s in school.students}


class TestChangzhi:
    regime = "changzhi-2021"

    def test_a_week_without_its_weekend_day(self) -> None:
        school, plan = without_slots(*both(self.regime), {"周六上午"})
        broken(school, plan, "hours", "0 days of the weekend", "just 1 expected")

    def test_four_days_only(self) -> None:
        school, plan = without_slots(*both(self.regime), {"周五1", "周五2"})
        broken(school, plan, "hours", "4 days from Mon to Fri", "at least 5")

    def test_an_end_before_the_end_of_work(self) -> None:
        school, plan = both(self.regime)
        early = school
        for slot, times in (
            ("周一1", ("15:50", "16:50")),
            ("周一低", ("15:50", "16:50")),
            ("周一2", ("16:50", "17:50")),
        ):
            early = with_slot(early, slot, **clocks(*times))
        broken(early, plan, "hours", "17:50 on Mon, earlier than 18:00")

    def test_less_than_two_hours(self) -> None:
        school, plan = both(self.regime)
        short = with_slot(school, "周二1", **clocks("16:20", "17:00"))
        broken(short, plan, "hours", "on Tue has 100 minutes, at least 120")
        clubs = with_slot(school.replaced(students=(), wishes=()), "周二2", use="clubs_only")
        assert any("clubs only are not counted" in text.en for text in check_slots(clubs))

    def test_a_day_that_is_called_off_every_week(self) -> None:
        school, plan = both(self.regime)
        for weekday, day in ((5, "Fri"), (6, "Sat")):
            dates = [d for d, follows in service_dates(school.term).items() if follows == weekday]
            term = school.term.model_copy(update={"cancelled_days": tuple(dates)})
            gone = school.replaced(term=term)
            broken(gone, plan, "hours", f"have slots on {day}", "in 0 weeks", "三（二）")
            term = school.term.model_copy(update={"cancelled_days": tuple(dates[:3])})
            some = school.replaced(term=term)
            assert "hours" not in {f.family for f in verify(some, restated(some, plan))}

    def test_a_worked_weekend_without_service(self) -> None:
        school, plan = both(self.regime)
        sunday, saturday = school.term.make_up_days
        term = school.term.model_copy(update={"make_up_days": (saturday,)})
        broken(school.replaced(term=term), plan, "hours", str(sunday.date), "2（四）")
        term = school.term.model_copy(update={"cancelled_days": (saturday.date,)})
        broken(school.replaced(term=term), plan, "hours", str(saturday.date), "worked by decree")

    def test_evening_study_on_a_saturday(self) -> None:
        school, _ = both(self.regime)
        saturday = school.slot["周六上午"].model_copy(update={"evening_study": True})
        found = list(hours.slot_bans(school, saturday, 7))
        assert any("only on Mon, Tue, Wed, Thu, Fri" in text.en for text in found)

    def test_no_homework_care_for_the_youngest(self) -> None:
        school, plan = both(self.regime)
        care = moved_slots(school, "低", care_content="homework")
        broken(care, plan, "content", "cannot be in base care", "written homework", "三（四）1")

    def test_evening_study_for_juniors_until_half_past_eight(self) -> None:
        school, plan = both(self.regime)
        late = moved_slots(school, "晚", **clocks("19:00", "20:40"))
        broken(late, plan, "hours", "evening study ends at 20:40", "20:30")
        everyone = moved_slots(school, "晚", grades=())
        broken(*placed(everyone, plan, "S601", "周一晚"), "hours", "no evening study", "7, 8, 9")

    def test_an_evening_that_is_not_marked_ends_no_later(self) -> None:
        school, plan = both(self.regime)
        ordinary = moved_slots(school, "晚", evening_study=False)
        assert not verify(ordinary, restated(ordinary, plan))
        late = moved_slots(ordinary, "晚", **clocks("19:00", "20:31"))
        said = "it ends at 20:31, later than evening study may, 20:30"
        broken(late, plan, "hours", "grade 7", said, "三（二）")
        everyone = moved_slots(late, "晚", grades=())
        broken(*placed(everyone, plan, "S601", "周一晚"), "hours", "grade 6", said, "三（二）")

    def test_evening_study_belongs_to_no_subject(self) -> None:
        school, plan = both(self.regime)
        course = "物理小实验"
        assert not [*CHECKS["content"](school, plan)]
        group = next(g for g in plan.care_groups if g.slot == "周三晚")
        lesson = section_of(plan, course).model_copy(
            update={"id": "lesson", "slots": (group.slot,), "students": group.students}
        )
        for content in ("subject_teaching", "new_lessons"):
            taught = with_course(school, course, content=(content,))
            found = CHECKS["content"](taught, add_groups(plan, lesson))
            word = content.replace("_", " ")
            said = f"is evening study, which bars content {word}"
            assert any(said in finding.text.en for finding in found)

    def test_the_teacher_whom_the_family_chose(self) -> None:
        school, plan = both(self.regime)
        seats = {
            (s, section.course): section for section in plan.sections for s in section.students
        }
        chosen = [w for w in school.wishes if w.teacher and (w.student, w.course) in seats]
        assert len(chosen) >= 10
        wish = chosen[0]
        others = set(school.course[wish.course].leaders) - {wish.teacher}
        other = wish.model_copy(update={"teacher": min(others)})
        changed = school.replaced(wishes=tuple(other if w == wish else w for w in school.wishes))
        broken(changed, plan, "wishes", wish.student, f"only with teacher {other.teacher}")

    def test_no_written_homework_for_the_youngest(self) -> None:
        school, plan = both(self.regime)
        course = "上党剪纸"
        graded = {
            school.grade_of[s] for x in plan.sections if x.course == course for s in x.students
        }
        assert graded & {1, 2}
        written = with_course(school, course, content=("written_homework",))
        broken(written, plan, "content", "written homework is barred for grade 1")


class TestPutuo:
    regime = "putuo-2021"

    def test_only_primary_children_take_part(self) -> None:
        school, plan = both(self.regime)
        juniors = {s.id for s in school.students if school.grade_of[s.id] == 6}
        assert school.excluded == juniors
        asking, given = placed(school, plan, "S601", "周一活动")
        broken(asking, given, "hours", "grade 6 student S601 is not eligible")
        # Whoever is not eligible need not be looked after: the plan without him holds.
        assert not verify(asking, restated(asking, plan))

    def test_late_care_ends_at_six(self) -> None:
        school, plan = both(self.regime)
        late = moved_slots(school, "晚托2", **clocks("17:15", "18:15"))
        broken(late, plan, "hours", "18:15, later than the latest end 18:00")

    def test_overtime_beyond_the_special_fund(self) -> None:
        school, plan = both(self.regime)
        broken(with_money(school, special_fund_fen=100_000), plan, "budget", "1000.00")


class TestZhanggong:
    regime = "zhanggong-2021"

    def test_periods_of_40_minutes(self) -> None:
        school, plan = both(self.regime)
        longer = with_slot(school, "周三2", **clocks("17:10", "17:55"))
        broken(longer, plan, "hours", "周三2", "45 minutes long, just 40 expected")

    def test_the_latest_end(self) -> None:
        school, plan = both(self.regime)
        first = moved_slots(school, "1", **clocks("16:30", "17:10"))
        late = moved_slots(first, "2", **clocks("17:25", "18:05"))
        broken(late, plan, "hours", "18:05, later than the latest end 18:00")

    def test_no_service_on_a_saturday_that_is_not_worked(self) -> None:
        school, plan = both(self.regime)
        term = school.term.model_copy(update={"service_weekdays": (1, 2, 3, 4, 5, 6)})
        saturday = with_slot(school.replaced(term=term), "周五2", weekday=6)
        broken(saturday, plan, "hours", "service days are only Mon, Tue, Wed, Thu, Fri")
