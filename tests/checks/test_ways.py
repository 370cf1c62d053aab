"""Ways on from a section, kept for all who need as much, are those of the seats as they are."""

from itertools import islice

from optimizer.checks import Exchanges
from optimizer.checks._graph import Graph
from tests.checks.exchange_cases import exchange_case

NEED, ARCS = 0, 3


def known(graph: Graph) -> list[object]:
    nodes = range(len(graph.sections))
    return [
        [(end, least) for end, _, least in graph.all.ways(target, node, NEED, ARCS)]
        for target in nodes
        for node in nodes
    ]


def worked_out(graph: Graph) -> list[object]:
    found: list[object] = []
    for target in range(len(graph.sections)):
        bounds = graph.all.bounds(target, ARCS)[ARCS]
        for node in range(len(graph.sections)):
            ways = [
                (bounds[end] + arcs[0].plan, end)
                for end, arcs in graph.ends(node)
                if bounds[end] + arcs[0].plan >= NEED
            ]
            ways.sort(key=lambda way: -way[0])
            found.append([(end, NEED - bounds[end]) for _, end in ways])
    return found


def test_ways_are_known_anew_when_seats_have_changed() -> None:
    by_seats = by_bounds = 0
    for number in range(12):
        exchanges = Exchanges(*exchange_case(number))
        graph = exchanges._graph
        for due in islice(exchanges.due(), 3):
            before = known(graph)
            assert before == worked_out(graph)
            exchanges.make(due)
            between = known(graph)
            assert between == worked_out(graph), "seats have changed, not yet the bounds"
            graph.measure()
            after = known(graph)
            assert after == worked_out(graph)
            by_seats += between != before
            by_bounds += after != between
    assert min(by_seats, by_bounds) >= 5
