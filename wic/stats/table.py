"""A table: rows that can be written in any format, or given to pandas or polars as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wic.stats.explain import reasons


@dataclass(slots=True)
class Table:
    """Rows with the same ``fields``; ``notes`` are what a reader must know before comparing the rows.

    ``pandas.DataFrame(table.rows)`` and ``polars.DataFrame(table.rows)`` take the rows without conversion.
    """

    fields: list[str]
    rows: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which items of a table are shown: the ``top`` ones (None is all) of those that occur ``least`` times or more.

    ``stopwords`` says whether function words are kept.
    """

    top: int | None = 50
    least: int = 1
    stopwords: bool = True


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


def records(columns: Mapping[str, Sequence[Any] | NDArray[Any]], measures: Sequence[str]) -> list[dict[str, Any]]:
    """Rows from columns: NaN becomes None, and ``reason`` says why a measure is None."""
    plain = {name: column.tolist() if isinstance(column, np.ndarray) else column for name, column in columns.items()}
    rows = [dict(zip(plain, values, strict=True)) for values in zip(*plain.values(), strict=True)]
    for row in rows:
        missing = [name for name in measures if row[name] != row[name] or row[name] is None]
        for name in missing:
            row[name] = None
        row["reason"] = reasons(missing)
    return rows
