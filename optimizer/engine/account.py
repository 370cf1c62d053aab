"""The one account of work: what a search has spent, counted by what it did and not by the clock.

Everything that takes time pays into it: runs of CP-SAT what the solver counts itself, all else by
how much there was of it (iterations, moves, bids), at rates that were measured. So with one worker,
where the account says when to stop, the same school and seed give the same plan however busy the
machine is. The clock stays behind it; where that ended something, ``cut`` says so.
"""

import threading

from optimizer.engine.params import DEFAULTS, WorkParams

MOST_STEPS = 2**31 - 1
"""What the solver takes for a number of steps."""


class Account:
    """Work spent, in deterministic seconds (CP-SAT's unit); may be paid into from any thread."""

    def __init__(self, rates: WorkParams = DEFAULTS.work) -> None:
        self.rates = rates
        self.spent = 0.0
        self.cut = False
        """Whether the clock ended something that was to be ended by this account."""
        self._lock, self._of_thread = threading.Lock(), threading.local()

    @property
    def own(self) -> float:
        """What the thread that asks has paid in."""
        return float(getattr(self._of_thread, "spent", 0.0))

    def pay(self, work: float) -> None:
        """Enter work that was done."""
        with self._lock:
            self.spent += work
        self._of_thread.spent = self.own + work

    def pay_run(self, work: float, variables: int) -> None:
        """Enter a run of CP-SAT, the making of its model included."""
        self.pay(work + self.rates.run + self.rates.variable * variables)

    def pay_program(self, entries: int, steps: int, barrier: int, nodes: int) -> None:
        """Enter a linear program: its size, its steps by two methods, and its branches."""
        rates = self.rates
        each = rates.simplex * steps + rates.barrier * barrier + rates.branch * nodes
        self.pay(entries * (rates.entry + each))

    def steps(self, work: float | None, entries: int, barrier: bool) -> int:
        """Give how many steps of a linear program so much work pays for; None: for any number."""
        if work is None:
            return MOST_STEPS
        each = self.rates.barrier if barrier else self.rates.simplex
        rest = work - entries * self.rates.entry
        return max(0, min(MOST_STEPS, int(rest / max(1e-12, each * entries))))
