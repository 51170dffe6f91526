"""Applies the rules to a document, stage by stage, until the text comes to rest.

One repair can lay another one bare (an entity becomes a blank, and the blank stands at the end of a line), so the
ladder is climbed again until nothing changes. That makes ``clean`` leave its own results alone: the last climb found
nothing to do. A text that does not come to rest in ``CLIMBS`` climbs is left as it was, with a flag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from itertools import groupby, pairwise
from typing import NamedTuple

from wic.characters import counts
from wic.clean.rules import DECODING, Rule, names, rules, signature
from wic.document import Document, Edit, Flag, OffsetMap, apply, compose
from wic.errors import unknown
from wic.guess import identify

CLIMBS = 12
REMEMBERED = 10_000  # sets of characters for which the possible steps are known


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules to apply: ``only`` these; or the default ones without ``skip`` and with ``enable``.

    Each is a set of names of rules or of stages.
    """

    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    enable: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        asked = self.only | self.skip | self.enable
        if asked and (wrong := sorted(asked - names())):
            raise unknown(f"no cleaning rule or stage is called {wrong[0]!r}", wrong[0], sorted(names()))

    def takes(self, rule: Rule) -> bool:
        """Whether the rule is to be applied."""
        called = {rule.name, rule.stage}
        if called & self.skip:
            return False
        return bool(called & self.only) if self.only else rule.default or bool(called & self.enable)


def clean(document: Document, selection: Selection = Selection()) -> Document:
    """The document repaired: clean ``text``, ``edits`` on the text as read, ``flags``; language and script filled in.

    A document that has been cleaned already, or whose cleaning was declined, is returned as it is.
    """
    if document.edits is not None:
        return document
    work = _Work(document.text)
    seen = document
    known = ""  # the text whose language is known
    for _ in range(CLIMBS):
        start = work.text
        work.climb(_ladder("", selection, decoding=True))
        if work.text != known or not known:  # what was hidden by damage shows its script now
            seen, known = identify(document, work.text), work.text
        work.climb(_ladder(seen.lang, selection, decoding=False))
        if work.text == start:
            break
    else:
        unstable = Flag(
            "unstable", 0, len(document.text), f"still changing after {CLIMBS} rounds of repair; left as read"
        )
        return replace(identify(document), edits=(), flags=(*document.flags, unstable)).made_by(
            clean=_signature(seen.lang, selection)
        )
    return replace(
        seen,
        text=work.text,
        edits=work.edits(),
        flags=(*document.flags, *work.flags()),
        sentences=None,
        provenance={**seen.provenance, "clean": _signature(seen.lang, selection)},
    )


def _signature(lang: str, selection: Selection) -> str:
    return signature(lang, selection.only, selection.skip, selection.enable)


class _Ladder:
    """Steps in order, and the characters that their rules need."""

    def __init__(self, steps: Iterable[Sequence[Rule]]) -> None:
        self._steps = list(steps)
        self.needed = frozenset[str]().union(*(rule.needs for step in self._steps for rule in step))
        self._possible: dict[frozenset[str], list[tuple[int, list[Rule]]]] = {}

    def possible(self, present: frozenset[str]) -> list[tuple[int, list[Rule]]]:
        """The numbers of the steps that a text can need that has these of the characters ``needed``, and their rules."""
        found = self._possible.get(present)
        if found is None:
            if len(self._possible) == REMEMBERED:
                self._possible.clear()
            rules = (
                [rule for rule in step if not rule.needs or not rule.needs.isdisjoint(present)] for step in self._steps
            )
            found = self._possible[present] = [(number, step) for number, step in enumerate(rules) if step]
        return found


class _Round(NamedTuple):
    """Edits made together, in offsets of ``text``."""

    text: str
    edits: Sequence[Edit]


@dataclass(slots=True)
class _Work:
    """A text under repair: how it stands, what was done to it so far, and a set that holds all its characters."""

    text: str
    rounds: list[_Round] = field(default_factory=list)
    marks: list[tuple[int, Flag]] = field(default_factory=list)
    alphabet: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.alphabet = set(counts(self.text))

    def climb(self, ladder: _Ladder) -> None:
        """Carries out all steps."""
        taken = -1
        while True:
            for number, step in ladder.possible(ladder.needed & self.alphabet):
                if number > taken and self._take(step):
                    taken = number
                    break  # other characters may be there now
            else:
                return

    def _take(self, step: Sequence[Rule]) -> bool:
        """Carries out the rules of one step; whether that changed the text."""
        ready = [rule for rule in step if rule.may_apply(self.text)]
        if not ready:
            return False
        if ready[0].algorithm:
            edits, flags = _algorithm(ready, self.text, self.alphabet)
        elif ready[0].flag:
            edits, flags = [], list(ready[0].flags(self.text))
        else:
            edits, flags = ready[0].edits(self.text), []
        self.marks += ((len(self.rounds), flag) for flag in flags)
        if edits:
            self.rounds.append(_Round(self.text, edits))
            self.text = apply(edits, self.text)
            self.alphabet.update(*{edit.after for edit in edits})
        return bool(edits)

    def edits(self) -> tuple[Edit, ...]:
        """All that was done, as edits on the text as it was at the beginning."""
        rounds = list(self.rounds)
        while len(rounds) > 1:  # the shortest neighbours first: each edit is then handled few times
            sizes = [len(one.edits) + len(two.edits) for one, two in pairwise(rounds)]
            at = sizes.index(min(sizes))
            first, second = rounds[at : at + 2]
            rounds[at : at + 2] = [_Round(first.text, compose(first.text, first.edits, second.edits))]
        return tuple(rounds[0].edits) if rounds else ()

    def flags(self) -> Iterable[Flag]:
        """The flags, in offsets of the text at the beginning, each once, in the order of the text."""
        found: dict[tuple[str, int, int], Flag] = {}
        maps = [OffsetMap(done.edits) for done in self.rounds]
        for depth, flag in self.marks:
            start, end = flag.start, flag.end
            for offsets in reversed(maps[:depth]):
                start, end = offsets.to_raw(start, end)
            found.setdefault((flag.rule, start, end), flag._replace(start=start, end=end))
        return sorted(found.values(), key=lambda flag: (flag.start, flag.end))


def _algorithm(step: Sequence[Rule], text: str, alphabet: set[str]) -> tuple[list[Edit], list[Flag]]:
    """What the algorithm that the rules of a step share has to say; edits under other names are dropped.

    An algorithm whose rules have options gets these rules, and a set that holds all characters of the text.
    """
    repair = _repair(step[0].algorithm)
    edits, flags = repair(text, step, alphabet) if any(rule.options for rule in step) else repair(text)
    wanted = {rule.name for rule in step}
    return [edit for edit in edits if edit.rule in wanted], flags


@cache
def _repair(algorithm: str) -> Callable[..., tuple[list[Edit], list[Flag]]]:
    repair: Callable[..., tuple[list[Edit], list[Flag]]] = import_module(f"wic.clean.{algorithm}").repair
    return repair


@cache
def _ladder(code: str, selection: Selection, *, decoding: bool) -> _Ladder:
    """The selected rules of a language, in order; those that share an algorithm together."""
    chosen = [rule for rule in rules(code) if selection.takes(rule) and (rule.stage in DECODING) == decoding]
    return _Ladder(_together(chosen))


def _together(chosen: Iterable[Rule]) -> Iterator[tuple[Rule, ...]]:
    for (algorithm, _), group in groupby(chosen, key=lambda rule: (rule.algorithm, rule.stage)):
        if algorithm:
            yield tuple(group)
        else:
            yield from ((rule,) for rule in group)
