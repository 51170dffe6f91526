"""Key word in context: hits under one another, aligned by the cells that a terminal gives to each cluster.

The order is reading order: before, match, after. A line in a script that runs from right to left begins at the right:
in a terminal that knows about directions, ``before`` is then on the right side of the match, where it is read first.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from mmap import mmap
from typing import NamedTuple

from wic.compiled import compiled
from wic.query.match import Span
from wic.write.visible import visible

_LONGEST = 4  # code points per cell that a context is searched for
ISOLATE, RIGHT_TO_LEFT, POP = "\u2068", "\u2067", "\u2069"


class Aligned(NamedTuple):
    """The three columns of a hit, and the blanks that bring the match to its cell and the line to its width."""

    pad: str
    before: str
    match: str
    after: str
    rest: str


def cells(text: str) -> int:
    """The cells that a text takes in a terminal."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth  # takes long to import

    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcswidth(character)) for character in text)


def aligned(before: str, match: str, after: str, width: int) -> Aligned:
    """The hit in ``width`` cells on one line, the match beginning after two fifths of them.

    The context is cut between clusters. Two cells are kept free on each side of the match.
    """
    middle = _one_line(match)
    room, free = _shares(_cells(middle), width)
    left, taken = _last(before, room)
    right, filled = _first(after, free)
    return Aligned(" " * (room - taken), left, middle, right, " " * (free - filled))


def plain_line(data: mmap | bytes, span: Span, most: int, width: int) -> bytes | None:
    """The line of a hit in UTF-8 text, its columns as they are, with at most ``most`` characters of context.

    It is what ``line`` gives of it; None where that must be asked.
    """
    rooms = _rooms(data[span.start : span.end], most, width) if compiled is not None else None
    if rooms is None:
        return None
    while isinstance(found := compiled.columns(data, span.start, span.end, rooms, _KINDS), int):
        if found < 0:
            return None
        _KINDS[found] = _kind(chr(found))
    return found


@lru_cache(maxsize=10_000)
def _rooms(match: bytes, most: int, width: int) -> tuple[int, int, int, int] | None:
    """The cells and the characters that there are for what stands before a match, and for what stands after it.

    None where the clusters of the match must be looked at to tell.
    """
    taken = _fit(match, 0, len(match), width, len(match), backwards=False)
    if taken is None or taken[0] < len(match):
        return None
    room, free = _shares(taken[1], width)
    return room, min(most, _LONGEST * room), free, min(most, _LONGEST * free)


def line(hit: Aligned, paint: Callable[[str], str], bidi: str) -> str:
    """The columns on one line; ``paint`` gives the match as it is to be shown.

    With ``bidi`` "isolate" each column keeps its own direction, and a line whose match runs from right to left is laid
    out from the right; the marks for it have no width. With "visual" the characters stand in the order in which they
    are seen, for terminals that do not turn them. "off" leaves all as it is.
    """
    if bidi == "visual":
        from wic.query.visual import visual

        rightward = from_the_right(hit.match + hit.before + hit.after)
        before, match, after = (visual(part, right_to_left=rightward) for part in (hit.before, hit.match, hit.after))
        if rightward:
            return f"{hit.rest}{after}  {paint(match)}  {before}"
        return f"{hit.pad}{before}  {paint(match)}  {after}".rstrip()
    if bidi == "off":
        return f"{hit.pad}{hit.before}  {paint(hit.match)}  {hit.after}".rstrip()
    columns = [f"{ISOLATE}{column}{POP}" for column in (hit.before, paint(hit.match), hit.after)]
    shown = hit.pad + "  ".join(columns)
    return f"{RIGHT_TO_LEFT}{shown}{hit.rest}{POP}" if from_the_right(hit.match + hit.before + hit.after) else shown


def from_the_right(text: str) -> bool:
    """Whether the first letter of a text with a direction belongs to a script that runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _shares(match: int, width: int) -> tuple[int, int]:
    """The cells that a line has for what stands before and after a match of so many cells."""
    before = max(8, width * 2 // 5)
    return before, max(8, width - before - match - 4)


def _last(text: str, room: int) -> tuple[str, int]:
    """The end of a text that fits into ``room`` cells, and the cells that it takes."""
    part = _one_line(text[-_LONGEST * room :])
    octets = part.encode()
    if (fitting := _fit(octets, 0, len(octets), room, len(part), backwards=True)) is not None:
        return octets[fitting[0] :].decode(), fitting[1]
    clusters = _fitting(reversed(_clusters(part)), room)
    return "".join(reversed(clusters)), sum(map(_cells, clusters))


def _first(text: str, room: int) -> tuple[str, int]:
    """The beginning of a text that fits into ``room`` cells, and the cells that it takes."""
    part = _one_line(text[: _LONGEST * room])
    octets = part.encode()
    if (fitting := _fit(octets, 0, len(octets), room, len(part), backwards=False)) is not None:
        return octets[: fitting[0]].decode(), fitting[1]
    clusters = _fitting(iter(_clusters(part)), room)
    return "".join(clusters), sum(map(_cells, clusters))


def _fit(data: mmap | bytes, begin: int, end: int, room: int, most: int, *, backwards: bool) -> tuple[int, int] | None:
    """The place that is reached, and the cells up to it; None where the clusters must be looked at to tell."""
    if compiled is None:
        return None
    while True:
        place, cells = compiled.fit(data, begin, end, room, most, _KINDS, backwards)
        if place >= 0:
            return place, cells
        if place == -2:
            return None
        _KINDS[cells] = _kind(chr(cells))


def _fitting(clusters: Iterator[str], room: int) -> list[str]:
    taken: list[str] = []
    for cluster in clusters:
        room -= _cells(cluster)
        if room < 0:
            break
        taken.append(cluster)
    return taken


@lru_cache(maxsize=10_000)
def _cells(cluster: str) -> int:
    return cells(cluster)


def _one_line(text: str) -> str:
    text = text.replace("\n", " ")  # most often there is nothing else
    if text.isprintable():
        return text
    import regex  # takes long to import, and is seldom needed

    return visible(regex.sub(r"\s", " ", text))


def _clusters(text: str) -> list[str]:
    import regex

    return regex.findall(r"\X", text)


def _kind(character: str) -> int:
    """What a character adds to a text, as a byte of ``_KINDS``."""
    if character in "\u0e33\u0eb3":  # Thai and Lao AM have a cell of their own but belong to the letter before
        return _AM
    kind, width = unicodedata.category(character), cells(character)
    joins = unicodedata.combining(character) == 9 or character in "\ufe0e\ufe0f"  # viramas join letters of India
    if kind in ("Mn", "Me") and width == 0 and not joins:
        return _MARK
    jamo = "\u1100" <= character <= "\u11ff" or "\ua960" <= character <= "\ua97f" or "\ud7b0" <= character <= "\ud7ff"
    plain = character.isprintable() and kind[0] in "LNPSZ" and kind != "Sk" and character < "\U0001f000" and not jamo
    if character == "\n" or (plain and width == 1):  # a line end is shown as a blank
        return _NARROW
    if plain and width == 2:
        return _WIDE
    return _HARD  # what stands before and behind it decides


_MARK, _NARROW, _WIDE, _AM, _HARD = range(1, 6)
_KINDS = bytearray(sys.maxunicode + 1)  # 0: not met so far
