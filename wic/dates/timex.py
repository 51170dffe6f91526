"""Inline TIMEX3 (TimeML 1.2.1): the text of a document with its temporal expressions marked, as valid XML.

What wic says in one value and TIMEX3 does not: a range is a DURATION between two points, which stand behind it as
elements without text; of a set of several weekdays each but the first has such an element too. A date that no calendar
has is XXXX-XX-XX, with the reason as a comment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from wic.dates import Expression
from wic.document import Document

TYPES = {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}
MODS = {  # SINCE has no counterpart
    "START", "MID", "END", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "MORE_THAN", "LESS_THAN", "APPROX",
}  # fmt: skip
CREATION = "t0"


def timex3(document: Document, expressions: Sequence[Expression]) -> str:
    """The text as read inside ``<TimeML>``, each expression in a ``<TIMEX3>``.

    The reference date, where something was taken from it, is the creation time of the document (``t0``), and what was
    resolved with it is anchored there. Characters that XML 1.0 cannot hold become U+FFFD.
    """
    raw = document.raw
    pieces = ['<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n', f"<DOCID>{_text(document.id)}</DOCID>\n"]
    if known := next((expression.reference["date"] for expression in expressions if expression.reference), None):
        creation = {"tid": CREATION, "type": "DATE", "value": known, "functionInDocument": "CREATION_TIME"}
        pieces.append(f"<DCT>{_element(creation, known)}</DCT>\n")
    pieces.append("<TEXT>")
    place = 0
    numbers = count(1)
    for expression in expressions:
        if expression.start < place:
            continue
        pieces.append(_text(raw[place : expression.start]))
        pieces += _marked(expression, raw[expression.start : expression.end], numbers)
        place = expression.end
    pieces += [_text(raw[place:]), "</TEXT>\n</TimeML>\n"]
    return "".join(pieces)


def _marked(expression: Expression, text: str, numbers: Iterator[int]) -> Iterator[str]:
    """The element of an expression, and those that it needs behind it."""
    value, behind = expression.value or "XXXX-XX-XX", []
    attributes = {"tid": f"t{next(numbers)}"}
    if expression.type == "range":
        first, _, last = value.partition("/")
        attributes |= {"type": "DURATION", "value": _length(expression)}
        for name, point in (("beginPoint", first), ("endPoint", last)):
            if point and point != "..":
                attributes[name] = f"t{next(numbers)}"
                behind.append({"tid": attributes[name], "type": "TIME" if "T" in point else "DATE", "value": point})
    else:
        first, *others = value.split(",")
        attributes |= {"type": TYPES[expression.type], "value": first}
        behind += [{"tid": f"t{next(numbers)}", "type": attributes["type"], "value": other} for other in others]
    if expression.type == "set":
        attributes["quant"] = "EVERY"
    if expression.mod in MODS:
        attributes["mod"] = expression.mod or ""
    if expression.reference:
        attributes |= {"temporalFunction": "true", "anchorTimeID": CREATION}
    if told := expression.reason or expression.conflict:
        attributes["comment"] = told
    yield _element(attributes, text)
    yield from map(_element, behind)


def _length(expression: Expression) -> str:
    """The days of a range, both ends included; PXD where they cannot be counted."""
    if not expression.from_ or not expression.to:
        return "PXD"
    return f"P{(date.fromisoformat(expression.to) - date.fromisoformat(expression.from_)).days + 1}D"


def _element(attributes: dict[str, str], text: str = "") -> str:
    written = " ".join(f"{name}={quoteattr(_kept(value))}" for name, value in attributes.items())
    return f"<TIMEX3 {written}>{_text(text)}</TIMEX3>" if text else f"<TIMEX3 {written}/>"


def _text(text: str) -> str:
    """Escaped; a carriage return is written so that parsers keep it."""
    return escape(_kept(text), {"\r": "&#13;"})


def _kept(text: str) -> str:
    """The text with what XML 1.0 forbids replaced."""
    return text if text.isprintable() else "".join(one if _allowed(one) else "\ufffd" for one in text)


def _allowed(character: str) -> bool:
    code = ord(character)
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
