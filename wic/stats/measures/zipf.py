"""How frequencies fall with rank (Zipf, Mandelbrot) and how the vocabulary grows with the text (Heaps).

Frequencies are given in descending order; the k-th has rank k, ties in any order. Fits by least squares on
logarithms give the rare words most of the weight, fits by maximum likelihood give it to the occurrences.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]
POINTS = 10  # at which the growth of the vocabulary is measured


class Line(NamedTuple):
    """A straight line through logarithms."""

    slope: float
    intercept: float


class Mandelbrot(NamedTuple):
    """Frequency ∝ (rank + q)^-s."""

    s: float
    q: float


class Heaps(NamedTuple):
    """Types = k · words^beta."""

    beta: float
    k: float


def zipf_ols(frequencies: ArrayLike) -> Line | None:
    """Least squares of ln frequency on ln rank (natural logarithms); None below two types."""
    f = np.asarray(frequencies, dtype=np.float64)
    return _line(np.log(np.arange(1, len(f) + 1)), np.log(f)) if len(f) > 1 else None


def _line(x: Vector, y: Vector) -> Line:
    across = x - x.mean()
    slope = float(across @ (y - y.mean()) / (across @ across))
    return Line(slope, float(y.mean() - slope * x.mean()))


def zipf_mle(frequencies: ArrayLike) -> float | None:
    """The exponent that makes the frequencies likeliest if rank r has probability r^-s / Σ k^-s."""
    f = np.asarray(frequencies, dtype=np.float64)
    return _exponent(f, 0.0) if len(f) > 1 else None


def _exponent(f: Vector, q: float, start: float = 1.0) -> float:
    """The likeliest exponent for a given ``q``, by Newton's method inside a shrinking bracket."""
    x = np.log(np.arange(1, len(f) + 1) + q)
    x -= x[0]
    wanted = float(f @ x / f.sum())  # the mean of ln(rank + q) that the right exponent reproduces
    low, high, s = -50.0, 50.0, start
    for _ in range(200):
        weights = _probabilities(x, s)
        mean = float(weights @ x)
        low, high = (s, high) if mean > wanted else (low, s)
        slope = float(weights @ (x - mean) ** 2)
        step = (mean - wanted) / slope if slope > 0 else 0.0
        nearer = s + step if low <= s + step <= high else (low + high) / 2
        if abs(nearer - s) <= 1e-13 * max(1.0, abs(s)):
            break
        s = nearer
    return s


def _probabilities(x: Vector, s: float) -> Vector:
    """exp(-s·x), ``x`` ascending, brought to the sum 1."""
    weights = np.exp(-s * (x - (x[0] if s > 0 else x[-1])))
    return np.asarray(weights / weights.sum())


def zipf_mandelbrot(frequencies: ArrayLike) -> Mandelbrot | None:
    """The likeliest s and q (not below 0) if rank r has probability (r + q)^-s / Σ (k + q)^-s.

    None below three types, and where ever larger q are ever likelier: such frequencies fall like an exponential.
    """
    f = np.asarray(frequencies, dtype=np.float64)
    if len(f) < 3:
        return None
    ranks = np.arange(1.0, len(f) + 1)
    observed = f / f.sum()
    s = 1.0

    def rise(q: float) -> float:
        """How the likelihood changes with ``q`` if the best exponent goes along."""
        nonlocal s
        s = _exponent(f, q, s)
        expected = _probabilities(np.log(ranks + q), s)
        return s * float((expected - observed) @ (1 / (ranks + q)))

    low, high = 0.0, 1.0
    at_low = rise(low)
    if at_low <= 0:
        return Mandelbrot(s, 0.0)
    at_high = rise(high)
    while at_high > 0:
        if high > 1e6:
            return None
        low, at_low, high = high, at_high, 2 * high
        at_high = rise(high)
    # Between the two, by straight lines (the Illinois method).
    middle, side = high, 0
    for _ in range(200):
        before, middle = middle, (low * at_high - high * at_low) / (at_high - at_low)
        if abs(middle - before) <= 1e-13 * middle:
            break
        if (here := rise(middle)) > 0:
            low, at_low = middle, here
            at_high = at_high / 2 if side == 1 else at_high
            side = 1
        elif here < 0:
            high, at_high = middle, here
            at_low = at_low / 2 if side == -1 else at_low
            side = -1
        else:
            break
    return Mandelbrot(_exponent(f, middle, s), middle)


def growth(words: Sequence[Hashable] | NDArray[np.integer], points: int = POINTS) -> list[tuple[int, int]]:
    """(words read, types met) at ``points`` places from the first word to the last, equally far apart."""
    n = len(words)
    if not n:
        return []
    _, first = np.unique(np.asarray(words), return_index=True)
    new = np.zeros(n, dtype=np.int64)
    new[first] = 1
    types = np.cumsum(new)
    places = np.rint(np.linspace(1, n, points)).astype(np.int64)
    return [(int(place), int(types[place - 1])) for place in np.unique(places)]


def heaps(points: Sequence[tuple[float, float]]) -> Heaps | None:
    """Least squares of ln types on ln words over the points of ``growth``; None below two points."""
    if len(points) < 2:
        return None
    x, y = np.log(np.asarray(points, dtype=np.float64)).T
    line = _line(x, y)
    return Heaps(line.slope, float(np.exp(line.intercept)))


def expected_growth(frequencies: ArrayLike, sizes: ArrayLike) -> Vector:
    """The types to expect in ``sizes`` words of the text taken at random, whatever their order (binomial)."""
    f = np.asarray(frequencies, dtype=np.float64)
    n = f.sum()
    classes, types = np.unique(f, return_counts=True)
    share = np.asarray(sizes, dtype=np.float64)[:, None] / n
    return np.asarray((types * (1 - (1 - share) ** classes)).sum(axis=1))


def good_turing(frequencies: ArrayLike) -> float | None:
    """The probability that the next word is a new one: words that occurred once over all words."""
    f = np.asarray(frequencies, dtype=np.float64)
    return float((f == 1).sum() / f.sum()) if f.sum() else None


FITS: dict[str, Callable[[ArrayLike], object]] = {
    "zipf_ols": zipf_ols,
    "zipf_mle": zipf_mle,
    "zipf_mandelbrot": zipf_mandelbrot,
    "good_turing": good_turing,
}
