"""Counting sequences of words: n-grams, skip-grams and pairs in a window, all within sentences.

Words are numbers from 1 in code point order, 0 ends a sentence. A sequence of words becomes one number, so that
counting is sorting; sequences come out in the order of their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from wic.errors import WicError
from wic.stats.room import UNLIMITED, Room
from wic.stats.tally import END

Ids = NDArray[np.int32]
Keys = NDArray[np.int64]
T = TypeVar("T", bound="np.integer[Any]")
BLOCK, LEAST = 1 << 22, 1 << 16  # keys that are sorted at once: most, and fewest where memory is limited
SAMPLE = 1024  # keys of a run that tell where to divide it


@dataclass(slots=True)
class Counted:
    """Distinct sequences of ``n`` words in ascending order, and how often each occurs."""

    keys: Keys
    counts: Keys
    base: int
    n: int
    levels: list[Keys] = field(default_factory=list)  # what the keys of shorter sequences were before renumbering

    @property
    def total(self) -> int:
        """All occurrences of all sequences."""
        return int(self.counts.sum())

    def words(self, chosen: NDArray[np.intp] | None = None) -> NDArray[np.int64]:
        """The sequences as rows of word numbers, or those at the places ``chosen``."""
        keys = self.keys if chosen is None else self.keys[chosen]
        columns = []
        for place in range(self.n - 1, 0, -1):
            keys, last = np.divmod(keys, self.base)
            columns.append(last)
            if place - 1 < len(self.levels) and len(self.levels[place - 1]):
                keys = self.levels[place - 1][keys]
        columns.append(keys)
        return np.stack(columns[::-1], axis=1) if len(keys) else np.zeros((0, self.n), np.int64)


def count(blocks: Iterable[Keys], room: Room) -> tuple[Keys, Keys]:
    """The distinct keys of all ``blocks`` in ascending order, and how often each occurs.

    The keys of each block are sorted and counted; these runs are merged stretch by stretch.
    """
    runs = [_kept(*distinct(np.sort(block)), room) for block in blocks if len(block)]
    if len(runs) < 2:
        return runs[0] if runs else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    total = sum(len(keys) for keys, _ in runs)
    keys, counts = room.array(total, np.int64), room.array(total, np.int64)
    size = 0
    for stretch in _stretches(runs, max(1, 8 * total // _at_once(room))):
        own, times = (np.concatenate([run[column] for run in stretch]) for column in (0, 1))
        order = np.argsort(own, kind="stable")  # which merges what is sorted in runs
        own, times = own[order], times[order]
        first = _firsts(own)
        until = size + len(first)
        keys[size:until], counts[size:until] = own[first], np.add.reduceat(times, first)
        size = until
    return keys[:size], counts[:size]


def _at_once(room: Room) -> int:
    """How many keys are sorted at once; that takes some five times their memory."""
    return BLOCK if room.limit is None else min(BLOCK, max(LEAST, room.limit // 80))


def _kept(keys: Keys, counts: Keys, room: Room) -> tuple[Keys, Keys]:
    """A run where it is to stay."""
    if room.limit is None:
        return keys, counts
    own, times = room.array(len(keys), np.int64), room.array(len(keys), np.int64)
    own[:], times[:] = keys, counts
    return own, times


def _stretches(runs: list[tuple[Keys, Keys]], wanted: int) -> Iterator[list[tuple[Keys, Keys]]]:
    """What the runs have between one key and the next of some that divide them into ``wanted`` parts of like size."""
    sample = np.sort(np.concatenate([keys[:: 1 + len(keys) // SAMPLE] for keys, _ in runs]))
    borders = np.unique(sample[(np.arange(1, wanted) * len(sample)) // wanted])
    ends = [[0, *np.searchsorted(keys, borders).tolist(), len(keys)] for keys, _ in runs]
    for part in range(len(borders) + 1):
        spans = [slice(end[part], end[part + 1]) for end in ends]
        yield [(keys[span], counts[span]) for (keys, counts), span in zip(runs, spans, strict=True)]


def distinct(ordered: NDArray[T]) -> tuple[NDArray[T], Keys]:
    """The different ones of keys that are in order, and how often each occurs; several times as fast as numpy.unique."""
    first = _firsts(ordered)
    return ordered[first], np.diff(np.append(first, len(ordered)))


def _firsts(ordered: NDArray[T]) -> NDArray[np.intp]:
    """Where other keys begin."""
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])


def ngrams(ids: Ids, n: int, types: int, room: Room = UNLIMITED) -> Counted:
    """The sequences of ``n`` neighbouring words of one sentence; ``types`` is the highest number of a word."""
    _check(n)
    return _patterns(ids, [tuple(range(n))], types, room)


def skipgrams(ids: Ids, n: int, skips: int, types: int, *, each: bool = False, room: Room = UNLIMITED) -> Counted:
    """Sequences of ``n`` words of one sentence with up to ``skips`` words left out between them.

    ``skips`` counts all that is left out (Guthrie et al. 2006, NLTK), with ``each`` what is left out at each place
    (quanteda).
    """
    _check(n)
    if skips < 0:
        raise WicError(f"{skips} words cannot be skipped", "write --skipgrams N,K with K from 0")
    return _patterns(ids, list(_skipping(n, skips, each)), types, room)


def together(ids: Ids, reach: int, types: int, room: Room = UNLIMITED) -> Counted:
    """Pairs of words of one sentence, in their order, the second up to ``reach`` words behind the first."""
    if reach < 1:
        raise WicError(f"no word stands {reach} words behind another", "write --span 0,N with N from 1")
    return _patterns(ids, [(0, distance) for distance in range(1, reach + 1)], types, room)


def _check(n: int) -> None:
    if n < 1:
        raise WicError(f"no sequences of {n} words", "the length of n-grams is 1 or more")


def _skipping(n: int, skips: int, each: bool) -> Iterator[tuple[int, ...]]:
    """The distances from the first word at which the words of a skip-gram stand."""
    reach = n + (skips * (n - 1) if each else skips)
    for rest in combinations(range(1, reach), n - 1):
        places = (0, *rest)
        if not each or all(b - a <= skips + 1 for a, b in pairwise(places)):
            yield places


def _patterns(ids: Ids, patterns: list[tuple[int, ...]], types: int, room: Room) -> Counted:
    n = len(patterns[0])
    base = types + 1
    if base**n < 1 << 63:
        return Counted(*count(_blocks(ids, patterns, base, _at_once(room)), room), base, n)
    return _long(ids, patterns, base, n)


def _blocks(ids: Ids, patterns: list[tuple[int, ...]], base: int, size: int) -> Iterator[Keys]:
    """The keys of all sequences, in blocks of a size that sorts fast."""
    for places in patterns:
        reach = places[-1]
        for start in range(0, max(len(ids) - reach, 0), size):
            stretch = ids[start : start + size + reach]
            length = len(stretch) - reach
            key = stretch[:length].astype(np.int64)
            inside = stretch[:length] != END
            for place in range(1, reach + 1):
                word = stretch[place : place + length]
                inside &= word != END
                if place in places:
                    key *= base
                    key += word
            yield key[inside]


def _long(ids: Ids, patterns: list[tuple[int, ...]], base: int, n: int) -> Counted:
    """The same for sequences whose numbers are too large: what has been read of them is renumbered on the way."""
    inside: list[NDArray[np.bool_]] = []
    keys: list[Keys] = []
    for places in patterns:
        length = max(len(ids) - places[-1], 0)
        whole = np.ones(length, dtype=np.bool_)
        for place in range(places[-1] + 1):
            whole &= ids[place : place + length] != END
        inside.append(whole)
        keys.append(ids[:length][whole].astype(np.int64))
    key = np.concatenate(keys)
    levels: list[Keys] = []
    largest = base
    for step in range(1, n):
        level = np.zeros(0, np.int64)
        if largest * base >= 1 << 63:
            level, key = np.unique(key, return_inverse=True)
            largest = len(level)
        levels.append(level)
        word = [
            ids[places[step] : places[step] + len(whole)][whole]
            for places, whole in zip(patterns, inside, strict=True)
        ]  # fmt: skip
        key = key * base + np.concatenate(word)
        largest *= base
    return Counted(*distinct(np.sort(key)) if len(key) else (key, key), base, n, levels)


def pairs(ids: Ids, left: int, right: int, node: NDArray[np.bool_]) -> tuple[NDArray[np.int64], int]:
    """How often each word stands up to ``left`` words before or ``right`` words behind a node, in its sentence.

    ``node`` says for each number whether it is a node. Windows that overlap count what they share twice; a node is
    counted in the window of another. Also returned is how many places all windows have.
    """
    counts = np.zeros(len(node), np.int64)
    for distance, direction in [*((d, -1) for d in range(1, left + 1)), *((d, 1) for d in range(1, right + 1))]:
        if distance >= len(ids):
            continue
        same = _same_sentence(ids, distance)
        nodes, others = (ids[distance:], ids[:-distance]) if direction < 0 else (ids[:-distance], ids[distance:])
        counts += np.bincount(others[same & node[nodes]], minlength=len(node))
    return counts, int(counts.sum())


def _same_sentence(ids: Ids, distance: int) -> NDArray[np.bool_]:
    """For each place but the last ones whether the words up to ``distance`` behind it belong to its sentence."""
    length = len(ids) - distance
    same = np.ones(length, dtype=np.bool_)
    for step in range(distance + 1):
        same &= ids[step : step + length] != END
    return same


def sentences_with(ids: Ids, types: int, node: NDArray[np.bool_]) -> tuple[Keys, Keys, int, int]:
    """For each word in how many sentences it occurs, and in how many of these with a node.

    Also returned are the numbers of sentences with a node and of all sentences.
    """
    inside = ids != END
    sentence = np.cumsum(~inside)[inside].astype(np.int64)
    key, _ = distinct(np.sort(sentence * (types + 1) + ids[inside]))
    where, word = np.divmod(key, types + 1)
    total = len(np.unique(sentence))
    with_node = np.zeros(int(sentence.max(initial=0)) + 1, dtype=np.bool_)
    with_node[where[node[word]]] = True
    own = ~node[word] & with_node[where]
    return (
        np.bincount(word, minlength=types + 1),
        np.bincount(word[own], minlength=types + 1),
        int(with_node.sum()),
        total,
    )
