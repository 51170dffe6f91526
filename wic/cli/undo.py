"""``wic clean --undo``: the texts as read, rebuilt from clean ones and their edits.

The edits are what ``-f edits`` wrote, or stand in the records that ``-f jsonl`` wrote, which hold the texts too. Both
also say the encoding of a text that was not plain UTF-8, so that a single text comes out byte for byte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from wic.cli.run import Run
from wic.document import Document, Edit, undo
from wic.errors import WicError


def undone(run: Run, path: str) -> Iterator[bytes]:
    """The texts as read, as bytes, or the documents as records where the format says so."""
    from wic.read.encodings import encode
    from wic.write import jsonl, text

    if records := _hold_texts(path):
        if run.paths:
            raise WicError(f"{path} holds texts with their edits", "give no further PATHS")
        run.paths = (path,)
    found = _documents(run)
    pairs = [(document, document.edits or ()) for document in found] if records else list(_matched(found, path))
    raws = (_raw(document, edits) for document, edits in pairs)
    encodings = [str(document.provenance.get("encoding", "")) for document in found] if records else _encodings(path)
    if run.format == "jsonl":
        return chain.from_iterable(jsonl.document_line(_as_read(*pair)) for pair in zip(found, raws, strict=True))
    if len(found) == 1 and len(encodings) == 1:
        return iter([encode(next(raws), encodings[0] or "utf-8")])
    return text.joined(((raw, "\n") for raw in raws), close=len(found) > 1)


def _documents(run: Run) -> list[Document]:
    from wic.read import documents

    return [document for source in run.sources for document in documents(source, run.refuse)]


def _as_read(document: Document, raw: str) -> Document:
    return replace(document, text=raw, edits=None, flags=(), sentences=None, provenance={})


def _matched(found: Sequence[Document], path: str) -> Iterator[tuple[Document, Sequence[Edit]]]:
    """The documents with the edits of the file that belong to them.

    Edits belong to the text with their id. Where the file holds the edits of one text and one text is given, the id
    does not matter, since a clean copy has another name than the file that was read.
    """
    edits = _edits(path)
    alone = len(edits) == 1 and len(found) == 1
    missing = set(edits) - {document.id for document in found}
    if missing and not alone:
        raise WicError(
            f"no text for the edits of {sorted(missing)[0]!r}", "give the clean texts as records with their ids"
        )
    for document in found:
        yield document, next(iter(edits.values())) if alone else edits.get(document.id, [])


def _hold_texts(path: str) -> bool:
    """Whether the first line of the file is a record with a text."""
    from wic.read import compression, jsonl

    try:
        with compression.open_source(path) as stream:
            return jsonl.starts(stream)
    except OSError as error:
        raise WicError(f"{path}: {error.strerror}", "name the file that 'wic clean -f edits' wrote") from None


def _edits(path: str) -> dict[str, list[Edit]]:
    edits: dict[str, list[Edit]] = defaultdict(list)
    for number, record in _records(path):
        try:
            found = edits[record["id"]]
            if "before" in record:  # the other lines are flags, places that were left alone, and encodings
                found.append(Edit(record["rule"], record["start"], record["end"], record["before"], record["after"]))
        except (KeyError, TypeError):
            raise _no_edit(path, number) from None
    return edits


def _encodings(path: str) -> list[str]:
    """The encodings of the texts that were not plain UTF-8."""
    return [record["encoding"] for _, record in _records(path) if isinstance(record.get("encoding"), str)]


def _records(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(Path(path).read_bytes().splitlines(), 1):
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError:
            record = None
        if not isinstance(record, dict):
            raise _no_edit(path, number)
        yield number, record


def _no_edit(path: str, number: int) -> WicError:
    return WicError(f"{path}:{number}: not an edit", "name the file that 'wic clean -f edits' wrote")


def _raw(document: Document, edits: Sequence[Edit]) -> str:
    grown = 0
    for edit in edits:
        start = edit.start + grown
        if document.text[start : start + len(edit.after)] != edit.after:
            raise WicError(
                f"{document.id}: {edit.after!r} does not stand at {start}, where the edits put it",
                "give the clean text that belongs to these edits, unchanged",
            )
        grown += len(edit.after) - len(edit.before)
    return undo(edits, document.text)
