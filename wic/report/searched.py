"""The concordance box: sentences of the corpus that the page carries with it, and how their spellings are folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from wic.query.fold import characters, dropped, fold, spellings
from wic.report.gather import Gathered, Sample
from wic.report.markup import tag
from wic.report.page import Section
from wic.write.visible import one_line

ROOM = 42_000  # bytes of sentences in a page
BREAK = "\u200b"  # where a line may break in a script without blanks


def sections(found: Gathered) -> Iterator[Section]:
    """The section; its rows are filled in by the script of the page."""
    if not found.sentences:
        return
    kept = sum(1 for _ in _kept(found.sentences))
    note = f"Searches {kept:,} sentences of the corpus that this page carries, whatever the spelling (case, Simplified or Traditional, vowel marks)."
    yield Section(
        "concordance",
        "Concordance",
        tag("p", note)
        + '<input type="search" id="query" placeholder="a word" aria-label="search the sentences" autocomplete="off"> '
        + '<span id="told" class="note" role="status"></span>'
        + '<div class="scrolled"><table class="kwic"><tbody id="hits"></tbody></table></div>',
    )


def data(found: Gathered) -> dict[str, Any]:
    """What the script needs: the sentences of each document, and the table that folds them and any query for them."""
    kept = [
        (source, lang, [_joined(one) for one in own])
        for (source, lang), own in groupby(_kept(found.sentences), key=lambda one: (one.source, one.lang))
    ]
    alphabet = {character for _, _, texts in kept for text in texts for character in fold(text).text}
    # Case, which the script can lower by itself, is left to it: wic's own table has what was met so far.
    table = {
        chr(code): meant
        for code, meant in sorted(characters().items())
        if meant and meant in alphabet and meant != chr(code).lower()
    }
    rules = [(rule.key, rule.before + rule.meant + rule.after) for rule in spellings()]
    return {"documents": kept, "fold": {"map": table, "drop": "".join(dropped()), "spellings": rules}}


def _joined(one: Sample) -> str:
    words = (one_line(word) or " " for word in one.words)
    return (BREAK if one.lang == "th" else "").join(words).strip()


def _kept(sentences: Sequence[Sample]) -> Iterator[Sample]:
    """As many sentences as there is room for, the same share of each source, in the order of the corpus."""
    size = sum(len(_joined(one).encode("utf-8", "replace")) for one in sentences)
    share = min(1.0, ROOM / max(size, 1))
    for _, own in groupby(sentences, key=lambda one: one.source):
        listed = list(own)
        yield from listed[: max(1, round(share * len(listed)))]
