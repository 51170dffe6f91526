"""Plain text: one file is one document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from wic.document import Document
from wic.errors import Refusal, WicError
from wic.passages import LONG, passages
from wic.read import encodings

if TYPE_CHECKING:
    from wic.read import Refuse, Source

BLOCK = 1 << 20  # bytes read at a time


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The document that the stream holds, its id the path; line ends are kept as they are.

    In a text that is UTF-8 but for some bytes, these stand as U+FFFD, and ``refuse`` is told; of a ``lossy`` source it is
    not, and the rest may be in any encoding. ``damaged`` in the provenance lists the places.
    A long text of a source that may be taken in ``passages`` comes as several documents of one id; ``passage`` in the
    provenance says at which character each begins.
    """
    if source.passages:
        first = stream.read(LONG + 1)
        if len(first) > LONG:
            yield from _passages(first, stream, source)
            return
        stream = io.BufferedReader(io.BytesIO(first))
    most = 4 * source.limit  # bytes: UTF-32 takes four times those of UTF-8
    data = stream.read(most + 1) if most else stream.read()
    if most and len(data) > most:
        from wic.read import too_long

        raise too_long(source.limit)
    damaged: list[int] = []
    try:
        text, used = encodings.decode(data, source.encoding)
    except WicError as error:
        if not source.lossy and not encodings.nearly_utf8(data, source.encoding):
            raise
        text, used, damaged = encodings.decode_lossy(data, source.encoding)
        if not source.lossy:
            refuse(Refusal(source.path, f"{error.message}; what cannot be read stands as U+FFFD", error.hint))
    provenance: dict[str, Any] = source.provenance | {"encoding": used}
    if damaged:
        provenance["damaged"] = damaged
    yield Document(id=source.path, text=text, provenance=provenance)


def _passages(first: bytes, stream: io.BufferedReader, source: Source) -> Iterator[Document]:
    texts, used = encodings.decode_parts(first, iter(partial(stream.read, BLOCK), b""), source.encoding)
    begin = 0
    for passage in passages(texts):
        known = {"encoding": used, "passage": begin}
        yield Document(id=source.path, text=passage, provenance=source.provenance | known)
        begin += len(passage)
