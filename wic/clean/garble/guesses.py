"""Guesses at the bytes of a garbled page, and how each goes on when one more byte is known, lost or inserted after.

A guess is a `State`. The bigram model prices the characters that the bytes make; what the document shows elsewhere
(its own words, which characters it annotates) changes the prices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from heapq import nsmallest
from math import exp, inf, log
from operator import itemgetter
from typing import NamedTuple

from wic.clean.garble.bigrams import UNKNOWN, UNUSUAL, Bigrams, Option
from wic.clean.garble.gbk import LEADS, by_lead, by_trail, hidden, pairs, shown
from wic.clean.garble.readings import Facts

WITHIN = 12.0  # a guess is dropped when it is so many nats behind the best
CHOICES, SPREAD = 30, 9.0  # characters tried where a byte is not known, and how many nats dearer than the first
TRIED = 40  # characters tried where both bytes are lost
TRUST = 0.25  # how much the document's own pairs of characters count against the model
OTHER_READING = 3.0  # the price of a reading that is not the usual one, or not this document's
GAP = 0.7  # the price of a pair that the page does not show
GAP_LIMIT, GAP_CHOICES = 11.0, 12  # price and number of the characters tried before such a pair
MOST_GAPS, GAPS_KEPT = 3, 60  # such pairs in a row, guesses kept after each

# What a lead byte can be that nothing tells: a class of bytes. `_gaps` adds the others.
NONE, ANY = -1, 256
CLASSES: dict[int, frozenset[int]] = {ANY: frozenset(LEADS)}


class Node(NamedTuple):
    """One step of a guess: the text as read up to ``end`` gave ``made``; ``literal`` if it stands for itself.

    ``shut`` is the byte that was lost if it was the second one of a character, else -1.
    """

    before: Node | None
    end: int
    made: str
    literal: bool
    shut: int


class State(NamedTuple):
    """A guess: its price, a lead byte that waits for its trail byte, the last symbol and the last two bytes."""

    price: float
    pending: int
    symbol: int
    u: int
    v: int
    made: str  # since the last node
    node: Node
    mark: int  # tells guesses with different texts apart


# Hundreds of guesses are made for each character, and the constructor that NamedTuple writes takes twice the time.
new_state: Callable[[tuple[float, int, int, int, int, str, Node, int]], State] = partial(tuple.__new__, State)


# A character with its price and symbol, and the two bytes.
Completion = tuple[float, int, str, int, int]


@dataclass(frozen=True)
class Evidence:
    """What the document says about its damage."""

    traditional: bool
    entry: float  # the price of a lost byte that the page shows
    unseen: float  # the price of a lost byte that it does not show
    followers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # what follows what, and how often
    swallows: bool | None = None  # whether a byte that cannot be shown takes the next one with it
    entities: bool = False  # whether the page replaced characters by entities
    readings: Mapping[str, str] = field(default_factory=dict)  # the characters that it annotates
    bare: frozenset[str] = frozenset()  # the annotatable characters that it does not


@cache
def _gaps() -> dict[int, int]:
    """First bytes of the pairs that no page shows, with the class of the second bytes that are lead bytes too."""
    seconds: dict[int, set[int]] = defaultdict(set)
    for pair in hidden():
        if pair & 0xFF in LEADS:
            seconds[pair >> 8].add(pair & 0xFF)
    for first, members in seconds.items():
        CLASSES[ANY + first] = frozenset(members)
    return {first: ANY + first for first in seconds}


class Guesser:
    """What the bytes of one document's page can be."""

    def __init__(self, model: Bigrams, facts: Facts, evidence: Evidence) -> None:
        self.model, self.facts, self.evidence = model, facts, evidence
        self.traditional, self.followers = evidence.traditional, evidence.followers
        self.shown = shown()
        self._annotated: dict[str, dict[int, list[tuple[int, str]]]] = {}
        self._prices: dict[tuple[int, str], list[Option]] = {}
        self._pairs: dict[tuple[int, bool], list[tuple[int, str]]] = {}
        self._completions: dict[tuple[int, int, int], list[Completion]] = {}

    def price(self, symbol: int, character: str) -> list[Option]:
        """What ``character`` can be after ``symbol``: prices and symbols."""
        key = symbol, character
        found = self._prices.get(key)
        if found is None:
            found = self.model.options(symbol, character, self.traditional)
            if symbol >= 0 and self.model.vocabulary[symbol] in self.followers:
                extra = self.model.place(character, self.traditional)[2]
                found = [(self.seen_price(price - extra, symbol, number) + extra, number) for price, number in found]
            self._prices[key] = found
        return found

    def seen_price(self, price: float, symbol: int, number: int) -> float:
        """The price, less where the undamaged part of the document has the two characters one after the other."""
        followers = self.followers[self.model.vocabulary[symbol]]
        count = followers.get(self.model.vocabulary[number]) if number >= 0 else None
        if count is None:
            return price
        return -log((1 - TRUST) * exp(-price) + TRUST * count / (sum(followers.values()) + 1))

    def reading_price(self, character: str, reading: str) -> float | None:
        """What it costs that a table annotated ``character`` so; None if none can have."""
        facts, evidence = self.facts, self.evidence
        if reading not in facts.valid.get(character, ()):
            return None
        if character not in facts.simplified and character not in facts.annotated:
            return None
        if evidence.readings.get(character) == reading:
            return 0.0
        price = 0.3 if character in facts.annotated else 1.0
        if character in evidence.readings or character in evidence.bare:
            price += OTHER_READING
        if facts.usual.get(character) != reading and facts.annotated.get(character) != reading:
            price += OTHER_READING
        return price

    def with_reading(self, reading: str) -> dict[int, list[tuple[int, str]]]:
        """The characters that a table can annotate with ``reading``: trail bytes and characters by lead byte."""
        if reading not in self._annotated:
            table: dict[int, list[tuple[int, str]]] = defaultdict(list)
            for character in self.facts.by_reading.get(reading, ""):
                if self.reading_price(character, reading) is not None:
                    pair = pairs()[character]
                    table[pair >> 8].append((pair & 0xFF, character))
            self._annotated[reading] = table
        return self._annotated[reading]

    # -- bytes ------------------------------------------------------------------------------------------------------

    def feed(self, states: list[State], data: tuple[int, ...]) -> list[State]:
        """The guesses after more bytes of the page."""
        for byte in data:
            found: list[State] = []
            best = inf
            for state in states:
                best = self._feed(state, byte, found, best)
            states = found
        return states

    def _feed(self, state: State, byte: int, found: list[State], best: float = inf) -> float:
        """Adds the guesses after one more byte to ``found``, but for hopeless ones; returns the least price so far."""
        price, pending, symbol, u, v, made, node, mark = state
        if pending == NONE:
            if byte >= 0x80:
                found.append(new_state((price, byte, symbol, v, byte, made, node, mark)))
                return best
            options = self.price(symbol, chr(byte))
            made += chr(byte)
            u = v
        elif pending < ANY:
            character = self.shown.get(pending << 8 | byte)
            if character is None:
                return best
            options = self.price(symbol, character)
            made += character
            u = pending
        else:
            for cost, number, character, lead, _ in self.completions(symbol, pending, byte):
                if price + cost > best + WITHIN:
                    break
                found.append(new_state((price + cost, NONE, number, lead, byte, made + character, node, mark)))
                best = min(best, price + cost)
            return best
        for cost, number in options:
            found.append(new_state((price + cost, NONE, number, u, byte, made, node, mark)))
            best = min(best, price + cost)
        return best

    def completions(self, symbol: int, lead: int, trail: int) -> list[Completion]:
        """The likeliest characters of a pair of which one or both bytes are not known, `ANY` being an unknown trail."""
        key = symbol, lead, trail
        found = self._completions.get(key)
        if found is None:
            options = self.pairs_with(symbol, lead, trail)
            found = self._completions[key] = self.cheapest(symbol, options)
        return found

    def pairs_with(self, symbol: int, lead: int, trail: int) -> list[tuple[int, int, str]]:
        """The pairs that these bytes can be, with their characters."""
        if lead < ANY:
            return [(lead, t, c) for t, c in self._usual(lead, by_lead())]
        if trail < ANY:
            return [(b, trail, c) for b, c in self._usual(trail, by_trail()) if b in CLASSES[lead]]
        known = [(pairs().get(c, 0), c) for c in self.likely(symbol)]
        return [(pair >> 8, pair & 0xFF, c) for pair, c in known if pair >> 8 in CLASSES[lead]]

    def _usual(self, byte: int, table: Mapping[int, list[tuple[int, str]]]) -> list[tuple[int, str]]:
        """The other bytes and the characters of the pairs with this byte, without those that the script never has."""
        key = byte, table is by_lead()
        found = self._pairs.get(key)
        if found is None:
            places = ((other, c, self.model.place(c, self.traditional)) for other, c in table.get(byte, ()))
            found = [
                (other, c) for other, c, (first, inside, extra) in places if extra < UNUSUAL and first + inside > -2
            ]
            self._pairs[key] = found
        return found

    def cheapest(self, symbol: int, options: list[tuple[int, int, str]]) -> list[Completion]:
        price = self.price
        priced = [(cost, number, c, b, t) for b, t, c in options for cost, number in price(symbol, c) if cost < UNKNOWN]
        priced.sort()
        limit = priced[0][0] + SPREAD if priced else 0.0
        return [option for option in priced[:CHOICES] if option[0] <= limit]

    def lose(self, states: list[State]) -> list[State]:
        """The guesses after a byte that is not known."""
        found: list[State] = []
        best = inf
        for price, pending, symbol, _, v, made, node, mark in states:
            if pending == NONE:
                found.append(new_state((price, ANY, symbol, v, ANY, made, node, mark)))
                continue
            for cost, number, character, lead, trail in self.completions(symbol, pending, ANY):
                if price + cost > best + WITHIN:
                    break
                best = min(best, price + cost)
                found.append(new_state((price + cost, NONE, number, lead, trail, made + character, node, mark)))
        return found

    def lose_annotated(self, state: State, reading: str) -> list[State]:
        """The guesses after a lost byte that is the second one of an annotated pair."""
        table = self.with_reading(reading)
        leads = (state.v,) if state.v < ANY else [lead for lead in table if lead in CLASSES[state.v]]
        found: list[State] = []
        for lead in leads:
            for trail, character in table.get(lead, ()):
                cost = self.reading_price(character, reading) or 0.0
                pending = lead if state.v >= ANY else state.pending
                self._feed(state._replace(price=state.price + cost, pending=pending, v=lead), trail, found)
        return found

    def annotate(self, state: State, reading: str) -> Iterator[State]:
        """The guesses after an inserted reading, which belongs to the last two bytes."""
        if state.v < ANY:
            character = shown().get(state.u << 8 | state.v) if state.u >= 0x81 else None
            cost = self.reading_price(character, reading) if character else None
            if cost is not None:
                yield state._replace(price=state.price + cost)
            return
        for trail, character in self.with_reading(reading).get(state.u, ()):
            if trail in CLASSES[state.v]:
                cost = self.reading_price(character, reading) or 0.0
                yield state._replace(price=state.price + cost, pending=trail, v=trail)

    def likely(self, symbol: int) -> list[str]:
        """Characters that often follow ``symbol``, in the script of the document."""
        model = self.model
        if symbol < 0:
            return []
        low, high = model.offsets[symbol], model.offsets[symbol + 1]
        best = nsmallest(TRIED, range(low, high), key=model.prices.__getitem__)
        plain = [model.vocabulary[model.after[at]] for at in best]
        if not self.evidence.traditional:
            return plain
        return [form for character in plain for form in (character, *self.facts.traditional.get(character, ()))]

    # -- the text as read -------------------------------------------------------------------------------------------

    def gaps(self, states: list[State]) -> list[State]:
        """The guesses after pairs that the page does not show: only where the pairs shown are not the characters."""
        found: list[State] = []
        limit = min(state.price for state in states) + WITHIN
        for _ in range(MOST_GAPS):
            after = []
            for price, pending, symbol, _, _, made, node, mark in states:
                if pending == NONE:
                    continue
                for cost, number, character, first, kind in self.gap_characters(symbol, pending):
                    after.append(
                        new_state((price + cost + GAP, kind, number, first, kind, made + character, node, mark))
                    )
            after.sort(key=itemgetter(0))
            states = [state for state in after[:GAPS_KEPT] if state.price <= limit]
            found += states
        return found

    def gap_characters(self, symbol: int, pending: int) -> list[Completion]:
        """The likeliest characters whose second byte began a pair that the page does not show."""
        key = symbol, pending, -1
        found = self._completions.get(key)
        if found is None:
            gaps = _gaps()
            if pending < ANY:
                options = [(first, kind, self.shown.get(pending << 8 | first)) for first, kind in gaps.items()]
            else:
                known = [(pairs().get(c, 0), c) for c in self.likely(symbol)]
                options = [
                    (pair & 0xFF, gaps[pair & 0xFF], c)
                    for pair, c in known
                    if pair >> 8 in CLASSES[pending] and pair & 0xFF in gaps
                ]
            listed = self.cheapest(symbol, [(first, kind, c) for first, kind, c in options if c])
            found = self._completions[key] = [option for option in listed[:GAP_CHOICES] if option[0] < GAP_LIMIT]
        return found
