"""Base care: how many groups a slot needs, who is in which, and who supervises."""

from collections.abc import Mapping, Sequence

Blocks = Sequence[Sequence[int]]


def pack(counts: Mapping[int, int], blocks: Blocks, span: int, size: int) -> list[dict[int, int]]:
    """Pack the students of each grade into as few groups as they need.

    Parameters
    ----------
    counts
        Students to look after by grade.
    blocks
        Grades that may meet at all (stages), each in order.
    span, size
        Most neighbouring grades (1 or 2) and most students in a group.

    Returns
    -------
    list of dict
        Each group's students by grade. Filling from the lowest grade up needs the fewest groups:
        only its neighbour can join the lowest grade's last group, as many of them as fit.
    """
    groups: list[dict[int, int]] = []
    for block in blocks:
        room, below = 0, 0
        for grade in block:
            left = counts.get(grade, 0)
            if span > 1 and grade == below + 1 and room and left:
                joined = min(room, left)
                groups[-1][grade] = joined
                left -= joined
            room, below = 0, grade
            while left > 0:
                taken = min(size, left)
                groups.append({grade: taken})
                left -= taken
                room = size - taken
    return groups


def members(
    groups: list[dict[int, int]], by_class: Mapping[int, Sequence[Sequence[int]]]
) -> list[list[int]]:
    """Name the students of each group, classes together where the number of groups allows it.

    Parameters
    ----------
    groups
        What ``pack`` returned.
    by_class
        By grade, the students of each class who are to be looked after.
    """
    found: list[list[int]] = [[] for _ in groups]
    for grade, classes in by_class.items():
        places = [i for i, group in enumerate(groups) if grade in group]
        alone = all(len(groups[i]) == 1 for i in places)
        if alone and len(places) == len(classes):
            for place, students in zip(places, classes, strict=True):
                found[place] += students
            continue
        queue = [student for students in classes for student in students]
        for place in places:
            count = groups[place][grade]
            found[place] += queue[:count]
            queue = queue[count:]
    return found
