"""A part of an index: the documents of some sources, in files that are written once and then only read.

``text`` has the clean texts in UTF-8, ``edges`` a bit for each of its bytes that says whether a token begins or the text
ends there, ``names`` the ids, ``records`` what else is known of each document as JSON, ``tokens`` the lengths of the
tokens in code points and of the sentences in tokens, ``table`` where each document lies in the others, ``words`` and
``postings`` which documents have a word (``wic.index.postings``). All are mapped into memory, so that only what is
looked at is read.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import orjson

from wic.compiled import compiled
from wic.document import Document, Edit, Flag, OffsetMap, Sentence, tile
from wic.index.postings import Collector, Postings
from wic.read import jsonl
from wic.write import jsonl as written

if TYPE_CHECKING:
    from wic.query.cql.columns import Tiles

FILES = ("text", "edges", "names", "records", "tokens", "table", "words", "postings")
COLUMNS = 9  # of the table: begin and end of text, name, record and tokens, and the bits below
# What must be known of a document before anything of it but its text is looked at, as bits:
BINARY = 1  # the text as read has NUL characters
VAST = 2  # the record has numbers that may be beyond 64 bits
WHOLE = 4  # the record has all of the document, for its tokens do not tile the text or say more than that
NAMED = 8  # the id begins with the name of the source, which the part does not keep
EIGHT = 8  # bytes of text that a byte of `edges` speaks of; each text begins with a new one
BLOCK = 1 << 20
_LONG_NUMBER = re.compile(rb"\d{17}")


class Packed(NamedTuple):
    """A document as a part keeps it."""

    text: bytes
    edges: bytes
    name: bytes
    record: bytes
    tokens: bytes
    kind: int
    words: frozenset[str]  # the texts of its tokens but for white space


def pack(plain: Document, segmented: Document, source: str) -> Packed:
    """A prepared document, before and after segmentation, ready to be kept. ``source`` is how its file was named."""
    tokens = list(segmented.tokens)
    whole = bool(segmented.annotations) or "".join(token.text for token in tokens) != segmented.text
    record: dict[str, Any] = {
        "file": plain.provenance.get("file") == source,
        "lang": plain.lang,
        "script": plain.script,
        "metadata": plain.metadata,
        "edits": None if plain.edits is None else [list(edit) for edit in plain.edits],
        "flags": [list(flag) for flag in plain.flags],
        "provenance": plain.provenance,
        "segmentation": {
            key: value for key, value in segmented.provenance.items() if plain.provenance.get(key) != value
        },
        "extra": plain.extra,
    }
    edges = lengths = b""
    if whole:
        record["whole"] = written.document(segmented)
    else:
        sizes = [len(token.text) for token in tokens]
        counts = [len(sentence.tokens) for sentence in segmented.sentences or ()]
        code = _code(max([*sizes, *counts], default=0))
        record |= {"code": code, "sentences": len(counts), "ready": plain.sentences is not None}
        lengths = array(code, [*counts, *sizes]).tobytes()
        edges = _bits([len(token.text.encode()) for token in tokens])
    line = written.line(record)
    binary = "\0" in plain.text or any("\0" in edit.before for edit in plain.edits or ())
    vast, named = bool(_LONG_NUMBER.search(line)), plain.id.startswith(source)
    name = plain.id.removeprefix(source) if named else plain.id
    words = frozenset(token.text for token in tokens if token.kind != "space")
    kind = BINARY * binary | VAST * vast | WHOLE * whole | NAMED * named
    return Packed(plain.text.encode(), edges, name.encode("utf-8", "surrogatepass"), line, lengths, kind, words)


def _bits(lengths: Sequence[int]) -> bytes:
    """A bit for each place where a piece of these lengths begins, and where the last one ends."""
    import numpy as np

    places = np.cumsum([0, *lengths])
    bits = np.zeros(places[-1] + 1, np.uint8)
    bits[places] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def _code(largest: int) -> str:
    """The smallest array type that holds a number."""
    return "B" if largest < 1 << 8 else "H" if largest < 1 << 16 else "I"


class Writer:
    """Writes the files of a part; ``close`` returns what the manifest keeps about them."""

    def __init__(self, folder: str, name: str) -> None:
        self._paths = {kind: os.path.join(folder, f"{name}.{kind}") for kind in FILES}
        self._files: dict[str, IO[bytes]] = {kind: open(path, "wb") for kind, path in self._paths.items()}  # noqa: SIM115
        self._places = dict.fromkeys(FILES, 0)
        self._sums = dict.fromkeys(FILES, 0)
        self._words = Collector()
        self.count = 0

    def add(self, packed: Packed) -> None:
        """Writes a document behind the others."""
        row = []
        for kind, octets, fill in (
            # Line ends between texts keep a search in one of them from running into the next.
            ("text", packed.text, b"\n" * (EIGHT - len(packed.text) % EIGHT)),
            ("names", packed.name, b"\n"),
            ("records", packed.record, b""),
            ("tokens", packed.tokens, bytes(-len(packed.tokens) % 4)),
        ):
            row += [self._places[kind], self._places[kind] + len(octets)]
            self._write(kind, octets + fill)
        self._write("edges", packed.edges.ljust(self._places["text"] // EIGHT - self._places["edges"], b"\0"))
        self._write("table", array("Q", [*row, packed.kind]).tobytes())
        self._words.add(self.count, packed.words)
        self.count += 1

    def _write(self, kind: str, octets: bytes) -> None:
        self._files[kind].write(octets)
        self._places[kind] += len(octets)
        self._sums[kind] = zlib.crc32(octets, self._sums[kind])

    def close(self) -> dict[str, Any]:
        """Writes what is known of all documents together, and closes the files."""
        for kind, pieces in zip(("words", "postings"), self._words.files(), strict=True):
            for octets in pieces:
                self._write(kind, octets)
        files = {}
        for kind, file in self._files.items():
            file.flush()
            os.fsync(file.fileno())
            file.close()
            files[kind] = [self._places[kind], os.stat(self._paths[kind]).st_mtime_ns, self._sums[kind]]
        return {"files": files, "documents": self.count}


class Part:
    """The files of a part, mapped. Raises ValueError where they are not as they were written."""

    def __init__(self, folder: str, name: str, files: dict[str, Any]) -> None:
        data = {kind: _mapped(os.path.join(folder, f"{name}.{kind}"), *files[kind]) for kind in FILES}
        self.text, self.edges = data["text"], data["edges"]
        self.names, self._records, self._tokens = data["names"], data["records"], data["tokens"]
        self.postings = Postings(data["words"], data["postings"])
        self._table = memoryview(data["table"]).cast("Q")

    def stored(self, number: int, source: str) -> Stored:
        """A document by its number; ``source`` is how its file is named now."""
        row = self._table[number * COLUMNS : (number + 1) * COLUMNS]
        return Stored(self, source, *row)

    def starts(self, first: int, count: int) -> list[int]:
        """Where the texts of some documents begin, and where the last one ends."""
        if not count:
            return [0]
        last = (first + count - 1) * COLUMNS
        return [*self._table[first * COLUMNS : last + 1 : COLUMNS].tolist(), self._table[last + 1]]

    def is_edge(self, place: int) -> bool:
        """Whether a token begins or ends at a place of the text, in bytes."""
        return bool(self.edges[place >> 3] >> (place & 7) & 1)

    def record(self, start: int, end: int, *, vast: bool) -> dict[str, Any]:
        """What is known of the document whose record lies there."""
        line = self._records[start:end]
        # orjson would round numbers beyond 64 bits, which came from the input and must leave as they came.
        found: dict[str, Any] = json.loads(line) if vast else orjson.loads(line)
        return found

    def lengths(self, start: int, end: int, code: str) -> array[int]:
        """The numbers that lie there in ``tokens``."""
        lengths = array(code)
        lengths.frombytes(self._tokens[start:end])
        return lengths


def _mapped(path: str, size: int, changed: int, checksum: int) -> mmap.mmap | bytes:
    with open(path, "rb") as file:
        facts = os.fstat(file.fileno())
        if facts.st_size != size:
            raise ValueError(f"{os.path.basename(path)} has {facts.st_size} bytes, not {size}")
        # A file that something wrote to since is looked at in full; copying alone changes the time too.
        if facts.st_mtime_ns != changed and _checksum(file) != checksum:
            raise ValueError(f"{os.path.basename(path)} has other content")
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""


def _checksum(file: IO[bytes]) -> int:
    checksum = 0
    while block := file.read(BLOCK):
        checksum = zlib.crc32(block, checksum)
    return checksum


class Stored:
    """A document in a part, made only when it is asked for. ``start:end`` is its text in ``part.text``, in bytes."""

    __slots__ = ("_kept", "_name", "_record", "_tokens", "end", "kind", "part", "source", "start")

    def __init__(self, part: Part, source: str, *row: int) -> None:
        self.part = part
        self.source = source
        self.start, self.end = row[0], row[1]
        self._name, self._record, self._tokens = row[2:4], row[4:6], row[6:8]
        self.kind = row[8]
        self._kept: dict[str, Any] | None = None

    @property
    def record(self) -> dict[str, Any]:
        """What is known of the document beside its text."""
        if self._kept is None:
            self._kept = self.part.record(*self._record, vast=bool(self.kind & VAST))
        return self._kept

    @property
    def id(self) -> str:
        name = self.part.names[self._name[0] : self._name[1]].decode("utf-8", "surrogatepass")
        return self.source + name if self.kind & NAMED else name

    def document(self, *, segmented: bool) -> Document:
        """The prepared document, with its sentences or as it was before them."""
        record = self.record
        provenance = {**record["provenance"], **({"file": self.source} if record["file"] else {})}
        if self.kind & WHOLE:
            return self._whole(record, provenance)
        plain = Document(
            id=self.id,
            text=self.part.text[self.start : self.end].decode(),
            lang=record["lang"],
            script=record["script"],
            metadata=record["metadata"],
            edits=None if record["edits"] is None else tuple(Edit(*edit) for edit in record["edits"]),
            flags=tuple(Flag(*flag) for flag in record["flags"]),
            provenance=provenance,
            extra=record["extra"],
        )
        return self.segmented(plain) if segmented or record["ready"] else plain

    def segmented(self, plain: Document) -> Document:
        """The same document with its sentences."""
        if self.kind & WHOLE:
            return plain
        record = self.record
        counts, sizes = self._lengths()
        sentences = tuple(_sentences(plain.text, counts, sizes, plain.offsets))
        return replace(plain, sentences=sentences).made_by(**record["segmentation"])

    def edges(self) -> Sequence[int] | None:
        """Where tokens begin and end in the clean text, in order; None where only the document can tell."""
        return None if self.kind & WHOLE else ends(self._lengths()[1])

    def tiles(self, text: str) -> Tiles | None:
        """The tokens in columns; None where only the document can tell."""
        if self.kind & WHOLE:
            return None
        from wic.query.cql.columns import Tiles
        from wic.segment.kinds import kinds

        counts, sizes = self._lengths()
        pieces = _pieces(text, sizes)
        return Tiles(pieces, kinds(pieces), counts)

    def _lengths(self) -> tuple[array[int], array[int]]:
        """The numbers of tokens of the sentences, and the lengths of the tokens."""
        lengths = self.part.lengths(self._tokens[0], self._tokens[1], self.record["code"])
        return lengths[: self.record["sentences"]], lengths[self.record["sentences"] :]

    def _whole(self, record: dict[str, Any], provenance: dict[str, Any]) -> Document:
        found = jsonl.document(record["whole"], self.id)
        return replace(found, id=self.id, provenance={**provenance, **record["segmentation"]})


def ends(lengths: array[int]) -> array[int]:
    """Where pieces of these lengths end, and 0 before them."""
    if compiled is None:
        return array("q", accumulate(lengths, initial=0))
    found = array("q")
    found.frombytes(compiled.ends(lengths, lengths.itemsize))
    return found


def _pieces(text: str, sizes: array[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise(ends(sizes))]


def _sentences(text: str, counts: array[int], sizes: array[int], offsets: OffsetMap) -> Iterator[Sentence]:
    from wic.segment.kinds import kinds

    pieces = _pieces(text, sizes)
    tokens = tile(pieces, kinds(pieces), offsets)
    begin = 0
    for count in counts:
        taken = tuple(tokens[begin : begin + count])
        begin += count
        yield Sentence(taken[0].start, taken[-1].end, taken)
