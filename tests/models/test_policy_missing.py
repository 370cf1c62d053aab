"""What a policy leaves to the school and the school has not said: all of it in one message."""

import re
from typing import Any

import pytest

from models import (
    REGIMES,
    Budget,
    Clause,
    FeeBasis,
    GroupKind,
    HomeClass,
    PolicyItem,
    Provider,
    ProviderKind,
    School,
    StaffKind,
    StudentGroup,
)
from tests.builders import revised
from tests.models.test_policy_validation import TINY, found, only, row, under

Parts = dict[str, Any]
GROUPS = tuple(StudentGroup(id=kind.value, name="", kind=kind) for kind in GroupKind)
LOWER, MIDDLE = "lower grades (give it in setting 'Lower grades'", "middle grades (give it in"
OWN_PAY = "pay of own staff (give it in column 'Pay (yuan)' of the teachers: t1, t2, t3, t5"
OUTSIDE_PAY = "pay of external staff (give it in column 'Pay (yuan)' of the teachers: t4"
FEE = "fee approved locally (give it in setting 'Fee basis' and setting 'Fee (yuan)'"
AMOUNT = "fee approved locally (give it in setting 'Fee (yuan)'"
PART = "part months and terms (give it in setting 'Part periods'"
POOR = "(give it in column 'Relief percent' of the groups: hardship, registered_poor,"
SPECIAL = "special fund (give it in setting 'Special fund (yuan)'"
MISSING = {
    "banan-2020": [
        "latest end (give it in a row 'latest end' of the policy sheet", PART, OWN_PAY,
        OUTSIDE_PAY, LOWER, MIDDLE,
    ],
    "changzhi-2021": [
        "earliest end (give it in a row 'earliest end' of the policy sheet", OWN_PAY,
    ],
    "putuo-2021": [
        "overtime pay (give it in column 'Overtime pay (yuan)' of the teachers: t1, t2, t3, t5",
        SPECIAL,
    ],
    "zhanggong-2021": [
        "relief, minimum income (give it in column 'Relief percent' of the groups: minimum_income;",
        "relief, disabled (give it in column 'Relief percent' of the groups: disabled;",
        "relief, hardship worker (give it in column 'Relief percent' of the groups: "
        "hardship_worker;",
        f"relief, hardship {POOR}", OWN_PAY,
    ],
    "one-plus-x": [AMOUNT, OWN_PAY],
    "hebi": [FEE, f"{PART}, if fees are by month or term", OWN_PAY, OUTSIDE_PAY],
    "free-rota": [OWN_PAY, LOWER],
    "city-menu": [
        FEE, f"{PART}, if fees are by month or term", f"relief, hardship {POOR}", SPECIAL, OWN_PAY,
        OUTSIDE_PAY, LOWER, MIDDLE,
    ],
    "per-head-subsidy": [
        AMOUNT, PART, f"relief, hardship {POOR}", OWN_PAY, OUTSIDE_PAY,
        "subsidy per student (give it in setting 'Subsidy per student (yuan)'",
    ],
}  # fmt: skip
PLACE = ("settings", None, None)


def silent(name: str, **parts: Any) -> School:
    """The small school under a regime, with one external teacher (t4), and nothing said."""
    teachers = tuple(
        revised(t, pay_fen=None, kind=StaffKind.EXTERNAL if t.id == "t4" else StaffKind.OWN)
        for t in TINY.teachers
    )
    fields = {"settings": TINY.settings, "teachers": teachers, "groups": GROUPS, **parts}
    return under(name, (), **fields)


@pytest.mark.parametrize("name", REGIMES)
def test_the_policy_has_its_name_in_the_readers_language(name: str) -> None:
    (problem,) = found(silent(name))
    assert not re.search("[\u4e00-\u9fff]", problem.text.en.partition("leaves")[0])
    assert re.search("[\u4e00-\u9fff]", problem.text.zh.partition("留给")[0].removeprefix("政策"))


@pytest.mark.parametrize("name", REGIMES)
def test_one_message_lists_all_that_is_missing(name: str) -> None:
    text = only(silent(name), "policy-missing", PLACE)
    listed = text.partition("not given: ")[2].split("), ")
    assert len(listed) == len(MISSING[name])
    for said, expected in zip(listed, MISSING[name], strict=True):
        assert said.startswith(expected)
        assert "source: " in said


def test_the_message_in_chinese() -> None:
    (problem,) = found(silent("free-rota"))
    assert problem.text.zh == (
        "政策“免费服务与班主任轮值（校级方案）”把以下各项留给学校决定，还没有填：本校教师补助"
        "（填在教师表“酬劳（元）”列：t1、t2、t3、t5；依据：安顺市某小学课后服务方案 教职工补助）、"
        "低年级（填在设置“低年级”；依据：安顺市某小学课后服务方案 服务时间安排 2）。"
    )


def test_a_teacher_of_another_school_is_paid_as_one_from_outside() -> None:
    teachers = tuple(
        revised(t, pay_fen=None, kind=StaffKind.OTHER_SCHOOL)
        if t.id == "t4"
        else revised(t, pay_fen=5000)
        for t in TINY.teachers
    )
    assert OUTSIDE_PAY in missing(silent("per-head-subsidy", teachers=teachers))


def budget(**fields: Any) -> dict[str, Any]:
    return {"settings": revised(TINY.settings, budget=Budget(**fields))}


def missing(school: School) -> str:
    return only(school, "policy-missing", PLACE)


def test_no_fee_needs_neither_relief_nor_part_periods() -> None:
    text = missing(silent("city-menu", **budget(fee_basis=FeeBasis.NONE)))
    for item in ("fee approved", "part months", "relief"):
        assert item not in text


def test_a_fee_by_the_period_needs_no_part_periods() -> None:
    text = missing(silent("hebi", **budget(fee_basis=FeeBasis.PERIOD)))
    assert AMOUNT in text
    assert "part months" not in text


def test_a_fee_by_the_month_needs_part_periods() -> None:
    text = missing(silent("hebi", **budget(fee_basis=FeeBasis.MONTH, fee_fen=0)))
    assert "fee approved" not in text
    assert f"{PART};" in text


def test_an_issued_fee_by_the_term_needs_part_periods() -> None:
    fee = budget(fee_basis=FeeBasis.TERM, fee_fen=100, fee_standard="长发改〔2026〕8号")
    assert PART in missing(silent("changzhi-2021", **fee))


def test_overtime_is_asked_of_those_who_can_stay_so_long() -> None:
    """The first periods end at 16:30, when overtime begins, the second at 17:30."""
    first = tuple(
        revised(s, start_minute=15 * 60 + 50, end_minute=16 * 60 + 30) for s in TINY.slots[::2]
    )
    staff = tuple(
        revised(t, overtime_pay_fen=None, available_slots=None if t.id == "t2" else ("mon1",))
        for t in under("putuo-2021").teachers
    )
    both: Parts = {"slots": (*first, *TINY.slots[1::2]), "teachers": staff}
    assert "of the teachers: t2;" in missing(under("putuo-2021", **both))
    one: Parts = {"slots": first, "students": (), "wishes": (), "courses": ()}
    always = tuple(revised(t, available_slots=None) for t in staff)
    assert found(under("putuo-2021", teachers=always, **one)) == []


def test_volunteers_are_asked_for_no_pay() -> None:
    volunteers = tuple(
        revised(t, kind=StaffKind.VOLUNTEER, pay_fen=None) for t in under("hebi").teachers
    )
    assert found(under("hebi", teachers=volunteers)) == []


def test_those_a_provider_sends_are_paid_by_agreement() -> None:
    sent = tuple(
        revised(t, kind=StaffKind.PROVIDER, provider="hall", pay_fen=None) if t.id == "t4" else t
        for t in under("hebi").teachers
    )
    hall = (Provider(id="hall", name="", kind=ProviderKind.PUBLIC),)
    assert OUTSIDE_PAY in missing(under("hebi", teachers=sent, providers=hall))


def test_a_percentage_in_a_row_needs_none_in_the_groups() -> None:
    rows = (row(PolicyItem.RELIEF, 50, subject="hardship"),)
    fee = {"fee_basis": FeeBasis.PERIOD, "fee_fen": 100}
    assert found(under("city-menu", rows, groups=GROUPS, budget=fee)) == []
    assert POOR in missing(under("city-menu", (), groups=GROUPS, budget=fee))


def test_a_percentage_for_one_kind_leaves_the_others() -> None:
    rows = (row(PolicyItem.RELIEF, 50, subject="minimum_income"),)
    fee = {"fee_basis": FeeBasis.PERIOD, "fee_fen": 100}
    text = missing(under("city-menu", rows, groups=GROUPS, budget=fee))
    assert "of the groups: hardship, registered_poor, hardship_worker;" in text


def test_advice_that_is_left_open_may_be_waived() -> None:
    waive = row(PolicyItem.EARLIEST_END, waived=True)
    assert found(under("changzhi-2021", (waive,))) == []
    assert "earliest end" in missing(under("changzhi-2021", ()))


def test_a_row_for_some_grades_is_not_enough() -> None:
    def latest(*grades: int) -> Clause:
        return row(PolicyItem.LATEST_END, 18 * 60, grades=grades)

    assert "latest end" in missing(under("banan-2020", (latest(3, 4),)))
    assert found(under("banan-2020", (latest(3, 4), latest(5)))) == []


def test_a_row_without_a_number_is_no_rate() -> None:
    text = missing(under("free-rota", (row(PolicyItem.PAY_OWN),), pay=None))
    assert "pay of own staff" in text


def test_a_junior_school_has_no_lower_grades() -> None:
    settings = revised(under("free-rota").settings, lower_grades=())
    classes = tuple(
        HomeClass(id=c.id, name="", grade=c.grade + 4, home_room=c.home_room) for c in TINY.classes
    )
    parts: Parts = {"courses": (), "wishes": (), "settings": settings}
    assert "lower grades" in missing(under("free-rota", **parts))
    assert found(under("free-rota", classes=classes, **parts)) == []
