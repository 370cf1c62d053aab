"""What the secondary aims may cost: seconds or, with one worker, the work that stands for them."""

from collections.abc import Iterator
from contextlib import contextmanager

from optimizer.engine.session import Session
from optimizer.engine.solver import Effort


class Allotted:
    """What is left of the time or work, for all of it and for the part at hand."""

    def __init__(self, session: Session, seconds: float) -> None:
        self.session, self.seconds = session, seconds
        self._began = session.allowance.elapsed
        self._until = seconds

    @property
    def spent(self) -> float:
        """Seconds gone, or those that the work done stands for."""
        return self.session.allowance.elapsed - self._began

    @property
    def left(self) -> float:
        """Seconds left for the part at hand."""
        return max(0.0, self._until - self.spent)

    @property
    def done(self) -> bool:
        """Whether nothing more is to be begun."""
        return not self.left or not self.session.allowance.left or self.session.crew.stopped

    @contextmanager
    def part(self, share: float) -> Iterator[None]:
        """Let what is done within have a share of what is left."""
        spent = self.spent
        self._until = spent + share * max(0.0, self.seconds - spent)
        try:
            yield
        finally:
            self._until = self.seconds

    def effort(self, seconds: float, seed: int | None = None) -> Effort:
        """Say what a run of about so many seconds may cost, within the part at hand."""
        return self.session.allowance.effort(min(seconds, self.left), seed)
