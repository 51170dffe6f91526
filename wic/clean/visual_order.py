"""Arabic in visual order: lines that a PDF gave out from left to right, letter by letter.

Such text is in presentation forms, and they tell the order: in memory order an initial form is followed by a medial
or final one; in visual order it is the other way round.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from wic.document import Edit, Flag

RULE = "visual-order"
FORMS = re.compile("[\ufb50-\ufbb1\ufe80-\ufefc]")
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
    forwards = backwards = 0
    for left, right in pairwise(line):
        one, other = _form(left), _form(right)
        forwards += (one, other) in (("INITIAL", "MEDIAL"), ("INITIAL", "FINAL"), ("MEDIAL", "FINAL"))
        backwards += (other, one) in (("INITIAL", "MEDIAL"), ("INITIAL", "FINAL"), ("MEDIAL", "FINAL"))
    return backwards > 1 and backwards > 2 * forwards


@cache
def _form(character: str) -> str:
    """INITIAL, MEDIAL, FINAL or ISOLATED for a presentation form, else empty."""
    if not FORMS.match(character):
        return ""
    name = unicodedata.name(character, "")
    return next((form for form in ("INITIAL", "MEDIAL", "FINAL", "ISOLATED") if name.endswith(f"{form} FORM")), "")


def _turned(text: str) -> str:
    """The text from right to left, with numbers and Latin words as they were."""
    upright = LEFT_TO_RIGHT.sub(lambda match: match[0][::-1], text)
    return upright[::-1].translate(MIRRORED)
