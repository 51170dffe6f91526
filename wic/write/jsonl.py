"""Documents and rows as JSON lines: UTF-8, nothing escaped that need not be, fields in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import orjson

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
    if found.sentences is None or isinstance(found.sentences, tuple):
        yield line(document(found))
        return
    whole = document(replace(found, sentences=()))
    names = list(whole)
    after = names.index("sentences") + 1
    yield line({name: whole[name] for name in names[: after - 1]})[:-2] + b',"sentences":['
    sentences = map(orjson.dumps, map(_sentence, found.sentences))
    yield next(sentences, b"")
    while some := list(islice(sentences, SOME)):
        yield b"," + b",".join(some)
    yield b"]," + line({name: whole[name] for name in names[after:]})[1:]


def document(document: Document) -> dict[str, Any]:
    """The record of a document; ``wic.read.jsonl.document`` reads it back. Unknown fields of the input come last."""
    record: dict[str, Any] = {
        "id": document.id,
        "text": document.text,
        "lang": document.lang,
        "script": document.script,
        "metadata": document.metadata,
    }
    if document.edits is not None:
        record["edits"] = [edit(e) for e in document.edits]
    if document.flags:
        record["flags"] = [flag(f) for f in document.flags]
    if document.sentences is not None:
        record["sentences"] = list(map(_sentence, document.sentences))
        if document.annotations:
            _annotate(record["sentences"], document)
    record["wic"] = document.provenance
    record.update(document.extra)
    return record


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
