"""What kind of token a piece of text is."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

_ADDRESS = re.compile(r"(?:(?:https?|ftp)://|www\.)[!-~]|[\w.%+-]+@[\w-]+\.[\w.-]", re.ASCII)
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_DIGIT = regex.compile(r"\p{N}")
_MARK = regex.compile(r"\p{P}")
_REMEMBERED = 100_000  # pieces; words come back, so a dictionary answers nearly all of them

_known: dict[str, str] = {}


def kinds(pieces: Sequence[str]) -> list[str]:
    """The kinds of many pieces."""
    return [found or kind(piece) for piece, found in zip(pieces, map(_known.get, pieces), strict=True)]


def kind(piece: str) -> str:
    """``word number punct space symbol url`` or ``email``.

    A number has digits and no letter; a combining mark counts as a letter. What is neither a letter, a digit,
    punctuation nor white space is a symbol, control and format characters included.
    """
    found = _known.get(piece)
    if found is None:
        found = _judge(piece)
        if len(piece) < 40:
            if len(_known) >= _REMEMBERED:
                _known.clear()
            _known[piece] = found
    return found


def _judge(piece: str) -> str:
    if piece.isspace():
        return "space"
    if address := _ADDRESS.match(piece):
        return "email" if "@" in address[0] and "://" not in address[0] else "url"
    if _LETTER.search(piece):
        return "word"
    if _DIGIT.search(piece):
        return "number"
    return "punct" if _MARK.search(piece) else "symbol"
