"""How often texts speak of each day, month or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from wic.dates import Expression

UNITS = {"day": 10, "month": 7, "year": 4}  # the length of a period's name, a beginning of an ISO day
UNDATED = "undated"  # durations, sets, what is open, unknown or longer than a year

Counts = Counter[tuple[str, str]]


def counted(expressions: Iterable[Expression], unit: str) -> Counts:
    """How many expressions of each language belong to each period, by (period, language).

    An expression belongs to the shortest period, not shorter than ``unit``, that holds all of it: by month the 5th of
    March 2023 counts for 2023-03, the spring of 2023 for 2023.
    """
    return Counter((period(expression, unit), expression.lang) for expression in expressions)


def period(expression: Expression, unit: str) -> str:
    """The period that an expression belongs to."""
    record = expression.record()
    first, last = record["from"], record["to"]
    if first and last and record["type"] != "set":
        for size in UNITS.values():
            if size <= UNITS[unit] and first[:size] == last[:size]:
                return str(first[:size])
    return UNDATED


def rows(counts: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """The periods in order of time, what is undated last; ``langs`` has the counts by language."""
    found: dict[str, dict[str, int]] = {}
    for (name, lang), count in sorted(counts.items()):
        found.setdefault(name, {})[lang] = count
    names = sorted(found, key=lambda name: (name == UNDATED, name))
    return [{"period": name, "count": sum(found[name].values()), "langs": found[name]} for name in names]
