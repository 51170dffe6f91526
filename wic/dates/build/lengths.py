"""Builders of durations."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from wic.dates.build.slots import Builder, Facts, Slots, notation, worth
from wic.dates.lexicon import Item
from wic.dates.node import Length, Node, Point, Vague


def length(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A duration: numbers and units in turn; ``mod`` for more than, less than, about."""
    amounts: list[tuple[str, float]] = []
    most: list[tuple[str, float]] = []
    number: float | None = worth(slots, "count") if not isinstance(slots.get("count"), Item) else None
    for item in items:
        if isinstance(item.node, Length):
            amounts += item.node.amounts
            most += item.node.most
        elif "item" in item.values and item.values["item"].startswith("length:"):
            node = notation(item.values["item"])
            assert isinstance(node, Length)
            amounts += node.amounts
        elif "decimal" in item.values:
            number = float(item.values["decimal"])
        elif "unit" in item.values and number is not None:
            if item.values["unit"] != "year" and any(
                1800 <= one.values.get("n", 0) <= 2700 and one.values.get("width") == 4 for one in items
            ):
                return None  # "20 January 2001, day …": a year, not a number of days
            amounts.append((item.values["unit"], number))
            if "pair" in slots and isinstance(slots["pair"], Item):
                most.append((item.values["unit"], float(slots["pair"].values["pair"][1])))
            number = None
        elif "dual" in item.values:
            amounts.append((item.values["dual"], 2.0))
        elif "halfword" in item.values and amounts:
            amounts[-1] = (amounts[-1][0], amounts[-1][1] + 0.5)
        elif "halfof" in item.values:
            number = 0.5
        elif "quarterof" in item.values:
            number = 0.25
        elif "n" in item.values:
            number = item.values["n"]
    if "unit" in slots and "count" in slots and not isinstance(slots["count"], Item):
        amounts = []
    if not amounts and "unit" in slots:
        amounts = [(worth(slots, "unit"), float(worth(slots, "count", worth(slots, "n", 1))))]
    return Length(tuple(amounts), worth(slots, "mod", ""), tuple(most)) if amounts else None


def length_sum(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Lengths in a row, from long units to short ones."""
    order = (
        "century",
        "decade",
        "year",
        "half",
        "quarter",
        "month",
        "week",
        "day",
        "night",
        "hour",
        "minute",
        "second",
    )
    amounts: list[tuple[str, float]] = []
    mod = ""
    for item in items:
        if isinstance(item.node, Length):
            amounts += item.node.amounts
            mod = mod or item.node.mod
    places = [order.index(unit) for unit, _ in amounts if unit in order]
    if len(places) != len(amounts) or any(after <= before for before, after in itertools.pairwise(places)):
        return None
    return Length(tuple(amounts), mod)


def over_length(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """More than a length, or than one unit."""
    body = worth(slots, "Duration")
    if isinstance(body, Length):
        return Length(body.amounts, worth(slots, "mod"), body.most)
    unit = worth(slots, "unit")
    return Length(((unit, 1.0),), worth(slots, "mod")) if isinstance(unit, str) else None


def last_units(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The last or next so many units, as the length they have."""
    if isinstance(body := worth(slots, "Duration"), Length):
        return body
    if "dual" in slots:
        return Length(((worth(slots, "dual"), 2.0),))
    return Length(((worth(slots, "unit"), float(worth(slots, "n", 1))),))


def past_length(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A length after a word for the past or the future, but not for the present."""
    if any(isinstance(item.node, Vague) and item.node.value == "PRESENT_REF" for item in items):
        return None
    return next(item.node for item in items if isinstance(item.node, Length))


def half_more(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A number of units and a half."""
    return Length(((worth(slots, "unit"), worth(slots, "n", 1) + 0.5),))


def half_months(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Length((("month", worth(slots, "n", 0) + 0.5),))


def days_counted(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Days counted from now or a time limit; more than ten, and a day of the month is meant."""
    count = worth(slots, "n")
    if not 1 <= count <= 10:
        return None
    if "neiword" in slots:
        return Length((("day", float(count)),))
    return Point(shifts=(("day", count if "afterz" in slots else -count),))


def within_length(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A time limit, as the length that it has."""
    return Length(((worth(slots, "unit", "day"), float(worth(slots, "n3"))),))


BUILDERS: Mapping[str, Builder] = {
    "length": length,
    "length-sum": length_sum,
    "over-length": over_length,
    "last-units": last_units,
    "past-length": past_length,
    "half-more": half_more,
    "half-months": half_months,
    "days-counted": days_counted,
    "within-length": within_length,
}
