"""Folding: spellings that a searcher takes for the same become the same, without losing where they stand.

The ``fold.toml`` of each language says what its users fold: ``map`` (character → character), ``drop`` (characters
that vanish), ``tables`` (two-column files of characters) and ``spelling`` (a character that is written for another
between certain neighbours). The data of all languages are used together; none touches another's script, so Arabic
vowel marks go and Thai tone marks stay. Case is folded too, and full width forms. What is dropped is so behind a
letter; behind ASCII characters and at the beginning of a text it stays, since there it belongs to none.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from wic.compiled import compiled
from wic.language import ROOT, built_in, language
from wic.query.pattern import Piece, pieces

# Characters without upper and lower case but for those of ASCII: punctuation, Arabic, Thai, Chinese and Japanese.
_CASELESS = (
    (0, 0xA9), (0xAB, 0xB4), (0xB6, 0xB9), (0xBB, 0xBF), (0x600, 0x6FF), (0xE00, 0xE7F), (0x2000, 0x206F),
    (0x2E80, 0x9FFF), (0xFF00, 0xFFEF),
)  # fmt: skip
UNKNOWN, DROPPED = 0xFFFE, 0xFFFF  # entries of the table that are no characters
# Those of them that are folded to few others: Arabic, Thai, and the punctuation that goes with them.
_FEW = re.compile("[\x00-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\u0600-\u06ff\u0e00-\u0e7f\u2000-\u206f]*+")


class Folded(NamedTuple):
    """The folded text; ``gaps`` are the places in it at which characters were dropped, one for each, in order."""

    text: str
    gaps: Sequence[int] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the unfolded text; marks dropped right after the last character belong to it."""
        if not self.gaps:
            return start, end
        first = start + bisect_right(self.gaps, start)
        return first, end + bisect_right(self.gaps, end) if end > start else first

    def near(self, places: Iterable[int]) -> list[int]:
        """Where places of the unfolded text are in the folded one; a dropped character is where the next one is."""
        if not self.gaps:
            return list(places)
        gaps = self.gaps
        number = range(len(gaps))
        return [place - bisect_left(number, place, key=lambda at: gaps[at] + at) for place in places]


class Spelling(NamedTuple):
    """``written`` counts as ``meant`` where ``before`` stands before it and ``after`` behind it."""

    written: str
    meant: str
    before: str
    after: str

    @property
    def key(self) -> str:
        return self.before + self.written + self.after


def fold(text: str) -> Folded:
    """The text folded for search."""
    if text.isascii():
        return Folded(text.lower())
    found = compiled.fold(text, _table()) if compiled is not None else None
    folded, gaps = found or _folded(text)
    for written, key, spelling in _sought():
        if written in folded and key in folded:  # a search for one character is the faster one
            folded = _respelled(spelling).sub(spelling.meant, folded)
    return Folded(folded, gaps)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with its characters folded and others dropped, and where, as `Folded` has it."""
    folded, kept = _translated(text)
    if len(folded) == len(text):
        return folded, []
    places = (match.start() for match in _dropped_one().finditer(text) if match.start() not in kept)
    return folded, [place - number for number, place in enumerate(places)]


def _translated(text: str) -> tuple[str, set[int]]:
    """The text with its characters folded, and the places of those that are not dropped although others are."""
    kept = {place for run in _alone().finditer(text) for place in range(*run.span())}
    if not kept:
        return _replaced(text) if _FEW.fullmatch(text) else text.translate(characters()), kept
    table = characters()
    parts = (one if place in kept else table[ord(one)] for place, one in enumerate(text))
    return "".join(parts), kept


def _replaced(text: str) -> str:
    """A text of few letters folded: replacing one after the other is several times as fast as translating."""
    text = text.lower()
    for character, meant in _replacements():
        if character in text:
            text = text.replace(character, meant)
    return text


@cache
def _replacements() -> tuple[tuple[str, str], ...]:
    """Those characters of ``_FEW`` that are folded. What they are folded to is folded to nothing else."""
    table = characters()
    codes = (code for code in range(0x80, 0x2100) if _FEW.fullmatch(chr(code)))
    return tuple((chr(code), table[code]) for code in codes if table[code] != chr(code))


@cache
def dropped() -> tuple[str, ...]:
    """The characters that vanish."""
    return tuple(sorted(chr(code) for code, value in list(characters().items()) if not value))


@cache
def _dropped_one() -> re.Pattern[str]:
    return re.compile(f"[{''.join(dropped())}]")


@cache
def _alone() -> re.Pattern[str]:
    """Runs of dropped characters that have no letter before them."""
    return re.compile(rf"(?:\A|(?<=[\x00-\x7f]))[{''.join(dropped())}]+")


@cache
def _respelled(spelling: Spelling) -> re.Pattern[str]:
    before = f"(?<={spelling.before})" if spelling.before else ""
    after = f"(?={spelling.after})" if spelling.after else ""
    return re.compile(f"{before}{spelling.written}{after}")


class _Characters(dict[int, str]):
    """Code point → what it is folded to, one character or nothing; case is looked up when it is met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        forms = (character.casefold(), character.lower(), character)
        self[code] = next(form for form in forms if len(form) == 1)
        return self[code]


@cache
def characters() -> dict[int, str]:
    """The characters that are folded, as ``str.translate`` takes them."""
    table = _Characters()
    for code in (ROOT, *built_in()):
        facts = language(code).data("fold.toml")
        for name in facts.get("tables", []):
            table |= {ord(key): value for key, value in language(code).table(name).items()}
        table |= {ord(key): value for key, value in facts.get("map", {}).items()}
        table |= {ord(key): "" for key in facts.get("drop", "")}
    for wide in range(0xFF01, 0xFF5F):  # full width forms of ASCII stand in the same order
        table[wide] = chr(wide - 0xFEE0).lower()
    table[0x3000] = " "
    for key, value in table.items():
        while value and (further := dict.get(table, ord(value), value)) != value:
            value = further
        table[key] = value
    return table


@cache
def spellings() -> tuple[Spelling, ...]:
    """The characters that are written for others between certain neighbours."""
    rows = (row for code in (ROOT, *built_in()) for row in language(code).data("fold.toml").get("spelling", ()))
    return tuple(Spelling(row["written"], row["meant"], row.get("before", ""), row.get("after", "")) for row in rows)


@cache
def _sought() -> tuple[tuple[str, str, Spelling], ...]:
    """What to look for in a text for each spelling."""
    return tuple((spelling.written, spelling.key, spelling) for spelling in spellings())


@cache
def _table() -> array[int]:
    """What the characters of ``_CASELESS`` are folded to, by code point, as ``compiled/fold.c`` takes it."""
    table = array("H", [UNKNOWN]) * 0x10000
    for first, last in _CASELESS:
        table[first : last + 1] = array("H", range(first, last + 1))
    for code in range(ord("A"), ord("Z") + 1):
        table[code] = code + 32
    for code, meant in characters().items():
        if code < len(table) and table[code] != UNKNOWN:
            table[code] = DROPPED if not meant else ord(meant) if ord(meant) < UNKNOWN else UNKNOWN
    return table


def fold_pattern(source: str) -> str:
    """The regular expression that finds in folded text, without regard to case, what ``source`` would match."""
    found = list(pieces(source))
    result: list[str] = []
    skip = False
    for place, piece in enumerate(found):
        if skip and piece.kind == "quantifier":  # what it repeated has vanished
            continue
        skip = False
        if piece.kind == "class":
            result.append("".join(_class(piece.text)))
        elif character := piece.character:
            folded = characters()[ord(character)] or _kept(found, place)
            skip = not folded
            if folded == character:
                result.append(_spelled(piece, found, place))
            else:
                result.append(re.escape(folded))
        else:
            result.append(piece.text)
    return "".join(result)


def _kept(found: Sequence[Piece], place: int) -> str:
    """A dropped character if it is known to have no letter before it; else nothing."""
    for piece in reversed(found[:place]):
        if not piece.character or characters()[ord(piece.character)]:
            return found[place].character if piece.character.isascii() and piece.character else ""
    return ""


def _spelled(piece: Piece, found: Sequence[Piece], place: int) -> str:
    """The piece, or what is meant by it where its neighbours say so, or both where they are not known."""
    for spelling in spellings():
        if piece.character == spelling.written:
            before = _agrees("".join(_known(found, place, -1)), spelling.before[::-1])
            after = _agrees("".join(_known(found, place, 1)), spelling.after)
            if before == after == "yes":
                return spelling.meant
            if "no" not in (before, after):
                return f"[{spelling.written}{spelling.meant}]"
    return piece.text


def _known(found: Sequence[Piece], place: int, step: int) -> Iterator[str]:
    """The characters that surely stand before (``step`` -1) or behind a piece, the nearest first."""
    place += step
    while 0 <= place < len(found) and (character := found[place].character):
        # A repeated neighbour may be missing; the piece at hand may itself be repeated.
        if place + 1 < len(found) and found[place + 1].kind == "quantifier":
            return
        yield characters()[ord(character)]
        place += step


def _agrees(known: str, wanted: str) -> str:
    if known[: len(wanted)] != wanted[: len(known)]:
        return "no"
    return "yes" if len(known) >= len(wanted) else "perhaps"


def _class(source: str) -> Iterator[str]:
    """A character class with what its characters are folded to added to them."""
    table = characters()
    for match in re.finditer(r"(?:(\\.)|([^][\\]))(?:-(?:\\?([^][\\-])))?|.", source, re.DOTALL):
        yield match[0]
        first = match[2] or ""
        if not first or (match[1] and match[1][1].isalnum()):
            continue
        last = match[3] or first
        if last == first:
            added = {table[ord(first)]} - {first}
        else:
            inside = range(ord(first), ord(last) + 1)
            added = {
                value for code, value in list(table.items()) if code in inside and value and ord(value) not in inside
            }
        yield from (f"\\U{ord(character):08x}" for character in sorted(added) if character)
