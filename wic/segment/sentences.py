"""Where sentences end: by terminators and what closes after them, with data from the language folders.

A language folder may hold a ``sentences.toml`` with

- ``ends``: characters that end a sentence wherever they stand (``。``);
- ``stops``: characters that end one only before white space or a closing mark (``.``);
- ``abbreviations``: words after which a full stop does not end a sentence; with ``titles``, which are never last;
- ``lines``: whether a line break ends a sentence by itself (it does unless this is false).

With a ``spaces.tsv`` spaces end sentences too (``wic/segment/spaces.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import regex

from wic.language import ROOT, Language, language
from wic.segment import spaces

# Marks that close what a sentence opened; a straight quote closes when it follows the terminator at once.
CLOSING = r"\p{Pe}\p{Pf}\"'»”’"

INITIALS = regex.compile(r"\p{L}(?:\.\p{L})*")  # what stands before the full stop of J. R. R. Tolkien or พ.ศ.
SMALL, CAPITAL = re.compile(r"[.!?]\s+[a-z]"), re.compile(r"[.!?]\s+[A-Z]")


class Rules:
    """The compiled rules of one language."""

    def __init__(self, own: Language) -> None:
        facts: dict[str, Any] = {**language(ROOT).data("sentences.toml"), **own.data("sentences.toml")}
        ends, stops = facts.get("ends", ""), facts.get("stops", "")
        self.abbreviations = frozenset(word.casefold() for word in facts.get("abbreviations", ()))
        self.titles = frozenset(word.casefold() for word in facts.get("titles", ()))
        lines = r"\s*\n\s*+" if facts.get("lines", True) else r"\s*\n\s*\n\s*+"
        after = rf"[{CLOSING}]*+"
        both = regex.escape(ends + stops, literal_spaces=True)
        parts = [
            rf"(?P<end>(?:[{regex.escape(ends, literal_spaces=True)}][{both}]*+{after})++\s*+)" if ends else "",
            rf"(?P<stop>[{regex.escape(stops, literal_spaces=True)}][{both}]*+{after}(?:\s++|$))" if stops else "",
            rf"(?P<line>{lines})",
        ]
        self.pattern = regex.compile("|".join(filter(None, parts)), regex.V1)


@cache
def rules(own: Language) -> Rules:
    return Rules(own)


def ends(text: str, own: Language, words: Sequence[str] | None = None) -> Iterable[int]:
    """Offsets in the clean text after which a new sentence begins, in order, the end of the text left out.

    ``words`` are the pieces of ``text`` as wic's own engine cuts it, where they are known; a language whose spaces end
    sentences asks for them.
    """
    marks = _marks(text, own)
    known = spaces.model(own)
    if known is None:
        return marks
    if words is None:
        from wic.segment.wic import cut

        words = cut(text)
    return sorted({*marks, *spaces.ends(words, known)})


def _marks(text: str, own: Language) -> Iterator[int]:
    """Ends that a mark or a line break tells."""
    known = rules(own)
    small: bool | None = None
    begin = 0
    for found in known.pattern.finditer(text):
        end = found.end()
        if end >= len(text) or not text[begin:end].strip():
            continue
        if found["stop"] is not None and "\n" not in found[0]:
            if small is None:
                small = _small(text)
            if not _stops(text, begin, found, known, small):
                continue
        yield end
        begin = end


def _small(text: str) -> bool:
    """Whether the writer begins most sentences with a small letter, as many do in chats and forums."""
    return len(SMALL.findall(text)) > len(CAPITAL.findall(text))


def _stops(text: str, begin: int, found: regex.Match[str], known: Rules, small: bool) -> bool:
    """Whether a full stop, question mark or exclamation mark before white space ends a sentence."""
    start, after = found.start(), text[found.end() : found.end() + 1]
    if after in (".", ","):  # an ellipsis with blanks in it, or an abbreviation within the sentence
        return False
    goes_on = after.islower() and not small
    if found[0][0] not in ".":
        return not goes_on or found[0].rstrip() == "?"  # else it may end a quotation within the sentence, or a name
    words = text[max(begin, start - 40) : start].split()
    word = words[-1].casefold().lstrip("([{\"'“‘«") if words else ""
    if word in known.titles or goes_on:
        return False
    if INITIALS.fullmatch(word) and word not in known.abbreviations and word != "i":
        return False
    return word not in known.abbreviations or after.isupper()
