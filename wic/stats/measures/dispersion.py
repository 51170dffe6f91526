"""Dispersion: how evenly the occurrences of a word are spread over the parts of a corpus.

The first kind of measure sees for each word how often it stands in each part (``Spread``), the second kind the
distances between its occurrences (``Distances``). The direction of a measure is that of its author: 0 is even for DP,
1 is even for Juilland's D. All words of a corpus are measured at once; cells with 0 occurrences take no memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]
Ints = NDArray[np.int64]


class Spread:
    """Occurrences ``count`` of items ``word`` (0, 1, …, ascending) in parts ``part``; ``sizes`` of all parts.

    Only cells with occurrences are given, and each item has at least one.
    """

    def __init__(self, word: ArrayLike, part: ArrayLike, count: ArrayLike, sizes: ArrayLike) -> None:
        self.word: Ints = np.asarray(word, dtype=np.int64)
        self.part: Ints = np.asarray(part, dtype=np.int64)
        self.count: Vector = np.asarray(count, dtype=np.float64)
        self.sizes: Vector = np.asarray(sizes, dtype=np.float64)
        self.items = int(self.word[-1]) + 1 if len(self.word) else 0

    @classmethod
    def of(cls, counts: ArrayLike, sizes: ArrayLike | None = None) -> Spread:
        """The spread of one item from its occurrences in each part; parts of equal size where none are given."""
        row = np.asarray(counts, dtype=np.float64)
        parts = np.flatnonzero(row)
        return cls(np.zeros_like(parts), parts, row[parts], np.ones_like(row) if sizes is None else sizes)

    def sum(self, values: Vector) -> Vector:
        """The sum for each item of what its cells have."""
        return np.bincount(self.word, values, self.items).astype(np.float64)

    @property
    def n(self) -> int:
        """The number of parts."""
        return len(self.sizes)

    @cached_property
    def shares(self) -> Vector:
        return self.sizes / self.sizes.sum()

    @cached_property
    def share(self) -> Vector:
        """The share that the cell's part has in the corpus."""
        return self.shares[self.part]

    @cached_property
    def f(self) -> Vector:
        return self.sum(self.count)

    @cached_property
    def range(self) -> Vector:
        return np.bincount(self.word, minlength=self.items).astype(np.float64)

    @cached_property
    def q(self) -> Vector:
        """The share of the item's occurrences that the cell has."""
        return self.count / self.f[self.word]

    @cached_property
    def p(self) -> Vector:
        """The cell's relative frequency: occurrences over the size of the part."""
        return self.count / self.sizes[self.part]

    def deviation(self, values: Vector) -> Vector:
        """The sum over all parts of the squared distance from their mean of what the cells have."""
        mean = self.sum(values) / self.n
        return self.sum((values - mean[self.word]) ** 2) + (self.n - self.range) * mean**2

    def variation(self, values: Vector, lost: int = 0) -> Vector:
        """Standard deviation over mean, ``lost`` degrees of freedom lost."""
        return np.sqrt(self.deviation(values) / (self.n - lost)) / (self.sum(values) / self.n)


def range_pct(s: Spread) -> Vector:
    return 100 * s.range / s.n


def juilland_d(s: Spread) -> Vector:
    return 1 - s.variation(s.p) / np.sqrt(s.n - 1)


def juilland_d_freq(s: Spread) -> Vector:
    return 1 - s.variation(s.count) / np.sqrt(s.n - 1)


def juilland_d_sample(s: Spread) -> Vector:
    return 1 - s.variation(s.p, 1) / np.sqrt(s.n - 1)


def carroll_d2(s: Spread) -> Vector:
    shares = s.p / s.sum(s.p)[s.word]
    # 0.0 - x, lest one part with everything be written as minus zero
    return (0.0 - s.sum(shares * np.log2(shares))) / np.log2(s.n)


def rosengren_s(s: Spread) -> Vector:
    return s.sum(np.sqrt(s.count * s.share)) ** 2 / s.f


def rosengren_s_equal(s: Spread) -> Vector:
    return s.sum(np.sqrt(s.count)) ** 2 / (s.n * s.f)


def lyne_d3(s: Spread) -> Vector:
    return 1 - s.deviation(s.count) / (s.f / s.n) / (4 * s.f)


def dp(s: Spread) -> Vector:
    absent = np.maximum(1 - s.sum(s.share), 0)
    return np.where(s.range == s.n, s.sum(np.abs(s.q - s.share)), s.sum(np.abs(s.q - s.share)) + absent) / 2


def dp_norm(s: Spread) -> Vector:
    return dp(s) / (1 - s.shares.min(initial=1.0))


def dp_norm_egbert(s: Spread) -> Vector:
    smallest = np.full(s.items, np.inf)
    np.minimum.at(smallest, s.word, s.share)
    return dp(s) / (1 - smallest)


def d_kl(s: Spread) -> Vector:
    return s.sum(s.q * np.log2(s.q / s.share))


def d_a(s: Spread) -> Vector:
    # The sum of |p_i - p_j| over all pairs, from the p in ascending order: the k-th of n counts 2k - n - 1 times.
    order = np.lexsort((s.p, s.word))
    word, p = s.word[order], s.p[order]
    first = np.concatenate([[0], np.cumsum(s.range.astype(np.int64))[:-1]]) if s.items else np.zeros(0, np.int64)
    rank = np.arange(len(word)) - first[word] + 1 + (s.n - s.range[word])
    between = np.bincount(word, (2 * rank - s.n - 1) * p, s.items)
    return 1 - between / (s.n * (s.n - 1) / 2) / (2 * s.sum(s.p) / s.n)


def idf(s: Spread) -> Vector:
    return np.log2(s.n / s.range)


def max_min(s: Spread) -> Vector:
    most, least = np.zeros(s.items), np.full(s.items, np.inf)
    np.maximum.at(most, s.word, s.count)
    np.minimum.at(least, s.word, s.count)
    return most - np.where(s.range == s.n, least, 0)


def sd_pop(s: Spread) -> Vector:
    return np.sqrt(s.deviation(s.count) / s.n)


def vc_pop(s: Spread) -> Vector:
    return s.variation(s.count)


def sd_sample(s: Spread) -> Vector:
    return np.sqrt(s.deviation(s.count) / (s.n - 1))


def vc_sample(s: Spread) -> Vector:
    return s.variation(s.count, 1)


def variance_to_mean(s: Spread) -> Vector:
    return s.deviation(s.count) / (s.n - 1) / (s.f / s.n)


def juilland_u(s: Spread) -> Vector:
    return juilland_d_freq(s) * s.f


def carroll_um(s: Spread) -> Vector:
    evenness = carroll_d2(s)
    return s.f * evenness + (1 - evenness) * s.f / s.n


def rosengren_kf(s: Spread) -> Vector:
    return rosengren_s_equal(s) * s.f


def engwall_fm(s: Spread) -> Vector:
    return s.f * s.range / s.n


def kromer_ur(s: Spread) -> Vector:
    highest = int(s.count.max(initial=0))
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, highest + 1))])
    return s.sum(harmonic[s.count.astype(np.int64)])


MEASURES: dict[str, Callable[[Spread], Vector]] = {
    "range": lambda s: s.range,
    "range_pct": range_pct,
    "dp": dp,
    "dp_norm": dp_norm,
    "dp_norm_egbert": dp_norm_egbert,
    "juilland_d": juilland_d,
    "juilland_d_freq": juilland_d_freq,
    "juilland_d_sample": juilland_d_sample,
    "carroll_d2": carroll_d2,
    "rosengren_s": rosengren_s,
    "rosengren_s_equal": rosengren_s_equal,
    "lyne_d3": lyne_d3,
    "d_kl": d_kl,
    "d_a": d_a,
    "idf": idf,
    "max_min": max_min,
    "sd_pop": sd_pop,
    "vc_pop": vc_pop,
    "sd_sample": sd_sample,
    "vc_sample": vc_sample,
    "variance_to_mean": variance_to_mean,
    "juilland_u": juilland_u,
    "carroll_um": carroll_um,
    "rosengren_kf": rosengren_kf,
    "engwall_fm": engwall_fm,
    "kromer_ur": kromer_ur,
}


class Distances:
    """Where items stand in a corpus of ``n`` words, and the distances between occurrences, as on a ring.

    ``word`` (0, 1, …, ascending) and ``place`` (ascending within a word) give the occurrences.
    """

    def __init__(self, word: ArrayLike, place: ArrayLike, n: int) -> None:
        self.word: Ints = np.asarray(word, dtype=np.int64)
        place = np.asarray(place, dtype=np.int64)
        self.n = n
        self.items = int(self.word[-1]) + 1 if len(self.word) else 0
        self.f: Vector = np.bincount(self.word, minlength=self.items).astype(np.float64)
        last = np.cumsum(self.f).astype(np.int64) - 1
        before = np.concatenate([place[:1], place[:-1]])
        first = last - self.f.astype(np.int64) + 1
        before[first] = place[last] - n  # the first occurrence follows the last one, once around
        self.distance: Vector = (place - before).astype(np.float64)

    @classmethod
    def of(cls, words: ArrayLike, item: object) -> Distances:
        """The distances between the occurrences of one ``item`` among ``words``."""
        sequence = np.asarray(words)
        places = np.flatnonzero(sequence == item)
        return cls(np.zeros_like(places), places, len(sequence))

    def sum(self, values: Vector) -> Vector:
        return np.bincount(self.word, values, self.items).astype(np.float64)


def arf(d: Distances) -> Vector:
    mean = d.n / d.f
    return d.sum(np.minimum(d.distance, mean[d.word])) / mean


def awt(d: Distances) -> Vector:
    return (1 + d.sum(d.distance**2) / d.n) / 2


def ald(d: Distances) -> Vector:
    return d.sum(d.distance * np.log10(d.distance)) / d.n


def f_awt(d: Distances) -> Vector:
    return d.n**2 / d.sum(d.distance**2)


def f_ald(d: Distances) -> Vector:
    share = d.distance / d.n
    return np.exp(0.0 - d.sum(share * np.log(share)))


OF_DISTANCES: dict[str, Callable[[Distances], Vector]] = {
    "arf": arf,
    "awt": awt,
    "ald": ald,
    "f_awt": f_awt,
    "f_ald": f_ald,
}


def measure(name: str, spread: Spread | Distances) -> Vector:
    """The measure ``name`` of each item; NaN where it is not defined."""
    with np.errstate(all="ignore"):
        found = MEASURES[name](spread) if isinstance(spread, Spread) else OF_DISTANCES[name](spread)
    return np.where(np.isfinite(found), found, np.nan)
