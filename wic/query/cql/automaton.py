"""The pattern of a token query as a nondeterministic automaton (Thompson's construction), and its simulation.

A state is a node together with the labels set on the way to it. In a query without labels that is the node alone, so
the simulation takes linear time; in one with labels it follows every way of setting them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeAlias

from wic.query.carets import misplaced
from wic.query.cql.columns import Structure
from wic.query.cql.conditions import Judge
from wic.query.cql.tree import Ahead, Choice, Pattern, Repeat, Sequence, Tag, Token, walk
from wic.query.syntax import TIMEOUT, too_slow

LARGEST = 20_000  # nodes; only absurd repeats have more

#: Positions that the labels mark, in the order of ``Automaton.labels``; -1 where one is not set.
Marks: TypeAlias = tuple[int, ...]
State: TypeAlias = tuple[int, Marks]


@dataclass(slots=True)
class Node:
    """Takes the token ``what``, or takes nothing and goes on if ``what`` holds (None always does)."""

    what: Token | Tag | Ahead | None = None
    then: list[int] = field(default_factory=list)


class Automaton:
    """``first`` is the node to begin at, node 0 the one that accepts."""

    def __init__(self, pattern: Pattern, source: str) -> None:
        self.source = source
        self.nodes = [Node()]
        tokens = [node for node in walk(pattern) if isinstance(node, Token)]
        tags = {node.name for node in walk(pattern) if isinstance(node, Tag)}
        names = dict.fromkeys(token.label for token in tokens if token.label)
        # Where the region that <s> opened is to end, so that </s> closes the same one.
        self.open = {name: len(names) + number for number, name in enumerate(sorted(tags))}
        self.labels = {name: number for number, name in enumerate(names)}
        self.target = len(names) + len(tags) if any(token.target for token in tokens) else -1
        self.width = len(names) + len(tags) + (self.target >= 0)
        self.first = self._build(pattern, 0)

    def _node(self, what: Token | Tag | Ahead | None, *then: int) -> int:
        if len(self.nodes) >= LARGEST:
            raise misplaced("the repeats make the query too large", self.source, 0, "lower the numbers in { }")
        self.nodes.append(Node(what, list(then)))
        return len(self.nodes) - 1

    def _build(self, pattern: Pattern, then: int) -> int:
        """Nodes for a pattern that go on to the node ``then``; returns the first."""
        match pattern:
            case Token() | Tag() | Ahead():
                return self._node(pattern, then)
            case Sequence(parts=parts):
                for part in reversed(parts):
                    then = self._build(part, then)
                return then
            case Choice(options=options):
                return self._node(None, *(self._build(option, then) for option in options))
            case Repeat(part=part, least=least, most=most):
                if most is None:
                    loop = self._node(None)
                    self.nodes[loop].then = [self._build(part, loop), then]
                    then = loop
                else:
                    end = then
                    for _ in range(most - least):
                        then = self._node(None, self._build(part, then), end)
                for _ in range(least):
                    then = self._build(part, then)
                return then


class Simulation:
    """An automaton on one document."""

    def __init__(self, automaton: Automaton, judge: Judge) -> None:
        self.automaton = automaton
        self.judge = judge
        self.size = judge.columns.size
        self.deadline = monotonic() + TIMEOUT
        nodes = automaton.nodes
        self._vectors = [judge.vector(n.what.condition) if isinstance(n.what, Token) else None for n in nodes]
        self._marked = [self._marks(node) for node in nodes]
        self._nothing: Marks = (-1,) * automaton.width

    def _marks(self, node: Node) -> list[int]:
        """Which marks a node sets."""
        if not isinstance(node.what, Token):
            return []
        places = [self.automaton.labels[node.what.label]] if node.what.label else []
        return [*places, self.automaton.target] if node.what.target else places

    def starts(self) -> Iterator[int]:
        """The positions where a match may begin."""
        zero, seen = [self.automaton.first], set()
        vectors: list[list[bool]] = []
        while zero:
            number = zero.pop()
            if number in seen:
                continue
            seen.add(number)
            node = self.automaton.nodes[number]
            if isinstance(node.what, Token):
                vector = self._vectors[number]
                if vector is None:
                    yield from range(self.size)
                    return
                vectors.append(vector)
            else:
                zero += node.then
        unique = list({id(vector): vector for vector in vectors}.values())
        if len(unique) == 1:
            yield from (position for position, holds in enumerate(unique[0]) if holds)
        else:
            yield from (position for position, holds in enumerate(zip(*unique, strict=True)) if any(holds))

    def ends(self, start: int, limit: int) -> Iterator[tuple[int, Marks]]:
        """The last positions of the matches that begin at ``start`` and end before ``limit``, shortest first."""
        states = _going_on(self._closure({(self.automaton.first, self._nothing): None}, start))
        position = start
        nodes, vectors, marked = self.automaton.nodes, self._vectors, self._marked
        while states and position < limit:
            if monotonic() > self.deadline:
                raise too_slow()
            after: dict[State, None] = {}
            for number, marks in states:
                vector = vectors[number]
                if vector is not None:
                    if not vector[position]:
                        continue
                elif not self._holds(number, position, marks, start):
                    continue
                if marked[number]:
                    changed = list(marks)
                    for place in marked[number]:
                        changed[place] = position
                    marks = tuple(changed)
                after[nodes[number].then[0], marks] = None
            position += 1
            states = self._closure(after, position)
            for number, marks in states:
                if number == 0:
                    yield position - 1, marks
            states = _going_on(states)

    def _closure(self, states: dict[State, None], position: int) -> dict[State, None]:
        """The states that take a token or accept, reached without taking one."""
        found: dict[State, None] = {}
        seen: set[State] = set()
        waiting = list(reversed(states))
        while waiting:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            number, marks = state
            node = self.automaton.nodes[number]
            if number == 0 or isinstance(node.what, Token):
                found[state] = None
                continue
            if isinstance(node.what, Tag):
                through = self._tag(node.what, position, marks)
                if through is None:
                    continue
                marks = through
            elif isinstance(node.what, Ahead) and not self._ahead(node.what, position, marks):
                continue
            waiting += ((then, marks) for then in reversed(node.then))
        return found

    def _tag(self, tag: Tag, position: int, marks: Marks) -> Marks | None:
        """The marks behind a tag; None where the tag does not stand at ``position``."""
        structure = self.judge.columns.tagged(tag.name)
        if structure is None:
            return None
        place = self.automaton.open[tag.name]
        if tag.closing:
            number = structure.ends.get(position - 1)
            if number is None or (marks[place] >= 0 and marks[place] != position - 1):
                return None
            changed = -1
        else:
            number = structure.begins.get(position)
            if number is None or not self._valued(tag, structure, number):
                return None
            changed = structure.regions[number].last
        return (*marks[:place], changed, *marks[place + 1 :])

    def _valued(self, tag: Tag, structure: Structure, number: int) -> bool:
        if tag.value is None:
            return True
        value = structure.regions[number].values.get(tag.name.partition("_")[2], "")
        return tag.value.matches(value) == (tag.sign == "=")

    def _ahead(self, ahead: Ahead, position: int, marks: Marks) -> bool:
        if position >= self.size:
            return False
        vector = self.judge.vector(ahead.condition)
        return (
            vector[position] if vector is not None else self.judge.holds(ahead.condition, position, self.named(marks))
        )

    def _holds(self, number: int, position: int, marks: Marks, start: int) -> bool:
        what = self.automaton.nodes[number].what
        assert isinstance(what, Token) and what.condition is not None
        # A token may speak of itself by its own label.
        labels = {**self.named(marks), "match": start}
        if what.label:
            labels[what.label] = position
        return self.judge.holds(what.condition, position, labels)

    def named(self, marks: Marks) -> dict[str, int]:
        """The positions of the labels that are set, and of ``target``."""
        labels = {name: marks[place] for name, place in self.automaton.labels.items() if marks[place] >= 0}
        if self.automaton.target >= 0 and marks[self.automaton.target] >= 0:
            labels["target"] = marks[self.automaton.target]
        return labels


def _going_on(states: dict[State, None]) -> dict[State, None]:
    """The states that take a further token."""
    return {state: None for state in states if state[0]}
