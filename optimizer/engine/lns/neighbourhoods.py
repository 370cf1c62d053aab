"""Which part of the timetable to set free in one round of large-neighbourhood search.

A neighbourhood is a set of offers whose sections may change; all other offers keep their sections,
rooms and leaders. Seats and base care are always free: with most of the timetable fixed they are
nearly a linear program, which CP-SAT with its linear relaxation solves in a fraction of a second.
"""

from dataclasses import dataclass, field
from random import Random

from optimizer.engine.params import DEFAULTS, LnsParams
from optimizer.rules import Model


@dataclass
class _Kind:
    """One way to choose, and how large its choices are at the moment."""

    name: str
    size: float
    most: int


@dataclass
class Neighbourhoods:
    """Chooses neighbourhoods at random and learns how large each kind may be."""

    model: Model
    random: Random
    params: LnsParams = DEFAULTS.lns
    patience: float = 1.0
    """How much longer than usual a round may take."""
    _stalled: int = 0
    _kinds: list[_Kind] = field(init=False)
    _related: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        courses = sorted({offer.course for offer in self.model.offers})
        slots = sorted({slot for offer in self.model.offers for slot in offer.slots})
        self._kinds = [
            _Kind("courses", 3.0, len(courses)),
            _Kind("related", 3.0, len(courses)),
            _Kind("slots", 2.0, len(slots)),
        ]
        self._courses, self._slots = courses, slots
        self._related = {c: self._relatives(c) for c in courses}

    def _relatives(self, course: str) -> list[str]:
        """Give the other courses, the most often wished for together with this one first."""
        school = self.model.school
        together = dict.fromkeys(self._courses, 0)
        for wish in school.wishes_for[course]:
            for other_wish in school.wishes_of[wish.student]:
                if other_wish.course in together:
                    together[other_wish.course] += 1
        leaders = set(school.course[course].leaders)
        for other in self._courses:
            if leaders.intersection(school.course[other].leaders):
                together[other] *= 2
        return sorted((c for c in self._courses if c != course), key=lambda c: (-together[c], c))

    def choose(self) -> tuple[_Kind, set[int]]:
        """Give a kind and the indices of the offers set free."""
        kind = self.random.choice(self._kinds)
        size = min(kind.most, int(kind.size))
        if kind.name == "slots":
            slots = set(self.random.sample(self._slots, size))
            return kind, {o.index for o in self.model.offers if slots.issuperset(o.slots)}
        if kind.name == "courses":
            courses = set(self.random.sample(self._courses, size))
        else:
            first = self.random.choice(self._courses)
            near = self._related[first][: 2 * size]
            courses = {first, *self.random.sample(near, min(size - 1, len(near)))}
        return kind, {o.index for o in self.model.offers if o.course in courses}

    def learn(self, kind: _Kind, solved: bool, better: bool) -> None:
        """Choose larger ones of a kind that is solved to the end, smaller ones that yield nothing.

        After many rounds without a better plan the rounds get longer.
        """
        if solved or not better:
            step = self.params.step_up if solved else -self.params.step_down
            kind.size = min(float(kind.most), max(self.params.smallest, kind.size + step))
        self._stalled = 0 if better else self._stalled + 1
        if better:
            self.patience = max(1.0, self.patience / self.params.patience_step)
        elif self._stalled >= self.params.stall_rounds:
            self._stalled, self.patience = 0, self.patience * self.params.patience_step
