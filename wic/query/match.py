"""Queries over texts → spans of the matches, line by line as grep and ripgrep search."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from time import process_time
from typing import Any, NamedTuple

from wic.document import Document
from wic.query.fold import Folded, fold
from wic.query.syntax import TIMEOUT, Query, too_slow

PER_CHARACTER = 1e-6  # seconds that long texts are granted beyond TIMEOUT
WORDS_LONG = 50  # tokens that a whole-word match may take


class Span(NamedTuple):
    """A match at ``start:end`` of the clean text; ``target`` is the token that a token query marks with @, or -1."""

    start: int
    end: int
    target: int = -1


def spans(
    document: Document, query: Query, edges: Callable[[], Sequence[int]] | None = None, *, empty: bool = False
) -> Iterator[Span]:
    """The matches of a query in a document, from left to right, without overlap; empty ones only if asked for.

    A match does not go over a line end, unless the query lets it. Whole words are judged by ``edges``, where tokens
    begin and end, which is called only when there is something to judge.
    """
    text = document.text
    if query.needed and not any(string in text for string in query.needed):
        return
    folded = fold(text) if query.fold else Folded(text)
    search = _Search(query, folded.text)
    found = search.words(folded, edges) if query.word and edges else search.everywhere()
    for start, end in found:
        if start < end or empty:
            yield Span(*folded.span(start, end))


class _Search:
    """A query on one text. It stops with an error when it has taken too long, which only expressions can."""

    def __init__(self, query: Query, text: str) -> None:
        self.query = query
        self.text = text
        self.left = TIMEOUT + PER_CHARACTER * len(text)

    def everywhere(self) -> Iterator[tuple[int, int]]:
        """The matches of the text."""
        if self.query.across:
            yield from self._matches(0, len(self.text))
            return
        for start, end in self._matches(0, len(self.text)):
            stop = self.text.find("\n", start, end)
            if stop >= 0:
                # From here on line by line: an expression that runs over line ends may run to the end each time.
                yield from self._matches(start, stop)
                yield from self._by_line(stop + 1)
                return
            yield start, end

    def _by_line(self, position: int) -> Iterator[tuple[int, int]]:
        while position < len(self.text):
            stop = self.text.find("\n", position)
            stop = len(self.text) if stop < 0 else stop
            yield from self._matches(position, stop)
            position = stop + 1

    def words(self, folded: Folded, edges: Callable[[], Sequence[int]]) -> Iterator[tuple[int, int]]:
        """The matches that begin and end where tokens do."""
        places: Sequence[int] | None = None
        position, reach = 0, 0
        while (found := self._search(position, len(self.text))) is not None:
            start, end = found
            position = start + 1
            if start < reach:
                continue
            if places is None:
                places = edges()
            if not _has(places, folded.span(start, end)[0]):
                continue
            for candidate in self._ends(start, end, folded, places):
                yield start, candidate
                reach = candidate
                break

    def _ends(self, start: int, end: int, folded: Folded, places: Sequence[int]) -> Iterator[int]:
        """Where a match from ``start`` may end so that it is whole words: as found, or else as far as it can."""
        if not self.query.across and (stop := self.text.find("\n", start, end)) >= 0:
            end = stop
        elif _has(places, folded.span(start, end)[1]):
            yield end
            return
        first = bisect_right(places, folded.span(start, start)[0])
        for place in reversed(folded.near(places[first : first + WORDS_LONG])):
            if (self.query.across or "\n" not in self.text[start:place]) and self._fits(start, place):
                yield place

    def _matches(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        if not self.query.timed:
            for match in self.query.pattern.finditer(self.text, start, end):
                yield match.span()
            return
        while start <= end and (found := self._search(start, end)) is not None:
            yield found
            start = found[1] + (found[0] == found[1])

    def _search(self, start: int, end: int) -> tuple[int, int] | None:
        match = self._timed(self.query.pattern.search, start, end)
        return match.span() if match else None

    def _fits(self, start: int, end: int) -> bool:
        return self._timed(self.query.pattern.fullmatch, start, end) is not None

    def _timed(self, method: Callable[..., Any], start: int, end: int) -> Any:
        if not self.query.timed:
            return method(self.text, start, end)
        began = process_time()
        try:
            return method(self.text, start, end, timeout=max(self.left, 0.001))
        except TimeoutError:
            raise too_slow() from None
        finally:
            self.left -= process_time() - began


def _has(places: Sequence[int], place: int) -> bool:
    """Whether a place is among others that are in order."""
    index = bisect_left(places, place)
    return index < len(places) and places[index] == place
