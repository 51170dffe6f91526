"""Holidays by rule, so that dates.toml can name them: "12-25", "easter+0", "nth 11 4 4", "lunar 8-15", "hijri 10-1", "hebrew tishri-10"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from wic.dates import value as v
from wic.dates.calendars import chinese, hebrew, hijri, hindu, thai
from wic.dates.value import Impossible, Period

_FIXED = re.compile(r"(\d\d)-(\d\d)")


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm, Meeus 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter of the Eastern churches, in the Gregorian calendar (1900–2099)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(13)


def holiday(rule: str, year: int) -> Period | None:
    """The days of a holiday, or of a day or month of a lunar calendar, in a year; None where it has none.

    A rule may end in ``xN`` for N days. Lunar rules count the lunar year, hijri ones the day that falls in the
    Gregorian year. Impossible where a table does not reach.
    """
    if not 1 < year < 9999:
        return None
    rule, _, length = rule.partition(" x")
    days = int(length) if length else 1
    kind, _, rest = rule.partition(" ")
    if kind in ("lunar", "hijri") and "-" not in rest:
        return _month(kind, rest, year)
    first = _first(rule, year)
    if first is None:
        return None
    return v.day(first) if days == 1 else v.days(first, first + timedelta(days - 1), "day")


def _month(kind: str, number: str, year: int) -> Period | None:
    """A whole month of a lunar calendar."""
    if kind == "lunar":
        return v.days(*chinese.month_days(year, int(number.rstrip("+")), number.endswith("+")), "month")
    for hijri_year in (hijri.year_of(date(year, 1, 1)), hijri.year_of(date(year, 12, 31))):
        first, last = hijri.month_days(hijri_year, int(number))
        if first.year == year:
            return v.days(first, last, "month")
    return None


def _first(rule: str, year: int) -> date | None:
    if match := _FIXED.fullmatch(rule):
        return date(year, int(match[1]), int(match[2]))
    kind, _, rest = rule.partition(" ")
    if kind == "easter":
        return easter(year) + timedelta(int(rest or 0))
    if kind == "orthodox":
        return orthodox_easter(year) + timedelta(int(rest or 0))
    if kind == "nth":  # month, weekday, n, days after
        of_month, weekday, place, *offset = map(int, rest.split())
        around = v.month(year, of_month)
        assert around.first and around.last
        if place > 0:
            found = around.first + timedelta((weekday - around.first.isoweekday()) % 7 + 7 * (place - 1))
        else:
            found = around.last - timedelta((around.last.isoweekday() - weekday) % 7 + 7 * (-place - 1))
        return found + timedelta(offset[0] if offset else 0)
    if kind == "lunar":
        month, _, day = rest.partition("-")
        return chinese.day(year, int(month.rstrip("+")), int(day), month.endswith("+"))
    if kind == "lunar-eve":
        return chinese.year_days(year)[0] - timedelta(1)
    if kind == "term":
        number, _, after = rest.partition("+")
        return chinese.term(year, int(number)) + timedelta(int(after or 0))
    if kind == "thai":
        return thai.holy_day(rest, year)
    if kind == "thai-lunar":
        month, _, day = rest.partition("-")
        return thai.day(year, int(month), int(day))
    if kind == "hebrew":
        return hebrew.feast(rest, year)
    if kind == "hindu":  # feast, days after
        name, _, after = rest.partition(" ")
        shown = hindu.feast(name, year)
        return shown + timedelta(int(after or 0)) if shown else None
    if kind == "parsi":  # years of 365 days
        return date(2018, 8, 17) + timedelta(365 * (year - 2018))
    if kind == "hijri":
        hijri_month, hijri_day = map(int, rest.split("-"))
        for hijri_year in (hijri.year_of(date(year, 1, 1)), hijri.year_of(date(year, 12, 31))):
            try:
                found = hijri.day(hijri_year, hijri_month, hijri_day)
            except Impossible:
                continue
            if found.year == year:
                return found
        return None
    return None
