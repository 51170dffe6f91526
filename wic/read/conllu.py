"""CoNLL-U (https://universaldependencies.org/format.html): segmented text, taken as it is.

``# newdoc`` begins a document. The text is put together from the forms and the white space that MISC tells; a multiword
token is one token. LEMMA, UPOS (as ``pos``), XPOS and FEATS become annotations of the tokens.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wic.document import Document
from wic.errors import Refusal
from wic.read.lines import decoded
from wic.read.segmented import Builder

if TYPE_CHECKING:
    from wic.read import Refuse, Source

COLUMNS = 10
ANNOTATIONS = {"lemma": 2, "pos": 3, "xpos": 4, "feats": 5}
_NEW = re.compile(r"#\s*newdoc(?:\s+id\s*=\s*(.*))?")
_ESCAPED = re.compile(r"\\(?:([strnp\\])|u([0-9A-Fa-f]{4}))")
_SPACES = {"s": " ", "t": "\t", "r": "\r", "n": "\n", "p": "|", "\\": "\\"}


def documents(stream: io.BufferedReader, source: Source, refuse: Refuse) -> Iterator[Document]:
    """The documents of the file; a row that is none is refused with its line and the rest is kept."""
    builder = Builder(source.path, source)
    inside = 0  # the last word of a multiword token
    for number, line in enumerate(map(_bare, decoded(stream, source)), 1):
        if not line.strip():
            builder.end_sentence()
            inside = 0
        elif line.startswith("#"):
            if new := _NEW.match(line):
                if not builder.empty:
                    yield builder.document()
                builder = Builder((new[1] or "").strip() or f"{source.path}:{number}", source)
        else:
            row = line.split("\t")
            if len(row) != COLUMNS or not row[0][:1].isdigit():
                refuse(
                    Refusal(
                        f"{source.path}:{number}",
                        f"{len(row)} columns where CoNLL-U has {COLUMNS}",
                        "separate them with tabs",
                    )
                )
                continue
            first, _, last = row[0].partition("-")
            if "." in first or (not last and int(first) <= inside):  # empty nodes, parts of multiword tokens
                continue
            inside = int(last or 0)
            _add(builder, row)
    if not builder.empty:
        yield builder.document()


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _add(builder: Builder, row: list[str]) -> None:
    notes = dict(note.partition("=")[::2] for note in row[9].split("|"))
    if before := notes.get("SpacesBefore"):
        builder.space(_plain(before))
    builder.token(row[1], **{name: row[place] for name, place in ANNOTATIONS.items() if row[place] != "_"})
    if notes.get("SpaceAfter") != "No":
        builder.space(_plain(notes.get("SpacesAfter", "\\s")))


def _plain(spaces: str) -> str:
    return _ESCAPED.sub(lambda found: _SPACES[found[1]] if found[1] else chr(int(found[2], 16)), spaces)
