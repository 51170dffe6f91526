"""A plain string → an expression for all the ways of writing it, so that text need not be folded to be searched.

What it finds is what the folded string finds in the folded text. It comes for text and for the bytes of UTF-8 text,
which then need not even be decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from wic.query.fold import Spelling, characters, fold, spellings

#: Characters whose capital or small form is not what str.upper and str.lower lead to.
_CASES = (
    "k\u212a", "s\u017f", "å\u212b", "ß\u1e9e", "ω\u2126", "θϑ\u03f4", "βϐ", "εϵ", "κϰ", "μ\u00b5", "πϖ", "ρϱ", "σς", "φϕ",
    "ι\u0345\u1fbe", "\u1e61\u1e9b", "ΐ\u1fd3", "ΰ\u1fe3", "ﬅﬆ", "вᲀ", "дᲁ", "оᲂ", "сᲃ", "тᲄᲅ", "ъᲆ", "ѣᲇ", "ꙋᲈ",
)  # fmt: skip


class Atom(NamedTuple):
    """One place of the string: the characters that may stand there, and those that may only in a spelling."""

    written: tuple[str, ...]
    spelled: tuple[Spelling, ...] = ()


@cache
def _family(character: str) -> frozenset[str]:
    """The characters that differ from this one by case only."""
    found = {character, character.lower(), character.upper(), character.title()}
    for row in _CASES:
        if not found.isdisjoint(row):
            found.update(row, *map(str.upper, row))
    return frozenset(one for one in found if len(one) == 1)


def atoms(string: str, *, folded: bool, ignore_case: bool) -> Iterator[Atom]:
    """The places of a string as it is searched for."""
    if not folded:
        for character in string:
            yield Atom(tuple(sorted(_family(character))) if ignore_case else (character,))
        return
    base = fold(string).text
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


@cache
def _dropped() -> tuple[str, ...]:
    return tuple(sorted(chr(code) for code, value in list(characters().items()) if not value))


def text_pattern(string: str, *, folded: bool, ignore_case: bool) -> str:
    """The expression for text, in the syntax of ``re``."""
    gap = f"[{''.join(_dropped())}]*" if folded else ""

    def one(atom: Atom) -> str:
        plain = re.escape(atom.written[0]) if len(atom.written) == 1 else f"[{''.join(map(re.escape, atom.written))}]"
        return f"(?:{'|'.join([plain, *map(_in_place, atom.spelled)])})" if atom.spelled else plain

    return "".join(one(atom) + gap for atom in atoms(string, folded=folded, ignore_case=ignore_case))


def _in_place(spelling: Spelling) -> str:
    before = f"(?<={spelling.before})" if spelling.before else ""
    return before + spelling.written + (f"(?={spelling.after})" if spelling.after else "")


def bytes_pattern(string: str, *, folded: bool, ignore_case: bool) -> bytes:
    """The expression for UTF-8, in the syntax of ``re``."""
    gap = _either(_dropped()) + b"*" if folded else b""

    def one(atom: Atom) -> bytes:
        spelled = [_in_place(spelling).encode() for spelling in atom.spelled]
        return _either(atom.written, spelled)

    return b"".join(one(atom) + gap for atom in atoms(string, folded=folded, ignore_case=ignore_case))


def _either(strings: tuple[str, ...], others: list[bytes] | None = None) -> bytes:
    plain = [string for string in strings if string.isascii()]
    parts = [re.escape(string).encode() for string in strings if not string.isascii()] + (others or [])
    if plain:
        parts.insert(
            0,
            re.escape(plain[0]).encode() if len(plain) == 1 else b"[" + "".join(map(re.escape, plain)).encode() + b"]",
        )
    return parts[0] if len(parts) == 1 else b"(?:" + b"|".join(parts) + b")"
