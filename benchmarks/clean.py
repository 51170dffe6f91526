"""``wic clean`` beside ftfy, PyThaiNLP's normalize and OpenCC, which each do a part of its work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from benchmarks.rounds import compare, table
from benchmarks.texts import cleaned, repeated, scraped, weight
from wic.clean import clean

T = TypeVar("T")

PEERS: dict[str, list[str]] = {
    "th": ["ftfy", "pythainlp"],
    "zh": ["ftfy", "opencc t2s"],
    "ar": ["ftfy"],
    "en": ["ftfy"],
}


def peer(name: str) -> Callable[[str], str]:
    """The function of another tool that is nearest to cleaning."""
    if name == "ftfy":
        import ftfy

        return ftfy.fix_text
    if name == "pythainlp":
        from pythainlp.util import normalize

        return normalize
    import opencc

    return opencc.OpenCC("t2s").convert


def main(quick: bool) -> None:
    """Prints a table for each language, on clean and on damaged text."""
    for lang, names in PEERS.items():
        for kind, found in (("clean", cleaned(lang)), ("damaged", scraped(lang))):
            some = repeated(found, 200_000 if quick else 2_000_000)
            work = {"wic": partial(over, clean, some)}
            work |= {name: partial(over, peer(name), [d.text for d in some]) for name in names}
            print(table(f"{lang}, {kind} text", compare(work, "wic", 3 if quick else 5), weight(some)))


def over(function: Callable[[T], object], items: list[T]) -> None:
    """Calls the function on every item."""
    for item in items:
        function(item)
