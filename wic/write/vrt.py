"""Verticalised text for CWB, CQPweb and Sketch Engine: one token a line, structures as XML tags on their own lines.

The columns are word, kind, start, end (in the text as read); ``<g/>`` stands where no white space separates two
tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from wic.document import Document


def lines(document: Document) -> Iterator[bytes]:
    """The document's lines."""
    date = document.metadata.get("date")
    attributes = f" date={_quoted(date)}" if date else ""
    yield f"<text id={_quoted(document.id)} lang={_quoted(document.lang)}{attributes}>\n".encode()
    for sentence in document.sentences or ():
        rows, glued = [], False
        for token in sentence.tokens:
            if token.kind == "space":
                glued = False
                continue
            if glued:
                rows.append("<g/>\n")
            word = escape(" ".join(token.text.split()))
            rows.append(f"{word}\t{token.kind}\t{token.start}\t{token.end}\n")
            glued = True
        if rows:
            yield f"<s>\n{''.join(rows)}</s>\n".encode()
    yield b"</text>\n"


def _quoted(value: object) -> str:
    return quoteattr(" ".join(str(value).split()))
