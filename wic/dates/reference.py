"""The reference date of a document: given, or read off the document itself. Never the machine clock.

Evidence in the text, strongest first: a newspaper's masthead or a dateline with a full date; the latest of the full
dates that open the document or stand in brackets (captions), else of those that close it; a weekday together with day
and month, which fits only some years. What was used is reported with every expression that needed it:
``{"date", "source": "text", "start", "end", "fields"}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from wic.dates.meaning import Evidence
from wic.dates.node import Point, Same, Span
from wic.dates.resolve import Resolver
from wic.dates.search import Candidate
from wic.errors import WicError


class Reference(NamedTuple):
    """A reference date and where it comes from: argument, metadata or text (then with the place in the clean text)."""

    date: date
    source: str
    start: int | None = None
    end: int | None = None


HEAD, TAIL = 300, 120
"""How many characters open and close a document: a full date there may be its own."""

_ISO = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})")


def given(argument: date | str | None, metadata: Any) -> Reference | None:
    """The reference date that the user or the record gives. A metadata date that cannot be read is no date."""
    if argument is not None:
        found = _read(argument)
        if found is None:
            raise WicError(
                f"reference date {str(argument)!r} is not a date", "write it as YYYY-MM-DD, such as 2023-11-08"
            )
        return Reference(found, "argument")
    found = _read(metadata)
    return Reference(found, "metadata") if found else None


def _read(when: Any) -> date | None:
    if isinstance(when, date):
        return date(when.year, when.month, when.day)
    if isinstance(when, str) and (match := _ISO.match(when)):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            return None
    return None


def evidence_in(found: Sequence[Candidate], facts: Mapping[str, Any]) -> Evidence:
    """How the document counts its years, by its four-digit years and named eras."""
    evidence = Evidence(order=facts.get("order", "dmy"), era=facts.get("era", "ce"))
    for candidate in found:
        for point in _points(candidate):
            if point.year is None:
                continue
            era = point.era or ("be" if 2300 <= point.year <= 2700 else "ce" if point.width == 4 else "")
            if era:
                evidence.years[era] = evidence.years.get(era, 0) + 1
    return evidence


def _points(candidate: Candidate) -> list[Point]:
    node = candidate.node
    if isinstance(node, Point):
        return [node]
    if isinstance(node, Same):
        return [node.first, node.second]
    if isinstance(node, Span):
        return [point for point in (node.first, node.last) if point is not None]
    return []


def infer(text: str, found: Sequence[Candidate], facts: Mapping[str, Any], evidence: Evidence) -> Reference | None:
    """The reference date that the text itself shows, if it shows one."""
    plain = Resolver(None, facts, evidence)
    full: list[tuple[Candidate, date]] = []
    for candidate in found:
        if isinstance(candidate.node, Point | Same):
            meaning = plain.resolve(candidate.node)
            if meaning and meaning.first and meaning.first == meaning.last and meaning.calendar != "hijri":
                full.append((candidate, meaning.first))
    for pattern in (*facts.get("masthead", ()), *facts.get("dateline", ())):
        for candidate, when in full:
            if re.search(pattern, _around(text, candidate)):
                return Reference(when, "text", candidate.start, candidate.end)
    shown = [
        (candidate, when)
        for candidate, when in full
        if candidate.start < HEAD or text[candidate.start - 1 : candidate.start] in ("(", "（")
    ] or [entry for entry in full if entry[0].end > len(text) - TAIL]
    if shown:
        candidate, when = max(shown, key=lambda entry: entry[1])
        return Reference(when, "text", candidate.start, candidate.end)
    return _by_weekday(found, evidence)


def _around(text: str, candidate: Candidate) -> str:
    """What stands beside a date, with NUL in its place; the document opens with a line break."""
    before = text[max(0, candidate.start - 30) : candidate.start]
    if candidate.start <= 30:
        before = "\n" + before
    return before + "\0" + text[candidate.end : candidate.end + 12]


def _by_weekday(found: Sequence[Candidate], evidence: Evidence) -> Reference | None:
    """الأحد (26 سبتمبر) "Sunday (26 September)": of the years that the document names, the one where that is a Sunday."""
    named = [
        point.year
        for candidate in found
        for point in _points(candidate)
        if point.year and point.width == 4 and 1990 <= point.year <= 2100
    ]
    if not named:
        return None
    for candidate in found:
        for point in _points(candidate):
            if point.weekday and point.day and point.month and point.year is None and not point.calendar:
                for year in sorted(set(named), key=named.count, reverse=True):
                    try:
                        when = date(year, point.month, point.day)
                    except ValueError:
                        continue
                    if when.isoweekday() == point.weekday:
                        return Reference(when, "text", candidate.start, candidate.end)
    return None
