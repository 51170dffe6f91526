"""Concordance lines are aligned by the cells that a terminal gives them, and never cut a cluster."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from wic.query.concordance import aligned, cells

TEXTS = [
    "ชาวบ้านน้ำท่วมที่ภาคใต้ต้องการน้ำดื่มและอาหารแห้งจำนวนมากในสัปดาห์นี้",
    "昨天下午，市圖書館的新館正式對外開放，許多讀者帶著孩子來看書。",
    "افتتحت المدينة مكتبتها الجديدة يوم السبت وحضر الافتتاح عدد كبير",
    "The library’s new café opened on Saturday,\nat last, 👩‍👩‍👧 as one reader said.",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [30, 60, 100])
def test_aligned(text, width):
    clusters = [match.span() for match in regex.finditer(r"\X", text)]
    columns = set()
    for start, end in clusters:
        hit = aligned(text, start, end, width)
        columns.add(cells(hit.before))
        assert cells(hit.before) + 4 + cells(hit.match) + cells(hit.after) <= max(width, cells(hit.match) + 24)
        assert "\n" not in "".join(hit)
        assert text[:start].replace("\n", " ").endswith(hit.before.lstrip())
        assert text[end:].replace("\n", " ").startswith(hit.after)
        assert {place for place, _ in clusters} >= {start - len(hit.before.lstrip(" ")) + 0} or hit.before.strip() == ""
    assert len(columns) == 1


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_is_safe(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    hit = aligned(text, start, end, 40)
    assert not regex.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", "".join(hit))
