"""Association of two items: how much more often they occur together than chance would have it.

A pair is counted in a table of four cells: ``o11`` both, ``o12`` the first without the second, ``o21`` the second
without the first, ``o22`` neither; ``f1`` and ``f2`` are the frequencies of the two and ``n`` the size of the sample.
``e11`` … are what independence would give. Logarithms are binary unless a formula says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]


class Cells:
    """Tables of four cells, one for each pair, from joint frequency, single frequencies and sample size."""

    def __init__(self, o11: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> None:
        given = [np.atleast_1d(np.asarray(value, dtype=np.float64)) for value in (o11, f1, f2, n)]
        self.o11, self.f1, self.f2, self.n = np.broadcast_arrays(*given)

    @classmethod
    def of(cls, o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Cells:
        """The same from the four cells."""
        a, b, c, d = (np.asarray(value, dtype=np.float64) for value in (o11, o12, o21, o22))
        return cls(a, a + b, a + c, a + b + c + d)

    @cached_property
    def o12(self) -> Vector:
        return self.f1 - self.o11

    @cached_property
    def o21(self) -> Vector:
        return self.f2 - self.o11

    @cached_property
    def o22(self) -> Vector:
        return self.n - self.f1 - self.o21

    @cached_property
    def e11(self) -> Vector:
        return self.f1 * self.f2 / self.n

    @cached_property
    def e12(self) -> Vector:
        return self.f1 * (self.n - self.f2) / self.n

    @cached_property
    def e21(self) -> Vector:
        return (self.n - self.f1) * self.f2 / self.n

    @cached_property
    def e22(self) -> Vector:
        return (self.n - self.f1) * (self.n - self.f2) / self.n

    @cached_property
    def determinant(self) -> Vector:
        return self.o11 * self.o22 - self.o12 * self.o21

    @cached_property
    def margins(self) -> Vector:
        """The product of the four marginal sums."""
        return self.f1 * (self.n - self.f1) * self.f2 * (self.n - self.f2)

    @cached_property
    def williams(self) -> Vector:
        """Williams' (1976) divisor, which brings G² and chi² of small samples nearer to the chi² distribution."""
        n, f1, f2 = self.n, self.f1, self.f2
        return 1 + (n / f1 + n / (n - f1) - 1) * (n / f2 + n / (n - f2) - 1) / (6 * n)


def observed_log(observed: Vector, expected: Vector) -> Vector:
    """``O·ln(O/E)``, 0 where nothing was observed."""
    some = observed > 0
    return np.where(some, observed * np.log(np.where(some, observed, 1) / np.where(some, expected, 1)), 0.0)


def mi(c: Cells) -> Vector:
    return np.log2(c.o11 / c.e11)


def mi2(c: Cells) -> Vector:
    return np.log2(c.o11**2 / c.e11)


def mi3(c: Cells) -> Vector:
    return np.log2(c.o11**3 / c.e11)


def npmi(c: Cells) -> Vector:
    return mi(c) / -np.log2(c.o11 / c.n)


def lmi(c: Cells) -> Vector:
    return c.o11 * mi(c)


def log_dice(c: Cells) -> Vector:
    return 14 + np.log2(2 * c.o11 / (c.f1 + c.f2))


def dice(c: Cells) -> Vector:
    return 2 * c.o11 / (c.f1 + c.f2)


def jaccard(c: Cells) -> Vector:
    return c.o11 / (c.f1 + c.f2 - c.o11)


def min_sensitivity(c: Cells) -> Vector:
    return np.minimum(c.o11 / c.f1, c.o11 / c.f2)


def conditional(c: Cells) -> Vector:
    return 100 * c.o11 / c.f1


def t_score(c: Cells) -> Vector:
    return (c.o11 - c.e11) / np.sqrt(c.o11)


def z_score(c: Cells) -> Vector:
    return (c.o11 - c.e11) / np.sqrt(c.e11)


def z_score_cc(c: Cells) -> Vector:
    difference = c.o11 - c.e11
    return (difference + np.where(difference < 0, 0.5, -0.5)) / np.sqrt(c.e11)


def simple_ll(c: Cells) -> Vector:
    return 2 * (observed_log(c.o11, c.e11) - (c.o11 - c.e11))


def ll(c: Cells) -> Vector:
    cells = ((c.o11, c.e11), (c.o12, c.e12), (c.o21, c.e21), (c.o22, c.e22))
    return 2 * sum((observed_log(*cell) for cell in cells), np.zeros_like(c.n))


def ll_williams(c: Cells) -> Vector:
    return ll(c) / c.williams


def chi2(c: Cells) -> Vector:
    return c.n * c.determinant**2 / c.margins


def chi2_yates(c: Cells) -> Vector:
    return c.n * np.maximum(np.abs(c.determinant) - c.n / 2, 0) ** 2 / c.margins


def chi2_williams(c: Cells) -> Vector:
    return chi2(c) / c.williams


def delta_p_21(c: Cells) -> Vector:
    return c.o11 / c.f1 - c.o21 / (c.n - c.f1)


def delta_p_12(c: Cells) -> Vector:
    return c.o11 / c.f2 - c.o12 / (c.n - c.f2)


def odds_ratio(c: Cells) -> Vector:
    return c.o11 * c.o22 / (c.o12 * c.o21)


def log_odds_disc(c: Cells) -> Vector:
    return np.log((c.o11 + 0.5) * (c.o22 + 0.5) / ((c.o12 + 0.5) * (c.o21 + 0.5)))


def log_odds_z(c: Cells) -> Vector:
    variance = 1 / (c.o11 + 0.5) + 1 / (c.o12 + 0.5) + 1 / (c.o21 + 0.5) + 1 / (c.o22 + 0.5)
    return log_odds_disc(c) / np.sqrt(variance)


def relative_risk(c: Cells) -> Vector:
    return c.o11 / c.f1 / (c.o21 / (c.n - c.f1))


def log_ratio(c: Cells) -> Vector:
    return np.log2(relative_risk(c))


def phi(c: Cells) -> Vector:
    return c.determinant / np.sqrt(c.margins)


def poisson_stirling(c: Cells) -> Vector:
    return c.o11 * (mi(c) - 1)


def mutual_information(c: Cells) -> Vector:
    return ll(c) / (2 * np.log(2) * c.n)


MEASURES: dict[str, Callable[[Cells], Vector]] = {
    "log_dice": log_dice,
    "mi": mi,
    "mi2": mi2,
    "mi3": mi3,
    "npmi": npmi,
    "lmi": lmi,
    "t_score": t_score,
    "z_score": z_score,
    "z_score_cc": z_score_cc,
    "ll_4cell": ll,
    "ll_williams": ll_williams,
    "simple_ll": simple_ll,
    "chi2": chi2,
    "chi2_yates": chi2_yates,
    "chi2_williams": chi2_williams,
    "dice": dice,
    "jaccard": jaccard,
    "min_sensitivity": min_sensitivity,
    "delta_p_21": delta_p_21,
    "delta_p_12": delta_p_12,
    "conditional": conditional,
    "odds_ratio": odds_ratio,
    "log_odds_disc": log_odds_disc,
    "log_odds_z": log_odds_z,
    "rel_risk": relative_risk,
    "log_ratio": log_ratio,
    "phi": phi,
    "poisson_stirling": poisson_stirling,
    "mutual_information": mutual_information,
}


def measure(name: str, cells: Cells) -> Vector:
    """The measure ``name`` of each pair; NaN where it is not defined."""
    with np.errstate(all="ignore"):
        found = MEASURES[name](cells)
    return np.where(np.isfinite(found), found, np.nan)
