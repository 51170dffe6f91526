"""Near-duplicates: copies with changes are found, other paragraphs are not, and what is taken out can be put back."""

from __future__ import annotations

import json
import random
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.clean.duplicates import RULE, Seen, paragraphs, similarity, without, without_duplicates
from wic.document import Document, Edit, apply
from wic.language import language
from wic.read import documents, sources

CORPUS = Path(__file__).parents[2] / "corpus"
SIZE = 40  # characters


def corpus_paragraphs(code: str) -> list[str]:
    texts = [
        document.text
        for source in sources([str(CORPUS / code)], lambda refusal: None)
        for document in documents(source, lambda refusal: None)
    ]
    lines = {line.strip(): None for text in texts for line in text.splitlines() if len(line.strip()) >= SIZE}
    return list(lines)


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
    seen = Seen()
    originals = [text for text in found for paragraph in paragraphs(text) if not seen.similarity(paragraph)]
    copies = [changed(text, 0.05, letters, dice) for text in originals for _ in range(5)]
    caught = sum(seen.similarity(paragraphs(copy)[0]) > 0 for copy in copies)
    assert caught >= 0.97 * len(copies)


def test_other_paragraphs_are_not_taken_for_copies() -> None:
    """The articles of the sample corpus report the same events; what is found in them is what a reader sees."""
    seen: dict[str, Seen] = {}
    found = [(code, text) for code in ("th", "zh", "ar", "en") for text in corpus_paragraphs(code)]
    repeated = []
    earlier: list[str] = []
    for code, text in found:
        for paragraph in paragraphs(text):
            if seen.setdefault(code, Seen()).similarity(paragraph):
                repeated.append(
                    max(SequenceMatcher(None, text, paragraph.text, autojunk=False).ratio() for text in earlier)
                )
            earlier.append(paragraph.text)
    assert len(found) > 150
    assert 4 <= len(repeated) <= 12
    assert all(ratio > 0.8 for ratio in repeated)


def test_across_the_scripts_of_chinese() -> None:
    traditional = language("zh").table("traditional.tsv")
    simple = "".join(dict.fromkeys(value for value in traditional.values()))[:60]
    hant = "".join({value: key for key, value in traditional.items()}[character] for character in simple)
    assert hant != simple
    (one,), (other,) = paragraphs(simple), paragraphs(hant)
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
    done = without(document, paragraphs(clean), Seen())
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
    assert all(lines.count(line) <= 1 for line in LINES if paragraphs(line))


def test_a_series_of_any_length_takes_linear_time() -> None:
    """Lines of one template are neither duplicates nor each compared with all."""
    seen = Seen()
    lines = [f"The gauge at bridge {number} shows {number * 7} centimetres now." for number in range(3000)]
    assert not any(seen.similarity(paragraph) for line in lines for paragraph in paragraphs(line))
    assert len(seen._kept) == 1
