"""Clitics are cut off by what the word is, the pieces are spans of the word, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.choice import WordChoice
from wic.document import Document
from wic.guess import identify
from wic.language import language
from wic.segment import segment
from wic.segment.clitics import clitics

CLITICS = WordChoice(clitics=True)
CUTTER = clitics("ar", "Arab")
assert CUTTER is not None

WORDS = {
    "وقال": "و قال",  # and he said
    "والكتاب": "و الكتاب",  # and the book
    "بالسيارة": "ب السيارة",  # by car
    "للبيت": "ل لبيت",  # to the house; the article has lost its alef
    "وسيكون": "و س يكون",  # and it will be
    "كتابهم": "كتاب هم",  # their book
    "منها": "من ها",  # from her
    "له": "ل ه",  # to him
    "فقد": "ف قد",
    "لأنها": "ل أن ها",  # because she
    # Words that only look as if they had clitics.
    "وزير": "وزير",  # minister
    "كبير": "كبير",  # large
    "بلد": "بلد",  # country
    "لغة": "لغة",  # language
    "فريق": "فريق",  # team
    "سنة": "سنة",  # year
    "مياه": "مياه",  # waters
    "ولاية": "ولاية",  # state
    "بنك": "بنك",  # bank
    "في": "في",
}


@pytest.mark.parametrize(("word", "pieces"), WORDS.items())
def test_words(word: str, pieces: str) -> None:
    assert CUTTER.cut([word]) == pieces.split()


@pytest.mark.xfail(strict=True, reason="the stem with its pronoun is too rare to outweigh the future particle")
def test_rare_verb_with_three_clitics() -> None:
    assert CUTTER.cut(["وسيكتبونها"]) == ["و", "س", "يكتبون", "ها"]  # and they will write it


def test_marks_stay_with_their_letters() -> None:
    assert CUTTER.cut(["وَقَالَ"]) == ["وَ", "قَالَ"]
    assert CUTTER.cut(["وقـــال"]) == ["و", "قـــال"]
    assert CUTTER.cut(["بِهِ"]) == ["بِ", "هِ"]


def test_offsets_point_into_the_text_as_read() -> None:
    document = segment(identify(Document(id="x", text="قال إنه سيعود، وقالت لهم.", lang="ar")), CLITICS)
    assert "".join(token.text for token in document.tokens) == document.text
    assert all(document.text[token.start : token.end] == token.text for token in document.tokens)
    assert [token.text for token in document.tokens if token.kind == "word"] == [
        "قال", "إن", "ه", "س", "يعود", "و", "قالت", "ل", "هم",
    ]  # fmt: skip
    assert "clitics" in document.provenance["words"]


def test_other_languages_are_left_alone() -> None:
    for lang, text in {"fa": "کتاب‌هایشان و برادرش", "ur": "اور کتابیں", "en": "We're here", "th": "สวัสดีครับ"}.items():
        document = identify(Document(id="x", text=text, lang=lang))
        assert segment(document, CLITICS).sentences == segment(document).sentences


def test_arabic_words_in_other_texts() -> None:
    document = segment(identify(Document(id="x", text="The word وقال means “and he said”.", lang="en")), CLITICS)
    assert [token.text for token in document.tokens][4:6] == ["و", "قال"]


LETTERS = st.text(st.sampled_from("ابتوفكلسنهمياةىأإآءئؤرق\u064e\u0651\u0670ـﻻﷲ\u200fپ12 a"), max_size=40)


@settings(max_examples=400, deadline=None)
@given(st.one_of(LETTERS, st.text(max_size=30)))
def test_nothing_is_lost(word: str) -> None:
    pieces = CUTTER.cut([word])
    assert "".join(pieces) == word
    assert all(pieces) or not word
    assert CUTTER.cut([word]) == pieces  # also when it is remembered


def test_what_is_shipped() -> None:
    """The file is small, and says where it comes from."""
    data = (language("ar").folder / "clitics.bin").read_bytes()
    assert len(data) < 1_000_000
    assert b"CC BY-SA 4.0" in data.partition(b"\n")[0]
