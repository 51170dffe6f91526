"""grep's view of a text: lines, which of them are selected, and the lines around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wic.query.match import Span


class Line(NamedTuple):
    """A line without its line end: number (from 1), where it begins, the matches in it (of the whole text).

    ``selected`` is false for a line that is only shown as context; ``apart`` is true where lines were left out
    before it.
    """

    number: int
    start: int
    text: str
    matches: tuple[Span, ...]
    selected: bool
    apart: bool


def lines(
    text: str, spans: Iterable[Span], *, invert: bool, before: int, after: int, most: int | None
) -> Iterator[Line]:
    """The selected lines and their context, in order; at most ``most`` selected ones."""
    starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]
    if starts[-1] == len(text):
        starts.pop()  # what follows the last line end is no line
    matched: dict[int, list[Span]] = {}
    for span in spans:
        first, last = bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1) - 1
        for number in range(first, last + 1):
            matched.setdefault(number, []).append(span)
    chosen = [number for number in range(len(starts)) if (number in matched) != invert][:most]
    shown: dict[int, bool] = {}
    for number in chosen:
        for near in range(max(0, number - before), min(len(starts), number + after + 1)):
            shown.setdefault(near, False)
        shown[number] = True
    previous = None
    for number in sorted(shown):
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
        line = text[starts[number] : end].removesuffix("\n")
        apart = previous is not None and number > previous + 1
        yield Line(number + 1, starts[number], line, tuple(matched.get(number, ())), shown[number], apart)
        previous = number
