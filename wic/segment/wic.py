"""wic's own words for Chinese and Thai, in the granularity of the Universal Dependencies treebanks.

The model of a script says how likely a cut is at each place (``wic/segment/model.py``); both Chinese scripts share one.
On top of it stand rules that no vote overturns: white space is cut off, a run of it is one piece; no cut falls
inside a Thai character cluster, before a combining mark, or inside a word of another script (Latin, Cyrillic, digits);
a Thai letter and a Han character are never one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from wic.segment.model import Array, model, votes
from wic.segment.newmm import CLUSTER

_HAN = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_THAI = "\u0e00-\u0e7f"
# A stretch of Thai reaches to the next Han character, whatever stands between.
_STRETCH = re.compile(rf"[{_THAI}][^{_HAN}]*+|[^{_THAI}]++")
_SPACES = re.compile(r"\s+")
_LETTER = rf"[^\W_{_THAI}{_HAN}\u3040-\u30ff\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]"
_MARK = "[\u0300-\u036f\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
_WHOLE = re.compile(
    rf"{_LETTER}(?:{_MARK}|{_LETTER}|['’.:·](?={_LETTER}))+|(?:.{_MARK}++(?:(?<=\u200d)[^\s])?+)+", re.DOTALL
)
_CLUSTERS = re.compile(rf"{CLUSTER.pattern}|[^\u0e01-\u0e4e]+|.", re.DOTALL)


def cut(text: str) -> list[str]:
    """The words of a text and what stands between them; joined they are the text."""
    pieces: list[str] = []
    for stretch in _STRETCH.findall(text):
        pieces += _pieces(stretch)
    return pieces


def _pieces(text: str) -> Iterator[str]:
    thai = "\u0e00" <= text[0] <= "\u0e7f"
    cuts = votes(text, model("th" if thai else "zh")) > 0
    if thai:
        cuts &= _cluster_ends(text)
    for found in _WHOLE.finditer(text):
        cuts[found.start() + 1 : found.end()] = False
    for found in _SPACES.finditer(text):
        cuts[found.start()] = True
        cuts[found.start() + 1 : found.end()] = False
        if found.end() < len(text):
            cuts[found.end()] = True
    cuts[0] = False
    edges = [0, *np.flatnonzero(cuts).tolist(), len(text)]
    return (text[begin:end] for begin, end in pairwise(edges))


def _cluster_ends(text: str) -> Array:
    """For each place whether a Thai character cluster ends there."""
    ends = np.zeros(len(text) + 1, bool)
    sizes = np.fromiter(map(len, _CLUSTERS.findall(text)), np.intp)
    ends[np.cumsum(sizes)] = True
    # What is not Thai has no clusters: any place beside it is free.
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    foreign = (points < 0xE01) | (points > 0xE4E)
    ends[:-1] |= foreign
    ends[1:] |= foreign
    # A mark too many, or behind the wrong letter, is no word either.
    ends[:-1] &= ~((points == 0xE31) | (points >= 0xE34) & (points <= 0xE3A) | (points >= 0xE47) & (points <= 0xE4E))
    return ends[:-1]
