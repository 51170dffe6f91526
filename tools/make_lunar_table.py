"""Makes wic/dates/calendars/chinese.tsv: the Chinese calendar of 1900–2100 from the positions of sun and moon.

Run: uv run --with ephem python tools/make_lunar_table.py

The rules are those of GB/T 33661-2017: a month begins on the day of the new moon, the month with the winter solstice is the
eleventh, and of thirteen months between two solstices the first without a major solar term is the leap month. Days are
counted at UTC+8, from 1914 to 1928 at the mean solar time of Beijing (116°25' E), as the almanacs did. Positions come
from ephem (MIT licence), which is needed only here. All 2,486 months agree with sxtwl 2.0.7; of the 4,824 terms three
(1917, 1927, 1928, all within minutes of midnight) differ from sxtwl and agree with cnlunar 0.2.5.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta
from math import pi
from pathlib import Path

import ephem

FIRST, LAST = 1900, 2100
OUT = Path(__file__).parent.parent / "wic/dates/calendars/chinese.tsv"
# 冬至 of 1951 fell within seconds of midnight; ephem puts it 3 s before, the almanac after.
ALMANAC = {date(1951, 12, 22): date(1951, 12, 23)}


def local_day(moment: float) -> date:
    """The civil day in China of a moment in ephem's days."""
    when: datetime = ephem.Date(moment).datetime()
    mean_time = datetime(1914, 1, 1) <= when < datetime(1928, 12, 31, 16)
    shift = timedelta(hours=7, minutes=45, seconds=40) if mean_time else timedelta(hours=8)
    return (when + shift).date()


def longitude(moment: float) -> float:
    """The apparent longitude of the sun in degrees, of the equinox of date."""
    sun = ephem.Sun(ephem.Date(moment))
    return (
        float(
            ephem.Ecliptic(
                ephem.Equatorial(sun.g_ra, sun.g_dec, epoch=ephem.Date(moment)), epoch=ephem.Date(moment)
            ).lon
        )
        * 180
        / pi
    )


def term_moment(year: int, number: int) -> float:
    """When the sun reaches solar term ``number`` of a Gregorian year: 1 is 小寒 (285°), 24 is 冬至 (270°)."""
    target = (270 + 15 * number) % 360
    low = float(ephem.Date(datetime(year, 1, 1))) + 15.218 * (number - 1) - 2
    high = low + 14

    def reached(moment: float) -> bool:
        return (longitude(moment) - target) % 360 < 180

    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def terms(year: int) -> list[date]:
    found = [local_day(term_moment(year, number)) for number in range(1, 25)]
    return [ALMANAC.get(day, day) for day in found]


def new_moons(start: datetime, end: datetime) -> list[date]:
    found, moment = [], ephem.Date(start)
    while True:
        moment = ephem.next_new_moon(moment)
        if moment.datetime() > end:
            return found
        found.append(local_day(float(moment)))
        moment = ephem.Date(moment + 1)


def months(moons: list[date], solar: dict[int, list[date]]) -> dict[int, list[tuple[int, bool, date]]]:
    """Months (number, leap, first day) by lunar year, from new moon days and solar terms by Gregorian year."""
    major = sorted(day for year in solar.values() for day in year[1::2])  # 大寒, 雨水 … 冬至
    by_year: dict[int, list[tuple[int, bool, date]]] = {}
    for year in range(FIRST - 1, LAST + 1):
        start = bisect_right(moons, solar[year][23]) - 1
        end = bisect_right(moons, solar[year + 1][23]) - 1
        leap_needed = end - start == 13
        number = 11
        for place in range(start, end):
            first, following = moons[place], moons[place + 1]
            has_major = any(first <= day < following for day in major[bisect_right(major, first) - 1 :][:3])
            leap = leap_needed and not has_major and place > start
            if leap:
                leap_needed = False
                number_here = (number - 2) % 12 + 1
            else:
                number_here = number
                number = number % 12 + 1
            lunar_year = year if number_here >= 11 and place - start < 4 else year + 1
            by_year.setdefault(lunar_year, []).append((number_here, leap, first))
    return by_year


def main() -> None:
    solar = {year: terms(year) for year in range(FIRST - 1, LAST + 2)}
    moons = new_moons(datetime(FIRST - 2, 11, 1), datetime(LAST + 2, 3, 1))
    by_year = months(moons, solar)
    lines = [
        "# The Chinese calendar, made by tools/make_lunar_table.py; facts, no rights claimed.",
        "# year, first day of the first lunar month, leap month (0: none), lengths of the months in order, days of the month of the 24 solar terms",
    ]
    for year in range(FIRST, LAST + 1):
        own = sorted(by_year[year], key=lambda month: month[2])
        following = sorted(by_year.get(year + 1, []), key=lambda month: month[2])
        ends = [month[2] for month in own[1:]] + [
            following[0][2] if following else moons[bisect_right(moons, own[-1][2])]
        ]
        lengths = " ".join(str((end - month[2]).days) for month, end in zip(own, ends, strict=True))
        leap = next((number for number, is_leap, _ in own if is_leap), 0)
        days = " ".join(str(day.day) for day in solar[year])
        lines.append(f"{year}\t{own[0][2].isoformat()}\t{leap}\t{lengths}\t{days}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
