"""Queries over documents → hits: spans of the clean text, reported with where they stand in the text as read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from wic.document import Document
from wic.errors import WicError
from wic.query.fold import Folded, fold
from wic.query.syntax import TIMEOUT, Query
from wic.segment import segment


class Span(NamedTuple):
    """A match at ``start:end`` of the clean text."""

    start: int
    end: int


def spans(document: Document, query: Query, engine: str = "") -> Iterator[Span]:
    """The matches of a query in a document, from left to right, without overlap and without empty ones.

    Whole words are judged by the document's segmentation, made only when there is something to judge.
    """
    folded = fold(document.text) if query.fold else Folded(document.text, None)
    edges: set[int] | None = None
    reach = 0
    try:
        for found in query.pattern.finditer(folded.text, overlapped=query.word, timeout=TIMEOUT):
            start, end = folded.span(*found.span())
            if start == end or start < reach:
                continue
            if query.word:
                if edges is None:
                    edges = word_edges(segment(document, engine))
                if start not in edges or end not in edges:
                    continue
            reach = end
            yield Span(start, end)
    except TimeoutError:
        raise WicError(
            f"the pattern took more than {TIMEOUT:g} seconds", "make it simpler: nested repeats such as (a+)+ never end"
        ) from None


def word_edges(document: Document) -> set[int]:
    """Where tokens begin and end in the clean text of a segmented document."""
    return {0, *accumulate(len(token.text) for token in document.tokens)}


def hits(document: Document, found: Iterable[Span], context: int) -> Iterator[dict[str, Any]]:
    """The records of hits: offsets and ``text`` as read, ``clean`` where cleaning changed it.

    ``before`` and ``after`` are ``context`` characters of the clean text, which is what a reader wants to see.
    """
    offsets, raw = document.offsets, document.raw
    for span in found:
        start, end = offsets.to_raw(*span)
        text, clean = raw[start:end], document.text[span.start : span.end]
        record = {
            "id": document.id,
            "lang": document.lang,
            "start": start,
            "end": end,
            "before": document.text[max(0, span.start - context) : span.start],
            "text": text,
            "after": document.text[span.end : span.end + context],
        }
        yield {**record, "clean": clean} if clean != text else record
