"""Sources → documents: files, folders and standard input; one module per format.

A folder is walked in sorted order and gives the files whose names end like those of documents, compressed or not; a
file that is named is read whatever its name. ``documents`` yields the documents of one source and hands what it cannot
read to ``refuse``, so that one bad file or line does not end a run. A format is a module with a function ``documents``
from the decompressed stream, its source and ``refuse`` to documents, imported when the format is met.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from wic.as_function import as_function
from wic.document import Document
from wic.errors import Refusal, WicError
from wic.read import compression, remote
from wic.read.formats import FORMATS, SUFFIXES, WALKED, guess
from wic.read.stretches import Stretch, opened
from wic.read.watched import Watch

Refuse = Callable[[Refusal], None]

STDIN = "-"


class Source(NamedTuple):
    """One input: a path (``-`` is standard input), and how to read it.

    ``format`` is a key of ``FORMATS`` or empty to look at the content; ``encoding`` is empty to find out. ``column``
    names the column or field that has the text, where it is not ``text``, ``delimiter`` what stands between columns. With
    ``lossy`` bytes that cannot be read become U+FFFD, where they would make the source refused. ``indexed`` is the folder
    of an index that has its documents ready. A document with more than ``limit`` bytes of text is refused, if that is not 0.
    With ``passages`` a long plain text comes as several documents, one after the other. ``stretch`` is a part of a file, and
    ``watch`` where the document at hand is noted.
    """

    path: str
    format: str = ""
    encoding: str = ""
    column: str = ""
    delimiter: str = ""
    lossy: bool = False
    indexed: str = ""
    limit: int = 0
    passages: bool = False
    stretch: Stretch | None = None
    watch: Watch | None = None

    @property
    def name(self) -> str:
        """The path as text: bytes of it that are not UTF-8 stand as ``\\xff``."""
        if self.path.isascii():
            return self.path
        return self.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

    @property
    def goes_on(self) -> bool:
        """Whether more of the same file follows."""
        return self.stretch is not None and self.stretch.end > 0

    @property
    def provenance(self) -> dict[str, Any]:
        """What is known about every document of this source."""
        return {} if self.path == STDIN else {"file": self.name}


def sources(
    paths: Iterable[str],
    refuse: Refuse,
    *,
    format: str = "",
    encoding: str = "",
    column: str = "",
    delimiter: str = "",
    limit: int = 0,
) -> Iterator[Source]:
    """The sources that ``paths`` name, folders walked and sorted; what is not there to read is refused."""

    def source(path: str) -> Source:
        known = format or SUFFIXES.get(compression.suffix(path), "")
        return Source(path, known, encoding, column, delimiter, limit=limit)

    for path in paths:
        if path == STDIN:
            yield source(path)
        elif remote.is_address(path):
            yield from map(source, _remote(path, refuse))
        elif os.path.isdir(path):
            empty = True
            for found in _walk(path, refuse):
                empty = False
                yield source(found)
            if empty:
                refuse(Refusal(path, "no text in this folder", f"it needs files that end in {', '.join(WALKED)}"))
        elif not os.path.exists(path):
            refuse(Refusal(path, "no such file or folder", "check the path; '-' reads standard input"))
        elif _is_device(path):
            refuse(Refusal(path, "a device, not a file", "name files, folders, or '-' for standard input"))
        else:
            yield source(path)


def _remote(address: str, refuse: Refuse) -> list[str]:
    """The files of an address."""
    try:
        found = remote.files(address)
    except WicError as error:
        refuse(Refusal.of(address, error))
    except OSError as error:
        refuse(Refusal(address, error.strerror or str(error) or "no such file", "check the address"))
    else:
        if not found:
            refuse(Refusal(address, "no text in this folder", f"it needs files that end in {', '.join(WALKED)}"))
        return found
    return []


def _walk(folder: str, refuse: Refuse) -> Iterator[str]:
    """The readable files of a folder. Links are not followed, so that nothing is read twice or from elsewhere."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        refuse(Refusal(folder, error.strerror or str(error), "check that the folder can be read"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, refuse)
        elif entry.is_file(follow_symlinks=False) and compression.suffix(entry.name) in WALKED:
            yield entry.path


def _is_device(path: str) -> bool:
    mode = os.stat(path).st_mode
    return (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and path != os.devnull


def documents(source: Source, refuse: Refuse) -> Iterator[Document]:
    """The documents of one source, in order; memory does not grow with the source unless it is one document."""
    try:
        with compression.open_source(source.path) as stream:
            if source.stretch:
                stream = opened(stream, source.stretch)
            found = within(stream, source._replace(path=source.name), refuse)
            yield from source.watch.documents(found, refuse) if source.watch else found
    except WicError as error:
        refuse(Refusal.of(source.path, error))
    except OSError as error:
        refuse(Refusal(source.path, error.strerror or str(error), "check that the file can be read"))


def within(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The documents in a decompressed stream, by the format of the source or else what the first bytes say."""
    source = source if source.format else source._replace(format=guess(stream))
    found: Iterator[Document] = import_module(FORMATS[source.format]).documents(stream, source, refuse)
    yield from _short(found, source.limit, refuse) if source.limit else found


def _short(found: Iterator[Document], limit: int, refuse: Refuse) -> Iterator[Document]:
    """The documents with up to ``limit`` bytes of text."""
    for document in found:
        if len(document.text) * 4 > limit and len(document.text.encode("utf-8", "surrogatepass")) > limit:
            refuse(Refusal.of(document.id, too_long(limit)))
        else:
            yield document


def too_long(limit: int) -> WicError:
    """What is said of a document that has more than ``limit`` bytes."""
    return WicError(f"the document has more than {limit:,} bytes", "--max-doc-bytes sets the limit")


def read(path: str | Path) -> Document:
    """The one document of the file at ``path``; a WicError where there is none or more than one."""
    refusals: list[Refusal] = []
    found = list(
        documents(next(iter(sources([os.fspath(path)], refusals.append)), Source(os.fspath(path))), refusals.append)
    )
    if refusals:
        raise WicError(f"{refusals[0].place}: {refusals[0].reason}", refusals[0].hint)
    if len(found) != 1:
        raise WicError(f"{path}: {len(found)} documents", "use wic.read.documents to read files that hold several")
    return found[0]


as_function(__name__, read)
