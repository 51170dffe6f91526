"""A string in bytes, found by the compiled part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wic.compiled import compiled, is_compiled
from wic.query.spread import finder

pytestmark = pytest.mark.skipif(not is_compiled(), reason="built without a compiler")

TEXTS = st.text(st.sampled_from("中国互联网ประเทศaab \n"), max_size=120)
NEEDLES = st.text(st.sampled_from("中国互联网ประเทศaab"), max_size=6)


@given(TEXTS, NEEDLES, st.integers(0, 300))
def test_as_python_finds_it(text, needle, begin):
    data = text.encode()
    assert compiled.find(data, needle.encode(), begin, False) == data.find(needle.encode(), begin)


@given(st.binary(max_size=80), st.binary(max_size=3), st.integers(0, 90))
def test_in_any_bytes(data, needle, begin):
    assert compiled.find(data * 3, needle, begin, False) == (data * 3).find(needle, begin)


@given(
    st.text(st.sampled_from("aAbB@`[{中\n"), max_size=120),
    st.text(st.sampled_from("ab@`[{中"), max_size=6),
    st.integers(0, 90),
)
def test_capitals_as_small_letters(text, needle, begin):
    data = text.encode()
    assert compiled.find(data, needle.encode(), begin, True) == data.lower().find(needle.encode(), begin)


def test_all_places_without_overlap():
    found = finder(["aa"], folded=False, ignore_case=False)
    assert found is not None
    assert list(found.spans(b"aaaaa aa")) == [(0, 2), (2, 4), (6, 8)]
