"""Key word in context: hits under one another, aligned by the cells that a terminal gives to each cluster.

The order is reading order: before, match, after. A line in a script that runs from right to left begins at the right:
in a terminal that knows about directions, ``before`` is then on the right side of the match, where it is read first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import regex
from wcwidth import wcswidth

from wic.write.visible import visible

_CLUSTER = regex.compile(r"\X")
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
    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcswidth(character)) for character in text)


def aligned(before: str, match: str, after: str, width: int) -> Aligned:
    """The hit in ``width`` cells on one line, the match beginning after two fifths of them.

    The context is cut between clusters. Two cells are kept free on each side of the match.
    """
    room = max(8, width * 2 // 5)
    left = "".join(reversed(list(_fitting(reversed(_clusters(before[-_LONGEST * room :])), room))))
    middle = _one_line(match)
    free = max(8, width - room - cells(middle) - 4)
    right = "".join(_fitting(iter(_clusters(after[: _LONGEST * free])), free))
    return Aligned(" " * (room - cells(left)), left, middle, right, " " * (free - cells(right)))


def line(hit: Aligned, paint: str, *, isolated: bool) -> str:
    """The columns on one line; ``paint`` is the match as it is to be shown.

    With ``isolated`` each column keeps its own direction, and a line whose match runs from right to left is laid out
    from the right; the marks for it have no width.
    """
    if not isolated:
        return f"{hit.pad}{hit.before}  {paint}  {hit.after}".rstrip()
    columns = [f"{ISOLATE}{column}{POP}" for column in (hit.before, paint, hit.after)]
    shown = hit.pad + "  ".join(columns)
    return f"{RIGHT_TO_LEFT}{shown}{hit.rest}{POP}" if from_the_right(hit.match + hit.before + hit.after) else shown


def from_the_right(text: str) -> bool:
    """Whether the first letter of a text with a direction belongs to a script that runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _clusters(text: str) -> list[str]:
    return [match.group() for match in _CLUSTER.finditer(text)]


def _fitting(clusters: Iterator[str], width: int) -> Iterator[str]:
    for cluster in clusters:
        shown = _one_line(cluster)
        width -= cells(shown)
        if width < 0:
            return
        yield shown


def _one_line(text: str) -> str:
    return visible(regex.sub(r"\s", " ", text))
