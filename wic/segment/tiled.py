"""Sentences of a long text, made when they are asked for: all at once they would take fifty times the room of the text."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import overload

from wic.document import OffsetMap, Sentence, tile
from wic.segment.kinds import kinds


class Tiled(Sequence[Sentence]):
    """The sentences over ``pieces``, which tile a clean text; ``stops`` says before which piece each of them ends."""

    def __init__(self, pieces: Sequence[str], stops: Iterable[int], offsets: OffsetMap) -> None:
        self._pieces = pieces
        self._stops = array("q", [0])
        self._stops.extend(stops)
        ends = array("q", accumulate(map(len, pieces), initial=0))
        self._places = array("q", (ends[stop] for stop in self._stops))
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._stops) - 1

    def __iter__(self) -> Iterator[Sentence]:
        return map(self._sentence, range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Sentence, ...]: ...
    def __getitem__(self, index: int | slice) -> Sentence | tuple[Sentence, ...]:
        numbers = range(len(self))[index]
        return self._sentence(numbers) if isinstance(numbers, int) else tuple(map(self._sentence, numbers))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tiled):
            return isinstance(other, tuple) and tuple(self) == other
        return (self._pieces, self._stops, self._offsets.edits) == (other._pieces, other._stops, other._offsets.edits)

    __hash__ = None  # type: ignore[assignment]

    def _sentence(self, number: int) -> Sentence:
        pieces = self._pieces[self._stops[number] : self._stops[number + 1]]
        tokens = tile(pieces, kinds(pieces), self._offsets, self._places[number])
        return Sentence(tokens[0].start, tokens[-1].end, tuple(tokens))
