"""Written syllables: the floor for scripts without spaces that have no better engine."""

from __future__ import annotations

import regex

from wic.segment.newmm import clusters

_THAI = regex.compile(r"[\u0e00-\u0e7f]++")
# White space, or a cluster with the Lao vowels written before and after it. A sign that stacks the next consonant
# (Khmer coeng, Burmese virama) makes one syllable of what follows.
_SYLLABLE = regex.compile(
    r"\s++|[\u0ec0-\u0ec4]?+\X(?:(?<=[\u17d2\u1039])(?!\s)\X)*+[\u0eb0\u0eb2\u0eb3]*+|\X", regex.DOTALL
)


def cut(text: str) -> list[str]:
    """White space runs and written syllables: Thai character clusters, grapheme clusters of other scripts."""
    pieces: list[str] = []
    position = 0
    for thai in _THAI.finditer(text):
        pieces += _SYLLABLE.findall(text[position : thai.start()])
        ends = clusters(thai[0])
        edges = [place for place, end in enumerate(ends) if end]
        pieces += (thai[0][begin:end] for begin, end in zip([0, *edges[:-1]], edges, strict=True))
        position = thai.end()
    pieces += _SYLLABLE.findall(text[position:])
    return pieces
