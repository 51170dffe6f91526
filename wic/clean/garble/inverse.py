"""The way back through damaged bytes: which text a mirror can have made into this one.

A damaged stretch is read character by character, and several guesses at the bytes of the page before the damage are
kept, the likeliest first. What was inserted between the bytes is taken out; it says which character it was inserted
after, so it limits what the bytes around can be. Lost bytes are tried out. The bigram model prices the characters that
the bytes make, and the same characters taken as they stand, so undamaged text is the likelier reading of itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from heapq import nsmallest
from math import exp, inf, log
from operator import itemgetter
from typing import NamedTuple

from wic.clean.garble.bigrams import UNKNOWN, Bigrams, Option
from wic.clean.garble.gbk import LEADS, by_lead, by_trail, hidden, pairs, shown
from wic.clean.garble.readings import FOLD, SYLLABLE, Facts

FOLDED = tuple("!！?？;；,，:：")  # the signs that pages insert as entities; stored text has them in either width
MARKS = "?\ufffd"  # what a page shows for a byte that it cannot decode
READING = re.compile(rf"[(（]({SYLLABLE})[)）]")
LOST_READING = re.compile(rf"[?\ufffd][(（]?({SYLLABLE})[)）]")
LOST_ENTITY = re.compile(r"[?\ufffd]&?#(\d{3,6});")

# What is left of a tag whose first character went with a lost byte.
TAG = re.compile(r"/?(?:p|br|a|b|i|u|span|strong|em|div|font|td|tr|li|ul|img|h[1-6])\b[^<>\n]{0,200}>")

BEAM = 80  # guesses kept after each character
WITHIN = 13.0  # a guess is dropped when it is so many nats behind the best
CHOICES, SPREAD = 30, 9.0  # characters tried where a byte is not known, and how many nats dearer than the first
PENDING = 4.0  # what a character that is not complete is taken to cost
TRUST = 0.15  # how much the document's own pairs of characters count against the model
GAP_LIMIT, GAP_CHOICES = 11.0, 12  # price and number of the characters tried before a pair that is not shown
MOST_GAPS, GAPS_KEPT = 3, 60  # such pairs in a row, guesses kept after each
LONGEST = 120  # characters of a stretch; longer ones are given up
MOST_LOST = 14  # lost bytes of a stretch
TRIED = 40  # characters tried where both bytes are lost

# What a lead byte can be that nothing tells: a class of bytes. `_gaps` adds the others.
NONE, ANY = -1, 256
CLASSES: dict[int, frozenset[int]] = {ANY: frozenset(LEADS)}

# Prices in nats.
LITERAL_READING = 14.0  # "?qǐng)" or "B(tài)" as the author's own
OTHER_READING = 3.0  # of a character that this document annotates otherwise, or never
GAP = 0.3  # of a pair that the page does not show


class Node(NamedTuple):
    """One step of a guess: the text as read up to ``end`` gave ``made``; ``literal`` if it stands for itself.

    ``whole`` says that no character waits for its second byte.
    """

    before: Node | None
    end: int
    made: str
    literal: bool
    whole: bool


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


class Piece(NamedTuple):
    """A part of the stretch that is not as it was: ``start:end`` of the text as read should be ``text``."""

    start: int
    end: int
    text: str


class Solution(NamedTuple):
    """What a stretch was: the pieces that differ, where the search ended, and how sure the choice is (0 to 1).

    ``lossy`` says that a character of the page is gone for good.
    """

    pieces: list[Piece]
    end: int
    confidence: float
    lossy: bool = False


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


class Search:
    """The search through one stretch of ``text``. Made anew for each document, used for all its stretches."""

    def __init__(self, text: str, model: Bigrams, facts: Facts, evidence: Evidence) -> None:
        self.text, self.model, self.facts, self.evidence = text, model, facts, evidence
        self.traditional, self.followers = evidence.traditional, evidence.followers
        self.annotated_pairs: dict[str, dict[int, list[tuple[int, str]]]] = {}
        self.shown = shown()
        self._prices: dict[tuple[int, str], list[Option]] = {}
        self._completions: dict[tuple[int, int, int], list[Completion]] = {}

    # -- prices -----------------------------------------------------------------------------------------------------

    def price(self, symbol: int, character: str) -> list[Option]:
        """What ``character`` can be after ``symbol``: prices and symbols."""
        options = self.model.options(symbol, character, self.traditional)
        if symbol < 0 or self.model.vocabulary[symbol] not in self.followers:
            return options
        found = self._prices.get((symbol, character))
        if found is None:
            extra = self.model.place(character, self.traditional)[2]
            found = [(self.seen_price(price - extra, symbol, number) + extra, number) for price, number in options]
            self._prices[symbol, character] = found
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
        if reading not in self.annotated_pairs:
            table: dict[int, list[tuple[int, str]]] = defaultdict(list)
            for character in self.facts.by_reading.get(reading, ""):
                if self.reading_price(character, reading) is not None:
                    pair = pairs()[character]
                    table[pair >> 8].append((pair & 0xFF, character))
            self.annotated_pairs[reading] = table
        return self.annotated_pairs[reading]

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
                found.append(State(price, byte, symbol, v, byte, made, node, mark))
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
                found.append(State(price + cost, NONE, number, lead, byte, made + character, node, mark))
                best = min(best, price + cost)
            return best
        for cost, number in options:
            found.append(State(price + cost, NONE, number, u, byte, made, node, mark))
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
            return [(lead, t, c) for t, c in by_lead().get(lead, ())]
        if trail < ANY:
            return [(b, trail, c) for b, c in by_trail().get(trail, ()) if b in CLASSES[lead]]
        known = [(pairs().get(c, 0), c) for c in self.likely(symbol)]
        return [(pair >> 8, pair & 0xFF, c) for pair, c in known if pair >> 8 in CLASSES[lead]]

    def cheapest(self, symbol: int, options: list[tuple[int, int, str]]) -> list[Completion]:
        price = self.price
        priced = [(cost, number, c, b, t) for b, t, c in options for cost, number in price(symbol, c) if cost < UNKNOWN]
        priced.sort()
        limit = priced[0][0] + SPREAD if priced else 0.0
        return [option for option in priced[:CHOICES] if option[0] <= limit]

    def lose(self, states: list[State]) -> list[State]:
        """The guesses after a byte that is not known."""
        found: list[State] = []
        for price, pending, symbol, _, v, made, node, mark in states:
            if pending == NONE:
                found.append(State(price, ANY, symbol, v, ANY, made, node, mark))
                continue
            for cost, number, character, lead, trail in self.completions(symbol, pending, ANY):
                found.append(State(price + cost, NONE, number, lead, trail, made + character, node, mark))
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
        for _ in range(MOST_GAPS):
            after = []
            for price, pending, symbol, _, _, made, node, mark in states:
                if pending == NONE:
                    continue
                for cost, number, character, first, kind in self.gap_characters(symbol, pending):
                    after.append(State(price + cost + GAP, kind, number, first, kind, made + character, node, mark))
            after.sort(key=itemgetter(0))
            states = [state for state in after[:GAPS_KEPT] if state.price <= after[0].price + WITHIN]
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

    def step(self, states: list[State], position: int) -> tuple[list[State], int]:
        """The guesses after the next unit of the text, and where that unit ends."""
        text = self.text
        character = text[position]
        before = states + self.gaps(states)
        found: list[State] = []
        end, extra = position + 1, 0.0
        if match := LOST_READING.match(text, position):
            end, extra = match.end(), LITERAL_READING
            for state in before:
                found += self.lose_annotated(state, match[1].translate(FOLD))
        elif match := LOST_ENTITY.match(text, position):
            end, extra = match.end(), LITERAL_READING
            code = int(match[1])
            pair = pairs().get(chr(code)) if code < 0x110000 else None
            if pair is not None:
                found = self.feed(self.lose(before), (pair >> 8, pair & 0xFF))
        elif match := READING.match(text, position):
            end, extra = match.end(), LITERAL_READING
            for state in before:
                found += self.annotate(state, match[1].translate(FOLD))
            for state in self.dearer(before, self.evidence.unseen):
                if state.v >= 0x81:
                    found += self.lose_annotated(state, match[1].translate(FOLD))
        elif character in MARKS:
            within = [state for state in before if state.pending != NONE]
            entering = self.dearer([state for state in states if state.pending == NONE], self.evidence.entry)
            left, entered = self.lose(within), self.lose(entering)
            found = left + self.feed(left + entered, (0xA3, 0xBF))
            if self.evidence.entities or text[end : end + 1] in FOLDED:
                found += entered
        else:
            found = self.plain(states, before, character)
        literal = self.literal(states, text[position:end], extra)
        return self.settle(found, literal, end), end

    def plain(self, states: list[State], before: list[State], character: str) -> list[State]:
        """The guesses after a character of the text that stands for its bytes, in a damaged stretch."""
        byte = ord(character)
        shifted = [state for state in before if state.pending != NONE]
        found: list[State] = []
        sign: tuple[int, ...]
        if byte < 0x80:
            sign = (0xA3, 0x80 | byte) if 0x21 <= byte <= 0x7E else ()
            if byte >= 0x40:
                found = self.feed(shifted, (byte,))
            else:  # the lead byte that stood before it cannot be shown
                found = self.feed(self.lose(self.dearer(shifted, self.evidence.unseen)), (byte,))
        else:
            pair = pairs().get(character)
            sign = (pair >> 8, pair & 0xFF) if pair is not None else ()
        if sign:
            found += self.feed(shifted, sign)
            if sign[0] == 0xA3:  # a sign that pages replace, so a byte may be lost before it
                straight = self.dearer([state for state in states if state.pending == NONE], self.evidence.unseen)
                found += self.feed(self.lose(straight), sign)
        return found

    def dearer(self, states: list[State], cost: float) -> list[State]:
        return [state._replace(price=state.price + cost) for state in states]

    def literal(self, states: list[State], unit: str, extra: float) -> list[State]:
        """The guesses in which ``unit`` stands for itself."""
        found = []
        pair = pairs().get(unit[-1], ord(unit[-1]) if unit[-1] < "\x80" else 0)
        for state in states:
            if state.pending != NONE:
                continue
            u, v = (pair >> 8, pair & 0xFF) if pair > 0xFF else (state.v, pair)
            for price, symbol in self.run(state.price + extra, state.symbol, unit):
                found.append(State(price, NONE, symbol, u, v, unit, state.node, state.mark))
        return found

    def run(self, price: float, symbol: int, unit: str) -> list[Option]:
        """The prices and symbols after the characters of ``unit``, the cheapest way to each symbol."""
        ways = {symbol: price}
        for character in unit:
            following: dict[int, float] = {}
            for before, paid in ways.items():
                for cost, number in self.price(before, character):
                    if paid + cost < following.get(number, inf):
                        following[number] = paid + cost
            ways = following
        return [(paid, number) for number, paid in ways.items()]

    def settle(self, found: list[State], literal: list[State], end: int) -> list[State]:
        """The likeliest guesses, each text once, with what they have made put into a node."""
        ranked = [(state[0], state, True) for state in literal]
        ranked += [(state[0] if state[1] == NONE else state[0] + PENDING, state, False) for state in found]
        if not ranked:
            return []
        ranked.sort(key=itemgetter(0))
        limit = ranked[0][0] + WITHIN
        kept: dict[tuple[int, int, int, int], State] = {}
        for worth, state, plain in ranked:
            if worth > limit or len(kept) >= BEAM:
                break
            price, pending, symbol, u, v, made, node, mark = state
            mark = hash((mark, made))
            if (pending, symbol, v, mark) not in kept:
                kept[pending, symbol, v, mark] = State(price, pending, symbol, u, v, "", Node(node, end, made, plain, pending == NONE), mark)
        return list(kept.values())

    def solve(self, start: int) -> Solution:
        """What the stretch that begins at ``start`` was, as far as the text is damaged; no pieces if no guess holds."""
        ways, u, v = self.context(start)
        root = Node(None, start, "", True, True)
        states = [State(price, NONE, symbol, u, v, "", root, 0) for price, symbol in ways]
        position, lost = start, 0
        stop = min(len(self.text), start + LONGEST)
        quiet = 0  # characters since all likely guesses take the text as it stands
        while position < stop and self.text[position] != "\n":
            lost += self.text[position] in MARKS
            if lost > MOST_LOST:
                return Solution([], position, 0.0)
            states, position = self.step(states, position)
            if not states:
                return Solution([], position, 0.0)
            best = states[0].price
            settled = all(state.pending == NONE and state.node.literal for state in states if state.price < best + 10)
            quiet = quiet + 1 if settled else 0
            if quiet >= 3 or (settled and quiet >= 1 and self.text[position : position + 1] in ("", "\n")):
                break
        states = self.finish(states)
        if not states:
            return Solution([], position, 0.0)
        return self.choose(states, start, position)

    def finish(self, states: list[State]) -> list[State]:
        """The guesses at the end of a line: a trail byte that is still missing is lost."""
        found = []
        for state in states:
            if state.pending == NONE:
                cost, _ = min(self.price(state.symbol, "\n"))
                found.append(state._replace(price=state.price + cost))
            else:
                for new in self.lose(self.dearer([state], self.evidence.unseen)):
                    cost, _ = min(self.price(new.symbol, "\n"))
                    node = state.node
                    merged = Node(node.before, node.end, node.made + new.made, False, True)
                    found.append(new._replace(price=new.price + cost, made="", node=merged, mark=hash((new.mark, new.made))))
        found.sort(key=itemgetter(0))
        return found[:BEAM]

    def choose(self, states: list[State], start: int, end: int) -> Solution:
        """The likeliest guess as pieces, and its share of what all guesses weigh."""
        best = states[0]
        weights: dict[int, float] = {}
        for state in states:
            weights[state.mark] = weights.get(state.mark, 0.0) + exp(best.price - state.price)
        confidence = weights[best.mark] / sum(weights.values())
        nodes: list[Node] = []
        node: Node | None = best.node
        while node is not None:
            nodes.append(node)
            node = node.before
        nodes.reverse()
        pieces: list[Piece] = []
        lossy = False
        for earlier, node in zip(nodes, nodes[1:], strict=False):
            if node.literal:
                continue
            if node.whole and node.end - earlier.end == 1 and self.text[earlier.end] in MARKS:
                tag = TAG.match(self.text, node.end)
                if tag and node is nodes[-1]:
                    node = node._replace(end=tag.end())
                else:
                    lossy |= self.swallowed(node.end)
            if pieces and pieces[-1].end == earlier.end:
                last = pieces.pop()
                pieces.append(Piece(last.start, node.end, last.text + node.made))
            else:
                pieces.append(Piece(earlier.end, node.end, node.made))
        return Solution(pieces, max(end, pieces[-1].end if pieces else 0), confidence, lossy)

    def swallowed(self, position: int) -> bool:
        """Whether the lost byte before ``position`` took an ASCII character of the text with it."""
        after = self.text[position : position + 1]
        if self.evidence.swallows is None:
            return after.isascii() and after.isalnum()
        return self.evidence.swallows and after not in ("", "\n", "\r")

    def context(self, start: int) -> tuple[list[Option], int, int]:
        """What the last symbol before ``start`` can be, and the last two bytes, readings left out."""
        line = self.text[max(0, start - 60) : start].rpartition("\n")[2]
        before = re.sub(rf"[(（]{SYLLABLE}[)）]", "", line)[-6:]
        if not before:
            return [(0.0, self.model.edge)], NONE, NONE
        ways = self.run(0.0, self.model.edge, before)
        least = min(ways)[0]
        pair = pairs().get(before[-1], ord(before[-1]) if before[-1] < "\x80" else 0)
        u, v = (pair >> 8, pair & 0xFF) if pair > 0xFF else (NONE, pair or NONE)
        return [(price - least, symbol) for price, symbol in ways], u, v
