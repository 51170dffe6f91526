"""Where tokens end, from their lengths."""

from __future__ import annotations

from array import array
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wic.index.part
from wic.compiled import compiled, is_compiled
from wic.index.part import ends


@pytest.mark.parametrize("code", "BHI")
@given(data=st.data())
def test_ends(code, data):
    lengths = array(code, data.draw(st.lists(st.integers(0, 2 ** (8 * array(code).itemsize) - 1))))
    expected = list(accumulate(lengths, initial=0))
    assert ends(lengths).tolist() == expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wic.index.part, "compiled", None)
        assert ends(lengths).tolist() == expected


@pytest.mark.skipif(not is_compiled(), reason="built without a compiler")
def test_other_widths_are_refused():
    with pytest.raises(ValueError, match="1, 2 or 4"):
        compiled.ends(array("q", [1]), 8)
