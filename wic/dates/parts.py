"""Parts of periods: a month of a year, a day of a month, the second Wednesday of October; and values with gaps."""

from __future__ import annotations

from datetime import date, timedelta

from wic.dates import value as v
from wic.dates.node import Point
from wic.dates.value import Impossible, Period


def narrow(point: Point, around: Period) -> Period:
    """The part of ``around`` that the point names: a month of the year, a day of the month …"""
    if around.first is None:
        if around.granularity == "year" and point.month is not None:
            suffix = f"-{point.month:02}" + (f"-{point.day:02}" if point.day is not None else "")
            return Period(around.value + suffix, None, None, "day" if point.day else "month")
        return around
    assert around.last is not None
    found = around
    year = around.first.year
    if point.month is not None:
        found = v.month(year, point.month)
    if point.part is not None:
        found = part_of(point.part, found)
    if point.nth is not None:
        found = nth_of(point, found)
    elif point.day is not None:
        if point.month is None and found.granularity != "month":
            raise Impossible("a day needs a month")
        assert found.first is not None
        found = v.calendar_day(found.first.year, found.first.month, point.day)
    elif point.weekday is not None:
        assert found.first is not None
        ahead = (point.weekday - found.first.isoweekday()) % 7
        found = v.day(found.first + timedelta(ahead))
    return found


def part_of(part: tuple[str, int], around: Period) -> Period:
    unit, number = part
    assert around.first is not None and around.last is not None
    year = around.first.year
    if unit == "quarter":
        return v.quarter(year, number)
    if unit == "half":
        if around.granularity == "month":
            middle = around.first.replace(day=15)
            return (
                v.days(around.first, middle, "half")
                if number == 1
                else v.days(middle + timedelta(1), around.last, "half")
            )
        if around.granularity == "decade":
            middle_year = around.first.year + 5
            return (
                v.days(around.first, date(middle_year - 1, 12, 31), "half")
                if number == 1
                else v.days(date(middle_year, 1, 1), around.last, "half")
            )
        return v.half(year, number)
    if unit == "season":
        return v.season(year, number)
    if unit == "third":
        return v.third(around if around.granularity == "month" else v.month(year, around.first.month), number)
    if unit == "week":
        if around.granularity == "year":
            return v.iso_week(year, number)
        return nth_of(Point(nth=(number, "week")), around)
    if unit == "weekend":
        return v.weekend(v.monday_of(around.first))
    raise ValueError(unit)


def nth_of(point: Point, around: Period) -> Period:
    """The n-th day, weekday, week, weekend, month or quarter of a period; negative counts from its end."""
    assert point.nth is not None and around.first is not None and around.last is not None
    number, unit = point.nth
    if (unit == "day" and point.weekday is not None) or unit == "weekday":
        weekday = point.weekday or number
        first = around.first + timedelta((weekday - around.first.isoweekday()) % 7)
        last = around.last - timedelta((around.last.isoweekday() - weekday) % 7)
        when = first + timedelta(7 * (number - 1)) if number > 0 else last + timedelta(7 * (number + 1))
        if not around.first <= when <= around.last:
            raise Impossible(f"{around.value} has no such weekday")
        return v.day(when)
    if unit == "day":
        when = around.first + timedelta(number - 1) if number > 0 else around.last + timedelta(number + 1)
        return v.day(when)
    if unit in ("week", "weekend"):
        # The first week of a period is the first that has most of its days (Thursday) in it, as in ISO 8601.
        thursday = around.first + timedelta((4 - around.first.isoweekday()) % 7)
        final = around.last - timedelta((around.last.isoweekday() - 4) % 7)
        when = thursday + timedelta(7 * (number - 1)) if number > 0 else final + timedelta(7 * (number + 1))
        return v.around(when, unit)
    start = around.first if number > 0 else around.last
    return v.around(v.shifted(start, unit, number - 1 if number > 0 else number + 1), unit)


def unanchored(point: Point) -> Period:
    """The value of a relative point when nothing says when "now" is."""
    shape = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "year": "XXXX"}
    if point.month is not None:
        return Period(
            f"XXXX-{point.month:02}" + (f"-{point.day:02}" if point.day else ""),
            None,
            None,
            "day" if point.day else "month",
        )
    if point.weekday is not None and point.day is None:
        return Period(f"XXXX-WXX-{point.weekday}", None, None, "day")
    if point.day is not None:
        return Period(f"XXXX-XX-{point.day:02}", None, None, "day")
    if point.part is not None:
        return Period(_part_value("XXXX", point.part), None, None, point.part[0])
    unit = point.shifts[-1][0] if point.shifts else "day"
    return Period(shape.get(unit, "XXXX"), None, None, unit)


def in_year(point: Point, year: int) -> Period | None:
    try:
        return narrow(point._replace(year=None, era=""), v.year(year))
    except Impossible:
        return None


def underspecified(point: Point) -> Period:
    if point.holiday:
        return Period("XXXX", None, None, "day")
    if point.month is not None:
        if not 1 <= point.month <= 12:
            raise Impossible(f"there is no month {point.month}")
        value = f"XXXX-{point.month:02}"
        if point.day is not None:
            longest = 29 if point.month == 2 else 30 if point.month in (4, 6, 9, 11) else 31
            if not 1 <= point.day <= longest:
                raise Impossible(f"no month {point.month} has a day {point.day}")
            return Period(f"{value}-{point.day:02}", None, None, "day")
        return Period(value, None, None, "month")
    if point.day is not None:
        return Period(f"XXXX-XX-{point.day:02}", None, None, "day")
    if point.weekday is not None:
        return Period(f"XXXX-WXX-{point.weekday}", None, None, "day")
    if point.part is not None:
        return Period(_part_value("XXXX", point.part), None, None, point.part[0])
    return Period("XXXX", None, None, point.granularity)


def _part_value(year: str, part: tuple[str, int]) -> str:
    unit, number = part
    if unit == "quarter":
        return f"{year}-Q{number}"
    if unit == "half":
        return f"{year}-H{number}"
    if unit == "season":
        return f"{year}-{v.SEASON_NAMES[number - 1]}"
    if unit == "week":
        return f"{year}-W{number:02}"
    if unit == "weekend":
        return f"{year}-WXX-WE"
    return year


def possible_day(year: int, month: int, day: int) -> Period | None:
    try:
        return v.calendar_day(year, month, day)
    except Impossible:
        return None
