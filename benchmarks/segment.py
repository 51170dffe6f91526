"""Words: the default engines beside jieba and newmm, by time and, with ``--data DIR``, by agreement with treebanks.

Before anything is timed, the pieces of every contestant are joined and held against the text, and those of wic's
``jieba`` and ``newmm`` against what jieba and pythainlp give themselves (on Traditional text, which jieba does not
convert, they differ by design and this is not asked).

``python -m benchmarks segment --data DIR`` reads ``DIR/{zh,th}_*.jsonl``, lines of ``{"text", "tokens"}``, and prints
token F1 over the characters that are no white space.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.rounds import compare, table
from benchmarks.texts import cleaned, repeated, weight
from wic.choice import WordChoice
from wic.document import Document
from wic.segment import words

Cut = Callable[[str], Sequence[str]]


class Text(NamedTuple):
    """What a table is about, the language of its texts, a part of their names, and the contestant to compare with."""

    title: str
    lang: str
    named: str
    reference: str


TEXTS = (
    Text("Chinese, Simplified", "zh", "hans-", "jieba"),
    Text("Chinese, Traditional", "zh", "hant-", "jieba"),
    Text("Thai", "th", "th-", "newmm"),
)


def contestants(lang: str) -> dict[str, Cut]:
    """The ways to cut a text of a language; the first is wic's default, the second its engine of a peer's name."""
    peer = {"zh": "jieba", "th": "newmm"}[lang]
    others = {name: how() for name, how in OTHERS[lang].items() if find_spec(name)}
    return {
        "wic, default": partial(by_wic, lang, ""),
        f"wic --engine {peer}": partial(by_wic, lang, peer),
        peer: jieba() if lang == "zh" else newmm(),
        **others,
    }


def by_wic(lang: str, engine: str, text: str) -> list[str]:
    """The words as ``wic segment`` gives them, routing and hard rules included."""
    return words(
        Document(id="text", text=text, lang=lang, script={"zh": "Hani", "th": "Thai"}[lang]), WordChoice(engine)
    )[0]


def jieba() -> Cut:
    """``jieba.lcut``, its dictionary loaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba as installed
    installed.setLogLevel(logging.CRITICAL)
    installed.initialize()
    lcut: Cut = installed.lcut
    return lcut


def newmm() -> Cut:
    """pythainlp's ``word_tokenize`` with its default engine, white space kept."""
    from pythainlp.tokenize import word_tokenize

    return partial(word_tokenize, engine="newmm", keep_whitespace=True)


def rjieba() -> Cut:
    """rjieba's ``cut``, which wic's engine ``jieba`` is built on where the two agree."""
    import rjieba as installed

    cut: Cut = installed.cut
    return cut


def nlpo3() -> Cut:
    """nlpo3's ``segment`` over pythainlp's word list, as pythainlp calls it."""
    from pythainlp.tokenize import word_tokenize

    return partial(word_tokenize, engine="nlpo3", keep_whitespace=True)


def attacut() -> Cut:
    """attacut, as pythainlp calls it."""
    from pythainlp.tokenize import word_tokenize

    return partial(word_tokenize, engine="attacut", keep_whitespace=True)


# Further tools, where they are installed; not every one gives the text back.
OTHERS: dict[str, dict[str, Callable[[], Cut]]] = {
    "zh": {"rjieba": rjieba},
    "th": {"nlpo3": nlpo3, "attacut": attacut},
}


# Sets half of which wic's models are trained on: a score on that half says nothing about other texts.
TRAINED_ON = {"zh_pud_trad", "zh_hk_trad", "zh_cfl_simp", "th_pud", "th_wisesight1000"}


def main(quick: bool) -> None:
    """Prints a table of times for each kind of text, then one of F1 if there are treebanks."""
    for text in TEXTS:
        found = some(text)
        cuts = contestants(text.lang)
        for document in found:
            check(document.text, cuts, same=text.named != "hant-")
        many = repeated(found, 60_000 if quick else 600_000)
        work = {name: partial(over, cut, [document.text for document in many]) for name, cut in cuts.items()}
        print(table(text.title, compare(work, text.reference, 3 if quick else 7), weight(many)))


def some(text: Text) -> list[Document]:
    """The documents of the sample corpus whose names have the text's part, cleaned."""
    return [document for document in cleaned(text.lang) if text.named in document.id]


def check(text: str, cuts: dict[str, Cut], same: bool) -> None:
    """Stops the run when a contestant loses text, or one that carries a peer's name cuts otherwise than the peer."""
    made = {name: list(cut(text)) for name, cut in list(cuts.items())[:3]}
    for name, pieces in made.items():
        if "".join(pieces) != text:
            sys.exit(f"{name} does not give the text back")
    _, named, peer = made
    if same and made[named] != made[peer]:
        sys.exit(f"{named} does not give what {peer} gives")


def over(cut: Cut, texts: list[str]) -> None:
    """Cuts every text."""
    for text in texts:
        cut(text)


def agreement(folder: Path) -> None:
    """Prints token F1 for each treebank in a folder."""
    for lang in ("zh", "th"):
        cuts = contestants(lang)
        print(f"### Token F1, {lang}", "", f"| | {' | '.join(cuts)} |", f"|---|{'---:|' * len(cuts)}", sep="\n")
        for path in sorted(folder.glob(f"{lang}_*.jsonl")):
            records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            scores = [f1(cut, records) for cut in cuts.values()]
            name = re.sub(r"_[A-Z]+$", "", path.name.partition(".")[0])
            name += " (trained on)" if name in TRAINED_ON else ""
            print(f"| {name} | {' | '.join(f'{100 * score:.2f}' for score in scores)} |")
        print(
            "\nwic's models have seen the halves of what they were trained on that are here; MODEL.md of each language has the"
        )
        print("figures of cross-validation.", "", sep="\n")


def f1(cut: Cut, records: list[dict[str, Any]]) -> float:
    """The harmonic mean of precision and recall of tokens, by their places among the characters that are no space."""
    right = given = wanted = 0
    for record in records:
        gold, made = spans(record["tokens"]), spans(cut(record["text"]))
        right += len(gold & made)
        given += len(made)
        wanted += len(gold)
    return 2 * right / (given + wanted) if given + wanted else 0.0


def spans(pieces: Iterable[str]) -> set[tuple[int, int]]:
    """Where pieces begin and end when white space is not counted."""
    found, place = set(), 0
    for piece in pieces:
        if size := len("".join(piece.split())):
            found.add((place, place + size))
            place += size
    return found
