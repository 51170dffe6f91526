"""A segmented document as token queries see it: columns of values by position, and regions.

White space is no token. Attributes are ``word``, ``kind`` and what the tokens of a record carry (``lemma``, ``pos``).
Regions are ``s`` (sentences), ``text`` (the document, with ``id``, ``lang``, ``script`` and its metadata) and those that
a record lists under ``regions``: ``{"name": "ne", "start": 4, "end": 10, "type": "LOC"}``, in offsets of the text as
read. The attribute ``type`` of a region ``ne`` is called ``ne_type``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from wic.document import Document, Token
from wic.errors import WicError


@dataclass(frozen=True, slots=True)
class Region:
    """Positions from ``first`` to ``last``, both within."""

    first: int
    last: int
    values: Mapping[str, str]


class Structure:
    """The regions of one name, in order, without overlap."""

    def __init__(self, regions: list[Region], size: int) -> None:
        self.regions = regions
        self.at = [-1] * size
        for number, region in enumerate(regions):
            for position in range(region.first, region.last + 1):
                self.at[position] = number
        self.begins = {region.first: number for number, region in enumerate(regions)}
        self.ends = {region.last: number for number, region in enumerate(regions)}

    def region(self, position: int) -> Region | None:
        """The region that a position is in."""
        number = self.at[position]
        return self.regions[number] if number >= 0 else None


class Tiles(NamedTuple):
    """Tokens that tile a text, white space included, in columns: texts, kinds, and how many of them each sentence has."""

    texts: Sequence[str]
    kinds: Sequence[str]
    sentences: Sequence[int]


class Columns:
    """The positions of one document, from 0 to ``size - 1``.

    What an index has ready need not be made into tokens: ``tiles`` are then those of ``segmented()``.
    """

    def __init__(
        self, document: Document, tiles: Tiles | None = None, segmented: Callable[[], Document] | None = None
    ) -> None:
        self.document = document
        self._segmented = segmented or (lambda: document)
        self._tiles = tiles or _tiles(document)
        self._kept = [place for place, kind in enumerate(self._tiles.kinds) if kind != "space"]
        self.size = len(self._kept)
        self._columns: dict[str, list[str] | None] = {}
        self._structures: dict[str, Structure | None] = {}

    @cached_property
    def tokens(self) -> list[Token]:
        """The token at each position."""
        everything = list(self._segmented().tokens)
        return [everything[place] for place in self._kept]

    @cached_property
    def starts(self) -> list[int]:
        """Where each position begins in the clean text."""
        return self._bounds[0]

    @cached_property
    def ends(self) -> list[int]:
        """Where each position ends in the clean text."""
        return self._bounds[1]

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        ends = [0, *accumulate(map(len, self._tiles.texts))]
        if ends[-1] == len(self.document.text):
            return [ends[place] for place in self._kept], [ends[place + 1] for place in self._kept]
        offsets = self.document.offsets  # the tokens of a record may leave out what stands between them
        spans = [offsets.to_clean(token.start, token.end) for token in self.tokens]
        return [start for start, _ in spans], [end for _, end in spans]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The span of the clean text that the positions from ``first`` to ``last`` take."""
        return self.starts[first], self.ends[last]

    def attributes(self) -> list[str]:
        """The names of the attributes that the tokens have."""
        return ["word", "kind", *self.document.annotations]

    def column(self, name: str) -> list[str] | None:
        """The value of an attribute at each position; None where the tokens have no such attribute."""
        if name not in self._columns:
            self._columns[name] = self._column(name)
        return self._columns[name]

    def _column(self, name: str) -> list[str] | None:
        if name == "word":
            return [self._tiles.texts[place] for place in self._kept]
        if name == "kind":
            return [self._tiles.kinds[place] for place in self._kept]
        values = self.document.annotations.get(name)
        return None if values is None else [_plain(values[place]) for place in self._kept]

    def names(self) -> list[str]:
        """The names of the structures of the document."""
        return ["s", "text", *sorted({name for name, *_ in self._listed} - {"s", "text"})]

    def structure(self, name: str) -> Structure | None:
        """The regions called ``name``; None where the document has no such thing."""
        if name not in self._structures:
            regions = list(self._regions(name))
            known = regions or name in ("s", "text") or "regions" in self.document.extra
            self._structures[name] = Structure(regions, self.size) if known else None
        return self._structures[name]

    def tagged(self, name: str) -> Structure | None:
        """The regions that a tag speaks of: ``<ne>``, or ``<ne_type="LOC">`` after an attribute of theirs."""
        found = self.structure(name)
        return found if found and found.regions else self.structure(name.partition("_")[0]) or found

    def _regions(self, name: str) -> Iterator[Region]:
        if not self.size:
            return
        if name == "text":
            document = self.document
            facts = {**document.metadata, "id": document.id, "lang": document.lang, "script": document.script}
            yield Region(0, self.size - 1, {key: _plain(value) for key, value in facts.items()})
        elif name == "s":
            position = count = 0
            for size in self._tiles.sentences:
                first, count = position, count + size
                position = bisect_left(self._kept, count)
                if position > first:
                    yield Region(first, position - 1, {})
        else:
            reach = -1
            for _, first, last, values in sorted(
                (row for row in self._listed if row[0] == name), key=lambda row: row[1:3]
            ):
                if first <= reach:
                    raise WicError(f"{self.document.id}: regions called {name!r} overlap", "give them different names")
                reach = last
                yield Region(first, last, values)

    @cached_property
    def _listed(self) -> list[tuple[str, int, int, Mapping[str, str]]]:
        """The regions of the record that hold a token: name, first and last position, values."""
        rows: list[tuple[str, int, int, Mapping[str, str]]] = []
        starts, ends = [token.start for token in self.tokens], [token.end for token in self.tokens]
        try:
            for row in self.document.extra.get("regions") or ():
                first, last = bisect_left(starts, row["start"]), bisect_right(ends, row["end"]) - 1
                if first <= last:
                    values = {key: _plain(value) for key, value in row.items() if key not in ("name", "start", "end")}
                    rows.append((str(row["name"]), first, last, values))
        except (KeyError, TypeError, AttributeError) as error:
            shape = 'a region is {"name": "ne", "start": 4, "end": 10}'
            raise WicError(f"{self.document.id}: regions that wic cannot read: {error!r}", shape) from None
        return rows


def _tiles(document: Document) -> Tiles:
    tokens = list(document.tokens)
    sizes = [len(sentence.tokens) for sentence in document.sentences or ()]
    return Tiles([token.text for token in tokens], [token.kind for token in tokens], sizes)


def _plain(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)
