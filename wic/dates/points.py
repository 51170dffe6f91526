"""Points of the calendar to days: eras, relative days, other calendars, and what a point leaves out.

``PointReader`` fills in a year from the sentence before or from the reference date, keeps the other reading where there is
one, and notes what it took from where and what does not agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wic.dates import value as v
from wic.dates.calendars import chinese, eras, hijri
from wic.dates.calendars.holidays import holiday
from wic.dates.choice import choose
from wic.dates.meaning import Cue, Evidence
from wic.dates.node import Point
from wic.dates.other_calendars import cycle, fiscal, hijri_in, lunar_rule
from wic.dates.parts import in_year, narrow, part_of, possible_day, unanchored, underspecified
from wic.dates.value import Impossible, Period

# A year of its own is taken over by a month or day that follows within so many characters.
CLOSE = 16
# Where there is no reference date, two-digit years and decades are taken to end about here. Never the machine clock.
RECENT = 2025


class PointReader:
    """Reads the points of one document, in order. Without a reference date, values stay underspecified."""

    def __init__(self, reference: date | None, facts: Mapping[str, Any], evidence: Evidence) -> None:
        self.reference = reference
        self.facts = facts
        self.evidence = evidence
        self.previous: Point | None = None  # the last point that was resolved, with its year settled
        self.previous_day: date | None = None  # the first day of the last expression
        self.previous_days: Period | None = None
        self.near = False  # whether the previous expression stands in the same sentence
        self.gap = 0  # characters between the previous expression and this one
        self._used: list[str] = []
        self._alternatives: list[Period] = []
        self._conflict: str | None = None

    def period(self, point: Point, cue: Cue) -> Period:
        """The days that a point means. Impossible where the calendar has no such day."""
        if point.part and point.part[0] in ("week-of", "weekend-of"):
            return self._week_of(point, cue)
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
            return self._checked(point, narrow(point, around))
        return self._inferred(point, cue)

    def _week_of(self, point: Point, cue: Cue) -> Period:
        """The week that holds a day, or the weekend beside a feast."""
        whole = bool(point.part and point.part[0] == "week-of")
        around = _week_around if whole else _weekend_beside
        day = self.period(point._replace(part=None), cue)
        self._alternatives = [around(other.first) for other in self._alternatives if other.first]
        if day.first:
            return around(day.first)
        return Period("XXXX-WXX", None, None, "week") if whole else Period("XXXX-WXX-WE", None, None, "weekend")

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
            other = in_year(point._replace(year=None), number - 543)
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
        pivot = self.reference.year if self.reference else RECENT
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
            if first <= (self.reference.year if self.reference else RECENT):
                return first
        pivot = self.reference.year if self.reference else RECENT
        first = pivot // 100 * 100 + number
        return first - 100 if first > pivot else first

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
                f"{found.first} is a {WEEKDAYS[found.first.weekday()]}, not a {WEEKDAYS[point.weekday - 1]}"
            )
        return found

    def _relative(self, point: Point, cue: Cue) -> Period:
        anchor = self.previous_day if point.anchor in ("previous", "same") else self.reference
        if anchor is None and point.anchor in ("previous", "same"):
            anchor = self.reference
        if anchor is None:
            return unanchored(point)
        self._used.append(
            f"previous {point.shifts[0][0]}"
            if point.anchor and point.shifts
            else (point.shifts[0][0] if point.shifts else "day")
        )
        years = sum(count * _YEARS[step] for step, count in point.shifts if step in _YEARS)
        if anchor.year + years < 1 and all(step in _YEARS for step, _ in point.shifts):
            return v.year(anchor.year + years)
        when, unit = anchor, "day"
        for step, count in point.shifts:
            when, unit = v.shifted(when, step, count), step
        if unit == "period" or unit in v.WEEKDAY_UNITS:
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
                found = narrow(point, found)
        if point.decade is not None and unit == "century":
            assert found.first is not None
            found = v.decade(found.first.year // 100 * 100 + point.decade)
            if point.part:
                found = part_of(point.part, found)
        return self._checked(point, found)

    def _inferred(self, point: Point, cue: Cue) -> Period:
        """A month, day, weekday, quarter … without a year: from the sentence, else by the reference date."""
        if point.anchor == "never":
            return underspecified(point)
        inherited = self._from_previous(point)
        if inherited is not None:
            self._used.append("previous")
            found = self._checked(point, inherited)
            if self.reference is not None:
                candidates = self._candidates(point)
                self._alternatives.append(self._choose(candidates, own_cue(cue, point)))
            return found
        if self.reference is None:
            if point.anchor == "previous" and self.previous_day is not None and point.month is not None:
                return narrow(point, v.year(self.previous_day.year))
            return underspecified(point)
        candidates = self._candidates(point)
        if not candidates:
            self._in_year_or_raise(point)
        chosen = self._choose(candidates, own_cue(cue, point), bool(point.which))
        self._used.append("year" if point.month or point.part or point.holiday else "month" if point.day else "week")
        if point.weekday and point.day is not None:
            # a weekday that does not fit is stronger evidence than nearness, if another year fits
            fitting = [found for found in candidates if found.first and found.first.isoweekday() == point.weekday]
            if fitting and chosen not in fitting:
                nearest = self._choose(fitting, cue)
                if nearest.first and abs((nearest.first - self.reference).days) < 400:
                    self._alternatives.append(chosen)
                    chosen = nearest
                else:
                    self._alternatives.append(nearest)
        return self._checked(point, chosen)

    def _in_year_or_raise(self, point: Point) -> None:
        assert self.reference is not None
        if point.month is not None:
            narrow(point, v.year(self.reference.year))
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
            candidate = possible_day(self.previous_day.year, self.previous_day.month, point.day)
            if (
                candidate is not None
                and candidate.first is not None
                and candidate.first >= self.previous_day.replace(day=1)
            ):
                return candidate
            return None
        if self.previous.year is None:
            return None
        found = in_year(point, self.previous_day.year)
        if found is None or found.first is None:
            return None
        if self.reference is not None and abs(self.reference.year - self.previous_day.year) <= 1:
            # Near the reference date the year would be left out either way: let the order of the story decide.
            if found.first < self.previous_day and found.first.year != self.reference.year:
                return None
            if self.previous.granularity == "year" and found.first.year != self.reference.year and self.gap > CLOSE:
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
            for months in range(-12, 13) if point.weekday and point.day is not None else (-2, -1, 0, 1, 2):
                start = v.add_months(first, months)
                try:
                    found.append(narrow(point, v.month(start.year, start.month)))
                except Impossible:
                    continue
            return found
        for years in (
            (-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4)
            if point.day == 29 and point.month == 2
            else (-2, -1, 0, 1, 2)
        ):
            reading = in_year(point, self.reference.year + years)
            if reading is not None and reading.first is not None:
                found.append(reading)
        return found

    def _hijri(self, point: Point, cue: Cue) -> Period:
        if point.year is not None:
            year = point.year
            if point.width == 2 or year < 100:
                year += 1400
            return self._checked(point, hijri_in(point, year))
        if point.shifts and self.reference is not None:
            around = self._relative(point._replace(month=None, day=None, calendar=""), cue)
            assert around.first is not None and around.last is not None
            first_year, last_year = hijri.year_of(around.first), hijri.year_of(around.last)
            inside = [
                found
                for year in range(first_year, last_year + 1)
                if (found := hijri_in(point, year)).first and around.first <= found.first <= around.last
            ]
            if inside:
                return inside[0]
        if self.reference is None:
            return Period("XXXX", None, None, "day" if point.day else "month")
        middle = hijri.year_of(self.reference)
        candidates = [hijri_in(point, year) for year in range(middle - 2, middle + 3)]
        self._used.append("year")
        return self._choose(candidates, own_cue(cue, point))

    def _named(self, point: Point, cue: Cue) -> Period:
        """Holidays, and days of the lunar calendars: reckoned in each year that could be meant."""
        rule = point.holiday or lunar_rule(point)
        if rule.startswith("cycle "):
            if self.reference is None:
                return Period("XXXX", None, None, "year")
            self._used.append("year")
            found, other = cycle(rule, self.reference)
            self._alternatives += [other] if other else []
            return found

        def possible(year: int) -> Period | None:
            try:
                return holiday(rule, year)
            except Impossible:
                return None

        if point.year is not None:
            if point.calendar == "lunar" and point.year < chinese.FIRST:
                return v.year(point.year)  # months of that time are not reckoned; the year is what is known
            reckoned = holiday(rule, point.year)
            if reckoned is None:
                raise Impossible(f"{rule} cannot be reckoned for {point.year}")
            return reckoned
        yearly = tuple(shift for shift in point.shifts if shift[0] == "year")
        if yearly:
            anchor = self.previous_day if point.anchor == "previous" and self.previous_day else self.reference
            if anchor is not None:
                self._used.append("year")
                reckoned = holiday(rule, v.shifted(anchor, "year", yearly[0][1]).year)
                if reckoned is not None:
                    return reckoned
        if self.reference is None:
            fixed = rule.split()[0]
            value = f"XXXX-{fixed}" if len(fixed) == 5 and fixed[2] == "-" else "XXXX"
            return Period(value, None, None, "day")
        readings = [possible(self.reference.year + years) for years in (-1, 0, 1)]
        candidates = [reading for reading in readings if reading is not None]
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
        cue = own_cue(cue, point)
        chosen = self._choose(candidates, cue)
        if same_year and cue.direction == 0:
            gap = abs((same_year[0].first - self.reference).days) if same_year[0].first else 0
            nearest = abs((chosen.first - self.reference).days) if chosen and chosen.first else 0
            if gap - nearest < 180:
                return same_year[0]
        return chosen

    def _fiscal(self, point: Point) -> Period:
        number = point.year
        if number is None and point.shifts and self.reference is not None:
            number = self.reference.year + point.shifts[0][1]
            self._used.append("year")
        if number is None:
            return Period("FYXXXX", None, None, "year")
        return fiscal(point, number, self.facts.get("fiscal", {}).get(point.fiscal))

    def _choose(self, candidates: Sequence[Period], cue: Cue, strict: bool = False) -> Period:
        """The likeliest reading; the nearest on the other side of the reference date is kept."""
        assert self.reference is not None
        best, others = choose(candidates, self.reference, cue.direction, strict)
        self._alternatives += others
        return best

    def _remember(self, point: Point, period: Period) -> None:
        """Keeps a point for what follows in the same sentence, with its year where the text itself gave it."""
        if period.first is None:
            return
        explicit = (point.year is not None and point.mod not in ("SINCE", "AFTER", "BEFORE")) or (
            self.near and self.previous is not None and self.previous.year is not None and not point.shifts
        )
        self.previous = point._replace(year=period.first.year if explicit else None)
        self.previous_day = period.first


def _week_around(day: date) -> Period:
    return v.week(v.monday_of(day))


def _weekend_beside(day: date) -> Period:
    """The weekend that a day is on or next to: Labor Day weekend is the one before its Monday."""
    return v.weekend(v.monday_of(day - timedelta(2 if day.isoweekday() <= 2 else 0)))


_YEARS = {"year": 1, "decade": 10, "century": 100}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def own_cue(cue: Cue, point: Point) -> Cue:
    """What the expression itself says (next, الماضي, since) outweighs the words around it."""
    if point.mod == "SINCE":
        return Cue(-1)
    if point.which is None:
        return cue
    return Cue(point.which) if point.which else Cue(0)
