"""Attributes beside documents, as Dolma's taggers write them: for each document spans of its text with a value.

Spans are in the text as read, so they fit the documents that wic was given. After cleaning there is an attribute for each
rule that changed something; after segmentation one for sentences and one for each kind of token, white space left out.
The value of a span is the confidence of an edit, else 1.
"""

from __future__ import annotations

from typing import Any

from wic.document import Document

Span = tuple[int, int, float]


def attributes(document: Document) -> dict[str, Any]:
    """The record of a document: ``{"id", "attributes": {name: [[start, end, value], …]}}``."""
    found: dict[str, list[Span]] = {}
    for edit in document.edits or ():
        for rule in edit.rule.split("+"):
            found.setdefault(f"wic__clean__{rule}", []).append((edit.start, edit.end, edit.confidence))
    for sentence in document.sentences or ():
        found.setdefault("wic__segment__sentence", []).append((sentence.start, sentence.end, 1.0))
        for token in sentence.tokens:
            if token.kind != "space":
                found.setdefault(f"wic__segment__{token.kind}", []).append((token.start, token.end, 1.0))
    return {"id": document.id, "attributes": dict(sorted(found.items()))}
