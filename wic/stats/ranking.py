"""Which rows of a table come first."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def best(scores: NDArray[np.float64], counts: NDArray[Any], top: int | None) -> NDArray[np.intp]:
    """The places of the ``top`` highest scores, ties by count and then in the order given; NaN comes last."""
    known = np.where(np.isnan(scores), -np.inf, scores)
    candidates = np.arange(len(known))
    if top is not None and top < len(known) // 8:
        # Sorting all of a million to show fifty would be a waste: leave out what is below the last one shown.
        bound = np.partition(known, len(known) - max(top, 1))[len(known) - max(top, 1)]
        candidates = np.flatnonzero(known >= bound)
    order = candidates[np.lexsort((candidates, -counts[candidates], -known[candidates]))]
    return order if top is None else order[:top]


def ascending(measure: str) -> bool:
    """Whether small values of a measure say much: probabilities do."""
    return measure.startswith("p_")


def ranking(name: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores that put the most telling values first."""
    return -values if ascending(name) else values
