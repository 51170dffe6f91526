"""Keyness: how a word's frequency in one corpus differs from its frequency in a reference.

``f1`` of ``n1`` words in the corpus, ``f2`` of ``n2`` words in the reference. The tests (G², chi²) tell how sure the
difference is, the effect sizes (log ratio, %DIFF …) how large.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wic.stats.measures import association, significance
from wic.stats.measures.association import Cells, observed_log

Vector = NDArray[np.float64]
ZERO = 1e-18  # what the UCREL log-likelihood wizard puts in place of a relative frequency of 0
CONFIDENCE = 0.95


class Comparison:
    """Frequencies of words in two corpora. ``tests`` is how many words are compared in all, for corrections."""

    def __init__(self, f1: ArrayLike, f2: ArrayLike, n1: float, n2: float, tests: int | None = None) -> None:
        self.f1 = np.atleast_1d(np.asarray(f1, dtype=np.float64))
        self.f2 = np.atleast_1d(np.asarray(f2, dtype=np.float64))
        self.n1, self.n2 = float(n1), float(n2)
        self.tests = len(self.f1) if tests is None else tests

    @property
    def n(self) -> float:
        return self.n1 + self.n2

    @cached_property
    def p1(self) -> Vector:
        return self.f1 / self.n1 if self.n1 else np.full_like(self.f1, np.nan)

    @cached_property
    def p2(self) -> Vector:
        return self.f2 / self.n2 if self.n2 else np.full_like(self.f2, np.nan)

    @cached_property
    def expected(self) -> tuple[Vector, Vector]:
        both = self.f1 + self.f2
        return self.n1 * both / self.n, self.n2 * both / self.n

    @cached_property
    def cells(self) -> Cells:
        return Cells(self.f1, self.n1, self.f1 + self.f2, self.n)

    @cached_property
    def overused(self) -> NDArray[np.bool_]:
        """Whether the word is more frequent in the corpus than in the reference; equal counts as more."""
        return self.f1 * self.n2 >= self.f2 * self.n1


def ll_2cell(c: Comparison) -> Vector:
    e1, e2 = c.expected
    return 2 * (observed_log(c.f1, e1) + observed_log(c.f2, e2))


def ll_4cell(c: Comparison) -> Vector:
    return association.ll(c.cells)


def ll_williams(c: Comparison) -> Vector:
    return association.ll_williams(c.cells)


def chi2(c: Comparison) -> Vector:
    return association.chi2(c.cells)


def chi2_yates(c: Comparison) -> Vector:
    return association.chi2_yates(c.cells)


def chi2_williams(c: Comparison) -> Vector:
    return association.chi2_williams(c.cells)


def bic(c: Comparison) -> Vector:
    return ll_2cell(c) - np.log(c.n)


def ell(c: Comparison) -> Vector:
    smallest = np.minimum(*c.expected)
    return np.where(smallest > 1, ll_2cell(c) / (c.n * np.log(smallest)), np.nan)


def pct_diff(c: Comparison) -> Vector:
    return (c.p1 - c.p2) * 100 / c.p2


def pct_diff_zero_adj(c: Comparison) -> Vector:
    adjusted = np.where(c.f2 > 0, c.p2, ZERO)
    return (c.p1 - adjusted) * 100 / adjusted


def log_ratio(c: Comparison) -> Vector:
    return np.log2(c.p1 / c.p2)


def log_ratio_half(c: Comparison) -> Vector:
    return np.log2(np.where(c.f1 > 0, c.f1, 0.5) / c.n1 / (np.where(c.f2 > 0, c.f2, 0.5) / c.n2))


def log_ratio_smoothed(c: Comparison) -> Vector:
    return np.log2((c.f1 + 0.5) / (c.n1 + 0.5) / ((c.f2 + 0.5) / (c.n2 + 0.5)))


def relative_risk(c: Comparison) -> Vector:
    return c.p1 / c.p2


def odds_ratio(c: Comparison) -> Vector:
    return c.f1 / (c.n1 - c.f1) / (c.f2 / (c.n2 - c.f2))


def simple_maths_1(c: Comparison) -> Vector:
    return (c.p1 * 1e6 + 1) / (c.p2 * 1e6 + 1)


def simple_maths_100(c: Comparison) -> Vector:
    return (c.p1 * 1e6 + 100) / (c.p2 * 1e6 + 100)


def diff_coefficient(c: Comparison) -> Vector:
    return (c.p1 - c.p2) / (c.p1 + c.p2)


def cohen_h(c: Comparison) -> Vector:
    return 2 * np.arcsin(np.sqrt(c.p1)) - 2 * np.arcsin(np.sqrt(c.p2))


def lrc(c: Comparison) -> Vector:
    """The bound of the confidence interval that is nearer to no difference, 0 where the interval holds no difference."""
    tail = (1 - CONFIDENCE) / max(c.tests, 1) / 2
    return np.array(
        [
            max(_log_risk(c, significance.binomial_bounds(a, a + b, tail)[0]), 0.0)
            if more
            else min(_log_risk(c, significance.binomial_bounds(a, a + b, tail)[1]), 0.0)
            for a, b, more in zip(c.f1.astype(int).tolist(), c.f2.astype(int).tolist(), c.overused, strict=True)
        ]
    )


def lrc_positive(c: Comparison) -> Vector:
    """The lower bound of the one-sided interval."""
    tail = (1 - CONFIDENCE) / max(c.tests, 1)
    pairs = zip(c.f1.astype(int).tolist(), c.f2.astype(int).tolist(), strict=True)
    return np.array([_log_risk(c, significance.binomial_bounds(a, a + b, tail)[0]) for a, b in pairs])


def _log_risk(c: Comparison, share: float) -> float:
    """The log ratio at which ``share`` of all occurrences are expected in the corpus."""
    if share in (0.0, 1.0):
        return np.inf if share else -np.inf
    return float(np.log2(c.n2 / c.n1 * share / (1 - share)))


def p_ll_2cell(c: Comparison) -> Vector:
    return significance.p_of_chi2(ll_2cell(c))


def p_ll_4cell(c: Comparison) -> Vector:
    return significance.p_of_chi2(ll_4cell(c))


def p_fisher(c: Comparison) -> Vector:
    return significance.fisher(c.cells)


def _adjusted(name: str) -> Callable[[Comparison], Vector]:
    def adjusted(c: Comparison) -> Vector:
        return significance.ADJUSTMENTS[name](p_ll_4cell(c))

    return adjusted


MEASURES: dict[str, Callable[[Comparison], Vector]] = {
    "ll_4cell": ll_4cell,
    "ll_2cell": ll_2cell,
    "ll_williams": ll_williams,
    "chi2": chi2,
    "chi2_yates": chi2_yates,
    "chi2_williams": chi2_williams,
    "bic": bic,
    "ell": ell,
    "log_ratio": log_ratio,
    "log_ratio_half": log_ratio_half,
    "log_ratio_smoothed": log_ratio_smoothed,
    "lrc": lrc,
    "lrc_positive": lrc_positive,
    "pct_diff": pct_diff,
    "pct_diff_zero_adj": pct_diff_zero_adj,
    "rel_risk": relative_risk,
    "odds_ratio": odds_ratio,
    "simple_maths_1": simple_maths_1,
    "simple_maths_100": simple_maths_100,
    "diff_coefficient": diff_coefficient,
    "cohen_h": cohen_h,
    "p_ll_4cell": p_ll_4cell,
    "p_ll_2cell": p_ll_2cell,
    "p_fisher": p_fisher,
    **{f"p_{name}": _adjusted(name) for name in significance.ADJUSTMENTS},
}


def measure(name: str, comparison: Comparison) -> Vector:
    """The measure ``name`` of each word; NaN where it is not defined."""
    with np.errstate(all="ignore"):
        found = MEASURES[name](comparison)
    return np.where(np.isfinite(found), found, np.nan)
