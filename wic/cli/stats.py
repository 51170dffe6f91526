"""``wic stats``: what is in a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from wic.cli.run import Run, looked_at
from wic.cli.run import command as wic_command

if TYPE_CHECKING:
    from wic.pipeline import Steps
    from wic.read import Refuse, Source
    from wic.stats.tally import Tally

HELP = """Counts documents, sentences, words and types, per language and in all.

The texts are cleaned and segmented first; records that are segmented already are counted as they are. The last line
is the signature: what made the numbers. Numbers with the same signature can be compared.

\b
Examples:
  wic stats corpus/
  wic stats corpus/ --by file -f tsv
  wic segment -f jsonl corpus/ | wic stats -
"""


@wic_command("stats", "Count what is in a corpus.", formats=["table", "jsonl", "tsv", "csv"], help=HELP)
@click.option("--by", default="lang", metavar="lang|script|file|FIELD", help="What to group by: language, script, file or a field of the metadata.")  # fmt: skip
@click.option("--top", default=10, type=click.IntRange(0), metavar="N", help="How many words to list.")
@click.option("--stopwords", type=click.Choice(["drop", "keep"]), default="drop", help="Leave function words out of the table's word lists, or keep them.")  # fmt: skip
@click.option("--engine", default="", metavar="NAME", help="Word engine, where it is not the language's own ('wic langs' lists them).")  # fmt: skip
def command(run: Run, by: str, top: int, stopwords: str, engine: str) -> None:
    from wic.stats.group import groups
    from wic.stats.overview import FIELDS, overview
    from wic.stats.tally import merge
    from wic.write import jsonl, rows

    job = partial(count, run.steps(segment=True, engine=engine), run.verbose, by)
    table = overview(groups(merge(run.results(job), by), by), top)
    if run.format == "jsonl":
        run.write(map(jsonl.line, table))
    elif run.format == "table":
        from wic.cli import show

        run.write(
            show.overview(table, by=by, words="top_words" if stopwords == "keep" else "top_content_words", run=run)
        )
    else:
        write = rows.tsv if run.format == "tsv" else rows.comma
        run.write(write(map(_flat, table), FIELDS))


def count(steps: Steps, verbose: bool, by: str, source: Source, refuse: Refuse) -> Tally:
    """The tally of one source."""
    from wic.stats.tally import tally

    return tally(looked_at(steps, verbose, source, refuse), by)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Lists and counts as ``word:count`` pairs with blanks between them."""

    def pairs(value: Any) -> Iterator[str]:
        for name, number in value.items() if isinstance(value, dict) else value:
            yield f"{name}:{number}"

    return {name: " ".join(pairs(value)) if isinstance(value, dict | list) else value for name, value in row.items()}
