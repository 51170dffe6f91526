"""Verticalised text of CWB and Sketch Engine: segmented text, taken as it is.

``<text>`` (or ``<doc>``) is a document, its attributes ``id`` and ``lang`` are what they say, the others metadata; ``<s>``
is a sentence, ``<g/>`` stands where no white space separates two tokens. The first column is the word, the second and third
become ``pos`` and ``lemma``, as CWB has them, unless they are the columns that wic writes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from wic.document import Document
from wic.errors import Refusal
from wic.read.lines import decoded
from wic.read.segmented import Builder

if TYPE_CHECKING:
    from wic.read import Refuse, Source

_TAG = re.compile(r"<(/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>\s*$")
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_OF_WIC = re.compile(r"[^\t]*\t\w+\t\d+\t\d+$")
TEXTS = ("text", "doc")
SENTENCES = ("s", "p")


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The documents of the file; a structure that is not closed is refused with its line and its tokens are kept."""
    builder = Builder(source.path, source)
    opened: dict[str, int] = {}  # structures and the line where they begin
    number = 0

    def close(names: tuple[str, ...], at: str) -> None:
        for name in names:
            if begun := opened.pop(name, 0):
                refuse(Refusal(f"{source.path}:{begun}", f"<{name}> is not closed {at}", f"</{name}> ends it"))

    for number, line in enumerate(decoded(stream, source), 1):
        line = line.rstrip("\r\n")
        tag = _TAG.match(line) if line.startswith("<") else None
        if tag is None:
            if line and not line.startswith(("<!", "<?")):
                _add(builder, line)
            continue
        closes, name, attributes, alone = tag.groups()
        if name == "g":
            builder.glue()
        elif name in TEXTS and not closes:
            close((*SENTENCES, *TEXTS), f"before the text in line {number} begins")
            if not builder.empty:
                yield builder.document()
            found = {key: unescape(one or other) for key, one, other in _ATTRIBUTE.findall(attributes)}
            builder = Builder(found.pop("id", "") or f"{source.path}:{number}", source, found.pop("lang", ""), found)
            opened[name] = number
        elif closes and name in opened:
            del opened[name]
            if name in TEXTS:
                yield builder.document()
                builder = Builder(f"{source.path}:{number}", source)
            else:
                builder.end_sentence()
        elif name in SENTENCES and not alone and not closes:
            close((name,), f"before the next one in line {number}")
            builder.end_sentence()
            opened[name] = number
    close((*SENTENCES, *TEXTS), "at the end of the file")
    if not builder.empty:
        yield builder.document()


def _add(builder: Builder, line: str) -> None:
    word, *more = line.split("\t")
    names = () if _OF_WIC.match(line) else ("pos", "lemma")
    builder.spaced(unescape(word), **{name: unescape(value) for name, value in zip(names, more, strict=False)})
