"""``wic dates``: the temporal expressions of texts as calendar intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from wic.cli.run import Run, looked_at
from wic.cli.run import command as wic_command

if TYPE_CHECKING:
    from wic.dates import Expression
    from wic.pipeline import Steps
    from wic.read import Refuse, Source

HELP = """Finds the dates, times, ranges, durations and sets that texts speak of, each as a calendar interval.

Relative dates are resolved against, in this order: --ref, the record's metadata.date, evidence in the text. The
clock of the machine is never asked. What cannot be known stays open: the 5th of November of no known year is
XXXX-11-05.

\b
Examples:
  wic dates corpus/
  wic dates page.txt --ref 2023-11-08
  wic dates corpus/ --timeline month
  wic dates corpus/ -f html -o timeline.html
  wic dates corpus/ -f jsonl | jq 'select(.from >= "2023-11-01")'
"""

FIELDS = ["id", "lang", "start", "end", "text", "type", "value", "mod", "from", "to", "granularity", "calendar", "rule"]


@wic_command(
    "dates",
    "Find dates and resolve them to the calendar.",
    formats=["table", "jsonl", "tsv", "timex3", "html"],
    help=HELP,
)
@click.option("--ref", metavar="DATE", default="", help="Reference date for relative expressions, as YYYY-MM-DD.")
@click.option("--timeline", type=click.Choice(["day", "month", "year"]), help="Count how often each day, month or year is spoken of.")  # fmt: skip
def command(run: Run, ref: str, timeline: str | None) -> int:
    checked(ref)
    steps = run.steps()
    if run.format == "html":
        return _page(run, ref, timeline or "")
    if timeline:
        return _timeline(run, partial(periods, steps, run.verbose, ref, timeline))
    if run.format == "table":
        from wic.cli import show

        found = [record for part in run.results(partial(rows, steps, run.verbose, ref)) for record in part]
        if found:
            run.write(show.dates(found, run))
        return 0 if found else 1
    header = ("\t".join(FIELDS) + "\n").encode() if run.format == "tsv" else b""
    return 0 if run.carry_out(partial(FORMATS[run.format], steps, run.verbose, ref), header) else 1


def _page(run: Run, ref: str, unit: str) -> int:
    """The timeline as a page, with the sentences behind each bar."""
    from wic.cli.report import gathered, merged
    from wic.report import dated, gather
    from wic.report.page import page

    take = partial(gather.dates, reference=ref)
    found = merged(run.results(partial(gathered, run.steps(segment=True), run.verbose, (take,), "lang"), whole=True))
    run.write(page(run.named, list(dated.sections(found, unit))))
    return 0 if found.periods or found.undated else 1


def _timeline(run: Run, job: Callable[[Source, Refuse], Counter[tuple[str, str]]]) -> int:
    from wic.dates import timeline

    if run.format == "timex3":
        raise click.UsageError("--timeline counts; TIMEX3 marks texts. Use -f table, tsv or jsonl")
    found = timeline.rows(sum(run.results(job, add=True), Counter()))
    if not found:
        return 1
    if run.format == "table":
        from wic.cli import show

        run.write(show.timeline(found, run))
    elif run.format == "tsv":
        from wic.write import rows

        run.write(rows.tsv(found, ["period", "count"]))
    else:
        from wic.write import jsonl

        run.write(map(jsonl.line, found))
    return 0


def periods(
    steps: Steps, verbose: bool, ref: str, unit: str, source: Source, refuse: Refuse
) -> Counter[tuple[str, str]]:
    """How often a source speaks of each period, by (period, language)."""
    from wic.dates.timeline import counted

    return counted(_found(steps, verbose, ref, source, refuse), unit)


def checked(ref: str) -> None:
    from datetime import date

    from wic.errors import WicError

    try:
        if ref:
            date.fromisoformat(ref)
    except ValueError:
        raise WicError(f"--ref {ref!r} is no date", "write it as 2023-11-08") from None


def _found(steps: Steps, verbose: bool, ref: str, source: Source, refuse: Refuse) -> Iterator[Expression]:
    from wic.dates import expressions

    for document in looked_at(steps, verbose, source, refuse):
        yield from expressions(document, ref or None)


def rows(steps: Steps, verbose: bool, ref: str, source: Source, refuse: Refuse) -> list[dict[str, Any]]:
    """The records of the expressions of a source."""
    return [expression.record() for expression in _found(steps, verbose, ref, source, refuse)]


def records(steps: Steps, verbose: bool, ref: str, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The expressions of a source as records."""
    from wic.write import jsonl

    for expression in _found(steps, verbose, ref, source, refuse):
        yield jsonl.line(expression.record())


def table(steps: Steps, verbose: bool, ref: str, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The expressions of a source as rows."""
    from wic.write import rows

    found = _found(steps, verbose, ref, source, refuse)
    return rows.tsv((expression.record() for expression in found), FIELDS, header=False)


def timex3(steps: Steps, verbose: bool, ref: str, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The texts of a source with their expressions marked in TIMEX3 (TimeML 1.2.1), an XML document for each."""
    from wic.dates import find
    from wic.dates.timex import timex3

    for document in looked_at(steps, verbose, source, refuse):
        if expressions := find(document, ref or None):
            yield (timex3(document, expressions) + "\n").encode()


FORMATS = {"jsonl": records, "tsv": table, "timex3": timex3}
