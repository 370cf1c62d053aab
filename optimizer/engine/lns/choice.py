"""Which kind of neighbourhood comes next, and how large: learnt from how rounds ended.

Kinds that yield more for the work they take are taken more often (the weights of ALNS, by time).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from optimizer.engine.params import LnsParams


@dataclass
class Kind:
    """A way to choose what is free: how large it is at the moment, and what it yielded."""

    name: str
    size: float
    fewest: float
    most: float
    gained: float
    """What its rounds brought, the last ones most."""
    took: float = 0.0
    """Work of its rounds, likewise; 0 before the first."""


class Outcome(NamedTuple):
    """How a round ended."""

    found: bool
    """With a plan, if only the one from which it began."""
    solved: bool
    """With a proof that there is no better one."""
    better: bool


class Choice:
    """Chooses among kinds at random, and learns."""

    def __init__(self, kinds: Sequence[Kind], random: Random, params: LnsParams) -> None:
        self.kinds, self.random, self.params = kinds, random, params
        self.failures = 0
        """Rounds since the last better plan."""
        self.patience = 1.0
        """How many times as long as usual a round may take."""

    def choose(self) -> Kind:
        """Choose a kind, the more often the more it yielded for its work."""
        tried = [kind.took for kind in self.kinds if kind.took]
        usual = sum(tried) / len(tried) if tried else 1.0
        weights = [kind.gained / (kind.took or usual) for kind in self.kinds]
        return self.random.choices(self.kinds, weights)[0]

    def learn(self, kind: Kind, outcome: Outcome, work: float) -> None:
        """Take note of how a round went.

        What is solved to the end may be larger, what yields nothing has to be smaller; after many
        rounds without a better plan they get longer.
        """
        params = self.params
        if outcome.solved or not outcome.better:
            times = params.larger if outcome.solved else params.smaller
            kind.size = min(kind.most, max(kind.fewest, kind.size * times))
        reward = params.weight_found if outcome.found else params.weight_nothing
        reward = params.weight_better if outcome.better else reward
        kind.gained = params.memory * kind.gained + (1 - params.memory) * reward
        kind.took = params.memory * kind.took + (1 - params.memory) * work if kind.took else work
        self.failures = 0 if outcome.better else self.failures + 1
        if outcome.better:
            self.patience = max(1.0, self.patience / params.patience_step)
        elif self.failures % params.stall_rounds == 0:
            self.patience *= params.patience_step
