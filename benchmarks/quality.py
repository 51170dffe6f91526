"""Accuracy on the project's own gold, ``tests/quality/gold``: small texts written, cut, dated and damaged for it.

``floors.toml`` beside it names the least of each score; a test holds wic to it. The peers are scored on the same lines.
They follow other standards of what a word is (the gold follows the Universal Dependencies treebanks), so that theirs says
how far their words are from these, not how good they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.clean import peer as cleaner
from benchmarks.segment import Cut, contestants, f1
from wic.choice import WordChoice
from wic.clean import clean
from wic.dates import find
from wic.document import Document
from wic.segment import segment

GOLD = Path(__file__).parent.parent / "tests" / "quality" / "gold"


def scores() -> dict[str, float]:
    """Every score of wic, from 0 to 1, by the name that it has in ``floors.toml``."""
    found = {f"words.{name}": words(name, partial(cut, name)) for name in _names("words")}
    found |= {f"sentences.{name}": sentences(name) for name in _names("sentences")}
    found |= {f"dates.{name}": expressions(name) for name in _names("dates")}
    damaged, healthy = _pairs()
    found["clean.repaired"] = _share(repair(raw) == meant for raw, meant in damaged)
    found["clean.kept"] = _share(repair(text) == text for text in healthy)
    return found


def _names(kind: str) -> list[str]:
    return sorted(path.name.split(".")[1] for path in GOLD.glob(f"{kind}.*"))


def _lines(name: str) -> list[str]:
    return (GOLD / name).read_text(encoding="utf-8").splitlines()


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / len(values)


def words(name: str, how: Cut) -> float:
    """The F1 of words, by their places; in the gold ``|`` stands between them."""
    return f1(how, [{"text": line.replace("|", ""), "tokens": line.split("|")} for line in _lines(f"words.{name}.txt")])


def cut(name: str, text: str) -> list[str]:
    """wic's words; in Arabic the gold has clitics cut off."""
    lang = name.partition("-")[0]
    document = segment(Document(id="", text=text, lang=lang), WordChoice(clitics=lang == "ar"))
    return [token.text for token in document.tokens]


def sentences(name: str) -> float:
    """The F1 of sentences in the lines of the gold, joined to one paragraph."""
    gold = _lines(f"sentences.{name}.txt")
    blank = "" if name.startswith("zh") else " "
    return f1(partial(split, name), [{"text": blank.join(gold), "tokens": gold}])


def split(name: str, text: str) -> list[str]:
    """wic's sentences."""
    document = segment(Document(id="", text=text, lang=name.partition("-")[0]))
    return ["".join(token.text for token in sentence.tokens) for sentence in document.sentences or ()]


def expressions(name: str) -> float:
    """The F1 of temporal expressions; right is one with the place and the value of the gold."""
    right = given = wanted = 0
    for line in _lines(f"dates.{name}.jsonl"):
        case = json.loads(line)
        document = Document(id="", text=case["text"], lang=name)
        made = {(one.text, one.value) for one in find(document, date.fromisoformat(case["ref"]))}
        gold = {(text, value) for text, value in case["values"]}
        right, given, wanted = right + len(gold & made), given + len(made), wanted + len(gold)
    return 2 * right / (given + wanted)


def _pairs() -> tuple[list[tuple[str, str]], list[str]]:
    """Damaged texts with what they were, and texts to which nothing must be done."""
    cases = [json.loads(line) for line in _lines("clean.jsonl")]
    damaged = [(case["raw"], case["clean"]) for case in cases if case["raw"] != case["clean"]]
    return damaged, [case["raw"] for case in cases if case["raw"] == case["clean"]]


def repair(text: str) -> str:
    """wic's cleaning, by which the language is guessed."""
    return clean(Document(id="", text=text)).text


def main(quick: bool) -> None:
    """Prints the scores, those of peers beside them where there is one."""
    del quick
    own = scores()
    print("| gold | wic | peer |", "|---|---:|---:|", sep="\n")
    for name, score in own.items():
        print(f"| {name} | {100 * score:.1f} | {', '.join(_peers(name))} |")
    print()


def _peers(name: str) -> Iterator[str]:
    kind, _, which = name.partition(".")
    lang = which.partition("-")[0]
    if kind == "words" and lang in ("zh", "th"):
        other: Any = list(contestants(lang).items())[2]
        yield f"{other[0]} {100 * words(which, other[1]):.1f}"
    if kind == "clean":
        damaged, healthy = _pairs()
        pairs = damaged if which == "repaired" else [(text, text) for text in healthy]
        yield f"ftfy {100 * _share(cleaner('ftfy')(raw) == meant for raw, meant in pairs):.1f}"
