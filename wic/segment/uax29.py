"""Unicode word boundaries (UAX #29), for scripts that put spaces between words.

Contractions stay whole (``don't``, ``l'homme``), as do ``3.14``, ``example.com`` and ``snake_case``. Hyphenated words
come apart at the hyphen (``well-known`` is three tokens), which is the rule's default and also what the UD treebanks
do; the full stop of an abbreviation stands alone (``U.S.`` is ``U.S`` and ``.``). One thing differs from the rule, to
suit counting: a run of white space is one token, and no combining mark joins it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import regex

_E = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"  # WB4: what extends a character goes with it
_A = rf"[\p{{WB=ALetter}}\p{{WB=Hebrew_Letter}}]{_E}"
_H = rf"\p{{WB=Hebrew_Letter}}{_E}"
_N = rf"\p{{WB=Numeric}}{_E}"
_K = rf"\p{{WB=Katakana}}{_E}"
_X = rf"\p{{WB=ExtendNumLet}}{_E}"
_LETTERS = rf"{_A}(?:[\p{{WB=MidLetter}}\p{{WB=MidNumLet}}']{_E}{_A})*+"  # WB5 to WB7
_HEBREW = rf"{_H}\"{_E}(?={_H})|{_H}'{_E}"  # WB7a to WB7c: geresh and gershayim typed as quotes
_DIGITS = rf"{_N}(?:[\p{{WB=MidNum}}\p{{WB=MidNumLet}}']{_E}{_N})*+"  # WB8, WB11, WB12
_CORE = rf"(?:(?:{_LETTERS}|{_DIGITS}|{_HEBREW})++|(?:{_K})++)"  # WB9, WB10, WB13
_WORD = rf"(?:(?:{_X})++{_CORE}?+|{_CORE})(?:(?:{_X})++{_CORE}?+)*+"  # WB13a, WB13b
_FLAG = rf"\p{{WB=Regional_Indicator}}{_E}\p{{WB=Regional_Indicator}}{_E}"  # WB15, WB16

_TOKEN = regex.compile(rf"\s++|{_WORD}|{_FLAG}|\X{_E}", regex.V1)
_BLANK = regex.compile(r"[ \n]\s*+")
_findall: Callable[[str], list[str]] = _TOKEN.findall

_KNOWN = 0x3000  # code points below this the plain pattern knows: the alphabets
_FEW = 5_000  # characters for which it is not worth while to make that pattern
_cut_so_far = 0


def cut(text: str) -> list[str]:
    """The words of a text and what stands between them; joined they are the text."""
    global _cut_so_far
    _cut_so_far += len(text)
    if _cut_so_far <= _FEW:
        return _findall(text)
    plain, special = _plain()
    pieces: list[str] = []
    begin = 0
    while found := special.search(text, begin):
        start, end = _island(text, begin, found.start())
        pieces += plain(text[begin:start])
        pieces += _findall(text[start:end])
        begin = end
    pieces += plain(text[begin:])
    return pieces


def _island(text: str, begin: int, place: int) -> tuple[int, int]:
    """What stands between white space around ``place``, with that white space: no token reaches out of it."""
    start = max(text.rfind(" ", begin, place), text.rfind("\n", begin, place), begin)
    behind = _BLANK.search(text, place)
    return begin + len(text[begin:start].rstrip()), behind.end() if behind else len(text)


@cache
def _plain() -> tuple[Callable[[str], list[str]], re.Pattern[str]]:
    """The same for texts of letters, digits and signs that nothing extends, eight times faster; and what finds the rest."""

    def members(properties: str) -> str:
        runs = regex.finditer(f"[{properties}]+", "".join(map(chr, range(_KNOWN))), regex.V1)
        return "".join(f"{re.escape(run[0][0])}-{re.escape(run[0][-1])}" for run in runs)

    spaces, letters, digits = members(r"\s"), members(r"\p{WB=ALetter}"), members(r"\p{WB=Numeric}")
    inner, between = members(r"\p{WB=MidLetter}\p{WB=MidNumLet}'"), members(r"\p{WB=MidNum}\p{WB=MidNumLet}'")
    joins = "[" + members(r"\p{WB=ExtendNumLet}") + "]++"
    core = f"(?:[{letters}]++(?:[{inner}][{letters}]++)*+|[{digits}]++(?:[{between}][{digits}]++)*+)++"
    pattern = re.compile(f"[{spaces}]++|(?:{joins}(?:{core})?+|{core})(?:{joins}(?:{core})?+)*+|.", re.DOTALL)
    rest = members(
        r"\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}\p{WB=Hebrew_Letter}\p{WB=Katakana}\p{WB=Regional_Indicator}"
        r"\p{GCB=Extend}\p{GCB=Prepend}\p{GCB=SpacingMark}"
    )
    return pattern.findall, re.compile(f"[{rest}{chr(_KNOWN)}-\U0010ffff]")
