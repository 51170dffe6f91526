"""dates.toml → a grammar: words with values, and rules that are regular expressions over classes of words.

A rule's ``pattern`` is a row of class names: ``weekday? the? day month (comma? year)?``. ``( ) | ? * +`` mean what they
mean in regular expressions, ``~`` before a name forbids white space there, ``!name`` and ``<name`` forbid a class after
and before, and ``slot:class`` gives the slot a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from wic.dates.build import BUILDERS, item_shapes, notation
from wic.dates.grammar import NUMBER_WORD, Grammar, Rule, Stage
from wic.dates.lexicon import SPACE, Codes, Lexicon
from wic.dates.view import Folding
from wic.errors import WicError
from wic.language import ROOT, Language, language

FILE = "dates.toml"

_ELEMENT = re.compile(
    r"\s*(?:(?P<op>[()|?*+])|(?P<tight>~)|(?P<look>[!<])(?P<no>\w+)|(?P<slot>\w+):(?P<named>\w+)|(?P<name>\w+))"
)


@cache
def grammar(code: str) -> Grammar:
    """The grammar of a language: its dates.toml on top of the root language's."""
    return compile_grammar(language(code))


def compile_grammar(own: Language) -> Grammar:
    """Compile a language's dates.toml; WicError names the file and the rule that is wrong."""
    root = language(ROOT).data(FILE)
    data = own.data(FILE) if own.code != ROOT else {}
    fold = data.get("fold", {})
    folding = Folding(_letters(own, data), fold.get("drop", ""), fold.get("ignore", ""))
    words: dict[str, dict[str, Any]] = {}
    capital = frozenset(folding.fold(word) for word in data.get("capital", ()))  # words that need a capital letter
    for source in (root, data):
        for name, entries in source.get("words", {}).items():
            for key, spellings in entries.items() if isinstance(entries, dict) else [("", entries)]:
                for spelling in spellings:
                    words.setdefault(folding.fold(spelling), {})[name] = int(key) if key.lstrip("-").isdigit() else key
        for key, spellings in source.get("items", {}).items():
            for spelling in spellings:
                words.setdefault(folding.fold(spelling), {})["item"] = key
        for veto in source.get("veto", ()):
            for spelling in veto["words"]:
                words.setdefault(folding.fold(spelling), {})["veto"] = ""
    codes = Codes()
    for shape in item_shapes():
        codes.of(shape)
    glue = {*root["glue"], *data.get("glue", ())}
    lexicon = Lexicon(
        codes,
        words,
        capital,
        frozenset(data.get("lower", ())),
        data.get("scan", {}),
        bool(data.get("han")),
        frozenset(glue),
    )
    _number_word_codes(codes, lexicon.words)
    without = set(data.get("without", ()))  # rules of the root language that this one has no use for
    rules = [rule for rule in root.get("rule", ()) if rule["name"] not in without]
    rules += data.get("rule", ()) if own.code != ROOT else ()
    stages: dict[str, list[Rule]] = {name: [] for name in root["stages"]}
    for order, entry in enumerate(rules):
        if entry.get("only") and own.code not in entry["only"]:
            continue
        try:
            stages[entry["stage"]].append(_rule(entry, order, codes, folding))
        except (KeyError, re.error, ValueError) as error:
            raise WicError(
                f"dates.toml of {own.code}: rule {entry.get('name')!r}: {error!r}", "correct the rule"
            ) from None
    strong = "".join(code for classes, code in codes._codes.items() if not classes <= glue)
    numeric = (
        codes.having("digit")
        + codes.having("decimal")
        + codes.having("long")
        + codes.having("word")
        + codes.having("han")
    )
    strong = "".join(code for code in strong if code not in numeric)
    separator = _any(codes.having("dash") + codes.having("slash") + codes.having("dot") + codes.having("to") + SPACE)
    year = _any(codes.having("yyyy") + codes.having("yy"))
    digit = _any(codes.having("digit"))
    trigger = f"{_any(codes.having('ymd8'))}|{digit}{separator}+{year}|{year}{separator}+{digit}"
    bracketed = f"{_any(codes.having('open'))}{SPACE}?{year}{SPACE}?{_any(codes.having('close'))}"
    trigger += f"|{bracketed}|^{year}{SPACE}?{_any(codes.having('dash'))}"
    trigger += f"|{digit}{SPACE}?{_any(codes.having('slash'))}{SPACE}?{digit}"
    trigger += f"|^{year}(?:{digit}{digit})?$"
    trigger += (
        f"|{_any(codes.having('decimal'))}{_any(codes.having('to'))}[{codes.having('decimal')}{codes.having('yyyy')}]"
    )
    if data.get("bare_years"):
        trigger += f"|{_any(''.join(set(codes.having('yyyy')) & set(codes.having('digit'))))}"
    facts = {
        **root.get("facts", {}),
        **data.get("facts", {}),
        "cues": data.get("cues", {}),
        "also": data.get("also", ()) if data else root["also"],
    }
    return Grammar(
        code=own.code,
        lexicon=lexicon,
        stages=tuple(Stage(rules) for rules in stages.values() if rules),
        folding=folding,
        trigger=re.compile(trigger),
        strong=frozenset(strong),
        numeric=frozenset(
            codes.having("yyyy")
            + codes.having("yy")
            + codes.having("ymd8")
            + codes.having("slash")
            + codes.having("decimal")
        ),
        gap=re.compile(data.get("gap", " *")),
        facts=facts,
        codes=codes,
        number_words=any(NUMBER_WORD & values.keys() for values in words.values()),
        joins=codes.having("join"),
        ordinal_ends=bool(data.get("ordinal_ends")),
        breaks=codes.having("veto"),
        shape_codes={shape: codes.of(shape) for shape in item_shapes()},
    )


def _number_word_codes(codes: Codes, words: Mapping[str, Mapping[str, Any]]) -> None:
    """Codes for number words that are something else besides (second: 2nd, and a unit)."""
    shapes = [classes for classes in codes._codes if "n" in classes and ("word" in classes or "ord" in classes)]
    for values in words.values():
        extra = values.keys() - {"num", "ord", "times"}
        if extra and len(extra) < len(values):
            for shape in shapes:
                codes.of(shape | extra)


def _letters(own: Language, data: Mapping[str, Any]) -> dict[str, str]:
    fold = data.get("fold", {})
    letters: dict[str, str] = dict(own.table(fold["table"])) if "table" in fold else {}
    letters = {key: value for key, value in letters.items() if len(key) == len(value) == 1}
    for target, sources in fold.get("letters", {}).items():
        letters |= dict.fromkeys(sources, target)
    return letters


def _any(codes: str) -> str:
    return f"[{codes}]" if codes else "(?!)"


def _rule(entry: Mapping[str, Any], order: int, codes: Codes, folding: Folding) -> Rule:
    pattern = _Pattern(entry["pattern"], codes)
    fixed = dict(entry.get("set", {}).items())
    if "item" in fixed:
        notation(fixed["item"])
    if entry["make"] not in BUILDERS:
        raise ValueError(f"no builder {entry['make']!r}")
    return Rule(
        name=entry["name"],
        stage=entry["stage"],
        make=entry["make"],
        regex=pattern.regex,
        slots=tuple(pattern.slots),
        fixed=fixed,
        before=f"(?:{entry['before']})$" if "before" in entry else "",
        after=entry.get("after", ""),
        after_original=entry.get("after_original", ""),
        need=pattern.need,
        order=order,
        weight=entry.get("weight", 0),
    )


class _Pattern:
    """Turns the pattern of a rule into a regular expression, by recursive descent."""

    def __init__(self, pattern: str, codes: Codes) -> None:
        self._codes = codes
        self._tokens = self._read(pattern.strip())
        self._place = 0
        self.slots: list[tuple[str, str]] = []  # groups of the regular expression with their slots
        self.regex, need = self._alternatives()
        if self._place < len(self._tokens):
            raise ValueError("unbalanced parentheses")
        if need is None:
            raise ValueError("the pattern could match nothing")
        self.need = frozenset(need)  # codes one of which any match must have

    @staticmethod
    def _read(pattern: str) -> list[re.Match[str]]:
        tokens, place = [], 0
        while place < len(pattern):
            match = _ELEMENT.match(pattern, place)
            if not match:
                raise ValueError(f"cannot read {pattern[place:]!r}")
            tokens.append(match)
            place = match.end()
        return tokens

    def _next_is(self, *ops: str) -> bool:
        return self._place < len(self._tokens) and self._tokens[self._place]["op"] in ops

    def _alternatives(self) -> tuple[str, str | None]:
        """One or more rows with | between them, and the codes one of which is in each of them (None: not needed)."""
        rows = [self._row()]
        while self._next_is("|"):
            self._place += 1
            rows.append(self._row())
        needs = [need for _, need in rows]
        return "|".join(regex for regex, _ in rows), None if None in needs else "".join(map(str, needs))

    def _row(self) -> tuple[str, str | None]:
        out: list[str] = []
        best: str | None = None
        tight = False
        while self._place < len(self._tokens) and not self._next_is("|", ")"):
            token = self._tokens[self._place]
            self._place += 1
            if token["tight"]:
                tight = True
                continue
            need: str | None = None
            if token["look"]:
                known = _any(_known(token["no"], self._codes))
                element = f"(?!{SPACE}?{known})" if token["look"] == "!" else f"(?<!{known})(?<!{known}{SPACE})"
            elif token["op"] == "(":
                inner, need = self._alternatives()
                if not self._next_is(")"):
                    raise ValueError("unbalanced parentheses")
                self._place += 1
                if tight:  # no white space before the group: none before its first element
                    inner = re.sub(rf"(^|\|){SPACE}\?", r"\1", inner)
                element = f"(?:{inner})"
            elif token["op"]:
                raise ValueError(f"misplaced {token['op']}")
            else:
                name = token["named"] or token["name"]
                group = f"{name}__{len(self.slots)}"
                self.slots.append((group, token["slot"] or name))
                need = _known(name, self._codes)
                element = f"(?P<{group}>{_any(need)})"
                element = element if tight else f"(?:{SPACE}?{element})"
            tight = False
            if self._next_is("?", "*", "+"):
                op = self._tokens[self._place]["op"]
                self._place += 1
                element += op
                if op != "+":
                    need = None
            if need is not None and (best is None or len(need) < len(best)):
                best = need
            out.append(element)
        return "".join(out), best


def _known(name: str, codes: Codes) -> str:
    if name == "glued":
        return codes.having(name)
    glued = codes.having("glued")
    return "".join(code for code in codes.having(name) if code not in glued)
