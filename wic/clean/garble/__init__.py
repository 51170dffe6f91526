"""Repair of Chinese that mirror sites garbled: readings injected after characters, and the bytes that this broke.

`repair` is the entry, ``document`` does the work on one document: ``readings`` tells injected readings from an author's,
``inverse`` finds out what damaged bytes were, with the ``guesses`` that the bytes of ``gbk`` allow and the character model
of ``bigrams`` to choose among them. ``forward`` is the model of the damage.
"""

from __future__ import annotations

import re

from wic.document import Edit, Flag, OffsetMap, apply, compose

__all__ = ["repair"]

ROUNDS = 3  # of repair on the repaired text; nearly always the first finds nothing

# What a document must hold to be looked at: a reading with a tone mark in parentheses, or a mark for a lost byte that
# stands before a Chinese character, before a reading or before the rest of a numeric entity.
TRIGGER = re.compile(
    r"[(（?\ufffd](?:"
    r"(?<=[(（])[a-zɑɡü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]"
    r"|(?<=[?\ufffd])(?:[\u3041-\u30ff\u3400-\u9fff]|[!！?？;；,，:：][^\x00-\x3f！？；，：\u3000\ufffd]"
    r"|[a-zɑɡü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]|&?#\d{3}))"
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
    done, repaired = tuple(edits), apply(edits, text)
    for _ in range(ROUNDS):
        if not edits or TRIGGER.search(repaired) is None:
            break
        edits, others = repair_once(repaired)
        offsets = OffsetMap(done)
        for flag in others:
            start, end = offsets.to_raw(flag.start, flag.end)
            flags.append(flag._replace(start=start, end=end))
        done, repaired = compose(text, done, edits), apply(edits, repaired)
    return list(done), sorted({(flag.start, flag.end): flag for flag in flags}.values(), key=lambda flag: flag.start)
