"""Days of feasts of the Hindu, Sikh and Jain calendars, as published in India.

The table ``hindu.tsv`` is made by ``tools/make_hindu_table.py`` from the package ``holidays``.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from wic.dates.value import Impossible


@cache
def _table() -> dict[str, tuple[int, list[str]]]:
    text = files("wic.dates.calendars").joinpath("hindu.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {feast: (int(first), days.split()) for feast, first, days in rows}


def feast(name: str, year: int) -> date | None:
    """The day of a feast in a Gregorian year; None where that year has none. Impossible outside the table."""
    first, days = _table()[name]
    if not first <= year < first + len(days):
        raise Impossible(f"{name.replace('_', ' ')} is known for {first} to {first + len(days) - 1}, not for {year}")
    found = days[year - first]
    return None if found == "-" else date(year, int(found[:2]), int(found[2:]))
