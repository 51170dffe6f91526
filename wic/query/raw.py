"""Searches UTF-8 files as they are, in bytes: nothing is decoded but the lines that are shown.

Only for text that is not to be cleaned, and only where it is sure that reading and decoding the file would give the
same lines: ``opened`` says no to everything else.
"""

from __future__ import annotations

import codecs
import io
import mmap
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from wic.document import Document
from wic.errors import WicError
from wic.query.match import Span, spans
from wic.query.syntax import Query
from wic.read import STDIN, Source, compression, encodings, formats

SAMPLE = 1 << 20  # bytes by which the encoding is told
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_BAD = re.compile("[\udc80-\udcff]")
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def searchable(query: Query) -> bool:
    """Whether a query can be answered from bytes."""
    return not query.word and not query.across and (query.in_bytes is not None or bool(query.needed))


@contextmanager
def opened(source: Source) -> Iterator[mmap.mmap | None]:
    """The bytes of a file of plain UTF-8 text; None for what must be read and decoded to know its text."""
    try:
        with open(source.path, "rb") as file:
            if not _is_plain(source, file.fileno()):
                yield None
                return
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield data if _is_utf8(source, data) else None
    except (OSError, ValueError):
        yield None  # reading it the usual way will tell what is wrong


def _is_plain(source: Source, file: int) -> bool:
    known = source.path != STDIN and source.format in ("", "text") and source.encoding.lower() in ("", "utf-8", "utf8")
    facts = os.fstat(file)
    return known and stat.S_ISREG(facts.st_mode) and facts.st_size > 0


def _is_utf8(source: Source, data: mmap.mmap) -> bool:
    sample = data[:SAMPLE]
    if any(map(sample.startswith, (*compression.MAGIC, *encodings.MARKED.values()))):
        return False
    if not source.format and not _is_text(sample):
        return False
    if _NOT_TEXT.search(sample) or data.find(b"\0") >= 0:
        return False
    # What follows the sample may be in another encoding if the sample is all ASCII.
    if sample.isascii() and len(data) > SAMPLE and _NOT_ASCII.search(data, SAMPLE):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(data) <= SAMPLE)
    except UnicodeDecodeError:
        return False
    return True


def _is_text(sample: bytes) -> bool:
    try:
        return formats.guess(io.BufferedReader(io.BytesIO(sample))) == "text"
    except WicError:
        return False


def byte_spans(data: mmap.mmap, query: Query) -> Iterator[Span]:
    """The matches in bytes, from left to right."""
    if query.in_bytes is not None:
        for start, end in query.in_bytes.spans(data):
            yield Span(start, end)
        return
    finder = re.compile(b"|".join(re.escape(string.encode()) for string in query.needed))
    position = 0
    while found := finder.search(data, position):
        start, end = data.rfind(b"\n", 0, found.start()) + 1, data.find(b"\n", found.start())
        position = end if end >= 0 else len(data)
        raw = data[start:position].decode("utf-8", "surrogateescape")
        for span in spans(Document(id="", text=shown(raw)), query):
            first = start + len(raw[: span.start].encode("utf-8", "surrogateescape"))
            yield Span(first, first + len(raw[span.start : span.end].encode("utf-8", "surrogateescape")))


def shown(text: str) -> str:
    """Text that was decoded with the surrogateescape handler, its bad bytes as U+FFFD."""
    return text if text.isascii() or not _BAD.search(text) else _BAD.sub("\ufffd", text)


def decoded(octets: bytes) -> tuple[str, bool]:
    """The text of bytes, and whether some of them were bad."""
    try:
        return octets.decode(), False
    except UnicodeDecodeError:
        return shown(octets.decode("utf-8", "surrogateescape")), True


def window(data: mmap.mmap, span: Span, size: int) -> tuple[str, str, str]:
    """What stands before, in and after a match, ``size`` code points of context or less."""
    start, end = span[:2]
    first, last = max(0, start - 4 * size), min(len(data), end + 4 * size)
    for _ in range(3):  # the rest of a character that is cut
        first += 0 < first < start and data[first] & 0xC0 == 0x80
        last -= end < last < len(data) and data[last] & 0xC0 == 0x80
    before, match, after = (decoded(part)[0] for part in (data[first:start], data[start:end], data[end:last]))
    return before[-size:], match, after[:size]
