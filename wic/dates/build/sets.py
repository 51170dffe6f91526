"""Builders of sets: what comes back every day, week, month or year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wic.dates.build.slots import Builder, Facts, Slots, worth
from wic.dates.lexicon import Item
from wic.dates.node import Length, Node, Point, Recurring
from wic.dates.value import duration


def recurring(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A set. Weekdays, days of the month and dates of the year give XXXX values, plain units a period."""
    values: list[str] = []
    if "unit" in slots:
        values.append(duration(((worth(slots, "unit"), float(worth(slots, "n", 1))),)))
    elif isinstance(body := worth(slots, "length"), Length):
        values.append(duration(body.amounts))
    elif isinstance(dated := worth(slots, "point"), Point):
        if dated.holiday:
            return None
        month = f"{dated.month:02}" if dated.month else "XX"
        if dated.weekday and not dated.day:
            values.append(f"XXXX-WXX-{dated.weekday}")
        else:
            values.append(f"XXXX-{month}-{dated.day:02}" if dated.day else f"XXXX-{month}")
    elif "time" in slots:
        values.append(f"XXXX-XX-XX{worth(slots, 'time')}")
    elif "weekend" in slots:
        values.append("XXXX-WXX-WE")
    else:
        for item in items:
            if item.node is None and "weekday" in item.values and worth(slots, "of", "weekday") == "weekday":
                values.append(f"XXXX-WXX-{item.values['weekday']}")
            elif isinstance(item.node, Point) and item.node.weekday and not item.node.day:
                values.append(f"XXXX-WXX-{item.node.weekday}")
            elif item.node is None and "n" in item.values:
                value = item.values["n"]
                if worth(slots, "of") == "weekday":
                    if not 1 <= value <= 7:
                        return None
                    values.append(f"XXXX-WXX-{value}")
                else:
                    values.append(f"XXXX-XX-{value:02}")
            elif isinstance(item.node, Point) and item.node.day and not item.node.month:
                values.append(f"XXXX-XX-{item.node.day:02}")
    return Recurring(",".join(values)) if values else None


def recurring_days(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Days of each month: the 1st and the 16th."""
    days = [item.values["n"] for item in items if "n" in item.values]
    return Recurring(",".join(f"XXXX-XX-{day:02}" for day in days)) if days else None


def recurring_date(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A day or a month of each year."""
    day = worth(slots, "day")
    return Recurring(f"XXXX-{worth(slots, 'month'):02}" + (f"-{day:02}" if day else ""))


def recurring_weekdays(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Weekdays in a list, the later ones perhaps by number alone: 每周二、四."""
    numbers: list[int] = []
    until = False
    for item in items[1:]:
        day = item.values.get("weekday", item.values.get("weekdaybare", item.values.get("n")))
        if isinstance(day, int):
            numbers += range(numbers[-1] + 1, day + 1) if until and numbers and day > numbers[-1] else [day]
            until = False
        elif "to" in item.values:
            until = True
    return Recurring(",".join(f"XXXX-WXX-{day}" for day in numbers)) if all(1 <= day <= 7 for day in numbers) else None


def recurring_plain(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Each unit, or a word that means so with what only underlines it."""
    if "item" in slots:
        found = worth(slots, "item")
        return found if isinstance(found, Recurring) else None
    name = "unit" if "unit" in slots else "shiftunit"
    return recurring({"unit": worth(slots, name)}, items, facts)


def every_weekday(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Weekdays of each week, one or several, in words that may be plural or without their article."""
    if "item" in slots and worth(slots, "item") != Recurring("P1D"):
        return None
    days = []
    for entry in items:
        kinds = [kind for kind in ("weekday", "weekdays", "weekdaybare") if kind in entry.values]
        days += [entry.values[kind] for kind in kinds[:1]]
    return Recurring(",".join(f"XXXX-WXX-{day}" for day in days)) if days else None


def every(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Each so many units; a dual is two of them."""
    if "dual" in slots:
        return recurring({"unit": worth(slots, "dual"), "n": 2}, items, facts)
    return recurring(slots, items, facts)


def recurring_days_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Recurring(f"XXXX-XX-{worth(slots, 'day'):02}") if worth(slots, "unit") == "month" else None


def recurring_at(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A set that comes back at a time of day; each day at nine is XXXX-XX-XXT09:00."""
    days, time = worth(slots, "Set"), worth(slots, "Time")
    if not isinstance(days, Recurring) or not isinstance(time, Point) or time.shifts:
        return None
    value = {"P1D": "XXXX-XX-XX"}.get(days.value, days.value)
    if not value.startswith("XXXX-") or "T" in value:
        return None
    return Recurring(",".join(one + time.time for one in value.split(",")))


BUILDERS: Mapping[str, Builder] = {
    "recurring": recurring,
    "recurring-days": recurring_days,
    "recurring-date": recurring_date,
    "recurring-weekdays": recurring_weekdays,
    "recurring-plain": recurring_plain,
    "every-weekday": every_weekday,
    "every": every,
    "recurring-days-of": recurring_days_of,
    "recurring-at": recurring_at,
}
