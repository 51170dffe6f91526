"""Unicode word boundaries (UAX #29), for scripts that put spaces between words.

Contractions stay whole (``don't``, ``l'homme``), as do ``3.14``, ``example.com`` and ``snake_case``. Hyphenated words
come apart at the hyphen (``well-known`` is three tokens), which is the rule's default and also what the UD treebanks
do; the full stop of an abbreviation stands alone (``U.S.`` is ``U.S`` and ``.``). One thing differs from the rule, to
suit counting: a run of white space is one token, and no combining mark joins it.
"""

from __future__ import annotations

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


def cut(text: str) -> list[str]:
    """The words of a text and what stands between them; joined they are the text."""
    pieces: list[str] = _TOKEN.findall(text)
    return pieces
