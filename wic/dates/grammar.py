"""A grammar at work: stages of rules over rows of codes, each code standing for a class of words.

What a rule has made of its atoms is an item again, with classes for its granularity, and rules of later stages build
on it. Stages run in the order of ``stages`` in the root language's file; within a stage the longest match wins, then
the leftmost, then the earlier rule. ``wic/dates/compile.py`` makes a grammar from a language's dates.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from wic.dates.build import BUILDERS, classes_of
from wic.dates.lexicon import SPACE, Codes, Item, Lexicon
from wic.dates.numerals import Word, longest
from wic.dates.view import Folding, View
from wic.errors import WicError

MOST_BLANKS = 8  # between two atoms of a run
MOST_ROWS = 4096  # rows of codes whose matches a stage remembers
MOST_ROUNDS = 5  # of a stage in one run
MOST_ATOMS = 48  # of one run; a longer one is cut, so that no input takes more than linear time
NUMBER_WORD = {"num", "times", "ord"}  # what a word that is part of a number can be


class Rule(NamedTuple):
    """One rule of a grammar, its regular expressions not yet compiled: most texts need few of them.

    ``need`` holds codes of which the run must have at least one, for a quick refusal.
    """

    name: str
    stage: str
    make: str
    regex: str
    slots: tuple[tuple[str, str], ...]  # group of the regex, slot
    fixed: Mapping[str, Any]
    before: str
    after: str
    after_original: str  # matched against the text with its capitals
    need: frozenset[str]
    order: int
    weight: int = 0


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression of a rule; WicError names one that cannot be read."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise WicError(f"dates.toml: cannot read the regular expression {pattern!r}: {error}", "correct it") from None


class Match(NamedTuple):
    """Where a rule matches a row of codes: items ``start:end``, and the places of its slots."""

    start: int
    end: int
    rule: Rule
    slots: tuple[tuple[str, str, int, int], ...]  # class, slot, start, end


class Stage:
    """Rules that compete with each other, and what they match in the rows of codes seen so far.

    A match depends on the row alone, and news says most of what it says in the same few ways, so it is looked up.
    ``need`` holds codes of which a run must have one for any of the rules to match.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.need = frozenset[str]().union(*(rule.need for rule in rules))
        self._by_code = {
            code: frozenset(place for place, rule in enumerate(rules) if code in rule.need) for code in self.need
        }
        self._seen: dict[str, tuple[Match, ...]] = {}

    def matches(self, row: str) -> tuple[Match, ...]:
        """All matches in a row, the best first: the longest, then the leftmost, then the earlier rule."""
        seen = self._seen.get(row)
        if seen is None:
            if len(self._seen) >= MOST_ROWS:
                self._seen.clear()
            seen = self._seen[row] = self._matches(row)
        return seen

    def _matches(self, row: str) -> tuple[Match, ...]:
        places = frozenset[int]().union(*(self._by_code[code] for code in self.need.intersection(row)))
        found = []
        for place in places:
            rule = self.rules[place]
            for match in compiled(rule.regex).finditer(row):
                start, end = match.span()
                if row[start] == SPACE:
                    start += 1
                slots = tuple(
                    (group.rpartition("__")[0], slot, *match.span(group))
                    for group, slot in rule.slots
                    if match.start(group) >= 0
                )
                found.append((start - end - rule.weight, start, rule.order, Match(start, end, rule, slots)))
        found.sort(key=lambda entry: entry[:3])
        return tuple(entry[3] for entry in found)


@dataclass(frozen=True)
class Grammar:
    """The compiled grammar of one language; ``facts`` are the other settings of its dates.toml."""

    code: str
    lexicon: Lexicon
    stages: tuple[Stage, ...]
    folding: Folding
    trigger: re.Pattern[str]
    strong: frozenset[str]  # codes of words that alone may be or begin a date
    numeric: frozenset[str]  # codes of numbers that may begin a numeric date
    gap: re.Pattern[str]
    facts: Mapping[str, Any]
    codes: Codes
    number_words: bool
    joins: str
    ordinal_ends: bool  # whether an ordinal ends its number (twenty-first) and cannot begin it (الثالث عشر)
    breaks: str
    shape_codes: Mapping[frozenset[str], str] = field(default_factory=dict)
    plans: dict[str, tuple[int, ...]] = field(default_factory=dict)  # row of codes → stages that match in it

    def candidates(self, view: View, original: str) -> Iterator[Item]:
        """What the rules make of a text, in order and without overlap; meanings are not yet resolved."""
        for run in self._runs(view, original):
            for item in self._parse(run, view, original):
                if item.node is not None:
                    yield item

    def _runs(self, view: View, original: str) -> Iterator[list[Item]]:
        """Runs of atoms with nothing but white space between them that hold something that could be a date."""
        run: list[Item] = []
        text, gap, breaks, strong, numeric = view.text, self.gap, self.breaks, self.strong, self.numeric
        last, triggered, numbers = -1, False, False
        for atom in self.lexicon.atoms(view, original):
            start, code = atom[0], atom[2]
            broken = start != last and (start - last > MOST_BLANKS or not gap.fullmatch(text, last, start))
            if broken or len(run) >= MOST_ATOMS or code in breaks:
                if triggered or (numbers and self.trigger.search("".join([item[2] for item in run]))):
                    yield run
                run, triggered, numbers = [], False, False
                if code in breaks:
                    last = -1
                    continue
            run.append(atom)
            if code in strong:
                triggered = True
            elif code in numeric:
                numbers = True
            last = atom[1]
        if triggered or (numbers and self.trigger.search("".join([item[2] for item in run]))):
            yield run

    def _parse(self, run: list[Item], view: View, original: str) -> list[Item]:
        if self.number_words:
            run = self._numerals(run)
        items: list[Item | None] = []
        end = -1
        for atom in run:
            if end >= 0 and atom[0] > end:
                items.append(None)
            items.append(atom)
            end = atom[1]
        row = "".join([SPACE if item is None else item[2] for item in items])
        place, rounds = 0, 0
        while True:
            ahead = next((stage for stage in self._plan(row) if stage >= place), -1)
            if ahead < 0:
                break
            if ahead > place:
                place, rounds = ahead, 0
            rounds += 1
            if rounds > MOST_ROUNDS or not self._reduce(self.stages[place].matches(row), items, view, original):
                place, rounds = place + 1, 0
                continue
            row = "".join([SPACE if item is None else item[2] for item in items])
        return [item for item in items if item is not None]

    def _plan(self, row: str) -> tuple[int, ...]:
        """The stages that match something in a row of codes."""
        plan = self.plans.get(row)
        if plan is None:
            if len(self.plans) >= MOST_ROWS:
                self.plans.clear()
            plan = self.plans[row] = tuple(
                place
                for place, stage in enumerate(self.stages)
                if not stage.need.isdisjoint(row) and stage.matches(row)
            )
        return plan

    def _reduce(self, matches: Sequence[Match], items: list[Item | None], view: View, original: str) -> bool:
        """One round of a stage: the best matches that do not overlap are replaced by what they mean."""
        taken: list[tuple[int, int, Item]] = []
        for match in matches:
            start, end = match.start, match.end
            if any(start < other_end and other_start < end for other_start, other_end, _ in taken):
                continue
            made = self._make(match, items, view, original)
            if made is not None:
                taken.append((start, end, made))
        if len(taken) > 1:
            taken.sort(key=lambda entry: entry[0], reverse=True)
        for start, end, made in taken:
            items[start:end] = [made]
        return bool(taken)

    def _make(self, match: Match, items: Sequence[Item | None], view: View, original: str) -> Item | None:
        rule, start, end = match.rule, match.start, match.end
        first, last = items[start], items[end - 1]
        assert first is not None and last is not None
        text = view.text
        if rule.before and not compiled(rule.before).search(text, max(0, first.start - 40), first.start):
            return None
        if rule.after and not compiled(rule.after).match(text, last.end):
            return None
        if rule.after_original and not compiled(rule.after_original).match(
            original, view.span(last.start, last.end)[1]
        ):
            return None
        slots: dict[str, Any] = dict(rule.fixed)
        outside: list[Item] = []
        for name, slot, place, stop in match.slots:
            while place < stop and items[place] is None:
                place += 1
            item = items[place]
            assert item is not None
            if slot == "out":  # read, but not part of the expression
                outside.append(item)
                continue
            slots[slot] = item
            slots.setdefault("class:" + slot, name)
        if outside:
            inside = [item for item in items[start:end] if item is not None and item not in outside]
            first, last = inside[0], inside[-1]
        made = BUILDERS[rule.make](slots, [item for item in items[start:end] if item is not None], self.facts)
        if made is None:
            return None
        trail = tuple(name for item in items[start:end] if item is not None for name in item.trail)
        return Item(first.start, last.end, self.shape_codes[classes_of(made)], {}, made, (*trail, rule.name))

    def _numerals(self, run: list[Item]) -> list[Item]:
        """Number words put together: [خمسة, و, عشرين] → 25; ordinals likewise."""
        out: list[Item] = []
        place = 0
        while place < len(run):
            atom = run[place]
            if not (NUMBER_WORD & atom.values.keys()):
                out.append(atom)
                place += 1
                continue
            parts, stops, stop = [atom], [place + 1], place + 1
            while stop < len(run):
                step = stop
                if run[step].code in self.joins:
                    step += 1
                if step >= len(run) or not (NUMBER_WORD & run[step].values.keys()):
                    break
                if self.ordinal_ends and "ord" in parts[-1].values:
                    break
                if (
                    "ord" in run[step].values
                    and "ord" not in parts[-1].values
                    and not (20 <= parts[-1].values.get("num", 0) <= 90)
                ):
                    break  # twenty-first is an ordinal, "ten first" is two numbers
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
            extra = (
                {name: worth for name, worth in atom.values.items() if name not in ("num", "ord", "times")}
                if used == 1
                else {}
            )
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
