"""GBK as the mirrors use it: which two bytes are which character, and which bytes no page shows.

A lead byte is 81-FE, a trail byte 40-7E or 80-FE. A pair is written here as one number, lead * 256 + trail.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
PRIVATE = "\ue000", "\uf8ff"  # what the user-defined and unassigned pairs decode to; pages drop it


@cache
def characters() -> dict[int, str]:
    """The character of each pair, as browsers decode it (GB18030)."""
    numbers = [lead << 8 | trail for lead in LEADS for trail in TRAILS]
    text = b"".join(number.to_bytes(2) for number in numbers).decode("gb18030")
    return dict(zip(numbers, text, strict=True))


@cache
def pairs() -> dict[str, int]:
    """The pair of each character that has one, private ones included."""
    return {character: pair for pair, character in characters().items()}


@cache
def shown() -> dict[int, str]:
    """The pairs that pages show: those that are not private."""
    return {pair: c for pair, c in characters().items() if not PRIVATE[0] <= c <= PRIVATE[1]}


@cache
def hidden() -> frozenset[int]:
    """The pairs that pages drop."""
    return frozenset(lead << 8 | trail for lead in LEADS for trail in TRAILS) - shown().keys()


@cache
def by_lead() -> dict[int, list[tuple[int, str]]]:
    """For each lead byte the trail bytes that can follow it, with the characters."""
    table: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for pair, character in shown().items():
        table[pair >> 8].append((pair & 0xFF, character))
    return table


@cache
def by_trail() -> dict[int, list[tuple[int, str]]]:
    """For each trail byte the lead bytes that can stand before it, with the characters."""
    table: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for pair, character in shown().items():
        table[pair & 0xFF].append((pair >> 8, character))
    return table
