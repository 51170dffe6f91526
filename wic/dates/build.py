"""What a rule makes of its slots: each builder turns named slots into a node, or into None to refuse."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from wic.dates.lexicon import Item
from wic.dates.node import (
    Length,
    Node,
    Nothing,
    Offset,
    Point,
    Recurring,
    Same,
    Several,
    Span,
    Vague,
    inherit,
    merge,
)

from wic.dates.numerals import joined

Slots = Mapping[str, Any]
Facts = Mapping[str, Any]
GRANULARITIES = (
    "century", "decade", "year", "half", "quarter", "season", "month", "third", "week", "weekend", "day", "weekday",
    "holiday", "time",
)  # fmt: skip


def classes_of(node: Node) -> frozenset[str]:
    """The classes that rules of later stages see: Point with its granularity, Range, Duration, Set, Ref …

    For points: ``Month`` any month, ``MonthY`` one whose year is settled, ``Month0`` one without; ``MonthRel`` and
    ``MonthAbs`` for relative and plain ones, ``Timed`` where a time of day is attached, ``Modded`` for early/mid/late.
    """
    if isinstance(node, Point):
        name = node.granularity.capitalize()
        names = {"Point", name, f"{name}{'Y' if node.has_year else '0'}", f"{name}{'Rel' if node.shifts else 'Abs'}"}
        if node.time and name != "Time":
            names.add("Timed")
        if node.mod:
            names.add("Modded")
        return frozenset(names)
    kind = {
        Span: "Range",
        Length: "Duration",
        Recurring: "Set",
        Vague: "Ref",
        Same: "Same",
        Several: "Several",
        Offset: "Offset",
        Nothing: "Nothing",
    }
    return frozenset({kind[type(node)]})


def item_shapes() -> Iterator[frozenset[str]]:
    """All that ``classes_of`` can answer."""
    for granularity in GRANULARITIES:
        name = granularity.capitalize()
        for known in "Y0":
            for kind in (f"{name}Rel", f"{name}Abs"):
                for extra in ((), ("Timed",), ("Modded",), ("Timed", "Modded")):
                    yield frozenset({"Point", name, name + known, kind, *extra})
    for name in ("Range", "Duration", "Set", "Ref", "Same", "Several", "Offset", "Nothing"):
        yield frozenset({name})


_SHIFT = re.compile(r"([a-z]+)([+-]\d+)")


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
        return Span(*(Point(year=int(year), width=4, era="ce") for year in text[5:].split("/")))
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
            point = point._replace(**{name: int(value) if value.lstrip("-").isdigit() else value})
    return point


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


def point(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A point of all slots: those that hold points are merged, the others name a field."""
    made: Point | None = Point()
    names = [name for name in slots if not name.startswith("class:")]
    names.sort(key=lambda name: not (isinstance(slots[name], Item) and isinstance(slots[name].node, Point)))
    for name in names:
        if made is None:
            return None
        item, value = slots[name], worth(slots, name)
        if name == "item" and isinstance(value, str):
            value = notation(value)
        if isinstance(value, Point):
            made = merge(made, value)
        elif name in ("year", "glued"):
            width = item.values.get("width", 0) if isinstance(item, Item) else 4
            if name == "glued" and not 1000 <= value <= 2999:
                return None
            made = merge(made, Point(year=value, width=width))
        elif name == "month":
            made = merge(made, _month(slots, value))
        elif name in (
            "day",
            "weekday",
            "which",
            "era",
            "time",
            "mod",
            "holiday",
            "calendar",
            "century",
            "decade",
            "leap",
            "fiscal",
            "anchor",
        ):
            taken = (name == "mod" and made.mod) or (name == "time" and made.time)
            made = made._replace(**{name: value}) if value not in (None, "") and not taken else made
        elif name in ("quarter", "half", "third", "week", "season", "weekend"):
            made = made._replace(part=(name, value))
        elif name == "unit" and value:
            if value in ("hour", "minute", "second", "night"):
                return None
            sign, count = worth(slots, "sign", 1), worth(slots, "n", 1)
            if "which" in slots or "step" in slots:
                count, sign = worth(slots, "which", worth(slots, "step")), 1
            made = made._replace(shifts=(*made.shifts, (value, sign * count)))
        elif name == "nth":
            made = made._replace(nth=(value, worth(slots, "of", "day")))
        elif name == "ymd8":
            made = Point(year=value // 10000, width=4, era="", month=value // 100 % 100, day=value % 100)
    if made is None or made == Point():
        return None
    if "which" in slots and "unit" in slots:
        made = made._replace(which=None)
    if made.fiscal and made.which is not None:
        made = made._replace(which=None, shifts=(("year", made.which),))
    if made.era == "hijri":
        made = made._replace(era="", calendar="hijri")
    if made.era and made.year is None:
        return None
    return made


def _month(slots: Slots, value: Any) -> Point:
    """The month in a slot; the class it was matched by names its calendar."""
    kind = slots.get("class:month", "month")
    if kind == "hmonth":
        return Point(month=value, calendar="hijri")
    if kind == "lmonth":
        return Point(month=value, calendar="lunar")
    return Point(month=value)


def _as_point(item: Any, kind: str = "") -> Point | None:
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


def span(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A range; each end lends the other the coarser fields that it lacks."""
    first = _as_point(slots.get("a"), slots.get("class:a", ""))
    last = _as_point(slots.get("b"), slots.get("class:b", ""))
    head = worth(slots, "head")
    if isinstance(head, Point):
        first, last = inherit(first or Point(), head), inherit(last or Point(), head)
        merged = [
            merge(head._replace(mod=""), end) if end.has_year and not head.has_year else None for end in (first, last)
        ]
        first, last = merged[0] or first, merged[1] or last
    if first is None and last is None:
        return None
    if first is not None and last is not None:
        if not _comparable(first, last):
            return None
        # An end with a month of its own gets its year from the resolver: December to January crosses a year.
        first, last = (
            first if first.month and last.month and not first.has_year else inherit(first, last),
            last if last.month and first.month and not last.has_year else inherit(last, first),
        )
        if first.era and not last.era and last.year is not None:
            last = last._replace(era=first.era)
        if last.era and not first.era and first.year is not None:
            first = first._replace(era=last.era)
        if (bounds := _shortened(first, last)) is None:
            return None
        last = bounds
    return Span(first, last, worth(slots, "mod", ""), bool(worth(slots, "until_now", False)))


def _shortened(first: Point, last: Point) -> Point | None:
    """2014-20 and 2566-67 shorten the second year. None where the end would precede the start."""
    if first.year is not None and last.year is not None and first.width == 4 and last.width == 2:
        last = last._replace(year=first.year // 100 * 100 + last.year, width=4)
    if (
        first.year is not None
        and last.year is not None
        and first.width == last.width
        and first.era == last.era
        and last.year < first.year
    ):
        return None
    return last


def _comparable(first: Point, last: Point) -> bool:
    """Whether two points can be the ends of one range: a month and a year cannot, unless one lends the other."""
    if bool(first.time and first.granularity == "time") != bool(last.time and last.granularity == "time"):
        return False
    return not (first.calendar and last.calendar and first.calendar != last.calendar)


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
            value = _as_point(item, member)
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


def span_days(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Two days under a common month (and year): 8–10 November."""
    head = point(
        {name: item for name, item in slots.items() if name not in ("a", "b", "class:a", "class:b", "weekday")},
        items,
        facts,
    )
    if not isinstance(head, Point) or head.month is None:
        return None
    first, last = worth(slots, "a"), worth(slots, "b")
    if isinstance(first, Point):
        first = first.day
    if isinstance(last, Point):
        last = last.day
    if not isinstance(first, int) or not isinstance(last, int) or first >= last:
        return None
    return Span(head._replace(day=first), head._replace(day=last))


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
    first, second = (_as_point(slots.get(name), slots.get("class:" + name, "")) for name in "ab")
    if first is None or second is None:
        return None
    if first.calendar != second.calendar or first.shifts or second.shifts or first.holiday or second.holiday:
        return Same(first, second)
    both = merge(first, second)
    return both if both is not None else Same(first, second)


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


def shift(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A duration counted from the anchor: three days ago."""
    body = worth(slots, "length")
    if not isinstance(body, Length):
        return None
    sign = worth(slots, "sign", 1)
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


def window(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The last or next so many units, as a range that ends or begins at the reference date."""
    body = worth(slots, "length")
    if not isinstance(body, Length) or len(body.amounts) != 1 or body.amounts[0][1] % 1:
        return None
    (unit, amount), sign = body.amounts[0], worth(slots, "sign", 1)
    ends = (Point(shifts=((unit, int(amount) * sign),)), Point(shifts=((unit, sign),)))
    return Span(*(ends if sign < 0 else ends[::-1]))


def recurring(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A set. Weekdays, days of the month and dates of the year give XXXX values, plain units a period."""
    values: list[str] = []
    if "unit" in slots:
        from wic.dates.value import duration

        values.append(duration(((worth(slots, "unit"), float(worth(slots, "n", 1))),)))
    elif isinstance(body := worth(slots, "length"), Length):
        from wic.dates.value import duration

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


def recurring_days(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Days of each month: the 1st and the 16th."""
    days = [item.values["n"] for item in items if "n" in item.values]
    return Recurring(",".join(f"XXXX-XX-{day:02}" for day in days)) if days else None


def buddhist_century(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A century of the Buddhist Era: the 25th is BE 2401 to 2500."""
    number = worth(slots, "century")
    return Span(Point(year=number * 100 - 99, width=4, era="be"), Point(year=number * 100, width=4, era="be"))


def decade(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Ten years from a full year; a Buddhist decade is written as a range of Christian years."""
    first = worth(slots, "decade")
    if first % 10:
        return None
    if worth(slots, "era") == "be" or (facts.get("era") == "be" and 2300 <= first <= 2700):
        return Span(Point(year=first, width=4, era="be"), Point(year=first + 9, width=4, era="be"))
    return Point(decade=first)


def waning(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A day of the waning moon: the first is the sixteenth of the month."""
    made = point(slots, items, facts)
    return made._replace(day=made.day + 15) if isinstance(made, Point) and made.day else None


def recurring_date(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A day of each year."""
    return Recurring(f"XXXX-{worth(slots, 'month'):02}-{worth(slots, 'day'):02}")


def recurring_month_day(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Days after a word that means every month."""
    return recurring_days(slots, items[1:], facts) if worth(slots, "item") == Recurring("P1M") else None


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


def bc(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Point(year=worth(slots, "year"), width=4, era="bc")


def reign(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year of a reign; 元年 is the first."""
    return Point(year=worth(slots, "year", 1), width=0, era=worth(slots, "era"))


def reign_span(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A whole reign whose first and last day are known."""
    from wic.dates.calendars.eras import REIGNS

    found = REIGNS.get(worth(slots, "reign"))
    if found is None or not found.first or not found.last:
        return None
    ends = (
        Point(year=when.year, width=4, era="ce", month=when.month, day=when.day) for when in (found.first, found.last)
    )
    return Span(*ends)


def decade_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A decade by its first year or its last two digits."""
    number = worth(slots, "decade")
    return Point(decade=number) if number % 10 == 0 and (number < 100 or 1000 <= number < 2200) else None


def century_decade(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A decade of a century that is named or relative."""
    century, of = worth(slots, "Century"), worth(slots, "Decade")
    if not isinstance(century, Point) or not isinstance(of, Point) or of.decade is None or of.decade >= 100:
        return None
    return merge(century, of)


def head_range(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A range of months or days under a year that stands before or after it."""
    head, body = worth(slots, "head"), worth(slots, "Range")
    if not isinstance(head, Point) or not isinstance(body, Span) or body.first is None or body.last is None:
        return None
    if body.first.has_year or body.last.has_year:
        return None
    ends = [merge(head, end) for end in (body.first, body.last)]
    return Span(ends[0], ends[1], body.mod) if ends[0] and ends[1] else None


def to_lunar(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    day = worth(slots, "Day")
    return day._replace(calendar="lunar") if isinstance(day, Point) and not day.calendar and day.month else None


def event(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Month and day written as a decimal number, the name of an event."""
    month, _, day = worth(slots, "decimal").partition(".")
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31 and len(day) <= 2):
        return None
    return Point(month=int(month), day=int(day), anchor="never")


def zh_point(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A point whose day may be counted the lunar way."""
    return point(slots, items, facts)


def zh_weekday(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A weekday of last, this or next week."""
    day = worth(slots, "Weekday")
    if not isinstance(day, Point) or day.weekday is None:
        return None
    return day._replace(shifts=(("week", worth(slots, "which")),))


def every_weekday(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A weekday of each week."""
    if "item" in slots and worth(slots, "item") != Recurring("P1D"):
        return None
    days = [item.values[kind] for item in items for kind in ("weekday", "weekdaybare") if kind in item.values]
    return Recurring(f"XXXX-WXX-{days[0]}") if days else None


def every(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Each so many units; a dual is two of them."""
    if "dual" in slots:
        return recurring({"unit": worth(slots, "dual"), "n": 2}, items, facts)
    return recurring(slots, items, facts)


def bare_year(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year that no word announces: only a plausible one, in digits."""
    year = worth(slots, "year")
    return Point(year=year, width=4) if 1900 <= year <= 2199 and slots["year"].values.get("width") == 4 else None


def two_months(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """One month under two names, which must be the same month."""
    names = [
        item.values[kind]
        for item in items
        for kind in ("month", "weakmonth")
        if item.node is None and kind in item.values
    ]
    if len(set(names)) != 1:
        return None
    return point({name: item for name, item in slots.items() if "out2" not in name}, items, facts)


def hijri(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A point whose month decides the calendar; a Hijri month has a Hijri year."""
    made = point(slots, items, facts)
    if not isinstance(made, Point):
        return None
    if made.calendar == "hijri" and made.year is not None and not (1 <= made.year <= 1600):
        return None
    return made


def point_which(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A point whose year is picked by an adjective that is read but does not belong to it."""
    made = next((item.node for item in items if isinstance(item.node, Point)), None)
    which = next((item.values["which"] for item in items if item.node is None and "which" in item.values), None)
    return made._replace(which=which) if made is not None else None


def day_range(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Two days of a month, or of two months that share a year."""
    months = [item for item in items if item.node is None and "month" in item.values]
    if len(months) < 2:
        return span_days(slots, items, facts)
    year = next((item.node for item in items if isinstance(item.node, Point)), None)
    if isinstance(slots.get("year"), Item):
        year = Point(year=worth(slots, "year"), width=slots["year"].values["width"])
    first = Point(day=worth(slots, "a"), month=months[0].values["month"])
    last = merge(Point(day=worth(slots, "b"), month=months[1].values["month"]), year or Point())
    return Span(first, last) if last is not None else None


def month_range(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Two months under one head and year."""
    year = next((item.node for item in items if isinstance(item.node, Point)), None)
    if isinstance(slots.get("year"), Item):
        year = Point(year=worth(slots, "year"), width=slots["year"].values["width"])
    ends = [merge(Point(month=worth(slots, name)), year or Point()) for name in "ab"]
    return Span(ends[0], ends[1]) if ends[0] and ends[1] else None


def two_calendars(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """One day in two calendars."""
    first, second = worth(slots, "a"), worth(slots, "b")
    if not isinstance(first, Point) or not isinstance(second, Point) or first.calendar == second.calendar:
        return None
    return Same(first, second)


def one_unit(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A bare unit counted once from now."""
    unit = worth(slots, "unit")
    if unit in ("hour", "minute", "second", "quarter", "day"):
        return None
    return Point(shifts=((unit, worth(slots, "sign", 1)),))


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


def half(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The first or second half of a year."""
    number = worth(slots, "half")
    return Point(part=("half", number)) if number in (1, 2) else None


def present(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The present, where the word for today does not mean the day."""
    return Vague("PRESENT_REF") if worth(slots, "item") == Point(shifts=(("day", 0),)) else None


def every_weekdays(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Weekdays of each week, in words that are singular or plural."""
    days = [item.values[kind] for item in items for kind in ("weekday", "weekdays") if kind in item.values]
    return Recurring(",".join(f"XXXX-WXX-{day}" for day in days)) if days else None


def years(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A range of plausible years in digits."""
    first, last = worth(slots, "a"), worth(slots, "b")
    if not 1000 <= first < last <= 2200 or last - first > 500:
        return None
    return Span(Point(year=first, width=4), Point(year=last, width=4))


def week_weekday(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A weekday of the week before, of this or after."""
    day = next((item.node for item in items if isinstance(item.node, Point)), None)
    return day._replace(shifts=(("week", worth(slots, "which")),)) if day is not None and day.weekday else None


def week_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The week that holds a day."""
    day = worth(slots, "Day")
    return day._replace(part=("week-of", 0)) if isinstance(day, Point) else None


def week_numbers(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """ISO weeks of a year by number."""
    numbers = [item.values["n"] for item in items if "n" in item.values and item is not slots.get("year")]
    year = Point(year=worth(slots, "year"), width=4) if "year" in slots else Point()
    if not all(1 <= number <= 53 for number in numbers):
        return None
    ends = [year._replace(part=("week", number)) for number in numbers]
    return ends[0] if len(ends) == 1 else Span(ends[0], ends[-1])


def nth(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The n-th (or last) day, weekday, week, weekend or month of a period; "the month" is the present one."""
    around = next((item.node for item in reversed(items) if isinstance(item.node, Point)), None)
    if "around" in slots:
        around = Point(shifts=((worth(slots, "around"), 0),))
    if around is None or around.day is not None or around.nth or around.weekday:
        return None
    number = -1 if "finalw" in slots and "ord" not in slots else worth(slots, "ord")
    day = worth(slots, "Weekday")
    if isinstance(day, Point):
        return around._replace(nth=(number, "day"), weekday=day.weekday) if day.weekday and not day.day else None
    unit = "weekend" if "weekendword" in slots else worth(slots, "unit")
    if unit not in ("day", "week", "weekend", "month", "quarter"):
        return None
    if unit == "quarter" and number > 0:
        return around._replace(part=("quarter", number))
    return around._replace(nth=(number, unit))


def half_more(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A number of units and a half."""
    return Length(((worth(slots, "unit"), worth(slots, "n", 1) + 0.5),))


def quarter(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    number = slots["quarter"]
    if "ord" not in classes_in(number):
        return None
    return Point(part=("quarter", worth(slots, "quarter")))


def classes_in(item: Item) -> frozenset[str]:
    """The extra marks of a number item that its values keep."""
    return frozenset({"ord"}) if item.values.get("ordinal") else frozenset()


def q(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A quarter written Q3, perhaps with its year."""
    return _letter(slots, "quarter", 4)


def h(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A half-year written H1, with its year."""
    return _letter(slots, "half", 2)


def _letter(slots: Slots, unit: str, most: int) -> Node | None:
    number = slots["glued"].values["n"]
    if not 1 <= number <= most:
        return None
    made = Point(part=(unit, number))
    return made._replace(year=worth(slots, "year"), width=slots["year"].values["width"]) if "year" in slots else made


def half_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The first or second half of a period that is named, or of the present year."""
    number = worth(slots, "half")
    if number not in (1, 2):
        return None
    around = next((item.node for item in items if isinstance(item.node, Point)), None)
    if isinstance(slots.get("year"), Item):
        around = Point(year=worth(slots, "year"), width=slots["year"].values["width"])
    if around is None:
        if worth(slots, "unit") != "year":
            return None
        around = Point()
    return around._replace(part=("half", number)) if not around.part else None


def first_length(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The first or last so many months or quarters of a year."""
    body = next((item.node for item in items if isinstance(item.node, Length)), None)
    if (
        body is None
        or len(body.amounts) != 1
        or body.amounts[0][1] % 1
        or ("ord" in slots and worth(slots, "ord") != 1)
    ):
        return None
    unit, count = body.amounts[0]
    made = {**slots, "n": int(count), "unit": unit, "end": -1 if "finalw" in slots and "ord" not in slots else 1}
    return first_months(made, items, facts)


def equated(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """An ordinal year and the relative year that it is said to be: two expressions of one value."""
    year = next(item for item in items if isinstance(item.node, Point))
    ordinal = items[-1]
    return Several(((year.start, year.end, year.node), (ordinal.start, ordinal.end, year.node)))


def past_length(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A length after a word for the past or the future, but not for the present."""
    if any(isinstance(item.node, Vague) and item.node.value == "PRESENT_REF" for item in items):
        return None
    return next(item.node for item in items if isinstance(item.node, Length))


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


def which_weekend(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Point(shifts=(("weekend", worth(slots, "which")),))


def within_length(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A time limit, as the length that it has."""
    return Length(((worth(slots, "unit", "day"), float(worth(slots, "n"))),))


def since_length(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """From a length ago until now."""
    made = shift({**slots, "sign": -1}, items, facts)
    return Span(made, None, "SINCE", until_now=True) if isinstance(made, Point) else None


def half_months(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Length((("month", worth(slots, "n", 0) + 0.5),))


def chuyi(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A lunar day whose 初 was read with 月."""
    if worth(slots, "monthmod") != "START" or not 1 <= worth(slots, "day") <= 10 or slots["month"].values["width"]:
        return None
    return point(
        {**{name: item for name, item in slots.items() if "monthmod" not in name}, "calendar": "lunar"}, items, facts
    )


def lunar_plain(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Month and day in Chinese characters, the day without its counter."""
    if slots["month"].values["width"] or not 10 <= worth(slots, "day") <= 30:
        return None
    return point({**slots, "calendar": "lunar"}, items, facts)


def leap_month(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    made = point({**slots, "calendar": "lunar"}, items, facts)
    return made._replace(leap=True) if isinstance(made, Point) else None


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


def next_weekday(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A weekday of the week after this."""
    day = worth(slots, "Weekday0")
    return day._replace(shifts=(("week", 1),)) if isinstance(day, Point) and day.weekday else None


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


def q_year(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A quarter with a letter and a year of two or four digits: 3Q66, Q3/2566."""
    return _letter_year(slots, "quarter", 4)


def h_year(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return _letter_year(slots, "half", 2)


def _letter_year(slots: Slots, unit: str, most: int) -> Node | None:
    glued = slots["glued"].values
    number, year, width = worth(slots, unit), glued["n"], glued["width"]
    if number is None:
        number, year, width = glued["n"], worth(slots, "year"), slots["year"].values["width"]
    if not 1 <= number <= most or width not in (2, 4):
        return None
    return Point(part=(unit, number), year=year, width=width)


def five_year_plan(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """China's five-year plans: the first 1953–57, the third 1966–70, without a gap since then."""
    number = worth(slots, "n")
    if not 1 <= number <= 30:
        return None
    first = 1953 + 5 * (number - 1) if number <= 2 else 1966 + 5 * (number - 3)
    return Span(Point(year=first, width=4, era="ce"), Point(year=first + 4, width=4, era="ce"))


def cycle_year(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year of the cycle of sixty (ganzhi) or twelve (animals), as "cycle length/place" for the resolver."""
    if "ganzhi" in slots:
        return Point(holiday=f"cycle 60/{worth(slots, 'ganzhi')}")
    return Point(holiday=f"cycle 12/{worth(slots, 'zodiacyear')}")


def cycle_day(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A lunar day of a year of the cycle."""
    year = cycle_year(slots, items, facts)
    assert isinstance(year, Point)
    return Point(holiday=f"{year.holiday} {worth(slots, 'month')}-{worth(slots, 'day')}")


def century_bc(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A century before Christ."""
    number = worth(slots, "century")
    around = next((item.node for item in items if isinstance(item.node, Point)), None)
    number = around.century if around is not None else number
    return Point(century=-number) if isinstance(number, int) and 0 < number <= 100 else None


def holiday_hijri(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A feast of the Hijri calendar in a Hijri year."""
    kind, _, rest = worth(slots, "holiday").partition(" ")
    if kind != "hijri" or "-" not in rest:
        return None
    month, day = map(int, rest.split()[0].split("-"))
    return Point(year=worth(slots, "year"), width=4, month=month, day=day, calendar="hijri")


def years_short(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Two years that follow each other, the second by its last two digits."""
    first, last = worth(slots, "a"), worth(slots, "b")
    if (first + 1) % 100 != last or not 1800 <= first <= 2100:
        return None
    return Span(Point(year=first, width=4), Point(year=first + 1, width=4))


def recurring_days_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Recurring(f"XXXX-XX-{worth(slots, 'day'):02}") if worth(slots, "unit") == "month" else None


def event_day(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A day that names an event, if it is the one that the rule is about."""
    month, day = worth(slots, "month"), worth(slots, "day")
    return Point(month=month, day=day, anchor="never") if worth(slots, "of") == f"{month}/{day}" else None


def offset(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A length counted from a day that is named."""
    made = shift({"length": slots["length"], "sign": -1 if "beforeoff" in slots or "beforez" in slots else 1}, items, facts)
    anchor = worth(slots, "point")
    return Offset(anchor, made.shifts) if isinstance(made, Point) and isinstance(anchor, Point) else None


def rest_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """From the reference date to the end of the present week, month or year."""
    unit = worth(slots, "unit")
    if unit not in ("week", "month", "year", "quarter", "decade", "century"):
        return None
    return Span(Point(shifts=(("day", 0),)), Point(shifts=((unit, 0),)))


def days_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Two days of a relative month."""
    month = worth(slots, "MonthRel")
    first, last = worth(slots, "a"), worth(slots, "b")
    if not isinstance(month, Point) or first >= last:
        return None
    return Span(month._replace(day=first), month._replace(day=last))


def year_words(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year in words, read whole or in two halves."""
    if "year" in slots:
        year = worth(slots, "year")
        return Point(year=year, width=4) if slots["year"].values["width"] == 0 and 1000 <= year <= 2199 else None
    first, second = worth(slots, "first"), worth(slots, "second")
    if not (13 <= first <= 21 and 10 <= second <= 99):
        return None
    return Point(year=joined((first, second)), width=4)


def vague(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Vague(worth(slots, "ref"))


def nothing(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Nothing()


def item(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The node that a word or a note of the rule stands for."""
    value = worth(slots, "item")
    return notation(value) if isinstance(value, str) else value


def first_months(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The first or last n months or quarters of a year, as a range of months."""
    count, unit = worth(slots, "n"), worth(slots, "unit", "month")
    months = count * {"month": 1, "quarter": 3, "half": 6}.get(unit, 0)
    if not 1 <= months <= 12:
        return None
    around = worth(slots, "year_item")
    base = around if isinstance(around, Point) else Point()
    if isinstance(slots.get("year"), Item):
        base = Point(year=worth(slots, "year"), width=slots["year"].values.get("width", 4))
    ends = (1, months) if worth(slots, "end", 1) > 0 else (13 - months, 12)
    return Span(*(base._replace(month=number) for number in ends))


def clock(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A time of day: hour, minute, second, and the half of the day that settles a twelve-hour clock."""
    hour, minute, second = worth(slots, "hour", 0), worth(slots, "minute"), worth(slots, "second")
    if isinstance(slots.get("clock"), Item):
        whole, _, rest = slots["clock"].values["decimal"].partition(".")
        if len(rest) != 2:
            return None
        hour, minute = int(whole), int(rest)
    part = worth(slots, "half_day", "")
    if isinstance(part, Point):
        part = part.time
    hour += worth(slots, "plus", 0)
    if part in ("TPM", "TAF", "TEV", "TNI") and hour < 12 and not (part == "TNI" and hour < 5):
        hour += 12
    elif part in ("TAM", "TMO") and hour == 12:
        hour = 0
    if not 0 <= hour <= 24 or (minute is not None and minute > 59):
        return None
    text = f"T{hour:02}" + (f":{minute:02}" if minute is not None else ":00")
    if second is not None:
        text += f":{second:02}"
    base = worth(slots, "date")
    return base._replace(time=text) if isinstance(base, Point) else Point(time=text)


BUILDERS: Mapping[str, Callable[[Slots, Sequence[Item], Facts], Node | None]] = {
    "point": point,
    "span": span,
    "span-days": span_days,
    "day-list": day_list,
    "several": several,
    "same": same,
    "length": length,
    "shift": shift,
    "window": window,
    "recurring": recurring,
    "length-sum": length_sum,
    "recurring-days": recurring_days,
    "buddhist-century": buddhist_century,
    "decade": decade,
    "waning": waning,
    "recurring-date": recurring_date,
    "recurring-month-day": recurring_month_day,
    "recurring-weekdays": recurring_weekdays,
    "recurring-plain": recurring_plain,
    "bc": bc,
    "reign": reign,
    "reign-span": reign_span,
    "decade-of": decade_of,
    "century-decade": century_decade,
    "head-range": head_range,
    "to-lunar": to_lunar,
    "event": event,
    "zh-point": zh_point,
    "zh-weekday": zh_weekday,
    "ar-every-weekday": every_weekday,
    "ar-every": every,
    "bare-year": bare_year,
    "two-months": two_months,
    "hijri": hijri,
    "point-which": point_which,
    "ar-days": day_range,
    "ar-months": month_range,
    "two-calendars": two_calendars,
    "ar-one": one_unit,
    "over-length": over_length,
    "ar-last": last_units,
    "half": half,
    "present": present,
    "every-weekdays": every_weekdays,
    "years": years,
    "week-weekday": week_weekday,
    "week-of": week_of,
    "week-numbers": week_numbers,
    "nth": nth,
    "half-more": half_more,
    "quarter": quarter,
    "q": q,
    "h": h,
    "half-of": half_of,
    "first-length": first_length,
    "equated": equated,
    "past-length": past_length,
    "zh-nth": counted,
    "zh-last": last_counted,
    "zh-nth-weekday": counted_weekday,
    "nth-of": counted_of,
    "which-weekend": which_weekend,
    "zh-within": within_length,
    "since-length": since_length,
    "half-months": half_months,
    "chuyi": chuyi,
    "lunar-plain": lunar_plain,
    "leap-month": leap_month,
    "ar-nth": counted_in,
    "next-weekday": next_weekday,
    "same-of-year": same_of_year,
    "q-year": q_year,
    "h-year": h_year,
    "five-year-plan": five_year_plan,
    "cycle-year": cycle_year,
    "cycle-day": cycle_day,
    "century-bc": century_bc,
    "holiday-hijri": holiday_hijri,
    "years-short": years_short,
    "recurring-days-of": recurring_days_of,
    "event-day": event_day,
    "offset": offset,
    "offset-after": offset,
    "rest-of": rest_of,
    "days-of": days_of,
    "year-words": year_words,
    "vague": vague,
    "nothing": nothing,
    "item": item,
    "first-months": first_months,
    "clock": clock,
}
