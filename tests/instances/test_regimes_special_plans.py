"""What is special about the five plans of the collection: breaking just that is caught."""

import pytest

from instances.regimes.common import minute
from models import PolicyItem, ProviderKind, Slot, SlotUse, UnmetReason
from optimizer.checks import budget, verify
from optimizer.checks._moved import before_moves
from tests.builders import edit_care, restated, with_course, with_slot
from tests.instances.regime_plans import (
    both,
    broken,
    clocks,
    free_staff,
    moved_slots,
    placed,
    refused,
    section_of,
    unmet_of,
    with_money,
    with_provider,
    with_row,
    without_slots,
)


class TestOnePlusX:
    regime = "one-plus-x"

    def test_a_third_period(self) -> None:
        school, plan = both(self.regime)
        third = Slot(
            id="周一加", weekday=1, start_minute=minute("16:00"), end_minute=minute("16:40")
        )
        more = school.replaced(slots=(*school.slots, third))
        broken(more, plan, "hours", "on Mon has 3 periods, just 2 expected")

    def test_the_latest_end(self) -> None:
        school, plan = both(self.regime)
        late = moved_slots(school, "拓展", **clocks("17:40", "18:20"))
        broken(late, plan, "hours", "18:20, later than the latest end 18:15")


class TestHebi:
    regime = "hebi"

    def test_two_learning_periods(self) -> None:
        school, plan = both(self.regime)
        more = with_slot(school, "周三2", care_content="homework")
        broken(more, plan, "hours", "on Wed: 2 learning periods, at most 1")

    def test_questions_and_answers_after_homework(self) -> None:
        school, plan = both(self.regime)
        section = section_of(plan, "初中答疑")
        (slot,) = section.slots
        assert slot.endswith("初1")
        later = with_slot(school, slot.replace("初1", "初2"), care_content="homework")
        broken(later, plan, "hours", section.students[0], "2 learning periods")

    def test_one_long_period_of_learning(self) -> None:
        school, plan = both(self.regime)
        long = with_slot(school, "周一1", **clocks("16:00", "17:15"))
        broken(long, plan, "hours", "1 learning periods, at most 1 of 45 minutes; they are 75")
        with pytest.raises(ValueError, match="60"):
            with_row(school, PolicyItem.LEARNING_PERIOD_MINUTES, 90)

    def test_more_than_an_hour_and_a_half(self) -> None:
        school, plan = both(self.regime)
        longer = moved_slots(school, "初1", **clocks("16:55", "17:45"))
        broken(longer, plan, "hours", "95 minutes, at most 90")

    def test_primary_and_junior_end_at_different_times(self) -> None:
        school, plan = both(self.regime)
        assert max(school.slot[g.slot].end_minute for g in plan.care_groups) == minute("18:30")
        primary = with_slot(school, "周一2", **clocks("17:20", "18:05"))
        broken(primary, plan, "hours", "18:05, later than the latest end 18:00")
        junior = with_slot(school, "周一初2", **clocks("17:50", "18:35"))
        broken(junior, plan, "hours", "18:35, later than the latest end 18:30")

    def test_who_gets_nothing_is_moved(self) -> None:
        school, plan = both(self.regime)
        wished = {(wish.student, wish.course) for wish in school.wishes}
        moved = {
            student
            for section in plan.sections
            for student in section.students
            if (student, section.course) not in wished
        }
        assert moved
        for student in moved:
            assert sum(student in section.students for section in plan.sections) == 1
            broken(school, before_moves(school, plan), "wishes", student, "must be moved")

    def test_no_training_firm(self) -> None:
        school, plan = both(self.regime)
        assert unmet_of(plan, "小主持人") == {UnmetReason.NOT_ELIGIBLE}
        assert not [s for s in plan.sections if s.course == "小主持人"]
        firm = with_course(school, "合唱", provider="金口才")
        broken(firm, plan, "content", "providers of the kind 'training firm' are barred")
        dance = with_provider(firm, "金口才", kind=ProviderKind.NON_SUBJECT)
        broken(dance, plan, "content", "providers of the kind 'non-subject' are barred")


class TestFreeRota:
    regime = "free-rota"

    def test_another_than_the_homeroom_teacher(self) -> None:
        school, plan = both(self.regime)
        group = next(
            g for g in plan.care_groups if all(school.grade_of[s] == 1 for s in g.students)
        )
        assert {*group.staff} < {"T01", "T09"}
        other = edit_care(plan, group.id, staff=(free_staff(school, plan, group.slot),))
        broken(school, other, "staffing", group.id, "homeroom teachers", "T01")

    def test_one_of_two_has_all_turns(self) -> None:
        """Those that both T01 and T09 can have: who of them leads a club then cannot."""
        school, plan = both(self.regime)
        clubs = {(t, slot) for s in plan.sections for t in s.staff for slot in s.slots}
        uneven = plan
        for group in plan.care_groups:
            if group.staff == ("T09",) and ("T01", group.slot) not in clubs:
                uneven = edit_care(uneven, group.id, staff=("T01",))
        assert uneven != plan
        broken(school, uneven, "staffing", "T01", "T09", "don't take even turns", "服务时间安排 2")

    def test_lower_grades_end_before_the_upper(self) -> None:
        school, plan = both(self.regime)
        everyone = moved_slots(school, "延时", grades=())
        late = placed(everyone, plan, "S305", "周五延时", staff="T03")
        broken(*late, "hours", "18:30, later than the latest end 18:00")
        longer = moved_slots(school, "延时", **clocks("18:00", "18:35"))
        broken(longer, plan, "hours", "18:35, later than the latest end 18:30")

    def test_homework_from_half_past_five(self) -> None:
        school, plan = both(self.regime)
        gap = with_slot(school, "周三作业", **clocks("17:35", "18:00"))
        broken(gap, plan, "hours", "on Wed 17:30-18:00", "covers 17:30-17:35")
        clubs = with_slot(school, "周三作业", use=SlotUse.ANY)
        broken(clubs, plan, "hours", "grades 2, 3, 4, 5 do homework on Wed 17:30-18:00")

    def test_enrichment_in_its_half_hour_for_grades_1_and_6(self) -> None:
        school, plan = both(self.regime)
        early = with_course(school, "合唱", content=("enrichment",))
        broken(early, plan, "content", "enrichment starts at 17:30")
        broken(early, plan, "content", "enrichment is not for grade 2 (only for grades: 1, 6")
        late = with_course(school, "作文", content=("enrichment",))
        broken(late, plan, "content", "enrichment ends at 18:00")


class TestCityMenu:
    regime = "city-menu"

    @pytest.mark.parametrize("group", ["寄宿", "校车"])
    def test_boarders_and_bus_pupils_do_not_take_part(self, group: str) -> None:
        school, plan = both(self.regime)
        child = next(s.id for s in school.students if group in s.groups)
        asking, given = placed(school, plan, child, "周三1")
        broken(asking, given, "hours", f"student {child} is in the excluded group {group}")
        assert not verify(asking, restated(asking, plan))

    def test_the_hard_end(self) -> None:
        school, plan = both(self.regime)
        late = with_slot(school, "周四2", **clocks("17:05", "18:05"))
        broken(late, plan, "hours", "18:05, later than the latest end 18:00")

    def test_own_staff_beyond_the_raised_performance_pay(self) -> None:
        school, plan = both(self.regime)
        broken(with_money(school, special_fund_fen=1_000_000), plan, "budget", "10000.00")

    def test_external_staff_beyond_the_fees(self) -> None:
        school, plan = both(self.regime)
        assert any(school.teacher[t].kind == "external" for s in plan.sections for t in s.staff)
        broken(with_money(school, fee_fen=200), plan, "budget")


class TestPerHead:
    regime = "per-head-subsidy"

    def test_evening_study(self) -> None:
        school, plan = both(self.regime)
        late = moved_slots(school, "晚", **clocks("18:50", "20:40"))
        broken(late, plan, "hours", "evening study ends at 20:40", "20:30")
        longer = moved_slots(school, "晚", **clocks("18:20", "20:30"))
        broken(longer, plan, "hours", "130 minutes of evening study, at most 120")
        everyone = moved_slots(school, "晚", grades=())
        broken(*placed(everyone, plan, "S601", "周一晚"), "hours", "no evening study", "7, 8, 9")

    def test_four_days_only(self) -> None:
        school, plan = without_slots(*both(self.regime), {"周五1", "周五2"})
        broken(school, plan, "hours", "4 days from Mon to Fri", "at least 5")

    def test_bodies_that_were_selected_and_those_that_were_not(self) -> None:
        school, plan = both(self.regime)
        assert section_of(plan, "无人机").staff == ("P01",)
        assert unmet_of(plan, "街舞") == {UnmetReason.NOT_ELIGIBLE}
        broken(with_provider(school, "蓝翼", vetted=False), plan, "content", "not vetted")
        broken(with_provider(school, "蓝翼", bad_record=True), plan, "content", "bad record")
        firm = with_provider(school, "蓝翼", kind=ProviderKind.TRAINING_FIRM)
        broken(firm, plan, "content", "premises are not for", "（四）严格规范管理")
        with refused("third parties may not give content 'subject teaching'", "P01"):
            with_course(school, "无人机", content=("subject_teaching",))

    def test_pay_beyond_the_subsidy(self) -> None:
        school, plan = both(self.regime)
        poor = {"special_fund_fen": 0, "subsidy_fen_per_student": 5_000}
        enough = with_money(school, **poor)
        assert not [*budget.check(enough, plan)], "fees make up what is lacking"
        poorer = with_money(school, fee_fen=4_000, **poor)
        broken(poorer, plan, "budget", "subsidy")
