"""dates.toml → a grammar: words with values, and rules that are regular expressions over classes of words.

A rule's ``pattern`` is a row of class names: ``weekday? the? day month (comma? year)?``. ``( ) | ? * +`` mean what they
mean in regular expressions, ``~`` before a name forbids white space there, ``!name`` and ``<name`` forbid a class after
and before, and ``slot:class`` gives the slot a name of its own. What a rule has made of its atoms is an item again,
with classes for its granularity, and rules of later stages build on it. Stages run in the order of ``stages`` in
the root language's file; within a stage the longest match wins, then the leftmost, then the earlier rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from wic.dates.build import BUILDERS, classes_of, item_shapes, notation
from wic.dates.lexicon import SPACE, Codes, Item, Lexicon
from wic.dates.numerals import Word, longest
from wic.dates.view import Folding, View
from wic.errors import WicError
from wic.language import ROOT, Language, language

FILE = "dates.toml"
MOST_ATOMS = 48  # of one run; a longer one is cut, so that no input takes more than linear time

_ELEMENT = re.compile(r"\s*(?:(?P<op>[()|?*+])|(?P<tight>~)|(?P<look>[!<])(?P<no>\w+)|(?P<slot>\w+):(?P<named>\w+)|(?P<name>\w+))")


_NUMBER_WORD = {"num", "times", "ord"}


class Rule(NamedTuple):
    """One rule of a grammar. ``need`` holds codes of which the run must have at least one, for a quick refusal."""

    name: str
    stage: str
    make: str
    regex: re.Pattern[str]
    slots: tuple[tuple[str, str], ...]  # group of the regex, slot
    fixed: Mapping[str, Any]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    after_original: re.Pattern[str] | None  # matched against the text with its capitals
    need: frozenset[str]
    order: int
    weight: int = 0


@dataclass(frozen=True)
class Grammar:
    """The compiled grammar of one language; ``facts`` are the other settings of its dates.toml."""

    code: str
    lexicon: Lexicon
    stages: tuple[tuple[Rule, ...], ...]
    folding: Folding
    trigger: re.Pattern[str]
    gap: re.Pattern[str]
    facts: Mapping[str, Any]
    codes: Codes
    number_words: bool
    joins: str
    breaks: str
    shape_codes: Mapping[frozenset[str], str] = field(default_factory=dict)

    def candidates(self, view: View, original: str) -> Iterator[Item]:
        """What the rules make of a text, in order and without overlap; meanings are not yet resolved."""
        for run in self._runs(view, original):
            for item in self._parse(run, view, original):
                if item.node is not None:
                    yield item

    def _runs(self, view: View, original: str) -> Iterator[list[Item]]:
        """Runs of atoms with nothing but white space between them that hold something that could be a date."""
        run: list[Item] = []
        text, gap, trigger, breaks = view.text, self.gap, self.trigger, self.breaks
        last = -1
        for atom in self.lexicon.atoms(view, original):
            start = atom.start
            if run and (start != last and not gap.fullmatch(text, last, start) or atom.code in breaks or len(run) >= MOST_ATOMS):
                if trigger.search("".join([item.code for item in run])):
                    yield run
                run = []
            if atom.code not in breaks:
                run.append(atom)
            last = atom.end
        if run and trigger.search("".join([item.code for item in run])):
            yield run

    def _parse(self, run: list[Item], view: View, original: str) -> list[Item]:
        if self.number_words:
            run = self._numerals(run)
        items: list[Item | None] = []
        for atom in run:
            if items and items[-1] is not None and atom.start > items[-1].end:
                items.append(None)
            items.append(atom)
        for rules in self.stages:
            for _ in range(5):
                if not self._reduce(rules, items, view, original):
                    break
        return [item for item in items if item is not None]

    def _reduce(self, rules: Sequence[Rule], items: list[Item | None], view: View, original: str) -> bool:
        """One round of a stage: the best matches that do not overlap are replaced by what they mean."""
        string = "".join([SPACE if item is None else item.code for item in items])
        found = []
        present = set(string)
        for rule in rules:
            if rule.need and rule.need.isdisjoint(present):
                continue
            for match in rule.regex.finditer(string):
                start, end = match.span()
                if string[start] == SPACE:
                    start += 1
                found.append((start - end - rule.weight, start, rule.order, end, rule, match))
        if not found:
            return False
        found.sort(key=lambda entry: entry[:3])
        taken: list[tuple[int, int, Item]] = []
        for _, start, _, end, rule, match in found:
            if any(start < other_end and other_start < end for other_start, other_end, _ in taken):
                continue
            made = self._make(rule, match, items, start, end, view, original)
            if made is not None:
                taken.append((start, end, made))
        for start, end, made in sorted(taken, key=lambda entry: entry[:2], reverse=True):
            items[start:end] = [made]
        return bool(taken)

    def _make(
        self, rule: Rule, match: re.Match[str], items: Sequence[Item | None], start: int, end: int, view: View, original: str
    ) -> Item | None:
        first, last = items[start], items[end - 1]
        assert first is not None and last is not None
        text = view.text
        if rule.before and not rule.before.search(text, max(0, first.start - 40), first.start):
            return None
        if rule.after and not rule.after.match(text, last.end):
            return None
        if rule.after_original and not rule.after_original.match(original, view.span(last.start, last.end)[1]):
            return None
        slots: dict[str, Any] = dict(rule.fixed)
        span_start, span_end = first.start, last.end
        for group, slot in rule.slots:
            place = match.start(group)
            if place < 0:
                continue
            stop = match.end(group)
            while place < stop and items[place] is None:
                place += 1
            item = items[place]
            assert item is not None
            if slot == "out":  # read, but not part of the expression
                if item.start == span_start:
                    following = next(other for other in items[stop:end] if other is not None)
                    span_start = following.start
                else:
                    span_end = next(other for other in reversed(items[start:place]) if other is not None).end
                continue
            slots[slot] = item
            slots.setdefault("class:" + slot, group.rpartition("__")[0])
        made = BUILDERS[rule.make](slots, [item for item in items[start:end] if item is not None], self.facts)
        if made is None:
            return None
        trail = tuple(name for item in items[start:end] if item is not None for name in item.trail)
        return Item(span_start, span_end, self.shape_codes[classes_of(made)], {}, made, (*trail, rule.name))

    def _numerals(self, run: list[Item]) -> list[Item]:
        """Number words put together: [خمسة, و, عشرين] → 25; ordinals likewise."""
        out: list[Item] = []
        place = 0
        while place < len(run):
            atom = run[place]
            if not (_NUMBER_WORD & atom.values.keys()):
                out.append(atom)
                place += 1
                continue
            parts, stops, stop = [atom], [place + 1], place + 1
            while stop < len(run):
                step = stop
                if run[step].code in self.joins:
                    step += 1
                if step >= len(run) or not (_NUMBER_WORD & run[step].values.keys()):
                    break
                parts.append(run[step])
                stop = step + 1
                stops.append(stop)
            words = [self._number_word(part) for part in parts]
            value, used = longest(words)
            if used == 0:
                out.append(atom)
                place += 1
                continue
            ordinal = any("ord" in part.values for part in parts[:used])
            end = parts[used - 1].end
            made = self.lexicon.number(atom.start, end, value, 0, "word", ordinal)
            extra = {name: worth for name, worth in atom.values.items() if name not in ("num", "ord", "times")} if used == 1 else {}
            if extra:
                made = Item(made.start, made.end, self._widened(made.code, extra), {**made.values, **extra})
            out.append(made)
            place = stops[used - 1]
        return out

    def _widened(self, code: str, extra: Mapping[str, Any]) -> str:
        classes = next(key for key, value in self.codes._codes.items() if value == code)
        return self.codes.of(classes | extra.keys())

    def _number_word(self, item: Item) -> Word:
        values = item.values
        if "times" in values:
            return Word(values["times"], True)
        return Word(values["num"] if "num" in values else values["ord"])


@cache
def grammar(code: str) -> Grammar:
    """The grammar of a language: its dates.toml on top of the root language's."""
    return compile_grammar(language(code))


def compile_grammar(own: Language) -> Grammar:
    """Compile a language's dates.toml; WicError names the file and the rule that is wrong."""
    root = language(ROOT).data(FILE)
    data = own.data(FILE) if own.code != ROOT else {}
    folding = Folding(_letters(own, data), data.get("fold", {}).get("drop", ""))
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
    lexicon = Lexicon(codes, words, capital, frozenset(data.get("lower", ())), data.get("scan", {}), bool(data.get("han")))
    _number_word_codes(codes, lexicon.words)
    rules = [rule for source in (root, data) for rule in source.get("rule", ())]
    stages: dict[str, list[Rule]] = {name: [] for name in root["stages"]}
    for order, entry in enumerate(rules):
        if entry.get("only") and own.code not in entry["only"]:
            continue
        try:
            stages[entry["stage"]].append(_rule(entry, order, codes, folding))
        except (KeyError, re.error, ValueError) as error:
            raise WicError(f"dates.toml of {own.code}: rule {entry.get('name')!r}: {error!r}", "correct the rule") from None
    glue = {*root["glue"], *data.get("glue", ())}
    strong = "".join(code for classes, code in codes._codes.items() if not classes <= glue)
    numeric = codes.having("digit") + codes.having("decimal") + codes.having("long") + codes.having("word") + codes.having("han")
    strong = "".join(code for code in strong if code not in numeric)
    separator = _any(codes.having("dash") + codes.having("slash") + codes.having("dot") + codes.having("to") + SPACE)
    year = _any(codes.having("yyyy") + codes.having("yy"))
    trigger = f"[{strong}]" if strong else "(?!)"
    trigger += f"|{_any(codes.having('ymd8'))}|{_any(codes.having('digit'))}{separator}+{year}|{year}{separator}+{_any(codes.having('digit'))}"
    if data.get("bare_years"):
        trigger += f"|{_any(''.join(set(codes.having('yyyy')) & set(codes.having('digit'))))}"
    facts = {**root.get("facts", {}), **data.get("facts", {}), "cues": data.get("cues", {}), "also": data.get("also", root.get("also", ()))}
    return Grammar(
        code=own.code,
        lexicon=lexicon,
        stages=tuple(tuple(rules) for rules in stages.values()),
        folding=folding,
        trigger=re.compile(trigger),
        gap=re.compile(data.get("gap", " *")),
        facts=facts,
        codes=codes,
        number_words=any(_NUMBER_WORD & values.keys() for values in words.values()),
        joins=codes.having("join"),
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
    regex, slots, need = _pattern(entry["pattern"], codes)
    fixed = {key: value for key, value in entry.get("set", {}).items()}
    if "item" in fixed:
        notation(fixed["item"])
    if entry["make"] not in BUILDERS:
        raise ValueError(f"no builder {entry['make']!r}")
    return Rule(
        name=entry["name"],
        stage=entry["stage"],
        make=entry["make"],
        regex=re.compile(regex),
        slots=tuple(slots),
        fixed=fixed,
        before=re.compile(f"(?:{entry['before']})$") if "before" in entry else None,
        after=re.compile(entry["after"]) if "after" in entry else None,
        after_original=re.compile(entry["after_original"]) if "after_original" in entry else None,
        need=need,
        order=order,
        weight=entry.get("weight", 0),
    )


def _pattern(pattern: str, codes: Codes) -> tuple[str, list[tuple[str, str]], frozenset[str]]:
    """The regular expression of a pattern, its groups with their slots, and codes one of which must be there."""
    out: list[str] = []
    slots: list[tuple[str, str]] = []
    tight = False
    place = depth = 0
    pattern = pattern.strip()
    need: str | None = None
    while place < len(pattern):
        match = _ELEMENT.match(pattern, place)
        if not match:
            raise ValueError(f"cannot read {pattern[place:]!r}")
        place = match.end()
        if match["op"]:
            depth += {"(": 1, ")": -1}.get(match["op"], 0)
            out.append("(?:" if match["op"] == "(" else match["op"])
        elif match["tight"]:
            tight = True
        elif match["look"]:
            known = _known(match["no"], codes)
            out.append(f"(?!{SPACE}?{_any(known)})" if match["look"] == "!" else f"(?<!{_any(known)})(?<!{_any(known)}{SPACE})")
        else:
            name = match["named"] or match["name"]
            slot = match["slot"] or name
            group = f"{name}__{len(slots)}"
            slots.append((group, slot))
            known = _known(name, codes)
            optional = pattern[place : place + 1] in ("?", "*")
            if not depth and not optional and "|" not in pattern and (need is None or len(known) < len(need)):
                need = known
            element = f"(?P<{group}>{_any(known)})"
            element = element if tight else f"{SPACE}?{element}"
            out.append(f"(?:{element})" if pattern[place : place + 1] in ("?", "*", "+") and pattern[place : place + 1] else element)
            tight = False
    return "".join(out), slots, frozenset(need or ())


def _known(name: str, codes: Codes) -> str:
    if name == "glued":
        return codes.having(name)
    return "".join(code for code in codes.having(name) if code not in codes.having("glued"))
