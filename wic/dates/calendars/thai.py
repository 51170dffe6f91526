"""The Thai lunar calendar, 1904–2100, and the Buddhist holy days that follow it.

Months alternate between 29 and 30 days. A leap year has a second eighth month, and holy days of the third and sixth month
then fall a month later. The table ``thai.tsv`` is made by ``tools/make_thai_lunar_table.py`` from PyThaiNLP.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from wic.dates.value import Impossible

# Holy days: month in a common year, month in a leap year (9 is the second eighth month), day of the month.
HOLY_DAYS = {
    "makha": (3, 4, 15),
    "visakha": (6, 7, 15),
    "asalha": (8, 9, 15),
    "khaophansa": (8, 9, 16),
    "okphansa": (11, 12, 15),
    "loykrathong": (12, 13, 15),
}


@cache
def _table() -> dict[int, tuple[date, int]]:
    text = files("wic.dates.calendars").joinpath("thai.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {int(year): (date.fromisoformat(first), int(days)) for year, first, days in rows}


def _lengths(days: int) -> list[int]:
    lengths = [29 if month % 2 else 30 for month in range(1, 13)]
    if days == 355:
        lengths[6] = 30
    if days == 384:
        lengths.insert(8, 30)
    return lengths


def _day(year: int, place: int, number: int) -> date:
    if year not in _table():
        raise Impossible(f"the Thai lunar calendar is known for 1904 to 2100, not for {year}")
    first, days = _table()[year]
    lengths = _lengths(days)
    if not 1 <= place <= len(lengths) or not 1 <= number <= lengths[place - 1]:
        raise Impossible(f"the Thai lunar year {year} has no day {number} in its month {place}")
    return first + timedelta(sum(lengths[: place - 1]) + number - 1)


def day(year: int, month: int, number: int) -> date:
    """A day by month 1–12 and day of the month (1–15 waxing, 16–30 waning) of the lunar year that ends in ``year``."""
    leap = year in _table() and _table()[year][1] == 384
    return _day(year, month + (1 if leap and month > 8 else 0), number)


def holy_day(name: str, year: int) -> date:
    """The day of a Buddhist holy day in a Gregorian year."""
    common, leap, number = HOLY_DAYS[name]
    is_leap = year in _table() and _table()[year][1] == 384
    return _day(year, leap if is_leap else common, number)
