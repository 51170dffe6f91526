"""Contexts are cut the same way by the short cut for plain letters and marks and by whole clusters."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from wic.compiled import compiled
from wic.query.concordance import _first, _last, aligned, cells, line, plain_line
from wic.query.match import Span
from wic.write.visible import visible

LETTERS = st.text(alphabet="aé e\u0301中国，ทนี้ำ์แกُمدل\u0640かが\u3099한ᄀ👍🏽🇹🇭\u200d\ufe0f☀क्षि\t\n", max_size=80)


def fitting(clusters, room):
    taken = []
    for cluster in clusters:
        room -= cells(cluster)
        if room < 0:
            break
        taken.append(cluster)
    return taken


@given(LETTERS, st.integers(8, 60))
def test_cuts(text, room):
    clusters = regex.findall(r"\X", visible(regex.sub(r"\s", " ", text)))
    left = "".join(reversed(fitting(reversed(clusters), room)))
    right = "".join(fitting(clusters, room))
    assert _last(text, room) == (left, sum(map(cells, regex.findall(r"\X", left))))
    assert _first(text, room) == (right, sum(map(cells, regex.findall(r"\X", right))))


@pytest.mark.skipif(compiled is None, reason="the short cut is in the compiled part")
@given(LETTERS, LETTERS.filter(bool), LETTERS, st.integers(0, 90), st.integers(20, 80))
def test_lines_of_bytes(before, match, after, most, width):
    start, end = len(before.encode()), len((before + match).encode())
    found = plain_line((before + match + after).encode(), Span(start, end), most, width)
    expected = line(aligned(before[-most:] if most else "", match, after[:most], width), str, "off").encode()
    assert found in (None, expected)
    if (before + match + after).isascii() and "\t" not in before + match + after:
        assert (found is None) == (len(match) > width)
