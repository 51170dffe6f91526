"""Lexical diversity of a text: how many different words it uses, with and without regard to its length.

Measures of the first kind see how often each word occurs (``Spectrum``), those of the second kind the order of the
words. None is returned where a measure is not defined: a text of one word has no Herdan's C.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from math import fsum, log, log2, log10, sqrt
from typing import Any

from wic.compiled import compiled

Words = Sequence[Hashable] | Any  # or a numpy array of word numbers

FACTOR = 72  # per cent: the type-token ratio at which a factor of MTLD is complete
SAMPLE = 42  # words drawn by HD-D


class Spectrum:
    """How many words (``classes``) occur how often; ``n`` words and ``v`` types in all."""

    def __init__(self, frequencies: Iterable[int]) -> None:
        self.classes: Mapping[int, int] = dict(sorted(Counter(frequencies).items()))

    @cached_property
    def n(self) -> int:
        return sum(f * types for f, types in self.classes.items())

    @cached_property
    def v(self) -> int:
        return sum(self.classes.values())

    @property
    def v1(self) -> int:
        """Types that occur once."""
        return self.classes.get(1, 0)

    @cached_property
    def squares(self) -> int:
        """The sum of the squared frequencies."""
        return sum(f * f * types for f, types in self.classes.items())


def ttr(s: Spectrum) -> float:
    return s.v / s.n


def guiraud_r(s: Spectrum) -> float:
    return s.v / sqrt(s.n)


def carroll_cttr(s: Spectrum) -> float:
    return s.v / sqrt(2 * s.n)


def herdan_c(s: Spectrum) -> float:
    return log(s.v) / log(s.n)


def dugast_u_ln(s: Spectrum) -> float:
    return log(s.n) ** 2 / (log(s.n) - log(s.v))


def dugast_u_log10(s: Spectrum) -> float:
    return log10(s.n) ** 2 / (log10(s.n) - log10(s.v))


def summer_s(s: Spectrum) -> float:
    return log(log(s.v)) / log(log(s.n))


def maas_a2_ln(s: Spectrum) -> float:
    return (log(s.n) - log(s.v)) / log(s.n) ** 2


def maas_a2_log10(s: Spectrum) -> float:
    return (log10(s.n) - log10(s.v)) / log10(s.n) ** 2


def yule_k(s: Spectrum) -> float:
    return 10_000 * (s.squares - s.n) / s.n**2


def yule_i(s: Spectrum) -> float:
    return s.v**2 / (s.squares - s.v)


def simpson_d(s: Spectrum) -> float:
    return (s.squares - s.n) / (s.n * (s.n - 1))


def herdan_vm(s: Spectrum) -> float:
    return sqrt(max(s.squares / s.n**2 - 1 / s.v, 0.0))


def honore_h(s: Spectrum) -> float:
    return 100 * log(s.n) / (1 - s.v1 / s.v)


def sichel_s(s: Spectrum) -> float:
    return s.classes.get(2, 0) / s.v


def entropy(s: Spectrum) -> float:
    return 0.0 - fsum(types * f / s.n * log2(f / s.n) for f, types in s.classes.items())


def evenness(s: Spectrum) -> float:
    return entropy(s) / log2(s.v)


def repeat_rate(s: Spectrum) -> float:
    return s.squares / s.n**2


def hapax_ratio(s: Spectrum) -> float:
    return s.v1 / s.n


def hdd(s: Spectrum, sample: int = SAMPLE) -> float | None:
    """The mean share that each type contributes to the type-token ratio of ``sample`` words drawn from the text."""
    total = hdd_sum(s, sample)
    return None if total is None else total / sample


def hdd_sum(s: Spectrum, sample: int = SAMPLE) -> float | None:
    """The number of types to expect among ``sample`` words drawn without replacement; None if there are fewer."""
    if s.n < sample:
        return None

    def missed(f: int) -> float:
        """The probability that none of ``f`` occurrences is drawn."""
        probability = 1.0
        for drawn in range(sample):
            probability *= max(s.n - f - drawn, 0) / (s.n - drawn)
        return probability

    return fsum(types * (1 - missed(f)) for f, types in s.classes.items())


def mattr(words: Words, window: int = 100) -> float | None:
    """The mean type-token ratio of all windows of ``window`` words; None if the text is shorter."""
    count = len(words) - window + 1
    if window < 1 or count < 1:
        return None
    if hasattr(words, "dtype"):
        array: Any = words
        if compiled is not None and array.dtype == "int32" and array.flags["C_CONTIGUOUS"]:
            return compiled.new_types(array, int(array.max()), window, count) / (window * count)
        return _new_types(array, window, count) / (window * count)
    # A word adds to the types of every window that holds it and does not hold its occurrence before.
    last: dict[Hashable, int] = {}
    total = 0
    for place, word in enumerate(words):
        first = max(place - window + 1, last.get(word, -1) + 1)
        total += max(min(place, count - 1) - first + 1, 0)
        last[word] = place
    return total / (window * count)


def _new_types(words: Any, window: int, count: int) -> int:
    """The sum of the types of all windows of a numpy array, counted as ``mattr`` does."""
    import numpy as np

    order = np.argsort(words, kind="stable")
    before = np.full(len(words), -1)
    again = words[order[1:]] == words[order[:-1]]
    before[order[1:][again]] = order[:-1][again]
    place = np.arange(len(words))
    first = np.maximum(place - window + 1, before + 1)
    return int(np.maximum(np.minimum(place, count - 1) - first + 1, 0).sum())


def sttr(words: Words, window: int = 1000) -> float | None:
    """The mean type-token ratio of consecutive stretches of ``window`` words, the rest left out."""
    stretches = len(words) // window if window > 0 else 0
    if not stretches:
        return None
    types = sum(len(set(words[start * window : (start + 1) * window])) for start in range(stretches))
    return types / (stretches * window)


def factors(words: Iterable[Hashable], *, at_threshold: bool = False, least: int = 1) -> float:
    """In how many stretches the type-token ratio falls below 0.72, the last one counted in part.

    With ``at_threshold`` a ratio of exactly 0.72 completes a stretch; shorter ones than ``least`` words go on.
    """
    found = 0.0
    types: set[Hashable] = set()
    tokens = 0
    bound = 1 if at_threshold else 0
    for word in words:
        types.add(word)
        tokens += 1
        if 100 * len(types) < FACTOR * tokens + bound and tokens >= least:
            found += 1
            types.clear()
            tokens = 0
    return found + (1 - len(types) / tokens) / (1 - FACTOR / 100) if tokens else found


def mtld_both_ways(words: Words, *, at_threshold: bool = False, least: int = 1) -> float | None:
    """The mean of the text's length over its factors, read forwards and backwards."""
    ways = [factors(way, at_threshold=at_threshold, least=least) for way in (words, words[::-1])]
    if not all(ways):
        return None
    return (len(words) / ways[0] + len(words) / ways[1]) / 2


def mtld_strict(words: Words) -> float | None:
    return mtld_both_ways(words)


def mtld_le(words: Words) -> float | None:
    return mtld_both_ways(words, at_threshold=True)


def mtld_min10(words: Words) -> float | None:
    return mtld_both_ways(words, least=10)


def mtld_le_min10(words: Words) -> float | None:
    return mtld_both_ways(words, at_threshold=True, least=10)


def mtld_mean(words: Words) -> float | None:
    mean = (factors(words) + factors(words[::-1])) / 2
    return len(words) / mean if mean else None


OF_SPECTRUM: dict[str, Callable[[Spectrum], float | None]] = {
    "ttr": ttr,
    "guiraud_r": guiraud_r,
    "carroll_cttr": carroll_cttr,
    "herdan_c": herdan_c,
    "dugast_u_ln": dugast_u_ln,
    "dugast_u_log10": dugast_u_log10,
    "summer_s": summer_s,
    "maas_a2_ln": maas_a2_ln,
    "maas_a2_log10": maas_a2_log10,
    "yule_k": yule_k,
    "yule_i": yule_i,
    "simpson_d": simpson_d,
    "herdan_vm": herdan_vm,
    "honore_h": honore_h,
    "sichel_s": sichel_s,
    "entropy": entropy,
    "evenness": evenness,
    "repeat_rate": repeat_rate,
    "hapax_ratio": hapax_ratio,
    "hdd_42": hdd,
    "hdd_42_sum": hdd_sum,
}
OF_WINDOWS: dict[str, Callable[[Words, int], float | None]] = {"mattr": mattr, "sttr": sttr}
OF_ORDER: dict[str, Callable[[Words], float | None]] = {
    "mtld_strict": mtld_strict,
    "mtld_le": mtld_le,
    "mtld_min10": mtld_min10,
    "mtld_le_min10": mtld_le_min10,
    "mtld_mean": mtld_mean,
}


def measure(name: str, words: Words, spectrum: Spectrum | None = None) -> float | None:
    """The measure ``name`` of a text (``mattr_50`` is ``mattr`` with windows of 50); None where it is not defined."""
    kind, _, size = name.rpartition("_")
    try:
        if name in OF_SPECTRUM:
            return OF_SPECTRUM[name](spectrum or Spectrum(Counter(words).values()))
        if kind in OF_WINDOWS and size.isdigit():
            return OF_WINDOWS[kind](words, int(size))
        return OF_ORDER[name](words)
    except (ZeroDivisionError, ValueError):  # a logarithm of 0, or nothing to divide by
        return None
