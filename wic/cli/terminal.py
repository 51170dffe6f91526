"""What a terminal needs that a file does not: no control character of a text may reach it, colour only if wanted."""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import IO

_KEPT = "\n\t"
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _KEPT} | {0x7F: "\u2421"}
# C1 controls begin escape sequences in some terminals; bidirectional overrides can make text lie about its order.
_HIDDEN = [*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
_VISIBLE = {**_PICTURES, **{code: f"<{code:04X}>" for code in _HIDDEN}, 0x2028: "<2028>", 0x2029: "<2029>"}


def visible(text: str) -> str:
    """The text with control characters, line ends and tabs aside, shown as pictures (␛) or as their number (<202E>)."""
    return text.translate(_VISIBLE).encode("utf-8", "backslashreplace").decode()


def one_line(text: str) -> str:
    """The text on one line: white space folded to single blanks, controls made visible."""
    return visible(" ".join(text.split()))


def named(character: str) -> str:
    """A name for a character that cannot be seen: its number and its name in the Unicode database."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed')}"


def coloured(choice: str, stream: IO[str]) -> bool:
    """Whether to send colours to ``stream``: as asked, or when it is a terminal and nothing forbids it."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def is_terminal() -> bool:
    """Whether results go to a person and not to a file or a pipe."""
    return sys.stdout.isatty()
