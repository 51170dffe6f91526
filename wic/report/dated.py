"""The timeline of the dates that texts speak of, with the sentences behind each bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wic.dates.timeline import UNITS
from wic.report import charts
from wic.report.gather import Gathered, Mention
from wic.report.markup import broken, escaped, isolated, tag
from wic.report.page import Section

MOST = 60  # bars
SENTENCES, LEAST = 120, 2  # sentences that are shown in all, and of each period however many there are


def sections(found: Gathered, unit: str = "") -> Iterator[Section]:
    """The section, for ``unit`` (day, month, year) or the finest one that leaves bars wide enough to see."""
    if not found.periods:
        yield Section("timeline", "Timeline", tag("p", "No date was found."))
        return
    size = UNITS[unit] if unit else _fitting(found)
    counts: dict[str, Counter[str]] = {}
    for (name, lang), count in found.periods.items():
        counts.setdefault(name[:size], Counter())[lang] += count
    names = sorted(counts)
    kinds = [lang for lang, _ in sum(counts.values(), Counter()).most_common(5)]
    what = {10: "day", 7: "month", 4: "year", 3: "decade"}[size]
    title = f"Expressions of time by {what} that texts speak of"
    rows = [(_titled(name, size), counts[name]) for name in names]
    chart = charts.bars(title, rows, kinds)
    told = f"{sum(found.periods.values()):,} expressions by {what}"
    if found.undated:
        told += f"; {found.undated:,} more name no period: durations, repeated times, what is open or unknown"
    told += ". What is coarser than the bars stands with its beginning; periods that nothing speaks of are left out."
    most = max(LEAST, SENTENCES // len(names))
    lists = "".join(_list(found, name, size, sum(counts[name].values()), most) for name in names)
    yield Section("timeline", "Timeline", tag("p", escaped(told)) + chart + lists)


def _fitting(found: Gathered) -> int:
    """The length of the names of periods: days, months, years, decades."""
    names = {name for name, _ in found.periods}
    for size in (*UNITS.values(), 3):
        if len({name[:size] for name in names}) <= MOST:
            return size
    return 3


def _titled(name: str, size: int) -> str:
    return f"{name}0s" if size == 3 else name


def _list(found: Gathered, name: str, size: int, count: int, most: int) -> str:
    mentions = sorted(
        (one for one in found.mentions if one.period[:size] == name), key=lambda one: (one.period, one.source)
    )
    shown = "".join(map(_quoted, mentions[:most]))
    more = tag("p", f"and {count - most:,} more") if count > most else ""
    title = _titled(name, size)
    return tag("details", tag("summary", escaped(f"{title} · {count:,}")), shown, more, id=f"period-{title}")


def _quoted(one: Mention) -> str:
    words = broken(one.before, one.lang), tag("mark", escaped(one.text)), broken(one.after, one.lang)
    source = tag("div", escaped(f"{one.value} · "), isolated(one.source), class_="source")
    return tag("blockquote", tag("span", *words, lang=one.lang, dir="auto"), source)
