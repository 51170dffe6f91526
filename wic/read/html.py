"""Web pages: the article without navigation and adverts, taken out by trafilatura (Barbaresi 2021, ACL demo 122).

The text as read is the extracted text, one paragraph a line; offsets point into it and not into the page. Title,
author, site and the date that the page's own markup gives become metadata. No script runs and nothing is fetched. A page
without an article is a document without text, and a flag says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wic.document import Document, Flag
from wic.errors import WicError
from wic.read import encodings
from wic.read.extras import library

if TYPE_CHECKING:
    from wic.read import Refuse, Source

FACTS = {"title": "title", "author": "author", "date": "date", "sitename": "site", "url": "url"}
NO_TEXT = Flag("no-text", 0, 0, "no article found in this page; --input-format text takes the page as it is")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([-\w]+)""", re.IGNORECASE)


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The document of the page that the stream holds."""
    yield page(stream.read(), source.path, source)


def page(data: bytes, id: str, source: Source, metadata: dict[str, Any] | None = None, charset: str = "") -> Document:
    """The document of a page. ``charset`` is what the server said; UTF-8 that is valid wins over all that is said."""
    text, encoding = _decoded(data, source, charset)
    trafilatura = library("trafilatura", "web")
    found = trafilatura.bare_extraction(
        text,
        url=(metadata or {}).get("url"),
        include_comments=False,
        with_metadata=True,
        # Dates come from the markup only: one that is guessed from the text would pass for the day of publication.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text = (found.text if found else "") or ""
    facts = {name: value for field, name in FACTS.items() if (value := getattr(found, field, ""))}
    return Document(
        id=id,
        text=text,
        flags=() if text else (NO_TEXT,),
        metadata={**facts, **(metadata or {})},
        provenance=source.provenance | {"encoding": encoding},
    )


def _decoded(data: bytes, source: Source, charset: str) -> tuple[str, str]:
    if source.lossy:
        return encodings.decode_lossy(data, source.encoding)[:2]
    declared = _CHARSET.search(data, 0, 4096)
    for said in (charset, declared[1].decode() if declared else ""):
        if not source.encoding and said and not _is_utf8(data):
            try:
                return encodings.decode(data, said)
            except WicError:
                continue  # a page that is not what it says it is
    return encodings.decode(data, source.encoding)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
