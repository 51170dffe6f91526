"""Errors in what the user typed: the message names the column, the hint shows it."""

from __future__ import annotations

from wic.errors import WicError


def misplaced(what: str, source: str, at: int, advice: str = "") -> WicError:
    """The error for trouble at code point ``at`` of ``source``: its column from 1, and a caret under the place."""
    from wcwidth import wcswidth

    shown = source.replace("\t", " ").replace("\n", " ")
    indent = wcswidth(shown[:at])
    caret = " " * (indent if indent >= 0 else at) + "^"
    return WicError(f"{what} at column {at + 1}", f"{shown}\n  {caret}{' ' + advice if advice else ''}")


def no_expression(error: Exception, source: str, at: int = 0, advice: str = "") -> WicError:
    """The error for what ``regex`` or ``re`` says about the expression that begins at ``at`` of ``source``."""
    place = at + (getattr(error, "pos", None) or 0)
    return misplaced(
        f"not a regular expression: {getattr(error, 'msg', error)}", source, min(place, len(source)), advice
    )
