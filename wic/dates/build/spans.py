"""Builders of ranges: two ends that lend each other what they lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wic.dates.build.points import point
from wic.dates.build.relative import shift
from wic.dates.build.slots import Builder, Facts, Slots, as_point, worth
from wic.dates.calendars.eras import REIGNS
from wic.dates.lexicon import Item
from wic.dates.node import Length, Node, Point, Span, inherit, merge


def span(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A range; each end lends the other the coarser fields that it lacks."""
    first = as_point(slots.get("a"), slots.get("class:a", ""))
    last = as_point(slots.get("b"), slots.get("class:b", ""))
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
        if first.granularity == "year" and last.month and not last.has_year:
            return None  # "2019-sep" is a month of a year, not a range
        if first.day and last.day and not first.month and last.month and first.day > last.day and not last.calendar:
            first = first._replace(month=(last.month - 2) % 12 + 1)  # 31日到1月1日: the month before
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


def days_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Two days of a relative month."""
    month = worth(slots, "MonthRel")
    first, last = worth(slots, "a"), worth(slots, "b")
    if not isinstance(month, Point) or first >= last:
        return None
    return Span(month._replace(day=first), month._replace(day=last))


def head_range(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A range of months or days under a year that stands before or after it."""
    head, body = worth(slots, "head"), worth(slots, "Range")
    if not isinstance(head, Point) or not isinstance(body, Span) or body.first is None or body.last is None:
        return None
    if body.first.has_year or body.last.has_year:
        return None
    ends = [merge(head, end) for end in (body.first, body.last)]
    return Span(ends[0], ends[1], body.mod) if ends[0] and ends[1] else None


def years(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A range of plausible years in digits."""
    first, last = worth(slots, "a"), worth(slots, "b")
    if not 1000 <= first < last <= 2200 or last - first > 500:
        return None
    return Span(Point(year=first, width=4), Point(year=last, width=4))


def decimal_months(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Two months written as decimal numbers, 2008.03-2009.11; the end may be a year alone."""
    ends = []
    for name in ("a", "b"):
        year, _, month = str(slots[name].values.get("decimal", slots[name].values.get("n"))).partition(".")
        if (
            len(year) != 4
            or not 1800 <= int(year) <= 2200
            or (month and not (len(month) <= 2 and 1 <= int(month) <= 12))
        ):
            return None
        ends.append(Point(year=int(year), width=4, month=int(month) if month else None))
    return Span(ends[0], ends[1]) if (ends[0].year, ends[0].month) <= (ends[1].year, ends[1].month or 12) else None


def years_short(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Two years that follow each other, the second by its last two digits."""
    first, last = worth(slots, "a"), worth(slots, "b")
    if (first + 1) % 100 != last or not 1800 <= first <= 2100:
        return None
    return Span(Point(year=first, width=4), Point(year=first + 1, width=4))


def reign_span(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A whole reign whose first and last day are known."""

    found = REIGNS.get(worth(slots, "reign"))
    if found is None or not found.first or not found.last:
        return None
    first, last = found.first, found.last
    return Span(
        Point(year=first.year, width=4, era="ce", month=first.month, day=first.day),
        Point(year=last.year, width=4, era="ce", month=last.month, day=last.day),
    )


def buddhist_century(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A century of the Buddhist Era: the 25th is BE 2401 to 2500."""
    number = worth(slots, "century")
    return Span(Point(year=number * 100 - 99, width=4, era="be"), Point(year=number * 100, width=4, era="be"))


def decade(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Ten years from a full year; a Buddhist decade is written as a range of Christian years."""
    first = worth(slots, "decade")
    if first % 10 or 100 <= first < 1000:
        return None
    if worth(slots, "era") == "be" or (facts.get("era") == "be" and 2300 <= first <= 2700):
        return Span(Point(year=first, width=4, era="be"), Point(year=first + 9, width=4, era="be"))
    return Point(decade=first)


def five_year_plan(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """China's five-year plans: the first 1953–57, the third 1966–70, without a gap since then."""
    number = worth(slots, "n")
    if not 1 <= number <= 30:
        return None
    first = 1953 + 5 * (number - 1) if number <= 2 else 1966 + 5 * (number - 3)
    return Span(Point(year=first, width=4, era="ce"), Point(year=first + 4, width=4, era="ce"))


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
    return Span(base._replace(month=ends[0]), base._replace(month=ends[1]), counted=ends[0] == 1 and base == Point())


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
    around = worth(slots, "year_item")
    if unit in ("day", "week") and isinstance(around, Point) and around.day is None and not around.nth:
        ends = (1, int(count) * (7 if unit == "week" else 1))
        if "finalw" in slots and "ord" not in slots:
            ends = (-ends[1], -1)
        return Span(around._replace(nth=(ends[0], "day")), around._replace(nth=(ends[1], "day")))
    made = {**slots, "n": int(count), "unit": unit, "end": -1 if "finalw" in slots and "ord" not in slots else 1}
    return first_months(made, items, facts)


def week_numbers(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """ISO weeks of a year by number."""
    numbers = [item.values["n"] for item in items if "n" in item.values and item is not slots.get("year")]
    year = Point(year=worth(slots, "year"), width=4) if "year" in slots else Point()
    if not all(1 <= number <= 53 for number in numbers):
        return None
    ends = [year._replace(part=("week", number)) for number in numbers]
    return ends[0] if len(ends) == 1 else Span(ends[0], ends[-1])


def rest_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """From the reference date to the end of the present week, month or year."""
    unit = worth(slots, "unit")
    if unit not in ("week", "month", "year", "quarter", "decade", "century"):
        return None
    return Span(Point(shifts=(("day", 0),)), Point(shifts=((unit, 0),)))


def since_length(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """From a length ago until now."""
    made = shift({**slots, "sign": -1}, items, facts)
    return Span(made, None, "SINCE", until_now=True) if isinstance(made, Point) else None


BUILDERS: Mapping[str, Builder] = {
    "span": span,
    "days-of-month": span_days,
    "day-range": day_range,
    "month-range": month_range,
    "days-of": days_of,
    "head-range": head_range,
    "years": years,
    "years-short": years_short,
    "decimal-months": decimal_months,
    "reign-span": reign_span,
    "buddhist-century": buddhist_century,
    "decade": decade,
    "five-year-plan": five_year_plan,
    "first-months": first_months,
    "first-length": first_length,
    "week-numbers": week_numbers,
    "rest-of": rest_of,
    "since-length": since_length,
}
