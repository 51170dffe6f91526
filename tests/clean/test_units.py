"""Bytes are cut into units that cover them, by the compiled part and without it alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wic.clean.units import NO_BYTE, Units, _pairs, _utf8, pairs, utf8

OCTETS = st.text(alphabet=[*map(chr, range(0x80, 0x100)), *"a @~\x7f\n\x00\xe0\xb8\xe0\xb9", NO_BYTE, "\ufffd", "ก", "網", "\ud800", "😀"])  # fmt: skip


@given(OCTETS | st.text().map(lambda text: text.encode("utf-8", "surrogatepass").decode("latin-1")))
def test_utf8(octets):
    found = utf8(octets)
    assert found == Units(*_utf8(octets))
    assert len(found.lengths) == len(found.meant)
    assert sum(found.lengths) == len(octets)


@given(st.text(alphabet=st.characters(min_codepoint=0xA0, max_codepoint=0xFFFFF, exclude_categories=["Cs"], exclude_characters=NO_BYTE)))  # fmt: skip
def test_utf8_means_what_it_says(text):
    assert utf8(text.encode("utf-8").decode("latin-1")).meant == text


@given(OCTETS, st.sampled_from(["gb18030", "big5hkscs"]))
def test_pairs(octets, written):
    found, lost = pairs(octets, written)
    assert (found, lost) == _pairs(octets, written)
    assert sum(found.lengths) == len(octets)


@pytest.mark.parametrize("written", ["gb18030", "big5hkscs"])
@given(text=st.text(alphabet="中國人民日報，。的是"))
def test_pairs_mean_what_they_say(written, text):
    found, lost = pairs(text.encode(written).decode("latin-1"), written)
    assert lost == 0
    assert found.spoken == text
