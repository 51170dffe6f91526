"""What a report needs of one source, small enough to travel: counts, and a few examples of each thing counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import regex

from wic.document import Document, OffsetMap, Sentence
from wic.stats.tally import Tally

if TYPE_CHECKING:
    from wic.clean.duplicates import Marks

SENTENCES, CHARACTERS = 80, 12_000  # of one source, for the concordance
MENTIONS = 40  # of one source, for each period
EXAMPLES = 2  # of one source, for each rule
_MARKS = regex.compile(r"^\p{M}+")
AROUND = 40  # characters of context of an edit
WITHIN = 70  # characters of a sentence on either side of an expression


class Sample(NamedTuple):
    """A sentence of the clean text: the document, its language (BCP 47), and its words."""

    source: str
    lang: str
    words: tuple[str, ...]


class Mention(NamedTuple):
    """An expression of time in its sentence, clean but for the expression itself, which stands as it was read."""

    source: str
    lang: str
    period: str
    value: str
    before: tuple[str, ...]
    text: str
    after: tuple[str, ...]


class Repair(NamedTuple):
    """An edit with what stands around it."""

    source: str
    before: str
    old: str
    new: str
    after: str


@dataclass
class Gathered:
    """``periods`` counts expressions by (day, month or year; language), ``undated`` those that belong to none."""

    tally: Tally = field(default_factory=Tally)
    periods: Counter[tuple[str, str]] = field(default_factory=Counter)
    undated: int = 0
    mentions: list[Mention] = field(default_factory=list)
    repairs: dict[str, list[Repair]] = field(default_factory=lambda: defaultdict(list))
    sentences: list[Sample] = field(default_factory=list)
    paragraphs: list[tuple[str, str, Marks]] = field(default_factory=list)

    @classmethod
    def by(cls, field: str) -> Gathered:
        """Nothing yet, in a tally that can be grouped by a field of the metadata."""
        return cls(Tally(field))

    def __iadd__(self, other: Gathered) -> Gathered:
        self.tally += other.tally
        self.periods += other.periods
        self.undated += other.undated
        self.mentions += other.mentions
        self.sentences += other.sentences
        self.paragraphs += other.paragraphs
        for rule, examples in other.repairs.items():
            self.repairs[rule] += examples
        return self


def tagged(document: Document) -> str:
    """The language of a document as BCP 47 has it."""
    return f"zh-{document.script}" if document.lang == "zh" and document.script in ("Hans", "Hant") else document.lang


def counts(found: Gathered, document: Document) -> None:
    """Counts the words of a segmented document."""
    found.tally.add(document)


def sample(found: Gathered, document: Document) -> None:
    """Takes sentences of the document for the concordance, as long as there is room."""
    room = CHARACTERS - sum(len(word) for one in found.sentences for word in one.words)
    for sentence in document.sentences or ():
        words = tuple(token.text for token in sentence.tokens)
        room -= sum(map(len, words))
        if room < 0 or len(found.sentences) == SENTENCES:
            return
        if any(token.kind == "word" for token in sentence.tokens):
            found.sentences.append(Sample(document.id, tagged(document), words))


def repairs(found: Gathered, document: Document) -> None:
    """Takes a few edits of each rule with what stands around them in the text as read."""
    raw = document.raw
    for edit in document.edits or ():
        examples = found.repairs[edit.rule]
        if len(examples) < EXAMPLES and (edit.before.strip() or edit.after.strip()):
            before, after = raw[max(0, edit.start - AROUND) : edit.start], raw[edit.end : edit.end + AROUND]
            if edit.start > AROUND:  # marks whose letter was cut off
                before = _MARKS.sub("", before)
            examples.append(Repair(document.id, before, edit.before, edit.after, after))


def paragraphs(found: Gathered, document: Document) -> None:
    """Takes the paragraphs of the document that are long enough to be compared with others."""
    from wic.clean.duplicates import marks

    for line in document.text.splitlines():
        if (made := marks(line)).paragraphs:
            found.paragraphs.append((document.id, line, made))


def dates(found: Gathered, document: Document, reference: str = "") -> None:
    """Finds what times the document speaks of, with the sentences that do."""
    from wic.dates import find
    from wic.dates.timeline import UNDATED, period

    taken = Counter(mention.period for mention in found.mentions)
    spots = _Spots(document)
    for expression in find(document, reference or None):
        name = period(expression, "day")
        if name == UNDATED:
            found.undated += 1
            continue
        found.periods[name, expression.lang] += 1
        if taken[name] < MENTIONS:
            taken[name] += 1
            before, after = spots.around(expression.start, expression.end)
            value = expression.value or ""
            found.mentions.append(Mention(document.id, tagged(document), name, value, before, expression.text, after))


class _Spots:
    """The sentences of a document, by their place in the text as read."""

    def __init__(self, document: Document) -> None:
        self._sentences: Sequence[Sentence] = document.sentences or ()
        self._offsets = OffsetMap(document.edits or ())
        self._text = document.text

    def around(self, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words before and behind a span of the text as read, within its sentence."""
        own = next((one for one in self._sentences if one.start <= start < one.end), None)
        if own is None:
            first, last = self._offsets.to_clean(start, end)
            return (self._text[max(0, first - WITHIN) : first],), (self._text[last : last + WITHIN],)
        before = _nearest(token.text for token in reversed(own.tokens) if token.end <= start)
        return before[::-1], _nearest(token.text for token in own.tokens if token.start >= end)


def _nearest(words: Iterable[str]) -> tuple[str, ...]:
    """The first words, as many as there is room for, and a mark where others are left out."""
    found: list[str] = []
    room = WITHIN
    for word in words:
        room -= len(word)
        if room < 0:
            return (*found, "…")
        found.append(word)
    return tuple(found)
