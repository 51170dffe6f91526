"""Collocations: pairs of words that stand together more often than chance would have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wic.stats import sequences
from wic.stats.group import Group
from wic.stats.measures import association
from wic.stats.measures.association import Cells
from wic.stats.ranking import best, ranking
from wic.stats.table import Choice, Table, records

MEASURES = ["log_dice", "mi", "t_score", "ll_4cell", "delta_p_21", "delta_p_12"]
OF_FREQUENCIES = {"log_dice", "dice", "jaccard", "min_sensitivity", "conditional"}
Span = tuple[int, int] | None  # words before and behind; None is the sentence


def collocations(
    group: Group,
    choice: Choice,
    measures: Sequence[str] = MEASURES,
    reach: int = 1,
    marginals: str = "pairs",
    sort: str = "",
) -> Table:
    """Pairs of words of one sentence, the second up to ``reach`` words behind the first.

    The marginal sums are those of the pairs (how often the first is the first of a pair …), so that the four cells
    are a true table; with ``marginals`` of ``words`` they are the frequencies of the words and N the number of words,
    as NLTK has it.
    """
    types = len(group.lexicon.words)
    counted = sequences.together(group.ids, reach, types, group.room)
    rows = counted.words()
    if marginals == "words":
        first = second = group.counts.astype(np.float64)
        n = group.n
    else:
        first = np.bincount(rows[:, 0], counted.counts, types + 1).astype(np.float64)
        second = np.bincount(rows[:, 1], counted.counts, types + 1).astype(np.float64)
        n = counted.total
    keep = counted.counts >= max(choice.least, 1)
    if not choice.stopwords:
        keep &= ~(group.stopped[rows[:, 0]] | group.stopped[rows[:, 1]])
    rows, counts = rows[keep], counted.counts[keep]
    sort = sort or measures[0]
    scores: NDArray[Any] = counts
    if sort != "count":
        cells = Cells(counts, first[rows[:, 0]], second[rows[:, 1]], n)
        scores = ranking(sort, association.measure(sort, cells))
    order = best(scores, counts, choice.top)
    rows, counts = rows[order], counts[order]
    cells = Cells(counts, first[rows[:, 0]], second[rows[:, 1]], n)
    names = group.lexicon.words
    variant = f"collocations:span=0,{reach},within=sentence,marginals={marginals},min={choice.least}"
    columns: dict[str, Any] = {
        "group": [group.name] * len(rows),
        "rank": range(1, len(rows) + 1),
        "first": [names[number - 1] for number in rows[:, 0].tolist()],
        "second": [names[number - 1] for number in rows[:, 1].tolist()],
        "count": counts,
        "f1": cells.f1.astype(np.int64),
        "f2": cells.f2.astype(np.int64),
        "n": cells.n.astype(np.int64),
        **{name: association.measure(name, cells) for name in measures},
        "signature": [group.facts.signature(variant)] * len(rows),
    }
    return Table([*columns, "reason"], records(columns, measures))


def collocates(
    group: Group,
    word: str,
    choice: Choice,
    measures: Sequence[str] = MEASURES,
    span: Span = (5, 5),
    sort: str = "",
) -> Table:
    """The words around ``word``.

    With a span of words, O11 counts how often a word stands in the span of a node, R1 is the number of places that
    all spans have, C1 the frequency of the word, N the number of words (Evert 2008, surface cooccurrence); logDice
    and its kin take the frequency of the node in place of R1. With the sentence as the span, everything counts
    sentences (textual cooccurrence).
    """
    types = len(group.lexicon.words)
    node = np.zeros(types + 1, dtype=np.bool_)
    number = group.lexicon.place(word.casefold())
    node[number] = number > 0
    if span is None:
        f2, o11, f1, n = sequences.sentences_with(group.ids, types, node)
        of_node = f1
        variant = "span=sentence,cells=sentences"
    else:
        o11, f1 = sequences.pairs(group.ids, *span, node)
        f2, n, of_node = group.counts, group.n, int(group.counts[number])
        variant = f"span={span[0]},{span[1]},within=sentence,cells=places"
    keep = o11 >= max(choice.least, 1)
    if not choice.stopwords:
        keep &= ~group.stopped
    items = np.flatnonzero(keep)

    def measured(name: str, items: NDArray[np.intp]) -> NDArray[np.float64]:
        return association.measure(name, Cells(o11[items], of_node if name in OF_FREQUENCIES else f1, f2[items], n))

    sort = sort or measures[0]
    scores = o11[items].astype(np.float64) if sort == "count" else ranking(sort, measured(sort, items))
    items = items[best(scores, o11[items], choice.top)]
    signature = group.facts.signature(f"collocates:{variant},min={choice.least}")
    columns: dict[str, Any] = {
        "group": [group.name] * len(items),
        "rank": range(1, len(items) + 1),
        "node": [word.casefold()] * len(items),
        "collocate": [group.lexicon.words[number - 1] for number in items.tolist()],
        "count": o11[items],
        "f1": [of_node] * len(items),
        "f2": f2[items],
        "places": [f1] * len(items),
        "n": [n] * len(items),
        **{name: measured(name, items) for name in measures},
        "signature": [signature] * len(items),
    }
    notes = [] if of_node else [f"{word!r} does not occur in {group.name}"]
    return Table([*columns, "reason"], records(columns, measures), notes)
