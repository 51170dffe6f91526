"""Contexts are cut the same way by the short cut for plain letters and marks and by whole clusters."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from wic.query.concordance import _first, _last, cells
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
