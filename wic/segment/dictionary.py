"""A user's dictionary, laid over any engine: its entries are words wherever they stand.

The longest entry that begins at a place wins, places from left to right. An entry may hold blanks and punctuation. It does
not cut a character from its marks, nor a word of a script that puts blanks between its words: ``art`` is no word in
``party``, but 网 is one in 网络 if the dictionary says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import regex

from wic.errors import WicError
from wic.language import ROOT, language
from wic.segment.catalogue import SPACELESS
from wic.segment.fixed import Span


@cache
def dictionary(path: str) -> Dictionary:
    """The dictionary in a file: an entry a line; what follows a tab is a comment, ``#`` at the beginning too."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise WicError(
            f"{path}: not valid UTF-8 at byte offset {error.start}", "save the dictionary as UTF-8"
        ) from None
    except OSError as error:
        raise WicError(f"{path}: {error.strerror}", "name the file of a dictionary with --dict") from None
    lines = (line.partition("\t")[0].strip() for line in text.splitlines())
    entries = {line for line in lines if line and not line.startswith("#")}
    if not entries:
        raise WicError(f"{path}: no entry in this dictionary", "write one a line")
    return Dictionary(entries)


class Dictionary:
    """Entries, looked up by their first character and their lengths."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries = frozenset(entries)
        digest = hashlib.sha256("\n".join(sorted(self._entries)).encode()).hexdigest()[:6]
        self.signature = f"dict-{len(self._entries)}@{digest}"
        lengths: dict[str, set[int]] = {}
        for entry in self._entries:
            lengths.setdefault(entry[0], set()).add(len(entry))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}
        self._first = re.compile("[" + "".join(map(re.escape, sorted(lengths))) + "]")

    def spans(self, text: str) -> Iterator[Span]:
        """The entries in a text, from left to right, without overlap."""
        position = 0
        while found := self._first.search(text, position):
            start = found.start()
            position = start + 1
            if _inside(text, start):
                continue
            for size in self._lengths[text[start]]:
                end = start + size
                if text[start:end] in self._entries and not _inside(text, end):
                    yield Span(start, end, "word")
                    position = end
                    break


def _inside(text: str, place: int) -> bool:
    """Whether a cut at a place would go through a character or through a word that has blanks at its sides."""
    if not 0 < place < len(text):
        return False
    before, behind = text[place - 1], text[place]
    return _mark().match(behind) is not None or (_joined().match(before) and _joined().match(behind)) is not None


@cache
def _mark() -> regex.Pattern[str]:
    return regex.compile(r"[\p{M}\u0e33\u0eb3\u200d]")


@cache
def _joined() -> regex.Pattern[str]:
    """Letters and digits of scripts that put blanks between words."""
    names = language(ROOT).facts["scripts"]
    spaceless = "".join(rf"\p{{Script={names[code]}}}" for code in (*SPACELESS, "Hira", "Kana"))
    return regex.compile(rf"[[\p{{L}}\p{{N}}]--[{spaceless}]]", regex.V1)
