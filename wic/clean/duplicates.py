"""Near-duplicates: paragraphs and documents that repeat an earlier one of the same corpus, but for a few characters.

A paragraph is a line. Two are compared by their *shingles*, the runs of three characters that occur in them, after
folding (script, case, width, optional marks), without punctuation and with all numbers alike. MinHash signatures in
bands (Broder 1997; Indyk and Motwani 1998), by rensa, find which earlier paragraphs may be alike; the shingles
themselves decide:

- ``ALIKE`` of the shingles in common (Jaccard): the paragraphs say the same, perhaps with a clause more; in a short one
  (``SHORT``) a clause is half of what it says, so it must be ``ALIKE_IF_SHORT``;
- or fewer, while nearly all characters are the same. Changing five characters in a hundred, here and there, leaves
  three quarters of the shingles, with a spread that is wider the shorter the paragraph (``_least``); another wording
  of that extent changes characters in runs.

Paragraphs whose numbers alone differ are a series and no duplicates (``Chapter 2``, the rows of a table); so are those
that have several numbers each and hardly any in common. Lines with few shingles (headings, ``* * *``) are left alone.

A document as a whole repeats an earlier one that is alike if each of its paragraphs is at least ``RELATED`` to one of
that: what is new in an article's second edition stays.

The first in the order of the input stays; what comes later is compared with what stays.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from wic.document import Document, Edit, Flag, apply, compose

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray
    from rensa import RMinHash

    from wic.clean.rules import Rule

RULE = "near-duplicate"
ALIKE, SAME_CHARACTERS = 0.7, 0.88
SHORT, ALIKE_IF_SHORT = 60, 0.8  # distinct shingles
LEAST = 0.45  # shingles in common, below which nothing is a duplicate
RELATED = 0.3
FEWEST = 23  # distinct shingles: a line of 25 characters that does not repeat itself
REST = 0.2  # share of a document; a headline and a byline without their article are not kept
SLOTS, BANDS, SEED = 128, 32, 1
MARGIN = 0.13  # three standard deviations of a similarity estimated from the signatures
CLOSEST = 16  # earlier paragraphs that are compared in full
CROWD = 256  # look-alikes that stay; further ones stay too but are not looked for, so that time remains linear

_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]+")
_NUMBER = re.compile(r"\d+")


class Paragraph(NamedTuple):
    """A line long enough to be compared: its place among the lines that are not blank, folded, and its signature."""

    line: int
    text: str
    signature: RMinHash


class Marks(NamedTuple):
    """A document made ready for comparing: its lines folded, its signature, and its longer paragraphs."""

    text: str
    signature: RMinHash
    paragraphs: tuple[Paragraph, ...]


class Repeated(NamedTuple):
    """What repeats earlier text: lines (by number, with their similarity), and whether that is all of a document."""

    lines: Mapping[int, float]
    whole: bool


class Match(NamedTuple):
    """An earlier text, folded, and its similarity."""

    text: str
    similarity: float


class Seen:
    """The paragraphs and documents of a corpus that stay; takes about 4 KB of memory for each paragraph."""

    def __init__(self) -> None:
        self._paragraphs, self._documents = Index(), Index()

    def repeated(self, marks: Marks) -> Repeated:
        """What of a document repeats earlier text; the rest of it is remembered."""
        earlier = self._documents.find(marks.text, marks.signature) if marks.paragraphs else None
        if earlier and (related := _related(marks.paragraphs, earlier.text)):
            return Repeated(related, whole=True)
        similar: dict[int, float] = {}
        rest = len(marks.text)
        for paragraph in marks.paragraphs:
            if found := self._paragraphs.find(paragraph.text, paragraph.signature):
                similar[paragraph.line] = found.similarity
                rest -= len(paragraph.text)
        every = len(similar) == len(marks.paragraphs)
        return Repeated(similar, whole=bool(similar) and every and rest < REST * len(marks.text))


class Index:
    """Texts that stay, and the search for those that a further one is a near-duplicate of."""

    def __init__(self) -> None:
        import numpy
        from rensa import RMinHashLSH

        self._bands = RMinHashLSH(threshold=LEAST, num_perm=SLOTS, num_bands=BANDS)
        self._signatures = numpy.empty((1024, SLOTS), numpy.uint8)
        self._kept: list[str] = []
        self._texts: set[bytes] = set()
        self._series: set[bytes] = set()

    def __len__(self) -> int:
        """How many texts are looked for."""
        return len(self._kept)

    def find(self, text: str, signature: RMinHash) -> Match | None:
        """The earlier text that this is a near-duplicate of; where there is none, this is remembered."""
        digest, series = _digest(text), _digest(_alike(text))
        if digest in self._texts:
            return Match(text, 1.0)
        if series not in self._series:
            low = _low_bytes(signature)
            close = self._close(signature, low, _least(len(_pieces(text))))
            for key in close[:CLOSEST]:
                if share := similarity(self._kept[key], text):
                    return Match(self._kept[key], share)
            self._series.add(series)
            if len(close) < CROWD:
                self._keep(text, signature, low)
        self._texts.add(digest)
        return None

    def _close(self, signature: RMinHash, low: NDArray[uint8], least: float) -> list[int]:
        """Those that may be alike, the most similar by their signatures first."""
        import numpy

        keys = numpy.array(sorted(self._bands.query(signature)), numpy.intp)
        agreeing = (self._signatures[keys] == low).sum(axis=1)
        enough = int((agreeing >= (least - MARGIN) * SLOTS).sum())
        return [int(key) for key in keys[numpy.argsort(-agreeing, kind="stable")[:enough]]]

    def _keep(self, text: str, signature: RMinHash, low: NDArray[uint8]) -> None:
        import numpy

        key = len(self._kept)
        if key == len(self._signatures):
            self._signatures = numpy.resize(self._signatures, (2 * key, SLOTS))
        self._signatures[key] = low
        self._bands.insert(key, signature)
        self._kept.append(text)


def without(document: Document, marks: Marks, seen: Seen) -> Document:
    """The document without what repeats earlier text; ``marks`` are those of its text.

    Each paragraph is taken out by an edit whose confidence is the similarity. Sentences go with the text that they
    were made from.
    """
    repeated = seen.repeated(marks)
    if not repeated.lines:
        return document
    made = list(edits(document.text, repeated))
    merged = [
        # What cleaning had done to a paragraph that is now gone no longer matters.
        edit._replace(rule=RULE) if not edit.after and RULE in edit.rule else edit
        for edit in compose(document.raw, document.edits or (), made)
    ]
    shorter = replace(
        document, text=apply(made, document.text), edits=tuple(merged), sentences=None, annotations={}
    )  # fmt: skip
    return shorter.made_by(clean=f"{document.provenance.get('clean', 'none')}+{RULE}")


def without_duplicates(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents, each without what repeats earlier text of any of them."""
    seen = Seen()
    for document in documents:
        yield without(document, marks(document.text), seen)


def repair(text: str, rules: Sequence[Rule], alphabet: Set[str]) -> tuple[list[Edit], list[Flag]]:
    """The edits that take out what the text itself repeats, for a document on its own."""
    return list(edits(text, Seen().repeated(marks(text)))), []


def marks(text: str) -> Marks:
    """A text made ready for comparing."""
    from rensa import RMinHash

    from wic.query.fold import fold

    ignored = _ignored()
    whole = RMinHash(SLOTS, SEED)
    lines, paragraphs = [], []
    for number, (start, end) in enumerate(_lines(text)):
        folded = " ".join(ignored.sub("", fold(text[start:end]).text).split())
        lines.append(folded)
        pieces = _pieces(folded)
        whole.update(list(pieces))
        if len(pieces) >= FEWEST:
            signature = RMinHash(SLOTS, SEED)
            signature.update(list(pieces))
            paragraphs.append(Paragraph(number, folded, signature))
    return Marks("\n".join(lines), whole, tuple(paragraphs))


def similarity(one: str, other: str) -> float:
    """The share of shingles that two folded texts have in common if they are near-duplicates, else 0."""
    if one == other:
        return 1.0
    numbers = min(len(set(_NUMBER.findall(text))) for text in (one, other))
    if numbers > 1 and 3 * _same_numbers(one, other) < 1:
        return 0.0
    if _alike(one) == _alike(other):
        return 0.0
    first, second = _pieces(one), _pieces(other)
    share = _share(first, second)
    alike = ALIKE_IF_SHORT if min(len(first), len(second)) < SHORT else ALIKE
    if share >= alike or (share >= _least(len(second)) and _same_characters(one, other) >= SAME_CHARACTERS):
        return share
    return 0.0


def edits(text: str, repeated: Repeated) -> Iterator[Edit]:
    """The edits that take out the repeated lines, with the blank lines that follow them, or the whole text.

    At the end of the text it is the blank lines before them, so that the text ends as it did.
    """
    lines = list(_lines(text))
    dropped = sorted(repeated.lines)
    kept = [] if repeated.whole else [number for number in range(len(lines)) if number not in repeated.lines]
    if kept:
        spans = [
            (lines[number][0], lines[number + 1][0]) if number < kept[-1] else (lines[number - 1][1], lines[number][1])
            for number in dropped
        ]
    else:
        borders = [0, *(lines[number][0] for number in dropped[1:]), len(text)]
        spans = list(pairwise(borders)) if dropped else []
    for number, (start, end) in zip(dropped, spans, strict=True):
        yield Edit(RULE, start, end, text[start:end], "", repeated.lines[number])


def _related(paragraphs: Sequence[Paragraph], earlier: str) -> dict[int, float]:
    """The lines of the paragraphs with their similarity to the earlier document; empty if one is new there."""
    there = [(line, _pieces(line)) for line in earlier.split("\n") if len(line) > 2]
    verbatim = {line for line, _ in there}
    found: dict[int, float] = {}
    for paragraph in paragraphs:
        if paragraph.text in verbatim:
            found[paragraph.line] = 1.0
            continue
        pieces = _pieces(paragraph.text)
        share, closest = max((_share(pieces, other), line) for line, other in there)
        if share < RELATED or (share == 1.0 and 3 * _same_numbers(paragraph.text, closest) < 2):
            return {}
        found[paragraph.line] = share
    return found


def _same_numbers(one: str, other: str) -> float:
    """The share of their numbers that two texts have in common, of the text that has fewer; 1 where that has none."""
    mine, yours = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    fewer = min(len(mine), len(yours))
    return len(mine & yours) / fewer if fewer else 1.0


def _least(shingles: int) -> float:
    """The share of shingles that a text with so many still has in common with its changed copy, 99 times of 100."""
    return min(ALIKE, max(LEAST, 0.75 - 1.9 / math.sqrt(shingles or 1)))


def _share(first: Set[str], second: Set[str]) -> float:
    """The Jaccard similarity of two sets that are not both empty."""
    common = len(first & second)
    return round(common / (len(first) + len(second) - common), 3)


def _same_characters(one: str, other: str) -> float:
    """The share of characters that two texts have in common, wherever they stand."""
    one, other = _alike(one), _alike(other)
    return (Counter(one) & Counter(other)).total() / max(len(one), len(other))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are not blank, without their ends."""
    return (match.span() for match in _LINE.finditer(text) if not match[0].isspace())


def _alike(text: str) -> str:
    """The text with one number for all."""
    return _NUMBER.sub("0", text)


@lru_cache(64)  # one text is compared with several
def _pieces(text: str) -> frozenset[str]:
    """The shingles of a text, with one number for all."""
    text = _alike(text)
    return frozenset(map("".join, zip(text, text[1:], text[2:], strict=False)))


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def _low_bytes(signature: RMinHash) -> NDArray[uint8]:
    """The lowest byte of each slot: enough to tell how many agree, in a quarter of the memory (Li and König 2010)."""
    import numpy

    return numpy.array(signature.digest(), numpy.uint32).astype(numpy.uint8)


@cache
def _ignored() -> Any:
    """What does not count in a folded paragraph, as the rule's ``ignore`` says."""
    import regex  # knows the classes of Unicode

    from wic.clean.rules import rules

    options = next(rule.options for rule in rules("") if rule.name == RULE)
    return regex.compile("|".join(options["ignore"]))
