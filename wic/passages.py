"""A text that is too long to be held: passages of it, cut where no word is.

A passage ends with a line if it can, else behind a mark that ends a sentence or before white space (blanks at the end
of a text look superfluous), and where there is none of them between characters as readers see them (grapheme clusters).
Where it ends depends on the text alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from wic.errors import WicError

LONG = 1 << 20  # bytes, or characters where those are known: a longer text is taken in passages
PASSAGE = 1 << 15  # characters, at most
_PAUSE = regex.compile(r"[。！？!?؟…]+[\p{Pe}\p{Pf}\"'»”’]*|\S(?=\s)")
_CLUSTER = regex.compile(r"\X")


def passages(texts: Iterable[str]) -> Iterator[str]:
    """The passages of a text that comes in pieces; joined they are the text, also where a WicError ends it."""
    rest = ""
    trouble = None
    pieces = iter(texts)
    while True:
        try:
            rest += next(pieces)
        except StopIteration:
            break
        except WicError as error:
            trouble = error
            break
        begin = 0
        while len(rest) - begin > PASSAGE:
            end = begin + _end(rest[begin : begin + PASSAGE])
            yield rest[begin:end]
            begin = end
        rest = rest[begin:]
    if rest:
        yield rest
    if trouble is not None:
        raise trouble


def _end(text: str) -> int:
    """Where a passage ends that may have all of these characters; in their second half, if it can."""
    half = len(text) // 2
    if (line := text.rfind("\n", half)) >= 0:
        return line + 1
    pauses = [found.end() for found in _PAUSE.finditer(text, half)]
    if pauses:
        return pauses[-1]
    # The last cluster may go on behind the passage. A run of marks without end is cut anywhere.
    tail = max(0, len(text) - 100)
    last = max(found.start() for found in _CLUSTER.finditer(text, tail))
    return last if last > tail else len(text)
