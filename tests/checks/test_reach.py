"""What ways weigh at most is worked out from just the arcs that may be used, as they are now."""

from itertools import chain, islice

import numpy as np

from optimizer.checks import Exchanges
from optimizer.checks._graph import Graph
from optimizer.checks._reach import NONE, Reach, Top
from tests.checks.exchange_cases import exchange_case

LONGEST = 4


def usable(graph: Graph, student: str) -> Top:
    """Work out the heaviest arcs for a student's sake, one arc after the other."""
    school, count = graph.seating.school, len(graph.sections)
    top = np.full((count, count), NONE, dtype=np.int64)
    for name in graph.place:
        for arc in graph.arcs(name):
            later = graph.place[arc.student] > graph.place[student]
            weaker = school.factor(arc.student) <= school.factor(student)
            if not arc.worse or (later and weaker):
                top[arc.start, arc.end] = max(top[arc.start, arc.end], arc.plan)
    return top


def weighed(graph: Graph, top: Top, target: int, students: int) -> list[int]:
    """Give what ways of so many students weigh at most, by trying each arc after each."""
    if students == 0:
        found = [0 if node == target else NONE for node in range(len(graph.sections))]
    else:
        less = weighed(graph, top, target, students - 1)
        nodes = range(len(less))
        found = [max(less[n], *(int(top[n, m]) + less[m] for m in nodes)) for n in nodes]
    found[0] = max([found[0], *(found[n] for n in graph.can_shrink())])
    for node, section in enumerate(graph.sections):
        if section is not None and graph.seating.free(section):
            found[node] = max(found[node], found[0])
    return found


def same(graph: Graph, reach: Reach, top: Top) -> bool:
    return all(
        max(a, NONE // 2) == max(b, NONE // 2)
        for target in range(len(graph.sections))
        for a, b in zip(
            reach.bounds(target, LONGEST)[LONGEST],
            weighed(graph, top, target, LONGEST),
            strict=True,
        )
    )


def test_what_may_be_used_for_each_students_sake_before_and_after_exchanges() -> None:
    differs = 0
    for number in range(3):
        exchanges = Exchanges(*exchange_case(number))
        graph = exchanges._graph
        for due in chain((None,), islice(exchanges.due(), 3)):
            if due is not None:
                exchanges.make(due)
            tops = [usable(graph, student) for student in graph.place]
            differs += len({top.tobytes() for top in tops})
            for student, top in zip(graph.place, tops, strict=True):
                assert same(graph, graph.for_sake_of(student), top), (number, student)
    assert differs > 20


def test_an_exchange_that_is_due_is_within_what_ways_weigh() -> None:
    """What is found without any bounds is never beyond them."""
    found = 0
    for number in range(12):
        exchanges = Exchanges(*exchange_case(number))
        for due in exchanges.due():
            graph, first = exchanges._graph, due.moves[0]
            (arc,) = (a for a in graph.arcs(due.student) if a.move == first)
            weights = [a.plan for m in due.moves for a in graph.arcs(m.student) if a.move == m]
            longest = graph.for_sake_of(due.student).bounds(arc.start, len(due.moves) - 1)[-1]
            if due.why == "draw":
                found += 1
                assert arc.plan + longest[arc.end] >= sum(weights)
    assert found >= 5
