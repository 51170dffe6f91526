"""Likely misspellings: reported with the word that may be meant, and the text stays as it is."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.clean import Selection, clean
from wic.clean.spelling import Change, Speller
from wic.document import Document
from wic.language import language
from wic.read import read

CASES = json.loads(Path(__file__).with_name("spelling.json").read_text(encoding="utf-8"))
CORPUS = Path(__file__).parents[2] / "corpus" / "th"
SPELLING = Selection(enable=frozenset({"spelling"}))
OPTIONS = next(rule for rule in language("th").data("clean.toml")["rule"] if rule["name"] == "spelling")["options"]


def found(text: str) -> dict[str, str]:
    document = clean(Document(id="x", text=text), SPELLING)
    return {
        text[flag.start : flag.end]: flag.reason.removeprefix("perhaps ")
        for flag in document.flags
        if flag.rule == "spelling"
    }


@pytest.mark.parametrize("case", CASES["misspelt"], ids=lambda case: case["why"])
def test_misspelt(case: dict[str, object]) -> None:
    assert found(str(case["text"])) == case["found"]


@pytest.mark.parametrize("text", CASES["healthy"])
def test_healthy(text: str) -> None:
    assert found(text) == {}


def test_changes_nothing_and_points_into_the_text_as_read() -> None:
    text = "ทีมงาน\u200bตรวจเอกสารอย่าง\u00a0 รอบครอบ ก่อนส่ง"
    document = clean(Document(id="x", text=text), SPELLING)
    assert document.text == clean(Document(id="x", text=text)).text
    assert [(text[flag.start : flag.end], flag.reason) for flag in document.flags] == [("รอบครอบ", "perhaps รอบคอบ")]


def test_only_when_asked_for() -> None:
    assert clean(Document(id="x", text="ทีมงานตรวจเอกสารอย่างรอบครอบก่อนส่ง")).flags == ()


def test_what_a_text_writes_again_and_again_is_a_name() -> None:
    assert found("เราพบรอบครอบ แล้วรอบครอบก็พบเรา เพราะรอบครอบเป็นเพื่อน") == {}


@pytest.mark.parametrize(
    ("name", "words"),
    [("th-02-digital-expo.txt", ["บนน"]), ("th-03-flood-warning.txt", []), ("th-05-football-cup.txt", [])],
)
def test_sample_corpus(name: str, words: list[str]) -> None:
    document = clean(read(CORPUS / name), SPELLING)
    raw = document.raw
    assert [raw[flag.start : flag.end] for flag in document.flags if flag.rule == "spelling"] == words


@pytest.mark.parametrize(
    ("written", "word", "kind"),
    [
        ("แจ่มใส่", "แจ่มใส", "mark"),
        ("ตอนรับ", "ต้อนรับ", "mark"),
        ("ด้งเดิม", "ดั้งเดิม", "other"),
        ("ท่องแท้", "ถ่องแท้", "alike"),
        ("รอบครอบ", "รอบคอบ", "cluster"),
        ("ดนนตรี", "ดนตรี", "doubled"),
        ("ดนตร", "ดนตรี", "other"),
        ("ดตนรี", "ดนตรี", "swap"),
    ],
)
def test_kinds_of_slips(written: str, word: str, kind: str) -> None:
    assert Change(written, word).kind(OPTIONS) == kind


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(OPTIONS)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_word_is_near_its_slips(speller: Speller, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(["ถ่องแท้", "วิสัยทัศน์", "จินตนาการ", "แพลตฟอร์ม", "รอบคอบ"]))
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("กนร\u0e48\u0e31"))
    left, right = word[:place], word[place + 1 :]
    for written in (left + right, left + letter + right, left + letter + word[place:]):
        assert written == word or word in speller._lexicon.near(written)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="กนรเแาิ่์ัวบ ๆ1a\n", max_size=60))
def test_any_text(speller: Speller, text: str) -> None:
    for suspect in speller.suspects(text):
        assert 0 <= suspect.start < suspect.end <= len(text)
        assert text[suspect.start : suspect.end] != suspect.word


def test_linear_time() -> None:
    def seconds(size: int) -> float:
        text = ("ทีมงานตรวจอย่างรอบครอบและรอบคอบ" * size)[: size * 10]
        start = time.process_time()
        clean(Document(id="x", text=text), SPELLING)
        return time.process_time() - start

    seconds(10)
    short = seconds(200)  # once: what was cut is remembered
    assert seconds(3200) < max(1, 80 * short)
