"""Documents and rows as JSON lines: UTF-8, nothing escaped that need not be, fields in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import orjson

from wic.compiled import compiled
from wic.document import Document, Edit, Flag, Sentence

SOME = 1000  # sentences of a long document that are written at once


def line(record: Any) -> bytes:
    """One record as one line, with its line end."""
    try:
        return orjson.dumps(record) + b"\n"
    except TypeError:
        # Numbers beyond 64 bits, which came from the input and must leave as they came.
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def document_line(found: Document) -> Iterator[bytes]:
    """The record of a document as a line, in parts where its sentences are made when they are asked for.

    They are written as they come, so that the tokens of a long document need not all be there.
    """
    if found.sentences is None or found.annotations:
        yield line(document(found))
    elif isinstance(found.sentences, tuple):
        yield b"".join(_parts(found, found.sentences))
    else:
        yield from _parts(found, found.sentences)


def _parts(found: Document, sentences: Iterable[Sentence]) -> Iterator[bytes]:
    yield line(_head(found))[:-2] + b',"sentences":['
    link = b""
    waiting = iter(sentences)
    while some := tuple(islice(waiting, SOME)):
        yield link + _array(some)[1:-1]
        link = b","
    yield b"]," + line(_tail(found))[1:]


def _array(sentences: tuple[Sentence, ...]) -> bytes:
    return orjson.dumps(list(map(_sentence, sentences))) if compiled is None else compiled.sentences(sentences)


def document(document: Document) -> dict[str, Any]:
    """The record of a document; ``wic.read.jsonl.document`` reads it back. Unknown fields of the input come last."""
    record = _head(document)
    if document.sentences is not None:
        record["sentences"] = list(map(_sentence, document.sentences))
        if document.annotations:
            _annotate(record["sentences"], document)
    return record | _tail(document)


def _head(document: Document) -> dict[str, Any]:
    """The fields of a record that stand before its sentences."""
    record: dict[str, Any] = {
        "id": document.id,
        "text": document.text,
        "lang": document.lang,
        "script": document.script,
        "metadata": document.extra.get("metadata", document.metadata),  # what is no object passes through in its place
    }
    if document.edits is not None:
        record["edits"] = [edit(e) for e in document.edits]
    if document.flags:
        record["flags"] = [flag(f) for f in document.flags]
    return record


def _tail(document: Document) -> dict[str, Any]:
    """The fields behind them."""
    return {"wic": document.provenance} | {name: value for name, value in document.extra.items() if name != "metadata"}


def _sentence(sentence: Sentence) -> dict[str, Any]:
    tokens = [{"text": text, "start": start, "end": end, "kind": kind} for text, start, end, kind in sentence.tokens]
    return {"start": sentence.start, "end": sentence.end, "tokens": tokens}


def _annotate(sentences: list[dict[str, Any]], document: Document) -> None:
    """Gives the tokens their annotations back; one that a token did not have stays away."""
    tokens = [token for sentence in sentences for token in sentence["tokens"]]
    for name, values in document.annotations.items():
        for token, value in zip(tokens, values, strict=True):
            if value is not None:
                token[name] = value


def edit(edit: Edit) -> dict[str, Any]:
    """The record of an edit; ``confidence`` is left out where it is 1."""
    record = edit._asdict()
    if edit.confidence == 1:
        del record["confidence"]
    return record


def flag(flag: Flag) -> dict[str, Any]:
    """The record of a flag."""
    return flag._asdict()
