"""The overview of a corpus: a row for each group and one for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wic.language import known, language
from wic.stats import lengths as measures
from wic.stats.tally import Tally

TOTAL = "total"
FIELDS = [
    "group", "documents", "characters", "sentences", "tokens", "words", "types", "hapaxes", "ttr",
    "words_per_sentence", "characters_per_word", "scripts", "edits", "flags", "top_words", "top_content_words", "signature",
]  # fmt: skip


def overview(groups: Mapping[str, Tally], most: int) -> list[dict[str, Any]]:
    """One row per group in the order of their names, then the row of all; ``most`` words in the lists of words."""
    total = Tally()
    for counts in groups.values():
        total += counts
    rows = [row(name, groups[name], most) for name in sorted(groups)]
    return [*rows, row(TOTAL, total, most)]


def row(name: str, tally: Tally, most: int) -> dict[str, Any]:
    """The numbers of one tally.

    ``top_content_words`` leaves out the function words of every language that took part, since a group may mix them.
    """
    stopwords = {word for code in _languages(tally) for word in language(code).stopwords}
    return {
        "group": name,
        "documents": tally.documents,
        "characters": tally.characters,
        "sentences": tally.sentences,
        "tokens": tally.tokens,
        "words": tally.words.total(),
        "types": len(tally.words),
        "hapaxes": measures.hapaxes(tally),
        "ttr": measures.type_token_ratio(tally),
        "words_per_sentence": measures.mean_sentence_length(tally),
        "characters_per_word": measures.mean_word_length(tally),
        "scripts": dict(sorted(tally.scripts.items())),
        "edits": dict(measures.top(tally.edits, len(tally.edits))),
        "flags": dict(measures.top(tally.flags, len(tally.flags))),
        "top_words": measures.top(tally.words, most),
        "top_content_words": measures.top(tally.words, most, stopwords),
        "signature": tally.signature,
    }


def _languages(tally: Tally) -> list[str]:
    makers = {maker.partition(":")[0] for maker in tally.makers}
    return [code for code in known() if code in makers]
