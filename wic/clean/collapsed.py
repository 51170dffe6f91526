"""Chinese bytes some of which were decoded as UTF-8 and the rest as Latin-1.

Decoders of this kind take each two bytes that happen to be valid UTF-8 for one character. Most such characters are
in no Latin encoding and tell their two bytes. But those from U+0080 to U+00FF can be one byte that was read as
Latin-1, or two (C2 or C3 and another) that were read as UTF-8. Which of them is decided by what the whole then says:
the cheapest way through the line, with a price on every character.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from wic.clean.plausible import frequent

USUAL, RARER, SIGN, ASCII, STRANGE, BROKEN = 1.0, 2.0, 1.5, 0.2, 6.0, 20.0
TWO_BYTES = 4.0
STRAY = re.compile(
    "(?<=[\x80-\xff])[\u0100-\u07ff]{1,3}(?![\u0100-\u07ff])|(?<![\u0100-\u07ff])[\u0100-\u07ff]{1,3}(?=[\x80-\xff])"
)


class _Way(NamedTuple):
    """The cheapest way to a place: its price, the way before, and the bytes of the last character."""

    price: float
    before: _Way | None
    octets: str


def read_as_utf8(text: str) -> set[int]:
    """Where letters of Greek, Cyrillic, Armenian and so on stand that must be two bytes that were read as UTF-8.

    They stand beside bytes that were read alone, few together; words of these scripts do not.
    """
    return {at for match in STRAY.finditer(text) for at in range(*match.span())}


def collapsed(text: str, octets: Mapping[int, str], written: str) -> tuple[str, list[int]]:
    """The bytes of a line, as characters, and how many each of its characters has.

    ``octets`` gives the byte of a character that was read alone.
    """
    stray = read_as_utf8(text.translate(octets))
    ways: dict[str, _Way] = {"": _Way(0.0, None, "")}  # by the byte that still waits for its second half
    for at, character in enumerate(text):
        found: dict[str, _Way] = {}
        for waiting, way in ways.items():
            for bytes_, extra in _choices(character, octets, at in stray):
                price, rest = _spend(waiting + bytes_, written)
                total = way.price + price + extra
                if rest not in found or total < found[rest].price:
                    found[rest] = _Way(total, way, bytes_)
        ways = found
    best: _Way | None = min(ways.items(), key=lambda item: item[1].price + BROKEN * bool(item[0]))[1]
    pieces: list[str] = []
    while best is not None and best.before is not None:
        pieces.append(best.octets)
        best = best.before
    pieces.reverse()
    return "".join(pieces), [len(piece) for piece in pieces]


def _choices(character: str, octets: Mapping[int, str], stray: bool) -> list[tuple[str, float]]:
    """The bytes that a character may stand for, with what it costs to assume so."""
    alone = octets.get(ord(character), character)
    if stray:
        return [(character.encode("utf-8").decode("latin-1"), 0.0)]
    if "\xa0" < character <= "\xff":
        return [(alone, 0.0), (character.encode("utf-8").decode("latin-1"), TWO_BYTES)]
    return [(alone, 0.0)]


def _spend(octets: str, written: str) -> tuple[float, str]:
    """The price of the characters that the bytes make, and the byte that is left over for the next one."""
    price, at = 0.0, 0
    while at < len(octets):
        if not "\x7f" < octets[at] < "\u0100" or octets[at] == "\xa0":
            price += ASCII if octets[at] < "\x80" else SIGN
            at += 1
        elif at + 1 == len(octets):
            return price, octets[at]
        elif character := pair(octets[at : at + 2], written):
            price += _price(character)
            at += 2
        else:
            price += BROKEN
            at += 1
    return price, ""


@cache
def _price(character: str) -> float:
    if character in frequent(1500):
        return USUAL
    if character in frequent(2500):
        return RARER
    return (
        SIGN
        if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uff5e" or character in "“”‘’…—·"
        else STRANGE
    )


@cache
def pair(octets: str, written: str) -> str:
    """The character that two bytes stand for; empty if there is none."""
    try:
        return octets.encode("latin-1").decode(written)
    except UnicodeError:
        return ""
