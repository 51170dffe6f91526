"""The way back through damaged bytes: which text a mirror can have made into this one.

A damaged stretch is read character by character, and several guesses at the bytes of the page before the damage are
kept, the likeliest first. What was inserted between the bytes is taken out; it says which character it was inserted
after, so it limits what the bytes around can be. Lost bytes are tried out. The bigram model prices the characters that
the bytes make, and the same characters taken as they stand, so undamaged text is the likelier reading of itself.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import exp, inf
from operator import itemgetter
from typing import NamedTuple

from wic.clean.garble.bigrams import Option
from wic.clean.garble.gbk import pairs
from wic.clean.garble.guesses import NONE, WITHIN, Guesser, Node, State, new_state
from wic.clean.garble.readings import FOLD, SYLLABLE

FOLDED = tuple("!！?？;；,，:：")  # the signs that pages insert as entities; stored text has them in either width
QUESTION = (0xA3, 0xBF)  # the full-width question mark, which stored text may have made an ASCII one
SHOUTS, SHOUT = tuple("?？!！…"), 1.5  # signs that often follow each other, and what one more of them costs
MARKS = "?\ufffd"  # what a page shows for a byte that it cannot decode
READING = re.compile(rf"[(（]({SYLLABLE})[)）]")
LOST_READING = re.compile(rf"[?\ufffd][(（]?({SYLLABLE})[)）]")
LOST_ENTITY = re.compile(r"[?\ufffd]&?#(\d{3,6});")

# What is left of a tag whose first character went with a lost byte.
TAG = re.compile(r"/?(?:p|br|a|b|i|u|span|strong|em|div|font|td|tr|li|ul|img|h[1-6])\b[^<>\n]{0,200}>")

# A look at what follows a mark before a search: characters, and what ends them in a damaged stretch.
LOOK, ODD_PRICE = 8, 7.5
ODD = re.compile(r"[^\x00-\x7f]+")
ODD_END = tuple(MARKS + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@[\\]^_`{|}~")

BEAM = 60  # guesses kept after each character
PENDING = 4.0  # what a character that is not complete is taken to cost, in nats like all prices
LITERAL_READING = 14.0  # the price of "?qǐng)" or "B(tài)" as the author's own
SWALLOWED = 3.0  # the price of an ASCII character that the decoder has swallowed
ALONE = (0x80, 0xFF)  # bytes that cannot begin a character, so that they are lost whatever follows
LONGEST = 120  # characters of a stretch; longer ones are given up
DENSE, MOST_DENSE = 16, 5  # more lost bytes in so many characters are other damage
ENOUGH_LOST, MOST_LOST = 8, 14  # lost bytes after which a stretch ends where it can, and is given up


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


class Search:
    """The search through the damaged stretches of ``text``."""

    def __init__(self, text: str, guesser: Guesser) -> None:
        self.text, self.guesser, self.evidence = text, guesser, guesser.evidence
        self.price, self.feed, self.lose = guesser.price, guesser.feed, guesser.lose
        self.guesses = 0  # made so far

    def step(self, states: list[State], position: int) -> tuple[list[State], int]:
        """The guesses after the next unit of the text, and where that unit ends."""
        text = self.text
        character = text[position]
        before = states + self.guesser.gaps(states)
        found: list[State] = []
        end, extra = position + 1, 0.0
        if match := LOST_READING.match(text, position):
            end, extra = match.end(), LITERAL_READING
            for state in before:
                found += self.guesser.lose_annotated(state, match[1].translate(FOLD))
        elif match := LOST_ENTITY.match(text, position):
            end, extra = match.end(), LITERAL_READING
            code = int(match[1])
            pair = pairs().get(chr(code)) if code < 0x110000 else None
            if pair is not None:
                found = self.feed(self.lose(before), (pair >> 8, pair & 0xFF))
        elif match := READING.match(text, position):
            end, extra = match.end(), LITERAL_READING
            for state in before:
                found += self.guesser.annotate(state, match[1].translate(FOLD))
            for state in self.dearer(before, self.evidence.unseen):
                if state.v >= 0x81:
                    found += self.guesser.lose_annotated(state, match[1].translate(FOLD))
        elif character in MARKS:
            within = [state for state in before if state.pending != NONE]
            entering = self.dearer([state for state in states if state.pending == NONE], self.evidence.entry)
            left, entered = self.after_second(self.lose(within), end), self.lose(entering)
            found = left + self.feed(left + entered, QUESTION)
            if character == "?":  # or it is a full-width one that was replaced
                found += self.feed(within, QUESTION)
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
        return [new_state((state[0] + cost, *state[1:])) for state in states]

    def literal(self, states: list[State], unit: str, extra: float) -> list[State]:
        """The guesses in which ``unit`` stands for itself."""
        found = []
        pair = pairs().get(unit[-1], ord(unit[-1]) if unit[-1] < "\x80" else 0)
        for state in states:
            if state.pending != NONE:
                continue
            u, v = (pair >> 8, pair & 0xFF) if pair > 0xFF else (state.v, pair)
            for price, symbol in self.run(state.price + extra, state.symbol, unit, state.node.end):
                found.append(new_state((price, NONE, symbol, u, v, unit, state.node, state.mark)))
        return found

    def run(self, price: float, symbol: int, unit: str, position: int = -1) -> list[Option]:
        """The prices and symbols after the characters of ``unit``, the cheapest way to each symbol."""
        ways = {symbol: price}
        if unit in SHOUTS and self.text[position - 1 : position] in SHOUTS:
            return [(price + SHOUT, symbol)]
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
        self.guesses += len(ranked)
        lost_alone = self.text[end - 1] in MARKS  # and nothing that was inserted tells what it was
        ranked.sort(key=itemgetter(0))
        limit = ranked[0][0] + WITHIN
        kept: dict[tuple[int, int, int, int], State] = {}
        for worth, state, plain in ranked:
            if worth > limit or len(kept) >= BEAM:
                break
            price, pending, symbol, u, v, made, node, mark = state
            mark = hash((mark, made))
            if (pending, symbol, v, mark) not in kept:
                shut = v if lost_alone and pending == NONE and not plain else NONE
                grown = Node(node, end, made, plain, shut)
                kept[pending, symbol, v, mark] = new_state((price, pending, symbol, u, v, "", grown, mark))
        return list(kept.values())

    def solve(self, start: int) -> Solution:
        """What the stretch that begins at ``start`` was, as far as the text is damaged; no pieces if no guess holds."""
        if sum(map(self.text.count, MARKS, (start, start), (start + DENSE, start + DENSE))) > MOST_DENSE:
            return Solution([], start + DENSE, 0.0)
        ways, u, v = self.context(start)
        root = Node(None, start, "", True, NONE)
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
            if quiet >= 3 or (quiet and (lost > ENOUGH_LOST or self.text[position : position + 1] in ("", "\n"))):
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
                    merged = Node(node.before, node.end, node.made + new.made, False, NONE)
                    found.append(
                        new._replace(price=new.price + cost, made="", node=merged, mark=hash((new.mark, new.made)))
                    )
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
        for earlier, node in pairwise(nodes):
            if node.literal:
                continue
            if node.shut not in (NONE, *ALONE):
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

    def odd(self, start: int) -> bool:
        """Whether what follows the mark at ``start`` is so unlikely as it stands that a search is worth its time."""
        after = self.text[start + 1 : start + LOOK]
        run = ODD.match(after)
        if run is None or (run.end() <= 2 and after[run.end() : run.end() + 1] in ODD_END):
            return True
        best = min(self.run(0.0, -1, run[0]))[0]
        return best > ODD_PRICE * len(run[0])

    def after_second(self, states: list[State], end: int) -> list[State]:
        """The guesses after a lost second byte, with the price of what must have followed it.

        A byte that can begin a character is lost only if the next one can not continue it, so that was ASCII. It is
        still there, or the decoder has swallowed it, which is seldom.
        """
        after = self.text[end : end + 1]
        if not after or after == "\n" or (after < "@" and not self.evidence.swallows):
            return states
        extra = SWALLOWED if self.evidence.swallows is not False or after.isascii() else SWALLOWED * 3
        return [s if s.v in ALONE else s._replace(price=s.price + extra) for s in states]

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
            return [(0.0, self.guesser.model.edge)], NONE, NONE
        ways = self.run(0.0, self.guesser.model.edge, before)
        least = min(ways)[0]
        pair = pairs().get(before[-1], ord(before[-1]) if before[-1] < "\x80" else 0)
        u, v = (pair >> 8, pair & 0xFF) if pair > 0xFF else (NONE, pair or NONE)
        return [(price - least, symbol) for price, symbol in ways], u, v
