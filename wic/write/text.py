"""Texts as they are, and segmented texts with a mark between the pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count

from wic.document import Document

SEPARATOR = "|"


def joined(texts: Iterable[tuple[str, str]], *, close: bool) -> Iterator[bytes]:
    """Texts one after the other, each with what links it to the one before, where that does not end with its line.

    A link, or with ``close`` a line end after the last one, is all that is added: a single text comes out byte for byte.
    """
    previous = ""
    for text, link in texts:
        if previous and not previous.endswith("\n"):
            yield link.encode()
        yield text.encode()
        previous = text
    if close and previous and not previous.endswith("\n"):
        yield b"\n"


def words(whole: str, pieces: Sequence[str], separator: str = SEPARATOR) -> str:
    """The pieces of the text ``whole`` with ``separator`` between them, line ends of the text kept.

    With the default separator nothing is lost: a separator or backslash of the text itself is written with a
    backslash before it, so taking out the bare separators gives the text back. With another one, white space tokens
    are left out, which is what tools that split on it expect.
    """
    if separator == SEPARATOR and (SEPARATOR in whole or "\\" in whole):
        pieces = [piece.replace("\\", "\\\\").replace(SEPARATOR, "\\" + SEPARATOR) for piece in pieces]
    breaks = []
    if "\n" in whole or "\r" in whole:
        blanks = compress(count(), map(str.isspace, pieces))
        breaks = [number for number in blanks if "\n" in pieces[number] or "\r" in pieces[number]]
    parts = []
    begin = 0
    for end in [*breaks, len(pieces)]:
        line = pieces[begin:end]
        if separator != SEPARATOR:
            line = [piece for piece in line if not piece.isspace()]
        parts += [separator.join(line), *pieces[end : end + 1]]
        begin = end + 1
    return "".join(parts)


def sentences(document: Document) -> str:
    """One sentence a line, its white space folded to single blanks; an empty line where the text has one."""
    lines = []
    for sentence in document.sentences or ():
        text = sentence.text
        if folded := " ".join(text.split()):
            lines.append(folded)
        if text[len(text.rstrip()) :].count("\n") > 1:
            lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""
