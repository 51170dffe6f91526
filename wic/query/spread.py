"""A plain string → an expression for all the ways of writing it, so that text need not be folded to be searched.

What it finds is what the folded string finds in the folded text. It comes for text and for the bytes of UTF-8 text,
which then need not even be decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from mmap import mmap
from typing import NamedTuple

from wic.compiled import compiled
from wic.query.fold import Spelling, characters, dropped, fold, spellings

#: Characters whose capital or small form is not what str.upper and str.lower lead to.
_CASES = (
    "k\u212a", "s\u017f", "å\u212b", "ß\u1e9e", "ω\u2126", "θϑ\u03f4", "βϐ", "εϵ", "κϰ", "μ\u00b5", "πϖ", "ρϱ", "σς", "φϕ",
    "ι\u0345\u1fbe", "\u1e61\u1e9b", "ΐ\u1fd3", "ΰ\u1fe3", "ﬅﬆ", "вᲀ", "дᲁ", "оᲂ", "сᲃ", "тᲄᲅ", "ъᲆ", "ѣᲇ", "ꙋᲈ",
)  # fmt: skip


class Atom(NamedTuple):
    """One place of the string: the characters that may stand there, and those that may only in a spelling."""

    written: tuple[str, ...]
    spelled: tuple[Spelling, ...] = ()

    @property
    def fixed(self) -> bool:
        """Whether only one character may stand there."""
        return len(self.written) == 1 and not self.spelled


@cache
def _family(character: str) -> frozenset[str]:
    """The characters that differ from this one by case only."""
    found = {character, character.lower(), character.upper(), character.title()}
    for row in _CASES:
        if not found.isdisjoint(row):
            found.update(row, *map(str.upper, row))
    return frozenset(one for one in found if len(one) == 1)


def atoms(string: str, *, folded: bool) -> Iterator[Atom]:
    """The places of a string that is searched for without regard to case, or to spelling as well."""
    if not folded:
        for character in string:
            yield Atom(tuple(sorted(_family(character))))
        return
    base = fold(string.lstrip("".join(dropped()))).text
    for place, character in enumerate(base):
        writings = _writings(character)
        for spelling in spellings():
            if character == spelling.written:
                before, after = base[:place], base[place + 1 :]
                known = before[-len(spelling.before) :] if spelling.before else ""
                if spelling.before.endswith(known) and spelling.after.startswith(after[: len(spelling.after)]):
                    writings |= _writings(spelling.meant)  # the neighbours that decide may stand outside the string
        yield Atom(tuple(sorted(writings)), tuple(s for s in spellings() if s.meant == character))


@cache
def _writings(character: str) -> frozenset[str]:
    """The characters that are folded to this one."""
    table = characters()
    known = {chr(code) for code, value in list(table.items()) if value == character}
    known |= {one for one in _family(character) if table[ord(one)] == character}
    return frozenset(known | {character})


def text_pattern(string: str, *, folded: bool, ignore_case: bool) -> str:
    """The expression for text, in the syntax of ``re``."""
    if not folded and not ignore_case:
        return re.escape(string)
    gap = f"[{''.join(dropped())}]*+" if folded else ""

    def one(atom: Atom) -> str:
        plain, letters = _in_two(atom)
        spelled = map(_in_place, atom.spelled)
        parts = [
            *([_class(plain)] if plain else []),
            *(part + gap for part in [*([_class(letters)] if letters else []), *spelled]),
        ]
        return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"

    return "".join(one(atom) for atom in atoms(string, folded=folded))


def _in_two(atom: Atom) -> tuple[list[str], list[str]]:
    """The characters of an atom behind which nothing is dropped, and the letters, behind which it is."""
    plain = [one for one in atom.written if one.isascii() or one in dropped()]
    return plain, [one for one in atom.written if one not in plain]


def _class(characters: Sequence[str]) -> str:
    return re.escape(characters[0]) if len(characters) == 1 else f"[{''.join(map(re.escape, characters))}]"


def _in_place(spelling: Spelling) -> str:
    before = f"(?<={spelling.before})" if spelling.before else ""
    return before + spelling.written + (f"(?={spelling.after})" if spelling.after else "")


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds a string in bytes: ``rest`` where ``head`` (None: anything) stands right before it.

    An expression that begins with a fixed string is found many times faster than one that begins with a choice, so a
    choice at the beginning is looked at only where what follows it was found. ``gaps`` may stand anywhere in the head.

    A string that is written in one way only is ``fixed``. Where the string is ASCII it is found faster still, as
    ``lowered``, whatever the case of the data, unless these hold one of the ``strangers``: other characters that count
    as the same (full width letters, the Kelvin sign).
    """

    rest: re.Pattern[bytes]
    head: re.Pattern[bytes] | None = None
    gaps: tuple[bytes, ...] = ()
    fixed: bytes = b""
    lowered: bytes = b""
    strangers: tuple[re.Pattern[bytes], ...] = ()

    def spans(self, data: mmap | bytes, begin: int = 0, *, overlapping: bool = False) -> Iterator[tuple[int, int]]:
        """The places, from left to right, without overlap unless it is wanted; ``begin`` must be where a line begins."""
        plain = self.fixed or self.lowered
        if plain and not (self.lowered and any(stranger.search(data) for stranger in self.strangers)):
            step = 1 if overlapping else len(plain)
            places = _places if compiled is not None else _places_slowly
            yield from ((place, place + len(plain)) for place in places(data, plain, begin, step, small=not self.fixed))
            return
        if self.head is None and not overlapping:
            for match in self.rest.finditer(data, begin):
                yield match.span()
            return
        position = reach = begin
        while found := self.rest.search(data, position):
            position = found.start() + 1
            start = found.start() if self.head is None else self._start(data, found.start())
            if start >= reach:
                yield start, found.end()
                if not overlapping:
                    position = reach = found.end()

    def _start(self, data: mmap | bytes, end: int) -> int:
        """Where the head that ends at ``end`` begins; -1 where none does."""
        assert self.head is not None
        # Most often there are no gaps, and never a line end.
        begin = data.rfind(b"\n", 0, end) + 1 if data[max(0, end - 4) : end].endswith(self.gaps) else max(0, end - NEAR)
        found = self.head.search(data[begin:end])
        return begin + found.start() if found else -1


def _places(data: mmap | bytes, string: bytes, begin: int, step: int, *, small: bool) -> Iterator[int]:
    """Where a string is in the data, with ``small`` also in capitals; ``step`` is how far the next one must be."""
    place = compiled.find(data, string, begin, small)
    while place >= 0:
        yield place
        place = compiled.find(data, string, place + step, small)


def _places_slowly(data: mmap | bytes, string: bytes, begin: int, step: int, *, small: bool) -> Iterator[int]:
    """The same without the compiled part."""
    while begin < len(data):
        end = min(len(data), begin + BLOCK)
        if end < len(data):  # no match goes over a line end
            end = data.rfind(b"\n", begin, end) + 1 or (data.find(b"\n", end) + 1 or len(data))
        block = data[begin:end].lower() if small else data[begin:end]
        place = block.find(string)
        while place >= 0:
            yield begin + place
            place = block.find(string, place + step)
        begin = end


BLOCK = 1 << 24  # bytes put into lower case at a time
NEAR = 24  # bytes that a head without gaps may take
LONGEST_HEAD = 3  # places


def finder(strings: Sequence[str], *, folded: bool, ignore_case: bool) -> Finder | None:
    """What finds the strings in UTF-8; None where one of them would be found everywhere."""
    if not folded and not ignore_case:
        if not all(strings):
            return None
        known = [string.encode() for string in strings]
        return Finder(re.compile(b"|".join(map(re.escape, known))), fixed=known[0] if len(known) == 1 else b"")
    gaps = tuple(one.encode() for one in dropped()) if folded else ()
    everything = [list(atoms(string, folded=folded)) for string in strings]
    if not all(everything):
        return None
    patterns = [[_octets(atom, gaps) for atom in places] for places in everything]
    whole = re.compile(b"|".join(b"".join(parts) for parts in patterns))
    if len(everything) > 1 or all(atom.fixed for atom in everything[0]):
        return Finder(whole)
    places, parts = everything[0], patterns[0]
    if all(any(one.isascii() for one in atom.written) for atom in places):
        lowered = "".join(min(one.lower() for one in atom.written if one.isascii()) for atom in places)
        others = {one.encode() for atom in places for one in atom.written if not one.isascii()}
        strangers = (
            re.compile(_either([one for one in others if one[:-1] == start])) for start in {o[:-1] for o in others}
        )
        return Finder(whole, lowered=lowered.encode(), strangers=tuple(strangers))
    fixed = next((number for number, atom in enumerate(places[: LONGEST_HEAD + 1]) if atom.fixed), 0)
    # A head sees nothing of what is around it, so nothing in it may depend on that.
    if (
        fixed
        and not places[0].fixed
        and places[fixed].written[0] not in dropped()
        and not any(atom.spelled for atom in places[:fixed])
    ):
        head = re.compile(b"(?:" + b"".join(parts[:fixed]) + b")\\Z")
        return Finder(re.compile(b"".join(parts[fixed:])), head, gaps)
    return Finder(whole)


def _octets(atom: Atom, gaps: tuple[bytes, ...]) -> bytes:
    plain, letters = _in_two(atom)
    gap = _either(gaps) + b"*+" if gaps else b""
    parts = [_either([one.encode() for one in plain])] if plain else []
    if letters:
        parts.append(_either([one.encode() for one in letters]) + gap)
    parts += [_in_place(spelling).encode() + gap for spelling in atom.spelled]
    return parts[0] if len(parts) == 1 else b"(?:" + b"|".join(parts) + b")"


def _either(sequences: Sequence[bytes]) -> bytes:
    """Any of some characters in UTF-8, those with the same beginning together."""
    lasts: dict[bytes, bytes] = {}
    for one in sorted(sequences):
        lasts[one[:-1]] = lasts.get(one[:-1], b"") + one[-1:]
    parts = [
        re.escape(start) + (re.escape(last) if len(last) == 1 else b"[" + re.escape(last) + b"]")
        for start, last in lasts.items()
    ]
    return parts[0] if len(parts) == 1 else b"(?:" + b"|".join(parts) + b")"
