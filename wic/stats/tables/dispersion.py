"""Dispersion of words over the files, the texts or equal parts of a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wic.stats import sequences
from wic.stats.group import Group
from wic.stats.measures import dispersion as measured
from wic.stats.measures.dispersion import Distances, Spread
from wic.stats.ranking import best, ranking
from wic.stats.table import Choice, Table, records

FEW = 1000  # parts that are counted one by one
MEASURES = ["range", "dp", "dp_norm", "juilland_d", "carroll_d2", "rosengren_s", "d_kl", "arf"]


def dispersion(
    group: Group, choice: Choice, measures: Sequence[str] = MEASURES, parts: str = "file", sort: str = ""
) -> Table:
    """The most frequent words and how evenly they are spread, or the words ranked by the measure ``sort``.

    ``parts`` are ``file``, ``text`` or a number of parts of equal size; measures of distances do not see them.
    """
    keep = group.counts >= max(choice.least, 1)
    if not choice.stopwords:
        keep &= ~group.stopped
    items = np.flatnonzero(keep)
    sort = sort or "count"
    if sort == "count":  # the words to show are known before anything is measured
        items = np.sort(items[best(group.counts[items].astype(np.float64), group.counts[items], choice.top)])
    place = np.full(len(group.counts), -1)
    place[items] = np.arange(len(items))
    part, lengths = group.parts(parts)
    sizes = np.bincount(part, lengths).astype(np.int64)
    spread = _spread(group, place, part, lengths, sizes)
    distances = None
    if any(name in measured.OF_DISTANCES for name in measures):
        word = place[group.plain]
        where = np.flatnonzero(word >= 0)
        order = np.argsort(word[where], kind="stable")
        distances = Distances(word[where][order], where[order], group.n)
    values = {
        name: measured.measure(name, distances if name in measured.OF_DISTANCES and distances else spread)
        for name in dict.fromkeys([*measures, *([] if sort == "count" else [sort])])
    }
    score = group.counts[items].astype(np.float64) if sort == "count" else ranking(sort, values[sort])
    if "range" in values:
        values["range"] = values["range"].astype(np.int64)
    shown = best(score, group.counts[items], choice.top)
    unit = parts if parts in ("file", "text") else "equal"
    columns: dict[str, Any] = {
        "group": [group.name] * len(shown),
        "rank": range(1, len(shown) + 1),
        "word": [group.lexicon.words[number - 1] for number in items[shown].tolist()],
        "count": group.counts[items][shown],
        "parts": [len(sizes)] * len(shown),
        **{name: values[name][shown] for name in measures},
        "signature": [group.facts.signature(f"dispersion:parts={unit},n={len(sizes)}")] * len(shown),
    }
    notes = []
    if len(sizes) == 1 and unit != "equal":
        notes.append(f"{group.name} has one {unit} only: nothing can be said about dispersion; see --parts")
    return Table([*columns, "reason"], records(columns, measures), notes)


def _spread(
    group: Group,
    place: NDArray[np.int64],
    part: NDArray[np.int64],
    lengths: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> Spread:
    """How often each word that has a ``place`` occurs in each part."""
    parts = max(len(sizes), 1)
    if 0 < len(lengths) == len(sizes) <= FEW:
        found = list(_counted(group.plain, place, lengths))
        word, counts = (np.concatenate([one[column] for one in found]) for column in (0, 1))
        own = np.repeat(np.arange(len(found)), [len(one[0]) for one in found])
        order = np.lexsort((own, word))
        return Spread(word[order], own[order], counts[order], sizes)
    cells = _keys(group.plain, place, np.repeat(part, lengths), parts)
    keys, counts = sequences.count(cells, group.room)
    return Spread(keys // parts, keys % parts, counts, sizes)


def _counted(
    words: NDArray[np.int32], place: NDArray[np.int64], lengths: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """For each stretch of the words the places that occur in it, and how often."""
    for start, length in zip(np.cumsum(lengths) - lengths, lengths, strict=True):
        counts = np.bincount(words[start : start + length], minlength=len(place))
        met = np.flatnonzero(counts)
        met = met[place[met] >= 0]
        yield place[met], counts[met]


def _keys(
    words: NDArray[np.int32], place: NDArray[np.int64], part: NDArray[np.int64], parts: int
) -> Iterator[NDArray[np.int64]]:
    """The place of each word and its part as one number, block by block."""
    for start in range(0, len(words), sequences.BLOCK):
        own = place[words[start : start + sequences.BLOCK]]
        yield (own * parts + part[start : start + sequences.BLOCK])[own >= 0]
