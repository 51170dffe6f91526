"""Texts under search that an index has ready: their bytes are looked through first, and most are never decoded."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from mmap import mmap
from typing import TYPE_CHECKING, cast

from wic.books import Books, books
from wic.index.part import BINARY, WHOLE
from wic.query.match import Span
from wic.query.page import Asked, DocumentPage, FilePage, TokenQuery
from wic.query.spread import Finder
from wic.query.syntax import Query

if TYPE_CHECKING:
    from wic.index.lookup import Shelf
    from wic.index.part import Part, Stored
    from wic.pipeline import Steps
    from wic.read import Source


class StoredPage(FilePage):
    """A text of an index whose bytes tell all that is to be shown; ``hopeless`` if it has no match."""

    def __init__(self, stored: Stored, query: Query | None, asked: Asked, *, hopeless: bool = False) -> None:
        self._stored = stored
        self._query = query
        self._hopeless = hopeless
        self.data = cast(mmap, stored.part.text[stored.start : stored.end])
        self.asked = asked
        self.damaged = False

    @property
    def id(self) -> str:  # type: ignore[override]
        """The id of the document."""
        return self._stored.id

    def _spans(self) -> Iterator[Span]:
        if self._hopeless:
            return iter(())
        return self._words(self._query.in_bytes) if self._query and self._query.word else super()._spans()

    def _words(self, finder: Finder | None) -> Iterator[Span]:
        """The matches that begin and end where tokens do."""
        assert finder is not None
        is_edge, first, reach = self._stored.part.is_edge, self._stored.start, 0
        for start, end in finder.spans(self.data, overlapping=True):
            if start >= reach and is_edge(first + start) and is_edge(first + end):
                yield Span(start, end)
                reach = end


class Cursor:
    """Tells where a string is found from one place after the other, going through the bytes of a part once."""

    def __init__(self, part: Part, finder: Finder) -> None:
        self._data = part.text
        self._finder = finder
        self._spans: Iterator[tuple[int, int]] = iter(())
        self._asked = len(self._data) + 1
        self._next = -1

    def meets(self, start: int, end: int) -> bool:
        """Whether the string begins between two places."""
        return self.reach(start) < end

    def reach(self, start: int) -> int:
        """The first place at or behind another where it begins; behind all bytes if there is none."""
        if start < self._asked:
            self._spans = self._finder.spans(self._data, start)
            self._next = -1
        self._asked = start
        while self._next < start:
            self._next = next(self._spans, (len(self._data) + 1, 0))[0]
        return self._next


@lru_cache(maxsize=64)
def _cursor(part: Part, finder: Finder) -> Cursor:
    return Cursor(part, finder)


@lru_cache(maxsize=8)
def _finders(asked: Asked) -> tuple[Finder, ...]:
    """What must be found in a text for it to have a match; none where nothing is known."""
    if not isinstance(asked.query, Query):
        return ()
    if asked.query.in_bytes is not None:
        return (asked.query.in_bytes,)
    strings = asked.query.needed
    return (Finder(re.compile(b"|".join(re.escape(one.encode()) for one in strings))),) if strings else ()


def pages(
    source: Source, steps: Steps, asked: Asked, *, direct: bool, binary: bool, every: bool
) -> Iterator[DocumentPage | StoredPage] | None:
    """The texts of a source from its index; None where they must be made.

    ``direct`` says that nothing but lines and their numbers will be asked for, ``binary`` that those of binary texts
    are shown too, ``every`` that texts without a match are wanted as well.
    """
    from wic.index.lookup import stored

    shelf = stored(source, steps)
    if shelf is None:
        return None
    finders = _finders(asked)
    if finders:
        numbers: Iterable[int] = _meeting(shelf, finders)
    else:
        chosen = None if isinstance(asked.query, Query) else _with_words(shelf.part, asked.query)
        numbers = range(shelf.count) if chosen is None else _on(shelf, chosen)
    query = asked.query if isinstance(asked.query, Query) else None
    direct = direct and bool(finders)
    return (
        _page(stored, query, asked, hopeful=hopeful, direct=direct, binary=binary)
        for stored, hopeful in _told_apart(shelf, numbers, every=every)
    )


def _told_apart(shelf: Shelf, hopeful: Iterable[int], *, every: bool) -> Iterator[tuple[Stored, bool]]:
    """The hopeful documents of a shelf, and with ``every`` the others too, each with whether it is one.

    Those that are left out are entered in the books.
    """
    place = 0
    for number in chain(hopeful, (shelf.count,)):
        if every:
            yield from ((shelf.stored(left), False) for left in range(place, number))
        else:
            books.add(Books(documents=number - place, done=number - place))
        if number < shelf.count:
            yield shelf.stored(number), True
        place = number + 1


def _meeting(shelf: Shelf, finders: Sequence[Finder]) -> Iterator[int]:
    """The documents in which all is found that must be."""
    cursors = [_cursor(shelf.part, finder) for finder in finders]
    starts = shelf.starts()
    place = starts[0]
    while shelf.count and (place := cursors[0].reach(place)) < starts[-1]:
        number = bisect_right(starts, place) - 1
        place = starts[number + 1]
        if all(cursor.meets(starts[number], place) for cursor in cursors[1:]):
            yield number


@lru_cache(maxsize=8)
def _with_words(part: Part, query: TokenQuery) -> list[int] | None:
    """The documents of a part that have the words without which a query has no match; None where it needs none."""
    needed = query.compiled().words()
    return sorted(set.intersection(*map(part.postings.documents, needed))) if needed else None


def _on(shelf: Shelf, numbers: Sequence[int]) -> Iterator[int]:
    """Those of some documents of a part that are on a shelf, as it counts them."""
    for place in range(bisect_left(numbers, shelf.first), bisect_left(numbers, shelf.first + shelf.count)):
        yield numbers[place] - shelf.first


def _page(
    stored: Stored, query: Query | None, asked: Asked, *, hopeful: bool, direct: bool, binary: bool
) -> DocumentPage | StoredPage:
    if not hopeful:
        return StoredPage(stored, query, asked, hopeless=True)
    if direct and _in_bytes(query, stored) and (binary or not stored.kind & BINARY):
        return StoredPage(stored, query, asked)
    return DocumentPage(stored.document(segmented=False), asked, stored)


def _in_bytes(query: Query | None, stored: Stored) -> bool:
    """Whether the bytes of a text tell what a query finds in it."""
    if query is None or query.across:
        return False
    return not query.word or (query.in_bytes is not None and not stored.kind & WHOLE)
