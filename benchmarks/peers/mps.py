"""The whole model as an MPS file, which every integer solver reads.

What CP-SAT's model may hold, with literals l = x or 1 - x, becomes rows of numbers:

    linear         low <= sum a_j x_j <= high
    bool_or        sum l_j >= 1
    at_most_one    sum l_j <= 1          exactly_one   sum l_j = 1
    bool_and       l_j >= 1 for each j
    enforced       a row R holds if all of e_1..e_n are true:  sum a_j x_j - low >= (L - low) *
                   sum (1 - e_i), with L the least that the sum can be; the upper side alike

The objective is written to be minimised, as MPS files are read by default.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

INFINITE = 2**62
"""Domains that reach so far have no end on that side."""
Terms = dict[int, int]
"""Coefficients by variable."""


class Row(NamedTuple):
    """low <= sum of coefficient * variable <= high; None where there is no limit."""

    terms: Terms
    low: int | None
    high: int | None


class Integer(NamedTuple):
    """An integer program: minimise cost * x over whole x between low and high, rows kept."""

    cost: Terms
    limits: list[tuple[int, int]]
    rows: list[Row]


def integer_program(cp: cp_model.CpModel) -> Integer:
    """Translate a CP-SAT model with a maximised (or no) objective.

    Raises
    ------
    NotImplementedError
        For a constraint or domain of another kind: our rules use none.
    """
    proto = cp.proto
    bounds = [_limits(v.domain) for v in proto.variables]
    rows = [row for constraint in proto.constraints for row in _rows(constraint, bounds)]
    cost: Terms = {}
    if cp.has_objective():
        # CP-SAT keeps what is to be maximised as its negative, to be minimised.
        if proto.objective.scaling_factor > 0:
            raise NotImplementedError("an objective to minimise")
        cost = dict(zip(proto.objective.vars, proto.objective.coeffs, strict=True))
    return Integer(cost, bounds, rows)


def _rows(constraint: Any, bounds: list[tuple[int, int]]) -> Iterator[Row]:
    """Give the rows of one constraint."""
    enforced = list(constraint.enforcement_literal)
    for row in _plain(constraint):
        yield from _enforced(row, enforced, bounds) if enforced else (row,)


def _plain(constraint: Any) -> Iterator[Row]:
    if constraint.has_linear():
        linear = constraint.linear
        terms: Terms = {}
        for var, coefficient in zip(linear.vars, linear.coeffs, strict=True):
            terms[var] = terms.get(var, 0) + coefficient
        yield Row(terms, *_interval(linear.domain))
    elif constraint.has_bool_or():
        yield _sum(constraint.bool_or.literals, 1, None)
    elif constraint.has_at_most_one():
        yield _sum(constraint.at_most_one.literals, None, 1)
    elif constraint.has_exactly_one():
        yield _sum(constraint.exactly_one.literals, 1, 1)
    elif constraint.has_bool_and():
        for literal in constraint.bool_and.literals:
            yield _sum([literal], 1, None)
    else:
        raise NotImplementedError(str(constraint))


def _sum(literals: Iterable[int], low: int | None, high: int | None) -> Row:
    """Limit the number of true literals; -1 - x is "not x"."""
    terms: Terms = {}
    negated = 0
    for literal in literals:
        var, step = (literal, 1) if literal >= 0 else (-1 - literal, -1)
        negated += literal < 0
        terms[var] = terms.get(var, 0) + step
    return Row(
        terms,
        None if low is None else low - negated,
        None if high is None else high - negated,
    )


def _enforced(row: Row, literals: list[int], bounds: list[tuple[int, int]]) -> Iterator[Row]:
    """Let a row hold only when all literals are true."""
    ends = [(a * bounds[v][0], a * bounds[v][1]) for v, a in row.terms.items()]
    least, most = sum(min(pair) for pair in ends), sum(max(pair) for pair in ends)
    if row.low is not None and least < row.low:
        yield _unless(row.terms, least - row.low, literals, row.low, above=True)
    if row.high is not None and most > row.high:
        yield _unless(row.terms, most - row.high, literals, row.high, above=False)


def _unless(terms: Terms, slack: int, literals: list[int], limit: int, above: bool) -> Row:
    """Add slack for each literal that is false: terms - slack * sum(1 - e) on the limit's side."""
    whole = dict(terms)
    for literal in literals:
        var, step = (literal, 1) if literal >= 0 else (-1 - literal, -1)
        whole[var] = whole.get(var, 0) + slack * step
        limit += slack if literal >= 0 else 0
    return Row(whole, limit, None) if above else Row(whole, None, limit)


def _interval(domain: Any) -> tuple[int | None, int | None]:
    if len(domain) != 2:
        raise NotImplementedError(f"a domain with holes: {list(domain)}")
    low, high = domain[0], domain[1]
    return None if low < -INFINITE else low, None if high > INFINITE else high


def _limits(domain: Any) -> tuple[int, int]:
    low, high = _interval(domain)
    if low is None or high is None:
        raise NotImplementedError("a variable without an end")
    return low, high


def write_mps(program: Integer, path: Path) -> None:
    """Write the program; variable j is ``x<j>``, row i is ``r<i>``."""
    with path.open("w", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in _lines(program))


def _lines(program: Integer) -> Iterator[str]:
    columns: list[list[tuple[str, int]]] = [[] for _ in program.limits]
    for var, cost in program.cost.items():
        columns[var].append(("cost", cost))
    yield from ("NAME whole", "ROWS", " N cost")
    for i, row in enumerate(program.rows):
        yield f" {_sense(row)} r{i}"
        for var, coefficient in row.terms.items():
            if coefficient:
                columns[var].append((f"r{i}", coefficient))
    yield "COLUMNS"
    yield " MARKER 'MARKER' 'INTORG'"
    for j, column in enumerate(columns):
        for name, number in column or [("cost", 0)]:
            yield f" x{j} {name} {number}"
    yield " MARKER 'MARKER' 'INTEND'"
    yield "RHS"
    for i, row in enumerate(program.rows):
        limit = row.low if row.low is not None else row.high
        if limit:
            yield f" RHS r{i} {limit}"
    yield "RANGES"
    for i, row in enumerate(program.rows):
        if row.low is not None and row.high is not None and row.low != row.high:
            yield f" RNG r{i} {row.high - row.low}"
    yield "BOUNDS"
    for j, (low, high) in enumerate(program.limits):
        yield f" LO BND x{j} {low}"
        yield f" UP BND x{j} {high}"
    yield "ENDATA"


def _sense(row: Row) -> str:
    if row.low is None:
        return "L" if row.high is not None else "N"
    return "E" if row.low == row.high else "G"
