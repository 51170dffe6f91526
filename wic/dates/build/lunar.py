"""Builders for the Chinese and Thai lunar calendars and the cycles of sixty and twelve years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wic.dates.build.points import point
from wic.dates.build.slots import Builder, Facts, Slots, worth
from wic.dates.lexicon import Item
from wic.dates.node import Node, Point


def to_lunar(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    day = worth(slots, "Day")
    return day._replace(calendar="lunar") if isinstance(day, Point) and not day.calendar and day.month else None


def chuyi(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A lunar day whose 初 was read with 月."""
    if worth(slots, "monthmod") != "START" or not 1 <= worth(slots, "day") <= 10 or slots["month"].values["width"]:
        return None
    return point(
        {**{name: item for name, item in slots.items() if "monthmod" not in name}, "calendar": "lunar"}, items, facts
    )


def lunar_plain(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Month and day in Chinese characters without the day's counter: lunar where the day is a feast or uses 廿."""
    month, day = worth(slots, "month"), worth(slots, "day")
    if slots["month"].values["width"] or (
        (month, day) not in ((7, 15), (8, 15)) and not slots["day"].values.get("nian")
    ):
        return None
    return point({**slots, "calendar": "lunar"}, items, facts)


def leap_month(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    made = point({**slots, "calendar": "lunar"}, items, facts)
    return made._replace(leap=True) if isinstance(made, Point) else None


def waning(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A day of the waning moon: the first is the sixteenth of the month."""
    made = point(slots, items, facts)
    return made._replace(day=made.day + 15) if isinstance(made, Point) and made.day else None


def cycle_year(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year of the cycle of sixty (ganzhi) or twelve (animals), as "cycle length/place" for the resolver."""
    if "ganzhi" in slots:
        return Point(holiday=f"cycle 60/{worth(slots, 'ganzhi')}")
    return Point(holiday=f"cycle 12/{worth(slots, 'zodiacyear')}")


def cycle_day(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A lunar day of a year of the cycle."""
    if worth(slots, "monthmod") not in (None, "START"):
        return None
    year = cycle_year(slots, items, facts)
    assert isinstance(year, Point)
    return Point(holiday=f"{year.holiday} {worth(slots, 'month')}-{worth(slots, 'day')}")


BUILDERS: Mapping[str, Builder] = {
    "to-lunar": to_lunar,
    "lunar-first-days": chuyi,
    "lunar-plain": lunar_plain,
    "leap-month": leap_month,
    "waning": waning,
    "cycle-year": cycle_year,
    "cycle-day": cycle_day,
}
