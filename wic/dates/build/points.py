"""Builders of points: years, months, days, parts of years, times of day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wic.dates.build.slots import Builder, Facts, Slots, notation, worth
from wic.dates.lexicon import Item
from wic.dates.node import Node, Nothing, Point, Vague, merge
from wic.dates.numerals import joined


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
            if (made.mod, name, value) == (
                "END",
                "mod",
                "BEFORE",
            ):  # 年底前 "before the end of the year" is in the year
                made = made._replace(mod="ON_OR_BEFORE")
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


def bare_year(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year that no word announces: only a plausible one, in digits."""
    year = worth(slots, "year")
    return Point(year=year, width=4) if 1900 <= year <= 2100 and slots["year"].values.get("width") == 4 else None


def old_year(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year in digits outside the present and the last century."""
    year = worth(slots, "year")
    plausible = 1000 <= year < 1900 or 2100 < year < 2200
    return Point(year=year, width=4) if plausible and slots["year"].values.get("width") == 4 else None


def recent_year(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year that only its place in the sentence shows: one of the present or the last century."""
    return bare_year(slots, items, facts) if worth(slots, "year") < 2050 else None


def year_words(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year in words, read whole or in two halves."""
    if "year" in slots:
        year = worth(slots, "year")
        return Point(year=year, width=4) if slots["year"].values["width"] == 0 and 1000 <= year <= 2199 else None
    first, second = worth(slots, "first"), worth(slots, "second")
    if not (13 <= first <= 21 and 10 <= second <= 99):
        return None
    return Point(year=joined((first, second)), width=4)


def bc(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year that names its era, so that its digits stand for themselves: 221 BC, AD 88."""
    return Point(year=worth(slots, "year"), width=4, era=worth(slots, "era") or "bc")


def reign(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A year of a reign; 元年 is the first."""
    return Point(year=worth(slots, "year", 1), width=0, era=worth(slots, "era"))


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


def half(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The first or second half of a year."""
    number = worth(slots, "half")
    return Point(part=("half", number)) if number in (1, 2) else None


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


def week_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The week that holds a day."""
    day = worth(slots, "Day")
    return day._replace(part=("week-of", 0)) if isinstance(day, Point) else None


def weekend_of(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The weekend beside a feast: Memorial Day weekend."""
    feast = next((item.node for item in items if isinstance(item.node, Point)), None)
    if feast is not None and isinstance(slots.get("year"), Item):
        feast = merge(feast, Point(year=worth(slots, "year"), width=4))
    elif feast is not None and isinstance(year := worth(slots, "YearAbs"), Point):
        feast = merge(feast, year)
    return feast._replace(part=("weekend-of", 0)) if feast is not None else None


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


def event(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """Month and day written as a decimal number, the name of an event."""
    month, _, day = worth(slots, "decimal").partition(".")
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31 and len(day) <= 2):
        return None
    return Point(month=int(month), day=int(day), anchor="never")


def event_day(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A day that names an event, if it is the one that the rule is about."""
    month, day = worth(slots, "month"), worth(slots, "day")
    return Point(month=month, day=day, anchor="never") if worth(slots, "of") == f"{month}/{day}" else None


def holiday_hijri(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A feast of the Hijri calendar in a Hijri year."""
    kind, _, rest = worth(slots, "holiday").partition(" ")
    if kind != "hijri" or "-" not in rest:
        return None
    month, day = map(int, rest.split()[0].split("-"))
    return Point(year=worth(slots, "year"), width=4, month=month, day=day, calendar="hijri")


def vague(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Vague(worth(slots, "ref"))


def nothing(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    return Nothing()


def item(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The node that a word or a note of the rule stands for."""
    value = worth(slots, "item")
    return notation(value) if isinstance(value, str) else value


def present(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """The present, where the word for today does not mean the day."""
    return Vague("PRESENT_REF") if worth(slots, "item") == Point(shifts=(("day", 0),)) else None


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


def century_bc(slots: Slots, items: Sequence[Item], facts: Facts) -> Node | None:
    """A century before Christ."""
    number = worth(slots, "century")
    around = next((item.node for item in items if isinstance(item.node, Point)), None)
    number = around.century if around is not None else number
    return Point(century=-number) if isinstance(number, int) and 0 < number <= 100 else None


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


BUILDERS: Mapping[str, Builder] = {
    "point": point,
    "bare-year": bare_year,
    "old-year": old_year,
    "recent-year": recent_year,
    "year-words": year_words,
    "bc": bc,
    "reign": reign,
    "two-months": two_months,
    "hijri": hijri,
    "point-which": point_which,
    "half": half,
    "quarter": quarter,
    "quarter-letter": q,
    "half-letter": h,
    "quarter-letter-year": q_year,
    "half-letter-year": h_year,
    "week-of": week_of,
    "weekend-of": weekend_of,
    "half-of": half_of,
    "event": event,
    "event-day": event_day,
    "holiday-hijri": holiday_hijri,
    "vague": vague,
    "nothing": nothing,
    "item": item,
    "present": present,
    "decade-of": decade_of,
    "century-decade": century_decade,
    "century-bc": century_bc,
    "clock": clock,
}
