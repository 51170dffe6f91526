"""The characters of a text, counted: what language it is in and what damage it can have show in them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from wic.compiled import compiled

T = TypeVar("T", bound=Hashable)


def counts(text: str) -> Counter[str]:
    """How often the text has each character; those that appear first come first."""
    if compiled is None:
        return Counter(text)
    found: Counter[str] = Counter()
    dict.update(found, compiled.counts(text))
    return found


class Classes(Generic[T]):
    """Characters by a class that ``class_of`` tells of each, up to 255 different ones; it is asked once for a character."""

    def __init__(self, class_of: Callable[[str], T]) -> None:
        self._class_of = class_of
        self._numbers: dict[T, int] = {}  # from 1 on
        self._table = bytearray(sys.maxunicode + 1)  # the number of each character's class, 0 where it is not known yet

    def count(self, text: str) -> dict[T, int]:
        """How many characters of the text are of each class; those met first come first."""
        found = self._classed(text) if compiled is None else compiled.classed(text, self._table, self._number)
        names = list(self._numbers)
        return {names[number - 1]: count for number, count in found.items()}

    def _classed(self, text: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for character, count in Counter(text).items():
            point = ord(character)
            if not self._table[point]:
                self._table[point] = self._number(character)
            number = self._table[point]
            found[number] = found.get(number, 0) + count
        return found

    def _number(self, character: str) -> int:
        return self._numbers.setdefault(self._class_of(character), len(self._numbers) + 1)
