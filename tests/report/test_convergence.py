"""Value and bound over time can be drawn of any plan."""

from pathlib import Path

import pytest

from models import Lang, Plan, TracePoint
from optimizer.errors import InputError
from optimizer.report import plot_convergence
from tests.builders import revised


def traced(plan: Plan, *points: TracePoint) -> Plan:
    return revised(plan, provenance=revised(plan.provenance, trace=points, seconds=9.0))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_drawn(plan: Plan, lang: Lang, tmp_path: Path) -> None:
    points = (TracePoint(seconds=0, bound=30), TracePoint(seconds=2, value=10, bound=20))
    bare, full = tmp_path / "bare.png", tmp_path / "full.png"
    plot_convergence(plan, bare, lang)
    plot_convergence(traced(plan, *points), full, lang)
    assert full.read_bytes().startswith(b"\x89PNG")
    assert full.read_bytes() != bare.read_bytes()
    with pytest.raises(InputError):
        plot_convergence(plan, bare, lang)
