"""Plain text: one file is one document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wic.document import Document
from wic.read import encodings

if TYPE_CHECKING:
    from wic.read import Refuse, Source


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The document that the stream holds, its id the path; line ends are kept as they are.

    Of a ``lossy`` source, ``damaged`` in the provenance lists where characters stand for bytes that could not be read.
    """
    damaged: list[int] = []
    most = 4 * source.limit  # bytes: UTF-32 takes four times those of UTF-8
    data = stream.read(most + 1) if most else stream.read()
    if most and len(data) > most:
        from wic.read import too_long

        raise too_long(source.limit)
    if source.lossy:
        text, used, damaged = encodings.decode_lossy(data, source.encoding)
    else:
        text, used = encodings.decode(data, source.encoding)
    provenance: dict[str, Any] = source.provenance | {"encoding": used}
    if damaged:
        provenance["damaged"] = damaged
    yield Document(id=source.path, text=text, provenance=provenance)
