"""HTML character references that were left in the text, also when they were escaped several times."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable

from wic.document import Edit, Flag

RULE = "html-entities"
CODE = re.compile("`[^`\n]*(?:`|$)", re.MULTILINE)
REFERENCE = re.compile(
    r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&nbsp(?![A-Za-z0-9;=])"
)


def repair(text: str) -> tuple[list[Edit], list[Flag]]:
    """Edits that put the character for its reference; references to nothing that can be written stay."""
    edits = []
    quoted = code(text)
    for match in REFERENCE.finditer(text):
        if quoted(match.start()):  # the text is about the reference
            continue
        before, after = "", match[0]
        while after != before:
            before, after = after, html.unescape(after)
        if after != match[0] and after and "\ufffd" not in after and (after.isprintable() or after in INVISIBLE):
            edits.append(Edit(RULE, *match.span(), match[0], after))
    return edits, []


def code(text: str) -> Callable[[int], bool]:
    """Tells of a place in the text whether it is quoted as code: between two backticks of its line."""
    if "`" not in text:
        return lambda place: False
    spans = [match.span() for match in CODE.finditer(text)]
    starts = [start for start, _ in spans]

    def quoted(place: int) -> bool:
        at = bisect_right(starts, place) - 1
        return at >= 0 and place < spans[at][1]

    return quoted


# Characters that are not printable but that pages mean: blanks, line ends, joiners and marks of direction.
INVISIBLE = frozenset("\t\n\r\xa0\xad\u2002\u2003\u2009\u200b\u200c\u200d\u200e\u200f\u3000\ufeff")
