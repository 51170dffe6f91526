"""A table: rows that can be written in any format, or given to pandas or polars as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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


def records(columns: Mapping[str, Any], measures: Sequence[str]) -> list[dict[str, Any]]:
    """Rows from columns, numpy arrays or sequences: NaN becomes None, and ``reason`` says why a measure is None."""
    plain = {name: column.tolist() if hasattr(column, "tolist") else column for name, column in columns.items()}
    rows = [dict(zip(plain, values, strict=True)) for values in zip(*plain.values(), strict=True)]
    for row in rows:
        missing = [name for name in measures if row[name] != row[name] or row[name] is None]
        for name in missing:
            row[name] = None
        row["reason"] = reasons(missing)
    return rows
