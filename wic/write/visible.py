"""Makes characters visible that cannot be seen or that a terminal would act on."""

from __future__ import annotations

import unicodedata

_KEPT = "\n\t"
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _KEPT} | {0x7F: "\u2421"}
# C1 controls begin escape sequences in some terminals; bidirectional controls can make a text lie about its order.
_DIRECTIONS = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_HIDDEN = [*range(0x80, 0xA0), *_DIRECTIONS, 0x2028, 0x2029, 0xFEFF]
_VISIBLE = {**_PICTURES, **{code: f"<{code:04X}>" for code in _HIDDEN}}


def visible(text: str) -> str:
    """The text with controls, but for line ends and tabs, shown as pictures (␛) or by number (<202E>)."""
    return text.translate(_VISIBLE).encode("utf-8", "backslashreplace").decode()


def one_line(text: str) -> str:
    """The text on one line: white space folded to single blanks, controls visible."""
    return visible(" ".join(text.split()))


def revealed(text: str) -> str:
    """The text with every character shown that cannot be seen: blanks as ``·``, others as ``<U+00A0>``."""
    return "".join(_revealed(character) for character in text)


def _revealed(character: str) -> str:
    if character == " ":
        return "·"
    category = unicodedata.category(character)
    return f"<U+{ord(character):04X}>" if category in ("Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn", "Cs") else character
