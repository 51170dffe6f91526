"""JSON lines: one object a line, with at least a ``text``; what ``wic`` itself writes is read back whole."""

from __future__ import annotations

import codecs
import io
import json
import math
import re
from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import orjson

from wic.document import Document, Edit, Flag, Sentence, new_token
from wic.errors import Refusal, WicError
from wic.read import encodings

if TYPE_CHECKING:
    from wic.read import Refuse, Source

TOKEN = {"text", "start", "end", "kind"}
_FIELDS = itemgetter("text", "start", "end", "kind")
KNOWN = {"id", "text", "lang", "script", "metadata", "edits", "flags", "sentences", "wic"}
_LONG_NUMBER = re.compile(rb"\d{17}")
_LENIENT = re.compile(rb"NaN|Infinity|\d[eE]|\\u[dD][89a-fA-F]")
_BOM = codecs.BOM_UTF8
_HALF = re.compile("[\ud800-\udfff]")
SHAPE = 'a record is an object such as {"id": "a1", "text": "…"}; --text-column names another field'


def starts(stream: io.BufferedReader) -> bool:
    """Whether the first line is an object with a ``text``. The stream is not moved."""
    head = stream.peek(1).removeprefix(_BOM).lstrip()
    if not head.startswith(b"{"):
        return False
    line = head.partition(b"\n")[0]
    try:
        first = orjson.loads(line) if not _LENIENT.search(line) else _leniently(line)[0]
        return isinstance(first, dict) and "text" in first
    except (ValueError, RecursionError):
        # A first line longer than what can be looked at ahead: decide by its beginning.
        return b"\n" not in head and b'"text"' in line


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """One document a line; a line that holds none is refused with its number, blank lines are passed over."""
    for number, line in enumerate(stream, source.stretch.line if source.stretch else 1):
        if number == 1:
            line = line.removeprefix(_BOM)
        if not line.strip():
            continue
        place = f"{source.path}:{number}"
        try:
            if source.lossy:
                line = encodings.decode_lossy(line, source.encoding)[0].encode()
            record, trouble = load(line, "" if source.lossy else source.encoding, source.column)
            if trouble and not source.lossy:
                refuse(Refusal(place, trouble, "mend the line to have it as it was meant"))
            yield document(record, place, source.path)
        except WicError as error:
            refuse(Refusal.of(place, error))


def load(line: bytes, encoding: str = "", field: str = "") -> tuple[dict[str, Any], str]:
    """The object with a ``text`` that a line holds; ``field`` has the text where it is not ``text``.

    What writers of JSON let pass and JSON has not is read all the same, and the string tells what it was.
    """
    trouble = ""
    try:
        if encoding:
            line = line.decode(encoding).encode()
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError:
            if not _LENIENT.search(line):
                raise
            record, trouble = _leniently(line)
        else:
            if _has_numbers(record) and _LONG_NUMBER.search(line):
                record = json.loads(line)  # orjson would round what 64 bits cannot hold
    except (UnicodeDecodeError, LookupError) as error:
        raise WicError(f"not {encoding or 'UTF-8'}: {error}", "name its encoding with --encoding") from None
    except (ValueError, RecursionError) as error:
        raise WicError(f"not JSON: {error}", SHAPE) from None
    return with_text(record, field), trouble


def _has_numbers(record: Any) -> bool:
    """Whether there can be numbers in a record: in any that is more than strings."""
    return not isinstance(record, dict) or any(type(value) is not str for value in record.values())


def _leniently(line: bytes) -> tuple[Any, str]:
    """What a line holds in which numbers are not finite, or escapes are half a character, and what was done to these."""
    found: dict[str, None] = {}

    def number(source: str) -> float | None:
        if math.isfinite(value := float(source)):
            return value
        found[f"{source} is read as null"] = None
        return None

    record = json.loads(line, parse_constant=number, parse_float=number)
    text = json.dumps(record, ensure_ascii=False)
    if _HALF.search(text):
        record = json.loads(_HALF.sub("\ufffd", text))
        found["half a surrogate pair is read as U+FFFD"] = None
    return record, f"not JSON: {', '.join(found)}"


def with_text(record: Any, field: str = "") -> dict[str, Any]:
    """The record, its field ``field`` now called ``text``; a WicError where it has none."""
    if isinstance(record, dict) and field and field in record:
        record["text"] = record.pop(field)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise WicError(f"no {field or 'text'} in this record", SHAPE)
    return record


def document(record: dict[str, Any], place: str, path: str = "-") -> Document:
    """The document that a record describes; ``place`` names it where it has no id."""
    metadata = record.get("metadata")
    if not isinstance(metadata, dict):
        metadata = None  # not what wic means by it: passed through like a field that it does not know
    own = KNOWN if metadata is not None or record.get("metadata") is None else KNOWN - {"metadata"}
    try:
        provenance = dict(record.get("wic") or {})
        if path != "-":
            provenance.setdefault("file", path)
        return Document(
            id=str(record["id"]) if record.get("id") is not None else place,
            text=record["text"],
            lang=record.get("lang") or "",
            script=record.get("script") or "",
            metadata=metadata or {},
            edits=_edits(record.get("edits")),
            flags=tuple(Flag(f["rule"], f["start"], f["end"], f["reason"]) for f in record.get("flags") or ()),
            sentences=_sentences(record.get("sentences")),
            annotations=_annotations(record.get("sentences")),
            provenance=provenance,
            extra={name: value for name, value in record.items() if name not in own},
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise WicError(f"a record that wic cannot read: {error!r}", "see the record formats in the README") from None


def _edits(edits: list[dict[str, Any]] | None) -> tuple[Edit, ...] | None:
    if edits is None:
        return None
    return tuple(
        Edit(e["rule"], e["start"], e["end"], e["before"], e["after"], e.get("confidence", 1.0)) for e in edits
    )


def _sentences(sentences: list[dict[str, Any]] | None) -> tuple[Sentence, ...] | None:
    if sentences is None:
        return None
    return tuple(Sentence(s["start"], s["end"], tuple(map(new_token, map(_FIELDS, s["tokens"])))) for s in sentences)


def _annotations(sentences: list[dict[str, Any]] | None) -> dict[str, list[Any]]:
    """The fields of tokens that wic does not know, by name, with a value (or None) for each token."""
    tokens = [token for sentence in sentences or () for token in sentence["tokens"]]
    names = dict.fromkeys(name for token in tokens if len(token) > len(TOKEN) for name in token if name not in TOKEN)
    return {name: [token.get(name) for token in tokens] for name in names}
