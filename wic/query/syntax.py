"""What the user typed → a query: patterns compiled once, before any file is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from wic.errors import WicError
from wic.query.fold import fold

TIMEOUT = 10.0  # seconds that a pattern may take on one document


@dataclass(frozen=True, slots=True)
class Query:
    """Compiled patterns and how to apply them. ``word`` asks for matches that begin and end at word boundaries."""

    pattern: regex.Pattern[str]
    fold: bool = False
    word: bool = False


def compile(
    patterns: Sequence[str], *, fixed: bool = False, ignore_case: bool = False, folded: bool = False, word: bool = False
) -> Query:
    """A query that finds any of ``patterns``: regular expressions in the syntax of the ``regex`` package.

    With ``fixed`` they are plain strings; with ``folded`` characters that differ only as spellings do match. Raises
    WicError with the column of what is wrong with a pattern.
    """
    parts = []
    for pattern in patterns:
        text = fold(pattern).text if folded else pattern
        if fixed:
            text = regex.escape(text, literal_spaces=True)
        _check(pattern, text)
        parts.append(text)
    flags = regex.V1 | regex.MULTILINE | (regex.IGNORECASE | regex.FULLCASE if ignore_case else 0)
    whole = parts[0] if len(parts) == 1 else "|".join(f"(?:{part})" for part in parts)
    return Query(regex.compile(whole, flags), folded, word)


def _check(pattern: str, text: str) -> None:
    try:
        regex.compile(text, regex.V1)
    except regex.error as error:
        column = (error.pos or 0) + 1
        hint = f"{pattern}\n  {' ' * (column - 1)}^ or search for the characters themselves with -F"
        raise WicError(f"not a regular expression: {error.msg} at column {column}", hint) from None
