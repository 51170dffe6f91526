"""Documents as a Parquet table: columns to look at, and the whole record, which ``wic`` reads back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from wic.document import Document
from wic.read.extras import library
from wic.read.parquet import RECORDS
from wic.write import jsonl

GROUP = 1024  # rows that are kept together


def write(stream: IO[bytes], documents: Iterable[Document]) -> None:
    """Writes the documents: ``id``, ``text``, ``lang``, ``script``, ``metadata`` and ``record``, the last two as JSON."""
    arrow, parquet = library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
    columns = ("id", "text", "lang", "script", "metadata", "record")
    schema = arrow.schema([(name, arrow.string()) for name in columns], metadata={RECORDS: "1"})
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        rows: list[dict[str, str]] = []
        for document in documents:
            record = jsonl.document(document)
            row = {name: record.pop(name) for name in columns[:4]}
            rows.append(row | {"metadata": _json(record.pop("metadata")), "record": _json(record)})
            if len(rows) == GROUP:
                writer.write_table(arrow.Table.from_pylist(rows, schema))
                rows = []
        writer.write_table(arrow.Table.from_pylist(rows, schema))


def _json(value: Any) -> str:
    return jsonl.line(value).decode().rstrip("\n")
