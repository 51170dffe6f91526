"""Sources → documents: files, folders and standard input; one module per format.

A folder is walked in sorted order and gives the files whose names end in a known suffix, compressed or not; a file
that is named is read whatever its name. ``documents`` yields the documents of one source and hands what it cannot
read to ``refuse``, so that one bad file or line does not end a run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from wic.document import Document
from wic.errors import Refusal, WicError
from wic.read import compression, jsonl, text

Refuse = Callable[[Refusal], None]

STDIN = "-"
FORMATS = {"text": text.documents, "jsonl": jsonl.documents}
SUFFIXES = {".txt": "text", ".text": "text", ".jsonl": "jsonl", ".ndjson": "jsonl"}


class Source(NamedTuple):
    """One input: a path (``-`` is standard input), and how to read it.

    ``format`` is a key of ``FORMATS`` or empty to look at the content; ``encoding`` is empty to find out.
    """

    path: str
    format: str = ""
    encoding: str = ""


def sources(paths: Iterable[str], refuse: Refuse, *, format: str = "", encoding: str = "") -> Iterator[Source]:
    """The sources that ``paths`` name, folders walked and sorted; a path that does not exist is refused."""
    for path in paths:
        if path == STDIN:
            yield Source(path, format, encoding)
        elif os.path.isdir(path):
            for found in _walk(path):
                yield Source(found, format or SUFFIXES[compression.suffix(found)], encoding)
        elif os.path.exists(path):
            yield Source(path, format or SUFFIXES.get(compression.suffix(path), ""), encoding)
        else:
            refuse(Refusal(path, "no such file or folder", "check the path; '-' reads standard input"))


def _walk(folder: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry.path)
        elif compression.suffix(entry.name) in SUFFIXES:
            yield entry.path


def documents(source: Source, refuse: Refuse) -> Iterator[Document]:
    """The documents of one source, in order; memory does not grow with the source unless it is one document."""
    try:
        with compression.open_source(source.path) as stream:
            name = source.format or ("jsonl" if jsonl.starts(stream) else "text")
            yield from FORMATS[name](stream, source.path, source.encoding, refuse)
    except WicError as error:
        refuse(Refusal.of(source.path, error))
    except OSError as error:
        refuse(Refusal(source.path, error.strerror or str(error), "check that the file can be read"))


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
