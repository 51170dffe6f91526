"""Points in other reckonings of the year: Hijri months, cycles of sixty and twelve, fiscal and academic years."""

from __future__ import annotations

from datetime import date, timedelta

from wic.dates import value as v
from wic.dates.calendars import chinese, hijri
from wic.dates.node import Point
from wic.dates.parts import nth_of
from wic.dates.value import Period


def hijri_in(point: Point, year: int) -> Period:
    if point.month is None:
        return v.days(*hijri.year_days(year), "year")
    if point.day is not None:
        return v.day(hijri.day(year, point.month, point.day))
    first, last = hijri.month_days(year, point.month)
    if point.nth:
        return nth_of(point, v.days(first, last, "month"))
    if point.part and point.part[0] == "third":
        return v.days(
            first + timedelta(10 * point.part[1] - 10),
            last if point.part[1] == 3 else first + timedelta(10 * point.part[1] - 1),
            "third",
        )
    return v.days(first, last, "month")


def cycle(rule: str, reference: date) -> tuple[Period, Period | None]:
    """A year of the Chinese cycle, or a lunar day in it, and the other reading where one is near.

    The one that holds the reference date is meant, else the last before it; near the end of a year also the next.
    """
    _, turn, *day = rule.split()
    length, place = map(int, turn.split("/"))
    year = reference.year - (reference.year - 4 - place) % length
    if day:
        month, number = map(int, day[0].split("-"))
        return v.day(chinese.day(year, month, number)), None
    other = v.days(*chinese.year_days(year + length), "year") if year + length <= reference.year + 1 else None
    return (v.days(*chinese.year_days(year), "year") if year >= chinese.FIRST else v.year(year)), other


def fiscal(point: Point, number: int, starts: tuple[int, int] | None) -> Period:
    """Fiscal or academic year ``number``, or a part of it.

    ``starts`` is the month in which such years begin and how many years before or after the one they are named for
    (Thailand's government: October of the year before); without it the year has a name and no days.
    """
    if starts is None:
        return Period(f"FY{number:04}", None, None, "year")
    month, year = starts
    first = date(number + year, month, 1)
    months, unit = 12, "year"
    if point.part and point.part[0] in ("quarter", "half"):
        months, unit = (3 if point.part[0] == "quarter" else 6), point.part[0]
        first = v.add_months(first, months * (point.part[1] - 1))
    return v.days(first, v.add_months(first, months) - timedelta(1), unit)


def lunar_rule(point: Point) -> str:
    """The rule that reckons a day or month of a lunar calendar (see ``calendars.holidays``)."""
    kind = "lunar" if point.calendar == "lunar" else "thai-lunar"
    leap = "+" if point.leap else ""
    return f"{kind} {point.month}{leap}-{point.day}" if point.day else f"{kind} {point.month}{leap}"
