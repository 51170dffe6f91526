"""Word documents (ECMA-376 .docx): the paragraphs and table cells, one a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wic.document import Document
from wic.errors import WicError
from wic.read.extras import library

if TYPE_CHECKING:
    from wic.read import Refuse, Source

LARGEST = 1 << 28  # bytes that the parts of a document may have when unpacked
RATIO = 200  # times its size that a part may grow by


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The document that the stream holds, its id the path."""
    docx = library("docx", "docx")
    data = io.BytesIO(stream.read())
    try:
        with zipfile.ZipFile(data) as parts:
            for part in parts.infolist():
                if part.file_size > LARGEST or part.file_size > max(1 << 20, RATIO * part.compress_size):
                    raise WicError(
                        f"a part of it unpacks to {part.file_size:,} bytes",
                        "this is no ordinary document; it was not unpacked",
                    )
        blocks = docx.Document(data).iter_inner_content()
        text = "\n".join(line for block in blocks for line in _lines(block))
    except (zipfile.BadZipFile, KeyError, ValueError, docx.opc.exceptions.OpcError, SyntaxError) as error:
        raise WicError(f"damaged or no Word document: {error}", "open it and save it anew as .docx") from None
    yield Document(id=source.path, text=text, provenance=source.provenance)


def _lines(block: object) -> Iterator[str]:
    """The text of a paragraph, or of the cells of a table row by row."""
    if hasattr(block, "rows"):
        for row in block.rows:
            yield "\t".join(cell.text for cell in row.cells)
    else:
        yield str(getattr(block, "text", ""))
