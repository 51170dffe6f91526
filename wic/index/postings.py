"""The words of a part in order, each with the documents that have it, so that a query runs on words and not on texts.

``words`` has the types, one a line, in the order of their UTF-8 bytes; the empty one stands for those with a line end.
``postings`` begins with a 64-bit number for each of them and one more, the places where the lists begin and the last one
ends; a list has the distances from document to document (the first from -1), each in as few bytes as it takes: seven
bits in a byte, the low ones first, the highest bit set where more follow (LEB128).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain
from mmap import mmap


class Collector:
    """The words of documents that come one after the other."""

    def __init__(self) -> None:
        self._lists: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}

    def add(self, number: int, words: Iterable[str]) -> None:
        """Enters the words of a document; ``number`` is higher than those before."""
        lists, last = self._lists, self._last
        for word in {"" if "\n" in word else word for word in words}:
            distance = number - last.get(word, -1)
            last[word] = number
            known = lists.get(word)
            if known is None:
                known = lists[word] = bytearray()
            while distance > 0x7F:
                known.append(distance & 0x7F | 0x80)
                distance >>= 7
            known.append(distance)

    def files(self) -> tuple[Iterator[bytes], Iterator[bytes]]:
        """What is to be written as ``words`` and as ``postings``."""
        ordered = sorted(self._lists)  # the order of code points is that of their UTF-8 bytes
        places = array("Q", accumulate((len(self._lists[word]) for word in ordered), initial=8 * (len(ordered) + 1)))
        lists = (bytes(self._lists[word]) for word in ordered)
        return (f"{word}\n".encode() for word in ordered), chain([places.tobytes()], lists)


class Postings:
    """The words of a part, read."""

    def __init__(self, words: mmap | bytes, postings: mmap | bytes) -> None:
        self._words = words
        self._postings = postings

    def documents(self, holds: Callable[[str], bool]) -> set[int]:
        """The numbers of the documents that have a word of which something holds, or may have one."""
        found: set[int] = set()
        words = self._words[:].decode().split("\n")
        for number, word in enumerate(words[:-1]):
            if not word or holds(word):
                found.update(self._documents(number))
        return found

    def _documents(self, number: int) -> Iterator[int]:
        start, end = memoryview(self._postings)[8 * number : 8 * (number + 2)].cast("Q")
        document, distance, shift = -1, 0, 0
        for octet in self._postings[start:end]:
            distance |= (octet & 0x7F) << shift
            shift += 7
            if octet < 0x80:
                document += distance
                yield document
                distance = shift = 0
