"""Arrays of numbers and of sets of slots, which the search of many courses runs on."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Records = NDArray[np.void]

BITS = 62
"""Slots in a word: a signed one has 63 bits."""


def record(*names: str) -> np.dtype[np.void]:
    """Give a kind of records of whole numbers."""
    return np.dtype([(name, np.int64) for name in names])


def records(kind: np.dtype[np.void], *columns: Iterable[int]) -> Records:
    """Put columns together, in the order of the kind's names."""
    values = [ints(column) for column in columns]
    made = np.zeros(len(values[0]), kind)
    for name, column in zip(kind.names or (), values, strict=True):
        made[name] = column
    return made


def with_sets(made: Records, **sets: Ints) -> Records:
    """Give records with sets of slots besides, a number each or, of several words, an array."""
    kinds = [(name, np.int64, rows.shape[1:]) for name, rows in sets.items()]
    wider = np.zeros(len(made), np.dtype([*made.dtype.descr, *kinds]))
    for name in made.dtype.names or ():
        wider[name] = made[name]
    for name, rows in sets.items():
        wider[name][: len(rows)] = rows
    return wider


def columns(rows: Sequence[tuple[int, ...]], kind: np.dtype[np.void]) -> list[list[int]]:
    """Turn rows into columns, as many as the kind has."""
    return [[row[n] for row in rows] for n in range(len(kind.names or ()))]


def ints(values: Iterable[int]) -> Ints:
    """Make an array."""
    return np.array([*values], np.int64)


def starts(counts: Iterable[int]) -> Ints:
    """Give where each of some lists begins, one after the other, and where the last one ends."""
    return ints(accumulate(counts, initial=0))


def mask(slot: Mapping[str, int], names: Iterable[str]) -> int:
    """Give slots as bits."""
    return sum(1 << slot[name] for name in {*names})


def words(slot: Mapping[str, int], masks: Iterable[int]) -> Ints:
    """Cut masks of slots into words: rows of words, or one word each where that is enough."""
    starts = range(0, max(1, len(slot)), BITS)
    rows = [[mask >> start & (1 << BITS) - 1 for start in starts] for mask in masks]
    made = np.array(rows, np.int64).reshape(-1, len(starts))
    return made[:, 0].copy() if len(starts) == 1 else made


def numbers(masks: Sequence[int]) -> Ints:
    """Give the slots of masks as numbers, in order, -1 behind the last."""
    rows = [[k for k in range(mask.bit_length()) if mask >> k & 1] for mask in masks]
    most = max(map(len, rows), default=0)
    filled = [row + [-1] * (most - len(row)) for row in rows]
    return np.array(filled, np.int64).reshape(len(rows), most)
