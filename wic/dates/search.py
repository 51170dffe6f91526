"""Candidates in running text: the grammar of the document's language, then of the other languages it may quote."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from wic.dates.compile import grammar
from wic.dates.grammar import Grammar
from wic.dates.node import Node, Nothing, Several


class Candidate(NamedTuple):
    """What a rule found at ``start:end`` of the clean text; ``rule`` names the rules that made it, in order."""

    start: int
    end: int
    node: Node
    rule: str


def candidates(text: str, rules: Grammar) -> list[Candidate]:
    """Candidates in order of place and without overlap; the document's own language goes first."""
    found = _in(text, rules)
    for code in rules.facts["also"]:
        if code == rules.code:
            continue
        other = grammar(code)
        if not _presence(other.facts["presence"]).search(text):
            continue
        starts = [candidate.start for candidate in found]
        ends = [candidate.end for candidate in found]

        def free(candidate: Candidate, starts: list[int] = starts, ends: list[int] = ends) -> bool:
            """Whether no earlier candidate (they are in order and do not overlap) shares a character with this one."""
            place = bisect_right(starts, candidate.start)
            return (place == 0 or ends[place - 1] <= candidate.start) and (
                place == len(starts) or starts[place] >= candidate.end
            )

        fresh = [
            candidate for candidate in _in(text, other) if not isinstance(candidate.node, Nothing) and free(candidate)
        ]
        found = sorted(found + fresh, key=lambda candidate: candidate.start)
    return [candidate for candidate in found if not isinstance(candidate.node, Nothing)]


@cache
def _presence(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _in(text: str, rules: Grammar) -> list[Candidate]:
    view = rules.folding.view(text)
    found: list[Candidate] = []
    for item in rules.candidates(view, text):
        name = ">".join(item.trail)
        if isinstance(item.node, Several):
            for start, end, node in item.node.members:
                found.append(Candidate(*view.span(start, end), node, name))
        else:
            found.append(Candidate(*view.span(item.start, item.end), item.node, name))
    return found


_SENTENCE_END = re.compile(r"[。！？!?\n؟]|[.](?=\s)")


def sentence_breaks(text: str) -> Callable[[int, int], bool]:
    """A test whether a sentence ends between two places of the text."""
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]

    def between(start: int, end: int) -> bool:
        place = bisect_right(ends, start - 1)
        return place < len(ends) and ends[place] < end

    return between


@cache
def _cues(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words))


_CLAUSE_END = re.compile(r"[。！？!?\n؟;；]")


def cue_at(text: str, candidate: Candidate, cues: Mapping[str, Any]) -> int:
    """Whether the clause around a candidate speaks of the future (1), of the past (-1), or does not tell (0)."""
    if not cues:
        return 0
    before = text[max(0, candidate.start - 40) : candidate.start]
    if ends := list(_CLAUSE_END.finditer(before)):
        before = before[ends[-1].end() :]
    after = text[candidate.end : candidate.end + 16]
    if end := _CLAUSE_END.search(after):
        after = after[: end.start()]
    clause = before + "\0" + after
    if cues.get("future") and _cues(tuple(cues["future"])).search(clause):
        return 1
    if cues.get("past") and _cues(tuple(cues["past"])).search(clause):
        return -1
    return 0
