"""Search parameters: every number that steers the search, with its unit and its reason.

None of them says what a plan must be (that is the rules) or what it is worth (that is the school's
settings): with any values that are allowed here the plans keep all rules and the bounds hold. What
is measured in ``share`` is a share of something said there, from 0 to 1; ``seconds`` are of the
clock or, with one worker, of the deterministic time that stands for it.
"""

from models.base import Frozen
from optimizer.engine.params.construct import ConstructParams, FirstPlanParams
from optimizer.engine.params.decomposition import (
    AnnealingParams,
    DualsParams,
    RoundingParams,
    ThriftParams,
)
from optimizer.engine.params.ending import (
    ArrangeParams,
    FinishParams,
    InfeasibleParams,
    SecondaryParams,
)
from optimizer.engine.params.search import (
    BoundParams,
    LnsParams,
    MonolithicParams,
    SessionParams,
    StrategyParams,
)
from optimizer.engine.params.sectioning import SectioningParams
from optimizer.engine.params.work import WorkParams

__all__ = [
    "DEFAULTS",
    "AnnealingParams",
    "ArrangeParams",
    "BoundParams",
    "ConstructParams",
    "DualsParams",
    "FinishParams",
    "FirstPlanParams",
    "InfeasibleParams",
    "LnsParams",
    "MonolithicParams",
    "RoundingParams",
    "SearchParams",
    "SecondaryParams",
    "SectioningParams",
    "SessionParams",
    "StrategyParams",
    "ThriftParams",
    "WorkParams",
]


class SearchParams(Frozen):
    """All of them, by what they steer."""

    strategy: StrategyParams = StrategyParams()
    session: SessionParams = SessionParams()
    work: WorkParams = WorkParams()
    first_plan: FirstPlanParams = FirstPlanParams()
    construction: ConstructParams = ConstructParams()
    sectioning: SectioningParams = SectioningParams()
    monolithic: MonolithicParams = MonolithicParams()
    lns: LnsParams = LnsParams()
    bound: BoundParams = BoundParams()
    duals: DualsParams = DualsParams()
    annealing: AnnealingParams = AnnealingParams()
    rounding: RoundingParams = RoundingParams()
    thrift: ThriftParams = ThriftParams()
    secondary: SecondaryParams = SecondaryParams()
    finish: FinishParams = FinishParams()
    arrange: ArrangeParams = ArrangeParams()
    infeasible: InfeasibleParams = InfeasibleParams()


DEFAULTS = SearchParams()
