"""Builders of counted places in a period: the second Wednesday of October, the last week of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wic.dates.build.slots import Builder, Facts, Slots, worth
from wic.dates.lexicon import Item
from wic.dates.node import Node, Point, merge


def nth(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The n-th (or last) day, weekday, week, weekend or month of a period; "the month" is the present one."""
    around = next((item.node for item in reversed(items) if isinstance(item.node, Point)), None)
    if "around" in slots:
        around = Point(shifts=((worth(slots, "around"), worth(slots, "which", 0)),))
    if around is None or around.day is not None or around.nth or around.weekday:
        return None
    number = -2 if "penult" in slots else -1 if "finalw" in slots and "ord" not in slots else worth(slots, "ord")
    if "finalw" in slots and "ord" in slots:  # the second last week
        number = -number
    day = worth(slots, "Weekday")
    if isinstance(day, Point):
        return around._replace(nth=(number, "day"), weekday=day.weekday) if day.weekday and not day.day else None
    unit = "weekend" if "weekendword" in slots else worth(slots, "unit")
    if unit not in ("day", "week", "weekend", "month", "quarter"):
        return None
    if unit == "quarter" and number > 0:
        return around._replace(part=("quarter", number))
    return around._replace(nth=(number, unit))


def counted(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The n-th unit of a period that is to come before it; alone it means nothing."""
    number = worth(slots, "nth", 1)
    return Point(nth=(number, worth(slots, "of"))) if 1 <= number <= 366 else None


def last_counted(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The last unit of a period."""
    number = worth(slots, "n", 1)
    return Point(nth=(-1, worth(slots, "of"))) if number == 1 else None


def counted_weekday(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The n-th or last weekday of a period."""
    number = -1 if "finalz" in slots else worth(slots, "n", 1)
    return Point(nth=(number, "day"), weekday=worth(slots, "weekday")) if number <= 5 else None


def counted_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A counted place joined to its period."""
    points = [item.node for item in items if isinstance(item.node, Point)]
    if len(points) != 2 or not points[1].nth or points[0].nth or points[0].day or points[1].month:
        return None
    return merge(*points)


def counted_in(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The n-th or last unit or weekday of a period, in a language that may put the count after the noun."""
    around = next(
        (item.node for item in reversed(items) if isinstance(item.node, Point) and item is not slots.get("Weekday0")),
        None,
    )
    if "around" in slots:
        around = Point(shifts=((worth(slots, "around"), 0),))
    if around is None or around.day is not None or around.nth or around.weekday:
        return None
    number = worth(slots, "ord") if "ord" in slots else -1
    weekday = worth(slots, "weekdaybare")
    if isinstance(day := worth(slots, "Weekday0"), Point):
        weekday = day.weekday
    if weekday:
        return around._replace(nth=(number, "day"), weekday=weekday)
    unit = worth(slots, "unit")
    if unit not in ("day", "week", "month"):
        return None
    return around._replace(nth=(number, unit))


BUILDERS: Mapping[str, Builder] = {
    "nth": nth,
    "counted": counted,
    "last-counted": last_counted,
    "counted-weekday": counted_weekday,
    "counted-of": counted_of,
    "counted-in": counted_in,
}
