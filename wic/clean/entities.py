"""HTML character references that were left in the text, also when they were escaped several times."""

from __future__ import annotations

import html
import re

from wic.document import Edit, Flag

RULE = "html-entities"
REFERENCE = re.compile(
    r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&nbsp(?![A-Za-z0-9;=])"
)


def repair(text: str) -> tuple[list[Edit], list[Flag]]:
    """Edits that put the character for its reference; references to nothing that can be written stay."""
    edits = []
    for match in REFERENCE.finditer(text):
        if text[match.start() - 1 : match.start()] == "`":  # quoted as code: the text is about the reference
            continue
        before, after = "", match[0]
        while after != before:
            before, after = after, html.unescape(after)
        if after != match[0] and after and "\ufffd" not in after and (after.isprintable() or after in INVISIBLE):
            edits.append(Edit(RULE, *match.span(), match[0], after))
    return edits, []


# Characters that are not printable but that pages mean: blanks, line ends, joiners and marks of direction.
INVISIBLE = frozenset("\t\n\r\xa0\xad\u2002\u2003\u2009\u200b\u200c\u200d\u200e\u200f\u3000\ufeff")
