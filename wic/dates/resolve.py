"""From what a text says to which days it means: the reference date, the dates around it, calendars and cues.

``Resolver`` reads the nodes of one document in order. It knows the reference date and what was mentioned before, fills in
what an expression leaves out, keeps the other reading where there is one, and says what it took from where.
"""

from __future__ import annotations

from wic.dates import value as v
from wic.dates.meaning import Cue, Meaning
from wic.dates.node import Length, Node, Offset, Point, Recurring, Same, Span, Vague, inherit
from wic.dates.parts import in_year, possible_day
from wic.dates.points import WEEKDAYS, PointReader
from wic.dates.value import Impossible, Period


class Resolver(PointReader):
    """Resolves the nodes of one document, in order."""

    def resolve(self, node: Node, cue: Cue | None = None) -> Meaning | None:
        """The meaning of a node; None for what means nothing by itself."""
        cue = cue or Cue()
        self._used, self._alternatives, self._conflict = [], [], None
        try:
            meaning = self._resolve(node, cue)
        except (Impossible, OverflowError) as impossible:
            kind = "range" if isinstance(node, Span) else "date"
            reason = "the date is beyond the calendar" if isinstance(impossible, OverflowError) else str(impossible)
            return Meaning(kind, None, reason=reason)
        if meaning is not None:
            alternatives = tuple(
                period for period in dict.fromkeys(self._alternatives) if period.value != meaning.value
            )
            meaning = meaning._replace(
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
            if anchor.granularity in ("month", "year") and node.shifts[-1][0] == anchor.granularity:
                found = v.around(when, anchor.granularity)  # the year before 2015
                return self._meaning(node.point, found)
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

    def _span(self, node: Span, cue: Cue) -> Meaning:
        if node.until_now:
            assert node.first is not None
            since = node.first._replace(mod="SINCE")
            first = self.period(since, Cue(-1))
            self._remember(since, first)
            begin = first.value.partition("/")[0]
            if self.reference and first.first and first.first > self.reference:
                return Meaning("range", None, reason=f"{first.value} is after the reference date {self.reference}")
            if self.reference is None or first.first is None:
                return Meaning(
                    "range",
                    f"{begin}/..",
                    first.first,
                    None,
                    first.granularity,
                    self._calendar(node.first),
                    node.mod or None,
                )
            self._used.append("day")
            return Meaning(
                "range",
                f"{begin}/{self.reference}",
                first.first,
                self.reference,
                first.granularity,
                self._calendar(node.first),
                node.mod or None,
            )
        if node.first is None or node.last is None:
            single = node.first or node.last
            assert single is not None
            if single.granularity == "time" and not single.shifts:  # from 8 p.m. on, of a day that is not said
                open_time = f"{single.time}/.." if node.first else f"../{single.time}"
                return Meaning("range", open_time, granularity="time", mod=node.mod or None)
            period = self.period(single, cue)
            self._remember(single, period)
            named = period.value + single.time
            value = f"{named}/.." if node.first else f"../{named}"
            if node.first:
                return Meaning(
                    "range", value, period.first, None, period.granularity, self._calendar(single), node.mod or None
                )
            return Meaning(
                "range", value, None, period.last, period.granularity, self._calendar(single), node.mod or None
            )
        first, last = self._ends(node.first, node.last, cue)
        self._alternatives = [
            found for other in self._alternatives if (found := _other_range(node.last, first, last, other))
        ]
        self._remember(node.last, last)
        if node.counted and self.reference and last.last and last.last >= self.reference and first.first:
            months = last.last.month
            start_month = v.add_months(self.reference.replace(day=1), -months)
            end_month = v.add_months(self.reference.replace(day=1), -1)
            begun, ended = v.month(start_month.year, start_month.month), v.month(end_month.year, end_month.month)
            self._alternatives.append(Period(f"{begun.value}/{ended.value}", begun.first, ended.last, "month"))
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
                    earlier = in_year(one, last.first.year - back)
                    if earlier and earlier.first and last.last and earlier.first <= last.last:
                        return earlier, last
        first = self.period(one, cue)
        if first.first is None:
            return first, self.period(other, cue)
        if not other.has_year:
            for ahead in (0, 1):
                later = in_year(other, first.first.year + ahead) if other.month or other.part or other.holiday else None
                if later and later.last and later.last >= first.first:
                    return first, later
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
        if last.last and last.last < first.first and other.weekday and other.day is None:  # this Friday to this Monday
            return first, v.day(v.add_days(first.first, (other.weekday - first.first.isoweekday()) % 7))
        if last.last and last.last < first.first and not other.shifts and one.year is None and not one.shifts:
            before = in_year(one, first.first.year - 1) if one.month else None
            if before:
                return before, last
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
                day = near.first
                candidates = [found for shift in (-1, 0, 1) if (found := in_year(better, day.year + shift))]
                if candidates:
                    best = min(candidates, key=lambda found: abs((found.first - day).days) if found.first else 10**6)
                    better = better._replace(year=best.first.year if best.first else None, width=4, era="ce")
                    self._used.append("year")
        if better.shifts and other.weekday and other.granularity == "weekday":
            period = self.period(better, cue)
            self._remember(better, period)
            if period.first is not None and period.first.isoweekday() != other.weekday:
                self._conflict = (
                    f"{period.first} is a {WEEKDAYS[period.first.weekday()]}, not a {WEEKDAYS[other.weekday - 1]}"
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
            second: Period | None = None
            try:
                second = self.period(
                    inherit(other, better) if not other.calendar and not better.calendar else other, cue
                )
            except Impossible as impossible:
                conflict = str(impossible)
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
        return meaning._replace(conflict=conflict or clash, calendar=node_calendar)


def _other_range(end: Point, first: Period, last: Period, other: Period) -> Period | None:
    """The range that begins with the other reading of its first day."""
    if not (first.first and last.first and other.first and other.granularity == first.granularity):
        return None
    years = other.first.year - first.first.year
    if end.weekday and end.day is None and end.month is None:
        found: Period | None = v.day(v.add_days(last.first, (other.first - first.first).days))
    elif end.month is None and end.day is not None:
        found = possible_day(other.first.year, other.first.month, end.day)
    else:
        found = in_year(end._replace(year=None, era=""), last.first.year + years) if years else None
    if found is None or found.last is None or found.last < other.first:
        return None
    return Period(f"{other.value}/{found.value}", other.first, found.last, found.granularity)


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
