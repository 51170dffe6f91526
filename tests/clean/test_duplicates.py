"""Near-duplicates: copies with changes are found, other paragraphs are not, and what is taken out can be put back."""

from __future__ import annotations

import json
import random
import time
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.clean import clean
from wic.clean.duplicates import RULE, Index, Seen, marks, similarity, without, without_duplicates
from wic.document import Document, Edit, apply
from wic.language import language
from wic.read import documents, sources

CORPUS = Path(__file__).parents[2] / "corpus"
SIZE = 40  # characters


@cache
def corpus_documents(code: str) -> list[Document]:
    found = sources([str(CORPUS / code)], lambda refusal: None)
    return [clean(document) for source in found for document in documents(source, lambda refusal: None)]


def corpus_paragraphs(code: str) -> list[str]:
    texts = [document.text for document in corpus_documents(code)]
    lines = {line.strip(): None for text in texts for line in text.splitlines() if len(line.strip()) >= SIZE}
    return list(lines)


def is_repeated(index: Index, text: str) -> bool:
    return any(index.find(paragraph.text, paragraph.signature) for paragraph in marks(text).paragraphs)


def changed(text: str, rate: float, letters: str, dice: random.Random) -> str:
    """The text with that share of its characters replaced, dropped or followed by another one."""
    out = []
    for character in text:
        if dice.random() >= rate:
            out.append(character)
        else:
            out.append(dice.choice(["", dice.choice(letters), character + dice.choice(letters)]))
    return "".join(out)


@pytest.mark.parametrize("code", ["th", "zh", "ar", "en"])
def test_copies_with_five_changed_characters_in_a_hundred(code: str) -> None:
    dice = random.Random(code)
    found = corpus_paragraphs(code)
    letters = "".join(found)
    index = Index()
    originals = [text for text in found if not is_repeated(index, text)]
    copies = [changed(text, 0.05, letters, dice) for text in originals for _ in range(5)]
    caught = sum(is_repeated(index, copy) for copy in copies)
    assert caught >= 0.97 * len(copies)


def test_other_paragraphs_are_not_taken_for_copies() -> None:
    """The articles of the sample corpus report the same events; what is found in them is what a reader sees."""
    index = Index()
    found = [text for code in ("th", "zh", "ar", "en") for text in corpus_paragraphs(code)]
    repeated = []
    earlier: list[str] = []
    for text in found:
        for paragraph in marks(text).paragraphs:
            if index.find(paragraph.text, paragraph.signature):
                ratios = (SequenceMatcher(None, other, paragraph.text, autojunk=False).ratio() for other in earlier)
                repeated.append(max(ratios))
            earlier.append(paragraph.text)
    assert len(found) > 150
    assert 4 <= len(repeated) <= 12
    assert all(ratio > 0.75 for ratio in repeated)


def test_across_the_scripts_of_chinese() -> None:
    traditional = language("zh").table("traditional.tsv")
    simple = "".join(dict.fromkeys(value for value in traditional.values()))[:60]
    hant = "".join({value: key for key, value in traditional.items()}[character] for character in simple)
    assert hant != simple
    (one,), (other,) = marks(simple).paragraphs, marks(hant).paragraphs
    assert one.text == other.text
    assert similarity(one.text, other.text) == 1.0


CASES = json.loads(Path(__file__).with_name("duplicates.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, list[str] | str]) -> None:
    given_texts = [Document(id=str(number), text=text, edits=()) for number, text in enumerate(case["raw"])]
    assert [document.text for document in without_duplicates(given_texts)] == case["clean"]


def test_edits_join_those_of_cleaning() -> None:
    raw = "First a heading\u00a0\n\nThe museum  opens on Sunday with old maps.\nThe museum opens on a Sunday with  old maps.\nThe end"
    clean = "First a heading\n\nThe museum opens on Sunday with old maps.\nThe museum opens on a Sunday with old maps.\nThe end"
    before = (
        Edit("line-end-blank", 15, 16, "\u00a0", ""),
        Edit("double-blank", 28, 30, "  ", " "),
        Edit("double-blank", 94, 96, "  ", " "),
    )
    assert apply(before, raw) == clean
    document = Document(id="x", text=clean, edits=before, provenance={"clean": "safe@1"})
    done = without(document, marks(clean), Seen())
    assert done.text == "First a heading\n\nThe museum opens on Sunday with old maps.\nThe end"
    assert done.raw == raw
    assert [edit.rule for edit in done.edits or ()] == ["line-end-blank", "double-blank", RULE]
    assert done.edits is not None and 0.7 < done.edits[-1].confidence < 1
    assert done.provenance["clean"] == "safe@1+near-duplicate"


LINES = [
    "The summit opens in the town hall on Friday evening.",
    "The summit opened in the town hall on Friday evening!",
    "Volunteers fill sandbags on both banks of the river.",
    "短い行",
    "世界互联网大会在乌镇开幕，来自各地的嘉宾讨论数字经济、人工智能和网络安全。",
    "世界互聯網大會在烏鎮開幕，來自各地的嘉賓討論數字經濟、人工智能和網絡安全。",
    "Chapter 1 of the long report on rivers",
    "Chapter 2 of the long report on rivers",
    "",
    "  ",
    "short",
    "-" * 40,
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=8).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\u2028"]).map(lambda end: end.join(lines))
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", "\n", "\n\n", " \n"])), max_size=5))
def test_can_be_undone_and_leaves_its_own_results_alone(parts: list[tuple[str, str]]) -> None:
    given_texts = [Document(id=str(number), text=text + end, edits=()) for number, (text, end) in enumerate(parts)]
    done = list(without_duplicates(given_texts))
    assert [document.raw for document in done] == [document.text for document in given_texts]
    assert all(edit.rule == RULE and not edit.after for document in done for edit in document.edits or ())
    again = list(without_duplicates(Document(id=document.id, text=document.text, edits=()) for document in done))
    assert [document.text for document in again] == [document.text for document in done]
    lines = [line for document in done for line in document.text.splitlines()]
    assert all(lines.count(line) <= 1 for line in LINES if marks(line).paragraphs)


def test_copies_of_documents() -> None:
    """Every line of a copy has changed characters, its short lines and its headline too."""
    dice = random.Random(7)
    texts = [document.text for document in corpus_documents("en")] + [
        document.text for document in corpus_documents("ar")
    ]
    letters = "".join("".join(texts).split())
    copies = ["\n".join(changed(line, 0.04, letters, dice) for line in text.split("\n")) for text in texts]
    given_texts = [Document(id=str(number), text=text, edits=()) for number, text in enumerate(texts + copies)]
    done = [document.text for document in without_duplicates(given_texts)]
    assert sum(text == "" for text in done[len(texts) :]) >= 0.9 * len(copies)
    assert all(done[: len(texts)])


HOSTILE = ["a", "ก", "网", "wǎng", "網(wǎng)", "\x00", "\ud800", "(", "the quick brown fox jumps over\r", "ab\n", "\n"]


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_strange_texts(unit: str) -> None:
    """They end, soon, with the text or nothing."""
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    one, other = without_duplicates([Document(id=name, text=text, edits=()) for name in "ab"])
    assert time.process_time() - start < 3
    assert one.raw == other.raw == text
    assert other.text in (text, "")


@pytest.mark.parametrize("unit", ["series", "template", "copies"])
def test_linear_time(unit: str) -> None:
    """Lines of one template are not each compared with all, and neither are copies."""

    def seconds(count: int) -> float:
        dice = random.Random(1)
        line = {
            "series": lambda: (
                f"The gauge at bridge {dice.randrange(1000)} shows {dice.randrange(1000)} centimetres now."
            ),
            "template": lambda: (
                f"The weather in {''.join(dice.choices('abcdefghij', k=20))} will be fair today, says the office."
            ),
            "copies": lambda: "The museum opens on Sunday with old maps from three countries.",
        }[unit]
        index = Index()
        found = [marks(line()).paragraphs[0] for _ in range(count)]
        start = time.process_time()
        for paragraph in found:
            index.find(paragraph.text, paragraph.signature)
        return time.process_time() - start

    short = min(seconds(400) for _ in range(3))
    assert seconds(6400) < max(1, 80 * short)


def test_a_series_has_no_duplicates() -> None:
    index = Index()
    lines = [f"The gauge at bridge {number} shows {number * 7} centimetres now." for number in range(500)]
    assert not any(is_repeated(index, line) for line in lines)
    assert len(index) == 1
