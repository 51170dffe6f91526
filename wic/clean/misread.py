"""Takes back one wrong decoding: the characters as read → their bytes → what the bytes were meant to say.

The edits are one for each shortest stretch in which whole characters as read are whole characters
as written, so that offsets stay fine-grained. What does not decode is left as it is and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from sys import intern  # a page has a few hundred different characters, and an edit for each place
from typing import NamedTuple

from wic.clean.collapsed import collapsed, pair, read_as_utf8
from wic.clean.plausible import frequent
from wic.document import Edit, differences, new_edit

UTF8 = re.compile(
    "[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    "|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xe0[\xb8\xb9] "  # the last: Thai with U+00A0 made a blank
)
UTF8_RUN = re.compile(f"(?:{UTF8.pattern})+")
# A character of UTF-8 one or two bytes of which are lost.
TRUNCATED = re.compile("[\xc2-\xdf]\ufffd|[\xe0-\xef](?:[\x80-\xbf]\ufffd|\ufffd[\x80-\xbf\ufffd])")
HIGH = re.compile("[\x80-\xff]")
HIGH_OR_NONE = re.compile("[\x80-\xff\uffff]")
# Two bytes that can be one character, else a byte that cannot be shown alone.
PAIR = re.compile("[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\x9f\xa1-\xff\uffff]")
BLANK = "\xa0"  # begins a few characters of GBK (爭, 營), and is a blank that editors leave
LOW = re.compile("[\\x00-\\x7f]+")
# What the encoding cannot have made: letters of Europe, and one word in which letters of two scripts meet.
UNREAD = re.compile("[\u0100-\u05ff\uffff]|[\u0620-\u064a](?=[\xc0-\xff])|[\xc0-\xff](?=[\u0620-\u064a])")
NO_BYTE = "\uffff"
LOST = "\ufffd"  # what decoders put for a byte that they cannot read
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
    meant = LOW.sub(" ", letters)

    def edits(start: int) -> list[Edit]:
        return differences(rule, text, letters, NO_BYTE, start)

    return Reading(meant, LOW.sub(" ", octets), len(HIGH.findall(octets)), lost, edits)


def taken(found: list[Edit], read: int, lost: int) -> Reading:
    """A reading whose edits are known, in offsets of the stretch."""

    def edits(start: int) -> list[Edit]:
        return [Edit(rule, start + at, start + to, old, new) for rule, at, to, old, new, _ in found] if start else found

    return Reading(_joined(found), "".join(edit.before for edit in found), read, lost, edits)


def _utf8(text: str, octets: str, rule: str) -> Reading:
    runs = UTF8_RUN.findall(octets)
    meant = " ".join([run.replace(" ", "\xa0").encode("latin-1").decode("utf-8") for run in runs])
    read = sum(map(len, runs))
    lost = max(0, len(HIGH_OR_NONE.findall(octets)) - read)

    def edits(start: int) -> list[Edit]:
        spans = [match.span() for match in UTF8.finditer(octets)]
        return [
            new_edit((rule, start + at, start + to, intern(text[at:to]), intern(character), 1.0))
            for (at, to), character in zip(spans, meant.replace(" ", ""), strict=True)
        ]

    return Reading(meant, "", read, lost, edits)


def _pairs(text: str, octets: str, written: str, rule: str) -> Reading:
    """The reading where each character of the text is one byte and each character written has two."""
    found: list[tuple[int, str]] = []
    lost = position = 0
    again = True
    while again:
        again = False
        for match in PAIR.finditer(octets, position):
            unit = match[0]
            if len(unit) == 2 and (character := _pair(unit, written)):
                found.append((match.start(), character))
                continue
            lost += unit[0] != BLANK
            if len(unit) == 2:  # the second of them may begin a character
                position, again = match.start() + 1, True
                break
    pieces: list[str] = []
    end = 0
    for at, character in found:
        pieces.append(character if at == end else " " + character)
        end = at + 2

    def edits(start: int) -> list[Edit]:
        return [
            new_edit((rule, start + at, start + at + 2, text[at : at + 2], intern(character), 1.0))
            for at, character in found
        ]

    before = "".join([text[at : at + 2] for at, _ in found])
    return Reading("".join(pieces), before, 2 * len(found), lost, edits)


def _pair(octets: str, written: str) -> str:
    """The character that two bytes stand for; empty if there is none, or the first is rather a blank."""
    character = pair(octets, written)
    return character if octets[0] != BLANK or character in frequent(2500) else ""


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
