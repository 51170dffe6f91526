"""Runs a token query over a document: which of the possible matches are reported, and how far they may reach.

Strategies, for the pattern ``[pos="ADJ"]* [pos="NOUN"]`` on *big old town*, which fits three times: ``leftmost`` (the
default, as in grep) takes the longest match from the leftmost start and goes on behind it: *big old town*. The
others are those of CQP; their matches may overlap. ``longest`` takes the longest from each start and drops what lies
in another; ``standard`` takes the shortest from each start and, of those with one end, the first: *big old town*;
``shortest`` drops what holds another: *town*; ``traditional`` keeps the shortest from each start: all three. ``all``
gives every span that fits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import reduce
from typing import NamedTuple

from wic.query.cql.automaton import Automaton, Simulation
from wic.query.cql.columns import Columns
from wic.query.cql.conditions import Judge
from wic.query.cql.names import check
from wic.query.cql.parse import parse
from wic.query.cql.tree import (
    Both,
    Compare,
    Condition,
    Expand,
    Meet,
    Name,
    Near,
    Pattern,
    Repeat,
    Sequence,
    Token,
    Union,
    Within,
    walk,
)
from wic.query.cql.values import Value

STRATEGIES = ("leftmost", "longest", "standard", "shortest", "traditional", "all")
FARTHEST = 500  # tokens that a match may take where nothing says how far it may reach, as in CQP


class Hit(NamedTuple):
    """A match from token ``first`` to token ``last``, both within; ``target`` is the token of ``@``, or -1."""

    first: int
    last: int
    target: int = -1


class Search:
    """A query made ready to be run over many documents."""

    def __init__(self, source: str, strategy: str = "leftmost", flags: str = "") -> None:
        self.query = parse(source, flags)
        self.strategy = strategy
        body = self.query.body
        self._labels = frozenset(node.label for node in walk(body) if isinstance(node, Token) and node.label)
        self._automaton = None if isinstance(body, (Meet, Union)) else Automaton(body, source)
        self._needed = [] if isinstance(body, (Meet, Union)) else list(_needed(body))

    def words(self) -> list[Callable[[str], bool]]:
        """Conditions, each of which must hold of some word of a text for there to be a match."""
        return [holds for node in self._needed if (holds := _of_word(node))]

    def may_match(self, text: str) -> bool:
        """Whether a text can have a match at all, told without its words."""
        return all(
            node.right.exact in text
            for node in self._needed
            if isinstance(node, Compare) and node.sign == "=" and isinstance(node.right, Value)
            if isinstance(node.left, Name) and node.left.name == "word"
        )

    def hits(self, columns: Columns) -> list[Hit]:
        """The matches in a document, in order; positions count tokens without white space."""
        if not columns.size:
            return []
        check(self.query, columns)
        judge = Judge(columns, self._labels)
        body, where, expand = self.query.body, self.query.where, self.query.expand
        if isinstance(body, (Meet, Union)):
            found = [Hit(place, place) for place in sorted(_near(body, judge))]
            found = [hit for hit in found if where is None or judge.holds(where, hit.first, _points(hit))]
        elif all(any(judge.vector(token) or [True]) for token in self._needed):
            found = self._chosen(judge)
        else:
            found = []
        return list(_expanded(found, expand, columns)) if expand else found

    def _chosen(self, judge: Judge) -> list[Hit]:
        """The matches that the strategy reports."""
        assert self._automaton is not None
        simulation = Simulation(self._automaton, judge)
        bounds = _Bounds(self.query.within, judge.columns)
        found: list[Hit] = []
        reach = 0
        longest = self.strategy in ("leftmost", "longest")
        for start in simulation.starts():
            if start < reach:
                continue
            hits = _from(start, simulation, bounds.limit(start), self.query.where, judge)
            if self.strategy == "all":
                found += dict.fromkeys(hits)
                continue
            hit = reduce(lambda _, later: later, hits, None) if longest else next(hits, None)
            if hit is not None:
                found.append(hit)
                if self.strategy == "leftmost":
                    reach = hit.last + 1
        return _kept(found, self.strategy)


def _needed(pattern: Pattern) -> Iterator[Condition]:
    """Conditions of tokens without which there is no match."""
    match pattern:
        case Token(condition=condition):
            if condition is not None:
                yield condition
        case Sequence(parts=parts):
            for part in parts:
                yield from _needed(part)
        case Repeat(part=part, least=least):
            if least:
                yield from _needed(part)


def _of_word(condition: Condition) -> Callable[[str], bool] | None:
    """What a condition asks of the word; None where it may hold whatever the word is."""
    match condition:
        case Compare(left=Name(name="word", label="" | "_"), sign="=", right=Value() as value):
            return value.exact.__eq__ if value.exact else value.matches
        case Both(left=left, sign="&" | "|" as sign, right=right):
            one, other = _of_word(left), _of_word(right)
            if one and other:
                both = all if sign == "&" else any
                return lambda word: both(holds(word) for holds in (one, other))
            return one or other if sign == "&" else None
    return None


def _from(start: int, simulation: Simulation, limit: int, where: Condition | None, judge: Judge) -> Iterator[Hit]:
    """The matches that begin at ``start``, shortest first."""
    for last, marks in simulation.ends(start, limit):
        labels = simulation.named(marks)
        hit = Hit(start, last, labels.get("target", -1))
        if where is None or judge.holds(where, start, {**labels, **_points(hit)}):
            yield hit


def _points(hit: Hit) -> dict[str, int]:
    points = {"match": hit.first, "matchend": hit.last}
    return {**points, "target": hit.target} if hit.target >= 0 else points


def _kept(found: list[Hit], strategy: str) -> list[Hit]:
    """Of the matches, one for each start, those that the strategy keeps."""
    kept: list[Hit] = []
    if strategy == "longest":
        for hit in found:  # what lies in another lies in one that begins before it
            if not kept or hit.last > kept[-1].last:
                kept.append(hit)
        return kept
    if strategy == "shortest":
        for hit in reversed(found):  # what holds another holds one that begins behind it
            if not kept or hit.last < kept[-1].last:
                kept.append(hit)
        return kept[::-1]
    if strategy == "standard":
        first = {hit.last: hit for hit in reversed(found)}
        return [hit for hit in found if first[hit.last] is hit]
    return found


class _Bounds:
    """How far a match may reach."""

    def __init__(self, within: Within | None, columns: Columns) -> None:
        self._count = within.count if within else 1
        self._size = columns.size
        self._structure = columns.structure(within.region) if within and within.region else None
        self._tokens = FARTHEST if within is None else within.count

    def limit(self, start: int) -> int:
        """The position that a match from ``start`` may not reach."""
        if self._structure is None:
            return min(self._size, start + self._tokens)
        number = self._structure.at[start]
        if number < 0:
            return start
        regions = self._structure.regions
        return regions[min(number + self._count, len(regions)) - 1].last + 1


def _near(node: Near, judge: Judge) -> set[int]:
    """The positions that a meet or union gives."""
    match node:
        case Token(condition=condition):
            return {position for position, holds in enumerate(judge.vector(condition) or ()) if holds}
        case Union(left=left, right=right):
            return _near(left, judge) | _near(right, judge)
        case Meet(left=left, right=right, first=first, last=last, region=region):
            ones, others = _near(left, judge), sorted(_near(right, judge))
            if region:
                structure = judge.columns.structure(region)
                at = structure.at if structure else []
                shared = {at[position] for position in others if at[position] >= 0}
                return {position for position in ones if at[position] in shared}
            return {
                position
                for position in ones
                if bisect_left(others, position + first) < bisect_right(others, position + last)
            }


def _expanded(found: list[Hit], expand: Expand, columns: Columns) -> Iterator[Hit]:
    """The matches grown as asked, those that become the same once."""
    structure = columns.structure(expand.region) if expand.region else None
    seen: set[tuple[int, int]] = set()
    for hit in found:
        first, last = hit.first, hit.last
        if structure is None:
            first, last = max(0, first - expand.count), min(columns.size - 1, last + expand.count)
        elif (begin := structure.region(first)) and (end := structure.region(last)):
            first, last = begin.first, end.last
        grown = hit._replace(first=first if expand.left else hit.first, last=last if expand.right else hit.last)
        if grown[:2] not in seen:
            seen.add(grown[:2])
            yield grown
