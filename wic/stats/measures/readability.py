"""Readability formulas over counts of sentences, words, letters and syllables.

A formula says nothing outside the language that it was fitted to, so each language's ``readability.toml`` names those
that are accepted for it and how its syllables are counted; a language without one gets lengths and no score.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from math import sqrt
from typing import Any

from wic.language import Language


@dataclass(slots=True)
class Counts:
    """What the formulas see of a text. Long words have more than 6 letters, hard ones (OSMAN) more than 5."""

    sentences: int = 0
    words: int = 0
    letters: int = 0
    syllables: int = 0
    long: int = 0
    polysyllables: int = 0
    hard: int = 0
    complex: int = 0
    faseeh: int = 0


def flesch_reading_ease(c: Counts) -> float:
    return 206.835 - 1.015 * c.words / c.sentences - 84.6 * c.syllables / c.words


def flesch_kincaid(c: Counts) -> float:
    return 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59


def gunning_fog(c: Counts) -> float:
    return 0.4 * (c.words / c.sentences + 100 * c.polysyllables / c.words)


def smog(c: Counts) -> float:
    return 1.043 * sqrt(30 * c.polysyllables / c.sentences) + 3.1291


def ari(c: Counts) -> float:
    return 4.71 * c.letters / c.words + 0.5 * c.words / c.sentences - 21.43


def coleman_liau(c: Counts) -> float:
    return 0.0588 * 100 * c.letters / c.words - 0.296 * 100 * c.sentences / c.words - 15.8


def coleman_liau_cloze(c: Counts) -> float:
    cloze = 141.8401 - 0.214590 * 100 * c.letters / c.words + 1.079812 * 100 * c.sentences / c.words
    return -27.4004 * cloze / 100 + 23.06395


def lix(c: Counts) -> float:
    return c.words / c.sentences + 100 * c.long / c.words


def rix(c: Counts) -> float:
    return c.long / c.sentences


def osman(c: Counts) -> float:
    return (
        200.791
        - 1.015 * c.words / c.sentences
        - 24.181 * (c.hard + c.syllables + c.complex + c.faseeh) / c.words
    )  # fmt: skip


FORMULAS: dict[str, Callable[[Counts], float]] = {
    "flesch_reading_ease": flesch_reading_ease,
    "flesch_kincaid": flesch_kincaid,
    "gunning_fog": gunning_fog,
    "smog": smog,
    "ari": ari,
    "coleman_liau": coleman_liau,
    "coleman_liau_cloze": coleman_liau_cloze,
    "lix": lix,
    "rix": rix,
    "osman": osman,
}


def measure(name: str, counts: Counts) -> float | None:
    """The score; None without words or sentences."""
    return FORMULAS[name](counts) if counts.words and counts.sentences else None


class Rules:
    """How the words of a language are counted, from its ``readability.toml``."""

    def __init__(self, language: Language) -> None:
        self.facts: dict[str, Any] = language.data("readability.toml")

    @property
    def formulas(self) -> list[str]:
        return list(self.facts.get("formulas", []))

    @property
    def none(self) -> str:
        """Why there is no formula, where there is none."""
        return str(self.facts.get("none", "" if self.formulas else "no formula is known for this language"))

    @property
    def counting(self) -> str:
        """The name and version of the rules that count syllables."""
        return str(self.facts.get("syllables", "none"))

    @property
    def marked(self) -> bool:
        """Whether syllables are counted from vowel marks, which may not be written."""
        return "marks" in self.facts

    @cached_property
    def _nuclei(self) -> re.Pattern[str] | None:
        source = self.facts.get("nuclei", "")
        return re.compile(source) if source else None

    @cached_property
    def _silent(self) -> re.Pattern[str]:
        return re.compile("|".join(self.facts.get("silent", [])) or r"(?!)")

    @cached_property
    def _split(self) -> re.Pattern[str]:
        return re.compile("|".join(self.facts.get("split", [])) or r"(?!)")

    @cached_property
    def _faseeh(self) -> re.Pattern[str]:
        return re.compile("|".join(self.facts.get("faseeh", [])) or r"(?!)")

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        return re.compile("|".join(mark["pattern"] for mark in self.facts.get("marks", [])) or r"(?!)")

    def syllables(self, word: str) -> int:
        """The syllables of a word: its nuclei, less the silent ones, plus those that are two; or its vowel marks."""
        if self._nuclei is not None:
            count = len(self._nuclei.findall(word)) - len(self._silent.findall(word)) + len(self._split.findall(word))
            return max(count, 1)
        return sum(mark["syllables"] * len(re.findall(mark["pattern"], word)) for mark in self.facts.get("marks", []))

    def counts(self, words: Iterable[tuple[str, int]], sentences: int) -> Counts:
        """The counts of a text with so many ``sentences`` from its words and how often each occurs."""
        total = Counts(sentences=sentences)
        for word, times in words:
            syllables = self.syllables(word)
            letters = sum(character.isalnum() for character in word)
            complex_ = len(self._marks.findall(word)) > 4
            found = (1, letters, syllables, letters > 6, syllables >= 3, letters > 5, complex_,
                     syllables > 4 and bool(self._faseeh.search(word)))  # fmt: skip
            for field, value in zip(fields(Counts)[1:], found, strict=True):
                setattr(total, field.name, getattr(total, field.name) + times * value)
        return total
