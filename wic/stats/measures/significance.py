"""How likely a difference is by chance, and what remains of that when many words are tested at once."""

from __future__ import annotations

from collections.abc import Callable
from math import erfc, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wic.stats.measures.association import Cells

Vector = NDArray[np.float64]


def p_of_chi2(statistic: ArrayLike) -> Vector:
    """The probability that chi² with one degree of freedom exceeds ``statistic``: erfc(√(x/2))."""
    values = np.maximum(np.atleast_1d(np.asarray(statistic, dtype=np.float64)), 0)
    return np.fromiter((erfc(sqrt(value / 2)) for value in values.tolist()), np.float64, len(values))


def fisher(cells: Cells, alternative: str = "two-sided") -> Vector:
    """Fisher's exact p for each table; ``alternative`` is ``two-sided``, ``less`` or ``greater``.

    Two-sided adds up every table that is no more likely than the one observed (as R and scipy do).
    """
    tables = zip(cells.o11, cells.f1, cells.f2, cells.n, strict=True)
    return np.array([_fisher(*map(round, table), alternative=alternative) for table in tables])


def _fisher(both: int, first: int, second: int, total: int, *, alternative: str) -> float:
    low, high = max(0, first + second - total), min(first, second)
    joint = np.arange(low, high, dtype=np.float64)
    # Each possible table relative to the one before it, so that no factorial is needed.
    steps = (first - joint) * (second - joint) / ((joint + 1) * (total - first - second + joint + 1))
    weights = np.concatenate([[0.0], np.cumsum(np.log(steps))])
    likely = np.exp(weights - weights.max())
    likely /= likely.sum()
    observed = both - low
    if alternative == "less":
        chosen = likely[: observed + 1]
    elif alternative == "greater":
        chosen = likely[observed:]
    else:
        chosen = likely[likely <= likely[observed] * (1 + 1e-7)]
    return min(1.0, float(np.sort(chosen).sum()))


def bonferroni(p: Vector) -> Vector:
    return np.minimum(1.0, p * len(p))


def holm(p: Vector) -> Vector:
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate((len(p) - np.arange(len(p))) * p[order])
    return _back(np.minimum(1.0, stepped), order)


def hochberg(p: Vector) -> Vector:
    return _step_up(p, np.arange(1.0, len(p) + 1))


def benjamini_hochberg(p: Vector) -> Vector:
    return _step_up(p, len(p) / np.arange(len(p), 0.0, -1))


def benjamini_yekutieli(p: Vector) -> Vector:
    return _step_up(p, (1 / np.arange(1.0, len(p) + 1)).sum() * len(p) / np.arange(len(p), 0.0, -1))


def _step_up(p: Vector, factors: Vector) -> Vector:
    """From the largest p down: ``factors`` times p, never more than the one before."""
    order = np.argsort(p, kind="stable")[::-1]
    return _back(np.minimum(1.0, np.minimum.accumulate(factors * p[order])), order)


def _back(values: Vector, order: NDArray[np.intp]) -> Vector:
    found = np.empty_like(values)
    found[order] = values
    return found


ADJUSTMENTS: dict[str, Callable[[Vector], Vector]] = {
    "bonferroni": bonferroni,
    "holm": holm,
    "hochberg": hochberg,
    "bh": benjamini_hochberg,
    "by": benjamini_yekutieli,
}


def rank_sum(first: ArrayLike, second: ArrayLike) -> float:
    """The sum of the ranks of ``first`` among both samples (Mann–Whitney–Wilcoxon); ties share their mean rank."""
    values = np.concatenate([np.atleast_1d(first), np.atleast_1d(second)])
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last + last - counts + 1) / 2
    return float(ranks[place][: np.atleast_1d(first).size].sum())


def binomial_bounds(successes: int, trials: int, tail: float) -> tuple[float, float]:
    """Clopper–Pearson: the probabilities that leave ``tail`` on either side of what was observed."""

    def solve(at_most: Callable[[float], bool]) -> float:
        low, high = 0.0, 1.0
        for _ in range(200):
            middle = (low + high) / 2
            if middle in (low, high):
                break
            low, high = (middle, high) if at_most(middle) else (low, middle)
        return (low + high) / 2

    lower = solve(lambda p: _beta(p, successes, trials - successes + 1) <= tail) if successes else 0.0
    upper = solve(lambda p: _beta(p, successes + 1, trials - successes) <= 1 - tail) if successes < trials else 1.0
    return lower, upper


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function by its continued fraction (Lentz; DLMF 8.17.22)."""
    from math import exp, lgamma, log, log1p

    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    fraction, c, d = 1.0, 1.0, 0.0
    for step in range(5000):
        m = step // 2
        if step == 0:
            term = 1.0
        elif step % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / ((1 + term * d) or 1e-300)
        c = (1 + term / c) or 1e-300
        fraction *= c * d
        if step and abs(c * d - 1) < 1e-16:
            break
    return front * (fraction - 1)
