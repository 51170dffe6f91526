"""Takes back one wrong decoding: the characters as read → their bytes → what the bytes were meant to say.

The edits are one for each shortest stretch in which whole characters as read are whole characters
as written, so that offsets stay fine-grained. What does not decode is left as it is and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import accumulate
from typing import NamedTuple

from wic.clean.collapsed import collapsed, pair, read_as_utf8
from wic.clean.plausible import frequent
from wic.clean.units import BLANK, LOST, NO_BYTE, UTF8, Units, pairs, utf8
from wic.document import Edit, replacements

# A character of UTF-8 one or two bytes of which are lost.
TRUNCATED = re.compile("[\xc2-\xdf]\ufffd|[\xe0-\xef](?:[\x80-\xbf]\ufffd|\ufffd[\x80-\xbf\ufffd])")
HIGH = re.compile("[\x80-\xff]")
HIGH_OR_NONE = re.compile("[\x80-\xff\uffff]")
LOW = re.compile("[\\x00-\\x7f]+")
# What the encoding cannot have made: letters of Europe, and one word in which letters of two scripts meet.
UNREAD = re.compile("[\u0100-\u05ff\uffff]|[\u0620-\u064a](?=[\xc0-\xff])|[\xc0-\xff](?=[\u0620-\u064a])")
UNPAIRED = re.compile("\ufffd(?=[^\\x00-\x7f])")
DOUBLE_BYTE = frozenset(("gb18030", "big5hkscs"))


class Reading(NamedTuple):
    """What a stretch was meant to say.

    ``meant`` are the characters that come out, with a blank for what the encodings agree on; ``before`` those that
    they stand for; ``read`` counts the bytes that decode, ``lost`` those that do not. ``edits`` makes the edits, in
    offsets that begin at the one it is given: many readings are tried, few are taken.
    """

    meant: str
    before: str
    read: int
    lost: int
    edits: Callable[[int], list[Edit]]


def undone(text: str, read_as: str, written: str, rule: str) -> Reading:
    """The reading of ``text`` if it was written in one encoding and read as another."""
    if read_as in DOUBLE_BYTE:
        return _aligned(text, *_double_bytes(text, read_as), written, rule)
    if written in DOUBLE_BYTE:
        octets = text.translate(_octets(read_as))
        stray = read_as_utf8(octets)
        plain = _aligned(text, *_split(octets, stray), written, rule) if stray else _pairs(text, octets, written, rule)
        if plain.lost and read_as == "cp1252":
            return _aligned(text, *collapsed(text, _octets(read_as), written), written, rule)
        return plain
    octets = text.translate(_octets(read_as))
    if written == "utf-8":
        return _utf8(text, octets, rule)
    letters = octets.translate(_letters(written))
    lost = letters.count(NO_BYTE) + len(UNREAD.findall(octets)) - octets.count(NO_BYTE)
    units = Units(b"\x01" * len(text), letters)
    meant = LOW.sub(" ", letters)
    return Reading(meant, LOW.sub(" ", octets), len(HIGH.findall(octets)), lost, partial(_replaced, rule, text, units))


def taken(found: list[Edit], read: int, lost: int) -> Reading:
    """A reading whose edits are known, in offsets of the stretch."""

    def edits(start: int) -> list[Edit]:
        return [Edit(rule, start + at, start + to, old, new) for rule, at, to, old, new, _ in found] if start else found

    return Reading(_joined(found), "".join(edit.before for edit in found), read, lost, edits)


def _utf8(text: str, octets: str, rule: str) -> Reading:
    units = utf8(octets)
    read = len(octets) - units.meant.count(NO_BYTE)
    lost = max(0, len(HIGH_OR_NONE.findall(octets)) - read)
    return Reading(units.spoken, "", read, lost, partial(_replaced, rule, text, units))


def _replaced(rule: str, text: str, units: Units, start: int) -> list[Edit]:
    return replacements(rule, text, units.lengths, units.meant, NO_BYTE, start)


def _pairs(text: str, octets: str, written: str, rule: str) -> Reading:
    """The reading where each character of the text is one byte and each character written has two."""
    units, lost = pairs(octets, written)
    starts = accumulate(units.lengths, initial=0)
    before = "".join([text[at : at + 2] for at, length in zip(starts, units.lengths, strict=False) if length == 2])
    return Reading(units.spoken, before, len(before), lost, partial(_replaced, rule, text, units))


def _pair(octets: str, written: str) -> str:
    """The character that two bytes stand for; empty if there is none, or the first is rather a blank."""
    character = pair(octets, written)
    return character if len(character) == 1 and (octets[0] != BLANK or character in frequent(2500)) else ""


def _joined(edits: list[Edit]) -> str:
    """What the edits put in, with a blank where other characters stand between them."""
    pieces: list[str] = []
    end = 0
    for edit in edits:
        pieces += (" " * (edit.start > end), edit.after)
        end = edit.end
    return "".join(pieces)


def _aligned(text: str, octets: str, widths: list[int], written: str, rule: str) -> Reading:
    """Edits for the units in which the characters as read and those as written begin and end at the same byte."""
    edits: list[Edit] = []
    read = lost = 0
    source = target = 0  # bytes consumed on either side
    at = start = 0
    meant: list[str | None] = []
    for width, character in _decoded(octets, written):
        target += width
        meant.append(character)
        while at < len(text) and source < target:
            source += widths[at]
            at += 1
        if source != target:
            continue
        before = text[start:at]
        size = sum(widths[start:at])
        if None in meant:
            lost += size
        elif (after := "".join(filter(None, meant))) != before:
            edits.append(Edit(rule, start, at, before, after))
            read += size * (LOST not in after)  # where a mark stands for a lost byte, neither read nor lost
        start, meant = at, []
    return taken(edits, read, lost + sum(widths[start:]))


def _decoded(octets: str, written: str) -> Iterator[tuple[int, str | None]]:
    """Consecutive ``(bytes, character)``; the character is None for a byte that begins no character."""
    if written == "utf-8":
        at = 0
        while at < len(octets):
            match = UTF8.match(octets, at)
            if match and " " not in match[0]:
                yield len(match[0]), match[0].encode("latin-1").decode("utf-8")
                at = match.end()
            elif match := TRUNCATED.match(octets, at):
                yield len(match[0]), LOST
                at = match.end()
            else:
                yield 1, None if HIGH.match(octets[at]) or octets[at] == NO_BYTE else octets[at]
                at += 1
    elif written in DOUBLE_BYTE:
        at = 0
        while at < len(octets):
            if not "\x7f" < octets[at] < "\u0100":
                yield 1, None if octets[at] == NO_BYTE else octets[at]
                at += 1
            elif character := _pair(octets[at : at + 2], written):
                yield 2, character
                at += 2
            elif octets[at] == BLANK:
                yield 1, octets[at]
                at += 1
            else:
                yield 1, None
                at += 1
    else:
        for octet, letter in zip(octets, octets.translate(_letters(written)), strict=True):
            yield 1, None if NO_BYTE in (octet, letter) else letter  # LOST stands for itself


def _split(octets: str, stray: set[int]) -> tuple[str, list[int]]:
    """The bytes of a text, as characters, and how many each character has: two where one is ``stray``."""
    widths = [1] * len(octets)
    pieces = list(octets)
    for at in stray:
        pieces[at] = octets[at].encode("utf-8").decode("latin-1")
        widths[at] = 2
    return "".join(pieces), widths


def octets_of(text: str, read_as: str) -> str:
    """The bytes of a text that was read as GBK or Big5, as characters; other characters stand for themselves.

    A mark for a lost byte with another byte beyond ASCII behind it can only be 80: all others begin a pair there.
    """
    return "".join([_octet_pair(character, read_as) for character in UNPAIRED.sub("\x80", text)])


def _double_bytes(text: str, read_as: str) -> tuple[str, list[int]]:
    """The bytes of a text, as in `octets_of`, and how many each character has."""
    pieces = [_octet_pair(character, read_as) for character in UNPAIRED.sub("\x80", text)]
    return "".join(pieces), [len(piece) for piece in pieces]


@cache
def _octet_pair(character: str, read_as: str) -> str:
    if character <= "\x80" or character == LOST:
        return character
    try:
        octets = character.encode(read_as)
    except UnicodeError:
        return NO_BYTE
    return octets.decode("latin-1") if len(octets) == 2 else NO_BYTE


@cache
def _octets(read_as: str) -> dict[int, str]:
    """Character → byte (as the character of that number) for a single-byte encoding as real decoders read it.

    Bytes that the encoding leaves out are read as in Windows-1252 or as control characters.
    """
    table: dict[int, str] = {}
    for octet in range(0x80, 0x100):
        for encoding in (read_as, "cp1252", "latin-1"):
            try:
                character = bytes([octet]).decode(encoding)
            except UnicodeError:
                continue
            table.setdefault(ord(character), chr(octet))
            if encoding == read_as:
                break
    for octet in range(0x80, 0xA0):
        table.setdefault(octet, chr(octet))
    for other in range(0xA0, 0x100):
        table.setdefault(other, NO_BYTE)
    return table


@cache
def _letters(written: str) -> dict[int, str]:
    """Byte (as the character of that number) → character."""
    table = {}
    for octet in range(0x80, 0x100):
        try:
            table[octet] = bytes([octet]).decode(written)
        except UnicodeError:
            table[octet] = NO_BYTE
    return table
