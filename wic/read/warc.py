"""Web archives (ISO 28500): pages of response records, texts of conversion records (WET).

Pages are read as ``html`` reads them, plain text is taken as it is; other records (requests, metadata, images) hold no
documents. The id is the record's own, its address and the time of the crawl are metadata (the crawl is not the day
of publication and so no reference date).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wic.document import Document
from wic.errors import Refusal, WicError
from wic.read import encodings, html
from wic.read.extras import library

if TYPE_CHECKING:
    from wic.read import Refuse, Source

PAGES = {"text/html", "application/xhtml+xml"}


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The documents of an archive; a record that holds none it should is refused with its place in bytes."""
    warc = library("fastwarc.warc", "web")
    kinds = warc.WarcRecordType.response | warc.WarcRecordType.conversion
    whole = False
    try:
        for record in warc.ArchiveIterator(stream, auto_decode="all", quirks_mode=True, stream_detect=False):
            whole = True
            if not record.record_type & kinds:
                continue
            place = f"{source.path}:byte {record.stream_pos}"
            try:
                if (document := _document(record, place, source)) is not None:
                    yield document
            except WicError as error:
                refuse(Refusal.of(place, error))
    except (ValueError, RuntimeError) as error:
        raise WicError(f"damaged archive: {error}", "what stood before the damage was read") from None
    if not whole and stream.peek(1):
        raise WicError("no record in this archive", "it must begin with WARC/1.0 or WARC/1.1")


def _document(record: Any, place: str, source: Source) -> Document | None:
    headers = {name.lower(): value for name, value in record.headers}
    id = headers.get("warc-record-id", "").strip("<>") or place
    metadata = {"url": headers.get("warc-target-uri", ""), "crawled": headers.get("warc-date", "")}
    metadata = {name: value for name, value in metadata.items() if value}
    expected = record.content_length
    data: bytes = record.reader.read()
    kind = (record.http_content_type or headers.get("content-type", "")).partition(";")[0].strip().lower()
    http = {name.lower() for name, _ in record.http_headers or ()}
    # Where the server encoded what it sent, the lengths are not comparable.
    if len(data) < expected and not http & {"content-encoding", "transfer-encoding"}:
        raise WicError(f"the record ends after {len(data)} of {expected} bytes", "the archive is cut off or damaged")
    if kind in PAGES:
        if not data.strip():
            raise WicError("a page without content", "if it should have some, the length of the record is wrong")
        return html.page(data, id, source, metadata, record.http_charset or "")
    if kind != "text/plain":
        return None
    text, used = encodings.decode(data, source.encoding)
    return Document(id=id, text=text, metadata=metadata, provenance=source.provenance | {"encoding": used})
