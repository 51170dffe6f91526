"""Hard rules: URLs, e-mail addresses and numbers with separators stay whole, whatever an engine says."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

# The look-behinds keep the search linear: inside a long run no second attempt begins. Only ASCII belongs to an
# address, since Thai and Chinese writers put no space after it.
_FIXED = re.compile(
    r"""
      (?P<url>  (?<![a-zA-Z0-9]) (?:(?:https?|ftp)://|www\.)
                (?: [a-zA-Z0-9._~:/?\#\[\]@!$&'*+,;=%-]++ | \([a-zA-Z0-9._~:/?\#@!$&'*+,;=%-]*+\) )++ )
    | (?P<email> (?<![a-zA-Z0-9._%+-]) [a-zA-Z0-9_] [a-zA-Z0-9._%+-]*+ @ [a-zA-Z0-9-]++ (?:\.[a-zA-Z0-9-]++)++ )
    | (?P<number> (?<!\d) \d++ (?: (?:[.,:\uff0e\u066b\u066c\u060c] \d++) | (?:\uff0c \d{3}(?!\d)) )++ )
    """,
    re.VERBOSE,
)

_ADDRESS = ("://", "www.", "@")
# Where there is no address: each run of digits is looked at once, and is a span if it has a separator.
_NUMBER = re.compile(r"\d++((?:[.,:\uff0e\u066b\u066c\u060c]\d++|\uff0c\d{3}(?!\d))++)?+")


class Span(NamedTuple):
    """``start:end`` of the clean text is one token of this kind."""

    start: int
    end: int
    kind: str


def fixed(text: str) -> Iterator[Span]:
    """The spans of a text that are never cut, in order. A number's own edges are left to the engine."""
    if not has_address(text):
        for found in _NUMBER.finditer(text):
            if found[1] is not None:
                yield Span(*found.span(), "number")
        return
    for found in _FIXED.finditer(text):
        kind = found.lastgroup or ""
        end = found.end()
        if kind == "url":  # what ends a sentence or closes a bracket is not part of the address
            end = found.start() + len(found[0].rstrip(".,;:!?'*["))
        yield Span(found.start(), end, kind)


def has_address(text: str) -> bool:
    """Whether there can be an address in the text, and not only numbers."""
    return any(sign in text for sign in _ADDRESS)


def hold(pieces: Sequence[str], spans: Iterable[Span]) -> list[str]:
    """The pieces with no cut inside a span, and with a cut at both edges of an address.

    ``spans`` are in order and do not overlap. A piece that reaches over the edge of a number keeps it (``2012年`` may be one
    word).
    """
    ends = list(accumulate(map(len, pieces)))
    found: list[str] = []
    begin = behind = 0  # the pieces that are being put together; what stands before is in `found`
    edges: list[int] = []  # where they are cut all the same
    for span in spans:
        first = bisect_right(ends, span.start, begin)
        last = bisect_left(ends, span.end, first)
        if span.kind == "number" and first == last:
            continue
        if first >= behind:
            found += _put_together(pieces[begin:behind], ends[begin - 1] if begin else 0, edges)
            found += pieces[behind:first]
            begin, edges = first, []
        behind = last + 1
        if span.kind != "number":
            edges += span.start, span.end
    found += _put_together(pieces[begin:behind], ends[begin - 1] if begin else 0, edges)
    found += pieces[behind:]
    return found


def _put_together(pieces: Sequence[str], start: int, edges: Iterable[int]) -> Iterator[str]:
    """Pieces of which the first stands at ``start`` as one, but for cuts at ``edges``."""
    whole = "".join(pieces)
    places = sorted({0, *(edge - start for edge in edges), len(whole)})
    return (whole[begin:end] for begin, end in pairwise(places))
