"""Text in the order in which it is seen, for terminals that do not turn right-to-left text themselves.

The Unicode Bidirectional Algorithm (UAX #9) for one line without embeddings and isolates: rules W1 to W7, N1, N2, I1, I2,
L1, L2 and L4, by grapheme clusters, so that marks stay behind their letters. Bracket pairs (N0) are not looked at.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import regex

_CLUSTER = regex.compile(r"\X")
_NEUTRAL = {"B", "S", "WS", "ON", "BN", "ES", "ET", "CS", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_SIDES = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # what neutrals see in a neighbour
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")


def visual(text: str, *, right_to_left: bool) -> str:
    """The text of a line from left to right as a reader sees it; ``right_to_left`` is the direction of the line."""
    clusters = _CLUSTER.findall(text)
    base = int(right_to_left)
    levels = _levels([_type(cluster) for cluster in clusters], base)
    for place in reversed(range(len(clusters))):  # L1: blanks at the end stand where the line ends
        if not clusters[place].isspace():
            break
        levels[place] = base
    shown = [
        cluster.translate(_MIRRORED) if level % 2 else cluster for cluster, level in zip(clusters, levels, strict=True)
    ]
    for level in range(max(levels, default=0), 0, -1):
        place = 0
        while place < len(levels):
            end = place
            while end < len(levels) and levels[end] >= level:
                end += 1
            shown[place:end] = reversed(shown[place:end])
            levels[place:end] = reversed(levels[place:end])
            place = end + 1
    return "".join(shown)


def _type(cluster: str) -> str:
    return unicodedata.bidirectional(cluster[0]) or "ON"


def _levels(types: list[str], base: int) -> list[int]:
    side = "R" if base else "L"
    _weak(types, side)
    _neutral(types, side)
    odd = {"R": base | 1, "L": base + 1 if base else 0}
    return [odd.get(kind, base + 1 if base else 2) for kind in types]


def _weak(types: list[str], side: str) -> None:
    """W1 to W7: marks, numbers and what stands in and around numbers."""
    strong = previous = side
    for place, kind in enumerate(types):
        if kind == "NSM":
            kind = types[place] = previous
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            types[place] = "AN"
        previous = kind
    for place, kind in enumerate(types):
        if kind == "AL":
            types[place] = "R"
        elif kind in ("ES", "CS") and 0 < place < len(types) - 1:
            before, behind = types[place - 1], types[place + 1]
            if before == behind and (before == "EN" or (before == "AN" and kind == "CS")):
                types[place] = before
    for order in (range(len(types)), reversed(range(len(types)))):
        last = ""
        for place in order:
            if types[place] == "ET" and last == "EN":
                types[place] = "EN"
            last = types[place]
    strong = side
    for place, kind in enumerate(types):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            types[place] = "L"


def _neutral(types: list[str], side: str) -> None:
    """N1 and N2: neutrals between two of one direction take it, others that of the line."""
    solid = [-1, *(place for place, kind in enumerate(types) if kind not in _NEUTRAL), len(types)]
    for first, last in pairwise(solid):
        before = _SIDES[types[first]] if first >= 0 else side
        behind = _SIDES[types[last]] if last < len(types) else side
        types[first + 1 : last] = [before if before == behind else side] * (last - first - 1)
