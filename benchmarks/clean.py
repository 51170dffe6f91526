"""``wic clean`` beside ftfy, PyThaiNLP's normalize and OpenCC, which each do a part of its work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from benchmarks.damage import damaged
from benchmarks.rounds import Work, compare, table
from benchmarks.texts import cleaned, repeated, scraped, weight
from wic.clean import clean
from wic.document import Document

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
    """Prints a table for each language, on clean and on scraped text, and one for each kind of damage."""
    rounds = 3 if quick else 5
    for lang in PEERS:
        for kind, found in (("clean", cleaned(lang)), ("scraped", scraped(lang))):
            some = repeated(found, 200_000 if quick else 2_000_000)
            print(table(f"{lang}, {kind} text", compare(contestants(lang, some), "wic", rounds), weight(some)))
    for kind, (lang, pages) in damaged().items():
        some = repeated(pages, 50_000 if quick else 200_000)
        print(table(kind, compare(contestants(lang, some), "wic", rounds), weight(some)))


def contestants(lang: str, some: list[Document]) -> dict[str, Work]:
    """wic and the tools that do something of its work, each with the documents to work on."""
    texts = [document.text for document in some]
    work: dict[str, Work] = {"wic": partial(over, clean, some)}
    return work | {name: partial(over, peer(name), texts) for name in PEERS[lang]}


def over(function: Callable[[T], object], items: list[T]) -> None:
    """Calls the function on every item."""
    for item in items:
        function(item)
