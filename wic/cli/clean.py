"""``wic clean``: repairs texts and accounts for every edit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from wic.cli.run import Run, looked_at
from wic.cli.run import command as wic_command

if TYPE_CHECKING:
    from wic.pipeline import Steps
    from wic.read import Refuse, Source

HELP = """Repairs what scraping, mirrors and encodings did to a text, and changes nothing else.

Only evidenced damage is repaired; a text without any comes out byte for byte as it went in. Every edit names its
rule and can be undone. What cannot be repaired is flagged and left alone.

\b
Examples:
  wic clean page.txt                        the repaired text
  wic clean page.txt -f diff                what would change, line by line
  wic clean corpus/ -f jsonl > clean.jsonl  records with their edits
  wic clean page.txt -f edits > page.edits  one edit a line
  wic clean --undo page.edits clean.txt     the text as it was read
  wic clean --rules --lang zh               the rules and why they are there
"""


@wic_command(
    "clean",
    "Repair texts, with a receipt for every edit.",
    formats=["text", "jsonl", "diff", "edits"],
    help=HELP,
    without_input=["list_rules"],
)
@click.option("--rules", "list_rules", is_flag=True, help="List the rules (of --lang, or of all languages) and stop.")  # fmt: skip
@click.option("--only", multiple=True, metavar="RULE", help="Apply only this rule; may be repeated.")
@click.option("--skip", multiple=True, metavar="RULE", help="Leave this rule out; may be repeated.")
@click.option("--enable", multiple=True, metavar="RULE", help="Apply this rule that is off by default; may be repeated.")  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing but the names of the texts that would change; exit 1 if there are any.")  # fmt: skip
@click.option("--undo", metavar="EDITS", type=click.Path(), help="Rebuild the text as read from a clean one and the file that '-f edits' wrote.")  # fmt: skip
def command(
    run: Run,
    list_rules: bool,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    enable: tuple[str, ...],
    check: bool,
    undo: str | None,
) -> int:
    from wic.clean import Selection

    if list_rules:
        from wic.cli import show

        run.write(show.rules(run))
        return 0
    if undo:
        from wic.cli.undo import undone

        run.write(undone(run, undo))
        return 0
    steps = run.steps(Selection(frozenset(only), frozenset(skip), frozenset(enable)))
    if check:
        return 1 if run.write(run.lines(partial(changed, steps, run.verbose))) else 0
    if run.format == "text":
        run.write(run.lines(partial(texts, steps, run.verbose, len(run.sources) > 1)))
    else:
        run.write(run.lines(partial(FORMATS[run.format], steps, run.verbose, run.coloured)))
    return 0


def texts(steps: Steps, verbose: bool, several: bool, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The clean texts of a source; a single text byte for byte."""
    from wic.write import text

    yield from text.joined((document.text for document in looked_at(steps, verbose, source, refuse)), close=several)


def records(steps: Steps, verbose: bool, coloured: bool, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The clean documents of a source as records."""
    from wic.write import jsonl

    for document in looked_at(steps, verbose, source, refuse):
        yield jsonl.line(jsonl.document(document))


def edits(steps: Steps, verbose: bool, coloured: bool, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """One record for each edit and for each flag of a source, in the order of the text."""
    from wic.write import jsonl

    for document in looked_at(steps, verbose, source, refuse):
        found = [*map(jsonl.edit, document.edits or ()), *map(jsonl.flag, document.flags)]
        for record in sorted(found, key=lambda record: record["start"]):
            yield jsonl.line({"id": document.id, **record})


def diff(steps: Steps, verbose: bool, coloured: bool, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The changed lines of a source, as read and as cleaned."""
    from wic.write.diff import hunks
    from wic.write.visible import visible

    def painted(sign: str, pieces: list[tuple[str, bool]], colour: str) -> bytes:
        parts = [click.style(visible(part), fg=colour, reverse=True) if new else visible(part) for part, new in pieces]
        line = (
            click.style(sign, fg=colour) + "".join(parts) if coloured else sign + "".join(visible(p) for p, _ in pieces)
        )
        return (line + "\n").encode()

    for document in looked_at(steps, verbose, source, refuse):
        if document.edits:
            yield f"--- {visible(document.id)}\n".encode()
        for hunk in hunks(document):
            yield f"@@ line {hunk.line}: {', '.join(hunk.rules)} @@\n".encode()
            yield from (painted("-", line, "red") for line in hunk.before)
            yield from (painted("+", line, "green") for line in hunk.after)


def changed(steps: Steps, verbose: bool, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """A line for each text of the source that cleaning would change."""
    for document in looked_at(steps, verbose, source, refuse):
        if document.edits:
            yield f"{document.id}: {len(document.edits)} edit{'s' * (len(document.edits) != 1)}\n".encode()


FORMATS = {"jsonl": records, "edits": edits, "diff": diff}
