"""The Hebrew calendar by its arithmetic, as far as feasts need it (Reingold and Dershowitz, Calendrical Calculations)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from wic.dates.value import Impossible

EPOCH = -1373427
"""The ordinal of 1 Tishri of the year 1."""

MONTHS = ["tishri", "heshvan", "kislev", "tevet", "shevat", "adar", "nisan", "iyar", "sivan", "tammuz", "av", "elul"]


def _elapsed(year: int) -> int:
    """Days from the epoch to the new year by the mean moon, put off where it would fall on Sunday, Wednesday or Friday."""
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


@cache
def new_year(year: int) -> int:
    """The ordinal of 1 Tishri, put off further where a year would be too long or too short."""
    before, this, after = (_elapsed(number) for number in (year - 1, year, year + 1))
    return EPOCH + this + (2 if after - this == 356 else 1 if this - before == 382 else 0)


def _starts(year: int) -> dict[str, int]:
    """The ordinal of the first of each month; Adar is the second one of a leap year."""
    length = new_year(year + 1) - new_year(year)
    days = [30, 30 if length % 10 == 5 else 29, 29 if length % 10 == 3 else 30, 29, 30]
    adar = new_year(year) + sum(days) + (30 if length > 360 else 0)
    starts = {name: new_year(year) + sum(days[:place]) for place, name in enumerate(MONTHS[:5])}
    starts["adar"] = adar
    for place, name in enumerate(MONTHS[6:]):
        starts[name] = adar + 29 + sum(29 + (number + 1) % 2 for number in range(place))
    return starts


def day(year: int, month: str, number: int) -> date:
    """The day (from its morning) of a Hebrew month that falls in a Gregorian year."""
    for hebrew in (year + 3760, year + 3761):
        found = date.fromordinal(_starts(hebrew)[month] + number - 1)
        if found.year == year:
            return found
    raise Impossible(f"{number} {month} does not fall in {year}")


def feast(rule: str, year: int) -> date:
    """A feast, such as "tishri-10"; a "~" after it puts a fast that falls on a Saturday off to Sunday, and "!" moves
    Israel's Independence Day away from the Sabbath and its eve."""
    month, _, number = rule.rstrip("~!").partition("-")
    found = day(year, month, int(number))
    if rule.endswith("~"):
        return found + timedelta(found.isoweekday() == 6)
    if rule.endswith("!"):
        return found + timedelta({5: -1, 6: -2, 1: 1}.get(found.isoweekday(), 0))
    return found
