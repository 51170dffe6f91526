"""The overview of a corpus: a row for each group and one for all.

A small corpus is counted without numpy, whose import would take longer than the counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import pairwise
from typing import Any

from wic.stats.explain import reasons
from wic.stats.group import TOTAL, Group, total
from wic.stats.measures import diversity
from wic.stats.repeats import repeated
from wic.stats.tally import LARGE

WINDOW = 100  # words: the windows of the moving-average type-token ratio
FIELDS = [
    "group", "documents", "characters", "sentences", "tokens", "words", "types", "hapaxes", "ttr",
    "words_per_sentence", "characters_per_word", "scripts", "edits", "flags", "top_words", "top_content_words",
    "signature", f"mattr_{WINDOW}", "encodings", "top_bigrams", "top_content_bigrams", "first_date", "last_date",
    "near_duplicates", "reason",
]  # fmt: skip
RATES = ["ttr", f"mattr_{WINDOW}", "words_per_sentence", "characters_per_word"]

Ranked = list[tuple[str, int]]


@dataclass
class Counts:
    """What is counted of a group's words: ``words`` and ``bigrams`` rank what they are asked for."""

    n: int
    spectrum: diversity.Spectrum
    mattr: float | None
    characters: int
    words: Callable[[int, frozenset[str]], Ranked]
    bigrams: Callable[[int, frozenset[str]], Ranked]
    notes: list[str] = field(default_factory=list)


def overview(groups: Mapping[str, Group], most: int) -> list[dict[str, Any]]:
    """One row per group in the order of their names, then the row of all; ``most`` items in the lists of words."""
    whole = total(dict(groups))
    again = repeated(whole)
    rows = [row(group, most, again) for group in groups.values() if group.name != TOTAL or len(groups) > 1]
    return [*rows, row(whole, most, again)]


def row(group: Group, most: int, again: Set[int]) -> dict[str, Any]:
    """The numbers of one group; ``again`` says where documents begin that repeat an earlier one of the corpus.

    ``top_content_words`` leaves out the function words of every language that took part, ``top_content_bigrams``
    pairs with such a word.
    """
    facts = group.facts
    counts = _with_numpy(group) if sum(end - start for _, start, end in group.spans) > LARGE else _plainly(group)
    stopwords = group.stopwords if most else frozenset()
    rates = {
        "ttr": diversity.measure("ttr", (), counts.spectrum),
        f"mattr_{WINDOW}": counts.mattr,
        "words_per_sentence": counts.n / facts.sentences if facts.sentences else None,
        "characters_per_word": counts.characters / counts.n if counts.n else None,
    }
    values = {
        "group": group.name,
        "documents": facts.documents,
        "characters": facts.characters,
        "sentences": facts.sentences,
        "tokens": facts.tokens,
        "words": counts.n,
        "types": counts.spectrum.v,
        "hapaxes": counts.spectrum.v1,
        **rates,
        "scripts": _sorted(facts.scripts),
        "encodings": _sorted(facts.encodings),
        "edits": _sorted(facts.edits),
        "flags": _sorted(facts.flags),
        "top_words": counts.words(most, frozenset()),
        "top_content_words": counts.words(most, stopwords),
        "top_bigrams": counts.bigrams(most, frozenset()),
        "top_content_bigrams": counts.bigrams(most, stopwords),
        "first_date": facts.first_date or None,
        "last_date": facts.last_date or None,
        "near_duplicates": sum(start in again for _, start, end in group.spans if start < end),
        "signature": facts.signature("bigrams:within=sentence"),
        "reason": reasons([name for name in RATES if rates[name] is None]),
    }
    return {name: values[name] for name in FIELDS}


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    """The highest count first, ties in code point order."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _plainly(group: Group) -> Counts:
    types = group.types
    sequence = group.sequence
    frequencies = Counter(sequence)
    numbers = group.numbers
    pairs = Counter(pairwise(numbers))

    def words(most: int, without: frozenset[str]) -> Ranked:
        named = ((types[number - 1], count) for number, count in frequencies.items())
        return _top((item for item in named if item[0] not in without), most)

    def bigrams(most: int, without: frozenset[str]) -> Ranked:
        named = ((types[a - 1], types[b - 1], count) for (a, b), count in pairs.items() if a and b)
        kept = ((f"{a} {b}", count) for a, b, count in named if a not in without and b not in without)
        return _top(kept, most)

    return Counts(
        n=len(sequence),
        spectrum=diversity.Spectrum(frequencies.values()),
        mattr=diversity.mattr(sequence, WINDOW),
        characters=sum(len(types[number - 1]) * count for number, count in frequencies.items()),
        words=words,
        bigrams=bigrams,
    )


def _top(counts: Iterable[tuple[str, int]], most: int) -> Ranked:
    return nsmallest(most, counts, key=lambda item: (-item[1], item[0])) if most else []


def _with_numpy(group: Group) -> Counts:
    import numpy as np

    from wic.stats import sequences

    lexicon = group.lexicon.words
    counts = group.counts
    pairs = sequences.ngrams(group.ids, 2, len(lexicon), group.room)
    lengths = np.array([0, *map(len, lexicon)])

    def words(most: int, without: frozenset[str]) -> Ranked:
        order = np.lexsort((np.arange(len(counts)), -counts))
        ranked = ((lexicon[number - 1], int(counts[number])) for number in order.tolist() if counts[number])
        return _first(ranked, most, lambda word: word in without)

    def bigrams(most: int, without: frozenset[str]) -> Ranked:
        order = np.lexsort((np.arange(len(pairs.counts)), -pairs.counts))
        step = 1000

        def ranked() -> Iterator[tuple[str, int]]:
            for start in range(0, len(order), step):
                chosen = order[start : start + step]
                for (a, b), count in zip(pairs.words(chosen).tolist(), pairs.counts[chosen].tolist(), strict=True):
                    yield f"{lexicon[a - 1]} {lexicon[b - 1]}", count

        return _first(ranked(), most, lambda pair: not without.isdisjoint(pair.split(" ")))

    return Counts(
        n=group.n,
        spectrum=diversity.Spectrum(counts[counts > 0].tolist()),
        mattr=diversity.mattr(group.plain, WINDOW),
        characters=int(counts @ lengths),
        words=words,
        bigrams=bigrams,
    )


def _first(ranked: Iterable[tuple[str, int]], most: int, dropped: Callable[[str], bool]) -> Ranked:
    found: Ranked = []
    for name, count in ranked:
        if len(found) >= most:
            break
        if not dropped(name):
            found.append((name, count))
    return found
