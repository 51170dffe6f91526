"""Which rows of a table come first."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 1 << 20  # scores that are looked at a time


def best(scores: NDArray[Any], counts: NDArray[Any], top: int | None) -> NDArray[np.intp]:
    """The places of the ``top`` highest scores, ties by count and then in the order given; NaN comes last."""
    candidates = np.arange(len(scores)) if top is None or top >= len(scores) // 8 else _candidates(scores, max(top, 1))
    known = _known(scores[candidates])
    order = candidates[np.lexsort((candidates, -counts[candidates], -known))]
    return order if top is None else order[:top]


def _candidates(scores: NDArray[Any], top: int) -> NDArray[np.intp]:
    """The places of the ``top`` highest scores and of what equals the last of them: sorting all would be a waste."""
    places = np.zeros(0, np.intp)
    bound = -np.inf
    for start in range(0, len(scores), BLOCK):
        further = np.flatnonzero(_known(scores[start : start + BLOCK]) >= bound) + start
        places = np.concatenate([places, further])
        if len(places) > top:
            known = _known(scores[places])
            bound = np.partition(known, len(known) - top)[len(known) - top]
            places = places[known >= bound]
    return places


def _known(scores: NDArray[Any]) -> NDArray[np.float64]:
    """The scores with the least of all for NaN."""
    return np.where(np.isnan(scores), -np.inf, scores)


def ascending(measure: str) -> bool:
    """Whether small values of a measure say much: probabilities do."""
    return measure.startswith("p_")


def ranking(name: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores that put the most telling values first."""
    return -values if ascending(name) else values
