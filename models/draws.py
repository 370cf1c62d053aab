"""In which order children are dealt with: priority, seats held before, then the lottery."""

from models.school_data import SchoolData


def deal_order(school: SchoolData, student: str) -> tuple[bool, int]:
    """Give a student's order where what is dealt has no points; the lower one goes first.

    Priority goes before the draw.
    """
    return student not in school.priority, school.lottery_numbers[student]


def draw_order(school: SchoolData, student: str, course: str) -> tuple[bool, int]:
    """Give a student's order in the draw for a course; the lower one goes first.

    A seat held before goes before the draw: whoever had one in the course in the earlier plan
    (sheet *Previous*) comes first, and then the number counts. Priority is in the points.
    """
    return (student, course) not in school.held_before, school.lottery_numbers[student]
