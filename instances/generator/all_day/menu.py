"""What an upper school teaches: its courses by grade, how many choose each, and in what rooms."""

from random import Random
from typing import NamedTuple

from instances.generator.all_day.week import Shape
from instances.generator.names import CLASSROOM, numeral

SUBJECTS = (
    ("语文", CLASSROOM),
    ("数学", CLASSROOM),
    ("英语", CLASSROOM),
    ("体育", "运动场地"),
    ("物理", "物理实验室"),
    ("化学", "化学实验室"),
    ("生物", "生物实验室"),
    ("历史", CLASSROOM),
    ("地理", CLASSROOM),
    ("政治", CLASSROOM),
    ("信息技术", "计算机室"),
    ("音乐", "音乐室"),
    ("美术", "美术室"),
    ("日语", CLASSROOM),
    ("通用技术", "工作室"),
    ("文学鉴赏", CLASSROOM),
    ("微积分初步", CLASSROOM),
    ("经济学", CLASSROOM),
    ("心理学", CLASSROOM),
    ("哲学", CLASSROOM),
)
GRADES = (10, 11, 12)
GRADE_NAMES = {10: "高一", 11: "高二", 12: "高三"}
COURSES_A_GRADE = 12
"""With fewer courses than so many a grade, the school has fewer grades."""
CHOSEN = (8, 12)
SKEW = 0.5
"""The k-th most popular course is chosen in proportion to k ** -SKEW, by everybody at most."""
SIZES = (18, 28)
FULL = 0.88
"""Share of its seats that a course expects to fill."""
MOST_GROUPS = 90
"""Most groups of a course: where it has more students than these seat, groups are larger."""


class Outline(NamedTuple):
    """A course, before anybody leads it."""

    name: str
    subject: int
    grade: int
    feature: str
    shape: Shape
    expected: float
    """Students who are expected to choose it."""
    size: int
    groups: int


def grades(courses: int) -> tuple[int, ...]:
    """Give the grades of a school with so many courses."""
    return GRADES[: max(1, min(len(GRADES), courses // COURSES_A_GRADE))]


def outlines(
    random: Random, headcounts: dict[int, int], shapes: list[Shape], slot_count: int
) -> list[Outline]:
    """Draw the menu; courses go round the grades, so that each has about as many."""
    own = tuple(headcounts)
    places: dict[int, list[int]] = {grade: [] for grade in own}
    for i in range(len(shapes)):
        places[own[i % len(own)]].append(i)
    found: dict[int, Outline] = {}
    for grade, numbers in places.items():
        chosen = min(sum(CHOSEN) / 2, len(numbers), slot_count)
        expected = _expected(headcounts[grade], chosen, len(numbers))
        for k, i in enumerate(numbers):
            subject, feature = SUBJECTS[k % len(SUBJECTS)]
            again = numeral(k // len(SUBJECTS) + 1) if k >= len(SUBJECTS) else ""
            low, high = SIZES
            size = low + int(random.random() * (high - low + 1))
            size = max(size, -(-headcounts[grade] // MOST_GROUPS))
            found[i] = Outline(
                name=f"{GRADE_NAMES[grade]}{subject}{again}",
                subject=k % len(SUBJECTS),
                grade=grade,
                feature=feature,
                shape=shapes[i],
                expected=expected[k],
                size=size,
                groups=max(1, round(expected[k] / (size * FULL))),
            )
    return [found[i] for i in range(len(shapes))]


def _expected(students: int, chosen: float, courses: int) -> list[float]:
    """Share the choices of a grade out over its courses by popularity, nobody's twice."""
    weights = [(k + 1) ** -SKEW for k in range(courses)]
    left = students * chosen
    expected = [0.0] * courses
    for k in range(courses):  # the most popular first: what they cannot take goes to the others
        rest = weights[k] / sum(weights[k:])
        expected[k] = min(float(students), left * rest)
        left -= expected[k]
    return expected
