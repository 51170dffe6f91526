"""Key word in context: hits under one another, aligned by the cells that a terminal gives to each cluster.

The order is reading order, before, match, after, also where the script runs from right to left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex
from wcwidth import wcswidth

from wic.write.visible import visible

_CLUSTER = regex.compile(r"\X")


class Aligned(NamedTuple):
    """The three columns of a hit, ``before`` padded on its left, ``after`` cut."""

    before: str
    match: str
    after: str


def cells(text: str) -> int:
    """The cells that a text takes in a terminal."""
    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcswidth(character)) for character in text)


def aligned(text: str, start: int, end: int, width: int) -> Aligned:
    """The hit at ``start:end`` in ``width`` cells on one line, the match beginning after two fifths of them.

    The context is cut between clusters. Two cells are kept free on each side of the match.
    """
    room = max(8, width * 2 // 5)
    before = _fitting(reversed(_clusters(text[max(0, start - 4 * room) : start])), room)
    left = _one_line("".join(reversed(before)))
    match = _one_line(text[start:end])
    rest = max(8, width - room - cells(match) - 4)
    after = _one_line("".join(_fitting(iter(_clusters(text[end : end + 4 * rest])), rest)))
    return Aligned(" " * (room - cells(left)) + left, match, after)


def _clusters(text: str) -> list[str]:
    return [match.group() for match in _CLUSTER.finditer(text)]


def _fitting(clusters: Iterator[str], width: int) -> list[str]:
    taken: list[str] = []
    for cluster in clusters:
        width -= cells(_one_line(cluster))
        if width < 0:
            break
        taken.append(cluster)
    return taken


def _one_line(text: str) -> str:
    return visible(regex.sub(r"\s", " ", text))
