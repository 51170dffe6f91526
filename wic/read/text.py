"""Plain text: one file is one document."""

from __future__ import annotations

import io
from collections.abc import Iterator

from wic.document import Document
from wic.read import encodings


def documents(stream: io.BufferedReader, path: str, encoding: str, refuse: object) -> Iterator[Document]:
    """The document that the stream holds, its id the path; line ends are kept as they are."""
    text, used = encodings.decode(stream.read(), encoding)
    provenance = {"encoding": used} if path == "-" else {"file": path, "encoding": used}
    yield Document(id=path, text=text, provenance=provenance)
