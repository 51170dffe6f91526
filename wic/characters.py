"""The characters of a text, counted: what language it is in and what damage it can have show in them."""

from __future__ import annotations

from collections import Counter

from wic.compiled import compiled


def counts(text: str) -> Counter[str]:
    """How often the text has each character; those that appear first come first."""
    if compiled is None:
        return Counter(text)
    found: Counter[str] = Counter()
    dict.update(found, compiled.counts(text))
    return found
