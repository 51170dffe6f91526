"""Measures read off counts. Each says how it is defined and who defined it; with nothing to measure it is None."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wic.stats.tally import Tally


def type_token_ratio(tally: Tally) -> float | None:
    """Types over tokens, of words. It falls with length: compare only texts of like size (Johnson 1944)."""
    total = tally.words.total()
    return len(tally.words) / total if total else None


def hapaxes(tally: Tally) -> int:
    """Words that occur once."""
    return sum(count == 1 for count in tally.words.values())


def mean_sentence_length(tally: Tally) -> float | None:
    """Words per sentence."""
    return tally.words.total() / tally.sentences if tally.sentences else None


def mean_word_length(tally: Tally) -> float | None:
    """Code points per word. Combining marks count, so Thai and Arabic with marks look longer than they print."""
    total = tally.words.total()
    return sum(len(word) * count for word, count in tally.words.items()) / total if total else None


def top(counts: Mapping[str, int], most: int, without: Iterable[str] = ()) -> list[tuple[str, int]]:
    """The ``most`` frequent words and their counts, ties in code point order, leaving out ``without``."""
    left_out = frozenset(without)
    ranked = sorted((item for item in counts.items() if item[0] not in left_out), key=lambda item: (-item[1], item[0]))
    return ranked[:most]
