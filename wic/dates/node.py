"""What a temporal expression says, before it is known which days it means.

``Point`` is what the text states about a place on the calendar, nothing added: "the 8th" has a day and no month.
The other nodes are built of points. All are frozen; rules merge them, ``resolve`` turns them into days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from wic.dates.value import WEEKDAY_UNITS

Shift = tuple[str, int]  # a unit and how many of them from the anchor: ("year", -1) is last year

UNSET: Any = None


class Point(NamedTuple):
    """A place on the calendar as far as the text gives it. ``width`` is the number of digits of the year as written."""

    year: int | None = None
    width: int = 0
    era: str = ""
    calendar: str = ""  # of month and day; Gregorian where empty
    month: int | None = None
    leap: bool = False
    day: int | None = None
    weekday: int | None = None  # 1 = Monday
    which: int | None = None  # last -1, this 0, next 1, of a bare weekday, month, season or holiday
    century: int | None = None
    decade: int | None = None
    part: tuple[str, int] | None = None  # a part with a number of its own: ("quarter", 3), ("half", 1), ("third", 2)
    nth: tuple[int, str] | None = None  # the n-th unit of the period around it; -1 is the last
    shifts: tuple[Shift, ...] = ()
    anchor: str = ""  # what shifts count from: the reference date, or "previous", the last date mentioned
    holiday: str = ""
    fiscal: str = ""
    time: str = ""
    mod: str = ""

    @property
    def granularity(self) -> str:
        """The finest unit that is given."""
        if self.part and self.part[0] in ("week-of", "weekend-of"):
            return self.part[0].removesuffix("-of")
        if self.day is not None or self.weekday is not None:
            return "day" if self.day is not None or self.month is not None or self.shifts else "weekday"
        if self.holiday:
            return "holiday"
        if self.nth:
            return self.nth[1]
        if self.part:
            return self.part[0]
        if self.month is not None:
            return "month"
        if self.shifts:
            return "day" if self.shifts[-1][0] in ("night", *WEEKDAY_UNITS) else self.shifts[-1][0]
        if self.year is not None:
            return "year"
        if self.decade is not None:
            return "decade"
        if self.century is not None:
            return "century"
        return "time" if self.time else "year"

    @property
    def has_year(self) -> bool:
        """Whether the year is settled by the expression itself (and the reference date, if it is relative)."""
        return self.year is not None or bool(self.shifts) or self.century is not None or self.decade is not None


_DEFAULTS = Point()


def merge(first: Point, second: Point) -> Point | None:
    """Both points in one; None where they state different things."""
    if first == _DEFAULTS:
        return second
    values: list[Any] = []
    rows: Iterable[tuple[str, Any, Any, Any]] = zip(Point._fields, first, second, _DEFAULTS, strict=True)
    for name, ours, theirs, default in rows:
        if theirs == default or ours == theirs:
            values.append(ours)
        elif name == "shifts":
            values.append(ours + theirs)
        elif ours != default:
            return None
        else:
            values.append(theirs)
    return Point(*values)


def inherit(point: Point, source: Point) -> Point:
    """``point`` with the coarser fields that it lacks taken from ``source``: 24日 after 11月23日 is 11月24日."""
    changes: dict[str, Any] = {}
    lacks_year = not point.has_year
    if point.day is not None and point.month is None and lacks_year and not point.holiday:
        changes |= {"month": source.month, "calendar": source.calendar, "leap": source.leap}
    if lacks_year and source.has_year and not (point.weekday and point.day is None and point.month is None):
        names = (
            ("year", "width", "era", "century", "decade")
            if not source.shifts
            else ("year", "width", "era", "shifts", "anchor")
        )
        changes |= {name: getattr(source, name) for name in names}
        if source.shifts and point.month is not None:
            changes["shifts"] = tuple(shift for shift in source.shifts if shift[0] == "year") or source.shifts
    return point._replace(**changes) if changes else point


@dataclass(frozen=True, slots=True)
class Span:
    """From ``first`` to ``last``, both included; None is open. ``until_now`` ends it at the reference date.

    ``counted`` is of the first so many months, which may also be the last so many, where they are not yet over.
    """

    first: Point | None
    last: Point | None
    mod: str = ""
    until_now: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A duration: amounts by unit. ``half`` units are .5. ``most`` is the upper end of an estimate (三四天)."""

    amounts: tuple[tuple[str, float], ...]
    mod: str = ""
    most: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Recurring:
    """A set: TIMEX3 values, with commas between several."""

    value: str


@dataclass(frozen=True, slots=True)
class Vague:
    """PRESENT_REF, PAST_REF or FUTURE_REF."""

    value: str


@dataclass(frozen=True, slots=True)
class Same:
    """The same day said twice: Sunday (26 September), 24 Rabi II 1445 / 8 November 2023."""

    first: Point
    second: Point


@dataclass(frozen=True, slots=True)
class Offset:
    """A day counted from another that is named: three days after 12 January."""

    point: Point
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """Members of a list with a common head; each is an expression of its own, with its own place in the text."""

    members: tuple[tuple[int, int, Any], ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """What looks like a date and is none; it keeps its atoms from other rules."""


Node = Point | Span | Offset | Length | Recurring | Vague | Same | Several | Nothing
