"""The text as the date grammar reads it: digits, letter variants and invisible characters made uniform.

The grammar is matched against a *view* of the clean text in which every digit is ASCII, Latin letters are lower
case, variants of a letter (أ إ آ ا, 後 后) are one letter, and characters that only decorate (Arabic vowel marks, tatweel,
zero-width spaces) are gone. ``View.span`` leads from the view back to the clean text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

# First code points of the decimal digits that are folded to ASCII: Arabic-Indic, Persian, Devanagari, Bengali,
# Tamil, Thai, Lao, Tibetan, Myanmar, Khmer, full-width, and the five runs of mathematical digits.
_ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xBE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0xFF10)
_MATH_ZEROS = tuple(range(0x1D7CE, 0x1D800, 10))

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2066\u2067\u2068\u2069\ufeff"


def _uniform() -> dict[int, str]:
    table = {zero + digit: str(digit) for zero in _ZEROS + _MATH_ZEROS for digit in range(10)}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
    table |= dict.fromkeys(
        map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t"), " "
    )
    table |= {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2212\ufe63"}
    table |= {ord("\u2019"): "'", ord("\u2013"): "–", ord("\u2014"): "—"}
    return table


_UNIFORM = _uniform()


class View(NamedTuple):
    """``text`` is what the grammar sees; ``places`` (None where nothing was dropped) maps it to the clean text.

    ``tails`` leads from the end of a letter to the end of the marks or the reading that belong to it.
    """

    text: str
    places: list[int] | None
    tails: Mapping[int, int] = {}

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the clean text that the span ``start:end`` of the view stands for, with what its last letter bears."""
        if self.places is None or start >= end:
            return start, end
        last = self.places[end - 1] + 1
        return self.places[start], self.tails.get(last, last)


class Folding:
    """A language's way of making letters uniform.

    ``letters`` maps a character to another one, ``drop`` is removed, and so is what ``ignore`` (a regular expression)
    matches, such as a reading in brackets after a character.
    """

    def __init__(self, letters: Mapping[str, str], drop: str, ignore: str = "") -> None:
        self._table = {**_UNIFORM, **{ord(key): value for key, value in letters.items()}}
        self._drop = frozenset(drop + _INVISIBLE)
        marks = f"[{re.escape(drop)}]+" if drop else ""
        self._tail = re.compile("|".join(filter(None, (marks, ignore)))) if marks or ignore else None
        self._ignore = re.compile(ignore) if ignore else None

    def view(self, text: str) -> View:
        """The view of a text; constant work per character."""
        folded = text.translate(self._table)
        ignored = [match.span() for match in self._ignore.finditer(folded)] if self._ignore else []
        if not ignored and self._drop.isdisjoint(folded):
            return View(folded, None)
        places: list[int] = []
        start = 0
        for first, last in (*ignored, (len(folded), len(folded))):
            places += [place for place in range(start, first) if folded[place] not in self._drop]
            start = last
        tails = {match.start(): match.end() for match in self._tail.finditer(folded)} if self._tail else {}
        return View("".join(map(folded.__getitem__, places)), places, tails)

    def fold(self, word: str) -> str:
        """A word of the grammar, folded like the text."""
        return self.view(word).text
