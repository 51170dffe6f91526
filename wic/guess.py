"""Guesses the language and script of a text, and says on what evidence.

By script first; where languages share a script, by letters or words that only one of them has (data in the
``[guess]`` parts of ``lang.toml``); Chinese is Simplified (``Hans``) or Traditional (``Hant``) by the characters
that only one of the two has (OpenCC's tables). A text that gives no evidence is ``und``, never a default language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

import regex

from wic.characters import Classes
from wic.document import Document
from wic.language import ROOT, Language, built_in, known, language, outside

_WORD = regex.compile(r"[\p{L}\p{M}'’]+")
SAMPLE = 400  # characters taken from the beginning, the middle and the end of a long text


class Guess(NamedTuple):
    """``lang`` (BCP 47), ``script`` (ISO 15924, with Hans/Hant told apart) and the shares or counts that decided."""

    lang: str
    script: str
    evidence: Mapping[str, float]


def guess(text: str) -> Guess:
    """The language a text is in, from samples of it: constant time, whatever its length."""
    if len(text) > 4 * SAMPLE:
        middle = len(text) // 2
        text = text[:SAMPLE] + text[middle : middle + SAMPLE] + text[-SAMPLE:]
    scripts = _scripts(text)
    if not scripts:
        return Guess(ROOT, "Zyyy", {})
    total = sum(scripts.values())
    most = sorted(scripts.items(), key=itemgetter(1), reverse=True)
    evidence = {script: round(weight / total, 3) for script, weight in most[:3]}
    script = most[0][0]
    lang, facts = _among(_candidates(script), text, script)
    if script == "Hani" and lang != "ja":
        script, found = _variant(text)
        facts |= found
    return Guess(lang, script, {**evidence, **facts})


def identify(document: Document, text: str | None = None) -> Document:
    """The document with ``lang`` and ``script`` filled in where they were not given, and the evidence kept.

    They are those of ``text``, where that is not the document's own but what cleaning has made of it so far.
    """
    if document.lang and document.script:
        return document
    found = guess(document.text if text is None else text)
    if document.lang:
        own = language(document.lang).script if document.lang in known() else ""
        agrees = found.lang == document.lang or not own
        return replace(document, script=found.script if agrees else own)
    provenance = {**document.provenance, "guess": dict(found.evidence)}
    return replace(document, lang=found.lang, script=found.script, provenance=provenance)


def _scripts(text: str) -> dict[str, int]:
    """Weight of each script in the text, from how many characters it has of each."""
    weights = language(ROOT).facts["weights"]
    found = _scripts_of_characters().count(text)
    total = {script: count * weights.get(script, 1) for script, count in found.items() if script}
    if "Hani" in total:  # Japanese mixes the three; its share of kana is judged later
        total["Hani"] += total.pop("Hira", 0) + total.pop("Kana", 0)
    return total


@cache
def _scripts_of_characters() -> Classes[str]:
    """The ISO 15924 codes of the scripts of letters; empty for what is no letter, or of a script that is not listed."""
    pattern = _pattern()

    def script(character: str) -> str:
        match = pattern.fullmatch(character)
        return match.lastgroup or "" if match else ""

    return Classes(script)


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


def _among(candidates: Iterable[dict[str, Any]], text: str, script: str) -> tuple[str, dict[str, float]]:
    evidence: dict[str, float] = {}
    for entry in candidates:
        if letters := entry.get("letters"):
            own = _count(text, f"[{letters}]")
            share = own / (own + _count(text, _letters(script))) if own else 0
            name = "letters"
        elif words := entry.get("words"):
            # Such words seldom touch a sign: only where too few stand between blanks are the signs taken off.
            small, known = text.casefold(), frozenset(words)
            share = _share(known, small.split())
            if share < entry["share"]:
                share = _share(known, _WORD.findall(small))
            name = "words"
        else:
            return entry["lang"], evidence
        if share:
            evidence[f"{entry['lang']} {name}"] = round(share, 3)
        if share >= entry["share"]:
            return entry["lang"], evidence
    return ROOT, evidence


def _share(words: frozenset[str], found: list[str]) -> float:
    """The share of the words found that are among ``words``."""
    return sum(map(words.__contains__, found)) / max(1, len(found))


def _count(text: str, pattern: str) -> int:
    """How many characters match."""
    return _matching(pattern).count(text).get(True, 0)


@cache
def _matching(pattern: str) -> Classes[bool]:
    match = regex.compile(pattern).match
    return Classes(lambda character: match(character) is not None)


def _letters(script: str) -> str:
    return rf"\p{{Script={language(ROOT).facts['scripts'][script]}}}"


def _variant(text: str) -> tuple[str, dict[str, float]]:
    """Hans or Hant, with the number of characters that only Simplified and only Traditional text has."""
    found = _variants().count(text)
    simplified = sum(count for (hans, _), count in found.items() if hans)
    traditional = sum(count for (_, hant), count in found.items() if hant)
    script = "Hani" if simplified == traditional else "Hans" if simplified > traditional else "Hant"
    return script, {"simplified": simplified, "traditional": traditional}


@cache
def _variants() -> Classes[tuple[bool, bool]]:
    """Whether only Simplified, and whether only Traditional text has a character."""
    chinese = language("zh")
    hans, hant = only_simplified(chinese), only_traditional(chinese)
    return Classes(lambda character: (character in hans, character in hant))


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
