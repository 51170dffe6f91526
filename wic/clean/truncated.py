"""Chinese characters one byte of which a decoder lost, when it read their UTF-8 as GBK.

Two of three bytes are left, so 64 characters are possible. The character model (``wic.clean.garble.bigrams``) prices
each between its neighbours; one is taken if all others together are unlikely, else the mark for the loss stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import exp, inf
from typing import TYPE_CHECKING

from wic.clean.misread import TRUNCATED, octets_of
from wic.clean.units import LOST
from wic.document import Edit, apply

if TYPE_CHECKING:
    from wic.clean.garble.bigrams import Bigrams

SURE = 0.9  # the share that the likeliest character must have to be taken
BEFORE, BEHIND = 4, 2  # characters that are looked at on either side
SIGNS = "，。、；：！？…—“”‘’（）《》"
BYTES = [chr(octet) for octet in range(0x80, 0xC0)]


def solved(line: str, edits: Sequence[Edit], read_as: str) -> list[Edit]:
    """The edits, in offsets of ``line``, with characters for the marks that can be only one; their confidence is its share."""
    if not any(LOST in edit.after for edit in edits):
        return list(edits)
    from wic.clean.garble.bigrams import bigrams

    model = bigrams()
    whole = apply(edits, line)
    traditional = sum(c in model.simplified for c in whole) > sum(
        c in model.kept_forms for c in whole if c not in model.simplified
    )
    found: list[Edit] = []
    grown = 0
    for edit in edits:
        if LOST in edit.after:
            at = edit.start + grown
            after, share = _with_characters(model, whole, at, edit, read_as, traditional)
            found.append(edit._replace(after=after, confidence=round(share, 3)))
            whole = whole[:at] + after + whole[at + len(after) :]
        else:
            found.append(edit)
        grown += len(edit.after) - len(edit.before)
    return found


def _with_characters(
    model: Bigrams, whole: str, at: int, edit: Edit, read_as: str, traditional: bool
) -> tuple[str, float]:
    """What an edit puts in, with the characters for its marks, and how sure they are."""
    after, certain = edit.after, 1.0
    places = [place for place, character in enumerate(after) if character == LOST]
    for place, match in zip(places, TRUNCATED.finditer(octets_of(edit.before, read_as)), strict=False):
        here = at + place
        before = whole[max(0, here - BEFORE) : here].rpartition(LOST)[2]
        behind = (whole[here + 1 : here + 1 + BEHIND] + "\n")[:BEHIND].partition(LOST)[0]
        ways = _ways(model, {-1: 0.0}, before, traditional)
        prices = {c: min(_ways(model, ways, c + behind, traditional).values()) for c in _characters(match[0])}
        if not prices:
            continue
        best = min(prices, key=lambda c: prices[c])
        share = 1 / sum(exp(prices[best] - price) for price in prices.values())
        # Which sign stands before a number, no model of characters can tell.
        if share >= SURE and not (best in SIGNS and behind[:1].isdigit()):
            after = after[:place] + best + after[place + 1 :]
            certain = min(certain, share)
    return after, certain


@cache
def _characters(octets: str) -> tuple[str, ...]:
    """The Chinese characters and signs of which one byte is missing in these."""
    if octets.count(LOST) != 1 or len(octets) != 3:
        return ()
    found = []
    for octet in BYTES:
        try:
            found.append(octets.replace(LOST, octet).encode("latin-1").decode("utf-8"))
        except UnicodeError:
            continue
    return tuple(found)


def _ways(model: Bigrams, ways: dict[int, float], text: str, traditional: bool) -> dict[int, float]:
    """What the symbols may be that end the text, with the price in nats; ``ways`` are those that end what is before."""
    for character in text:
        following: dict[int, float] = {}
        for before, paid in ways.items():
            for cost, symbol in model.options(before, character, traditional):
                if paid + cost < following.get(symbol, inf):
                    following[symbol] = paid + cost
        ways = following
    return ways
