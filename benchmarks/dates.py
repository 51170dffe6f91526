"""`wic dates` beside dateparser and JioNLP on the sample corpus: characters a second, and what each finds.

usage: uv run --with dateparser --with jionlp python -m benchmarks dates

A tool that is not installed is left out. Processor time on one core, the best of three runs over all texts of a language;
loading is not counted. The other tools answer with points of time or strings and (dateparser) without offsets, so only the
number of finds is compared here; benchmarks/dates_peers.py compares values.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from wic.dates import find
from wic.document import Document

REFERENCE = datetime(2023, 11, 8)
LANGUAGES = ("th", "zh", "ar", "en")
Finder = Callable[[str, str], int]


def ours(text: str, lang: str) -> int:
    return len(find(Document(id="text", text=text, lang=lang), REFERENCE.date()))


def finders() -> Mapping[str, Finder]:
    """The tools that are installed, by name."""
    tools: dict[str, Finder] = {"wic": ours}
    try:
        from dateparser.search import search_dates
    except ImportError:
        pass
    else:

        def by_dateparser(text: str, lang: str) -> int:
            found = search_dates(text, languages=[lang], settings={"RELATIVE_BASE": REFERENCE})
            return len(found or ())

        tools["dateparser"] = by_dateparser
    try:
        import jionlp
    except ImportError:
        pass
    else:

        def by_jionlp(text: str, lang: str) -> int:
            return len(jionlp.ner.extract_time(text, time_base=REFERENCE.timestamp())) if lang == "zh" else 0

        tools["JioNLP"] = by_jionlp
    return tools


def measure(tool: Finder, texts: list[str], lang: str) -> tuple[float, int]:
    """Characters a second and the number of expressions found."""
    best, found = float("inf"), 0
    for text in texts:
        tool(text[:200], lang)  # load what is loaded when needed
    for _ in range(3):
        start = time.process_time()
        found = sum(tool(text, lang) for text in texts)
        best = min(best, time.process_time() - start)
    return sum(map(len, texts)) / best, found


def main(quick: bool = False) -> None:
    folder = Path(__file__).parent.parent / "corpus"
    print("| language | tool | characters | characters/s | found |", "|---|---|---:|---:|---:|", sep="\n")
    for lang in LANGUAGES:
        texts = [path.read_text(encoding="utf-8") for path in sorted((folder / lang).rglob("*.txt"))]
        if not texts:
            continue
        for name, tool in finders().items():
            if name == "JioNLP" and lang != "zh":
                continue
            speed, found = measure(tool, texts[:2] if quick else texts, lang)
            print(f"| {lang} | {name} | {sum(map(len, texts)):,} | {speed:,.0f} | {found} |")
    print()


if __name__ == "__main__":
    main()
