"""Hard rules: URLs, e-mail addresses and numbers with separators stay whole, whatever an engine says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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


def hold(pieces: Iterable[str], spans: Iterable[Span]) -> Iterator[str]:
    """The pieces with no cut inside a span, and with a cut at both edges of an address.

    A piece that reaches over the edge of a number keeps it (``2012年`` may be one word).
    """
    position = 0
    waiting = iter(spans)
    span = next(waiting, None)
    joined = ""  # pieces put together because a span runs through their borders
    for piece in pieces:
        joined += piece
        position += len(piece)
        while span is not None and position > span.start:
            start = position - len(joined)
            if span.kind != "number":
                if start < span.start:
                    yield joined[: span.start - start]
                    joined = joined[span.start - start :]
                    start = span.start
                if position >= span.end:
                    yield joined[: span.end - start]
                    joined = joined[span.end - start :]
            if position < span.end:
                break
            span = next(waiting, None)
        else:
            if joined:
                yield joined
            joined = ""
    if joined:
        yield joined
