"""The nouns that everything shares: a document, what is found in it, and the way back to the text as it was read.

There are two texts. The *text as read* (``Document.raw``) is what stood in the file; the *clean text*
(``Document.text``) is what cleaning made of it. Edits lead from one to the other and back. Whatever is found in
the clean text (tokens, hits, dates) is reported with offsets into the text as read, in Unicode code points.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import accumulate, pairwise
from sys import intern
from typing import Any, NamedTuple

from wic.compiled import compiled


class Edit(NamedTuple):
    """One repair: ``before``, which stood at ``start:end`` of the text as read, was replaced by ``after``.

    An edit covers the unit that it explains, not only the characters that differ: taking the reading out of
    ``網(wǎng)`` is the edit ``網(wǎng)`` → ``網``. So a hit on 網 in the clean text points to all of ``網(wǎng)``.
    """

    rule: str
    start: int
    end: int
    before: str
    after: str
    confidence: float = 1.0


# Thousands of edits are made for one damaged page, and the constructor that NamedTuple writes takes twice the time.
new_edit: Callable[[tuple[str, int, int, str, str, float]], Edit] = partial(tuple.__new__, Edit)


class Flag(NamedTuple):
    """A place at ``start:end`` of the text as read that looks damaged and was left alone, and why."""

    rule: str
    start: int
    end: int
    reason: str


class Token(NamedTuple):
    """A piece of the clean text; ``start:end`` is where it stands in the text as read.

    ``kind`` is one of ``word number punct space symbol url email``.
    """

    text: str
    start: int
    end: int
    kind: str


new_token: Callable[[tuple[str, int, int, str]], Token] = partial(tuple.__new__, Token)  # as new_edit


class Sentence(NamedTuple):
    """A run of tokens; ``start:end`` in the text as read. White space after a sentence belongs to it."""

    start: int
    end: int
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text and what is known about it.

    ``edits`` is None until cleaning has been done or declined, ``sentences`` is None until the text is segmented.
    ``annotations`` are what the tokens of an input record carry beyond wic's own fields (``lemma``, ``pos``): by name,
    one value for each token.
    ``provenance`` records how the document was made (file, encoding, engines, versions); ``extra`` holds the fields
    of an input record that wic does not know, which pass through untouched.
    """

    id: str
    text: str
    lang: str = ""
    script: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    edits: tuple[Edit, ...] | None = None
    flags: tuple[Flag, ...] = ()
    sentences: Sequence[Sentence] | None = None
    annotations: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    provenance: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def raw(self) -> str:
        """The text as read."""
        return undo(self.edits, self.text) if self.edits else self.text

    @property
    def offsets(self) -> OffsetMap:
        return OffsetMap(self.edits or ())

    @property
    def tokens(self) -> Iterator[Token]:
        for sentence in self.sentences or ():
            yield from sentence.tokens

    def made_by(self, **facts: Any) -> Document:
        """The same document with facts added to its provenance."""
        return replace(self, provenance={**self.provenance, **facts})


def apply(edits: Sequence[Edit], text: str) -> str:
    """The clean text that ``edits`` (sorted, without overlap) make of the text as read."""
    if not edits:
        return text
    return compiled.apply(edits, text) if compiled is not None else _applied(edits, text)


def _applied(edits: Sequence[Edit], text: str) -> str:
    pieces: list[str] = []
    position = 0
    for _, start, end, _, after, _ in edits:
        if start > position:
            pieces.append(text[position:start])
        pieces.append(after)
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def undo(edits: Sequence[Edit], clean: str) -> str:
    """The text as read, rebuilt from the clean text and the edits that made it."""
    pieces: list[str] = []
    position = grown = 0
    for edit in edits:
        start = edit.start + grown
        pieces += (clean[position:start], edit.before)
        position = start + len(edit.after)
        grown += len(edit.after) - len(edit.before)
    pieces.append(clean[position:])
    return "".join(pieces)


def replacements(rule: str, text: str, lengths: bytes, meant: str, hole: str, start: int) -> list[Edit]:
    """The edits that put the characters of ``meant`` for the units of a text that begins at ``start``.

    ``lengths`` has for each unit how many characters it has. For the character ``hole`` nothing is put.
    """
    if compiled is not None:
        return compiled.replacements(rule, text, lengths, meant, hole, start, Edit)
    return _replacements(rule, text, lengths, meant, hole, start)


def _replacements(rule: str, text: str, lengths: bytes, meant: str, hole: str, start: int) -> list[Edit]:
    spans = pairwise(accumulate(lengths, initial=0))
    return [
        # interned, since a page has a few hundred different ones, and an edit for each place
        new_edit((rule, start + at, start + to, intern(old), intern(new), 1.0))
        for (at, to), new in zip(spans, meant, strict=True)
        if new not in (hole, old := text[at:to])
    ]


class OffsetMap:
    """Spans of the clean text ↔ spans of the text as read.

    ``edits`` must be sorted and must not overlap. A character that an edit produced stands for the whole of what
    the edit replaced; white space and marks that an edit deleted outright belong to no character.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [edit.start for edit in self.edits]

    @cached_property
    def _clean_starts(self) -> list[int]:
        """Where each edit's ``after`` begins in the clean text."""
        grown = accumulate([len(after) - len(before) for _, _, _, before, after, _ in self.edits], initial=0)
        return [edit[1] + shift for edit, shift in zip(self.edits, grown, strict=False)]

    @cached_property
    def _begins(self) -> list[int]:
        """The same, and a place behind all of them."""
        return [*self._clean_starts, sys.maxsize]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as read that the clean span ``start:end`` stands for."""
        if not self.edits:
            return start, end
        if start >= end:
            position = self._raw_position(start)[0]
            return position, position
        return self._raw_position(start)[0], self._raw_position(end - 1)[1]

    def tiles_to_raw(self, starts: Sequence[int], ends: Sequence[int]) -> tuple[list[int], list[int]]:
        """As ``to_raw`` for spans that tile the clean text: most of them lie between two edits and are only moved."""
        raw_starts, raw_ends = [], []
        edits, begins = self.edits, self._begins
        index = shift = touched = 0  # the next edit; how far the text before it is moved, and from where on
        if starts and starts[0]:
            index = bisect_right(self._clean_starts, starts[0])
            if index:
                touched = begins[index - 1] + len(edits[index - 1].after)
                shift = edits[index - 1].end - touched
        for start, end in zip(starts, ends, strict=True):
            if end <= begins[index] and start >= touched:
                raw_starts.append(start + shift)
                raw_ends.append(end + shift)
                continue
            first, last = self.to_raw(start, end)
            raw_starts.append(first)
            raw_ends.append(last)
            while begins[index] <= end:
                touched = begins[index] + len(edits[index].after)
                shift = edits[index].end - touched
                index += 1
        return raw_starts, raw_ends

    def _raw_position(self, clean: int) -> tuple[int, int]:
        """The span in the text as read of the clean character at ``clean``."""
        index = bisect_right(self._clean_starts, clean) - 1
        if index < 0:
            return clean, clean + 1
        edit, start = self.edits[index], self._clean_starts[index]
        if clean < start + len(edit.after):
            return edit.start, edit.end
        position = edit.end + clean - start - len(edit.after)
        return position, position + 1

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """The smallest clean span that holds all that is left of the span ``start:end`` of the text as read."""
        if not self.edits:
            return start, end
        first = self._clean_position(start)[0]
        return first, max(first, self._clean_position(end - 1)[1] if end > start else first)

    def _clean_position(self, raw: int) -> tuple[int, int]:
        """The span in the clean text of the character at ``raw`` of the text as read."""
        index = bisect_right(self._raw_starts, raw) - 1
        if index < 0:
            return raw, raw + 1
        edit, start = self.edits[index], self._clean_starts[index]
        if raw < edit.end:
            return start, start + len(edit.after)
        position = start + len(edit.after) + raw - edit.end
        return position, position + 1


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """One list of edits on ``text`` that does what ``first`` and then ``second`` do.

    ``second`` is in offsets of ``apply(first, text)``. Edits that meet in the same characters are merged into one
    whose rule names both (``entities+zh-pinyin``); edits that cancel out vanish.
    """
    if not first:
        return tuple(second)
    if not second:
        return tuple(first)
    if compiled is not None:
        return tuple(compiled.compose(text, first, second, Edit))
    return _composed(text, first, second)


def _composed(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """What `compose` gives for edits that are there in both rounds."""
    merged: list[Edit] = []
    early = late = grown = 0  # the next edit of either round; how much longer the first has made the text before them
    while late < len(second):
        rule, start, end, before, after, confidence = second[late]
        # Most edits of the first round meet none of the second: they stay.
        while early < len(first):
            edit = first[early]
            _, _, stop, old, new, _ = edit
            longer = grown + len(new) - len(old)
            if stop + longer >= start:
                break
            merged.append(edit)
            grown = longer
            early += 1
        # So do most edits of the second round, moved to where they were in the text.
        late += 1
        if (early == len(first) or end < first[early].start + grown) and (
            late == len(second) or end < second[late].start
        ):
            merged.append(new_edit((rule, start - grown, end - grown, before, after, confidence)))
            continue
        meeting = _meeting(first, second, early, late - 1, grown)
        early, late, grown = early + len(meeting.early), late - 1 + len(meeting.late), meeting.grown
        if (one := _as_one(text, meeting)) is not None:
            merged.append(one)
    return (*merged, *first[early:])


class _Meeting(NamedTuple):
    """Edits of two rounds that share characters, or meet where one is empty.

    ``start:end`` is what they cover of the text, ``between`` where that begins in the text between the rounds;
    ``grown`` says how much longer the latter is than the text, up to their end.
    """

    early: Sequence[Edit]
    late: Sequence[Edit]
    start: int
    end: int
    between: int
    grown: int


def _meeting(first: Sequence[Edit], second: Sequence[Edit], early: int, late: int, grown: int) -> _Meeting:
    """The edits that meet, beginning with the next ones of both rounds."""
    from_early, from_late, shift = early, late, grown
    start = end = empty = -1
    while True:
        one = first[early] if early < len(first) else None
        two = second[late] if late < len(second) else None
        if one is not None and (two is None or one.start + grown <= two.start):
            at, to = one.start + grown, one.start + grown + len(one.after)
        elif two is not None:
            one, at, to = None, two.start, two.end
        else:
            break
        if end < 0:
            start = at
        elif at > end or (at == end and at != to and empty != end):
            break
        end = max(end, to)
        if at == to:
            empty = at
        if one is not None:
            grown += len(one.after) - len(one.before)
            early += 1
        else:
            late += 1
    return _Meeting(first[from_early:early], second[from_late:late], start - shift, end - grown, start, grown)


def _as_one(text: str, meeting: _Meeting) -> Edit | None:
    """The edit that does what those of a meeting do; None if they cancel out."""
    early, late, start, end, between, _ = meeting
    before = text[start:end]
    halfway = apply([edit._replace(start=edit.start - start, end=edit.end - start) for edit in early], before)
    after = apply([edit._replace(start=edit.start - between, end=edit.end - between) for edit in late], halfway)
    if before == after:
        return None
    rules = dict.fromkeys(name for edit in (*early, *late) for name in edit.rule.split("+"))
    return Edit("+".join(rules), start, end, before, after, min(edit.confidence for edit in (*early, *late)))


def tile(pieces: Sequence[str], kinds: Iterable[str], offsets: OffsetMap, begin: int = 0) -> list[Token]:
    """Tokens from the consecutive pieces of a clean text, the first of which stands at ``begin``, and their kinds."""
    starts = list(accumulate(map(len, pieces), initial=begin))
    ends = starts[1:]
    starts.pop()
    if offsets.edits:
        starts, ends = offsets.tiles_to_raw(starts, ends)
    return list(map(new_token, zip(pieces, starts, ends, kinds, strict=True)))
