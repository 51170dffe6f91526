"""Builders of points that are counted from another: ago, last week, the same month, three days after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wic.dates.build.slots import Builder, Facts, Slots, worth
from wic.dates.lexicon import Item
from wic.dates.node import Length, Node, Offset, Point, Several, Vague, merge
from wic.dates.value import WEEKDAY_UNITS


def shift(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A duration counted from the anchor: three days ago."""
    body = worth(slots, "length")
    if not isinstance(body, Length):
        return None
    sign = worth(slots, "sign", 1)
    if any(amount < 0 for _, amount in body.amounts):  # a few weeks ago
        return Vague("PAST_REF" if sign < 0 else "FUTURE_REF")
    shifts = []
    for unit, amount in body.amounts:
        if unit in ("hour", "minute", "second"):
            continue
        if amount % 1:
            if unit == "year":
                shifts.append(("year", int(amount) * sign))
                shifts.append(("month", 6 * sign))
                continue
            if unit == "month":
                shifts += [("month", int(amount) * sign), ("day", 15 * sign)]
                continue
            return None
        shifts.append((unit, int(amount) * sign))
    if not shifts:
        shifts = [("day", 0)]
    fixed = {name: worth(slots, name) for name in ("anchor", "mod", "time", "weekday") if name in slots}
    if worth(slots, "exact", False):
        shifts.append(("day", 0))
    return Point(shifts=tuple(shifts), **fixed)


def one_unit(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A bare unit counted once from now."""
    unit = worth(slots, "unit")
    if unit in ("hour", "minute", "second", "quarter", "day"):
        return None
    return Point(shifts=((unit, worth(slots, "sign", 1)),))


def week_weekday(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A weekday of the week before, of this or after."""
    day = next((item.node for item in items if isinstance(item.node, Point)), None)
    return day._replace(shifts=(("week", worth(slots, "which")),)) if day is not None and day.weekday else None


def next_weekday(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A weekday of the week after this."""
    day = worth(slots, "Weekday0")
    return day._replace(shifts=(("week", 1),)) if isinstance(day, Point) and day.weekday else None


def which_weekend(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Point(shifts=(("weekend", worth(slots, "which")),))


def same_of_year(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The month that was named before, in another year."""
    month, year = worth(slots, "MonthRel"), worth(slots, "YearRel")
    if (
        not isinstance(month, Point)
        or not isinstance(year, Point)
        or month.anchor != "previous"
        or month.shifts != (("month", 0),)
    ):
        return None
    return Point(shifts=(*year.shifts, ("month", 0)), anchor="previous")


def offset(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A length counted from a day that is named."""
    made = shift(
        {"length": slots["length"], "sign": -1 if "beforeoff" in slots or "beforez" in slots else 1}, items, facts
    )
    anchor = worth(slots, "point")
    return Offset(anchor, made.shifts) if isinstance(made, Point) and isinstance(anchor, Point) else None


def offset_one(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """One unit before or after a day, month or year that is named: the day after Christmas, the year before 2015."""
    unit, sign = (worth(slots, "dayafter"), 1) if "dayafter" in slots else (worth(slots, "daybefore"), -1)
    anchor = worth(slots, "point")
    if isinstance(slots.get("year"), Item):
        anchor = Point(year=worth(slots, "year"), width=4)
    if not isinstance(anchor, Point):
        return None
    if anchor.granularity in ("month", "year") and anchor.granularity != unit:
        return None
    return Offset(anchor, ((unit, sign),))


def unit_before(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """One unit before or after the date that was named before."""
    unit, sign = (worth(slots, "dayafter"), 1) if "dayafter" in slots else (worth(slots, "daybefore"), -1)
    return Point(shifts=((unit, sign),), anchor="previous")


def weekdays_on(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The n-th of a weekday from the reference date on, or back."""
    unit = tuple(WEEKDAY_UNITS)[worth(slots, "weekdays") - 1]
    return Point(shifts=((unit, worth(slots, "sign", 1) * worth(slots, "n")),)) if worth(slots, "n") else None


def after_next(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The one after the next, or the one before the last: of units, weekends and weekdays."""
    count = 2 * worth(slots, "sign", 1)
    if isinstance(day := worth(slots, "Weekday0"), Point):
        return day._replace(shifts=(("week", count),)) if day.weekday else None
    unit = "weekend" if "weekendword" in slots else worth(slots, "unit")
    if unit in ("hour", "minute", "second"):
        return None
    return Point(shifts=((unit, count),))


def equated(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """An ordinal year and the relative year that it is said to be: two expressions of one value."""
    year = next(item for item in items if isinstance(item.node, Point))
    ordinal = items[-1]
    return Several(((year.start, year.end, year.node), (ordinal.start, ordinal.end, year.node)))


def which_unit(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Last year, this week; "last day" and "next hour" are no days of the calendar."""
    unit, which = worth(slots, "unit"), worth(slots, "which")
    if unit in ("hour", "minute", "second") or (unit == "day" and which):
        return None
    return Point(shifts=((unit, which),))


def day_of_feast(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The n-th day of a feast of several days, in a year that may be named."""
    feast, number = worth(slots, "of"), worth(slots, "nth")
    year = worth(slots, "YearAbs")
    if isinstance(slots.get("year"), Item):
        year = Point(year=worth(slots, "year"), width=4)
    whole = merge(feast, year) if isinstance(year, Point) else feast
    return Offset(whole, (("day", number - 1),)) if isinstance(whole, Point) and 1 <= number <= 10 else None


BUILDERS: Mapping[str, Builder] = {
    "shift": shift,
    "one-unit": one_unit,
    "week-weekday": week_weekday,
    "next-weekday": next_weekday,
    "which-weekend": which_weekend,
    "same-of-year": same_of_year,
    "which-unit": which_unit,
    "offset": offset,
    "offset-one": offset_one,
    "unit-before": unit_before,
    "weekdays-on": weekdays_on,
    "after-next": after_next,
    "day-of-feast": day_of_feast,
    "equated": equated,
}
