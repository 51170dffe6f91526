"""Cleaning rules: data in the ``clean.toml`` of each language, with a reason and examples that the tests run.

A rule is a pattern with its replacement, or the name of an algorithm in this package with its options. It belongs
to a stage; stages are applied in the order of ``STAGES``. A language has the rules of ``und`` and its own; one of
its own takes the place of one of ``und`` with the same name.

    [[rule]]
    name = "tone-before-vowel"         # stands in every edit that the rule makes
    stage = "marks"
    why = "What the damage is, how it comes about, and why nothing healthy looks like that."
    needs = '\\u0e48-\\u0e4b'            # characters, as in [...]; a text with none of them is not searched
    pattern = '([{tone}])([{vowel}])'  # Python regular expression; {name} stands for one of [classes]
    replace = '\\2\\1'                   # or `map`, `normal`, `flag`, see below
    examples = [{ raw = "...", clean = "..." }, { keep = "..." }]

Instead of ``replace``: ``map`` (for each character another), ``normal`` (the Unicode normal form that the match gets),
``flag`` (the match is left alone and reported with this reason).

Further keys: ``contains`` (strings of which the text must hold one; with ``$`` behind it, at its very end; looking for
them is cheaper than the pattern), ``evidence`` (a list of ``{ pattern, at_least }`` that the document must show, ``at_least`` is 1 where
it is not said), ``unless`` (patterns that it must not show), ``minority`` (a pattern that must have more matches
than the rule's own, unless those are ``FEW``: the document shows what it holds for right), ``default = false`` (only when it is asked for). Where
the pattern has a group named ``unit``, the edit covers that group and not the whole match. ``algorithm`` names a
module of this package with a function ``repair``; ``options`` are its data. Rules of one stage that name the same
algorithm are carried out together.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Literal

from wic.document import Edit, Flag, new_edit
from wic.errors import WicError
from wic.language import ROOT, Language, built_in, known, language, nearest

STAGES = (
    "entities",
    "mojibake",
    "invisible",
    "composition",
    "garble",
    "punctuation",
    "marks",
    "forms",
    "boilerplate",
    "blanks",
    "suspects",
    "captions",
    "typography",
    "conversion",
    "duplicates",
)
FEW = 3
DECODING = STAGES[:2]  # before them the script may be hidden, so they come before the language is guessed
FIELDS = {
    "name", "stage", "why", "examples", "default", "needs", "pattern", "replace", "map", "normal", "flag", "contains",
    "evidence",     "unless", "minority", "algorithm", "options",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document must show before a rule may be applied: ``at_least`` matches of ``pattern``."""

    pattern: re.Pattern[str]
    at_least: int

    def shown(self, text: str) -> bool:
        found = self.pattern.finditer(text)
        return all(next(found, None) for _ in range(self.at_least))


@dataclass(frozen=True, eq=False)  # so that a rule can be the key of what is made for it once
class Rule:
    """One repair. ``code`` is the language whose data it is; ``examples`` are ``{raw, clean}`` or ``{keep}``."""

    name: str
    stage: str
    code: str
    why: str
    examples: tuple[Mapping[str, str], ...]
    default: bool = True
    algorithm: str = ""
    pattern: re.Pattern[str] | None = None
    replace: str = ""
    map: Mapping[int, str] | None = None
    normal: Literal["", "NFC", "NFKC"] = ""
    flag: str = ""
    needs: frozenset[str] = frozenset()
    contains: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()
    minority: re.Pattern[str] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def how(self) -> str:
        """The pattern and what is put for it, or the name of the algorithm."""
        if self.pattern is None:
            return self.algorithm
        if self.normal or self.map:
            return f"{self.pattern.pattern} → {self.normal or 'other characters'}"
        return f"{self.pattern.pattern} → {'a flag' if self.flag else self.replace or '(nothing)'}"

    def may_apply(self, text: str) -> bool:
        """Whether a document that has some of the characters that the rule ``needs`` shows what else it asks for."""
        if self.contains and not any(map(partial(_holds, text), self.contains)):
            return False
        if self.evidence and not all(proof.shown(text) for proof in self.evidence):
            return False
        if self.unless and any(veto.search(text) for veto in self.unless):
            return False
        return self.minority is None or self._is_minority(text)

    def _is_minority(self, text: str) -> bool:
        assert self.pattern is not None and self.minority is not None
        own = sum(1 for _ in self.pattern.finditer(text))
        return own <= FEW or own < sum(1 for _ in self.minority.finditer(text))

    def edits(self, text: str) -> list[Edit]:
        """The edits that a rule with a pattern makes in the text."""
        assert self.pattern is not None
        unit = "unit" if "unit" in self.pattern.groupindex else 0
        after = self._after(unit)
        name, found = self.name, self.pattern.finditer(text)
        return [
            new_edit((name, *match.span(unit), before, meant, 1.0))
            for match in found
            if (meant := after(match)) != (before := match[unit])
        ]

    def _after(self, unit: str | int) -> Callable[[re.Match[str]], str]:
        """What is put for the ``unit`` of a match."""
        if (swap := self.map) is not None:
            return lambda match: match[unit].translate(swap)
        if normal := self.normal:
            return lambda match: unicodedata.normalize(normal, match[unit])
        parts = _template(self.replace)
        if not parts:
            return lambda match: ""
        if len(parts) == 1 and isinstance(literal := parts[0], str):
            return lambda match: literal
        return lambda match: "".join([part if isinstance(part, str) else match[part] or "" for part in parts])

    def flags(self, text: str) -> Iterator[Flag]:
        """The places that a rule with ``flag`` leaves alone and reports."""
        assert self.pattern is not None
        for match in self.pattern.finditer(text):
            yield Flag(self.name, *match.span(), self.flag)


@cache
def _template(replace: str) -> tuple[str | int, ...]:
    """A replacement as literal parts and numbers of groups; ``Match.expand`` parses it anew for every match."""
    parts = re.split(r"\\(\d)", replace)
    return tuple(int(part) if number % 2 else part for number, part in enumerate(parts) if part)


def _holds(text: str, part: str) -> bool:
    return text.endswith(part[:-1]) if part.endswith("$") else part in text


def rules(code: str) -> tuple[Rule, ...]:
    """The rules for a text in the language ``code``, in the order in which they are applied."""
    return _rules(nearest(code).code)


@cache
def _rules(code: str) -> tuple[Rule, ...]:
    found = {rule.name: rule for rule in _own(ROOT)}
    if code != ROOT:
        found |= {rule.name: rule for rule in _own(code)}
    return tuple(sorted(found.values(), key=lambda rule: STAGES.index(rule.stage)))


def names() -> frozenset[str]:
    """Names that a selection can use: of the rules of all languages, and of the stages."""
    return frozenset(rule.name for code in (ROOT, *known()) for rule in _own(code)) | frozenset(STAGES)


@cache
def signature(code: str, only: frozenset[str], skip: frozenset[str], enable: frozenset[str]) -> str:
    """What a text in a language was cleaned with, short: the selection and a hash over the data of the rules.

    That is ``safe@3f2a91`` for all languages that ship with wic; one from outside adds its own rules.
    """
    digest = hashlib.sha256()
    own = nearest(code).code
    for each in dict.fromkeys((ROOT, *built_in(), own)):
        path = _folder_file(language(each))
        digest.update(path.read_bytes() if path else b"")
    parts = ["only:" + ",".join(sorted(only)) if only else "safe"]
    parts += [f"+{name}" for name in sorted(enable)] + [f"-{name}" for name in sorted(skip)]
    return f"{''.join(parts)}@{digest.hexdigest()[:6]}"


def _folder_file(spoken: Language) -> Any:
    path = spoken.folder / "clean.toml" if spoken.folder else None
    return path if path is not None and path.is_file() else None


@cache
def _own(code: str) -> tuple[Rule, ...]:
    data = language(code).data("clean.toml")
    classes = {**(language(ROOT).data("clean.toml").get("classes", {})), **data.get("classes", {})}
    return tuple(_rule(code, entry, classes) for entry in data.get("rule", ()))


def _rule(code: str, entry: Mapping[str, Any], classes: Mapping[str, str]) -> Rule:
    name = entry.get("name", "?")

    def compiled(pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(re.sub(r"\{([a-z_]+)\}", lambda match: classes[match[1]], pattern))
        except (re.error, KeyError) as error:
            raise WicError(f"rule {name!r} of language {code!r}: {error}", f"correct this pattern: {pattern}") from None

    if unknown := set(entry) - FIELDS:
        raise WicError(f"rule {name!r} of language {code!r}: unknown keys {', '.join(sorted(unknown))}")
    if entry["stage"] not in STAGES:
        raise WicError(
            f"rule {name!r} of language {code!r}: no stage {entry['stage']!r}", f"stages: {', '.join(STAGES)}"
        )
    swap = entry.get("map")
    return Rule(
        name=name,
        stage=entry["stage"],
        code=code,
        why=entry["why"],
        examples=tuple(entry["examples"]),
        default=entry.get("default", True),
        algorithm=entry.get("algorithm", ""),
        pattern=compiled(entry["pattern"]) if "pattern" in entry else None,
        replace=entry.get("replace", ""),
        map=str.maketrans(swap) if swap else None,
        normal=entry.get("normal", ""),
        flag=entry.get("flag", ""),
        needs=_characters(entry.get("needs", ""), classes),
        contains=tuple(entry.get("contains", ())),
        evidence=tuple(
            Evidence(compiled(proof["pattern"]), proof.get("at_least", 1)) for proof in entry.get("evidence", ())
        ),
        unless=tuple(compiled(pattern) for pattern in entry.get("unless", ())),
        minority=compiled(entry["minority"]) if "minority" in entry else None,
        options=entry.get("options", {}),
    )


def _characters(needs: str, classes: Mapping[str, str]) -> frozenset[str]:
    """The characters that ``needs`` names, written as between the brackets of a character class."""
    needs = re.sub(r"\{([a-z_]+)\}", lambda match: classes[match[1]], needs)
    codes = r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\U([0-9a-f]{8})"
    needs = re.sub(codes, lambda match: chr(int(match[1] or match[2] or match[3], 16)), needs)
    found: set[str] = set()
    for match in re.finditer(r"\\?(.)(?:-\\?(.))?", needs, re.DOTALL):
        found.update(map(chr, range(ord(match[1]), ord(match[2] or match[1]) + 1)))
    return frozenset(found)
