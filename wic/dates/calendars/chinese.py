"""The Chinese calendar, 1900–2100: lunar days, leap months, solar terms, and the sexagenary years.

The table ``chinese.tsv`` is made by ``tools/make_lunar_table.py`` from the positions of sun and moon.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from wic.dates.value import Impossible

FIRST, LAST = 1900, 2100


class LunarYear(NamedTuple):
    """A year of the table: its first day, its leap month (0: none), month lengths in order, days of the solar terms."""

    first: date
    leap: int
    lengths: tuple[int, ...]
    terms: tuple[int, ...]


@cache
def _table() -> dict[int, LunarYear]:
    years = {}
    text = files("wic.dates.calendars").joinpath("chinese.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        year, first, leap, lengths, terms = line.split("\t")
        years[int(year)] = LunarYear(
            date.fromisoformat(first), int(leap), tuple(map(int, lengths.split())), tuple(map(int, terms.split()))
        )
    return years


def month_days(year: int, month: int, leap: bool = False) -> tuple[date, date]:
    """First and last Gregorian day of a lunar month; Impossible outside 1900–2100 or for a leap month that is not."""
    entry = _table().get(year)
    if entry is None:
        raise Impossible(f"the lunar calendar is known for {FIRST} to {LAST}, not for {year}")
    if not 1 <= month <= 12:
        raise Impossible(f"there is no lunar month {month}")
    if leap and entry.leap != month:
        raise Impossible(f"{year} has no leap month {month}")
    place = month - 1 + (1 if entry.leap and (month > entry.leap or leap) else 0)
    first = entry.first + timedelta(sum(entry.lengths[:place]))
    return first, first + timedelta(entry.lengths[place] - 1)


def day(year: int, month: int, number: int, leap: bool = False) -> date:
    """A day of the lunar calendar."""
    first, last = month_days(year, month, leap)
    when = first + timedelta(number - 1)
    if not first <= when <= last:
        raise Impossible(f"lunar month {month} of {year} has {(last - first).days + 1} days, not {number}")
    return when


def year_days(year: int) -> tuple[date, date]:
    """First and last day of a lunar year."""
    entry = _table().get(year)
    if entry is None:
        raise Impossible(f"the lunar calendar is known for {FIRST} to {LAST}, not for {year}")
    return entry.first, entry.first + timedelta(sum(entry.lengths) - 1)


def term(year: int, number: int) -> date:
    """The day of a solar term of a Gregorian year: 1 is 小寒, 3 立春, 5 清明's neighbour 惊蛰 … 24 冬至."""
    entry = _table().get(year)
    if entry is None:
        raise Impossible(f"the solar terms are known for {FIRST} to {LAST}, not for {year}")
    return date(year, (number + 1) // 2, entry.terms[number - 1])


def sexagenary(year: int) -> int:
    """The place of a lunar year in the cycle of sixty: 0 is 甲子 (1984)."""
    return (year - 4) % 60
