"""Parquet tables, one document a row: the column ``text`` (or the one that ``--text-column`` names), ``id`` and ``lang``;
the other columns become metadata. Read in batches of rows."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wic.document import Document
from wic.errors import Refusal, WicError
from wic.read import jsonl
from wic.read.extras import library

if TYPE_CHECKING:
    from wic.read import Refuse, Source

BATCH = 256  # rows
RECORDS = b"wic.records"  # in the metadata of a table that wic wrote


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """A document for each row; one without a text is refused with its number, from 1."""
    arrow = library("pyarrow", "parquet")
    parquet = library("pyarrow.parquet", "parquet")
    column = source.column or "text"
    # The footer is at the end, so a pipe or a compressed file has to be taken whole.
    file = stream if stream.seekable() else io.BytesIO(stream.read())
    number = 0
    try:
        table = parquet.ParquetFile(file)
        names = table.schema_arrow.names
        read = _record if RECORDS in (table.schema_arrow.metadata or {}) else _document
        if column not in names:
            raise WicError(
                f"no column {column!r}; there are {', '.join(map(repr, names))}", "name it with --text-column"
            )
        for batch in table.iter_batches(BATCH):
            for row in batch.to_pylist():
                number += 1
                place = f"{source.path}:[{number}]"
                try:
                    yield read(row, column, place, source)
                except WicError as error:
                    refuse(Refusal.of(place, error))
    except arrow.ArrowException as error:
        raise WicError(
            f"damaged or no Parquet: {error}".splitlines()[0], "what stood before the damage was read"
        ) from None


def _record(row: dict[str, Any], column: str, place: str, source: Source) -> Document:
    """The document that `wic.write.parquet` made a row of."""
    try:
        rest = json.loads(row.pop("record"))
        record = {**row, "metadata": json.loads(row["metadata"]), **rest}
    except (KeyError, TypeError, ValueError) as error:
        raise WicError(f"a row that wic cannot read: {error!r}", "it says that wic wrote it, and is not so") from None
    return jsonl.document(jsonl.with_text(record, column), place, source.path)


def _document(row: dict[str, Any], column: str, place: str, source: Source) -> Document:
    text = row.pop(column)
    if isinstance(text, bytes):
        try:
            text = text.decode(source.encoding or "utf-8")
        except UnicodeDecodeError as error:
            raise WicError(
                f"not valid {error.encoding}: byte offset {error.start}", "name its encoding with --encoding"
            ) from None
    if not isinstance(text, str):
        raise WicError("no text in this row", f"the column {column!r} is {text!r} here")
    id, lang = row.pop("id", None), row.pop("lang", None)
    metadata = {name: _plain(value) for name, value in row.items() if value is not None}
    return Document(
        id=place if id is None else str(id), text=text, lang=lang or "", metadata=metadata, provenance=source.provenance
    )


def _plain(value: Any) -> Any:
    """A value as JSON can have it: times in ISO form, bytes as hexadecimal digits."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
