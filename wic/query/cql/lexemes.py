"""The text of a token query cut into strings, numbers, names and signs."""

from __future__ import annotations

import re
from typing import NamedTuple

from wic.query.carets import misplaced

_LEXEMES = re.compile(
    r"""(?P<space>\s+)
      | (?P<string>"(?:[^"\\]|\\.|"")*"|'(?:[^'\\]|\\.|'')*')
      | (?P<open>["'])
      | (?P<number>-?\d+)
      | (?P<name>[^\W\d][^]\s"'[(){}<>|&!?*+,.:@=%;\\-]*)
      | (?P<sign>->|::|\[:|:\]|!=|<=|>=|</|[][(){}<>|&!?*+,.:@=%;])
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class Lexeme(NamedTuple):
    kind: str
    text: str
    at: int


def lexemes(source: str) -> list[Lexeme]:
    """The lexemes of a query, white space left out, with one of kind ``end`` behind them."""
    found = []
    for match in _LEXEMES.finditer(source):
        kind = match.lastgroup or ""
        if kind == "open":
            raise misplaced("this quote is not closed", source, match.start())
        if kind == "other":
            raise misplaced(f"{match[0]!r} means nothing here", source, match.start())
        if kind != "space":
            found.append(Lexeme(kind, match[0], match.start()))
    return [*found, Lexeme("end", "", len(source.rstrip()))]
