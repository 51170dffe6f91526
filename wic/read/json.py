"""A JSON file: one object with a ``text``, or a list of such objects. It is read as a whole; JSON lines stream."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import orjson

from wic.document import Document
from wic.errors import Refusal, WicError
from wic.read import jsonl

if TYPE_CHECKING:
    from wic.read import Refuse, Source


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The documents of the file; an object that holds none is refused with its number in the list, from 1."""
    data = stream.read().removeprefix(b"\xef\xbb\xbf")
    try:
        whole = orjson.loads(data.decode(source.encoding) if source.encoding else data)
    except orjson.JSONDecodeError as error:
        if b"\n" in data.strip() and jsonl.starts(io.BufferedReader(io.BytesIO(data))):
            yield from jsonl.documents(io.BufferedReader(io.BytesIO(data)), source, refuse)
            return
        raise WicError(f"not JSON: {error}", "JSON lines have names that end in .jsonl") from None
    except (UnicodeDecodeError, LookupError) as error:
        raise WicError(f"not {source.encoding}: {error}", "name its encoding with --encoding") from None
    if not isinstance(whole, list):
        yield jsonl.document(jsonl.with_text(whole, source.column), source.path, source.path)
        return
    for number, record in enumerate(whole, 1):
        place = f"{source.path}:[{number}]"
        try:
            yield jsonl.document(jsonl.with_text(record, source.column), place, source.path)
        except WicError as error:
            refuse(Refusal.of(place, error))
