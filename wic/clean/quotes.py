"""Quotation marks without a partner on their line: reported, because which of the two is wrong is a guess."""

from __future__ import annotations

import re

from wic.document import Edit, Flag

RULE = "unpaired-quote"
MARK = re.compile("[“”\n]")


def repair(text: str) -> tuple[list[Edit], list[Flag]]:
    """A flag for each “ that is not closed on its line and each ” that closes none; no edits."""
    flags: list[Flag] = []
    opened: list[int] = []
    for match in MARK.finditer(text):
        at, mark = match.start(), match[0]
        if mark == "“":
            opened.append(at)
        elif mark == "”" and opened:
            opened.pop()
        elif mark == "”":
            flags.append(Flag(RULE, at, at + 1, "closes a quotation that was not opened on this line"))
        else:
            flags += _unclosed(opened)
            opened.clear()
    flags += _unclosed(opened)
    return [], sorted(flags, key=lambda flag: flag.start)


def _unclosed(opened: list[int]) -> list[Flag]:
    return [Flag(RULE, at, at + 1, "opens a quotation that is not closed on this line") for at in opened]
