"""``wic index``: keeps prepared texts, so that later commands start at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from wic.choice import WordChoice
from wic.cli.run import Run, word_options
from wic.cli.run import command as wic_command
from wic.errors import WicError

if TYPE_CHECKING:
    from wic.index.build import Done
    from wic.index.part import Packed
    from wic.read import Source

HELP = """Keeps the cleaned and segmented texts of a corpus, so that other commands need not make them again.

The index of a folder is the folder .wic in it, found by every command that reads a file below; with --output it is
elsewhere, and is searched by naming it in place of the corpus. Where a file changed, the file is read: answers are
those that the files would give. Running it again reads only what changed.

\b
Examples:
  wic index corpus/
  wic index crawl/*.jsonl.zst -o crawl.index -j 0
  wic grep 互联网 crawl.index
"""


@wic_command("index", "Keep prepared texts, so that other commands start at once.", formats=["text"], help=HELP)
@word_options
@click.option("--anew", is_flag=True, help="Read everything again, also what did not change.")
def command(run: Run, word_choice: WordChoice, anew: bool) -> int:
    from wic.index.build import build, packed

    if run.raw:
        raise click.UsageError("an index keeps cleaned texts; raw text is searched as fast without one")
    run.no_index = True  # the old one is looked at by what makes the new one
    folder = run.output or _own(run.paths)
    sources = run.sources
    steps = run.steps(words=word_choice)

    def items(some: Sequence[Source]) -> Iterable[Packed | Done]:
        run.sources = list(some)
        return run.items(partial(packed, steps))

    try:
        report = build(folder, sources, steps, items, anew=anew)
    except OSError as error:
        raise WicError(f"{folder}: {error.strerror}", "name a folder that can be written with --output") from None
    if not run.quiet:
        read = f"{report.read:,} read, {report.kept:,} kept"
        click.echo(f"wic: {folder}: {report.documents:,} texts; files: {read}", err=True)
    return 0


def _own(paths: tuple[str, ...]) -> str:
    """The place of the index where none is named: in the folder that is indexed."""
    from wic.index import FOLDER

    if len(paths) != 1 or not os.path.isdir(paths[0]):
        raise click.UsageError("only the index of one folder has a place of its own; name one with --output")
    return os.path.join(paths[0], FOLDER)
