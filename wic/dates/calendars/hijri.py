"""Hijri dates by the Umm al-Qura calendar, through hijridate (1343–1500 AH; outside it, the tabular calendar)."""

from __future__ import annotations

from datetime import date, timedelta

from wic.dates.value import Impossible

FIRST, LAST = 1343, 1500
MONTHS = (
    "Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II", "Rajab", "Shaaban", "Ramadan", "Shawwal",
    "Dhu al-Qidah", "Dhu al-Hijjah",
)  # fmt: skip
_EPOCH = date(622, 7, 19)  # 1 Muharram 1 AH, civil reckoning, in the proleptic Gregorian calendar


def month_days(year: int, month: int) -> tuple[date, date]:
    """First and last Gregorian day of a Hijri month."""
    if not 1 <= month <= 12:
        raise Impossible(f"there is no Hijri month {month}")
    if not 1 <= year <= 9000:
        raise Impossible(f"the Hijri year {year} is beyond the calendar")
    if FIRST <= year <= LAST:
        from hijridate import Hijri

        first = Hijri(year, month, 1).to_gregorian()
        length = Hijri(year, month, 1).month_length()
        start = date(first.year, first.month, first.day)
        return start, start + timedelta(length - 1)
    start = _tabular(year, month)
    following = _tabular(year, month + 1) if month < 12 else _tabular(year + 1, 1)
    return start, following - timedelta(1)


def _tabular(year: int, month: int) -> date:
    """The first day of a month in the arithmetical calendar of 30-year cycles (leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29)."""
    return _EPOCH + timedelta(354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2)


def day(year: int, month: int, number: int) -> date:
    first, last = month_days(year, month)
    when = first + timedelta(number - 1)
    if not first <= when <= last:
        raise Impossible(f"{MONTHS[month - 1]} {year} has {(last - first).days + 1} days, not {number}")
    return when


def year_days(year: int) -> tuple[date, date]:
    return month_days(year, 1)[0], month_days(year, 12)[1]


def year_of(when: date) -> int:
    """The Hijri year that a day falls in."""
    guess = int((when - _EPOCH).days / 354.36708) + 1
    for year in (guess - 1, guess, guess + 1):
        if year >= 1:
            first, last = year_days(year)
            if first <= when <= last:
                return year
    return guess
