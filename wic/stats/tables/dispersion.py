"""Dispersion of words over the files, the texts or equal parts of a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from wic.stats.group import Group
from wic.stats.measures import dispersion as measured
from wic.stats.measures.dispersion import Distances, Spread
from wic.stats.ranking import best, ranking
from wic.stats.table import Choice, Table, records

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
    part, sizes = group.parts(parts)
    word = place[group.plain]
    where = np.flatnonzero(word >= 0)
    cells, counts = np.unique(word[where] * max(len(sizes), 1) + part[where], return_counts=True)
    spread = Spread(cells // max(len(sizes), 1), cells % max(len(sizes), 1), counts, sizes)
    distances = None
    if any(name in measured.OF_DISTANCES for name in measures):
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
