"""The parts of a tally that a table looks at, one after the other: its groups, by language, file, field or not at all."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from wic.errors import WicError
from wic.language import known, nearest
from wic.stats.tally import END, GROUPINGS, Facts, Origin, Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wic.stats.room import Room

TOTAL = "total"
COUNTED = 1 << 20  # words that are counted at a time, since numpy makes 64-bit numbers of them


class Lexicon:
    """The types of a tally in code point order, so that comparing numbers compares words."""

    def __init__(self, tally: Tally) -> None:
        types = tally.types
        order = sorted(range(len(types)), key=types.__getitem__)
        self.words = [types[number] for number in order]
        self.table = array("i", [END]) * (len(types) + 1)
        for place, number in enumerate(order, 1):
            self.table[number + 1] = place

    def place(self, word: str) -> int:
        """The number of a word, 0 if it does not occur."""
        found = bisect_left(self.words, word)
        return found + 1 if found < len(self.words) and self.words[found] == word else 0


class Group:
    """The documents of one group: their words, and counts over them."""

    def __init__(self, name: str, tally: Tally, lexicon: Lexicon) -> None:
        self.name = name
        self.facts = Facts()
        self.lexicon = lexicon
        self.spans: list[tuple[Origin, int, int]] = []
        self.tally = tally

    def part(self, spans: list[tuple[Origin, int, int]]) -> Group:
        """Some of the documents as a group, with the counts over all of them."""
        part = Group(self.name, self.tally, self.lexicon)
        part.spans, part.facts = spans, self.facts
        return part

    @cached_property
    def numbers(self) -> array[int]:
        """The numbers that the tally gave the words, in the order of the texts, ``END`` after each sentence."""
        found: array[int] = array("i")
        for start, end in _joined(self.spans):
            found.extend(self.tally.words[start:end])
        return found

    @property
    def types(self) -> list[str]:
        """The words that ``numbers`` count from 1."""
        return self.tally.types

    @cached_property
    def sequence(self) -> list[int]:
        """``numbers`` without the ends of sentences."""
        return list(filter(None, self.numbers))

    @cached_property
    def ids(self) -> NDArray[np.int32]:
        """The lexicon's numbers of the words in the order of the texts, ``END`` after each sentence."""
        import numpy as np

        table = np.frombuffer(self.lexicon.table, dtype=np.int32)
        words = self._words()
        found = self.room.array(len(words), np.int32)
        for start in range(0, len(words), COUNTED):
            found[start : start + COUNTED] = table[words[start : start + COUNTED]]
        return found

    def _words(self) -> NDArray[np.int32]:
        """``numbers`` as numpy has them."""
        import numpy as np

        words = np.asarray(self.tally.words, dtype=np.int32)
        pieces = [words[start:end] for start, end in _joined(self.spans)]
        if len(pieces) == 1:
            return pieces[0]
        found = self.room.array(sum(map(len, pieces)), np.int32)
        return np.concatenate(pieces, out=found) if pieces else found

    @cached_property
    def plain(self) -> NDArray[np.int32]:
        """``ids`` without the ends of sentences."""
        ids, size = self.ids, 0
        found = self.room.array(self.n, ids.dtype)
        for start in range(0, len(ids), COUNTED):
            some = ids[start : start + COUNTED]
            some = some[some != END]
            found[size : size + len(some)] = some
            size += len(some)
        return found

    @property
    def room(self) -> Room:
        """Where large arrays are."""
        return self.tally.room

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How often each word of the lexicon occurs, by its number; nothing has the number ``END``."""
        import numpy as np

        table = np.frombuffer(self.lexicon.table, dtype=np.int32)
        found = np.zeros(len(table), np.int64)
        words = self._words()
        for start in range(0, len(words), COUNTED):
            found += np.bincount(words[start : start + COUNTED], minlength=len(table))
        found[table] = found.copy()
        found[END] = 0
        return found

    @property
    def n(self) -> int:
        """The number of words."""
        return int(self.counts.sum())

    @property
    def languages(self) -> list[str]:
        """The languages that took part and that wic knows."""
        found = {nearest(origin.lang).code for origin, _, _ in self.spans}
        return [code for code in known() if code in found]

    @cached_property
    def stopwords(self) -> frozenset[str]:
        """The function words of every language that took part, since a group may mix them."""
        from wic.language import language

        return frozenset(word for code in self.languages for word in language(code).stopwords)

    @cached_property
    def stopped(self) -> NDArray[np.bool_]:
        """Whether the word with a number is a function word."""
        import numpy as np

        found = np.zeros(len(self.lexicon.words) + 1, dtype=np.bool_)
        found[[self.lexicon.place(word) for word in self.stopwords]] = True
        found[END] = False
        return found

    def parts(self, by: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The parts of ``plain``, stretch by stretch: for each the number of its part, and its length.

        ``by`` is ``file``, ``text`` (each document) or a number of parts of equal size. Parts without words are left
        out.
        """
        import numpy as np

        if by.isdigit() and int(by) > 0:
            wanted = min(int(by), max(self.n, 1))
            bounds = np.linspace(0, self.n, wanted + 1).astype(np.int64)
            return np.arange(wanted, dtype=np.int64), bounds[1:] - bounds[:-1]
        if by not in ("file", "text"):
            raise WicError(f"parts by {by!r}", "write --parts file, --parts text or a number of equal parts")
        bounds = np.cumsum([0, *(end - start for _, start, end in self.spans)], dtype=np.int64)
        bounds -= np.searchsorted(np.flatnonzero(self.ids == END), bounds)
        lengths = bounds[1:] - bounds[:-1]
        files: dict[str, int] = {}
        own = [files.setdefault(origin.file, len(files)) for origin, _, _ in self.spans]
        part = np.array(own if by == "file" else range(len(own)), np.int64)[lengths > 0]
        return np.unique(part, return_inverse=True)[1].astype(np.int64), lengths[lengths > 0]


def _joined(spans: list[tuple[Origin, int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbouring spans as one."""
    begin = until = 0
    for _, start, end in spans:
        if start != until:
            if until > begin:
                yield begin, until
            begin = start
        until = end
    if until > begin:
        yield begin, until


def group_of(origin: Origin, by: str) -> str:
    """The name of the group that documents of an origin belong to."""
    if by in GROUPINGS:
        return TOTAL if by == "none" else str(getattr(origin, by))
    return origin.field


def groups(tally: Tally, by: str = "lang", lexicon: Lexicon | None = None) -> dict[str, Group]:
    """The groups of a tally in the order of their names; by ``none`` there is one, ``total``.

    A WicError where the tally was made without the metadata field ``by``.
    """
    if by not in GROUPINGS and by != tally.by:
        known = [*GROUPINGS, *([tally.by] if tally.by else [])]
        raise WicError(
            f"the tally cannot be grouped by {by!r}", f"it knows {', '.join(known)}; make it again with --by {by}"
        )
    lexicon = lexicon or Lexicon(tally)
    found: dict[str, Group] = {TOTAL: Group(TOTAL, tally, lexicon)} if by == "none" else {}
    for origin, facts in tally.facts.items():
        name = group_of(origin, by)
        found.setdefault(name, Group(name, tally, lexicon)).facts += facts
    for span in tally.spans():
        found[group_of(span[0], by)].spans.append(span)
    return dict(sorted(found.items()))


def total(found: dict[str, Group]) -> Group:
    """All groups as one, their texts in the order of the groups."""
    members = list(found.values())
    whole = Group(TOTAL, members[0].tally, members[0].lexicon) if members else empty(TOTAL)
    for member in members:
        whole.facts += member.facts
        whole.spans += member.spans
    return whole


def empty(name: str) -> Group:
    """A group without texts."""
    nothing = Tally()
    return Group(name, nothing, Lexicon(nothing))
