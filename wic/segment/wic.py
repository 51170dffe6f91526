"""wic's own words for Chinese and Thai, in the granularity of the Universal Dependencies treebanks.

The model of a script says how likely a cut is at each place (``wic/segment/model.py``); both Chinese scripts share one.
On top of it stand rules that no vote overturns: white space is cut off, a run of it is one piece; no cut falls
inside a Thai character cluster, before a combining mark, inside a word of another script (Latin, Cyrillic), or inside
what is fixed (``wic/segment/fixed.py``); brackets, quotation marks and commas are no part of a word; a Thai letter and a Han
character are never one word.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from itertools import pairwise

import numpy as np

from wic.compiled import compiled, is_compiled
from wic.segment.fixed import fixed, has_address
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
_WORD = re.compile(rf"{_LETTER}(?:{_MARK}|{_LETTER}|['’.:·](?={_LETTER}))+")
# Punctuation of Chinese, and what Thai takes from Latin script. Not ’, which is an apostrophe as well, nor what stands inside
# words, numbers and faces: . : - / '
_ALONE = '[(),;!?\\[\\]{}"“”、。〈-】〔-〗﹁-﹄！（），：；？［］｛｝｡｢｣､]'
_SIGNS = re.compile(rf"({_ALONE})\1*+")
_MARKS = re.compile(_MARK)
_MARKED = re.compile(rf"(?:.{_MARK}++(?:(?<=\u200d)[^\s])?+)+", re.DOTALL)
_CLUSTERS = re.compile(rf"{CLUSTER.pattern}|[^\u0e01-\u0e4e]+|.", re.DOTALL)


def cut(text: str, lean: int = 0) -> list[str]:
    """The words of a text and what stands between them; joined they are the text.

    ``lean`` are votes given to every place beforehand: the more of them, the finer the words.
    """
    found = _cut_compiled(text, lean) if is_compiled() else None
    return _cut(text, lean) if found is None else found


def _cut(text: str, lean: int = 0) -> list[str]:
    cuts = bytearray()
    for stretch in _STRETCH.findall(text):
        thai = "\u0e00" <= stretch[0] <= "\u0e7f"
        found = votes(stretch, model("th" if thai else "zh")) > -lean
        if thai:
            found &= _cluster_ends(stretch)
        found[0] = True
        cuts += found.tobytes()
    for signs in _SIGNS.finditer(text):
        _cut_off(cuts, *signs.span())
    for word in _WORD.finditer(text):
        _hold(cuts, *word.span())
    if _MARKS.search(text):
        for marked in _MARKED.finditer(text):
            _hold(cuts, *marked.span())
    for start, end, kind in fixed(text):
        _hold(cuts, start, end)
        if kind != "number":
            _cut_off(cuts, start, end)
    for spaces in _SPACES.finditer(text):
        _hold(cuts, *spaces.span())
        _cut_off(cuts, *spaces.span())
    edges = [*np.flatnonzero(np.frombuffer(cuts, bool)).tolist(), len(text)]
    return [text[begin:end] for begin, end in pairwise(edges)]


def _hold(cuts: bytearray, start: int, end: int) -> None:
    """No cut inside."""
    cuts[start + 1 : end] = bytes(end - start - 1)


def _cut_off(cuts: bytearray, start: int, end: int) -> None:
    """A cut at both ends."""
    cuts[start] = True
    if end < len(cuts):
        cuts[end] = True


def _cut_compiled(text: str, lean: int = 0) -> list[str] | None:
    """The same by the compiled part; None for a text with characters beyond U+FFFF, which it does not know."""
    spans = None  # only numbers, which it finds by itself
    if has_address(text):
        spans = array("q", [number for start, end, kind in fixed(text) for number in (start, end, kind != "number")])
    models = model("th").prepared, model("zh").prepared
    return compiled.cut(text, _classes(), *models, spans, lean)


@cache
def _classes() -> bytes:
    """The classes of the characters up to U+FFFF, as ``compiled/cut.c`` takes them."""
    found = bytearray(0x10000)
    every = "".join(map(chr, range(0x10000)))
    for bit, pattern in enumerate((f"[{_THAI}]", f"[{_HAN}]", _LETTER, _MARK, "['’.:·]", r"\s", r"\d", _ALONE)):
        for run in re.finditer(f"(?:{pattern})+", every):
            for code in range(*run.span()):
                found[code] |= 1 << bit
    return bytes(found)


def _cluster_ends(text: str) -> Array:
    """For each place whether a Thai character cluster ends there."""
    ends = np.zeros(len(text) + 1, bool)
    sizes = np.fromiter(map(len, _CLUSTERS.findall(text)), np.intp)
    ends[np.cumsum(sizes)] = True
    # What is not Thai has no clusters: any place beside it is free.
    points = np.frombuffer(text.encode("utf-32-le"), "<u4")
    foreign = (points < 0xE01) | (points > 0xE4E)
    ends[:-1] |= foreign
    ends[1:] |= foreign
    # A mark too many, or behind the wrong letter, is no word either.
    ends[:-1] &= ~((points == 0xE31) | (points >= 0xE34) & (points <= 0xE3A) | (points >= 0xE47) & (points <= 0xE4E))
    return ends[:-1]
