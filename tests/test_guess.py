"""The guess of language and script, on words, on sentences, and on the samples of a long text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wic.document import Document
from wic.guess import guess, identify

CASES = [
    ("ราคาข้าวเปลือกสูงขึ้น", "th", "Thai"),
    ("นายกฯ พบผู้บริหาร Google และ Microsoft ที่กรุงเทพฯ", "th", "Thai"),
    ("图书馆对外开放", "zh", "Hans"),
    ("圖書館對外開放", "zh", "Hant"),
    ("皇后大道中", "zh", "Hani"),  # 后 "queen" is both, so nothing here tells the two apart
    ("افتتحت المدينة مكتبتها", "ar", "Arab"),
    ("وزیر خارجه گفت که این گفتگوها", "fa", "Arab"),
    ("یہ کتاب بہت اچھی ہے", "ur", "Arab"),
    ("これは日本語の文章です", "ja", "Hani"),
    ("도서관이 문을 열었다", "ko", "Hang"),
    ("The library of the city was opened to readers on Saturday", "en", "Latn"),
    ("La bibliothèque de la ville a ouvert ses portes samedi", "und", "Latn"),
    ("Die Bibliothek der Stadt wurde am Samstag eröffnet", "und", "Latn"),
    ("Библиотека города", "und", "Cyrl"),
    ("ຫໍສະໝຸດ", "und", "Laoo"),
    ("", "und", "Zyyy"),
    ("12 345 …", "und", "Zyyy"),
]


@pytest.mark.parametrize(("text", "lang", "script"), CASES)
def test_guess(text, lang, script):
    assert guess(text)[:2] == (lang, script)
    assert guess(text * 3000)[:2] == (lang, script)


def test_the_evidence_is_kept():
    found = identify(Document(id="1", text="圖書館對外開放"))
    assert found.provenance["guess"] == {"Hani": 1.0, "simplified": 0, "traditional": 5}
    assert (found.lang, found.script) == ("zh", "Hant")


def test_a_given_language_is_kept():
    found = identify(Document(id="1", text="12 345", lang="th"))
    assert (found.lang, found.script) == ("th", "Thai")
    assert "guess" not in found.provenance


@given(st.text())
def test_any_text_has_an_answer(text):
    lang, script, _ = guess(text)
    assert lang and script
