"""grep's view of a text: lines, which of them are selected, and the lines around them.

The functions take text, or the bytes of a file; places are then in bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import AnyStr, Generic, NamedTuple

from wic.query.match import Span


class Line(NamedTuple, Generic[AnyStr]):
    """A line without its line end: number (from 1), where it begins, the matches in it (of the whole text).

    ``selected`` is false for a line that is only shown as context; ``apart`` is true where lines were left out
    before it.
    """

    number: int
    start: int
    text: AnyStr
    matches: tuple[Span, ...]
    selected: bool
    apart: bool


class _Selected(NamedTuple):
    start: int
    end: int
    matches: tuple[Span, ...]


def lines(
    text: AnyStr, spans: Iterable[Span], *, invert: bool, before: int, after: int, most: int | None
) -> Iterator[Line[AnyStr]]:
    """The selected lines and their context, in order; at most ``most`` selected ones."""
    newline = _newline(text)
    number, counted = 1, 0  # the number of the line that begins at `counted`
    shown = 0  # where the line after the last one that was given begins
    follow = 0  # lines still to be given behind it
    first = True

    def line(start: int, end: int, matches: tuple[Span, ...], selected: bool) -> Line[AnyStr]:
        nonlocal number, counted, shown, first
        number += text[counted:start].count(newline)
        apart, counted = not first and start > shown, start
        shown, first = end + 1, False
        return Line(number, start, text[start:end], matches, selected, apart)

    for chosen in islice(_inverted(text, spans) if invert else _matched(text, spans), most):
        while follow and shown < chosen.start:
            yield line(shown, _end(text, shown), (), False)
            follow -= 1
        begin = chosen.start
        for _ in range(before):
            if begin <= shown:
                break
            begin = text.rfind(newline, 0, begin - 1) + 1
        while begin < chosen.start:
            yield line(begin, _end(text, begin), (), False)
            begin = shown
        yield line(*chosen, True)
        follow = after
    while follow and shown < len(text):
        yield line(shown, _end(text, shown), (), False)
        follow -= 1


def count(text: AnyStr, spans: Iterable[Span], *, invert: bool, most: int | None) -> int:
    """The number of selected lines."""
    chosen = sum(1 for _ in islice(_touched(text, spans), None if invert else most))
    if not invert:
        return chosen
    newline = _newline(text)
    step = 1 << 24  # a whole file at once would be copied
    total = sum(text[place : place + step].count(newline) for place in range(0, len(text), step))
    total += len(text) > 0 and text[-1:] != newline
    return total - chosen if most is None else min(most, total - chosen)


def _newline(text: AnyStr) -> AnyStr:
    return "\n" if isinstance(text, str) else b"\n"


def _end(text: AnyStr, position: int) -> int:
    """Where the line that ``position`` is in ends."""
    found = text.find(_newline(text), position)
    return len(text) if found < 0 else found


def _touched(text: AnyStr, spans: Iterable[Span]) -> Iterator[int]:
    """Where the lines end that `_matched` gives."""
    newline = _newline(text)
    end = -1
    for span in spans:
        if span.start > end:
            if span.start == len(text) and text[-1:] in (newline, newline[:0]):
                return
            end = _end(text, span.start)
            yield end
        while span.end > end + 1:
            end = _end(text, end + 1)
            yield end


def _matched(text: AnyStr, spans: Iterable[Span]) -> Iterator[_Selected]:
    """The lines that a match touches, each once."""
    newline = _newline(text)
    start, end = 0, -1
    matches: list[Span] = []
    for span in spans:
        if span.start > end:
            if matches:
                yield _Selected(start, end, tuple(matches))
                matches = []
            if span.start == len(text) and text[-1:] in (newline, newline[:0]):
                return  # what follows the last line end is no line
            start, end = text.rfind(newline, 0, span.start) + 1, _end(text, span.start)
        matches.append(span)
        while span.end > end + 1:  # a match over line ends is in all its lines
            yield _Selected(start, end, tuple(matches))
            start, end, matches = end + 1, _end(text, end + 1), [span]
    if matches:
        yield _Selected(start, end, tuple(matches))


def _inverted(text: AnyStr, spans: Iterable[Span]) -> Iterator[_Selected]:
    """The lines that no match touches."""
    position = 0
    for matched in _matched(text, spans):
        while position < matched.start:
            end = _end(text, position)
            yield _Selected(position, end, ())
            position = end + 1
        position = matched.end + 1
    while position < len(text):
        end = _end(text, position)
        yield _Selected(position, end, ())
        position = end + 1
