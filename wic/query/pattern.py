"""Regular expressions as text: cut into pieces, so that one can be folded or asked for what it cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SPECIAL = re.compile(r"[][\\^$.|?*+(){}]")
_PIECES = re.compile(
    r"""(?P<escape>\\(?:[pPN]\{[^}]*\}|[pP].|g<[^>]*>|x[0-9a-fA-F]{2}|x\{[^}]*\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-9]+|.))
      | (?P<quantifier>[?*+][?+]?|\{(?:\d+,?\d*|,\d+)\}[?+]?)
      | (?P<open>\((?:\?(?:P?<[A-Za-z_]\w*>|<?[=!]|[:|>]|P[=>][^)]*|&[^)]*|\#[^)]*|[a-zA-Z0-9-]*(?=[:)]):?))?)
      | (?P<close>\))
      | (?P<bar>\|)
      | (?P<other>[.^$])
      | (?P<class>\[)
      | (?P<literal>.)""",
    re.VERBOSE | re.DOTALL,
)
_FLAGS = re.compile(r"\(\?[a-zA-Z0-9-]+[:)]?$")


class Piece(NamedTuple):
    """``kind`` is literal, escape, class, quantifier, open, close, bar or other (``. ^ $``)."""

    kind: str
    text: str

    @property
    def character(self) -> str:
        """The character that the piece stands for; empty where it is no single known one."""
        if self.kind == "literal":
            return self.text
        return self.text[1] if self.kind == "escape" and len(self.text) == 2 and not self.text[1].isalnum() else ""


def is_plain(source: str) -> bool:
    """Whether an expression stands for its own characters."""
    return not _SPECIAL.search(source)


def pieces(source: str) -> Iterator[Piece]:
    """The pieces of a valid expression, in order; a character class is one piece."""
    position = 0
    while match := _PIECES.match(source, position):
        kind, end = match.lastgroup or "literal", match.end()
        if kind == "class":
            end = class_end(source, position)
        yield Piece(kind, source[position:end])
        position = end


def class_end(source: str, start: int) -> int:
    """Where the character class that begins at ``start`` ends; classes may be nested."""
    position, depth, first = start, 0, True
    while position < len(source):
        character = source[position]
        if character == "\\":
            position += 1
        elif source.startswith("[:", position) and (end := source.find(":]", position)) > 0:
            position = end + 1
        elif character == "[":
            depth += 1
            if source.startswith("^", position + 1):
                position += 1
            first = True
            position += 1
            continue
        elif character == "]" and not first:
            depth -= 1
            if not depth:
                return position + 1
        first = False
        position += 1
    return len(source)


def needed(source: str, *, ignore_case: bool = False) -> tuple[str, ...]:
    """Strings one of which every match holds; empty where nothing is known of it.

    With ``ignore_case`` only characters without case are looked at.
    """
    found = list(pieces(source))
    # Flags may change what a character stands for, and {e<=1} makes the match approximate.
    if any((piece.kind == "open" and _FLAGS.match(piece.text)) or piece.text in "{}" for piece in found):
        return ()
    runs: list[str] = []
    best, run, depth = "", "", 0
    for place, piece in enumerate([*found, Piece("bar", "")]):
        character = piece.character if not depth else ""
        if ignore_case and character.lower() != character.upper():
            character = ""
        after = found[place + 1] if place + 1 < len(found) else None
        repeated = after is not None and after.kind == "quantifier"
        if character and not (repeated and after is not None and _may_be_absent(after.text)):
            run += character
            if not repeated:
                continue
        best, run = max(best, run, key=_weight), ""
        depth += (piece.kind == "open") - (piece.kind == "close")
        if piece.kind == "bar" and not depth:
            if not best:
                return ()
            runs.append(best)
            best = ""
    return tuple(dict.fromkeys(runs))


def _may_be_absent(quantifier: str) -> bool:
    return quantifier[0] in "?*" or quantifier.startswith(("{0", "{,"))


def _weight(run: str) -> int:
    return len(run.encode("utf-8", "surrogatepass"))
