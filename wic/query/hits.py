"""Hits: where matches stand in the text as read, what stands around them, and the words to sort and group them by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from wic.document import Document
from wic.errors import WicError
from wic.query.match import Span
from wic.query.words import Words

_WORD_KEY = re.compile(r"(before|after)(\d+)")
KEYS = "before1, match, after1 (any number), id, lang, script or a field of the metadata"


class Context(NamedTuple):
    """How much to show before and after a match, in characters of the clean text or in words."""

    size: int
    words: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What hits are to tell. ``keys`` are names such as ``before1``, ``match`` or ``lang``.

    With ``tokens`` they tell their sentence and their tokens, where the words are looked at anyway.
    """

    context: Context
    keys: tuple[str, ...] = ()
    octets: bool = False
    tokens: bool = True

    def __post_init__(self) -> None:
        for key in self.keys:
            word = _WORD_KEY.fullmatch(key)
            if not key or (word and word[2].strip("0") == ""):
                raise WicError(f"no key {key!r}", f"keys are {KEYS}")

    @property
    def words(self) -> bool:
        """Whether the text must be segmented for it."""
        return self.context.words or any(_WORD_KEY.fullmatch(key) for key in self.keys)


class Hit(NamedTuple):
    """A match. ``start``, ``end`` and ``text`` are as read; ``before``, ``match`` and ``after`` clean."""

    id: str
    lang: str
    start: int
    end: int
    before: str
    match: str
    after: str
    text: str
    keys: tuple[str, ...] = ()
    more: dict[str, Any] = {}  # noqa: RUF012  (never changed)

    def record(self) -> dict[str, Any]:
        """The record of the hit; ``clean`` is there where cleaning changed it."""
        record = {
            "id": self.id,
            "lang": self.lang,
            "start": self.start,
            "end": self.end,
            "before": self.before,
            "text": self.text,
            "after": self.after,
        }
        return {**record, **({"clean": self.match} if self.match != self.text else {}), **self.more}


def hits(
    document: Document, found: Iterable[Span], wanted: Wanted, words: Words, *, tokens: bool = False
) -> Iterator[Hit]:
    """The hits at the spans ``found`` of a document; with ``tokens`` they tell their sentence and tokens."""
    offsets, raw, text = document.offsets, document.raw, document.text
    octets = Octets(document) if wanted.octets else None
    for span in found:
        start, end = offsets.to_raw(span.start, span.end)
        first, last = _reach(span, wanted.context, words)
        more = octets.fields(start, end) if octets else {}
        if tokens or wanted.words:
            more |= _tokens(span, words)
        yield Hit(
            document.id,
            document.lang,
            start,
            end,
            text[max(0, first) : span.start],
            text[span.start : span.end],
            text[span.end : last],
            raw[start:end],
            tuple(_key(key, span, document, words) for key in wanted.keys),
            more,
        )


def _reach(span: Span, context: Context, words: Words) -> tuple[int, int]:
    if context.words:
        return words.reach(span.start, span.end, context.size)
    return span.start - context.size, span.end + context.size


def _tokens(span: Span, words: Words) -> dict[str, Any]:
    """``sentence``, counted from 0, and ``tokens``: from the first token, counted from 0, to before the last."""
    before, after = words.around(span.start, span.end)
    columns = words.columns
    structure = columns.structure("s")
    fields: dict[str, Any] = {}
    if structure is not None and before + 1 < columns.size:
        fields["sentence"] = structure.at[before + 1]
    fields["tokens"] = [before + 1, after]
    if span.target >= 0:
        token = columns.tokens[span.target]
        fields["target"] = {"start": token.start, "end": token.end, "text": token.text}
    return fields


def _key(name: str, span: Span, document: Document, words: Words) -> str:
    if name == "match":
        return document.text[span.start : span.end]
    if found := _WORD_KEY.fullmatch(name):
        last, first = words.around(span.start, span.end)
        number = int(found[2]) - 1
        return words.word(last - number if found[1] == "before" else first + number)
    if name in ("id", "lang", "script"):
        return str(getattr(document, name))
    value = document.metadata.get(name)
    return "" if value is None else str(value)


class Octets:
    """Places in the text as read, in bytes of its UTF-8 form; a byte that could not be read counts as one."""

    def __init__(self, document: Document) -> None:
        self._raw = document.raw
        self._damaged = list(document.provenance.get("damaged", ()))
        self._place = self._count = self._passed = 0

    def at(self, place: int) -> int:
        """The offset in bytes of the code point at ``place``."""
        if place < self._place:
            self._place = self._count = self._passed = 0
        self._count += len(self._raw[self._place : place].encode("utf-8", "surrogatepass"))
        while self._passed < len(self._damaged) and self._damaged[self._passed] < place:
            self._count -= len("\ufffd".encode()) - 1
            self._passed += 1
        self._place = place
        return self._count

    def fields(self, start: int, end: int) -> dict[str, Any]:
        """The fields of a record."""
        return {"byte_start": self.at(start), "byte_end": self.at(end)}


def collocates(found: Iterable[Span], window: int, words: Words) -> Counter[str]:
    """How often each word stands within ``window`` tokens of a match; a token near two matches counts twice."""
    counts: Counter[str] = Counter()
    for span in found:
        last, first = words.around(span.start, span.end)
        tokens = words.columns.tokens
        near = [*tokens[max(0, last - window + 1) : last + 1], *tokens[first : first + window]]
        counts.update(token.text for token in near if token.kind in ("word", "number"))
    return counts


def sample(found: Iterable[Hit], size: int, seed: int) -> list[Hit]:
    """``size`` of the hits, each with the same chance, in their order; the same ones for the same ``seed``."""
    from random import Random

    chance = Random(seed)
    kept: list[tuple[int, Hit]] = []
    for number, hit in enumerate(found):
        if number < size:
            kept.append((number, hit))
        elif (place := chance.randrange(number + 1)) < size:
            kept[place] = (number, hit)
    return [hit for _, hit in sorted(kept, key=lambda pair: pair[0])]


def in_order(found: Iterable[Hit]) -> list[Hit]:
    """The hits sorted by their keys: by the folded form first, so that spellings of a word stand together."""
    from wic.query.fold import fold

    return sorted(found, key=lambda hit: [part for key in hit.keys for part in (fold(key).text, key)])
