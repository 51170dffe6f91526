"""Periods of the calendar and their TIMEX3 values, in plain date arithmetic."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import NamedTuple

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
# "three Fridays from now" counts these
WEEKDAY_UNITS = {name: place for place, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)}
SEASON_NAMES = ("SP", "SU", "FA", "WI")


class Period(NamedTuple):
    """Days ``first`` to ``last``, both included, and how they are written. No days where they cannot be known."""

    value: str
    first: date | None
    last: date | None
    granularity: str

    @property
    def range(self) -> bool:
        return "/" in self.value


class Impossible(ValueError):
    """A date that no calendar has, such as 31 February; the message says why."""


@lru_cache(maxsize=4096)
def year(number: int) -> Period:
    if not MINYEAR <= number <= MAXYEAR:
        return Period(bc(1 - number) if number <= 0 else str(number), None, None, "year")
    return Period(f"{number:04}", date(number, 1, 1), date(number, 12, 31), "year")


def bc(number: int) -> str:
    """The value of a year before Christ."""
    return f"BC{number:04}"


@lru_cache(maxsize=4096)
def month(number_of_year: int, number: int) -> Period:
    if not 1 <= number <= 12:
        raise Impossible(f"there is no month {number}")
    if not MINYEAR <= number_of_year <= MAXYEAR:
        return Period(
            f"{bc(1 - number_of_year)}-{number:02}" if number_of_year <= 0 else f"{number_of_year}-{number:02}",
            None,
            None,
            "month",
        )
    last = monthrange(number_of_year, number)[1]
    return Period(
        f"{number_of_year:04}-{number:02}", date(number_of_year, number, 1), date(number_of_year, number, last), "month"
    )


def day(when: date) -> Period:
    return Period(when.isoformat(), when, when, "day")


@lru_cache(maxsize=4096)
def calendar_day(number_of_year: int, number_of_month: int, number: int) -> Period:
    """A day of the Gregorian calendar; Impossible where it does not exist."""
    around = month(number_of_year, number_of_month)
    if around.first is None:
        return Period(f"{around.value}-{number:02}", None, None, "day")
    assert around.last is not None
    if not 1 <= number <= around.last.day:
        raise Impossible(f"{around.value} has {around.last.day} days, not {number}")
    return day(date(number_of_year, number_of_month, number))


def week(monday: date) -> Period:
    """The ISO week that begins on ``monday``."""
    iso = monday.isocalendar()
    return Period(f"{iso.year:04}-W{iso.week:02}", monday, monday + timedelta(6), "week")


def iso_week(number_of_year: int, number: int) -> Period:
    try:
        return week(date.fromisocalendar(number_of_year, number, 1))
    except ValueError:
        raise Impossible(f"{number_of_year} has no week {number}") from None


def weekend(monday: date) -> Period:
    return Period(f"{week(monday).value}-WE", monday + timedelta(5), monday + timedelta(6), "weekend")


def quarter(number_of_year: int, number: int) -> Period:
    if not 1 <= number <= 4:
        raise Impossible(f"there is no quarter {number}")
    first, last = month(number_of_year, 3 * number - 2), month(number_of_year, 3 * number)
    return Period(f"{number_of_year:04}-Q{number}", first.first, last.last, "quarter")


def half(number_of_year: int, number: int) -> Period:
    if not 1 <= number <= 2:
        raise Impossible(f"there is no half {number}")
    first, last = month(number_of_year, 6 * number - 5), month(number_of_year, 6 * number)
    return Period(f"{number_of_year:04}-H{number}", first.first, last.last, "half")


def season(number_of_year: int, number: int) -> Period:
    """A season of three whole months; winter begins in December of the year it is named for. 1 is spring."""
    name = SEASON_NAMES[number - 1]
    start, end = SEASONS[name]
    first, last = month(number_of_year, start), month(number_of_year + (end < start), end)
    return Period(f"{number_of_year:04}-{name}", first.first, last.last, "season")


def decade(first_year: int) -> Period:
    if not MINYEAR <= first_year <= MAXYEAR - 9:
        raise Impossible(f"there is no decade {first_year}")
    return Period(f"{first_year // 10:03}", date(first_year, 1, 1), date(first_year + 9, 12, 31), "decade")


def century(number: int) -> Period:
    """The ``number``-th century, counted as news does: the 19th is 1800–1899. Negative before Christ."""
    if number == 0 or number > 99:
        raise Impossible(f"there is no century {number}")
    if number < 0:
        return Period(f"BC{-number - 1:02}", None, None, "century")
    return Period(f"{number - 1:02}", date(max(1, (number - 1) * 100), 1, 1), date(number * 100 - 1, 12, 31), "century")


def third(around: Period, number: int) -> Period:
    """The first, second or last ten days of a month (上旬, 中旬, 下旬)."""
    assert around.first and around.last
    first = around.first.replace(day=10 * number - 9)
    last = around.last if number == 3 else around.first.replace(day=10 * number)
    return Period(f"{first}/{last}", first, last, "third")


def days(first: date, last: date, granularity: str) -> Period:
    """A stretch of days that has no value of its own in TIMEX3."""
    return Period(f"{first.isoformat()}/{last.isoformat()}", first, last, granularity)


def add_months(when: date, count: int) -> date:
    """The same day ``count`` months on, or the last day of a shorter month."""
    total = when.year * 12 + when.month - 1 + count
    number_of_year, number = divmod(total, 12)
    if not MINYEAR <= number_of_year <= MAXYEAR:
        raise Impossible("the date is beyond the calendar")
    return date(number_of_year, number + 1, min(when.day, monthrange(number_of_year, number + 1)[1]))


def add_days(when: date, count: int) -> date:
    try:
        return when + timedelta(count)
    except OverflowError:
        raise Impossible("the date is beyond the calendar") from None


def monday_of(when: date) -> date:
    return when - timedelta(when.weekday())


def around(when: date, unit: str) -> Period:
    """The period of a unit that holds a day."""
    if unit == "day":
        return day(when)
    if unit == "week":
        return week(monday_of(when))
    if unit == "weekend":
        return weekend(monday_of(when))
    if unit == "month":
        return month(when.year, when.month)
    if unit == "quarter":
        return quarter(when.year, (when.month + 2) // 3)
    if unit == "half":
        return half(when.year, 1 if when.month <= 6 else 2)
    if unit == "year":
        return year(when.year)
    if unit == "decade":
        return decade(when.year // 10 * 10)
    if unit == "century":
        return century(when.year // 100 + 1)
    raise ValueError(unit)


def shifted(when: date, unit: str, count: int) -> date:
    """A day ``count`` units away."""
    if unit == "day":
        return add_days(when, count)
    if unit in ("week", "weekend"):
        return add_days(when, 7 * count)
    if unit in WEEKDAY_UNITS:  # the n-th such weekday after the day, or before it
        ahead = (WEEKDAY_UNITS[unit] - when.isoweekday()) % 7 or 7
        return add_days(when, ahead + 7 * (count - 1) if count > 0 else (ahead - 7 or -7) + 7 * (count + 1))
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
    return add_months(when, months[unit] * count)


def duration(amounts: tuple[tuple[str, float], ...]) -> str:
    """The value of a duration: P2Y6M, PT30M, P1W2D is written P9D; decades and centuries are years."""
    if any(amount < 0 for _, amount in amounts):  # a number that the text leaves open
        unit = amounts[0][0]
        letter = {"decade": "DE", "century": "CE", "hour": "H", "minute": "M", "second": "S"}.get(unit, unit[0].upper())
        return f"PT{'X'}{letter}" if unit in ("hour", "minute", "second") else f"PX{letter}"
    total: dict[str, float] = {}
    scale = {
        "decade": ("Y", 10),
        "century": ("Y", 100),
        "year": ("Y", 1),
        "half": ("M", 6),
        "quarter": ("M", 3),
        "month": ("M", 1),
    }
    scale |= {
        "week": ("W", 1),
        "day": ("D", 1),
        "hour": ("h", 1),
        "minute": ("m", 1),
        "second": ("s", 1),
        "night": ("D", 1),
        "weekend": ("WE", 1),
    }
    for unit, amount in amounts:
        letter, factor = scale[unit]
        total[letter] = total.get(letter, 0) + amount * factor
    if (years := total.get("Y", 0)) % 1 == 0.5:
        total["M"] = total.get("M", 0) + years % 1 * 12
        total["Y"] = years // 1
    if "W" in total and len(total) > 1:
        total["D"] = total.get("D", 0) + 7 * total.pop("W")
    text = "P" + "".join(
        f"{_plain(total[letter])}{letter}" for letter in ("Y", "M", "W", "D", "WE") if total.get(letter)
    )
    clock = "".join(f"{_plain(total[letter])}{letter.upper()}" for letter in ("h", "m", "s") if total.get(letter))
    return text + (f"T{clock}" if clock else "")


def _plain(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")
