"""Which engine takes which part of a text: each script goes to the engine that knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import regex

from wic.document import Document
from wic.language import ROOT, built_in, language, nearest
from wic.segment.catalogue import Engine, engine

#: Scripts of documents that are written in the characters of another.
_SAME = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani"}


class Zone(NamedTuple):
    """``start:end`` of the clean text, for one engine."""

    start: int
    end: int
    engine: Engine


class Plan(NamedTuple):
    """The engine of each script, and the engine of everything else."""

    scripts: tuple[tuple[str, str], ...]
    rest: str


def plan(document: Document, name: str = "") -> Plan:
    """Which engines a document needs.

    ``name`` is the engine asked for: it gets all the scripts that it knows, and in a document of such a script, or
    of one that no engine claims, everything else too. Other documents keep their own engine for the rest.
    """
    return _plan(document.lang, document.script, name)


@cache
def _plan(lang: str, script: str, name: str) -> Plan:
    scripts = dict(_by_script())
    script = _SAME.get(script, script)
    if own := _own(lang):
        scripts[script] = own
    if name:
        scripts |= dict.fromkeys(engine(name).scripts, name)
    main = engine(scripts.get(script, name or "uax29"))
    rest = main if main.rest else engine("uax29")
    # The promise of an exact engine covers the Latin words between its own.
    scripts["Latn"] = rest.name if rest.exact or rest.latin else "uax29"
    scripts.pop("", None)
    return Plan(tuple(sorted(scripts.items())), rest.name)


def zones(text: str, plan: Plan) -> Iterator[Zone]:
    """The text cut where the engine changes.

    White space, digits and punctuation between two parts of one engine belong to it; all others go to the engine
    of the rest. A combining mark stays with the character before it.
    """
    rest = engine(plan.rest)
    position = 0
    pattern, sign = _foreign(plan)
    if pattern is not None and sign.search(text):
        for found in pattern.finditer(text):
            if found.start() > position:
                yield Zone(position, found.start(), rest)
            yield Zone(found.start(), found.end(), engine(_group_names(plan)[found.lastgroup or ""]))
            position = found.end()
    if position < len(text):
        yield Zone(position, len(text), rest)


@cache
def _by_script() -> tuple[tuple[str, str], ...]:
    """The default engine of each script that has one: from the language folders, then from the root's table."""
    found: dict[str, str] = dict(language(ROOT).data("segment.toml").get("scripts", {}))
    for code in built_in():
        own = language(code)
        if own.script and own.words != "uax29":
            found.setdefault(own.script, own.words)
    return tuple(found.items())


def _own(code: str) -> str:
    """The engine that a language names for itself, or that the root names for a language without a folder."""
    own = nearest(code)
    if own.code != ROOT:
        return str(own.facts.get("words", ""))
    return str(own.data("segment.toml").get("languages", {}).get(code.partition("-")[0], ""))


@cache
def _group_names(plan: Plan) -> dict[str, str]:
    names = dict.fromkeys(name for _, name in plan.scripts if name != plan.rest)
    return {f"e{number}": name for number, name in enumerate(names)}


@cache
def _foreign(plan: Plan) -> tuple[regex.Pattern[str] | None, re.Pattern[str]]:
    """Finds the parts that do not go to the engine of the rest; and what finds quickly whether there can be any."""
    names: Mapping[str, str] = language(ROOT).facts["scripts"]
    parts, every = [], []
    for group, name in _group_names(plan).items():
        codes = [code for code, user in plan.scripts if user == name and code in names]
        letters = "[" + "".join(rf"\p{{Script={names[code]}}}" for code in codes) + "]"
        every += codes
        begin = rf"(?!\p{{M}}){letters}"
        parts.append(
            rf"(?P<{group}>{begin}[{letters}\p{{M}}]*+(?:[\p{{Common}}\p{{Inherited}}]*{begin}[{letters}\p{{M}}]*+)*+)"
        )
    return regex.compile("|".join(parts), regex.V1) if parts else None, _any_of(every)


def _any_of(scripts: list[str]) -> re.Pattern[str]:
    """Finds the characters of the scripts, and any beyond U+FFFF; many times faster than properties do."""
    names = language(ROOT).facts["scripts"]
    letters = regex.compile("[" + "".join(rf"\p{{Script={names[code]}}}" for code in scripts) + "]+|(?!)")
    runs = (found.span() for found in letters.finditer("".join(map(chr, range(0x10000)))))
    ranges = (f"{re.escape(chr(start))}-{re.escape(chr(end - 1))}" for start, end in runs)
    return re.compile(f"[{''.join(ranges)}\U00010000-\U0010ffff]")
