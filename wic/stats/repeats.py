"""Documents of a corpus that repeat an earlier one: crawls bring the same article many times, and counts grow with it.

A document repeats another if they share half of the runs of three words that occur in either (the resemblance of Broder
1997, with words as tokens). That is decided by comparing the two; which to compare is told by runs in common, of which
only a sample is looked at: some ``SAMPLED`` of each document (those whose hash ends in zeros, also Broder's), and for each
of them the last ``BEFORE`` documents that have it. Documents with fewer than ``FEWEST`` different runs are left alone.

``wic clean --dedup`` looks closer: at paragraphs, character by character.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from wic.stats.tally import END, LARGE

if TYPE_CHECKING:
    from array import array

    import numpy as np
    from numpy.typing import NDArray

    from wic.stats.group import Group

    Words: TypeAlias = array[int] | NDArray[np.int32]

ALIKE = 0.5  # of the runs that occur in either
ENOUGH = 0.2  # of the runs looked at that two documents must share to be compared
FEWEST = 20
BEFORE = 4
SAMPLED = 64
FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)  # odd, their bits in no order: xxHash's primes
BLOCK = 1 << 20  # words that are hashed at a time

Run = tuple[int, int, int]


def repeated(group: Group) -> Set[int]:
    """Where in the words of its tally the documents of a group begin that repeat an earlier one of the group."""
    spans = sorted((start, end) for _, start, end in group.spans if start < end)
    if len(spans) < 2:
        return frozenset()
    words = group.tally.words
    again = (of_many if len(words) > LARGE else of_few)(words, spans)
    return {start for (start, _), repeats in zip(spans, again, strict=True) if repeats}


def of_few(words: Words, spans: Iterable[tuple[int, int]]) -> list[bool]:
    """For each document, by where it begins and ends in ``words``, whether it repeats an earlier one.

    Without numpy, whose import would take longer. ``words`` are numbers, 0 where a sentence ends.
    """
    documents: list[frozenset[Run]] = []
    sizes: list[int] = []
    having: dict[Run, deque[int]] = defaultdict(lambda: deque(maxlen=BEFORE))
    found = []
    for place, (start, end) in enumerate(spans):
        plain = list(filter(None, words[start:end]))
        runs = frozenset(zip(plain, plain[1:], plain[2:], strict=False))
        mask = _mask(len(plain))
        sample = [run for run in runs if not hash(run) & mask] if len(runs) >= FEWEST else []
        documents.append(runs)
        sizes.append(len(sample))
        common = Counter(earlier for run in sample for earlier in having.get(run, ()))
        likely = (other for other, n in common.most_common() if n >= ENOUGH * min(len(sample), sizes[other]))
        found.append(
            any(
                _resemblance(len(runs & documents[other]), len(runs), len(documents[other])) >= ALIKE
                for other in likely
            )
        )
        for run in sample:
            having[run].append(place)
    return found


def of_many(words: Words, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """The same for a large corpus. The samples are others, which can matter for few documents."""
    import numpy as np

    from wic.stats.sequences import distinct

    numbers = np.asarray(words, np.int32)
    bits = len(spans).bit_length()
    sampled = [_sampled(numbers, spans, places, bits) for places in _blocks(spans)]
    keys, _ = distinct(np.sort(np.concatenate(sampled)))

    @lru_cache(1000)
    def runs(place: int) -> NDArray[np.uint64]:
        return distinct(np.sort(_hashed(numbers[slice(*spans[place])])))[0]

    found = [False] * len(spans)
    for later, earlier in _sharing(keys, bits, len(spans)):
        if not found[later] and min(len(one := runs(later)), len(other := runs(earlier))) >= FEWEST:
            common = len(np.intersect1d(one, other, assume_unique=True))
            found[later] = _resemblance(common, len(one), len(other)) >= ALIKE
    return found


def _blocks(spans: Sequence[tuple[int, int]]) -> Iterator[range]:
    """The places of neighbouring documents, some ``BLOCK`` words of them at a time."""
    first = size = 0
    for place, (start, end) in enumerate(spans):
        size += end - start
        if size >= BLOCK:
            yield range(first, place + 1)
            first, size = place + 1, 0
    yield range(first, len(spans))


def _sampled(
    numbers: NDArray[np.int32], spans: Sequence[tuple[int, int]], places: range, bits: int
) -> NDArray[np.uint64]:
    """The sampled hashes of the documents at ``places``, without their last ``bits``, where the document's place is."""
    import numpy as np

    pieces = [piece[piece != END] for piece in (numbers[slice(*spans[place])] for place in places)]
    lengths = [len(piece) for piece in pieces]
    hashes = _hashed(np.concatenate([numbers[:0], *pieces]))
    owner = np.repeat(np.arange(places.start, places.stop, dtype=np.uint64), lengths)
    masks = np.repeat(np.array([_mask(length) << bits for length in lengths], np.uint64), lengths)
    chosen = owner[: len(hashes)] == owner[len(owner) - len(hashes) :]  # no run reaches into another document
    chosen &= hashes & masks[: len(hashes)] == 0
    return hashes[chosen] >> np.uint64(bits) << np.uint64(bits) | owner[: len(hashes)][chosen]


def _hashed(numbers: NDArray[np.int32]) -> NDArray[np.uint64]:
    """A hash for each run of three words, its bits mixed."""
    import numpy as np

    plain = numbers[numbers != END].astype(np.uint64)
    first, second, third = (plain * np.uint64(factor) for factor in FACTORS)
    mixed: NDArray[np.uint64] = first[:-2] + second[1:-1] + third[2:]
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(FACTORS[0])
    return mixed ^ mixed >> np.uint64(29)


def _mask(runs: int) -> int:
    """The bits that are 0 in the hashes that are looked at, of a document with so many runs."""
    return (1 << max(0, (runs // SAMPLED).bit_length() - 1)) - 1


def _sharing(keys: NDArray[np.uint64], bits: int, documents: int) -> Iterator[tuple[int, int]]:
    """Pairs of documents that share enough of their sampled runs, the later one first; those that share most come first.

    The hash of a ``key`` stands before the document's place; they are in order.
    """
    import numpy as np

    from wic.stats.sequences import distinct

    hashes, places = keys >> np.uint64(bits), (keys & np.uint64((1 << bits) - 1)).astype(np.int64)
    pairs = []
    for step in range(1, BEFORE + 1):
        same = hashes[step:] == hashes[:-step]
        pairs.append(places[step:][same] * documents + places[:-step][same])
    found, shared = distinct(np.sort(np.concatenate(pairs)))
    later, earlier = np.divmod(found, documents)
    sizes = np.bincount(places, minlength=documents)
    enough = np.flatnonzero(shared >= ENOUGH * np.minimum(sizes[later], sizes[earlier]))
    order = enough[np.argsort(-shared[enough], kind="stable")]
    return zip(later[order].tolist(), earlier[order].tolist(), strict=True)


def _resemblance(common: int, one: int, other: int) -> float:
    """The share of what is in both sets, whose sizes are given, of what is in either."""
    return common / (one + other - common) if common else 0.0
