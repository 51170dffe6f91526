"""Guesses the language and script of a text, and says on what evidence.

By script first; where languages share a script, by letters or words that only one of them has (data in the
``[guess]`` parts of ``lang.toml``); Chinese is Simplified (``Hans``) or Traditional (``Hant``) by the characters
that only one of the two has (OpenCC's tables). A text that gives no evidence is ``und``, never a default language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import regex

from wic.characters import counts
from wic.document import Document
from wic.language import ROOT, Language, built_in, known, language, outside

SAMPLE = 400  # characters taken from the beginning, the middle and the end of a long text


class Guess(NamedTuple):
    """``lang`` (BCP 47), ``script`` (ISO 15924, with Hans/Hant told apart) and the shares or counts that decided."""

    lang: str
    script: str
    evidence: Mapping[str, float]


def guess(text: str, characters: Counter[str] | None = None) -> Guess:
    """The language a text is in, from samples of it: constant time, whatever its length.

    ``characters`` are those of the text, where they have been counted.
    """
    if len(text) > 4 * SAMPLE:
        middle = len(text) // 2
        text, characters = text[:SAMPLE] + text[middle : middle + SAMPLE] + text[-SAMPLE:], None
    if characters is None:
        characters = counts(text)
    scripts = _scripts(characters)
    if not scripts:
        return Guess(ROOT, "Zyyy", {})
    total = sum(scripts.values())
    evidence = {script: round(weight / total, 3) for script, weight in scripts.most_common(3)}
    script = scripts.most_common(1)[0][0]
    lang, facts = _among(_candidates(script), text, characters, script)
    if script == "Hani" and lang != "ja":
        script, found = _variant(characters)
        facts |= found
    return Guess(lang, script, {**evidence, **facts})


def identify(document: Document, characters: Counter[str] | None = None) -> Document:
    """The document with ``lang`` and ``script`` filled in where they were not given, and the evidence kept.

    ``characters`` are those of the text, where they have been counted.
    """
    if document.lang and document.script:
        return document
    found = guess(document.text, characters)
    if document.lang:
        own = language(document.lang).script if document.lang in known() else ""
        agrees = found.lang == document.lang or not own
        return replace(document, script=found.script if agrees else own)
    return replace(document, lang=found.lang, script=found.script).made_by(guess=dict(found.evidence))


def _scripts(characters: Counter[str]) -> Counter[str]:
    """Weight of each script in the text, from how often it has each character."""
    weights = language(ROOT).facts["weights"]
    scripts = _scripts_of_characters()
    found: dict[str, int] = {}
    for character, count in characters.items():
        script = scripts[character]
        found[script] = found.get(script, 0) + count
    total = Counter({script: count * weights.get(script, 1) for script, count in found.items() if script})
    if total["Hani"] and (kana := total.pop("Hira", 0) + total.pop("Kana", 0)):
        total["Hani"] += kana  # Japanese mixes the three; its share of kana is judged later
    return +total


class _Scripts(dict[str, str]):
    """For each character the ISO 15924 code of a letter's script; empty for none, or one that is not listed."""

    def __missing__(self, character: str) -> str:
        match = _pattern().fullmatch(character)
        self[character] = script = match.lastgroup or "" if match else ""
        return script


@cache
def _scripts_of_characters() -> _Scripts:
    return _Scripts()


@cache
def _pattern() -> regex.Pattern[str]:
    scripts = language(ROOT).facts["scripts"]
    classes = (rf"(?P<{code}>[\p{{Script={name}}}&&[\p{{L}}\p{{M}}]])" for code, name in scripts.items())
    return regex.compile("|".join(classes), regex.V1)


@cache
def _candidates(script: str) -> tuple[dict[str, Any], ...]:
    """What speaks for each language of a script; the one without conditions, if any, comes last."""
    found = [
        *({"lang": code, **language(code).facts.get("guess", {})} for code in _languages_in(script)),
        *(entry for entry in language(ROOT).facts["guess"] if entry["script"] == script),
    ]
    return tuple(sorted(found, key=lambda entry: not ("letters" in entry or "words" in entry)))


def _languages_in(script: str) -> Iterable[str]:
    codes = [code for code in built_in() if language(code).script == script]
    # Packs from outside are asked last, since looking them up costs as much as a small run.
    return codes or [code for code in outside() if language(code).script == script]


def _among(
    candidates: Iterable[dict[str, Any]], text: str, characters: Counter[str], script: str
) -> tuple[str, dict[str, float]]:
    evidence: dict[str, float] = {}
    for entry in candidates:
        if letters := entry.get("letters"):
            own = _count(characters, f"[{letters}]")
            share = own / (own + _count(characters, _letters(script))) if own else 0
            name = "letters"
        elif words := entry.get("words"):
            # Such words seldom touch a sign: only where too few stand between blanks are the signs taken off.
            share = _share(words, text.casefold().split())
            if share < entry["share"]:
                share = _share(words, regex.findall(r"[\p{L}\p{M}'’]+", text.casefold()))
            name = "words"
        else:
            return entry["lang"], evidence
        if share:
            evidence[f"{entry['lang']} {name}"] = round(share, 3)
        if share >= entry["share"]:
            return entry["lang"], evidence
    return ROOT, evidence


def _share(words: Iterable[str], found: list[str]) -> float:
    """The share of the words found that are among ``words``."""
    counts = Counter(found)
    return sum(map(counts.__getitem__, words)) / max(1, len(found))


def _count(characters: Counter[str], pattern: str) -> int:
    """How many characters match; each different one is looked at once, which is many times faster than the text."""
    matches = _matches(pattern)
    return sum([count for character, count in characters.items() if matches[character]])


class _Matches(dict[str, bool]):
    """Whether a character matches the pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = regex.compile(pattern)

    def __missing__(self, character: str) -> bool:
        self[character] = found = self.pattern.match(character) is not None
        return found


@cache
def _matches(pattern: str) -> _Matches:
    return _Matches(pattern)


def _letters(script: str) -> str:
    return rf"\p{{Script={language(ROOT).facts['scripts'][script]}}}"


def _variant(characters: Counter[str]) -> tuple[str, dict[str, float]]:
    """Hans or Hant, with the number of characters that only Simplified and only Traditional text has."""
    chinese = language("zh")
    only_hans, only_hant = only_simplified(chinese), only_traditional(chinese)
    simplified = sum(map(characters.__getitem__, only_hans.intersection(characters)))
    traditional = sum(map(characters.__getitem__, only_hant.intersection(characters)))
    script = "Hani" if simplified == traditional else "Hans" if simplified > traditional else "Hant"
    return script, {"simplified": simplified, "traditional": traditional}


@cache
def only_traditional(chinese: Language) -> frozenset[str]:
    """The Traditional characters that Simplified text does not have: the form differs and GB 2312 lacks it."""
    table = chinese.table("traditional.tsv")
    return frozenset(character for character in table if not _encodes(character, "gb2312"))


@cache
def only_simplified(chinese: Language) -> frozenset[str]:
    """The Simplified characters that Traditional text does not have: the form differs and Big5 lacks it.

    What stands in both (后 "queen" and 里 "mile" are Traditional too) proves nothing.
    """
    table = chinese.table("traditional.tsv")
    return frozenset(character for character in table.values() if not _encodes(character, "big5"))


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
