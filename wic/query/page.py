"""A text under search, with what was asked: a document, or a file that is searched as it is."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, cast

from wic.choice import DEFAULT, WordChoice
from wic.document import Document
from wic.query.hits import Hit, Octets, Wanted, hits
from wic.query.lines import Line, count, lines
from wic.query.match import Span, spans
from wic.query.syntax import Query
from wic.query.words import Ready, Words
from wic.read import Source

if TYPE_CHECKING:
    from wic.pipeline import Steps
    from wic.query.cql import Search


@dataclass(frozen=True, slots=True)
class TokenQuery:
    """A token query as it was typed. It is compiled in the process that runs it, once."""

    source: str
    strategy: str = "leftmost"
    flags: str = ""

    def compiled(self) -> Search:
        return _compiled(self)


@cache
def _compiled(asked: TokenQuery) -> Search:
    from wic.query.cql import Search

    return Search(asked.source, asked.strategy, asked.flags)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and grep's flags about what to select. ``most`` limits selected lines, or hits."""

    query: Query | TokenQuery
    words: WordChoice = DEFAULT
    invert: bool = False
    before: int = 0
    after: int = 0
    most: int | None = None


class Page(Protocol):
    """A text under search."""

    id: str
    #: Whether bytes of the text, as far as it was looked at, could not be read.
    damaged: bool

    def lines(self) -> Iterator[Line[str]]:
        """The selected lines and their context; matches within the line."""

    def matches(self) -> int:
        """The number of matches."""

    def selected(self) -> int:
        """The number of selected lines."""

    def any(self) -> bool:
        """Whether a line is selected."""

    def hits(self, wanted: Wanted) -> Iterator[Hit]:
        """The hits."""

    def octet(self, line: Line[Any], within: int) -> int:
        """The offset in bytes, in the text as read, of a place within a line."""


class DocumentPage:
    """The clean text of a document."""

    def __init__(self, document: Document, asked: Asked, ready: Ready | None = None) -> None:
        self.id = document.id
        self.document = document
        self.asked = asked
        self.words = Words(document, asked.words, ready)
        self.damaged = bool(document.provenance.get("damaged"))

    @property
    def binary(self) -> bool:
        """Whether the text as read has NUL characters, which text has not."""
        return "\0" in self.document.text or any("\0" in edit.before for edit in self.document.edits or ())

    def spans(self, *, empty: bool = False) -> Iterator[Span]:
        """The matches."""
        if isinstance(self.asked.query, Query):
            yield from spans(self.document, self.asked.query, self.words.edges, empty=empty)
            return
        search = self.asked.query.compiled()
        if self.document.sentences is None and not search.may_match(self.document.text):
            return
        for hit in search.hits(self.words.columns):
            yield Span(*self.words.columns.span(hit.first, hit.last), hit.target)

    def lines(self) -> Iterator[Line[str]]:
        asked, text = self.asked, self.document.text
        found = self.spans(empty=True)
        for line in lines(text, found, invert=asked.invert, before=asked.before, after=asked.after, most=asked.most):
            within = tuple(Span(s.start - line.start, s.end - line.start) for s in line.matches)
            yield line._replace(matches=within)

    def matches(self) -> int:
        if self.asked.most is None:
            return sum(1 for _ in self.spans())
        return _matches(self.lines())

    def selected(self) -> int:
        return count(self.document.text, self.spans(empty=True), invert=self.asked.invert, most=self.asked.most)

    def any(self) -> bool:
        if self.asked.most == 0:
            return False
        return any(self.lines()) if self.asked.invert else any(True for _ in self._first_line())

    def _first_line(self) -> Iterator[Span]:
        text = self.document.text
        for span in self.spans(empty=True):
            if span.start < len(text) or not text.endswith("\n"):
                yield span

    def hits(self, wanted: Wanted) -> Iterator[Hit]:
        query = self.asked.query
        tokens = wanted.tokens and (not isinstance(query, Query) or query.word)
        return hits(self.document, islice(self.spans(), self.asked.most), wanted, self.words, tokens=tokens)

    @cached_property
    def _octets(self) -> Octets:
        return Octets(self.document)

    def octet(self, line: Line[Any], within: int) -> int:
        place = line.start + within
        return self._octets.at(self.document.offsets.to_raw(place, place)[0])


class FilePage:
    """The bytes of a file of UTF-8 text."""

    def __init__(self, path: str, data: mmap.mmap, query: Query, asked: Asked) -> None:
        self.id = path
        self.data = data
        self._query: Query | None = query
        self.asked = asked
        self.damaged = False

    def _spans(self) -> Iterator[Span]:
        from wic.query.raw import byte_spans

        return byte_spans(self.data, self._query) if self._query else iter(())

    def octet_lines(self) -> Iterator[Line[bytes]]:
        """As ``lines``, in bytes, which may be bad, and with the matches as places of the file."""
        asked, data = self.asked, cast(bytes, self.data)
        return lines(data, self._spans(), invert=asked.invert, before=asked.before, after=asked.after, most=asked.most)

    def lines(self) -> Iterator[Line[str]]:
        for line in self.octet_lines():
            text = self.read(line.text)
            places = (
                tuple(len(self.read(line.text[: max(0, place - line.start)])) for place in span[:2])
                for span in line.matches
            )
            matches = tuple(Span(*place) for place in places)
            yield Line(line.number, line.start, text, matches, line.selected, line.apart)

    def read(self, octets: bytes) -> str:
        """The text of a line or of a part of it."""
        from wic.query.raw import decoded

        text, damaged = decoded(octets)
        self.damaged = self.damaged or damaged
        return text

    def matches(self) -> int:
        if self.asked.most is None:
            return sum(1 for _ in self._spans())
        return _matches(self.lines())

    def selected(self) -> int:
        return count(cast(bytes, self.data), self._spans(), invert=self.asked.invert, most=self.asked.most)

    def any(self) -> bool:
        if self.asked.most == 0:
            return False
        return any(self.lines()) if self.asked.invert else any(True for _ in self._spans())

    def hits(self, wanted: Wanted) -> Iterator[Hit]:
        for span in self.places():
            yield self.hit(span, wanted)

    def places(self) -> Iterator[Span]:
        """Where the hits are, in bytes."""
        return islice(self._spans(), self.asked.most)

    def hit(self, span: Span, wanted: Wanted) -> Hit:
        """The hit at a place."""
        from wic.query.raw import window

        before, match, after = window(self.data, span, wanted.context.size)
        return Hit(self.id, "", -1, -1, before, match, after, match)

    def octet(self, line: Line[Any], within: int) -> int:
        end = self.data.find(b"\n", line.start)
        octets = self.data[line.start : end if end >= 0 else len(self.data)]
        return line.start + len(octets.decode("utf-8", "surrogateescape")[:within].encode("utf-8", "surrogateescape"))


@contextmanager
def direct(source: Source, steps: Steps, asked: Asked) -> Iterator[FilePage | None]:
    """The page of a source that can be searched as it is; None for one whose text must be made first."""
    query = asked.query
    if not steps.raw or not isinstance(query, Query):
        yield None
        return
    from wic.query.raw import opened, searchable

    if not searchable(query):
        yield None
        return
    with opened(source) as data:
        yield FilePage(source.name, data, query, asked) if data is not None else None


def _matches(lines: Iterator[Line[str]]) -> int:
    return sum(span.start < span.end for line in lines for span in line.matches if line.selected)
