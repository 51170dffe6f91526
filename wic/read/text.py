"""Plain text: one file is one document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from wic.document import Document
from wic.read import encodings


def documents(
    stream: io.BufferedReader, path: str, encoding: str, refuse: object, lossy: bool = False
) -> Iterator[Document]:
    """The document that the stream holds, its id the path; line ends are kept as they are.

    With ``lossy``, ``damaged`` in the provenance lists where characters stand for bytes that could not be read.
    """
    damaged: list[int] = []
    if lossy:
        text, used, damaged = encodings.decode_lossy(stream.read(), encoding)
    else:
        text, used = encodings.decode(stream.read(), encoding)
    provenance: dict[str, Any] = {"encoding": used} if path == "-" else {"file": path, "encoding": used}
    if damaged:
        provenance["damaged"] = damaged
    yield Document(id=path, text=text, provenance=provenance)
