"""The words of a document under search, made when they are first asked for: most documents have no match."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from wic.choice import DEFAULT, WordChoice
from wic.document import Document

if TYPE_CHECKING:
    from wic.query.cql import Columns
    from wic.query.cql.columns import Tiles


class Ready(Protocol):
    """What an index knows of the words of a document."""

    def segmented(self, plain: Document) -> Document:
        """The document with its sentences."""

    def edges(self) -> Sequence[int] | None:
        """Where tokens begin and end, if that can be told without the tokens."""

    def tiles(self, text: str) -> Tiles | None:
        """The tokens in columns, if they can be told from the clean text."""


class Words:
    """A document's tokens without white space, with the places where they stand in the clean text."""

    def __init__(self, document: Document, choice: WordChoice = DEFAULT, ready: Ready | None = None) -> None:
        self._document = document
        self._choice = choice
        self._ready = ready

    @cached_property
    def _segmented(self) -> Document:
        if self._ready is not None:
            return self._ready.segmented(self._document)
        from wic.segment import segment

        return segment(self._document, self._choice)

    @cached_property
    def columns(self) -> Columns:
        """The document as token queries see it."""
        from wic.query.cql.columns import Columns

        tiles = self._ready.tiles(self._document.text) if self._ready is not None else None
        return Columns(self._document, tiles, lambda: self._segmented) if tiles else Columns(self._segmented)

    def edges(self) -> Sequence[int]:
        """Where tokens begin and end in the clean text, in order, white space included."""
        ready = self._ready.edges() if self._ready is not None else None
        return ready or array("q", accumulate((len(token.text) for token in self._segmented.tokens), initial=0))

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The positions of the last token before and the first token after the clean span ``start:end``.

        A token that the span cuts is neither. Where there is none, the position is -1 or the number of tokens.
        """
        return bisect_right(self.columns.ends, start) - 1, bisect_left(self.columns.starts, end)

    def word(self, position: int) -> str:
        """The token at a position; empty beyond the ends of the text."""
        tokens = self.columns.tokens
        return tokens[position].text if 0 <= position < len(tokens) else ""

    def reach(self, start: int, end: int, count: int) -> tuple[int, int]:
        """The clean span of ``count`` tokens before and after the clean span ``start:end``."""
        last, first = self.around(start, end)
        starts, ends = self.columns.starts, self.columns.ends
        return (
            starts[max(0, last - count + 1)] if count and last >= 0 else start,
            ends[min(len(ends), first + count) - 1] if count and first < len(ends) else end,
        )
