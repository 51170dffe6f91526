"""Texts that are segmented already, one sentence a line with blanks between the tokens, counted line by line.

The shortest way from a file to a tally: no token becomes an object, so that hundreds of megabytes take seconds. The
lines are taken as they are, neither cleaned nor segmented.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from wic.books import Books, books
from wic.document import Document
from wic.errors import Refusal, WicError
from wic.pipeline import Steps
from wic.read import Refuse, Source, compression, encodings
from wic.stats.room import UNLIMITED, Room
from wic.stats.tally import Tally

BLOCK = 1 << 22  # bytes
MADE = {"clean": "none", "words": "input"}


def tally_lines(steps: Steps, source: Source, refuse: Refuse, by: str = "", room: Room = UNLIMITED) -> Tally:
    """The tally of a source of such lines, which counts as one document."""
    tally = Tally(by, room)
    document = Document(id=source.name, text="", lang=steps.lang, provenance={"file": source.name, **MADE})
    try:
        with compression.open_source(source.path) as stream:
            try:
                tally.add_lines(document, _in_another(stream, source.encoding) if source.encoding else _in_utf8(stream))
            except UnicodeDecodeError:  # the encoding is told by all of the text
                tally = Tally(by, room)
                with compression.open_source(source.path) as again:
                    tally.add_lines(document, _in_another(again, ""))
        books.add(Books(documents=1, done=1))
    except WicError as error:
        refuse(Refusal.of(source.path, error))
    except OSError as error:
        refuse(Refusal(source.path, error.strerror or str(error), "check that the file can be read"))
    return tally


def _in_utf8(stream: io.BufferedReader) -> Iterator[bytes]:
    """The bytes in blocks of whole lines."""
    mark, pieces = codecs.BOM_UTF8, list[bytes]()
    while read := stream.read(BLOCK):
        read, mark = read.removeprefix(mark), b""
        end = read.rfind(b"\n") + 1
        pieces.append(read[:end] if end else read)
        if end:
            yield b"".join(pieces)
            pieces = [read[end:]]
    yield b"".join(pieces)


def _in_another(stream: io.BufferedReader, encoding: str) -> Iterator[bytes]:
    """All of the text in UTF-8; an encoding that is not named is guessed."""
    yield encodings.decode(stream.read(), encoding)[0].encode()
