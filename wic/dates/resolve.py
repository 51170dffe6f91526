"""From what a text says to which days it means: the reference date, the dates around it, calendars and cues.

``Resolver`` reads the nodes of one document in order. It knows the reference date and what was mentioned before, fills in
what an expression leaves out, keeps the other reading where there is one, and says what it took from where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from wic.dates import value as v
from wic.dates.calendars import chinese, eras, hijri
from wic.dates.node import Length, Node, Offset, Point, Recurring, Same, Span, Vague, inherit
from wic.dates.value import Impossible, Period

# How the year of a month or day without one is guessed: the nearest to the reference date, where days to come count
# more than days gone by (news tells what happened), and another year costs extra (a writer would have named it).
# A day of last year would be given with its year more surely than a month.
AHEAD, AHEAD_DAY = 1.4, 1.2
OTHER_YEAR_BEHIND, OTHER_YEAR_BEHIND_DAY = 60, 120
OTHER_YEAR_AHEAD = 240


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means. ``used`` names what was taken from the reference date or from an earlier expression."""

    type: str
    value: str | None
    first: date | None = None
    last: date | None = None
    granularity: str | None = None
    calendar: str | None = None
    mod: str | None = None
    used: tuple[str, ...] = ()
    alternatives: tuple[Period, ...] = ()
    conflict: str | None = None
    reason: str | None = None


class Cue(NamedTuple):
    """Whether the words around an expression speak of the past (-1), the future (1), or give no hint (0)."""

    direction: int = 0


@dataclass
class Evidence:
    """What a document as a whole shows: how it counts years, and the order of numeric dates."""

    years: dict[str, int] = field(default_factory=dict)  # era → how many four-digit years of it
    order: str = "dmy"
    era: str = "ce"


class Resolver:
    """Resolves the nodes of one document, in order. Without a reference date, values stay underspecified."""

    def __init__(self, reference: date | None, facts: Mapping[str, Any], evidence: Evidence) -> None:
        self.reference = reference
        self.facts = facts
        self.evidence = evidence
        self.previous: Point | None = None  # the last point that was resolved, with its year settled
        self.previous_day: date | None = None  # the first day of the last expression
        self.previous_days: Period | None = None
        self.near = False  # whether the previous expression stands in the same sentence
        self._used: list[str] = []
        self._alternatives: list[Period] = []
        self._conflict: str | None = None

    def resolve(self, node: Node, cue: Cue = Cue()) -> Meaning | None:  # noqa: B008 - a constant
        """The meaning of a node; None for what means nothing by itself."""
        self._used, self._alternatives, self._conflict = [], [], None
        try:
            meaning = self._resolve(node, cue)
        except Impossible as impossible:
            kind = "range" if isinstance(node, Span) else "date"
            return Meaning(kind, None, reason=str(impossible))
        if meaning is not None:
            alternatives = tuple(
                period for period in dict.fromkeys(self._alternatives) if period.value != meaning.value
            )
            meaning = replace(
                meaning,
                used=tuple(dict.fromkeys(self._used)),
                alternatives=alternatives,
                conflict=meaning.conflict or self._conflict,
            )
            if meaning.first is not None:
                self.previous_day = meaning.first
                self.previous_days = Period(meaning.value or "", meaning.first, meaning.last, meaning.granularity or "")
        return meaning

    def _resolve(self, node: Node, cue: Cue) -> Meaning | None:
        if isinstance(node, Vague):
            return Meaning("date", node.value)
        if isinstance(node, Length):
            return Meaning("duration", v.duration(node.amounts), granularity=node.amounts[-1][0], mod=node.mod or None)
        if isinstance(node, Recurring):
            return Meaning("set", node.value)
        if isinstance(node, Same):
            return self._same(node, cue)
        if isinstance(node, Span):
            return self._span(node, cue)
        if isinstance(node, Offset):
            anchor = self.period(node.point, cue)
            if anchor.first is None:
                return None
            when = anchor.first
            for unit, count in node.shifts:
                when = v.shifted(when, unit, count)
            return Meaning("date", when.isoformat(), when, when, "day", self._calendar(node.point))
        if isinstance(node, Point):
            if node.nth and not node.has_year and node.month is None and not node.holiday:
                return None  # "the first week" of nothing
            if node.granularity == "time" and not node.shifts:
                return Meaning("time", node.time, granularity="time")
            period = self.period(node, cue)
            self._remember(node, period)
            return self._meaning(node, period)
        return None

    def _meaning(self, node: Point, period: Period) -> Meaning:
        kind = "time" if node.time else "range" if period.range else "date"
        value = period.value + node.time if node.time and not period.range else period.value
        return Meaning(
            kind, value, period.first, period.last, period.granularity, self._calendar(node), node.mod or None
        )

    def _calendar(self, node: Point) -> str:
        return node.calendar or {
            "be": "buddhist",
            "re": "rattanakosin",
            "cs": "chula",
            "ce": "gregorian",
            "": "gregorian",
        }.get(node.era, node.era)

    # ---- spans and twofold dates ------------------------------------------------------------------------

    def _span(self, node: Span, cue: Cue) -> Meaning:
        if node.until_now:
            assert node.first is not None
            first = self.period(node.first, cue)
            self._remember(node.first, first)
            if self.reference is None or first.first is None:
                return Meaning(
                    "range",
                    f"{first.value}/..",
                    first.first,
                    None,
                    first.granularity,
                    self._calendar(node.first),
                    node.mod or None,
                )
            self._used.append("day")
            return Meaning(
                "range",
                f"{first.value}/{self.reference}",
                first.first,
                self.reference,
                first.granularity,
                self._calendar(node.first),
                node.mod or None,
            )
        if node.first is None or node.last is None:
            single = node.first or node.last
            assert single is not None
            period = self.period(single, cue)
            self._remember(single, period)
            value = f"{period.value}/.." if node.first else f"../{period.value}"
            if node.first:
                return Meaning(
                    "range", value, period.first, None, period.granularity, self._calendar(single), node.mod or None
                )
            return Meaning(
                "range", value, None, period.last, period.granularity, self._calendar(single), node.mod or None
            )
        first, last = self._ends(node.first, node.last, cue)
        self._remember(node.last, last)
        if first.first and last.last and first.first > last.last:
            return Meaning("range", None, reason=f"the range ends ({last.last}) before it begins ({first.first})")
        start = first.value.partition("/")[0]
        end = last.value.rpartition("/")[2]
        if node.first.time and node.last.time:
            start, end = start + node.first.time, end + node.last.time
        return Meaning(
            "range",
            f"{start}/{end}",
            first.first,
            last.last,
            last.granularity,
            self._calendar(node.last),
            node.mod or None,
        )

    def _ends(self, one: Point, other: Point, cue: Cue) -> tuple[Period, Period]:
        """Both ends of a range; an end without a year takes the year that keeps the range in order."""
        if not one.has_year and other.has_year:
            last = self.period(other, cue)
            if last.first is not None:
                for back in (0, 1):
                    first = self._in_year(one, last.first.year - back)
                    if first and first.first and last.last and first.first <= last.last:
                        return first, last
        first = self.period(one, cue)
        if first.first is None:
            return first, self.period(other, cue)
        if not other.has_year:
            for ahead in (0, 1):
                last = (
                    self._in_year(other, first.first.year + ahead)
                    if other.month or other.part or other.holiday
                    else None
                )
                if last and last.last and last.last >= first.first:
                    return first, last
            if other.day is not None and other.month is None and one.day is not None:
                last = v.calendar_day(first.first.year, first.first.month, other.day)
                if last.last and last.last < first.first:
                    following = v.add_months(first.first.replace(day=1), 1)
                    last = v.calendar_day(following.year, following.month, other.day)
                return first, last
            if other.weekday is not None and other.day is None:
                ahead_days = (other.weekday - first.first.isoweekday()) % 7
                return first, v.day(v.add_days(first.first, ahead_days))
        last = self.period(other, cue)
        if last.last and last.last < first.first and not other.shifts and one.year is None and not one.shifts:
            back = self._in_year(one, first.first.year - 1) if one.month else None
            if back:
                return back, last
        return first, last

    def _same(self, node: Same, cue: Cue) -> Meaning:
        """The more explicit of the two decides; the other must agree with it or is reported."""
        better, other = sorted((node.first, node.second), key=_explicitness, reverse=True)
        if better.year is None and other.year is not None and better.calendar == other.calendar:
            better = better._replace(year=other.year, width=other.width, era=other.era)
        if not better.has_year and self.reference is not None and other.shifts:
            # "today (8 Nov.)": the relative half settles the year of the other
            near = self.period(other, cue)
            if near.first is not None and better.month is not None:
                candidates = [
                    found for shift in (-1, 0, 1) if (found := self._in_year(better, near.first.year + shift))
                ]
                best = min(candidates, key=lambda found: abs((found.first - near.first).days) if found.first else 10**6)
                better = better._replace(year=best.first.year if best.first else None, width=4, era="ce")
                self._used.append("year")
        if better.shifts and other.weekday and other.granularity == "weekday":
            period = self.period(better, cue)
            self._remember(better, period)
            if period.first is not None and period.first.isoweekday() != other.weekday:
                self._conflict = (
                    f"{period.first} is a {_WEEKDAYS[period.first.weekday()]}, not a {_WEEKDAYS[other.weekday - 1]}"
                )
            return self._meaning(better._replace(time=better.time or other.time), period)
        if other.weekday and not better.weekday and not other.shifts:
            better = better._replace(weekday=other.weekday)
            other = other._replace(weekday=None)
        period = self.period(better, cue)
        self._remember(better, period)
        conflict = None
        used, alternatives, clash = list(self._used), list(self._alternatives), self._conflict
        if other != Point():
            try:
                second = self.period(
                    inherit(other, better) if not other.calendar and not better.calendar else other, cue
                )
            except Impossible as impossible:
                second, conflict = None, str(impossible)
            if second and second.first and period.first and second.last and period.last:
                if second.last < period.first or second.first > period.last:
                    off = (period.first - second.first).days
                    if "hijri" in (better.calendar, other.calendar) and abs(off) == 1:
                        conflict = None  # the moon was sighted a day earlier or later than Umm al-Qura reckons
                    else:
                        conflict = f"the other half of the date says {second.value}"
                elif _fineness(second.granularity) > _fineness(period.granularity):
                    period = second
        self._used, self._alternatives, self._conflict = used, alternatives, clash
        node_calendar = self._calendar(node.first)
        meaning = self._meaning(better._replace(time=better.time or other.time, mod=better.mod or other.mod), period)
        return replace(meaning, conflict=conflict or clash, calendar=node_calendar)

    # ---- points ---------------------------------------------------------------------------------------------

    def period(self, point: Point, cue: Cue) -> Period:
        """The days that a point means. Impossible where the calendar has no such day."""
        if point.part and point.part[0] == "week-of":
            day = self.period(point._replace(part=None), cue)
            return v.week(v.monday_of(day.first)) if day.first else Period("XXXX-WXX", None, None, "week")
        point = self._settled_era(point)
        if point.fiscal:
            return self._fiscal(point)
        if point.calendar in ("hijri",):
            return self._hijri(point, cue)
        if point.calendar in ("lunar", "thai-lunar") or point.holiday:
            return self._named(point, cue)
        if point.shifts:
            return self._relative(point, cue)
        around = self._around(point)
        if around is not None:
            return self._checked(point, self._narrow(point, around))
        return self._inferred(point, cue)

    def _settled_era(self, point: Point) -> Point:
        """The point with a two-digit or era-less year made a year of the common era."""
        if point.year is None or point.era in ("done",) or point.calendar == "hijri":
            return point
        number, era = point.year, point.era
        if not era:
            era, number = self._guess_era(number, point)
        elif point.width <= 2 and era == "be" and number < 100:
            number += 2500
        elif point.width <= 2 and era == "ce" and number < 100:
            number = self._century_of(number)
        converted = eras.gregorian_year(era, number, point.month)
        if converted is None:
            raise Impossible(f"there is no year {number} of {era}")
        if era in eras.REIGNS and era not in eras.SOLAR_REIGNS and point.month:
            point = point._replace(calendar="lunar")
        if era == "be" and 2432 <= number <= 2483 and (point.month or 12) <= 3 and converted - 1 > 0:
            other = self._in_year(point._replace(year=None), number - 543)
            if other is not None:
                self._alternatives.append(other)
        return point._replace(year=converted, width=4, era="done")

    def _guess_era(self, number: int, point: Point) -> tuple[str, int]:
        """The era of a year that names none: by its size, then by what the document and the language use."""
        default = self.facts.get("era", "ce")
        if number >= 100:
            if default == "be" and 2300 <= number <= 2700:
                return "be", number
            return "ce", number
        if default == "be":
            buddhist, common = number + 2500, self._century_of(number)
            pivot = self.reference.year if self.reference else None
            if (
                self.evidence.years.get("ce", 0) > self.evidence.years.get("be", 0)
                and pivot
                and abs(common - pivot) <= 3
            ):
                return "ce", common
            if pivot and abs(common - pivot) <= 1 and abs(buddhist - 543 - pivot) > 20 and point.month is not None:
                return "ce", common
            return "be", buddhist
        return "ce", self._century_of(number)

    def _century_of(self, number: int) -> int:
        """A two-digit year of the common era: the one that is not more than ten years after the reference."""
        pivot = self.reference.year if self.reference else 2025
        year = pivot // 100 * 100 + number
        return year - 100 if year > pivot + 10 else year

    def _around(self, point: Point) -> Period | None:
        """The year, decade or century that the point names, if it names one."""
        if point.year is not None:
            return v.year(point.year)
        if point.decade is not None:
            if point.century is not None:
                return v.decade((point.century - 1) * 100 + point.decade)
            return v.decade(self._decade(point.decade))
        if point.century is not None:
            return v.century(point.century)
        return None

    def _decade(self, number: int) -> int:
        if number >= 100:
            return number
        if self.previous_day is not None and self.near:
            first = self.previous_day.year // 100 * 100 + number
            if first <= (self.reference.year if self.reference else 2025):
                return first
        pivot = self.reference.year if self.reference else 2025
        first = pivot // 100 * 100 + number
        return first - 100 if first > pivot else first

    def _narrow(self, point: Point, around: Period) -> Period:
        """The part of ``around`` that the point names: a month of the year, a day of the month …"""
        if around.first is None:
            if around.granularity == "year" and point.month is not None:
                suffix = f"-{point.month:02}" + (f"-{point.day:02}" if point.day is not None else "")
                return Period(around.value + suffix, None, None, "day" if point.day else "month")
            return around
        assert around.last is not None
        found = around
        year = around.first.year
        if point.month is not None:
            found = v.month(year, point.month)
        if point.part is not None:
            found = self._part(point.part, found)
        if point.nth is not None:
            found = self._nth(point, found)
        elif point.day is not None:
            if point.month is None and found.granularity != "month":
                raise Impossible("a day needs a month")
            assert found.first is not None
            found = v.calendar_day(found.first.year, found.first.month, point.day)
        elif point.weekday is not None:
            assert found.first is not None
            ahead = (point.weekday - found.first.isoweekday()) % 7
            found = v.day(found.first + timedelta(ahead))
        return found

    def _part(self, part: tuple[str, int], around: Period) -> Period:
        unit, number = part
        assert around.first is not None and around.last is not None
        year = around.first.year
        if unit == "quarter":
            return v.quarter(year, number)
        if unit == "half":
            if around.granularity == "month":
                middle = around.first.replace(day=15)
                return (
                    v.days(around.first, middle, "half")
                    if number == 1
                    else v.days(middle + timedelta(1), around.last, "half")
                )
            if around.granularity == "decade":
                middle_year = around.first.year + 5
                return (
                    v.days(around.first, date(middle_year - 1, 12, 31), "half")
                    if number == 1
                    else v.days(date(middle_year, 1, 1), around.last, "half")
                )
            return v.half(year, number)
        if unit == "season":
            return v.season(year, number)
        if unit == "third":
            return v.third(around if around.granularity == "month" else v.month(year, around.first.month), number)
        if unit == "week":
            if around.granularity == "year":
                return v.iso_week(year, number)
            return self._nth(Point(nth=(number, "week")), around)
        if unit == "weekend":
            return v.weekend(v.monday_of(around.first))
        raise ValueError(unit)

    def _nth(self, point: Point, around: Period) -> Period:
        """The n-th day, weekday, week, weekend, month or quarter of a period; negative counts from its end."""
        assert point.nth is not None and around.first is not None and around.last is not None
        number, unit = point.nth
        if (unit == "day" and point.weekday is not None) or unit == "weekday":
            weekday = point.weekday or number
            first = around.first + timedelta((weekday - around.first.isoweekday()) % 7)
            last = around.last - timedelta((around.last.isoweekday() - weekday) % 7)
            when = first + timedelta(7 * (number - 1)) if number > 0 else last + timedelta(7 * (number + 1))
            if not around.first <= when <= around.last:
                raise Impossible(f"{around.value} has no such weekday")
            return v.day(when)
        if unit == "day":
            when = around.first + timedelta(number - 1) if number > 0 else around.last + timedelta(number + 1)
            return v.day(when)
        if unit in ("week", "weekend"):
            # The first week of a period is the first that has most of its days (Thursday) in it, as in ISO 8601.
            thursday = around.first + timedelta((4 - around.first.isoweekday()) % 7)
            final = around.last - timedelta((around.last.isoweekday() - 4) % 7)
            when = thursday + timedelta(7 * (number - 1)) if number > 0 else final + timedelta(7 * (number + 1))
            return v.around(when, unit)
        start = around.first if number > 0 else around.last
        return v.around(v.shifted(start, unit, number - 1 if number > 0 else number + 1), unit)

    def _checked(self, point: Point, found: Period) -> Period:
        """Notes a conflict where a weekday is named that the day does not have."""
        if (
            point.weekday
            and point.day is not None
            and found.first
            and found.granularity == "day"
            and found.first.isoweekday() != point.weekday
        ):
            self._conflict = (
                f"{found.first} is a {_WEEKDAYS[found.first.weekday()]}, not a {_WEEKDAYS[point.weekday - 1]}"
            )
        return found

    # ---- relative points -----------------------------------------------------------------------------------

    def _relative(self, point: Point, cue: Cue) -> Period:
        anchor = self.previous_day if point.anchor in ("previous", "same") else self.reference
        if anchor is None and point.anchor in ("previous", "same"):
            anchor = self.reference
        if anchor is None:
            return self._unanchored(point)
        self._used.append(
            f"previous {point.shifts[0][0]}"
            if point.anchor and point.shifts
            else (point.shifts[0][0] if point.shifts else "day")
        )
        when, unit = anchor, "day"
        for step, count in point.shifts:
            when, unit = v.shifted(when, step, count), step
        if unit == "period":
            unit = "day"
        found = v.around(when, unit)
        if (
            unit == "week"
            and point.weekday is not None
            and not point.month
            and abs(point.shifts[-1][1]) == 1
            and self.reference
        ):
            # "last Tuesday" may also be the Tuesday just past, "next Friday" the one to come
            ahead = (point.weekday - self.reference.isoweekday()) % 7
            nearest = ahead if point.shifts[-1][1] > 0 else ahead - 7
            if nearest:
                self._alternatives.append(v.day(v.add_days(self.reference, nearest)))
        if point.month is not None or point.day is not None or point.part or point.nth or point.weekday is not None:
            if unit == "century" and point.decade is not None:
                pass
            elif unit == "week" and point.part == ("weekend", 0):
                assert found.first is not None
                found = v.weekend(found.first)
            else:
                found = self._narrow(point, found)
        if point.decade is not None and unit == "century":
            assert found.first is not None
            found = v.decade(found.first.year // 100 * 100 + point.decade)
            if point.part:
                found = self._part(point.part, found)
        return self._checked(point, found)

    def _unanchored(self, point: Point) -> Period:
        """The value of a relative point when nothing says when "now" is."""
        shape = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "year": "XXXX"}
        if point.month is not None:
            return Period(
                f"XXXX-{point.month:02}" + (f"-{point.day:02}" if point.day else ""),
                None,
                None,
                "day" if point.day else "month",
            )
        if point.weekday is not None and point.day is None:
            return Period(f"XXXX-WXX-{point.weekday}", None, None, "day")
        if point.day is not None:
            return Period(f"XXXX-XX-{point.day:02}", None, None, "day")
        if point.part is not None:
            return Period(_part_value("XXXX", point.part), None, None, point.part[0])
        unit = point.shifts[-1][0] if point.shifts else "day"
        return Period(shape.get(unit, "XXXX"), None, None, unit)

    # ---- points without a year -------------------------------------------------------------------------------

    def _inferred(self, point: Point, cue: Cue) -> Period:
        """A month, day, weekday, quarter … without a year: from the sentence, else by the reference date."""
        if point.anchor == "never":
            return self._underspecified(point)
        inherited = self._from_previous(point)
        if inherited is not None:
            self._used.append("previous")
            found = self._checked(point, inherited)
            if self.reference is not None:
                candidates = self._candidates(point)
                best = self._choose(candidates, replace_cue(cue, point))
                if best is not None:
                    self._alternatives.append(best)
            return found
        if self.reference is None:
            if point.anchor == "previous" and self.previous_day is not None and point.month is not None:
                return self._narrow(point, v.year(self.previous_day.year))
            return self._underspecified(point)
        candidates = self._candidates(point)
        if not candidates:
            self._in_year_or_raise(point)
        chosen = self._choose(candidates, replace_cue(cue, point), bool(point.which))
        if chosen is None:
            return self._underspecified(point)
        self._used.append("year" if point.month or point.part or point.holiday else "month" if point.day else "week")
        if point.weekday and point.day is not None:
            # a weekday that does not fit is stronger evidence than nearness, if another year fits
            fitting = [found for found in candidates if found.first and found.first.isoweekday() == point.weekday]
            if fitting and chosen not in fitting:
                nearest = self._choose(fitting, cue)
                if nearest and nearest.first and abs((nearest.first - self.reference).days) < 400:
                    self._alternatives.append(chosen)
                    chosen = nearest
        return self._checked(point, chosen)

    def _in_year_or_raise(self, point: Point) -> None:
        assert self.reference is not None
        if point.month is not None:
            self._narrow(point, v.year(self.reference.year))
        raise Impossible("there is no such day")

    def _from_previous(self, point: Point) -> Period | None:
        """The reading in the year (and month) of a date named shortly before, if that date had an explicit year."""
        if not self.near or self.previous is None or self.previous_day is None:
            return None
        if point.weekday is not None and point.day is None and point.month is None:
            return None
        if point.which is not None:
            return None
        if point.month is None and point.day is not None:
            if self.previous.granularity != "day" and self.previous.granularity != "month":
                return None
            candidate = _try_day(self.previous_day.year, self.previous_day.month, point.day)
            if (
                candidate is not None
                and candidate.first is not None
                and candidate.first >= self.previous_day.replace(day=1)
            ):
                return candidate
            return None
        if self.previous.year is None:
            return None
        found = self._in_year(point, self.previous_day.year)
        if found is None or found.first is None:
            return None
        if self.reference is not None and abs(self.reference.year - self.previous_day.year) <= 1:
            # Near the reference date the year would be left out either way: let the order of the story decide.
            if found.first < self.previous_day and found.first.year != self.reference.year:
                return None
            if self.previous.granularity == "year" and found.first.year != self.reference.year:
                return None
        return found

    def _candidates(self, point: Point) -> list[Period]:
        """Readings of an incomplete point around the reference date."""
        assert self.reference is not None
        found = []
        if point.weekday is not None and point.day is None and point.month is None and point.nth is None:
            monday = v.monday_of(self.reference)
            return [
                v.day(monday + timedelta(7 * weeks + point.weekday - 1))
                for weeks in ((0,) if point.which == 0 else (-1, 0, 1))
            ]
        if point.part and point.part[0] == "weekend":
            monday = v.monday_of(self.reference)
            return [v.weekend(monday + timedelta(7 * weeks)) for weeks in (-1, 0, 1)]
        if point.month is None and (point.day is not None or point.nth or (point.part and point.part[0] == "third")):
            first = self.reference.replace(day=1)
            for months in (-2, -1, 0, 1, 2):
                start = v.add_months(first, months)
                try:
                    found.append(self._narrow(point, v.month(start.year, start.month)))
                except Impossible:
                    continue
            return found
        for years in (
            (-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4)
            if point.day == 29 and point.month == 2
            else (-2, -1, 0, 1, 2)
        ):
            reading = self._in_year(point, self.reference.year + years)
            if reading is not None and reading.first is not None:
                found.append(reading)
        return found

    def _in_year(self, point: Point, year: int) -> Period | None:
        try:
            return self._narrow(point._replace(year=None, era=""), v.year(year))
        except Impossible:
            return None

    def _choose(self, candidates: Sequence[Period], cue: Cue, strict: bool = False) -> Period | None:
        """The nearest reading under the cue; the nearest on the other side of the reference date is kept.

        ``strict`` excludes the period that holds the reference date: last November, said in November, is a year ago.
        """
        reference = self.reference
        if reference is None or not candidates:
            return None

        def behind(found: Period) -> bool:
            assert found.last is not None
            return found.last < reference

        def distance(found: Period) -> float:
            assert found.first is not None and found.last is not None
            if found.first <= reference <= found.last:
                return 0
            daily = found.granularity == "day"
            if behind(found):
                extra = OTHER_YEAR_BEHIND_DAY if daily else OTHER_YEAR_BEHIND
                return (reference - found.last).days + (extra if found.last.year != reference.year else 0)
            ahead = (found.first - reference).days * (AHEAD_DAY if daily else AHEAD)
            return ahead + (OTHER_YEAR_AHEAD if found.first.year != reference.year and ahead > 10 else 0)

        def short(found: Period) -> float:
            """Within a week or a month there is no year to leave out: the past wins."""
            assert found.first is not None and found.last is not None
            if found.first <= reference <= found.last:
                return 0
            return (reference - found.last).days if behind(found) else (found.first - reference).days * 2.5

        weekly = len(candidates) == 3 and all(
            found.first and abs((found.first - reference).days) <= 21 for found in candidates
        )
        measure = short if weekly else distance
        pool = list(candidates)
        if cue.direction > 0:
            pool = [found for found in pool if not behind(found)] or pool
            if strict:
                pool = [found for found in pool if found.first is not None and found.first > reference] or pool
            best = min(pool, key=lambda found: abs((found.first - reference).days) if found.first else 0)
        elif cue.direction < 0:
            pool = [found for found in pool if found.first is not None and found.first <= reference] or pool
            if strict:
                pool = [found for found in pool if behind(found)] or pool
            best = min(
                pool, key=lambda found: abs((reference - found.last).days) if found.last and behind(found) else 0
            )
        elif weekly:
            past = [found for found in candidates if found.first is not None and found.first <= reference]
            best = max(past, key=lambda found: found.first or reference) if past else candidates[0]
        else:
            best = min(pool, key=measure)
        other = [found for found in candidates if found != best and behind(found) != behind(best)]
        if other:
            self._alternatives.append(
                min(other, key=lambda found: abs((found.first - reference).days) if found.first else 0)
            )
        return best

    def _underspecified(self, point: Point) -> Period:
        if point.holiday:
            return Period("XXXX", None, None, "day")
        if point.month is not None:
            if not 1 <= point.month <= 12:
                raise Impossible(f"there is no month {point.month}")
            value = f"XXXX-{point.month:02}"
            if point.day is not None:
                longest = 29 if point.month == 2 else 30 if point.month in (4, 6, 9, 11) else 31
                if not 1 <= point.day <= longest:
                    raise Impossible(f"no month {point.month} has a day {point.day}")
                return Period(f"{value}-{point.day:02}", None, None, "day")
            return Period(value, None, None, "month")
        if point.day is not None:
            return Period(f"XXXX-XX-{point.day:02}", None, None, "day")
        if point.weekday is not None:
            return Period(f"XXXX-WXX-{point.weekday}", None, None, "day")
        if point.part is not None:
            return Period(_part_value("XXXX", point.part), None, None, point.part[0])
        return Period("XXXX", None, None, point.granularity)

    # ---- other calendars -------------------------------------------------------------------------------------

    def _hijri(self, point: Point, cue: Cue) -> Period:
        if point.year is not None:
            year = point.year
            if point.width == 2 or year < 100:
                year += 1400
            return self._hijri_in(point, year)
        if point.shifts and self.reference is not None:
            around = self._relative(point._replace(month=None, day=None, calendar=""), cue)
            assert around.first is not None and around.last is not None
            first_year, last_year = hijri.year_of(around.first), hijri.year_of(around.last)
            inside = [
                found
                for year in range(first_year, last_year + 1)
                if (found := self._hijri_in(point, year)).first and around.first <= found.first <= around.last
            ]
            if inside:
                return inside[0]
        if self.reference is None:
            return Period("XXXX", None, None, "day" if point.day else "month")
        middle = hijri.year_of(self.reference)
        candidates = [self._hijri_in(point, year) for year in range(middle - 2, middle + 3)]
        self._used.append("year")
        chosen = self._choose(candidates, replace_cue(cue, point))
        assert chosen is not None
        return chosen

    def _hijri_in(self, point: Point, year: int) -> Period:
        if point.month is None:
            return v.days(*hijri.year_days(year), "year")
        if point.day is not None:
            return self._checked(point, v.day(hijri.day(year, point.month, point.day)))
        first, last = hijri.month_days(year, point.month)
        if point.nth:
            return self._nth(point, v.days(first, last, "month"))
        if point.part and point.part[0] == "third":
            return v.days(
                first + timedelta(10 * point.part[1] - 10),
                last if point.part[1] == 3 else first + timedelta(10 * point.part[1] - 1),
                "third",
            )
        return v.days(first, last, "month")

    def _named(self, point: Point, cue: Cue) -> Period:
        """Holidays, and days of the lunar calendars: reckoned in each year that could be meant."""
        from wic.dates.calendars.holidays import holiday

        rule = point.holiday or _lunar_rule(point)

        if rule.startswith("cycle "):
            return self._cycle(rule)

        def reckoned(year: int) -> Period | None:
            return holiday(rule, year)

        def possible(year: int) -> Period | None:
            try:
                return reckoned(year)
            except Impossible:
                return None

        if point.year is not None:
            if point.calendar == "lunar" and point.year < chinese.FIRST:
                return v.year(point.year)  # months of that time are not reckoned; the year is what is known
            found = reckoned(point.year)
            if found is None:
                raise Impossible(f"{rule} cannot be reckoned for {point.year}")
            return found
        yearly = tuple(shift for shift in point.shifts if shift[0] == "year")
        if yearly:
            anchor = self.previous_day if point.anchor == "previous" and self.previous_day else self.reference
            if anchor is not None:
                self._used.append("year")
                found = reckoned(v.shifted(anchor, "year", yearly[0][1]).year)
                if found is not None:
                    return found
        if self.reference is None:
            fixed = rule.split()[0]
            value = f"XXXX-{fixed}" if len(fixed) == 5 and fixed[2] == "-" else "XXXX"
            return Period(value, None, None, "day")
        candidates = [found for years in (-1, 0, 1) if (found := possible(self.reference.year + years))]
        if not candidates:
            raise Impossible(f"{rule} cannot be reckoned for {self.reference.year}")
        self._used.append("year")
        if point.which:
            side = [
                found for found in candidates if found.first and (found.first > self.reference) == (point.which > 0)
            ]
            if side:
                return side[0] if point.which > 0 else side[-1]
        if point.calendar == "lunar":
            lunar_year = self.reference.year - (chinese.year_days(self.reference.year)[0] > self.reference)
            own = possible(lunar_year)
            if own is not None and cue.direction == 0:
                self._alternatives += [found for found in candidates if found != own][:1]
                return own
        same_year = [found for found in candidates if found.first and found.first.year == self.reference.year]
        chosen = self._choose(candidates, cue)
        if same_year and cue.direction == 0:
            gap = abs((same_year[0].first - self.reference).days) if same_year[0].first else 0
            nearest = abs((chosen.first - self.reference).days) if chosen and chosen.first else 0
            if gap - nearest < 180:
                return same_year[0]
        assert chosen is not None
        return chosen

    def _cycle(self, rule: str) -> Period:
        """A year of the Chinese cycle, or a lunar day in it: the one that holds the reference date, else the last before."""
        _, turn, *day = rule.split()
        length, place = map(int, turn.split("/"))
        if self.reference is None:
            return Period("XXXX", None, None, "year")
        self._used.append("year")
        now = self.reference.year
        year = now - (now - 4 - place) % length
        if (
            length < 60
            and place == (now + 1 - 4) % length
            and chinese.year_days(now)[0] <= self.reference
            and (self.reference.month >= 10)
        ):
            self._alternatives.append(v.days(*chinese.year_days(now + 1), "year"))
        if day:
            month, number = map(int, day[0].split("-"))
            return v.day(chinese.day(year, month, number))
        return v.days(*chinese.year_days(year), "year") if year >= chinese.FIRST else v.year(year)

    def _fiscal(self, point: Point) -> Period:
        """A fiscal, academic or plan year: its months are the language's (Thailand: October to September)."""
        if point.year is None and point.shifts and self.reference is not None:
            number = self.reference.year + point.shifts[0][1]
            self._used.append("year")
        elif point.year is not None:
            number = point.year
        else:
            return Period("FYXXXX", None, None, "year")
        starts = self.facts.get("fiscal", {}).get(point.fiscal)
        if starts is None:
            return Period(f"FY{number:04}", None, None, "year")
        start_month, start_year = starts
        first = date(number + start_year, start_month, 1)
        if point.part and point.part[0] == "quarter":
            begin = v.add_months(first, 3 * (point.part[1] - 1))
            return v.days(begin, v.add_months(begin, 3) - timedelta(1), "quarter")
        if point.part and point.part[0] == "half":
            begin = v.add_months(first, 6 * (point.part[1] - 1))
            return v.days(begin, v.add_months(begin, 6) - timedelta(1), "half")
        return v.days(first, v.add_months(first, 12) - timedelta(1), "year")

    # ---- memory --------------------------------------------------------------------------------------------------

    def _remember(self, point: Point, period: Period) -> None:
        """Keeps a point for what follows in the same sentence, with its year where the text itself gave it."""
        if period.first is None:
            return
        explicit = point.year is not None or (
            self.near and self.previous is not None and self.previous.year is not None and not point.shifts
        )
        self.previous = point._replace(year=period.first.year if explicit else None)
        self.previous_day = period.first


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def replace_cue(cue: Cue, point: Point) -> Cue:
    """An adjective of the expression itself (next, الماضي) outweighs the words around it."""
    if point.which is None:
        return cue
    return Cue(point.which) if point.which else Cue(0)


def _explicitness(point: Point) -> tuple[bool, ...]:
    """How much of a day a point says; the greater of two halves of a date decides."""
    return (
        point.day is not None and point.month is not None,
        point.year is not None,
        point.granularity != "weekday",
        not point.calendar and not point.shifts and not point.holiday,
        point.day is not None,
    )


_FINENESS = {
    name: place
    for place, name in enumerate(
        ("century", "decade", "year", "half", "season", "quarter", "month", "third", "week", "weekend", "day")
    )
}


def _fineness(granularity: str) -> int:
    return _FINENESS.get(granularity, 0)


def _part_value(year: str, part: tuple[str, int]) -> str:
    unit, number = part
    if unit == "quarter":
        return f"{year}-Q{number}"
    if unit == "half":
        return f"{year}-H{number}"
    if unit == "season":
        return f"{year}-{v.SEASON_NAMES[number - 1]}"
    if unit == "week":
        return f"{year}-W{number:02}"
    if unit == "weekend":
        return f"{year}-WXX-WE"
    return year


def _try_day(year: int, month: int, day: int) -> Period | None:
    try:
        return v.calendar_day(year, month, day)
    except Impossible:
        return None


def _lunar_rule(point: Point) -> str:
    kind = "lunar" if point.calendar == "lunar" else "thai-lunar"
    leap = "+" if point.leap else ""
    return f"{kind} {point.month}{leap}-{point.day}" if point.day else f"{kind} {point.month}{leap}"
