"""Bytes cut into units, each with the character that it was meant to be.

Bytes are written as the characters U+0000 to U+00FF; other characters stand for themselves, and ``NO_BYTE`` for what
the encoding at hand has no byte for.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from typing import NamedTuple

from wic.clean.plausible import frequent
from wic.compiled import compiled

NO_BYTE = "\uffff"
LOST = "\ufffd"  # what decoders put for a byte that they cannot read
BLANK = "\xa0"  # begins a few characters of GBK (爭, 營), and is a blank that editors leave
# Without C1 controls and what lies beyond U+FFFFF, which are no text. The last: Thai with U+00A0 made a blank.
UTF8 = re.compile(
    "[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    "|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xe0[\xb8\xb9] "
)
# Two bytes that can be one character, else a byte that cannot be shown alone.
PAIR = re.compile("[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\x9f\xa1-\xff\uffff]")
LEADS, TRAILS = range(0x81, 0xFF), (*range(0x40, 0x7F), *range(0x80, 0xFF))


class Units(NamedTuple):
    """What a text is made of.

    ``lengths`` has for each unit how many characters as read it has, ``meant`` its character, or ``NO_BYTE`` where it
    stands for itself (and is one character long).
    """

    lengths: bytes
    meant: str

    @property
    def spoken(self) -> str:
        """The characters meant, with a blank where others stand between them."""
        return HOLES.sub(" ", self.meant).strip(" ")


HOLES = re.compile(f"{NO_BYTE}+")


def utf8(octets: str) -> Units:
    """The units of UTF-8."""
    return Units(*(compiled.utf8_units(octets) if compiled is not None else _utf8(octets)))


def _utf8(octets: str) -> Units:
    lengths = bytearray()
    meant: list[str] = []
    end = 0
    for match in UTF8.finditer(octets):
        at, to = match.span()
        lengths += b"\x01" * (at - end)
        lengths.append(to - at)
        meant += (NO_BYTE * (at - end), match[0].replace(" ", "\xa0").encode("latin-1").decode("utf-8"))
        end = to
    lengths += b"\x01" * (len(octets) - end)
    meant.append(NO_BYTE * (len(octets) - end))
    return Units(bytes(lengths), "".join(meant))


def pairs(octets: str, written: str) -> tuple[Units, int]:
    """The units of an encoding in which each character beyond ASCII has two bytes, and how many bytes are none."""
    if compiled is None:
        return _pairs(octets, written)
    lengths, meant, lost = compiled.pair_units(octets, _table(written))
    return Units(lengths, meant), lost


def _pairs(octets: str, written: str) -> tuple[Units, int]:
    lengths = bytearray()
    meant: list[str] = []
    table = _table(written)
    lost = end = 0
    while (match := PAIR.search(octets, end)) is not None:
        at, unit = match.start(), match[0]
        code = table[ord(unit[0]) << 8 | ord(unit[1])] if len(unit) == 2 else 0
        lost += not code and unit[0] != BLANK
        lengths += b"\x01" * (at - end)
        lengths.append(2 if code else 1)  # else the second of them may begin a character
        meant += (NO_BYTE * (at - end), chr(code) if code else NO_BYTE)
        end = at + lengths[-1]
    lengths += b"\x01" * (len(octets) - end)
    meant.append(NO_BYTE * (len(octets) - end))
    return Units(bytes(lengths), "".join(meant)), lost


@cache
def _table(written: str) -> array[int]:
    """For each two bytes the character that they stand for; 0 if there is none, or the first is rather a blank."""
    table = array("I", [0]) * 65536
    octets = [bytes((lead, trail)) for lead in LEADS for trail in TRAILS]
    for two, character in zip(octets, b"\0".join(octets).decode(written, "replace").split("\0"), strict=True):
        if len(character) == 1 and character != LOST and (two[0] != ord(BLANK) or character in frequent(2500)):
            table[two[0] << 8 | two[1]] = ord(character)
    return table
