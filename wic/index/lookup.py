"""Opens an index, and finds in it what is known of a source."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from wic.choice import WordChoice
from wic.document import Document
from wic.errors import WicError
from wic.index import MANIFEST, above
from wic.index.part import Part, Stored
from wic.read import STDIN, Source

if TYPE_CHECKING:
    from wic.pipeline import Steps

FORMAT = 3
AGAIN = "make it again with wic index; until then the files are read"


class Entry(NamedTuple):
    """A source in the index: how the file was and how it was read, and which documents of which part are its own."""

    size: int
    changed: int
    format: str
    encoding: str
    column: str
    delimiter: str
    part: str
    first: int
    documents: int

    def holds(self, source: Source) -> bool:
        """Whether the file is still as it was, and read in the same way."""
        try:
            facts = os.stat(source.path)
        except OSError:
            return False
        same = (facts.st_size, facts.st_mtime_ns) == (self.size, self.changed)
        how = (source.format, source.encoding, source.column, source.delimiter)
        return same and how == (self.format, self.encoding, self.column, self.delimiter)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one source, in order: ``count`` of a part, from ``first`` on."""

    part: Part
    first: int
    count: int
    path: str

    def __iter__(self) -> Iterator[Stored]:
        return map(self.stored, range(self.count))

    def stored(self, number: int) -> Stored:
        return self.part.stored(self.first + number, self.path)

    def starts(self) -> list[int]:
        """Where their texts begin, and where the last one ends."""
        return self.part.starts(self.first, self.count)


class Index:
    """An index that was opened."""

    def __init__(self, folder: str, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.lang: str = manifest["lang"]
        self.words = WordChoice(**manifest["words"])
        self.parts: dict[str, dict[str, Any]] = manifest["parts"]
        self._opened: dict[str, Part] = {}
        base = os.path.abspath(folder)
        self.entries = {
            os.path.normpath(os.path.join(base, path)): Entry(*row) for path, row in manifest["sources"].items()
        }

    def fresh(self, source: Source) -> Entry | None:
        """What is known of a source whose file is as it was; None where it must be read."""
        entry = self.entries.get(os.path.abspath(source.path))
        return entry if entry is not None and entry.holds(source) else None

    def serves(self, steps: Steps) -> bool:
        """Whether the documents went through these very steps."""
        plain = not steps.raw and steps.selection is None
        return plain and not steps.words.dictionary and (steps.lang, steps.words) == (self.lang, self.words)

    def stored(self, source: Source) -> Shelf:
        """The documents of a source that is ``fresh``."""
        entry = self.entries[os.path.abspath(source.path)]
        return Shelf(self.part(entry.part), entry.first, entry.documents, source.path)

    def part(self, name: str) -> Part:
        """A part of the index, opened once."""
        if name not in self._opened:
            self._opened[name] = Part(self.folder, name, self.parts[name]["files"])
        return self._opened[name]


@cache
def open_index(folder: str) -> Index:
    """As ``load``, but once in a process."""
    return load(folder)


def load(folder: str) -> Index:
    """The index in a folder; a WicError where there is none that can be used, saying why."""
    import orjson

    try:
        with open(os.path.join(folder, MANIFEST), "rb") as file:
            manifest = orjson.loads(file.read())
        if manifest.pop("sum") != checksum(manifest):
            raise ValueError(f"{MANIFEST} has other content")
        if manifest["format"] != FORMAT or manifest["made_by"] != fingerprint():
            raise WicError(f"{folder}: the index was made by another version of wic or its data and is not used", AGAIN)
        index = Index(folder, manifest)
        for name in index.parts:
            index.part(name)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WicError(f"{folder}: the index is damaged and is not used ({error})", AGAIN) from None
    return index


def checksum(manifest: dict[str, Any]) -> int:
    """The checksum of what a manifest says."""
    import zlib

    import orjson

    return zlib.crc32(orjson.dumps(manifest))


def attach(sources: Iterable[Source]) -> tuple[list[Source], list[WicError]]:
    """The sources, those that need not be read with the folder of their index; and what is wrong with the indexes."""
    indexes: dict[str, Index | None] = {"": None}
    folders: dict[str, str] = {}
    outdated: Counter[str] = Counter()
    trouble: list[WicError] = []
    found: list[Source] = []
    for source in sources:
        folder = source.indexed or ("" if source.path == STDIN else _above(os.path.dirname(source.path), folders))
        if folder not in indexes:
            try:
                indexes[folder] = open_index(folder)
            except WicError as error:
                indexes[folder] = None
                trouble.append(error)
        index = indexes[folder]
        fresh = index is not None and index.fresh(source) is not None
        outdated[folder] += index is not None and not fresh
        found.append(source._replace(indexed=folder if fresh else ""))
    for folder, count in outdated.items():
        if count:
            what = "1 file is" if count == 1 else f"{count:,} files are"
            trouble.append(
                WicError(
                    f"{folder}: {what} new or changed since the index was made, and read",
                    "wic index brings it up to date",
                )
            )
    return found, trouble


def _above(folder: str, known: dict[str, str]) -> str:
    """The folder of the index that a folder lies under, remembered for the files beside."""
    if folder not in known:
        known[folder] = above(os.path.abspath(folder))
    return known[folder]


def named(folder: str) -> Iterator[Source]:
    """The sources of an index that was itself named as an input, in the order in which they were indexed."""
    index = open_index(folder)
    for path, entry in index.entries.items():
        how = (entry.format, entry.encoding, entry.column, entry.delimiter)
        yield Source(os.path.relpath(path), *how, indexed=folder)


def documents(source: Source, steps: Steps) -> Iterator[Document] | None:
    """The prepared documents of a source from its index; None where they must be made."""
    found = stored(source, steps)
    return None if found is None else (one.document(segmented=steps.segment) for one in found)


def stored(source: Source, steps: Steps) -> Shelf | None:
    """As ``documents``, but the documents are made only when they are asked for."""
    if not source.indexed:
        return None
    index = open_index(source.indexed)
    return index.stored(source) if index.serves(steps) else None


@cache
def fingerprint() -> str:
    """What of the program and its data can change an answer: the files of wic and the engines that it may call."""
    import hashlib
    from importlib.util import find_spec

    digest = hashlib.sha256()
    for path in sorted(_files(os.path.dirname(os.path.dirname(__file__)))):
        facts = os.stat(path)
        digest.update(f"{os.path.basename(path)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    for package in ("jieba", "pythainlp", "camel_tools", "ftfy"):
        spec = find_spec(package)
        if spec is not None and spec.origin:
            digest.update(f"{spec.origin} {os.stat(spec.origin).st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif not entry.name.endswith(".pyc"):
                yield entry.path
