"""Arabic in visual order: lines that a PDF gave out from left to right, letter by letter.

Such text is in presentation forms, and they tell the order: in memory order an initial form is followed by a medial
or final one; in visual order it is the other way round.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from wic.document import Edit, Flag

RULE = "visual-order"
FORMS = re.compile("[\ufb50-\ufbb1\ufe80-\ufefc]")
SIGNS = {"INITIAL": "\x01", "MEDIAL": "\x02", "FINAL": "\x03"}
FORWARDS = "\x01\x02", "\x01\x03", "\x02\x03"
BACKWARDS = tuple(pair[::-1] for pair in FORWARDS)
LEFT_TO_RIGHT = re.compile(
    "[A-Za-z0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/%+-][A-Za-z0-9\u0660-\u0669\u06f0-\u06f9]+)*%?"
)
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def repair(text: str) -> tuple[list[Edit], list[Flag]]:
    """An edit for each line in visual order, from its first to its last Arabic letter."""
    edits = []
    start = 0
    for line in text.split("\n"):
        forms = list(FORMS.finditer(line))
        if len(forms) > 2 and _reversed(line):
            first, last = forms[0].start(), forms[-1].end()
            before = line[first:last]
            edits.append(Edit(RULE, start + first, start + last, before, _turned(before)))
        start += len(line) + 1
    return edits, []


def _reversed(line: str) -> bool:
    kinds = line.translate(_forms())
    forwards, backwards = (sum(map(kinds.count, pairs)) for pairs in (FORWARDS, BACKWARDS))
    return backwards > 1 and backwards > 2 * forwards


@cache
def _forms() -> dict[int, str]:
    """For each presentation form a sign for where in a word it stands."""
    return {
        code: sign
        for code in (*range(0xFB50, 0xFBB2), *range(0xFE80, 0xFEFD))
        for form, sign in SIGNS.items()
        if unicodedata.name(chr(code), "").endswith(f"{form} FORM")
    }


def _turned(text: str) -> str:
    """The text from right to left, with numbers and Latin words as they were."""
    upright = LEFT_TO_RIGHT.sub(lambda match: match[0][::-1], text)
    return upright[::-1].translate(MIRRORED)
