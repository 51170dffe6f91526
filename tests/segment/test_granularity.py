"""Finer and coarser words: each cut of a coarser granularity is one of the finer ones too, with any engine."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wic.choice import GRANULARITIES, WordChoice
from wic.document import Document
from wic.errors import WicError
from wic.guess import identify
from wic.segment import segment
from wic.segment.granularity import regrained

MIXED = st.text(
    st.one_of(st.sampled_from("中华人民共和国會議大學的一นายกรัฐมนตรีครอบครัว่้ำ a1。，“ \n"), st.characters()), max_size=60
)


def words(text: str, granularity: str, engine: str = "") -> list[str]:
    document = segment(identify(Document(id="x", text=text)), WordChoice(engine, granularity=granularity))
    assert "".join(token.text for token in document.tokens) == text
    return [token.text for token in document.tokens]


@pytest.mark.parametrize(
    ("text", "fine", "default", "coarse"),
    [
        ("中华人民共和国的总理", "中华|人民|共和|国|的|总理", "中华|人民|共和国|的|总理", "中华人民共和国|的|总理"),
        ("中華人民共和國", "中華|人民|共和|國", "中華|人民|共和|國", "中華人民共和國"),
        ("นายกรัฐมนตรี", "นายก|รัฐมนตรี", "นายกรัฐมนตรี", "นายกรัฐมนตรี"),  # prime minister
        ("ความช่วยเหลือ", "ความ|ช่วย|เหลือ", "ความ|ช่วยเหลือ", "ความช่วยเหลือ"),  # (the) help
        ("in the house", "in| |the| |house", "in| |the| |house", "in| |the| |house"),
    ],
)
def test_examples(text, fine, default, coarse):
    assert ["|".join(words(text, grain)) for grain in GRANULARITIES] == [fine, default, coarse]


@given(MIXED, st.sampled_from(["", "jieba", "newmm"]))
def test_coarser_cuts_are_among_the_finer(text, engine):
    text = text.encode("utf-8", "ignore").decode()
    cuts = [{*accumulate(map(len, words(text, grain, engine)))} for grain in GRANULARITIES]
    assert all(finer >= coarser for finer, coarser in pairwise(cuts))


def test_what_made_the_words_is_named():
    document = segment(identify(Document(id="x", text="中华人民共和国")), WordChoice(granularity="coarse"))
    assert "+coarse-jieba-" in document.provenance["words"]
    assert regrained(["in", " ", "it"], "coarse") == (["in", " ", "it"], "")


def test_others_are_refused():
    with pytest.raises(WicError, match="unknown granularity 'rough'"):
        words("中国", "rough")


def test_after_the_dictionary_of_the_user(tmp_path):
    own = tmp_path / "own.txt"
    own.write_text("人民\n", encoding="utf-8")
    choice = WordChoice(granularity="coarse", dictionary=str(own))
    document = segment(identify(Document(id="x", text="中华人民共和国")), choice)
    assert [token.text for token in document.tokens] == ["中华", "人民", "共和国"]
