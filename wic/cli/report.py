"""``wic report``: one page about a corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from wic.choice import WordChoice
from wic.cli.run import Run, looked_at, word_options
from wic.cli.run import command as wic_command

if TYPE_CHECKING:
    from wic.document import Document
    from wic.pipeline import Steps
    from wic.read import Refuse, Source
    from wic.report.gather import Gathered

    Take = Callable[[Gathered, Document], None]

HELP = """Writes one HTML page about a corpus: counts, words, keywords, collocations, a timeline of the dates that the texts
speak of, a concordance, what cleaning changed, and paragraphs that repeat each other.

The page is one file. It needs no network, and runs no script but its own.

\b
Examples:
  wic report corpus/ -o report.html
  wic report corpus/ -o report.html --by year
"""


@wic_command("report", "Write a page about a corpus.", formats=["html"], help=HELP)
@word_options
@click.option("--by", default="lang", metavar="lang|script|file|none|FIELD", help="What to group by: language, script, file, nothing, or a field of the metadata.")  # fmt: skip
@click.option("--ref", metavar="DATE", default="", help="Reference date for relative expressions, as YYYY-MM-DD.")
@click.option("--title", default="", metavar="TEXT", help="Title of the page (default: the names of the inputs).")
def command(run: Run, word_choice: WordChoice, by: str, ref: str, title: str) -> None:
    from wic.cli.dates import checked
    from wic.report import counted, dated, gather, repaired, repeated, searched
    from wic.report.page import page

    checked(ref)
    steps = run.steps(segment=True, words=word_choice)
    takes = (gather.counts, partial(gather.dates, reference=ref), gather.sample, gather.repairs, gather.paragraphs)
    found = merged(run.results(partial(gathered, steps, run.verbose, takes, by), add=True, whole=True), by)
    sections = [
        *counted.sections(found.tally, by),
        *dated.sections(found),
        *searched.sections(found),
        *repaired.sections(found),
        *repeated.sections(found),
    ]
    run.write(page(title or run.named, sections, searched.data(found)))


def gathered(steps: Steps, verbose: bool, takes: Sequence[Take], by: str, source: Source, refuse: Refuse) -> Gathered:
    """What a page needs of one source, as the functions of ``wic.report.gather`` take it."""
    from wic.report.gather import Gathered

    found = Gathered.by(by)
    for document in looked_at(steps, verbose, source, refuse):
        for take in takes:
            take(found, document)
    return found


def merged(found: Iterable[Gathered], by: str = "lang") -> Gathered:
    """The sum of what was gathered."""
    from wic.report.gather import Gathered

    total = Gathered.by(by)
    for one in found:
        total += one
    return total
