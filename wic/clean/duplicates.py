"""Near-duplicates: paragraphs that repeat an earlier one of the same corpus, but for a few characters.

A paragraph is a line. Two are compared by their *shingles*, the runs of three characters that occur in them, after
folding (script, case, width, optional marks) and with all numbers alike. MinHash signatures in bands (Broder 1997;
Indyk and Motwani 1998), by rensa, find which earlier paragraphs may be alike; the shingles themselves decide:

- ``ALIKE`` of the shingles in common (Jaccard): the paragraphs say the same, perhaps with a clause more;
- or fewer, while nearly all characters are the same. Changing five characters in a hundred, here and there, leaves
  three quarters of the shingles, with a spread that is wider the shorter the paragraph (``_least``); another wording
  of that extent changes characters in runs.

Paragraphs whose numbers alone differ are a series and no duplicates (``Chapter 2``, the rows of a table); so are those
that have several numbers each and hardly any in common. Lines with few shingles (headings, ``* * *``) are left alone.
Of every family the first paragraph in the order of the input stays; what comes later is compared with those that stay.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from wic.document import Document, Edit, Flag, apply, compose

if TYPE_CHECKING:
    from rensa import RMinHash

RULE = "near-duplicate"
ALIKE, SAME_CHARACTERS = 0.7, 0.88
LEAST = 0.45  # shingles in common, below which nothing is a duplicate
FEWEST = 23  # distinct shingles: a line of 25 characters that does not repeat itself
REST = 0.2  # share of a document; a headline and a byline without their article are not kept
SLOTS, BANDS, SEED = 128, 32, 1
MARGIN = 0.13  # three standard deviations of a similarity estimated from the signatures
CLOSEST = 32  # earlier paragraphs that are compared in full
CROWD = 256  # look-alikes that stay; further ones stay too but are not looked for, so that time remains linear

_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]+")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d+(?:[.,:/٫٬-]\d+)*")


class Paragraph(NamedTuple):
    """A line long enough to be compared: its place among the lines that are not blank, folded, and its signature."""

    line: int
    text: str
    signature: RMinHash


class Seen:
    """The paragraphs of a corpus that stay; needs about 4 KB of memory for each of them."""

    def __init__(self) -> None:
        from rensa import RMinHashLSH

        self._index = RMinHashLSH(threshold=LEAST, num_perm=SLOTS, num_bands=BANDS)
        self._kept: list[Paragraph] = []
        self._texts: set[bytes] = set()
        self._series: set[bytes] = set()

    def similarity(self, paragraph: Paragraph) -> float:
        """How similar an earlier paragraph is of which this is a near-duplicate; 0 where it is new and stays."""
        text = _digest(paragraph.text)
        if text in self._texts:
            return 1.0
        series = _digest(_alike(paragraph.text))
        if series in self._series:
            self._texts.add(text)
            return 0.0
        close = self._close(paragraph)
        found = max((similarity(self._kept[key].text, paragraph.text) for key in close[:CLOSEST]), default=0.0)
        if not found:
            self._texts.add(text)
            self._series.add(series)
            if len(close) < CROWD:
                self._index.insert(len(self._kept), paragraph.signature)
                self._kept.append(paragraph)
        return found

    def _close(self, paragraph: Paragraph) -> list[int]:
        """Those that stay and may be alike, the most similar by their signatures first."""
        estimates = [
            (-paragraph.signature.jaccard(self._kept[key].signature), key)
            for key in self._index.query(paragraph.signature)
        ]
        return [key for estimate, key in sorted(estimates) if -estimate >= LEAST - MARGIN]


def without(document: Document, found: Sequence[Paragraph], seen: Seen) -> Document:
    """The document without the paragraphs, of its ``paragraphs`` in ``found``, that repeat what was ``seen``.

    Each is taken out by an edit whose confidence is the similarity. Where all were repeated and hardly anything else
    is left, the whole text goes. Sentences are dropped with the text that they were made from.
    """
    similar = {paragraph.line: share for paragraph in found if (share := seen.similarity(paragraph))}
    if not similar:
        return document
    made = list(edits(document.text, similar, all_long=len(similar) == len(found)))
    text = document.raw
    merged = [
        # What cleaning had done to a paragraph that is now gone no longer matters.
        edit._replace(rule=RULE) if not edit.after and RULE in edit.rule else edit
        for edit in compose(text, document.edits or (), made)
    ]
    cleaned = f"{document.provenance.get('clean', 'none')}+{RULE}"
    return replace(
        document, text=apply(made, document.text), edits=tuple(merged), sentences=None, annotations={}
    ).made_by(clean=cleaned)


def without_duplicates(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents, each without the paragraphs that repeat an earlier one of any of them."""
    seen = Seen()
    for document in documents:
        yield without(document, paragraphs(document.text), seen)


def repair(text: str) -> tuple[list[Edit], list[Flag]]:
    """The edits that take out what the text itself repeats, for a document on its own."""
    seen = Seen()
    found = paragraphs(text)
    similar = {paragraph.line: share for paragraph in found if (share := seen.similarity(paragraph))}
    return list(edits(text, similar, all_long=False)), []


def paragraphs(text: str) -> list[Paragraph]:
    """The lines of a text that are long enough to be compared."""
    from rensa import RMinHash

    from wic.query.fold import fold

    found = []
    for number, (start, end) in enumerate(_lines(text)):
        if end - start > FEWEST:
            folded = " ".join(fold(text[start:end]).text.split())
            pieces = _shingles(_alike(folded))
            if len(pieces) >= FEWEST:
                signature = RMinHash(SLOTS, SEED)
                signature.update(list(pieces))
                found.append(Paragraph(number, folded, signature))
    return found


def similarity(one: str, other: str) -> float:
    """The share of shingles that two folded paragraphs have in common if they are near-duplicates, else 0."""
    if one == other:
        return 1.0
    mine, yours = set(_DIGITS.findall(one)), set(_DIGITS.findall(other))
    fewer = min(len(mine), len(yours))
    if fewer > 1 and 3 * len(mine & yours) < fewer:
        return 0.0
    one, other = _alike(one), _alike(other)
    if one == other:
        return 0.0
    first, second = _shingles(one), _shingles(other)
    common = len(first & second)
    share = common / (len(first) + len(second) - common)
    if share >= ALIKE or (share >= _least(len(first)) and _same_characters(one, other) >= SAME_CHARACTERS):
        return round(share, 3)
    return 0.0


def _least(shingles: int) -> float:
    """The share of shingles that a paragraph with so many still has in common with its changed copy, 99 times of 100."""
    return max(LEAST, 0.75 - 1.9 / math.sqrt(shingles))


def edits(text: str, similar: Mapping[int, float], *, all_long: bool) -> Iterator[Edit]:
    """The edits that take out the lines numbered in ``similar``, with the blank lines that follow them.

    At the end of the text it is the blank lines before them, so that the text ends as it did. With ``all_long``, all
    that were long enough to be compared are taken out.
    """
    lines = list(_lines(text))
    kept = [number for number in range(len(lines)) if number not in similar]
    if all_long and _length(lines[number] for number in kept) < REST * _length(lines):
        kept = []
    dropped = sorted(similar)
    if kept:
        spans = [
            (lines[number][0], lines[number + 1][0]) if number < kept[-1] else (lines[number - 1][1], lines[number][1])
            for number in dropped
        ]
    else:
        borders = [0, *(lines[number][0] for number in dropped[1:]), len(text)]
        spans = list(pairwise(borders))
    for number, (start, end) in zip(dropped, spans, strict=False):
        yield Edit(RULE, start, end, text[start:end], "", similar[number])


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are not blank, without their ends."""
    return (match.span() for match in _LINE.finditer(text) if not match[0].isspace())


def _length(lines: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in lines)


def _alike(text: str) -> str:
    """The text with one number for all."""
    return _NUMBER.sub("0", text)


def _shingles(text: str) -> set[str]:
    return set(map("".join, zip(text, text[1:], text[2:], strict=False)))


def _same_characters(one: str, other: str) -> float:
    """The share of characters that two texts have in common, wherever they stand."""
    return (Counter(one) & Counter(other)).total() / max(len(one), len(other))


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
