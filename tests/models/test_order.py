"""Lists are in the order in which people count, whatever the numbers are written with."""

import random

import pytest

from models import HomeClass, called, natural
from models.problems import nearest


@pytest.mark.parametrize(
    "ordered",
    [
        [*"一二三四五六七八九十", "十一", "十九", "二十", "二十一", "三十", "一百", "一百零一"],
        ["三（2）班", "三（10）班", "四（1）班", "十（1）班"],
        ["三(2)班", "三（3）班", "三(１０)班"],
        ["初一", "初二", "初三", "高一", "高二", "高三"],
        ["小六", "初一", "高一"],
        ["Class 9", "class 10", "Class 11"],
        ["甲班", "乙班", "丙班", "丁班"],
        ["2-1", "2-2", "2-10", "10-1"],
        ["T2", "T02b", "T10"],
        ["二〇二五级", "2026级", "二〇二七级"],
        ["", "1", "a", "操场"],
        ["9" * 5000, "1" + "0" * 5000],
    ],
)
def test_numbers_count_as_numbers(ordered: list[str]) -> None:
    mixed = list(ordered)
    random.Random(0).shuffle(mixed)
    assert sorted(mixed, key=natural) == ordered


def test_equal_numbers_still_have_an_order() -> None:
    assert sorted(["三", "3", "03"], key=natural) == ["03", "3", "三"]
    assert len({natural(text) for text in ("三", "3", "03")}) == 3


@pytest.mark.parametrize(("name", "said"), [("", "31"), ("　 ", "31"), ("三（1）班", "三（1）班")])
def test_the_id_stands_in_for_a_blank_name(name: str, said: str) -> None:
    assert called(HomeClass(id="31", name=name, grade=3)) == said


def test_what_is_known_is_listed_in_that_order() -> None:
    said = nearest("操场", ["五1", "六1", "四10", "四2"])
    assert [said.zh.index(name) for name in ("四2", "四10", "五1", "六1")] == sorted(
        said.zh.index(name) for name in ("四2", "四10", "五1", "六1")
    )
