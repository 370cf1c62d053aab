"""Packing base care into as few groups as possible."""

from itertools import product

from instances.generator.care import members, pack
from instances.generator.names import numeral


def fewest(counts: tuple[int, ...], size: int) -> int:
    """Try every way to let neighbouring grades share: how many of grade g join g + 1."""
    best = sum(counts)
    for joins in product(*(range(min(n, size) + 1) for n in counts[:-1])):
        groups, left = 0, list(counts)
        for grade, up in enumerate(joins):
            if up > left[grade]:
                break
            if up:
                groups += 1
                left[grade] -= up
                left[grade + 1] -= min(size - up, left[grade + 1])
            groups += -(-left[grade] // size)
        else:
            best = min(best, groups + -(-left[-1] // size))
    return best


def test_pack_needs_the_fewest_groups() -> None:
    for counts in product(range(5), repeat=4):
        by_grade = dict(enumerate(counts, 1))
        groups = pack(by_grade, [(1, 2, 3, 4)], 2, 3)
        assert len(groups) == fewest(counts, 3), counts
        for grade, count in by_grade.items():
            assert sum(group.get(grade, 0) for group in groups) == count
        for group in groups:
            assert 1 <= sum(group.values()) <= 3
            assert max(group) - min(group) <= 1


def test_pack_keeps_stages_apart_and_grades_where_it_must() -> None:
    assert pack({6: 1, 7: 1}, [(6,), (7,)], 2, 45) == [{6: 1}, {7: 1}]
    assert pack({1: 1, 2: 1}, [(1, 2)], 1, 45) == [{1: 1}, {2: 1}]
    assert pack({1: 1, 3: 1}, [(1, 2, 3)], 2, 45) == [{1: 1}, {3: 1}]


def test_members_keeps_classes_together_where_the_groups_allow_it() -> None:
    groups = pack({1: 5}, [(1,)], 1, 4)
    assert members(groups, {1: [[1, 2], [3, 4, 5]]}) == [[1, 2], [3, 4, 5]]
    groups = pack({1: 6, 2: 1}, [(1, 2)], 2, 4)
    assert members(groups, {1: [[1, 2], [3], [4, 5, 6]], 2: [[7]]}) == [[1, 2, 3, 4], [5, 6, 7]]


def test_numerals() -> None:
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 35, 99, 100)] == [
        *("一", "九", "十", "十一", "二十", "三十五", "九十九", "100")
    ]
