"""``wic segment``: sentences and words, with the way back to the text as read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from wic.books import books
from wic.choice import WordChoice
from wic.cli.run import Run, looked_at, word_options
from wic.cli.run import command as wic_command
from wic.errors import Refusal, WicError

if TYPE_CHECKING:
    from wic.document import Document
    from wic.pipeline import Steps
    from wic.read import Refuse, Source

HELP = """Splits texts into sentences and words. Nothing is lost: the tokens joined are the clean text.

As text, a '|' stands between the tokens, visible because blanks carry meaning in Thai; a '|' of the text itself is
written '\\|'. The records give for each token where it stands in the text as read.
A plain text of more than a megabyte is cleaned and cut in passages, so that memory does not grow with it; records need
the whole of it, and about ten times its size in memory.

\b
Examples:
  wic segment page.txt
  wic segment page.txt --sep ' '              words with blanks between them
  wic segment page.txt --unit sentence        one sentence a line
  wic segment corpus/ -f jsonl | wic stats -
  wic segment corpus/ -f vrt > corpus.vrt     for CWB, CQPweb or Sketch Engine
"""


@wic_command(
    "segment",
    "Split texts into sentences and words.",
    formats=["text", "jsonl", "tsv", "conllu", "vrt", "dolma"],
    help=HELP,
)
@word_options
@click.option("--sep", default="|", metavar="TEXT", help="What stands between the tokens in text output (default: '|').")  # fmt: skip
@click.option("--unit", type=click.Choice(["word", "sentence"]), default="word", help="What a line of text or a row is made of.")  # fmt: skip
def command(run: Run, word_choice: WordChoice, sep: str, unit: str) -> None:
    steps = run.steps(segment=True, words=word_choice)
    if run.format == "text":
        if unit == "word":
            run.sources = [source._replace(passages=not source.limit) for source in run.sources]
        run.carry_out(partial(texts, steps, run.verbose, len(run.sources) > 1, sep, unit))
        return
    header = ("\t".join(TSV_FIELDS[unit]) + "\n").encode() if run.format == "tsv" else b""
    run.carry_out(partial(FORMATS[run.format], steps, run.verbose, unit), header)


def texts(
    steps: Steps, verbose: bool, several: bool, sep: str, unit: str, source: Source, refuse: Refuse
) -> Iterator[bytes]:
    """The segmented texts of a source, marked or one sentence a line."""
    from wic.write import text

    if unit == "sentence":
        shown = ((text.sentences(document), "\n") for document in looked_at(steps, verbose, source, refuse))
    else:
        cut = _cut(steps, verbose, source, refuse)
        shown = ((text.words(document.text, pieces, sep), _link(document, sep)) for document, pieces in cut)
    yield from text.joined(shown, close=several or source.goes_on)


def _cut(steps: Steps, verbose: bool, source: Source, refuse: Refuse) -> Iterator[tuple[Document, Sequence[str]]]:
    """The documents of a source and the pieces of their texts. Sentences and places, which are not shown, are made only
    where an index has them."""
    from wic.segment import pieces

    for document in looked_at(replace(steps, segment=bool(source.indexed)), verbose, source, refuse):
        try:
            found = pieces(document, steps.words)
        except WicError as error:
            books.take_back()
            refuse(Refusal.of(document.id, error))
        else:
            yield document, found


def _link(document: Document, sep: str) -> str:
    """What stands before a document that follows another: the passages of a long text go on within the line."""
    return sep if document.provenance.get("passage") else "\n"


def records(steps: Steps, verbose: bool, unit: str, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The segmented documents of a source as records."""
    from wic.write import jsonl

    for document in looked_at(steps, verbose, source, refuse):
        yield from jsonl.document_line(document)


def attributes(steps: Steps, verbose: bool, unit: str, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """Sentences and tokens as attributes that stand beside the documents as read."""
    from wic.write import dolma, jsonl

    for document in looked_at(steps, verbose, source, refuse):
        yield jsonl.line(dolma.attributes(document))


def table(steps: Steps, verbose: bool, unit: str, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """One row for each token or sentence of a source."""
    for document in looked_at(steps, verbose, source, refuse):
        yield from ROWS[unit](document)


def _words(document: Document) -> Iterator[bytes]:
    """The rows of the tokens, those of a sentence at once."""
    from wic.write.rows import value

    id = value(document.id)
    for number, sentence in enumerate(document.sentences or (), 1):
        rows = [
            f"{id}\t{number}\t{start}\t{end}\t{kind}\t{value(text)}\n" for text, start, end, kind in sentence.tokens
        ]
        yield "".join(rows).encode()


def _sentences(document: Document) -> Iterator[bytes]:
    from wic.write.rows import value

    id = value(document.id)
    for number, sentence in enumerate(document.sentences or (), 1):
        yield f"{id}\t{number}\t{sentence.start}\t{sentence.end}\t{value(sentence.text)}\n".encode()


def conllu(steps: Steps, verbose: bool, unit: str, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The documents of a source in CoNLL-U."""
    from wic.write import conllu

    for document in looked_at(steps, verbose, source, refuse):
        yield from conllu.lines(document)


def vrt(steps: Steps, verbose: bool, unit: str, source: Source, refuse: Refuse) -> Iterator[bytes]:
    """The documents of a source as verticalised text."""
    from wic.write import vrt

    for document in looked_at(steps, verbose, source, refuse):
        yield from vrt.lines(document)


ROWS = {"word": _words, "sentence": _sentences}
TSV_FIELDS = {
    "word": ["id", "sentence", "start", "end", "kind", "text"],
    "sentence": ["id", "sentence", "start", "end", "text"],
}
FORMATS = {"jsonl": records, "tsv": table, "conllu": conllu, "vrt": vrt, "dolma": attributes}
