"""Builders of lists, whose members are expressions of their own, and of days said twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wic.dates.build.points import point
from wic.dates.build.slots import Builder, Facts, Slots, as_point, worth
from wic.dates.lexicon import Item
from wic.dates.node import Node, Point, Same, Several, inherit, merge


def several(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Members of a list. Bare numbers are days, or years beside a year; what one lacks comes from its neighbours."""
    head = worth(slots, "head")
    kinds = [
        kind
        for kind in ("yyyy", "yy", "mm", "dd")
        if kind in (slots.get("class:a"), slots.get("class:b"), slots.get("member"))
    ]
    member = slots.get("member") or (kinds[0] if kinds else "dd")
    places: list[tuple[int, int, Point]] = []
    ends = worth(slots, "list_ends", False)
    for item in items:
        if isinstance(item.node, Point):
            places.append((item.start, item.end, item.node))
        elif "n" in item.values and item.node is None:
            value = as_point(item, member)
            if value is not None:
                places.append((item.start, item.end, value))
        elif "month" in item.values and slots.get("member") == "month":
            places.append((item.start, item.end, Point(month=item.values["month"])))
        elif "weekday" in item.values and slots.get("member") == "weekday":
            places.append((item.start, item.end, Point(weekday=item.values["weekday"])))
    if isinstance(head, Point):
        places = places[1:]
        if not places:
            return None
        places = [(start, end, inherit(node, head)) for start, end, node in places]
    if len(places) < 2 or (ends and len(places) != 2):
        return None
    start = items[0].start
    places[0] = (start, places[0][1], places[0][2])
    places[-1] = (places[-1][0], items[-1].end, places[-1][2])
    nodes = [node for _, _, node in places]
    for place in range(len(nodes) - 2, -1, -1):
        nodes[place] = inherit(nodes[place], nodes[place + 1])
    for place in range(1, len(nodes)):
        nodes[place] = inherit(nodes[place], nodes[place - 1])
    return Several(tuple((start, end, node) for (start, end, _), node in zip(places, nodes, strict=True)))


def day_list(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Days under a common month (and year), each a member of its own: the 1st, 15th and 22nd of December."""
    head = point(
        {name: item for name, item in slots.items() if name not in ("a", "b", "dd", "class:a", "class:b", "weekday")},
        items,
        facts,
    )
    if not isinstance(head, Point) or head.month is None:
        return None
    bare = [item for item in items if item.node is None and "n" in item.values and "month" not in item.values]
    if isinstance(slots.get("year"), Item):
        bare = [item for item in bare if item is not slots["year"]]
    if isinstance(slots.get("month"), Item):
        bare = [item for item in bare if item is not slots["month"]]
    if len(bare) < 2:
        return None
    members = [(item.start, item.end, head._replace(day=item.values["n"])) for item in bare]
    members[0] = (items[0].start, members[0][1], members[0][2])
    members[-1] = (members[-1][0], items[-1].end, members[-1][2])
    return Several(tuple(members))


def same(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """One day said twice."""
    first, second = (as_point(slots.get(name), slots.get("class:" + name, "")) for name in "ab")
    if first is None or second is None:
        return None
    if first.calendar != second.calendar or first.shifts or second.shifts or first.holiday or second.holiday:
        return Same(first, second)
    both = merge(first, second)
    return both if both is not None else Same(first, second)


def two_calendars(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """One day in two calendars."""
    first, second = worth(slots, "a"), worth(slots, "b")
    if not isinstance(first, Point) or not isinstance(second, Point) or first.calendar == second.calendar:
        return None
    return Same(first, second)


BUILDERS: Mapping[str, Builder] = {
    "several": several,
    "day-list": day_list,
    "same": same,
    "two-calendars": two_calendars,
}
