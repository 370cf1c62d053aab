"""Base care is in whole groups: what follows of that for numbers of students, as linear rows.

Of n students of some grades who stay at a slot, X are in sections, and G groups of bands with any
of these grades, of at most c places each, hold the others: n - X <= c G. As G is whole,

    X + f G >= f q  with  q = ceil(n / c),  f = n - c (q - 1):

for G >= q it says X >= 0, and for G <= q - 1 it is X >= f + c (q - 1 - G) >= f (q - G). Together
with the first row it describes the pairs (X, G) exactly: a fraction of a group, which the first row
alone allows, is paid like the students who must be in sections to save the whole group. Whoever can
be in no section then is in a group: G >= ceil of these / c.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations_with_replacement
from typing import NamedTuple

from optimizer.rules.context import Band


class Cut(NamedTuple):
    """A row for grades next to one another at a slot: in sections + step * groups >= least."""

    grades: tuple[int, ...]
    bands: tuple[Band, ...]
    """Those with any of the grades; their groups are counted."""
    step: int
    least: int


def rounding_cuts(
    staying: Mapping[int, int], bands: Mapping[Band, int], apart: bool = False
) -> list[Cut]:
    """Give the rows for so many students who stay at a slot, by grade.

    Parameters
    ----------
    bands
        Most places of a group, by band.
    apart
        Whether rows of single grades are enough: where no group joins two grades these imply the
        others.
    """
    cuts = []
    grades = sorted(grade for grade, count in staying.items() if count > 0)
    for low, high in combinations_with_replacement(range(len(grades)), 2):
        if apart and low < high:
            continue
        chosen = tuple(grades[low : high + 1])
        meeting = tuple(band for band in bands if not set(chosen).isdisjoint(band))
        places = max((bands[band] for band in meeting), default=0)
        if places > 0:
            count = sum(staying[grade] for grade in chosen)
            groups = -(-count // places)
            step = count - places * (groups - 1)
            cuts.append(Cut(chosen, meeting, step, step * groups))
    return cuts


def least_groups(waiting: Mapping[int, int], bands: Mapping[Band, int]) -> Iterable[Cut]:
    """Give the rows of groups that students who are in base care for certain need."""
    for cut in rounding_cuts(waiting, bands):
        yield cut._replace(step=1, least=cut.least // cut.step)
