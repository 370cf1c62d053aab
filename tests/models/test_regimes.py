"""The nine regimes say what the documents say.

The tables were written down from the documents, not from the files: one line a clause, as
``item[/subject][@scope] value force clause``; advice is marked ~, a rule has no mark. What a
document leaves to the school, and what it states without a number, stands in tables of its own.
"""

import pytest

from models import (
    REGIMES,
    Cost,
    DocumentClause,
    Force,
    Income,
    PolicyItem,
    Unit,
    clock,
    regime,
    yuan,
)
from models.labels import subject_text

FIGURES = {
    "banan-2020": """
        service_weekday 1~ 三（二）
        service_weekday 2~ 三（二）
        service_weekday 3~ 三（二）
        service_weekday 4~ 三（二）
        service_weekday 5~ 三（二）
        periods_day 3~ 三（二）
        minutes_day 120~ 三（二）
        period_minutes 40~ 三（二）
        fee_month 180.00 四（二）
        relief/registered_poor 100 四（二）
        relief/minimum_income 100 四（二）
        relief/hardship 100 四（二）
        pay_max 50.00 四（三）
    """,
    "changzhi-2021": """
        min_weekdays 5 三（二）
        weekend_days 1 三（二）
        min_minutes_day 120~ 三（二）
        evening_latest_end@junior 20:30~ 三（二）
        evening_weekday@junior 1 三（二）
        evening_weekday@junior 2 三（二）
        evening_weekday@junior 3 三（二）
        evening_weekday@junior 4 三（二）
        evening_weekday@junior 5 三（二）
        open_campus_weeks/winter 1 三（二）
        open_campus_weeks/summer 3 三（二）
        homework_done_percent@junior 80 三（四）1
    """,
    "putuo-2021": """
        latest_end 18:00~ 一
        activities_end 16:30~ 一
        overtime_from 16:30 六 3
    """,
    "zhanggong-2021": """
        service_weekday 1~ 三（三）
        service_weekday 2~ 三（三）
        service_weekday 3~ 三（三）
        service_weekday 4~ 三（三）
        service_weekday 5~ 三（三）
        latest_end 18:00~ 三（三）
        period_minutes 40 三（五）
        fee_period 3.75 三（五）
    """,
    "one-plus-x": """
        service_weekday 1 服务时间
        service_weekday 2 服务时间
        service_weekday 3 服务时间
        service_weekday 4 服务时间
        service_weekday 5 服务时间
        periods_day 2 服务时间
        period_minutes 40 服务时间
        latest_end 18:15~ 服务时间
        fee_period_max 2.30 末段（收费标准）
        charged_periods_day_max 2 末段（收费标准）
        fee_day_max 4.60 末段（收费标准）
    """,
    "hebi": """
        service_weekday 1~ （二）服务时间
        service_weekday 2~ （二）服务时间
        service_weekday 3~ （二）服务时间
        service_weekday 4~ （二）服务时间
        service_weekday 5~ （二）服务时间
        max_minutes_day 90~ （二）服务时间
        latest_end@primary 18:00~ （二）服务时间
        latest_end@junior 18:30~ （二）服务时间
        max_learning_periods_day 1 （三）服务内容
        learning_period_minutes 45~ （三）服务内容
        relief/hardship 100 （四）公益惠民
    """,
    "free-rota": """
        homework_start 17:30 服务时间安排 2
        homework_end 18:00 服务时间安排 2
        latest_end@lower 18:00 服务时间安排 2
        latest_end@upper 18:30 服务时间安排 2
        content_start/enrichment@1,6 17:30 服务时间安排 5
        content_end/enrichment@1,6 18:00 服务时间安排 5
    """,
    "city-menu": """
        service_weekday 1~ 2 服务时间
        service_weekday 2~ 2 服务时间
        service_weekday 3~ 2 服务时间
        service_weekday 4~ 2 服务时间
        service_weekday 5~ 2 服务时间
        latest_end 18:00 2 服务时间
    """,
    "per-head-subsidy": """
        service_weekday 1~ （一）规范服务时间
        service_weekday 2~ （一）规范服务时间
        service_weekday 3~ （一）规范服务时间
        service_weekday 4~ （一）规范服务时间
        service_weekday 5~ （一）规范服务时间
        min_weekdays 5~ （一）规范服务时间
        latest_end 18:00~ （一）规范服务时间
        evening_max_minutes@junior 120~ （一）规范服务时间
        evening_latest_end@junior 20:30~ （一）规范服务时间
        evening_weekday@junior 1 （一）规范服务时间
        evening_weekday@junior 2 （一）规范服务时间
        evening_weekday@junior 3 （一）规范服务时间
        evening_weekday@junior 4 （一）规范服务时间
        evening_weekday@junior 5 （一）规范服务时间
        subsidy_year_max 500.00 （三）强化经费保障
        subsidy_uplift_max 20 （三）强化经费保障
    """,
}
OPEN = {
    "banan-2020": "latest_end part_period pay_own pay_external",
    "changzhi-2021": "earliest_end~ part_period pay_own",
    "putuo-2021": "pay_overtime special_fund",
    "zhanggong-2021": "relief/minimum_income relief/disabled relief/hardship_worker relief/hardship"
    " pay_own",
    "one-plus-x": "fee_approved pay_own",
    "hebi": "fee_approved part_period pay_own pay_external",
    "free-rota": "pay_own",
    "city-menu": "fee_approved part_period relief/hardship special_fund pay_own pay_external",
    "per-head-subsidy": "fee_approved part_period relief/hardship pay_own pay_external subsidy",
}
IN_NEED = "priority_group/left_behind priority_group/migrant priority_group/hardship"
STATED = {
    "banan-2020": f"""voluntary {IN_NEED} priority_grades@lower priority_grades@middle
        barred_content/group_teaching barred_content/group_tutoring
        barred_content/contest_training barred_content/commercial
        no_premises/training_firm vetting_required conduct_required not_for_profit
        no_management_fee relief_reimbursed/registered_poor relief_reimbursed/minimum_income
        relief_reimbursed/hardship
        publish/method publish/menu publish/safety publish/fees publish/accounts
        publish_every/regularly
        one_term~ application parents_heard homework_done@primary no_added_load
        organised safety_rules enough_staff agreement filed no_other_fees no_other_pay""",
    "changzhi-2021": f"""voluntary no_refusal make_up_service join_mid_term
        eligible@primary eligible@junior
        priority_group/disabled {IN_NEED} priority_grades@primary
        evening_allowed@junior evening_barred_content/new_lessons
        evening_barred_content/subject_teaching
        barred_content/unhealthy barred_content/commercial barred_content/dangerous
        barred_content/group_tutoring barred_content/new_lessons
        barred_content/written_homework@1,2 teacher_choice qualification_required
        own_staff_first
        no_fee_until_issued not_for_profit
        publish/service_time publish/menu publish/method publish/safety
        late_care/special_needs one_term parents_heard free_help~ homework_done@primary~
        own_places_used organised safety_rules agreement workload_counted publish_before/menu""",
    "putuo-2021": """voluntary no_refusal leave_note eligible@primary no_fee own_staff_first
        barred_content/group_teaching barred_content/subject_teaching publish/method
        parents_heard homework_done@primary~ barred_provider/non_subject
        barred_provider/training_firm own_places_used organised safety_rules filed
        workload_counted yearly_budget""",
    "zhanggong-2021": """voluntary make_up_service~ settle_actual not_for_profit
        barred_content/group_teaching barred_content/group_tutoring barred_content/new_lessons
        publish/menu publish/fees publish_every/regularly
        application parents_heard organised safety_rules enough_staff agreement filed
        no_other_fees""",
    "one-plus-x": """voluntary priority_group/left_behind priority_group/hardship
        barred_content/group_teaching barred_content/group_tutoring fee_basis/period
        one_term application organised safety_rules""",
    "hebi": f"""voluntary no_refusal move_unmet eligible@primary eligible@junior
        priority_group/disabled {IN_NEED}
        barred_content/group_teaching barred_content/group_tutoring
        barred_content/written_homework@1,2 own_staff_first vetting_required conduct_required
        qualification_required barred_provider/training_firm barred_provider/non_subject
        not_for_profit
        publish/service_time publish/menu publish/method publish/places publish/staff
        publish/fees publish/safety publish/accounts
        seasonal_hours one_term application parents_heard free_help~ contract_required
        own_places_used organised safety_rules agreement filed
        collected_for_others~ no_other_fees""",
    "free-rota": """voluntary priority_group/left_behind priority_group/migrant
        barred_content/new_lessons@upper rota@lower no_fee
        publish/method publish/menu publish/safety publish/attendance publish_every/month
        application parents_heard homework_checked workload_counted publish/homework_checks""",
    "city-menu": f"""voluntary no_refusal eligible@primary eligible@junior
        excluded_group/boarder excluded_group/bus priority_group/disabled {IN_NEED}
        priority_grades@lower priority_grades@middle barred_content/group_teaching
        vetting_required not_for_profit
        publish/service_time publish/menu publish/method publish/safety publish/fees
        publish/staff publish/places
        seasonal_hours one_term~ application free_help~ no_added_load own_places_used
        organised safety_rules donations~""",
    "per-head-subsidy": """voluntary no_refusal evening_allowed@junior fee_basis/term~
        barred_content/group_teaching barred_content/new_lessons barred_content/group_tutoring
        barred_content/exam_training barred_content/contest_training barred_content/commercial
        no_premises/training_firm qualification_required
        provider_barred_content/subject_teaching own_staff_first vetting_required conduct_required
        not_for_profit no_management_fee
        publish/service_time publish/menu publish/method publish/safety publish/fees
        publish/complaints publish/accounts publish_every/term publish_every/regularly
        late_care/special_needs~ application parents_heard no_added_load
        homework_done~ lent_teachers~ safety_rules agreement filed fee_published_first
        fee_within_term no_other_fees collected_for_others~ no_other_pay workload_counted""",
}
OWN, OVERTIME, OUTSIDE = Cost.PAY_NORMAL, Cost.PAY_OVERTIME, Cost.PAY_EXTERNAL
THINGS = (Cost.UTILITIES, Cost.CONSUMABLES, Cost.UPKEEP)
_I = Income
ACCOUNTS: dict[str, list[tuple[tuple[Income, ...], tuple[Cost, ...]]]] = {
    "banan-2020": [
        (
            (_I.FEES, _I.REIMBURSEMENT, _I.SUBSIDY, _I.SPECIAL),
            (OWN, OVERTIME, OUTSIDE, *THINGS, Cost.RUNNING),
        ),
    ],
    "putuo-2021": [
        ((_I.SPECIAL,), (OVERTIME,)),
        (
            (_I.YEARLY_BUDGET,),
            (OUTSIDE, Cost.UPKEEP, Cost.CONSUMABLES, Cost.UTILITIES, Cost.RUNNING),
        ),
    ],
    "zhanggong-2021": [
        ((_I.FEES,), (Cost.REMITTANCE,)),
        (
            (_I.REIMBURSEMENT, _I.SUBSIDY, _I.SPECIAL),
            (OWN, OVERTIME, OUTSIDE, *THINGS, Cost.RUNNING),
        ),
    ],
    "hebi": [
        (
            (_I.FEES, _I.REIMBURSEMENT, _I.SUBSIDY, _I.SPECIAL, _I.COLLECTION),
            (OWN, OVERTIME, OUTSIDE, *THINGS),
        )
    ],
    "city-menu": [
        ((_I.SPECIAL,), (OWN, OVERTIME)),
        (
            (_I.FEES, _I.REIMBURSEMENT, _I.SUBSIDY, _I.DONATION),
            (OUTSIDE, *THINGS, Cost.RUNNING),
        ),
    ],
    "per-head-subsidy": [
        ((_I.SUBSIDY, _I.SPECIAL), (OWN, OVERTIME, OUTSIDE)),
        (
            (_I.FEES, _I.REIMBURSEMENT, _I.COLLECTION),
            (OWN, OVERTIME, OUTSIDE, *THINGS, Cost.RUNNING),
        ),
    ],
}


def named(clause: DocumentClause) -> str:
    scope = clause.level or clause.band or ",".join(map(str, clause.grades))
    parts = (clause.item, clause.subject and f"/{clause.subject}", scope and f"@{scope}")
    return "".join(part or "" for part in parts)


def marked(clause: DocumentClause) -> str:
    return "~" if clause.force is Force.ADVISORY else ""


def written(clause: DocumentClause) -> str:
    assert clause.value is not None
    said = {Unit.CLOCK: clock, Unit.FEN: yuan}.get(clause.unit, str)
    return said(clause.value)


@pytest.mark.parametrize("name", REGIMES)
def test_figures(name: str) -> None:
    found = [
        f"{named(c)} {written(c)}{marked(c)} {c.source.partition(' ')[2]}"
        for c in regime(name).clauses
        if c.value is not None
    ]
    assert sorted(found) == sorted(line.strip() for line in FIGURES[name].strip().splitlines())


@pytest.mark.parametrize("name", REGIMES)
def test_what_is_left_to_the_school(name: str) -> None:
    found = [f"{named(c)}{marked(c)}" for c in regime(name).clauses if c.open]
    assert sorted(found) == sorted(OPEN[name].split())


@pytest.mark.parametrize("name", REGIMES)
def test_what_is_stated_without_a_number(name: str) -> None:
    found = [
        f"{named(c)}{marked(c)}" for c in regime(name).clauses if c.value is None and not c.open
    ]
    assert sorted(found) == sorted(STATED[name].split())


@pytest.mark.parametrize("name", REGIMES)
def test_funds(name: str) -> None:
    found = [(account.income, account.uses) for account in regime(name).accounts]
    assert found == ACCOUNTS.get(name, [])


@pytest.mark.parametrize("name", REGIMES)
def test_every_clause_has_a_source_and_words_in_both_languages(name: str) -> None:
    regulation = regime(name)
    assert regulation.id == name
    assert regulation.name
    assert regulation.name_en.isascii() or "“" in regulation.name_en
    assert "《" in regulation.title or "原文无标题" in regulation.title
    for clause in regulation.clauses:
        document, _, place = clause.source.partition(" ")
        assert document
        # The document's own title or number, never that of a page on which somebody found it.
        assert not any(word in document for word in ("范文", "篇"))
        assert place
        assert bool(clause.note) == bool(clause.note_en)
        if clause.subject:
            assert subject_text(clause.subject, clause.item).zh != clause.subject
    for account in regulation.accounts:
        assert account.name
        assert account.name_en
        assert account.source
        assert bool(account.note) == bool(account.note_en)


@pytest.mark.parametrize("name", REGIMES)
def test_no_clause_twice(name: str) -> None:
    keys = [
        (c.item, c.subject, c.level, c.band, c.grades, c.value if c.unit is Unit.WEEKDAY else None)
        for c in regime(name).clauses
    ]
    assert len(set(keys)) == len(keys)


def test_no_regime_of_another_name() -> None:
    with pytest.raises(KeyError):
        regime("nowhere")


def test_a_subject_is_named_in_the_light_of_its_item() -> None:
    assert subject_text("month", PolicyItem.FEE_BASIS) == ("按月", "month")
    assert subject_text("month", PolicyItem.PUBLISH_EVERY) == ("每月", "every month")
    assert subject_text("left_behind", PolicyItem.RELIEF) == ("留守儿童", "left-behind")
    assert subject_text("chess", PolicyItem.BARRED_CONTENT) == ("chess", "chess")
    assert subject_text("homework", PolicyItem.BARRED_CONTENT) == ("homework", "homework")
