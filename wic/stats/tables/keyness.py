"""Keywords: words that are more frequent, or less, in one group than in a reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wic.stats.group import Group
from wic.stats.measures import keyness as measured
from wic.stats.measures.keyness import Comparison
from wic.stats.ranking import ascending, best
from wic.stats.table import Choice, Table, records

MEASURES = ["ll_4cell", "bic", "log_ratio_half", "pct_diff", "p_holm"]
UNSIGNED = {"count", "ll_4cell", "ll_2cell", "ll_williams", "chi2", "chi2_yates", "chi2_williams", "bic", "ell"}
SLOW = {"lrc", "lrc_positive", "p_fisher"}  # measured for the words shown only


def keyness(
    group: Group,
    reference: Group,
    choice: Choice,
    measures: Sequence[str] = MEASURES,
    *,
    sort: str = "",
    underused: bool = False,
    against: str = "",
) -> Table:
    """The words of ``group`` that are overused (or ``underused``) in comparison to ``reference``.

    Words are compared that occur ``choice.least`` times or more in one of the two; corrections for many tests count
    all of them. ``against`` names the reference in the rows.
    """
    words, f1, f2 = _frequencies(group, reference)
    keep = np.maximum(f1, f2) >= max(choice.least, 1)
    if not choice.stopwords:
        dropped = group.stopwords | reference.stopwords
        keep &= np.array([word not in dropped for word in words], dtype=np.bool_)
    chosen = np.flatnonzero(keep)
    n1, n2 = group.n, reference.n
    everything = Comparison(f1[chosen], f2[chosen], n1, n2)
    sort = sort or measures[0]
    needed = [name for name in measures if name not in SLOW]
    values = {name: measured.measure(name, everything) for name in dict.fromkeys([*needed, sort]) if name != "count"}
    values["count"] = everything.f2 if underused else everything.f1
    side = np.flatnonzero(everything.overused != underused)
    scores = values[sort][side]
    if ascending(sort) or (underused and sort not in UNSIGNED):
        scores = -scores
    shown = side[best(scores, (f2 if underused else f1)[chosen][side], choice.top)]
    items = chosen[shown]
    few = Comparison(f1[items], f2[items], n1, n2, everything.tests)
    names = [words[place] for place in items.tolist()]
    variant = f"keyness:compared={everything.tests},min={choice.least}"
    columns: dict[str, Any] = {
        "group": [group.name] * len(items),
        "reference": [against or reference.name] * len(items),
        "rank": range(1, len(items) + 1),
        "word": names,
        "use": ["under" if underused else "over"] * len(items),
        "f1": f1[items],
        "f2": f2[items],
        "n1": [n1] * len(items),
        "n2": [n2] * len(items),
        **{name: values[name][shown] if name in values else measured.measure(name, few) for name in measures},
        "signature": [_signature(group, reference, variant)] * len(items),
    }
    notes = []
    if not reference.n:
        notes.append(f"the reference has no words to compare {group.name} with (--by none compares everything)")
    elif not np.any((f1 > 0) & (f2 > 0)):
        notes.append(f"{group.name} and its reference share no word")
    return Table([*columns, "reason"], records(columns, measures), notes)


def _signature(group: Group, reference: Group, variant: str) -> str:
    if group.facts.makers == reference.facts.makers:
        return group.facts.signature(variant)
    return group.facts.signature(f"reference:{'+'.join(sorted(reference.facts.makers))}", variant)


def _frequencies(group: Group, reference: Group) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """The words of both in code point order and how often each occurs in the one and in the other."""
    if group.lexicon is reference.lexicon:
        return group.lexicon.words, group.counts[1:], reference.counts[1:]
    words = sorted({*group.lexicon.words, *reference.lexicon.words})
    place = {word: number for number, word in enumerate(words)}

    def spread(one: Group) -> NDArray[np.int64]:
        found = np.zeros(len(words), np.int64)
        found[[place[word] for word in one.lexicon.words]] = one.counts[1:]
        return found

    return words, spread(group), spread(reference)
