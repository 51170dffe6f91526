"""Folding: spellings that a searcher takes for the same become the same, without losing where they stand.

The ``fold.toml`` of each language says what its users fold: ``map`` (character → character), ``drop``
(characters that vanish), ``tables`` (two-column files). The tables of all languages are used together; none touches
another's script, so Arabic vowel marks go and Thai tone marks stay. Case is folded too.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from wic.language import ROOT, built_in, language


class Folded(NamedTuple):
    """The folded text; ``places[i]`` is where its character ``i`` stood, None where nothing moved."""

    text: str
    places: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the unfolded text; marks dropped right after the last character belong to it."""
        if self.places is None:
            return start, end
        first = self.places[start]
        return first, max(first, self.places[end] if end > start else first)


def fold(text: str) -> Folded:
    """The text folded for search."""
    table = _table()
    folded = text.translate(table)
    if len(folded) == len(text):
        return Folded(folded, None)
    places = [place for place, character in enumerate(text) for _ in range(len(table.get(ord(character), character)))]
    return Folded(folded, [*places, len(text)])


@cache
def _table() -> dict[int, str]:
    table = {code: lower for code in range(0x250) if (lower := chr(code).lower()) != chr(code) and len(lower) == 1}
    table |= {code: chr(code).lower() for code in range(0x370, 0x530) if len(chr(code).lower()) == 1}
    for code in (ROOT, *built_in()):
        facts = language(code).data("fold.toml")
        for name in facts.get("tables", []):
            table |= {ord(key): value for key, value in language(code).table(name).items()}
        table |= {ord(key): value for key, value in facts.get("map", {}).items()}
        table |= {ord(key): "" for key in facts.get("drop", "")}
    for wide in range(0xFF01, 0xFF5F):  # full width forms of ASCII stand in the same order
        table[wide] = chr(wide - 0xFEE0).lower()
    table[0x3000] = " "
    return table
