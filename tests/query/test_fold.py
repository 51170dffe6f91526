"""Folding joins spellings and never words, and a hit in folded text points to the text that was folded."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wic.compiled import compiled, is_compiled
from wic.query.fold import _FEW, _folded, _replaced, _table, characters, fold

SAME = [
    ("互聯網", "互联网"),
    ("الإنترنت", "الانترنت"),
    ("مُؤْتَمَر", "موتمر"),
    ("مدرســـة", "مدرسه"),
    ("ＡＢＣ１２３", "abc123"),
    ("Google", "GOOGLE"),
    ("๒๕๖๖", "2566"),
    ("МОСКВА", "москва"),
]
APART = [("น้ำ", "นำ"), ("ไม้", "ไม"), ("naïve", "naive"), ("زار", "دار")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_word(one, other):
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words(one, other):
    assert fold(one).text != fold(other).text


def test_marks_belong_to_the_letter_before():
    text = "قال مُؤْتَمَرٌ."
    folded = fold(text)
    start = folded.text.index("موتمر")
    begin, end = folded.span(start, start + 5)
    assert text[begin:end] == "مُؤْتَمَرٌ"


@given(st.text(alphabet="aÀ網مُ ؤـ๒น้ำＡ\n"))
def test_spans_cover_the_text_in_order(text):
    folded = fold(text)
    spans = [folded.span(place, place + 1) for place in range(len(folded.text))]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert fold(folded.text).text == folded.text


# Marks stand behind letters, as in text; one that stands alone is not dropped.
ARABIC = st.lists(
    st.one_of(
        st.sampled_from(" ٥1a"),
        st.tuples(
            st.sampled_from("ابتةهيىئؤءأإآٱكقل"),
            st.text(st.sampled_from("\u064b\u064e\u0651\u0652\u0670ـ"), max_size=2),
        ).map("".join),
    )
).map("".join)


@given(ARABIC)
def test_folding_joins_what_camel_tools_normalises(text):
    """Its functions for alef, alef maqsura, teh marbuta and vowel marks do nothing that folding would not do."""
    from camel_tools.utils import dediac, normalize

    steps = [
        normalize.normalize_alef_ar,
        normalize.normalize_alef_maksura_ar,
        normalize.normalize_teh_marbuta_ar,
        dediac.dediac_ar,
    ]
    for step in steps:
        assert fold(step(text)).text == fold(text).text


@given(st.text(st.sampled_from("أبةىیک٥\u064e\u0651ـ AbZ«»“”،กขฃ๕ท์"), max_size=30))
def test_both_ways_of_folding_agree(text):
    """Each character alone, where nothing stands before it that could keep a mark."""
    table = characters()
    wanted = "".join(table[ord(character)] for character in text)
    assume(_FEW.fullmatch(text))
    assert _replaced(text) == wanted


# Letters, marks that are dropped, ASCII, and what the table of the compiled part does not know.
MIXED = st.text(
    st.one_of(st.sampled_from("اأةىيبa1 \n.\u064b\u0651\u0640\u0670٣กท์ต網网Ａé\ud800😀\uffff"), st.characters()),
    max_size=40,
)


@pytest.mark.skipif(not is_compiled(), reason="built without a compiler")
@given(MIXED)
def test_the_compiled_part_folds_alike(text):
    found = compiled.fold(text, _table())
    assert found is None or found == _folded(text)


@pytest.mark.skipif(not is_compiled(), reason="built without a compiler")
def test_every_character_that_the_compiled_part_folds():
    known = [chr(code) for code, meant in enumerate(_table()) if meant != 0xFFFE]
    assert len(known) > 28_000
    assert [compiled.fold(f"ب{character}", _table()) for character in known] == [_folded(f"ب{c}") for c in known]


@pytest.mark.skipif(not is_compiled(), reason="built without a compiler")
def test_a_table_of_another_size_is_refused():
    with pytest.raises(ValueError, match="65536 entries"):
        compiled.fold("a", b"")
