"""What happens to a document before a command looks at it: read → clean → segment.

A pipe between two commands is the same pipeline cut in two, so a step that a record shows to be done is not done
again: a record with ``edits`` has been cleaned, one with ``sentences`` has been segmented and is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wic.books import books
from wic.choice import DEFAULT, WordChoice
from wic.document import Document
from wic.errors import Refusal, WicError
from wic.read import Refuse, Source, documents

if TYPE_CHECKING:
    from wic.clean import Selection


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps to take.

    ``lang`` overrides the guess and the record; ``selection`` None is the default; ``words`` says how words are cut.
    """

    lang: str = ""
    raw: bool = False
    selection: Selection | None = None
    segment: bool = False
    words: WordChoice = DEFAULT


def prepare(document: Document, steps: Steps) -> Document:
    """The document after the steps that it still needs."""
    if steps.lang and steps.lang != document.lang:
        document = replace(document, lang=steps.lang, script="")
    if document.edits is None and document.sentences is None:
        document = _declined(document) if steps.raw else _cleaned(document, steps.selection)
    # What a step needs is imported when the step is taken, so that a search of raw text starts at once.
    from wic.guess import identify

    document = identify(document)
    if not steps.segment:
        return document
    from wic.segment import segment

    return segment(document, steps.words)


def _cleaned(document: Document, selection: Selection | None) -> Document:
    from wic.clean import Selection, clean

    return clean(document, selection or Selection())


def _declined(document: Document) -> Document:
    """Not to be cleaned here, nor by a later command of the pipe."""
    return replace(document, edits=(), provenance={**document.provenance, "clean": "none"})


def prepared(steps: Steps, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The prepared documents of a source; one that a step cannot take is refused by its id."""
    if source.indexed:
        from wic.index import lookup

        if (ready := lookup.documents(source, steps)) is not None:
            yield from books.enter(ready)
            return
    for document in documents(source, refuse):
        try:
            done = prepare(document, steps)
        except WicError as error:
            books.refuse()
            refuse(Refusal.of(document.id, error))
        else:
            # a long text in passages is one document, entered with its first
            yield from [done] if document.provenance.get("passage") else books.enter([done])
