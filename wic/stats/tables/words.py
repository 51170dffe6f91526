"""Words and sequences of words by frequency."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wic.stats import sequences
from wic.stats.group import Group
from wic.stats.ranking import best
from wic.stats.sequences import Counted
from wic.stats.table import Choice, Table, records

FIELDS = ["group", "rank", "word", "count", "per_million", "texts", "signature", "reason"]
SEQUENCE_FIELDS = ["group", "rank", "ngram", "count", "per_million", "signature", "reason"]


def words(group: Group, choice: Choice) -> Table:
    """Words by frequency, with the number of texts that have them."""
    keep = group.counts >= max(choice.least, 1)
    if not choice.stopwords:
        keep &= ~group.stopped
    items = np.flatnonzero(keep)
    items = items[best(group.counts[items], group.counts[items], choice.top)]
    counts = group.counts[items]
    columns: dict[str, Any] = {
        "group": [group.name] * len(items),
        "rank": range(1, len(items) + 1),
        "word": [group.lexicon.words[number - 1] for number in items.tolist()],
        "count": counts,
        "per_million": counts * 1e6 / max(group.n, 1),
        "texts": _texts(group, items),
        "signature": [group.facts.signature(*_limits(choice))] * len(items),
    }
    return Table(FIELDS, records(columns, []))


def _limits(choice: Choice) -> list[str]:
    found = [f"min={choice.least}"] if choice.least > 1 else []
    return found if choice.stopwords else [*found, "stopwords=dropped"]


def _texts(group: Group, items: NDArray[np.intp]) -> NDArray[np.int64]:
    """In how many texts each of the words ``items`` occurs."""
    texts = len(group.spans)
    if texts == 1:
        return np.ones(len(items), np.int64)
    place = np.full(len(group.counts), -1)
    place[items] = np.arange(len(items))
    ends = np.cumsum([end - start for _, start, end in group.spans])
    pieces = [np.zeros(0, np.int64)]
    for start in range(0, len(group.ids), sequences.BLOCK):
        own = place[group.ids[start : start + sequences.BLOCK]]
        found = np.flatnonzero(own >= 0)
        keys = own[found] * texts + np.searchsorted(ends, found + start, side="right")
        pieces.append(sequences.distinct(np.sort(keys))[0])
    seen = sequences.distinct(np.sort(np.concatenate(pieces)))[0] // max(texts, 1)
    return np.bincount(seen, minlength=len(items))


def ngrams(group: Group, n: int, choice: Choice) -> Table:
    """Sequences of ``n`` neighbouring words of one sentence by frequency.

    Without function words those are left out that begin or end with one.
    """
    counted = sequences.ngrams(group.ids, n, len(group.lexicon.words), group.room)
    return _sequences(group, counted, choice, f"ngrams:n={n},within=sentence")


def skipgrams(group: Group, n: int, skips: int, choice: Choice, *, each: bool = False) -> Table:
    """Sequences of ``n`` words with up to ``skips`` words left out, in all or (``each``) at each place."""
    counted = sequences.skipgrams(group.ids, n, skips, len(group.lexicon.words), each=each, room=group.room)
    variant = "each" if each else "total"
    return _sequences(group, counted, choice, f"skipgrams:n={n},skip={skips},{variant},within=sentence")


def _sequences(group: Group, counted: Counted, choice: Choice, variant: str) -> Table:
    if choice.stopwords:
        chosen = best(counted.counts, counted.counts, choice.top)
        chosen = chosen[counted.counts[chosen] >= choice.least]
    else:
        chosen = np.flatnonzero(counted.counts >= choice.least)
        rows = counted.words(chosen)
        chosen = chosen[~(group.stopped[rows[:, 0]] | group.stopped[rows[:, -1]])]
        counts = counted.counts[chosen]
        chosen = chosen[best(counts, counts, choice.top)]
    counts = counted.counts[chosen]
    names = group.lexicon.words
    columns: dict[str, Any] = {
        "group": [group.name] * len(chosen),
        "rank": range(1, len(chosen) + 1),
        "ngram": [" ".join(names[number - 1] for number in row) for row in counted.words(chosen).tolist()],
        "count": counts,
        "per_million": counts * 1e6 / max(group.n, 1),
        "signature": [group.facts.signature(variant, *_limits(choice))] * len(chosen),
    }
    return Table(SEQUENCE_FIELDS, records(columns, []))
