"""Texts that are segmented already, one sentence a line with blanks between the tokens, counted line by line.

The shortest way from a file to a tally: no token becomes an object, so that hundreds of megabytes take seconds. The
lines are taken as they are, neither cleaned nor segmented.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from wic.document import Document
from wic.errors import Refusal, WicError
from wic.pipeline import Steps
from wic.read import Refuse, Source, compression, encodings
from wic.stats.tally import Tally

BLOCK = 1 << 22  # bytes
MADE = {"clean": "none", "words": "input"}


def tally_lines(steps: Steps, source: Source, refuse: Refuse, by: str = "") -> Tally:
    """The tally of a source of such lines, which counts as one document."""
    tally = Tally(by)
    document = Document(id=source.path, text="", lang=steps.lang, provenance={"file": source.path, **MADE})
    try:
        with compression.open_source(source.path) as stream:
            tally.add_lines(document, _blocks(stream, source.encoding))
    except WicError as error:
        refuse(Refusal.of(source.path, error))
    except OSError as error:
        refuse(Refusal(source.path, error.strerror or str(error), "check that the file can be read"))
    return tally


def _blocks(stream: io.BufferedReader, encoding: str) -> Iterator[str]:
    """The text in blocks of whole lines."""
    if encoding:
        yield encodings.decode(stream.read(), encoding)[0]
        return
    rest = b""
    while read := stream.read(BLOCK):
        end = read.rfind(b"\n") + 1
        if not end:
            rest += read
            continue
        block, rest = rest + read[:end], read[end:]
        try:
            yield block.decode()
        except UnicodeDecodeError:  # another encoding, which the rest of the text tells
            yield encodings.decode(block + rest + stream.read(), "")[0]
            return
    if rest:
        yield encodings.decode(rest, "")[0]
