"""What cleaning changed, line by line: the lines as read and the lines as cleaned, with the edits marked in them.

Made from the edits and not by comparing texts, so it takes linear time and shows the very edits. Characters that
cannot be seen are shown by number inside an edit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from wic.document import Document, Edit
from wic.write.visible import revealed

Piece = tuple[str, bool]  # text, and whether an edit changed it


class Hunk(NamedTuple):
    """Consecutive changed lines: number of the first line (from 1), what stood there, what stands there now, why."""

    line: int
    before: list[list[Piece]]
    after: list[list[Piece]]
    rules: list[str]


def hunks(document: Document) -> Iterator[Hunk]:
    """The changed lines of a document, in order."""
    raw, edits = document.raw, deque(document.edits or ())
    position = line = 0
    while edits:
        start = raw.rfind("\n", 0, edits[0].start) + 1
        line += raw.count("\n", position, start)
        taken: list[Edit] = []
        end = start
        while edits and (edits[0].start < end or not taken):
            taken.append(edits.popleft())
            end = max(end, _line_end(raw, taken[-1].end))
        yield Hunk(
            line + 1,
            _lines(_pieces(raw, start, end, taken, after=False)),
            _lines(_pieces(raw, start, end, taken, after=True)),
            list(dict.fromkeys(edit.rule for edit in taken)),
        )
        position = start


def _line_end(text: str, position: int) -> int:
    """Where the line that holds the character before ``position`` ends, its line end included."""
    found = text.find("\n", max(0, position - 1))
    return len(text) if found < 0 else found + 1


def _pieces(raw: str, start: int, end: int, edits: list[Edit], *, after: bool) -> Iterator[Piece]:
    for edit in edits:
        yield raw[start : edit.start], False
        yield edit.after if after else edit.before, True
        start = edit.end
    yield raw[start:end], False


def _lines(pieces: Iterator[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for text, changed in pieces:
        for number, part in enumerate(text.split("\n")):
            if number:
                if changed:
                    lines[-1].append(("↵", True))
                lines.append([])
            if part:
                lines[-1].append((revealed(part) if changed else part, changed))
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return lines
