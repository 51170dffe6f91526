"""Tables for people: the only file that knows rich. Text of a corpus is never read as markup."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from wic.write.visible import one_line

if TYPE_CHECKING:
    from wic.cli.run import Run
    from wic.stats import table as stats_table
    from wic.stats.explain import Measure

WIDE = 10_000  # columns of a pipe: nothing is wrapped or cut there
REASONS = 3  # why a value is missing, told below a table
BAR = 40  # cells of the longest bar
ISOLATE, POP = "\u2068", "\u2069"


def _lines(parts: Iterable[RenderableType], run: Run) -> Iterator[bytes]:
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=None if run.to_person else WIDE,
        force_terminal=run.coloured,
        no_color=not run.coloured,
        markup=False,
        highlight=False,
        emoji=False,
    )
    for part in parts:
        console.print(part, soft_wrap=not isinstance(part, Table))
    for line in buffer.getvalue().splitlines():
        yield (line.rstrip() + "\n").encode()


def _text(value: object, run: Run, style: str = "") -> Text:
    """A cell: on one line, controls visible; on a terminal isolated, so that Arabic keeps to its column."""
    text = one_line(str(value))
    return Text(f"{ISOLATE}{text}{POP}" if run.to_person and _right_to_left(text) else text, style=style)


def _right_to_left(text: str) -> bool:
    return any("\u0590" <= character <= "\u08ff" or "\ufb1d" <= character <= "\ufefc" for character in text)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}" if value < 1 else f"{value:,.1f}"


def overview(rows: Sequence[dict[str, Any]], *, by: str, words: str, run: Run) -> Iterator[bytes]:
    """The overview of ``wic stats``: a table of numbers, the frequent words of each group, the edits, the signature."""
    numbers = Table(box=SIMPLE_HEAD, pad_edge=False)
    numbers.add_column(by)
    columns = {
        "documents": "documents", "sentences": "sentences", "words": "words", "types": "types", "hapaxes": "hapaxes",
        "ttr": "type/token", "mattr_100": "MATTR-100", "words_per_sentence": "words/sentence", "edits": "edits",
    }  # fmt: skip
    for title in columns.values():
        numbers.add_column(title, justify="right")
    for row in rows:
        cells = [sum(row[name].values()) if name == "edits" else row[name] for name in columns]
        style = "bold" if row is rows[-1] else ""
        numbers.add_row(_text(row["group"], run), *map(_number, cells), style=style)
    groups, total = rows[:-1] if len(rows) > 1 else rows, rows[-1]
    changed, left = _counted(total["edits"]), _counted(total["flags"])
    heading = "" if words == "top_words" else ", function words left out"
    pairs = words.replace("words", "bigrams")
    parts: list[RenderableType] = [numbers]
    for title, name in (("words", words), ("pairs of words", pairs)):
        parts += [Text(f"Most frequent {title}{heading}", style="bold"), _frequent(groups, name, run), Text()]
    span = " to ".join(dict.fromkeys(filter(None, (total["first_date"], total["last_date"]))))
    for title, line in (
        ("Scripts", _counted(total["scripts"])),
        ("Encodings", _counted(total["encodings"])),
        ("Dates of the documents", span),
        ("Documents that repeat an earlier one", str(total["near_duplicates"] or "")),
        ("Repaired by", changed),
        ("Left alone, flagged by", left),
    ):
        if line:
            parts.append(Text(f"{title} ", style="bold") + _text(line, run))
    parts.append(Text(total["signature"], style="dim"))
    return _lines(parts, run)


def _frequent(rows: Sequence[dict[str, Any]], name: str, run: Run) -> Table:
    """The most frequent items of each group, one group a line."""
    frequent = Table.grid(padding=(0, 2))
    for row in rows:
        line = Text("  ").join(_text(f"{item} {count}", run) for item, count in row[name])
        frequent.add_row(_text(row["group"], run), line)
    return frequent


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def tables(found: Sequence[stats_table.Table], *, by: str, run: Run) -> Iterator[bytes]:
    """Tables of ``wic stats``, one below the other, each with the signature that its rows share."""
    parts: list[RenderableType] = []
    for table in found:
        names = [name for name in table.fields if name not in ("signature", "reason")]
        signatures = dict.fromkeys(row["signature"] for row in table.rows)
        groups = dict.fromkeys(row["group"] for row in table.rows)
        single = len(groups) == 1 and len(table.rows) > 1
        if single:
            names.remove("group")
            parts.append(_text(next(iter(groups)), run, "bold"))
        shown = Table(box=SIMPLE_HEAD, pad_edge=False)
        for name in names:
            right = any(isinstance(row[name], int | float) for row in table.rows)
            shown.add_column(by if name == "group" else name, justify="right" if right else "left", overflow="fold")
        for row in table.rows:
            shown.add_row(*(_cell(row[name], run) for name in names))
        parts.append(shown)
        reasons = dict.fromkeys(row["reason"] for row in table.rows if row["reason"])
        parts += [_text(f"– {reason}", run, "dim") for reason in list(reasons)[:REASONS]]
        parts += [_text(signature, run, "dim") for signature in signatures]
        parts.append(Text())
    return _lines(parts[:-1], run)


def _cell(value: Any, run: Run) -> Text:
    if value is None:
        return Text("–")
    if isinstance(value, int):
        return Text(f"{value:,}")
    if isinstance(value, float):
        return Text(
            f"{value:.2e}"
            if value and (abs(value) < 1e-3 or abs(value) >= 1e7)
            else f"{value:,.4g}"
            if abs(value) < 1000
            else f"{value:,.1f}"
        )
    return _text(value, run)


def measures(found: Sequence[Measure], run: Run) -> Iterator[bytes]:
    """What each measure is."""
    parts: list[RenderableType] = []
    for measure in found:
        parts += [
            Text(measure.name, style="bold") + Text(f"  {measure.title}  ({', '.join(measure.tables)})", style="dim"),
            Text(f"  {measure.formula}"),
            Text(f"  {measure.source}", style="cyan"),
        ]
        parts += [Text(f"  {measure.note}")] if measure.note else []
        parts += [Text(f"  null where {measure.undefined}")] if measure.undefined else []
        parts.append(Text())
    return _lines(parts[:-1], run)


def dates(records: Sequence[dict[str, Any]], run: Run) -> Iterator[bytes]:
    """The expressions found, a row each, under the name of their text."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in ("text", "at", "expression", "value", "from", "to", "note"):
        table.add_column(title, overflow="fold")
    previous = None
    for record in records:
        name = "" if record["id"] == previous else record["id"]
        previous = record["id"]
        value = f"{record['mod']} {record['value']}" if record["mod"] else record["value"]
        notes = [
            record["calendar"] if record["calendar"] not in (None, "", "gregorian") else "",
            record.get("reason") or "",
        ]
        if record["conflict"]:
            notes.append(f"conflict: {record['conflict']}")
        table.add_row(
            _text(name, run), str(record["start"]), _text(record["text"], run, "bold"), _text(value or "–", run),
            record["from"] or "", record["to"] or "", _text("; ".join(filter(None, notes)), run),
        )  # fmt: skip
    return _lines([table], run)


def timeline(rows: Sequence[dict[str, Any]], run: Run) -> Iterator[bytes]:
    """How often each period is spoken of, with a bar."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in ("period", "expressions", "", "by language"):
        table.add_column(title, justify="right" if title == "expressions" else "left")
    most = max(row["count"] for row in rows)
    for row in rows:
        bar = "█" * max(1, round(BAR * row["count"] / most))
        langs = "  ".join(f"{lang} {count}" for lang, count in row["langs"].items())
        table.add_row(row["period"], f"{row['count']:,}", bar, _text(langs, run))
    return _lines([table], run)


def rules(run: Run) -> Iterator[bytes]:
    """Every cleaning rule with its reason and examples, for one language or for all."""
    from wic.clean.rules import rules
    from wic.language import ROOT, known
    from wic.write.visible import revealed

    codes = [ROOT, *known()] if run.lang == "auto" else [run.lang]
    seen: set[tuple[str, str]] = set()
    parts: list[RenderableType] = []
    for code in codes:
        for rule in rules(code):
            if (rule.code, rule.name) in seen:
                continue
            seen.add((rule.code, rule.name))
            head = Text(rule.name, style="bold") + Text(
                f"  {rule.code}" + ("" if rule.default else "  off by default"), style="dim"
            )
            parts += [head, Text(f"  {rule.why}")]
            for example in rule.examples[:3]:
                shown = {
                    key: revealed(text) if rule.stage == "blanks" or text.strip() != text else _with_blanks(text)
                    for key, text in example.items()
                }
                if "raw" in example:
                    parts.append(Text(f"  {shown['raw']} → {shown['clean']}", style="green"))
                else:
                    stays = "stays and is reported" if rule.stage == "suspects" else "stays"
                    parts.append(Text(f"  {shown['keep']}  {stays}", style="cyan"))
            parts.append(Text())
    return _lines(parts, run)


def _with_blanks(text: str) -> str:
    """The text with every character shown that cannot be seen, but blanks as they are."""
    from wic.write.visible import revealed

    return " ".join(map(revealed, text.split(" ")))


def languages(languages: Sequence[dict[str, Any]], engines: Sequence[dict[str, Any]], run: Run) -> Iterator[bytes]:
    """The languages and the engines; with ``--verbose`` also what is missing and how to install it."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in ("code", "language", "script", "words by"):
        table.add_column(title)
    for row in languages:
        table.add_row(row["code"], _text(row["name"], run), row["script"], row["words"])
    found = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in ("engine", "languages", "version", "what it is"):
        found.add_column(title)
    for row in engines:
        if row["available"]:
            found.add_row(row["engine"], " ".join(row["languages"]), row["version"], row["what"])
        elif run.verbose:
            found.add_row(
                row["engine"], " ".join(row["languages"]), "missing", f"{row['what']}; {row['install']}", style="dim"
            )
    return _lines([table, found], run)


@contextmanager
def progress(total: int) -> Iterator[Callable[[], object]]:
    """A bar on stderr; calling what it gives moves it on by one of ``total``."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
