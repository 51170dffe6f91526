"""Scores `wic dates` on other makers' date cases, under the deviations that docs/dates-deviations.md publishes.

usage: python benchmarks/dates_peers.py [--show N] CASES.jsonl...

A case: {"id", "lang", "text", "ref", "expect": [{"text", "start", "end", "type", "value", "start_date", "end_date",
"alts", "mod"}]}; the maker is the part of the file name before "_". A case is right if one of our readings gives the maker's
days, or gives them after one named deviation, a difference of convention and not of understanding. Printed:
plain share, share under the deviations, and how often each deviation was needed.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from wic.dates import Expression, find
from wic.dates.calendars import chinese
from wic.document import Document

DAY = timedelta(1)
FEW = re.compile(r"few|several|几|幾|数|بضع|القليلة|ไม่กี่", re.IGNORECASE)
COUNTED = re.compile(r"ago|later|from-now|-in\b|offset|counted")
WEEKLY = re.compile(r"nth|counted")


def run() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print this many misses per file")
    arguments = parser.parse_args()
    for path in arguments.cases:
        score(path, arguments.show)


def score(path: Path, show: int) -> None:
    total = plain = right = 0
    needed: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        reference = (case.get("ref") or "")[:10] or None
        found = find(Document(id=case["id"], text=case["text"], lang=case["lang"]), reference)
        for gold in case["expect"]:
            if not checkable(gold):
                continue
            total += 1
            over = [hit for hit in found if hit.start < gold["end"] and gold["start"] < hit.end]
            verdicts = [verdict for hit in over if (verdict := agrees(gold, hit, reference))]
            if "plain" in verdicts:
                plain += 1
                right += 1
            elif verdicts:
                right += 1
                needed[verdicts[0]] += 1
            elif show > 0:
                show -= 1
                got = [(hit.text, hit.value) for hit in over]
                print(
                    f"  {case['id']}: {gold['text']!r} = {gold.get('value')} {gold.get('alts') or ''} got {got} in {case['text'][:60]!r}"
                )
    share = (100 * plain / total, 100 * right / total) if total else (0, 0)
    print(
        f"{path.name:34} n {total:5}  plain {share[0]:5.1f}  under deviations {share[1]:5.1f}  {dict(needed.most_common())}"
    )


def checkable(gold: Mapping[str, Any]) -> bool:
    return bool(gold.get("start_date") or gold.get("alts") or gold["type"] in ("duration", "set") or gold.get("value"))


def agrees(gold: Mapping[str, Any], hit: Expression, reference: str | None) -> str | None:
    """ "plain", the name of the deviation under which the two agree, or None."""
    wanted = list(intervals(gold))
    value = gold.get("value") or ""
    if gold["type"] in ("duration", "set"):
        return duration_or_set(gold, hit)
    if wanted:
        for first, last in wanted:
            if (hit.from_ or "", hit.to or "") == (first, last):
                return "plain"
        for first, last in wanted:
            for verdict in (near(first, last, *reading, hit, reference) for reading in readings(hit)):
                if verdict:
                    return verdict
    if hit.value == value:
        return "plain"
    if hit.value is None and impossible(value):
        return "impossible dates have no value"
    if (
        value.startswith("XXXX")
        and hit.value
        and (hit.value.endswith(value[4:]) or re.sub(r"^\d{4}", "XXXX", hit.value) == value)
    ):
        return "a reference date settles the year"
    if hit.value in ("PRESENT_REF", "PAST_REF", "FUTURE_REF"):
        return "now and lately are vague" if value in ("PRESENT_REF", reference) or not wanted else None
    return None


def intervals(gold: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if gold.get("start_date") or gold.get("end_date"):
        yield gold.get("start_date") or "", gold.get("end_date") or ""
    for first, last in gold.get("alts") or ():
        yield first or "", last or ""


def readings(hit: Expression) -> Iterator[tuple[str, str, str]]:
    yield hit.from_ or "", hit.to or "", ""
    for other in hit.alternatives:
        yield other["from"] or "", other["to"] or "", "the other reading is in alternatives"


def near(first: str, last: str, start: str, end: str, other: str, hit: Expression, reference: str | None) -> str | None:
    """The deviation under which the days ``first``–``last`` of the maker and ``start``–``end`` of ours agree."""
    if (start, end) == (first, last):
        return other
    if (hit.value or "").startswith(("PX", "PAST_REF", "FUTURE_REF")) and FEW.search(hit.text):
        return "a few has no number"
    if hit.type == "duration" and first and last:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days
        if (length := approximate(hit.value or "")) and abs(days - length) <= max(2.0, 0.07 * length):
            return "windows are lengths"
        if (
            reference
            and (length := approximate(hit.value or ""))
            and abs(abs((date.fromisoformat(first) - date.fromisoformat(reference)).days) - length)
            <= max(2.0, 0.07 * length)
        ):
            return "windows are lengths"
        if reference and (length := approximate(hit.value or "")) and ends_window(first, last, length, reference):
            return "windows are lengths"
        return None
    if not start and not end:
        return None
    if first == last and start == end and start and lunar(date.fromisoformat(start)) == first[5:]:
        return "lunar days are reckoned by the moon"
    if (
        "holiday" in hit.rule
        and first
        and last
        and start
        and end
        and date.fromisoformat(first) + DAY == date.fromisoformat(start)
        and date.fromisoformat(last) <= date.fromisoformat(end) <= date.fromisoformat(last) + DAY
    ):
        return "feasts begin in the morning"
    if first and last and start == first:
        if end and date.fromisoformat(end) + DAY == date.fromisoformat(last):
            return "ranges end inclusively"
        if end and hit.type == "range" and last <= end and begins_last_period(last, hit):
            return "ranges end inclusively"
    if reference and first and last and hit.granularity != "day" and "ago" in hit.rule and first == start < last:
        return "ago has the unit it names"  # the maker: all of the time since then
    if reference and first and last and COUNTED.search(hit.rule) and last == end:
        return "ago has the unit it names"  # the maker: all of the time until then
    if (
        (hit.granularity == "week" and WEEKLY.search(hit.rule) and first and last)
        and start
        and abs((date.fromisoformat(first) - date.fromisoformat(start)).days) == 7
    ):
        return "the first week has the first Thursday"
    if hit.mod in ("SINCE", "AFTER", "ON_OR_AFTER", "BEFORE", "ON_OR_BEFORE") or (hit.value or "").endswith("/.."):
        edges = {start, end} | {(date.fromisoformat(edge) + DAY).isoformat() for edge in (start, end) if edge}
        if ((not last or last == reference) and first in edges) or (
            (not first or first == reference) and last in edges
        ):
            return "before and after are mod"
    if COUNTED.search(hit.rule) and ((first == start and not last) or (last == end and not first)):
        return "later and ago are days or periods"
    if (
        hit.mod in ("START", "MID", "END")
        and start
        and end
        and first >= start
        and (last or first) <= (date.fromisoformat(end) + DAY).isoformat()
    ):
        return "early, mid and late are mod"
    if (
        (
            first
            and last
            and start
            and end
            and start <= first
            and last <= end
            and hit.granularity in ("month", "year", "week", "decade")
            and (hit.reference or {}).get("fields")
        )
        and first == last
        and hit.text != ""
    ):
        return "ago has the unit it names"
    if (
        first
        and last
        and start
        and end
        and hit.type == "date"
        and hit.granularity == "day"
        and first <= start
        and end <= last
    ):
        return (
            "ago has the unit it names"
            if ((date.fromisoformat(last) - date.fromisoformat(first)).days <= 62 and "ago" in hit.rule)
            or "later" in hit.rule
            else None
        )
    return None


def ends_window(first: str, last: str, length: float, reference: str) -> bool:
    """Whether the maker names the last period of the window of so many days that ours is the length of."""
    now = date.fromisoformat(reference)
    far = max(abs((date.fromisoformat(first) - now).days), abs((date.fromisoformat(last) - now).days))
    period = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return period < length and abs(far - length) <= period


def lunar(day: date) -> str:
    """Month and day of the Chinese calendar, "08-15", of a day."""
    year = day.year - (day < chinese.year_days(day.year)[0])
    for month in range(1, 13):
        first, last = chinese.month_days(year, month, False)
        if first <= day <= last:
            return f"{month:02}-{(day - first).days + 1:02}"
    return ""


def begins_last_period(last: str, hit: Expression) -> bool:
    """Whether the maker's end is the first day of our last year, quarter, month or day."""
    end = (hit.value or "").rpartition("/")[2]
    starts = {"Q1": "-01-01", "Q2": "-04-01", "Q3": "-07-01", "Q4": "-10-01"}
    if end[-2:] in starts:
        return last == end[:4] + starts[end[-2:]]
    return last == (end + "-01-01")[:10] if len(end) == 4 else last == (end + "-01")[:10]


def approximate(value: str) -> float | None:
    match = re.fullmatch(r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?", value)
    if not match:
        return None
    years, months, weeks, days = (float(part or 0) for part in match.groups())
    return years * 365.25 + months * 30.44 + weeks * 7 + days


def impossible(value: str) -> bool:
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return len(value) >= 10
    return False


def duration_or_set(gold: Mapping[str, Any], hit: Expression) -> str | None:
    value = gold.get("value")
    if hit.value == value or (hit.type == "duration" and value and same_length(hit.value or "", value)):
        return "plain"
    if hit.type == "duration" and (hit.value or "").startswith(("PX", "PTX")):
        return "a few has no number"
    if hit.type == gold["type"] and value in (None, "", "P"):
        return "the maker gives no value"
    if (
        hit.type == "set"
        and gold["type"] == "set"
        and hit.value
        and value
        and (hit.value.replace("XXXX-XX-XX", "") == value)
    ):
        return "sets of times are XXXX-XX-XX"
    if hit.type == "set" and re.sub(r"^XXXX-XX-XX(?=T)", "", (hit.value or "").replace(":00", "")) == value:
        return "times have minutes"
    return None


def same_length(one: str, other: str) -> bool:
    """Whether two durations are the same, a month and a half being 45 days."""
    if ".5M" in one + other and (a := approximate(one)) and (b := approximate(other)) and abs(a - b) < 1:
        return True

    def key(value: str) -> tuple[float, ...] | None:
        match = re.fullmatch(
            r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?",
            value,
        )
        if not match:
            return None
        y, mo, w, d, h, mi, s = (float(part or 0) for part in match.groups())
        return y * 12 + mo, w * 7 + d, h * 3600 + mi * 60 + s

    return key(one) is not None and key(one) == key(other)


if __name__ == "__main__":
    run()
