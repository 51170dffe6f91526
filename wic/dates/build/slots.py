"""What stands in the slots of a matched rule: the values of words and numbers, and notes such as "year-1 month=6"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wic.dates.lexicon import Item
from wic.dates.node import Length, Node, Point, Recurring, Span, Vague

Slots = Mapping[str, Any]
Facts = Mapping[str, Any]
Builder = Callable[[Slots, Sequence[Item], Facts], Node | None]

_SHIFT = re.compile(r"([a-z]+)([+-]\d+)")


def worth(slots: Slots, name: str, default: Any = None) -> Any:
    """The value in a slot: the node of an item, the value of the class it was matched by, or a constant of the rule."""
    item = slots.get(name)
    if item is None:
        return default
    if not isinstance(item, Item):
        return item
    if item.node is not None:
        return item.node
    kind = slots.get("class:" + name, name)
    if kind in item.values:
        value = item.values[kind]
        return notation(value) if kind == "item" else value
    return item.values.get("n", default)


def notation(text: str) -> Node:
    """The node that a short note in dates.toml means: "year-1 month=6", "PAST_REF", "P1D", "set:P1Y"."""
    if text.endswith("_REF"):
        return Vague(text)
    if text.startswith("set:"):
        return Recurring(text[4:])
    if text.startswith("length:"):
        return Length(
            tuple((unit, float(amount)) for unit, _, amount in (part.partition("=") for part in text[7:].split()))
        )
    if text.startswith("span:"):
        first, _, last = text[5:].partition("/")
        return Span(Point(year=int(first), width=4, era="ce"), Point(year=int(last), width=4, era="ce"))
    point = Point()
    for part in text.split():
        if match := _SHIFT.fullmatch(part):
            point = point._replace(shifts=(*point.shifts, (match[1], int(match[2]))))
            continue
        name, _, value = part.partition("=")
        if name in ("part", "nth"):
            first, _, second = value.partition(":")
            pair: Any = (first, int(second)) if name == "part" else (int(first), second)
            point = point._replace(**{name: pair})
        else:
            field: dict[str, Any] = {name: int(value) if value.lstrip("-").isdigit() else value}
            point = point._replace(**field)
    return point


def as_point(item: Any, kind: str = "") -> Point | None:
    """An end of a range: a point, or a bare number, which is a day (or a year if it has four digits)."""
    if not isinstance(item, Item):
        return None
    if isinstance(item.node, Point):
        return item.node
    if item.node is not None:
        return None
    if kind == "item":
        node = notation(item.values["item"])
        return node if isinstance(node, Point) else None
    if kind in ("yyyy", "yy"):
        return Point(year=item.values["n"], width=item.values["width"])
    if kind in ("mm",):
        return Point(month=item.values["n"])
    if kind == "month":
        return Point(month=item.values["month"])
    if kind == "hmonth":
        return Point(month=item.values["hmonth"], calendar="hijri")
    if kind == "weekday":
        return Point(weekday=item.values["weekday"])
    return Point(day=item.values["n"])
