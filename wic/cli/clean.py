"""``wic clean``: repairs texts and accounts for every edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from wic.cli.run import Run, looked_at
from wic.cli.run import command as wic_command

if TYPE_CHECKING:
    from wic.clean.duplicates import Marks
    from wic.document import Document
    from wic.pipeline import Steps
    from wic.read import Refuse, Source

    Writer = Callable[[bool, Iterable[Document]], Iterator[bytes]]

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
  wic clean --dedup crawl/ -f jsonl         without paragraphs that repeat
  wic clean --spelling page.txt -f edits    with the words that look misspelt
  wic clean --rules --lang zh               the rules and why they are there
"""

OPT_IN = {
    "variants": "variants",
    "to": "to-{}",
    "typography": "typography",
    "drop_captions": "drop-captions",
    "spelling": "spelling",
}  # flag → rule or stage that it enables


@wic_command(
    "clean",
    "Repair texts, with a receipt for every edit.",
    formats=["text", "jsonl", "diff", "edits", "dolma"],
    help=HELP,
    without_input=["list_rules", "undo"],
)
@click.option("--variants", is_flag=True, help="Also repair Traditional Chinese that was converted character by character (之后, 中國愿意).")  # fmt: skip
@click.option("--to", type=click.Choice(["hans", "hant"]), help="Also put all Chinese into Simplified or Traditional characters.")  # fmt: skip
@click.option("--typography", is_flag=True, help="Also set dashes and the direction of quotation marks.")
@click.option("--drop-captions", is_flag=True, help="Also take out captions and photo credits.")
@click.option("--dedup", is_flag=True, help="Also take out paragraphs that repeat an earlier one of any input, but for a few characters.")  # fmt: skip
@click.option("--spelling", is_flag=True, help="Also report likely misspellings (Thai) among the flags of 'edits' and 'jsonl'; changes nothing.")  # fmt: skip
@click.option("--only", multiple=True, metavar="RULE", help="Apply only this rule; may be repeated.")
@click.option("--skip", multiple=True, metavar="RULE", help="Leave this rule out; may be repeated.")
@click.option("--enable", multiple=True, metavar="RULE", help="Apply this rule that is off by default; may be repeated.")  # fmt: skip
@click.option("--rules", "list_rules", is_flag=True, help="List the rules (of --lang, or of all languages) and stop.")  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing but the names of the texts that would change; exit 1 if there are any.")  # fmt: skip
@click.option("--undo", metavar="EDITS", type=click.Path(), help="Rebuild the texts as read from clean ones and the file that '-f edits' wrote, or from records with edits.")  # fmt: skip
def command(
    run: Run,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    enable: tuple[str, ...],
    list_rules: bool,
    check: bool,
    undo: str | None,
    dedup: bool,
    **opt_in: bool | str | None,
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
    asked = {rule.format(value) for flag, rule in OPT_IN.items() if (value := opt_in[flag])}
    chosen = frozenset(only) | asked if only else frozenset()
    steps = run.steps(Selection(chosen, frozenset(skip), frozenset(enable) | asked))
    write = changed if check else partial(WRITERS[run.format], run.coloured)
    several = len(run.sources) > 1
    if dedup:
        from wic.clean.duplicates import Seen, without

        seen = Seen()
        items = run.items(partial(compared, steps, run.verbose))
        count = run.write(write(several, (without(document, found, seen) for document, found in items)))
    else:
        count = run.carry_out(partial(cleaned, write, several, steps, run.verbose))
    return 1 if check and count else 0


def cleaned(
    write: Writer, several: bool, steps: Steps, verbose: bool, source: Source, refuse: Refuse
) -> Iterator[bytes]:
    """The clean documents of a source, written."""
    return write(several or source.goes_on, looked_at(steps, verbose, source, refuse))


def compared(steps: Steps, verbose: bool, source: Source, refuse: Refuse) -> Iterator[tuple[Document, Marks]]:
    """The clean documents of a source, ready for comparing."""
    from wic.clean.duplicates import marks

    for document in looked_at(steps, verbose, source, refuse):
        yield document, marks(document.text)


def texts(coloured: bool, several: bool, documents: Iterable[Document]) -> Iterator[bytes]:
    """The clean texts; a single text byte for byte."""
    from wic.write import text

    return text.joined(((document.text, "\n") for document in documents), close=several)


def records(coloured: bool, several: bool, documents: Iterable[Document]) -> Iterator[bytes]:
    """The clean documents as records."""
    from wic.write import jsonl

    for document in documents:
        yield from jsonl.document_line(document)


def attributes(coloured: bool, several: bool, documents: Iterable[Document]) -> Iterator[bytes]:
    """What was done, as attributes that stand beside the documents as read."""
    from wic.write import dolma, jsonl

    for document in documents:
        yield jsonl.line(dolma.attributes(document))


def edits(coloured: bool, several: bool, documents: Iterable[Document]) -> Iterator[bytes]:
    """One record for each edit and for each flag, in the order of the text.

    Before them one with the encoding of a text that was not plain UTF-8, which the way back needs.
    """
    from wic.write import jsonl

    for document in documents:
        if (encoding := document.provenance.get("encoding", "utf-8")) != "utf-8":
            yield jsonl.line({"id": document.id, "encoding": encoding})
        found = [*map(jsonl.edit, document.edits or ()), *map(jsonl.flag, document.flags)]
        for record in sorted(found, key=lambda record: record["start"]):
            yield jsonl.line({"id": document.id, **record})


def diff(coloured: bool, several: bool, documents: Iterable[Document]) -> Iterator[bytes]:
    """The changed lines, as read and as cleaned."""
    from wic.write.diff import hunks
    from wic.write.visible import visible

    def painted(sign: str, pieces: list[tuple[str, bool]], colour: str) -> bytes:
        parts = [click.style(visible(part), fg=colour, reverse=True) if new else visible(part) for part, new in pieces]
        line = (
            click.style(sign, fg=colour) + "".join(parts) if coloured else sign + "".join(visible(p) for p, _ in pieces)
        )
        return (line + "\n").encode()

    for document in documents:
        if document.edits:
            yield f"--- {visible(document.id)}\n".encode()
        for hunk in hunks(document):
            yield f"@@ line {hunk.line}: {', '.join(hunk.rules)} @@\n".encode()
            yield from (painted("-", line, "red") for line in hunk.before)
            yield from (painted("+", line, "green") for line in hunk.after)


def changed(several: bool, documents: Iterable[Document]) -> Iterator[bytes]:
    """A line for each text that cleaning would change."""
    for document in documents:
        if document.edits:
            yield f"{document.id}: {len(document.edits)} edit{'s' * (len(document.edits) != 1)}\n".encode()


WRITERS = {"text": texts, "jsonl": records, "edits": edits, "diff": diff, "dolma": attributes}
