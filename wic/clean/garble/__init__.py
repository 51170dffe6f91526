"""Repair of Chinese that mirror sites garbled: readings injected after characters, and the bytes that this broke.

`repair` is the entry. ``readings`` tells injected readings from an author's, ``inverse`` finds out what damaged bytes
were, ``forward`` is the model of the damage, ``bigrams`` the character model that decides where several texts are
possible.
"""

from __future__ import annotations

import re

from wic.document import Edit, Flag, apply, compose

__all__ = ["repair"]

# What a document must hold to be looked at: a reading with a tone mark in parentheses, or a mark for a lost byte that
# stands before a Chinese character, before a reading or before the rest of a numeric entity.
TRIGGER = re.compile(
    r"[(（][a-zɑɡü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]"
    r"|[?\ufffd][!！?？;；,，:：]?[\u3400-\u9fff@-Z\[-~]"
    r"|[?\ufffd]&?#\d{3}"
)


def repair(text: str) -> tuple[list[Edit], list[Flag]]:
    """The edits that undo the garbling of Chinese text, and flags for the places that cannot be restored.

    Edits are sorted, do not overlap and are in offsets of ``text``. Their rules are ``zh-readings`` (a reading taken
    out), ``zh-bytes`` and ``zh-entity-bytes`` (damaged bytes restored; the confidence is below 1 where the model
    chose). Repairing the repaired text changes nothing.
    """
    if TRIGGER.search(text) is None:
        return [], []
    from wic.clean.garble.document import repair_once

    edits, flags = repair_once(text)
    return edits, flags
