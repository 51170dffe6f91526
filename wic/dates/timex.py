"""Inline TIMEX3 (ISO 24617-1): the text of a document with its temporal expressions marked, as well-formed XML."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from wic.dates import Expression
from wic.document import Document

TYPES = {"date": "DATE", "range": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}
# mod of wic → mod of TIMEX3 (SINCE has no counterpart there and is left out).
MODS = {
    name: name
    for name in (
        "START",
        "MID",
        "END",
        "BEFORE",
        "AFTER",
        "ON_OR_BEFORE",
        "ON_OR_AFTER",
        "MORE_THAN",
        "LESS_THAN",
        "APPROX",
    )
}


def timex3(document: Document, expressions: Sequence[Expression]) -> str:
    """The text as read inside ``<TimeML>``, each expression in a ``<TIMEX3>`` with tid, type, value and days.

    Characters that XML 1.0 cannot hold become U+FFFD. A range has its inclusive days in ``beginPoint`` and
    ``endPoint`` as ISO days, since it has no TIMEX3 anchors of its own.
    """
    raw = document.raw
    pieces = ['<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n', f"<DOCID>{_text(document.id)}</DOCID>\n<TEXT>"]
    place = 0
    for number, expression in enumerate(expressions, 1):
        if expression.start < place:
            continue
        pieces.append(_text(raw[place : expression.start]))
        attributes = {"tid": f"t{number}", "type": TYPES[expression.type], "value": expression.value or ""}
        if expression.mod in MODS:
            attributes["mod"] = MODS[expression.mod]
        if expression.from_ or expression.to:
            attributes |= {"beginPoint": expression.from_ or "", "endPoint": expression.to or ""}
        written = " ".join(
            f"{name}={quoteattr(value)}" for name, value in attributes.items() if value or name == "value"
        )
        pieces.append(f"<TIMEX3 {written}>{_text(raw[expression.start : expression.end])}</TIMEX3>")
        place = expression.end
    pieces += [_text(raw[place:]), "</TEXT>\n</TimeML>\n"]
    return "".join(pieces)


def _text(text: str) -> str:
    """Escaped, with what XML 1.0 forbids replaced; a carriage return is written so that parsers keep it."""
    kept = (
        "".join(character if _allowed(character) else "\ufffd" for character in text)
        if not text.isprintable()
        else text
    )
    return escape(kept, {"\r": "&#13;"})


def _allowed(character: str) -> bool:
    code = ord(character)
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
