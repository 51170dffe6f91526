"""One row for each group: lexical diversity, the laws of Zipf and Heaps, readability."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from wic.language import language
from wic.stats.explain import reasons
from wic.stats.group import Group
from wic.stats.measures import diversity as of_diversity
from wic.stats.measures import readability as of_readability
from wic.stats.measures import zipf as of_zipf
from wic.stats.table import Table

DIVERSITY = [
    "ttr", "guiraud_r", "herdan_c", "maas_a2_ln", "yule_k", "mattr_100", "sttr_1000", "hdd_42", "mtld_strict",
    "mtld_min10",
]  # fmt: skip
BY_LENGTH = {"ttr", "guiraud_r", "carroll_cttr", "herdan_c", "hapax_ratio", "entropy", "honore_h", "sichel_s"}
ALIKE = 1.2  # texts whose lengths differ by more than this factor are not of like length
BARE = 0.5  # vowel marks for each word, below which Arabic is written without them


def diversity(groups: Iterable[Group], measures: Sequence[str] = DIVERSITY) -> Table:
    """Lexical diversity of each group, its texts read one after the other."""
    rows: list[dict[str, Any]] = []
    for group in groups:
        spectrum = of_diversity.Spectrum(group.counts[group.counts > 0].tolist())
        listed = None
        values: dict[str, float | None] = {}
        for name in measures:
            if name in of_diversity.OF_ORDER and listed is None:
                listed = array("i", group.plain.tobytes())
            words = listed if name in of_diversity.OF_ORDER else group.plain
            values[name] = of_diversity.measure(name, words, spectrum)
        rows.append(
            {
                "group": group.name,
                "words": spectrum.n,
                "types": spectrum.v,
                "hapaxes": spectrum.v1,
                **values,
                "signature": group.facts.signature("diversity:texts=joined"),
                "reason": reasons([name for name in measures if values[name] is None]),
            }
        )
    fields = ["group", "words", "types", "hapaxes", *measures, "signature", "reason"]
    return Table(fields, rows, _lengths(rows, measures))


def _lengths(rows: Sequence[dict[str, Any]], measures: Sequence[str]) -> list[str]:
    """A warning where texts of unlike length stand beside each other."""
    sizes = [row["words"] for row in rows if row["words"]]
    swayed = [name for name in measures if name in BY_LENGTH]
    if len(sizes) < 2 or not swayed or max(sizes) <= ALIKE * min(sizes):
        return []
    return [
        f"the groups differ in length ({min(sizes)} to {max(sizes)} words), which sways {', '.join(swayed)}: "
        "compare mattr, sttr, hdd or mtld"
    ]


ZIPF = [
    "zipf_ols_slope", "zipf_ols_intercept", "zipf_mle", "zipf_mandelbrot_s", "zipf_mandelbrot_q", "heaps_beta",
    "heaps_k", "good_turing",
]  # fmt: skip


def zipf(groups: Iterable[Group]) -> Table:
    """How the frequencies of each group fall and how its vocabulary grows."""
    rows = []
    for group in groups:
        frequencies = np.sort(group.counts[group.counts > 0])[::-1]
        line = of_zipf.zipf_ols(frequencies)
        law = of_zipf.zipf_mandelbrot(frequencies)
        heaps = of_zipf.heaps(of_zipf.growth(group.plain))
        values = {
            "zipf_ols_slope": line and line.slope,
            "zipf_ols_intercept": line and line.intercept,
            "zipf_mle": of_zipf.zipf_mle(frequencies),
            "zipf_mandelbrot_s": law and law.s,
            "zipf_mandelbrot_q": law and law.q,
            "heaps_beta": heaps and heaps.beta,
            "heaps_k": heaps and heaps.k,
            "good_turing": of_zipf.good_turing(frequencies),
        }
        missing = dict.fromkeys(
            name.removesuffix("_slope").removesuffix("_intercept").removesuffix("_s").removesuffix("_q")
            .removesuffix("_beta").removesuffix("_k")
            for name in ZIPF if values[name] is None
        )  # fmt: skip
        rows.append(
            {
                "group": group.name,
                "words": int(frequencies.sum()),
                "types": len(frequencies),
                **values,
                "signature": group.facts.signature(f"zipf:ranks=all,heaps={of_zipf.POINTS}-points"),
                "reason": reasons(list(missing)),
            }
        )
    return Table(["group", "words", "types", *ZIPF, "signature", "reason"], rows)


LENGTHS = ["words_per_sentence", "characters_per_word"]


def readability(groups: Iterable[Group], measures: Sequence[str] | None = None) -> Table:
    """Sentence and word lengths of each group, and the formulas that are accepted for its language."""
    found = [(group, _rules(group)) for group in groups]
    used = dict.fromkeys(name for _, rules in found for name in (rules.formulas if rules else []))
    names = list(measures) if measures else list(used)
    rows = []
    for group, rules in found:
        words = [(group.lexicon.words[n - 1], int(group.counts[n])) for n in np.flatnonzero(group.counts).tolist()]
        accepted = rules.formulas if rules else []
        counts = (rules or of_readability.Rules(language("und"))).counts(words, group.facts.sentences)
        values = {
            "words_per_sentence": counts.words / counts.sentences if counts.sentences else None,
            "characters_per_word": sum(len(w) * n for w, n in words) / counts.words if counts.words else None,
            **{name: of_readability.measure(name, counts) if name in accepted else None for name in names},
        }
        rows.append(
            {
                "group": group.name,
                "sentences": counts.sentences,
                "words": counts.words,
                "syllables": counts.syllables if accepted else None,
                **values,
                "signature": group.facts.signature(f"syllables:{rules.counting if rules and accepted else 'none'}"),
                "reason": _why(group, rules, counts, [n for n in names if values[n] is None]),
            }
        )
    return Table(["group", "sentences", "words", "syllables", *LENGTHS, *names, "signature", "reason"], rows)


def _rules(group: Group) -> of_readability.Rules | None:
    """The rules of the group's language; None where it mixes several or has one that wic does not know."""
    languages = {origin.lang for origin, _, _ in group.spans}
    known = group.languages
    return of_readability.Rules(language(known[0])) if len(languages) == len(known) == 1 else None


def _why(
    group: Group, rules: of_readability.Rules | None, counts: of_readability.Counts, missing: list[str]
) -> str | None:
    if not counts.words or not counts.sentences:
        return "there are no words or no sentences"
    if rules is None:
        mixed = len({origin.lang for origin, _, _ in group.spans}) > 1
        return "the group mixes languages" if mixed else "no readability formula is known for this language"
    if rules.none:
        return rules.none
    if rules.marked and counts.syllables < BARE * counts.words:
        return "the vowel marks are not written: syllables are hardly counted, and the score is too high"
    return f"{', '.join(missing)}: for another language" if missing else None
