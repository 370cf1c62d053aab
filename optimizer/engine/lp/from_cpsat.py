"""The linear relaxation of a CP-SAT model, as a program to solve in floating point.

Every rule is written once, for CP-SAT; where a fractional answer is wanted, it is the relaxation of
just that model. What stands behind an enforcement literal is left out, unless it is a clause.
"""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from ortools.sat import cp_model_pb2
from ortools.sat.python import cp_model

from optimizer.rules.relaxation import Lp

_FAR = 1 << 50


def relaxation(cp: cp_model.CpModel) -> tuple[Lp, list[int]]:
    """Give the relaxation of a model that maximises, and the first row of each constraint.

    The columns are the model's variables.
    """
    proto = _proto(cp)
    lp = Lp()
    for variable in proto.variables:
        lp.column(variable.domain[-1], lower=variable.domain[0])
    for index, coefficient in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
        # CP-SAT keeps what is maximised negated, to minimise it.
        lp.gain[index] += -coefficient if proto.objective.scaling_factor < 0 else coefficient
    rows = []
    for constraint in proto.constraints:
        rows.append(len(lp.low))
        _add(lp, constraint)
    return lp, rows


def _proto(cp: cp_model.CpModel) -> cp_model_pb2.CpModelProto:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.pb"
        cp.export_to_file(str(path))
        proto = cp_model_pb2.CpModelProto()
        proto.ParseFromString(path.read_bytes())
        return proto


def _add(lp: Lp, constraint: cp_model_pb2.ConstraintProto) -> None:
    kind = constraint.WhichOneof("constraint")
    unless = [-literal - 1 for literal in constraint.enforcement_literal]
    if kind == "linear" and not unless:
        linear = constraint.linear
        low, high = linear.domain[0], linear.domain[-1]
        row = lp.row(low if low > -_FAR else None, high if high < _FAR else None)
        for column, coefficient in zip(linear.vars, linear.coeffs, strict=True):
            lp.put(row, column, coefficient)
    elif kind == "bool_or":
        _clause(lp, [*unless, *constraint.bool_or.literals], low=1)
    elif kind == "bool_and":
        for literal in constraint.bool_and.literals:
            _clause(lp, [*unless, literal], low=1)
    elif kind == "at_most_one" and not unless:
        _clause(lp, constraint.at_most_one.literals, high=1)
    elif kind == "exactly_one" and not unless:
        _clause(lp, constraint.exactly_one.literals, low=1, high=1)


def _clause(
    lp: Lp, literals: Sequence[int] | Iterable[int], low: int | None = None, high: int | None = None
) -> None:
    """Add: the number of true literals is within sides; literal -i - 1 is "not i"."""
    literals = list(literals)
    negated = sum(literal < 0 for literal in literals)
    row = lp.row(None if low is None else low - negated, None if high is None else high - negated)
    for literal in literals:
        if literal >= 0:
            lp.put(row, literal)
        else:
            lp.put(row, -literal - 1, -1)
